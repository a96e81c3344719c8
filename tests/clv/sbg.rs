//! Fader & Hardie's examples, and what the model must obey.

use crate::{close, numbers, published, within};
use proptest::prelude::*;
use quintile::core::clv::sbg::{Sbg, SbgFit, SbgRefusal, fit};

/// A thousand customers at the beginning, as the percentages are of.
fn thousand(percent: &[f64]) -> Vec<f64> {
    percent.iter().map(|share| share * 10.0).collect()
}

#[test]
fn regular_and_high_end_customers_are_fitted_and_projected_as_published() {
    let Some(figures) = published("sbg") else { return };
    for segment in ["regular", "highend"] {
        let percent = numbers(&figures["survivors_pct"][segment]);
        let SbgFit { model, log_likelihood, .. } = fit(&thousand(&percent[..8])).unwrap();
        let expected = &figures["fit_years_1_7"][segment];
        within(model.alpha, expected["alpha"].as_f64().unwrap(), 5e-4);
        within(model.beta, expected["beta"].as_f64().unwrap(), 5e-4);
        within(log_likelihood, expected["LL_computed"].as_f64().unwrap(), 5e-4);
        for (t, share) in (1..).zip(numbers(&figures["proj_pct_computed"][segment])) {
            within(model.survival(t) * 100.0, share, 0.006);
        }
    }
}

#[test]
fn discounted_lifetimes_are_those_published() {
    let Some(figures) = published("sbg") else { return };
    let cases = [
        (Sbg { alpha: 3.8, beta: 15.2 }, "alpha3.80_beta15.20_n1to5"),
        (Sbg { alpha: 1.0 / 15.0, beta: 4.0 / 15.0 }, "alpha0.067_beta0.267_n1to5"),
    ];
    for (model, name) in cases {
        for (renewal, lifetime) in (1..).zip(numbers(&figures["DERL_d10"][name])) {
            within(model.derl(renewal, 0.1).unwrap(), lifetime, 0.005_000_1);
        }
    }
}

#[test]
fn a_table_that_cannot_carry_the_model_is_refused_with_the_reason() {
    use SbgRefusal::*;
    assert_eq!(fit(&[100.0, 80.0]), Err(TooFewPeriods { found: 1 }));
    assert_eq!(fit(&[100.0, 80.0, 90.0]), Err(Rises { period: 2, before: 80.0, value: 90.0 }));
    assert_eq!(fit(&[100.0, -1.0, -2.0]), Err(BadCount { period: 1, value: -1.0 }));
    assert!(matches!(fit(&[100.0, f64::NAN, 1.0]), Err(BadCount { period: 1, .. })));
    assert_eq!(fit(&[0.0, 0.0, 0.0]), Err(NobodyAtTheBeginning));
    assert_eq!(fit(&[100.0, 100.0, 100.0]), Err(NothingToLearn { left: 100.0, of: 100.0 }));
    assert_eq!(fit(&[100.0, 0.0, 0.0]), Err(NothingToLearn { left: 0.0, of: 100.0 }));
    // The same rate in every year: customers who are all alike.
    let Err(AllAlike { retention_rate }) = fit(&[1000.0, 800.0, 640.0, 512.0]) else { panic!("a fit") };
    close(retention_rate, 0.8, 1e-12);
    // A falling rate is even further from the model.
    assert!(matches!(fit(&[1000.0, 900.0, 700.0, 400.0]), Err(AllAlike { .. })));
    // After the first renewal nobody leaves.
    assert_eq!(fit(&[1000.0, 400.0, 400.0, 400.0]), Err(Divided));
}

#[test]
fn standard_errors_shrink_with_the_root_of_the_cohort_and_cover_the_truth() {
    let truth = Sbg { alpha: 0.8, beta: 2.0 };
    let cohort = |size: f64| -> Vec<f64> { (0..8).map(|t| size * truth.survival(t)).collect() };
    let (small, large) = (fit(&cohort(1e3)).unwrap(), fit(&cohort(1e5)).unwrap());
    for parameter in 0..2 {
        close(large.estimates.values[parameter], [0.8, 2.0][parameter], 1e-6);
        close(
            small.estimates.standard_error(parameter),
            10.0 * large.estimates.standard_error(parameter),
            1e-5,
        );
        let interval = small.estimates.interval(parameter, 0.95).unwrap();
        assert!(interval.low < [0.8, 2.0][parameter] && interval.high > [0.8, 2.0][parameter]);
    }
}

proptest! {
    #[test]
    fn lifetimes_follow_from_survival(alpha in 0.05f64..20.0, beta in 0.05f64..20.0, d in 0.02f64..0.5, n in 1u32..6) {
        let model = Sbg { alpha, beta };
        let sum = |from: u32| -> f64 {
            (from..from + 3_000).map(|t| model.survival(t) / (1.0 + d).powi((t - from) as i32)).sum()
        };
        prop_assert!((model.derl(n, d).unwrap() * model.survival(n - 1) / sum(n) - 1.0).abs() < 1e-9);
        prop_assert!((model.discounted_lifetime(d).unwrap() / sum(0) - 1.0).abs() < 1e-9);
        prop_assert!((model.survival(n) / model.survival(n - 1) - model.retention_rate(n)).abs() < 1e-13);
        prop_assert!(model.retention_rate(n + 1) > model.retention_rate(n));
        prop_assert!(model.derl(n, 1e-9).unwrap() <= model.derl(n, 0.0).unwrap_or(f64::INFINITY));
    }

    #[test]
    fn any_falling_counts_give_numbers_or_a_named_refusal(start in 1u32..100_000, kept in prop::collection::vec(0.0f64..=1.0, 0..15)) {
        let mut left = f64::from(start);
        let mut survivors = vec![left];
        for share in kept {
            left = (left * share).floor();
            survivors.push(left);
        }
        if let Ok(found) = fit(&survivors) {
            prop_assert!(found.model.alpha > 0.0 && found.model.beta > 0.0 && found.log_likelihood <= 0.0);
            prop_assert!(found.estimates.standard_error(0).is_finite() && found.estimates.standard_error(1).is_finite());
            let shares: Vec<f64> = (0..40).map(|t| found.model.survival(t)).collect();
            prop_assert!(shares.windows(2).all(|pair| 0.0 < pair[1] && pair[1] < pair[0]));
        }
    }
}
