//! True parameters come back from simulated customers, and the intervals hold them as often as they say.

use crate::close;
use quintile::core::clv::beta_geometric::{self, BetaGeometric, Dropout};
use quintile::core::clv::bg_bb::{self, BgBb};
use quintile::core::clv::fit::Estimates;
use quintile::core::clv::gamma_gamma::{self, GammaGamma, Spend, SpendRefusal};
use quintile::core::clv::model::{ModelRefusal, Purchases};
use quintile::core::clv::pareto_nbd::{self, ParetoNbd};
use quintile::core::clv::rows::{History, Rows};
use quintile::core::random::Random;

/// Customers of ages between half of `end` and all of it, in whole units where `whole`.
fn simulate(model: &dyn Purchases, customers: u64, end: f64, whole: bool, seed: u64) -> Rows {
    let customer = |id: u64| {
        let mut random = Random::stream(seed, id);
        let age = end * (0.5 + 0.5 * random.uniform());
        let age = if whole { age.round() } else { age };
        let times = model.draw(&mut random, age);
        History { repeat_frequency: times.len() as u32, recency: times.last().copied().unwrap_or(0.0), age }
    };
    let histories: Vec<History> = (0..customers).map(customer).collect();
    assert!(histories.iter().all(History::is_possible));
    Rows::new(&histories)
}

/// Over several samples: how often the 95 % intervals hold the truth, and how far the means are off it, in standard errors.
fn covered<const N: usize>(truth: [f64; N], fits: &[Estimates<N>]) -> (usize, usize) {
    let hits = fits.iter().flat_map(|fit| {
        (0..N).filter(|&i| {
            let interval = fit.interval(i, 0.95).unwrap();
            interval.low <= truth[i] && truth[i] <= interval.high
        })
    });
    (hits.count(), fits.len() * N)
}

const SAMPLES: u64 = 12;

/// Of 48 intervals of 95 %, dependent in fours, hardly ever fewer than 38 hold the truth.
fn well_covered<const N: usize>(truth: [f64; N], fits: &[Estimates<N>]) {
    let (hits, all) = covered(truth, fits);
    assert!(hits * 100 >= all * 80, "{hits} of {all} at {truth:?}");
    // The median of the samples is near the truth.
    for i in 0..N {
        let mut logs: Vec<f64> = fits.iter().map(|fit| (fit.values[i] / truth[i]).ln()).collect();
        logs.sort_by(f64::total_cmp);
        let error = fits[0].log_covariance[i][i].sqrt();
        let middle = logs[logs.len() / 2];
        assert!(middle.abs() < 1.2 * error, "parameter {i} of {truth:?}: {middle} with error {error}");
    }
}

#[test]
fn bg_nbd_and_mbg_nbd_come_back() {
    for dropout in [Dropout::AfterRepeat, Dropout::AfterAny] {
        for truth in [[0.25, 4.5, 0.8, 2.5], [1.0, 10.0, 0.5, 3.0], [2.0, 8.0, 2.0, 6.0]] {
            let model = BetaGeometric::new(dropout, truth);
            let fits: Vec<Estimates<4>> = (0..SAMPLES)
                .map(|seed| simulate(&model, 4_000, 60.0, false, seed))
                .map(|rows| beta_geometric::fit(dropout, &rows, &mut |_| ()).unwrap())
                .collect();
            well_covered(truth, &fits);
        }
    }
}

#[test]
fn pareto_nbd_comes_back_on_both_sides_of_alpha_and_beta() {
    for truth in [[0.55, 10.6, 0.6, 11.7], [1.2, 20.0, 0.8, 6.0], [1.0, 5.0, 1.0, 30.0]] {
        let model = ParetoNbd::new(truth);
        let fits: Vec<Estimates<4>> = (0..SAMPLES)
            .map(|seed| simulate(&model, 3_000, 80.0, false, seed))
            .map(|rows| pareto_nbd::fit(&rows, &mut |_| ()).unwrap())
            .collect();
        well_covered(truth, &fits);
    }
}

