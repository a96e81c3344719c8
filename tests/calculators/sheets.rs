//! What the page shows, part by part: in both languages, with published numbers on it, and for any inputs.

use proptest::prelude::*;
use quintile::charts::sheet::Sheet;
use quintile::charts::table::table;
use quintile::core::grading::Label;
use quintile::core::inputs::{Input, Kind, Typed};
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::reader::Reader;
use quintile::core::show::Plain;
use quintile::tools::clv::options::{ClvOptions, HIGH_END, Part};
use quintile::tools::clv::{five, formula, sheet};

pub fn made(options: &ClvOptions, lang: Lang) -> Result<Sheet, Label> {
    let (plain, currency) = (Plain::default(), Currency::default());
    sheet(options, None, Reader { lang, show: &plain, currency: &currency })
}

fn of(part: Part, typed: &[(&str, f64)]) -> ClvOptions {
    let mut options = ClvOptions { part, ..ClvOptions::default() };
    options.of_mut(part).typed = typed.iter().map(|&(name, number)| (name.to_string(), number)).collect();
    options
}

/// Every text of a sheet, formulas included.
pub fn texts(sheet: &Sheet) -> String {
    let mut all: Vec<String> = Vec::new();
    for figure in &sheet.figures {
        all.extend([figure.label.clone(), figure.value.clone(), figure.note.clone()]);
    }
    all.extend(sheet.notes.iter().chain(&sheet.warnings).cloned());
    all.extend(sheet.tables.iter().flat_map(|each| [each.title.clone(), each.note.clone()]));
    let tables = sheet.charts.iter().map(table).chain(sheet.tables.iter().map(|each| each.table.clone()));
    for table in tables {
        all.extend(table.headers);
        all.extend(table.rows.into_iter().flatten().map(|cell| cell.text));
    }
    all.extend(sheet.charts.iter().flat_map(|chart| [chart.title.clone(), chart.subtitle.clone()]));
    for step in &sheet.steps {
        all.push(step.say.clone());
        all.extend(step.formulas.iter().map(|formula| formula.mathml()));
    }
    all.join("\n")
}

#[test]
fn every_part_is_whole_in_both_languages() {
    for part in Part::ALL {
        let sheets = Lang::ALL.map(|lang| made(&of(part, &[]), lang).unwrap());
        for sheet in &sheets {
            assert!(sheet.figures.len() >= 3 && sheet.charts.len() >= 2, "{part:?}");
            assert!(!sheet.tables.is_empty() && !sheet.steps.is_empty(), "{part:?}");
            for table in &sheet.tables {
                let wide = table.table.headers.len();
                assert!(table.table.rows.iter().all(|row| row.len() == wide), "{part:?}: {}", table.title);
            }
            let text = texts(sheet);
            assert!(!text.contains("NaN") && !text.contains("inf"), "{part:?}: {text}");
        }
        let [en, zh] = &sheets;
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(!chinese(&texts(en)), "{part:?} in English: {}", texts(en));
        assert!(zh.figures.iter().filter(|figure| chinese(&figure.label)).count() + 1 >= zh.figures.len());
        assert_ne!(texts(en), texts(zh));
    }
}

