//! `special.json` was made with mpmath 1.4 at 60 digits: arguments, then the value.

use crate::numbers;
use proptest::prelude::*;
use quintile::core::stats::hypergeometric::hyp2f1_one;
use quintile::core::stats::special::{Rising, digamma, ln_beta};
use serde_json::Value;

/// The largest error of a function over its table, as `error` measures it.
fn worst(name: &str, function: impl Fn(&[f64]) -> f64, error: impl Fn(f64, f64) -> f64) -> f64 {
    let tables: Value = serde_json::from_str(include_str!("special.json")).expect("JSON");
    let rows = tables[name].as_array().expect("a table");
    assert!(rows.len() > 15);
    let worst = rows.iter().map(numbers).map(|row| {
        let (arguments, exact) = (&row[..row.len() - 1], row[row.len() - 1]);
        let off = error(function(arguments), exact);
        assert!(off < 1e-9, "{name}{arguments:?}: {} instead of {exact}", function(arguments));
        off
    });
    worst.fold(0.0, f64::max)
}

fn relative(found: f64, exact: f64) -> f64 {
    (found / exact - 1.0).abs()
}

/// Beside 1 where the value is small.
fn mixed(found: f64, exact: f64) -> f64 {
    (found - exact).abs() / exact.abs().max(1.0)
}

#[test]
fn digamma_is_that_of_mpmath() {
    assert!(worst("digamma", |x| digamma(x[0]), mixed) < 1e-15);
}

#[test]
fn ln_beta_is_that_of_mpmath_where_one_argument_is_huge_too() {
    let worst = worst("ln_beta", |x| ln_beta(x[0], x[1]), mixed);
    assert!(worst < 2e-15, "{worst:e}");
}

#[test]
fn the_hypergeometric_function_is_that_of_mpmath_up_to_one_minus_a_millionth() {
    let tables: Value = serde_json::from_str(include_str!("special.json")).expect("JSON");
    for row in tables["hyp2f1_one"].as_array().unwrap().iter().map(numbers) {
        let (found, z) = (hyp2f1_one(row[0], row[1], row[2]), row[2]);
        assert!(relative(found, row[3]) < 1e-15 / (1.0 - z), "{row:?}: {found}");
    }
}

/// From a millionth to a hundred million, over none to a million factors.
#[test]
fn rising_factorials_are_those_of_mpmath_with_both_slopes() {
    let tables: Value = serde_json::from_str(include_str!("special.json")).expect("JSON");
    let rows: Vec<Vec<f64>> = tables["rising"].as_array().unwrap().iter().map(numbers).collect();
    assert!(rows.len() > 90);
    for row in rows {
        let found = Rising::new(row[0]).at(row[1] as u64);
        for (order, &exact) in row[2..].iter().enumerate() {
            assert!(mixed(found[order], exact) < 2e-14, "{row:?}: {found:?}");
        }
    }
}

proptest! {
    #[test]
    fn digamma_and_rising_factorials_belong_together(a in 1e-3f64..1e4, m in 0u64..400) {
        let [_, slope, _] = Rising::new(a).at(m);
        let difference = digamma(a + m as f64) - digamma(a);
        prop_assert!((slope - difference).abs() < 1e-13 * slope.abs().max(1.0 + digamma(a).abs()));
    }

    #[test]
    fn the_hypergeometric_function_is_the_sum_of_its_series(b in 0.01f64..50.0, more in 0.01f64..50.0, z in 0.0f64..0.9) {
        let c = b + more;
        let (mut sum, mut term) = (0.0, 1.0);
        for k in 0..500 {
            sum += term;
            term *= (b + f64::from(k)) / (c + f64::from(k)) * z;
        }
        prop_assert!(relative(hyp2f1_one(b, c, z), sum) < 1e-13);
    }
}