#[test]
fn bg_bb_comes_back() {
    for truth in [[1.2, 0.75, 0.66, 2.8], [0.8, 2.0, 1.0, 5.0]] {
        let model = BgBb::new(truth);
        let fits: Vec<Estimates<4>> = (0..SAMPLES)
            .map(|seed| simulate(&model, 5_000, 12.0, true, seed))
            .map(|rows| bg_bb::fit(&rows, &mut |_| ()).unwrap())
            .collect();
        well_covered(truth, &fits);
    }
}

fn spends(model: &GammaGamma, customers: u64, seed: u64) -> Vec<Spend> {
    let customer = |id: u64| {
        let mut random = Random::stream(seed, id);
        let purchases = random.geometric(0.4);
        Spend { purchases, mean: model.draw(&mut random, purchases) }
    };
    (0..customers).map(customer).collect()
}

#[test]
fn gamma_gamma_comes_back() {
    for truth in [[6.25, 3.75, 15.4], [2.0, 6.0, 200.0]] {
        let model = GammaGamma::new(truth);
        let fits: Vec<Estimates<3>> = (0..SAMPLES)
            .map(|seed| gamma_gamma::fit(&spends(&model, 3_000, seed), &mut |_| ()).unwrap())
            .collect();
        well_covered(truth, &fits);
    }
}

#[test]
fn many_customers_are_fitted_from_a_part_as_from_all() {
    let model = BetaGeometric::new(Dropout::AfterRepeat, [0.4, 6.0, 0.7, 2.0]);
    let rows = simulate(&model, 30_000, 100.0, false, 3);
    let part = rows.part(500).unwrap();
    assert!((part.customers() / rows.customers() - 1.0).abs() < 0.01 && part.rows.len() <= 520);
    let fit = beta_geometric::fit(Dropout::AfterRepeat, &rows, &mut |_| ()).unwrap();
    let at = beta_geometric::log_likelihood(Dropout::AfterRepeat, &rows, &fit.values);
    close(at.value, fit.log_likelihood, 1e-12);
    // At the top all slopes are nothing beside the standard errors.
    for i in 0..4 {
        let slope = at.gradient[i] * fit.standard_error(i);
        assert!(slope.abs() < 1e-4, "slope {i}: {slope}");
    }
    assert!(fit.search.evaluations < 25, "{:?}", fit.search);
}

#[test]
fn customers_who_cannot_carry_a_model_are_refused_with_the_reason() {
    let fit =
        |histories: &[History]| beta_geometric::fit(Dropout::AfterRepeat, &Rows::new(histories), &mut |_| ());
    assert_eq!(fit(&[]), Err(ModelRefusal::NoCustomers));
    let once = History { repeat_frequency: 0, recency: 0.0, age: 9.0 };
    assert_eq!(fit(&[once; 7]), Err(ModelRefusal::NoRepeatPurchases { customers: 7 }));
    // All alike: nothing tells how customers differ.
    let alike = History { repeat_frequency: 3, recency: 8.0, age: 9.0 };
    assert!(matches!(fit(&[alike; 50]), Err(ModelRefusal::RunsAway { .. })));
    assert!(matches!(
        pareto_nbd::fit(&Rows::new(&[alike; 50]), &mut |_| ()),
        Err(ModelRefusal::RunsAway { .. })
    ));
}

#[test]
fn spend_that_cannot_carry_a_model_is_refused_with_the_reason() {
    let fit = |spends: &[Spend]| gamma_gamma::fit(spends, &mut |_| ());
    let spend = |purchases: u32, mean: f64| Spend { purchases, mean };
    assert_eq!(fit(&[spend(1, 5.0); 2]), Err(SpendRefusal::TooFewCustomers { found: 2 }));
    assert_eq!(fit(&[spend(1, 5.0), spend(2, 5.0), spend(3, 5.0)]), Err(SpendRefusal::AllAlike));
    let tied: Vec<Spend> = (1..50).map(|x| spend(x, 10.0 * f64::from(x) + f64::from(x % 3))).collect();
    assert!(matches!(fit(&tied), Err(SpendRefusal::TiedToFrequency { correlation }) if correlation > 0.99));
}
