//! Flows of money, and the roots behind the rate of return.

use crate::{found, near, number};
use proptest::prelude::*;
use quintile::core::roots::positive_roots;
use quintile::tools::break_even::calculators::{Flows, Irr};

#[test]
fn the_system_of_the_example_by_hand() {
    let answer = found("system", &[]).unwrap();
    let flows = [-1_000_000.0, 150_000.0, 350_000.0, 400_000.0, 400_000.0, 400_000.0];
    let value: f64 = flows.iter().enumerate().map(|(year, flow)| flow / 1.1_f64.powi(year as i32)).sum();
    near(answer.main.number.unwrap(), value);
    // 150 + 350 + 400 = 900 after three years, and a quarter of the fourth.
    near(number(&answer, "Payback"), 3.25);
    let rate = number(&answer, "Internal rate of return");
    let at_rate: f64 =
        flows.iter().enumerate().map(|(year, flow)| flow / (1.0 + rate).powi(year as i32)).sum();
    assert!(at_rate.abs() < 1e-6, "{at_rate}");
    assert!(number(&answer, "Discounted payback") > 3.25);
}

/// Brealey, Myers & Allen, *Principles of Corporate Finance*: the printed figures of their examples.
#[test]
fn textbook_rates_of_return() {
    // −4,000, 2,000, 4,000: 28.08 %.
    let Irr::Rate(rate) = Flows(vec![-4_000.0, 2_000.0, 4_000.0]).rate_of_return() else {
        panic!("one rate")
    };
    assert!((rate - 0.2808).abs() < 5e-5, "{rate}");
    // 1,000, −3,000, 2,500: none.
    assert_eq!(Flows(vec![1_000.0, -3_000.0, 2_500.0]).rate_of_return(), Irr::None);
    // A root that is only touched: (v − 1/1.1)² counts once.
    let Irr::Rate(rate) = Flows(vec![1.0, -2.2, 1.21]).rate_of_return() else { panic!("one rate") };
    assert!((rate - 0.1).abs() < 1e-6, "{rate}");
    assert_eq!(Flows(vec![0.0, 0.0]).rate_of_return(), Irr::OneSign);
}

#[test]
fn payback_holds_to_the_end_and_is_none_where_the_end_is_below() {
    assert_eq!(Flows(vec![-100.0, 150.0, -80.0, 60.0]).payback(0.0), Some(2.5));
    assert_eq!(Flows(vec![-100.0, 150.0, -80.0]).payback(0.0), None);
    assert_eq!(Flows(vec![10.0, 5.0]).payback(0.0), Some(0.0));
}

proptest! {
    #[test]
    fn every_root_that_was_put_in_is_found(mut roots in prop::collection::vec(0.05..20.0f64, 1..5)) {
        roots.sort_by(f64::total_cmp);
        prop_assume!(roots.windows(2).all(|pair| pair[1] - pair[0] > 0.3));
        // Multiplied out: (x − r₁)(x − r₂) …
        let polynomial = roots.iter().fold(vec![1.0], |all, root| {
            let shifted = [0.0].into_iter().chain(all.iter().copied());
            let scaled = all.iter().map(|c| -root * c).chain([0.0]);
            shifted.zip(scaled).map(|(one, two)| one + two).collect()
        });
        let found = positive_roots(&polynomial, 0.01, 100.0);
        prop_assert_eq!(found.len(), roots.len(), "{:?} of {:?}", found, roots);
        for (found, root) in found.iter().zip(&roots) {
            prop_assert!((found - root).abs() < 1e-6 * root.max(1.0));
        }
    }

    #[test]
    fn at_every_rate_of_return_the_value_is_nothing(flows in prop::collection::vec(-1e6..1e6f64, 2..12)) {
        let flows = Flows(flows);
        let rates = match flows.rate_of_return() {
            Irr::Rate(rate) => vec![rate],
            Irr::Several(rates) => rates,
            Irr::OneSign | Irr::None => vec![],
        };
        let size: f64 = flows.0.iter().map(|flow| flow.abs()).sum();
        for rate in rates {
            // Relative to the largest discounted flow.
            let largest = flows.0.iter().enumerate().map(|(t, flow)| flow.abs() / (1.0 + rate).powi(t as i32)).fold(size, f64::max);
            prop_assert!(flows.present_value(rate).abs() <= 1e-6 * largest, "{} at {rate}", flows.present_value(rate));
        }
    }

    #[test]
    fn one_change_of_sign_has_one_rate(cost in 1e5..1e6f64, gains in prop::collection::vec(0.0..1e6f64, 1..10)) {
        prop_assume!(gains.iter().sum::<f64>() > cost * 0.2);
        let flows: Vec<f64> = [-cost].into_iter().chain(gains).collect();
        let found = Flows(flows).rate_of_return();
        prop_assert!(matches!(found, Irr::Rate(_)), "{:?}", found);
    }
}
