//! Texts: both languages everywhere, slides that exist, formulas with the reader's numbers, and files.

use crate::{calculator, found, reading, typed};
use quintile::core::inputs::Typed;
use quintile::core::lang::Lang;
use quintile::tools::break_even::calculator::Given;
use quintile::tools::break_even::calculators::CALCULATORS;
use quintile::tools::break_even::files;
use std::collections::BTreeSet;

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn every_calculator_is_whole_in_both_languages() {
    let mut ids = BTreeSet::new();
    for each in CALCULATORS {
        assert!(ids.insert(each.id), "two are called {}", each.id);
        for (en, zh) in [each.title, each.question, each.assumes] {
            assert!(!en.is_empty() && !is_chinese(en) && is_chinese(zh), "{}: {en}", each.id);
        }
        assert!(!each.slides.is_empty());
        let inputs = each.inputs.iter().chain(each.grid.iter().flat_map(|grid| grid.columns));
        for input in inputs {
            assert!(input.takes(input.start), "{}: {} does not take its own start", each.id, input.name);
            assert!(
                input.name.bytes().all(|b| b.is_ascii_lowercase()) && is_chinese(input.label.1),
                "{}",
                input.name
            );
            assert!(input.help.0.is_empty() == input.help.1.is_empty());
        }
        let names: BTreeSet<&str> = each.inputs.iter().map(|input| input.name).collect();
        assert_eq!(names.len(), each.inputs.len(), "{}: two inputs have one name", each.id);
        assert!(
            ["calc", "row", "spread", "down", "across", "scenario"]
                .iter()
                .all(|taken| !names.contains(taken))
        );
    }
}

#[test]
fn every_example_is_answered_in_both_languages_and_the_same_numbers() {
    for each in CALCULATORS {
        let given = Given::of(each, &Typed::new());
        let [en, zh] =
            Lang::ALL.map(|lang| reading(lang, |reader| (each.answer)(&given, reader)).expect(each.id));
        assert_eq!(en.main.number, zh.main.number, "{}", each.id);
        assert_eq!(
            (en.figures.len(), en.steps.len(), en.charts.len()),
            (zh.figures.len(), zh.steps.len(), zh.charts.len())
        );
        assert!(en.crossing.is_some(), "{} has a crossing", each.id);
        assert!(en.steps.len() >= 3, "{}", each.id);
        for step in &zh.steps {
            assert!(is_chinese(&step.say) && !step.formulas.is_empty(), "{}: {}", each.id, step.say);
        }
        for chart in &zh.charts {
            assert!(is_chinese(&chart.title) && is_chinese(&chart.subtitle), "{}: {}", each.id, chart.title);
        }
    }
}

#[test]
fn formulas_hold_the_readers_own_numbers() {
    let answer = found("response", &[("cost", 0.7), ("profit", 28.0)]).unwrap();
    let formulas: String =
        answer.steps.iter().flat_map(|step| &step.formulas).map(|math| math.mathml()).collect();
    assert!(formulas.contains("<mfrac><mn>NT$0.7</mn><mn>NT$28</mn></mfrac>"), "{formulas}");
    assert!(formulas.contains("0.0250"), "{formulas}");
}

#[test]
fn a_calculation_is_a_file_of_inputs_and_figures() {
    for lang in Lang::ALL {
        for each in CALCULATORS {
            let given = Given::of(each, &Typed::new());
            let bytes = reading(lang, |reader| {
                let answer = (each.answer)(&given, reader).unwrap();
                files::calculation(each, &given, &answer, reader)
            });
            let text = String::from_utf8(bytes).unwrap();
            let rows = each.inputs.len() + each.grid.map_or(0, |grid| grid.start.len() * grid.columns.len());
            assert!(text.lines().count() > rows + 2, "{}", each.id);
        }
    }
    let given = Given::of(calculator("response"), &typed(&[("cost", 0.5)]));
    let text = reading(Lang::En, |reader| {
        let answer = (calculator("response").answer)(&given, reader).unwrap();
        String::from_utf8(files::calculation(calculator("response"), &given, &answer, reader)).unwrap()
    });
    assert!(text.contains("Inputs,Cost per piece,NT$0.5,0.5\r\n"), "{text}");
    assert!(text.contains(",0.014285714285714285\r\n"), "{text}");
}
