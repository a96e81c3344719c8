//! The deck's campaign and Hughes' example (`numeric-checks.json`), and a case for the head.

use crate::near;
use proptest::prelude::*;
use quintile::core::lang::Lang;
use quintile::core::response::{
    Economics, EconomicsError, Gains, break_even_index, break_even_rate, hughes_test_size, lift,
};
use quintile::core::stats::proportion::Tally;
use quintile::core::stats::sampling::Nth;
use serde_json::Value;
use std::path::Path;

/// The published figures, or a word that they are not here.
fn figures() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/numeric-checks.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the reference figures are not beside this checkout");
        return None;
    };
    Some(serde_json::from_str(&text).expect("JSON"))
}

#[test]
fn the_decks_break_even_rate_and_sample() {
    let Some(figures) = figures() else { return };
    let deck = &figures["deck"];
    let number = |value: &Value| value.as_f64().expect("a number");
    let given = &deck["break_even_rate"];
    let rate = break_even_rate(number(&given["cost"]), number(&given["profit"])).unwrap();
    assert!((rate - number(&given["exact"])).abs() < 5e-11);
    assert_eq!(format!("{:.2}%", 100.0 * rate), given["shown"]);
    let given = &deck["nth_sample"];
    let customers = given["N"].as_u64().unwrap() as usize;
    let nth = Nth::new(given["n"].as_u64().unwrap() as u32, 1).unwrap();
    assert_eq!(nth.size(customers), given["sample"]);
    let numbers: Vec<usize> = nth.positions(customers).take(3).map(|position| position + 1).collect();
    assert_eq!(serde_json::json!(numbers), given["ids"]);
}

#[test]
fn hughes_break_even_rate_and_index() {
    let Some(figures) = figures() else { return };
    let hughes = &figures["hughes"];
    let number = |value: &Value| value.as_f64().expect("a number");
    let rate = break_even_rate(number(&hughes["BE"][0]), number(&hughes["BE"][1])).unwrap();
    near(rate, number(&hughes["BE"][2]), 1e-15);
    let index = break_even_index(number(&hughes["BEI"]["r"]), number(&hughes["BEI"]["BE"])).unwrap();
    assert!((index - number(&hughes["BEI"]["value"])).abs() < 0.005);
}

#[test]
fn test_sizes_by_hughes_rule() {
    assert_eq!(hughes_test_size(0.62 / 35.0), Some(226));
    assert_eq!(hughes_test_size(0.55 / 40.0), Some(291));
    assert_eq!(hughes_test_size(0.02), Some(200));
    assert_eq!([hughes_test_size(0.0), hughes_test_size(f64::NAN), hughes_test_size(1e-300)], [None; 3]);
}

#[test]
fn economics_without_a_break_even_are_refused_and_said() {
    assert_eq!(break_even_rate(-0.1, 35.0), Err(EconomicsError::Cost { found: -0.1 }));
    assert_eq!(break_even_rate(0.62, 0.0), Err(EconomicsError::Profit { found: 0.0 }));
    assert_eq!(break_even_rate(0.62, -3.0), Err(EconomicsError::Profit { found: -3.0 }));
    assert!(break_even_rate(f64::NAN, 35.0).is_err() && break_even_rate(0.62, f64::INFINITY).is_err());
    assert!(break_even_rate(1.0, 1e-320).is_err(), "the rate would be infinite");
    assert_eq!(break_even_rate(0.0, 35.0), Ok(0.0));
    assert_eq!(break_even_index(0.02, 0.0), None);
    assert_eq!(lift(0.02, 0.0), None);
    for error in [EconomicsError::Cost { found: -0.1 }, EconomicsError::Profit { found: -0.1 }] {
        assert!(Lang::ALL.iter().all(|&lang| error.say(lang).contains("−0.1")));
    }
}

#[test]
fn a_rate_against_break_even_and_against_all() {
    near(break_even_index(0.03, 0.02).unwrap(), 50.0, 1e-12);
    near(lift(0.03, 0.02).unwrap(), 1.5, 1e-15);
    // What is not above 0, or so near that nothing finite comes of it.
    for base in [-0.02, 0.0, 1e-320] {
        assert_eq!((break_even_index(0.03, base), lift(0.03, base)), (None, None), "{base}");
    }
}

/// Cells of 100, 300 and 600 customers with 8, 9 and 3 responses: rates of 8 %, 3 % and 0.5 %, 2 % in all.
#[test]
fn gains_of_three_cells_by_hand() {
    let cells = [Tally::new(9, 300), Tally::new(0, 0), Tally::new(8, 100), Tally::new(3, 600)];
    let gains = Gains::by_rate(&cells).unwrap();
    let expected = [
        (2, 100, 8, 0.1, 0.4, 4.0, 4.0),
        (0, 400, 17, 0.4, 0.85, 1.5, 2.125),
        (3, 1_000, 20, 1.0, 1.0, 0.25, 1.0),
    ];
    assert_eq!(gains.points.len(), expected.len());
    for (found, (cell, mailed, responses, share_mailed, share, lift, cumulative)) in
        gains.points.iter().zip(expected)
    {
        assert_eq!((found.cell, found.mailed, found.responses), (cell, mailed, responses));
        near(found.share_mailed, share_mailed, 1e-15);
        near(found.share_responses, share, 1e-15);
        near(found.lift, lift, 1e-14);
        near(found.cumulative_lift, cumulative, 1e-14);
    }
    // 8 × 35 − 100 × 0.62
    let economics = Economics::new(0.62, 35.0).unwrap();
    near(economics.earned(cells[2], 0.0), 218.0, 1e-14);
    // Two in a hundred buy unasked: 6 × 35 − 100 × 0.62
    near(economics.earned(cells[2], 0.02), 148.0, 1e-14);
}

#[test]
fn equal_rates_keep_their_order_and_nothing_is_refused() {
    let thirds = [Tally::new(1, 3), Tally::new(2, 6), Tally::new(100, 300)];
    let order: Vec<usize> = Gains::by_rate(&thirds).unwrap().points.iter().map(|point| point.cell).collect();
    assert_eq!(order, [0, 1, 2]);
    assert_eq!(Gains::by_rate(&[Tally::new(0, 50)]), None);
    assert_eq!(Gains::by_rate(&[]), None);
}

proptest! {
    #[test]
    fn gains_are_above_the_diagonal_and_end_at_one(
        cells in prop::collection::vec((0u64..500, 0.0f64..=1.0), 1..60),
    ) {
        let cells: Vec<Tally> = cells.into_iter().map(|(n, p)| Tally::new((n as f64 * p) as u64, n)).collect();
        if let Some(gains) = Gains::by_rate(&cells) {
            prop_assert!(gains.points.iter().all(|point| point.share_responses >= point.share_mailed - 1e-12));
            prop_assert!(gains.points.windows(2).all(|pair| pair[0].lift >= pair[1].lift - 1e-12));
            let last = gains.points.last().unwrap();
            prop_assert_eq!((last.share_mailed, last.share_responses), (1.0, 1.0));
        }
    }
}