#[test]
fn the_published_numbers_stand_on_the_page() {
    let shows = |options: &ClvOptions, wanted: &[&str]| {
        let sheet = made(options, Lang::En).unwrap();
        let text = texts(&sheet);
        for each in wanted {
            assert!(text.contains(each), "{each} is not in {:.3000}", text);
        }
    };
    // Five points under every convention.
    shows(
        &of(Part::Formula, &[]),
        &["+20.4%", "+22.4%", "+27.5%", "+40.7%", "+11.1%", "+14.3%", "+33.3%", "+100.0%"],
    );
    let best = [("method", 3.0), ("margin", 300.0), ("discount", 0.2), ("acquisition", 500.0), ("life", 2.5)];
    shows(&of(Part::Formula, &best), &["NT$45.14"]);
    let berger = [
        ("method", 2.0),
        ("margin", 260.0),
        ("promotion", 50.0),
        ("retention", 0.75),
        ("discount", 0.2),
        ("acquisition", 0.0),
    ];
    shows(&of(Part::Formula, &berger), &["NT$568.78"]);
    // Pfeifer & Carraway, by migration and as a chain.
    shows(&of(Part::Migration, &[]), &["NT$50.1", "NT$52.32"]);
    shows(&of(Part::Chain, &[]), &["NT$52.32", "NT$5.55", "NT$1.25", "−NT$1.82"]);
    shows(&of(Part::Chain, &[("periods", 4.0)]), &["NT$50.1", "NT$4.22", "NT$0.59", "−NT$1.98"]);
    // Fader & Hardie 2007, both groups.
    shows(&of(Part::Years, &[]), &["0.704 · 1.182", "62.7%", "47.4%", "17.0%"]);
    let high_end = ClvOptions { survivors: HIGH_END.into(), ..of(Part::Years, &[]) };
    shows(&high_end, &["0.668 · 3.806", "85.1%", "37.8%"]);
    shows(&of(Part::Five, &[]), &["125%", "85%", "50%", "30%", "95%", "35%"]);
    shows(&of(Part::Complaints, &[]), &["210", "2,520", "700 : 140"]);
}

#[test]
fn the_sensitivity_models_answer_what_the_page_shows() {
    for (part, model) in [(Part::Formula, &formula::MODEL), (Part::Five, &five::MODEL)] {
        let options = of(part, &[]);
        let answer = (model.work)(&options.values(part)).unwrap();
        let (plain, currency) = (Plain::default(), Currency::default());
        let reader = Reader { lang: Lang::En, show: &plain, currency: &currency };
        let sheet = made(&options, Lang::En).unwrap();
        let shown = reader.money(answer);
        assert!(sheet.figures.iter().any(|figure| figure.value == shown), "{part:?}: {shown}");
        assert_eq!(model.inputs, part.inputs());
    }
}

/// A number that the input takes, ends of its range among them.
fn number(input: &Input) -> BoxedStrategy<f64> {
    let (least, most) = (input.least, input.most);
    match input.kind {
        Kind::Whole | Kind::Choice(_) => {
            (least as u64..=(most.min(1e6) as u64)).prop_map(|number| number as f64).boxed()
        }
        _ => prop_oneof![Just(least), Just(most), least..=most, least..=(most.min(least + 1e5))].boxed(),
    }
}

fn typed(part: Part) -> impl Strategy<Value = Typed> {
    let numbers: Vec<BoxedStrategy<f64>> = part.inputs().iter().map(number).collect();
    numbers.prop_map(move |numbers| {
        part.inputs().iter().map(|input| input.name.to_string()).zip(numbers).collect()
    })
}

macro_rules! any_inputs {
    ($($name:ident: $part:expr, $cases:expr;)*) => {
        $(proptest! {
            #![proptest_config(ProptestConfig::with_cases($cases))]
            #[test]
            fn $name(typed in typed($part)) {
                let mut options = ClvOptions { part: $part, ..ClvOptions::default() };
                options.of_mut($part).typed = typed;
                match made(&options, Lang::En) {
                    Ok(sheet) => {
                        let text = texts(&sheet);
                        prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{}", text);
                    }
                    Err(why) => prop_assert!(why.en.ends_with('.') && why.zh.ends_with('。'), "{why:?}"),
                }
            }
        })*
    };
}

// The calculations behind take ten thousand random inputs each (`random.rs`); here it is what they are written as.
any_inputs! {
    any_formula_is_a_number_or_a_reason: Part::Formula, 500;
    any_migration_is_a_number_or_a_reason: Part::Migration, 300;
    any_chain_is_a_number_or_a_reason: Part::Chain, 300;
    any_five_percent_is_a_number_or_a_reason: Part::Five, 300;
    any_complaints_are_numbers_or_a_reason: Part::Complaints, 300;
    any_years_are_numbers_or_a_reason: Part::Years, 100;
}
