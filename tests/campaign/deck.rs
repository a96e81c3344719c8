//! The figures of the course and of Hughes (`numeric-checks.json`).

use crate::{near, plan, session};
use quintile::charts::spec::{Marks, Role};
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::response::Economics;
use quintile::core::show::Plain;
use quintile::core::workspace::SampleId;
use quintile::tools::campaign::answer::{Plan, Verdict};
use quintile::tools::campaign::chart::{self, Reader};
use quintile::tools::campaign::explain::break_even_steps;
use quintile::tools::campaign::options::{CampaignOptions, Responses};
use quintile::tools::rfm::options::{Method, RfmOptions};
use serde_json::Value;
use std::path::Path;

fn figures() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/numeric-checks.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the reference figures are not beside this checkout");
        return None;
    };
    Some(serde_json::from_str(&text).expect("figures are JSON"))
}

#[test]
fn the_break_even_rate_is_explained_in_three_steps_without_data() {
    for lang in Lang::ALL {
        let steps = break_even_steps(&CampaignOptions::default(), lang, &Currency::default());
        assert_eq!(steps.len(), 3);
        let drawn = |step: usize| steps[step].formulas.iter().map(|math| math.mathml()).collect::<String>();
        assert!(drawn(0).contains("0.62") && drawn(0).contains("35"));
        assert!(drawn(1).contains("<mfrac><mn>0.62</mn><mn>35</mn></mfrac>"));
        assert!(drawn(2).contains("0.017714…") && drawn(2).contains("1.77%"), "{}", drawn(2));
    }
    let free = CampaignOptions { profit_per_response: 0.0, ..CampaignOptions::default() };
    assert!(break_even_steps(&free, Lang::En, &Currency::default()).is_empty());
}

#[test]
fn hughes_case_of_two_million_brings_its_net_profit() {
    let Some(figures) = figures() else { return };
    let (hughes, number) = (&figures["hughes"], |value: &Value| value.as_f64().expect("a number"));
    let case = &hughes["case"];
    let economics = Economics::new(number(&hughes["BE"][0]), number(&hughes["BE"][1])).unwrap();
    let mailed = number(&case["rollout"]);
    let profit = economics.expected(mailed * number(&case["rollout_rate"]), mailed, 0.0);
    // Published in thousands, from a rate of three digits.
    assert!((profit - number(&case["net_profit"])).abs() < 500.0, "{profit}");
    // Mailing all at their rate would have lost.
    assert!(economics.expected(1.0, 1.0 / number(&case["all_rate"]), 0.0) < 0.0);
}

/// 800,000 customers, one in twenty, 125 cells: the course's whole example on its sample.
#[test]
fn the_course_tests_40_000_of_800_000_in_125_cells_of_320() {
    let rfm = RfmOptions { method: Method::Nested, ..RfmOptions::default() };
    let mut session = session(SampleId::Mailer, rfm);
    let options =
        CampaignOptions { responses: Responses::Simulated { seed: 1 }, ..CampaignOptions::default() };
    let plan = plan(&mut session, &options);
    assert_eq!((plan.cells.len(), plan.sample.customers, plan.sample.tested), (125, 800_000, 40_000));
    assert!(plan.cells.iter().all(|cell| (cell.customers, cell.tested) == (6_400, 320)));
    let numbers: Vec<u64> = plan.sample.first.iter().take(3).map(|customer| customer.number).collect();
    assert_eq!(numbers, [1, 21, 41]);
    near(plan.sample.cost.unwrap(), 24_800.0);
    let break_even = plan.break_even.unwrap();
    assert_eq!((break_even.rate, break_even.threshold), (0.62 / 35.0, 0.62 / 35.0));
    assert_eq!((break_even.hughes_size, break_even.precision_size), (226, 669));
    // Hughes' rule calls 320 enough; the precision formula does not: ±1.4 points.
    assert_eq!((plan.sample.below_hughes, plan.sample.below_precision), (0, 125));
    assert_eq!(format!("{:.1}", plan.sample.half_width.unwrap() * 100.0), "1.4");
    assert_eq!((plan.sample.interval_for_hughes, plan.sample.interval_for_precision), (Some(28), Some(10)));
    assert_eq!((plan.cells[0].needed_hughes, plan.cells[0].needed_precision), (Some(226), Some(606)));
    assert_eq!((plan.cells[0].label.en.as_str(), plan.cells[0].key_code.as_str()), ("555", "T555"));
    check_chart(&plan);
    let (test, roll_out) = (plan.test.unwrap(), plan.roll_out.unwrap());
    assert_eq!(test.roll_out + test.cant_tell + test.dont_mail, 125);
    assert!(test.spread.is_some() && test.truth.is_some());
    // The best cell does not lose what the worst would.
    assert!(roll_out.profit.value > roll_out.everyone.profit.value);
    assert!(roll_out.raw_profit > roll_out.profit.value, "{roll_out:?}");
    let truth = roll_out.true_profit.unwrap();
    assert!((roll_out.profit.low..=roll_out.profit.high).contains(&truth), "{truth} {:?}", roll_out.profit);
}

/// All cells against the break-even line: coloured by verdict, in five bands, and the title says what was found.
fn check_chart(plan: &Plan) {
    let (show, currency) = (Plain::default(), Currency::default());
    let spec = chart::cells(plan, Reader { lang: Lang::En, show: &show, currency: &currency }).unwrap();
    let Marks::Bars(bars) = &spec.marks else { panic!("bars") };
    let bands: Vec<(&str, usize)> =
        bars.bands.iter().map(|band| (band.label.as_str(), band.categories)).collect();
    assert_eq!(bands, [("R 5", 25), ("R 4", 25), ("R 3", 25), ("R 2", 25), ("R 1", 25)]);
    assert_eq!(bars.reference.as_ref().unwrap().at, 0.62 / 35.0);
    for (mark, cell) in bars.series[0].marks.iter().zip(&plan.cells) {
        let test = cell.test.as_ref().unwrap();
        assert_eq!((mark.label.as_str(), mark.amount), (cell.label.en.as_str(), test.rate.unwrap().value));
        assert_eq!(mark.role == Role::Above, test.verdict == Verdict::RollOut);
        let interval = mark.interval.as_ref().unwrap();
        assert!(interval.low <= mark.amount && mark.amount <= interval.high);
    }
    let above = plan.test.as_ref().unwrap().roll_out;
    assert_eq!(spec.title, format!("{above} of 125 cells respond above 1.77%"));
}
