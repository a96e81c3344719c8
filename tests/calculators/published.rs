//! The figures of `numeric-checks.json`, with the digits that are printed there.

use quintile::core::clv::berger_nasr::Case1;
use quintile::core::clv::conventions::Convention;
use quintile::core::clv::discounting::{FirstMargin, value_of_life};
use quintile::core::clv::margin_multiple::Horizon;
use quintile::core::clv::migration::Migration;
use quintile::core::clv::profit_stack::{INDUSTRIES, Source};
use serde_json::Value;
use std::path::Path;

fn figures() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/numeric-checks.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the reference figures are not beside this checkout");
        return None;
    };
    Some(serde_json::from_str(&text).expect("JSON"))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

#[track_caller]
fn near(found: f64, printed: f64, half_digit: f64) {
    assert!((found - printed).abs() <= half_digit * 1.000_001, "{found}, printed {printed}");
}

#[test]
fn gupta_and_lehmanns_margin_multiples() {
    let Some(figures) = figures() else { return };
    let table = &figures["clv"]["margin_multiple"];
    for rate in ["0.6", "0.7", "0.8", "0.9"] {
        for (discount, printed) in numbers(&table["i"]).into_iter().zip(numbers(&table[rate])) {
            let multiple = Convention::AfterOnePeriod.multiple(rate.parse().unwrap(), discount).unwrap();
            near(multiple, printed, 0.005);
        }
    }
}

#[test]
fn bests_customer_lives_of_part_years() {
    let Some(figures) = figures() else { return };
    let best = &figures["clv"]["best_mbm_5_5"];
    let (discount, acquisition) = (best["d"].as_f64().unwrap(), best["acq"].as_f64().unwrap());
    let rows = numbers(&best["cf"]).into_iter().zip(numbers(&best["life"])).zip(numbers(&best["ltv"]));
    for ((cash_flow, life), printed) in rows {
        near(value_of_life(cash_flow, discount, life, acquisition).unwrap(), printed, 0.005);
    }
}

#[test]
fn berger_and_nasrs_first_case() {
    let Some(figures) = figures() else { return };
    let case = &figures["clv"]["berger_nasr_case1"];
    let number = |name: &str| case[name].as_f64().unwrap();
    let terms = Case1 {
        contribution: number("GC"),
        promotion: number("M"),
        retention: number("r"),
        discount: number("d"),
        years: number("n") as u32,
    };
    near(terms.value().unwrap(), number("clv"), 0.005);
}

#[test]
fn pfeifer_and_carraways_customer_as_a_chain_and_by_migration() {
    let Some(figures) = figures() else { return };
    let paper = &figures["clv"]["pfeifer_carraway"];
    let number = |name: &str| paper[name].as_f64().unwrap();
    let migration = Migration {
        probabilities: numbers(&paper["p"]),
        contribution: number("NC"),
        promotion: number("M"),
        discount: number("d"),
        periods: 4,
        first: FirstMargin::Now,
    };
    for (horizon, printed) in [(Horizon::Periods(4), "V_T4"), (Horizon::ForEver, "V_inf")] {
        let values = migration.chain(horizon).values().unwrap();
        for (found, printed) in values.into_iter().zip(numbers(&paper[printed])) {
            near(found, printed, if printed.fract() == 0.0 { 1e-12 } else { 0.005 });
        }
    }
    near(migration.value().unwrap(), numbers(&paper["V_T4"])[0], 0.0005);
}

#[test]
fn five_points_are_worth_what_the_conventions_say() {
    // formulas.md: 20 / 22 / 28 / 41 % and 11 / 14 / 20 / 33 % at r = 60 / 70 / 80 / 90 %, i = 10 %.
    for (convention, printed) in [
        (Convention::AfterOnePeriod, [20.0, 22.0, 28.0, 41.0]),
        (Convention::Now, [11.0, 14.0, 20.0, 33.0]),
        // Lifetimes alone: 2.5 → 2.86, 3.33 → 4, 5 → 6.67, 10 → 20 years. The last is the 100 % of slide A59.
        (Convention::Undiscounted, [14.0, 20.0, 33.0, 100.0]),
    ] {
        for (retention, printed) in [0.6, 0.7, 0.8, 0.9].into_iter().zip(printed) {
            near(convention.growth(retention, 0.1, 0.05).unwrap() * 100.0, printed, 0.5);
        }
    }
    // Slide A27's 25–85 % hold the discounted mean lifetime from 80 % on.
    for retention in [0.85, 0.9, 0.92] {
        let growth = Convention::MeanLifetime.growth(retention, 0.1, 0.05).unwrap();
        assert!((0.25..0.85).contains(&growth), "{growth} at {retention}");
    }
}

#[test]
fn the_industries_of_the_course() {
    let Some(figures) = figures() else { return };
    let of = |source: Source| {
        let mut growth: Vec<f64> =
            INDUSTRIES.iter().filter(|each| each.source == source).map(|each| each.growth).collect();
        growth.sort_by(f64::total_cmp);
        growth
    };
    for (source, name) in
        [(Source::ReichheldSasser1990, "1990_abstract"), (Source::Reichheld1996, "1996_figure")]
    {
        let printed = figures["reichheld"][name].as_object().unwrap();
        let mut printed: Vec<f64> = printed.values().map(|value| value.as_f64().unwrap()).collect();
        printed.sort_by(f64::total_cmp);
        assert_eq!(of(source), printed, "{name}");
    }
}
