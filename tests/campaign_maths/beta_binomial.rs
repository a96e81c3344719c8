//! Fits against independent ones: the values were made with mpmath 1.4 (root of the gradient with 40 digits, from a
//! start by scipy 1.17, `scipy.stats.betabinom.logpmf` and Nelder–Mead), the covariances from its Hessian.

use crate::{close, near};
use proptest::prelude::*;
use quintile::core::random::Random;
use quintile::core::stats::beta_binomial::{
    Fit, FitError, MAX_PRECISION, MIN_PRECISION, Posterior, Prior, fit,
};
use quintile::core::stats::proportion::Tally;

fn tallies(x: &[u64], n: &[u64]) -> Vec<Tally> {
    x.iter().zip(n).map(|(&x, &n)| Tally::new(x, n)).collect()
}

#[track_caller]
fn is_fitted(fit: &Fit, alpha: f64, beta: f64, log_likelihood: f64, covariance: [f64; 3]) {
    let Prior::Beta { alpha: a, beta: b } = fit.prior else { panic!("{fit:?}") };
    close(a, alpha, 1e-7);
    close(b, beta, 1e-7);
    close(fit.log_likelihood, log_likelihood, 1e-12);
    let [[uu, uv], [vu, vv]] = fit.covariance;
    for (found, expected) in
        [uu, uv, vu, vv].into_iter().zip([covariance[0], covariance[1], covariance[1], covariance[2]])
    {
        close(found, expected, 1e-5);
    }
}

/// Tumours in 71 groups of rats: Tarone, Biometrics 38 (1982); Gelman et al., *Bayesian Data Analysis*, table 5.1.
#[test]
fn tarones_rat_tumours() {
    let x = [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 5, 2,
        5, 3, 2, 7, 7, 3, 3, 2, 9, 10, 4, 4, 4, 4, 4, 4, 4, 10, 4, 4, 4, 5, 11, 12, 5, 5, 6, 5, 6, 6, 6, 6,
        16, 15, 15, 9, 4,
    ];
    let n = [
        20, 20, 20, 20, 20, 20, 20, 19, 19, 19, 19, 18, 18, 17, 20, 20, 20, 20, 19, 19, 18, 18, 25, 24, 23,
        20, 20, 20, 20, 20, 20, 10, 49, 19, 46, 27, 17, 49, 47, 20, 20, 13, 48, 50, 20, 20, 20, 20, 20, 20,
        20, 48, 19, 19, 19, 22, 46, 49, 20, 20, 23, 19, 22, 20, 20, 20, 52, 46, 47, 24, 14,
    ];
    let fit = fit(&tallies(&x, &n)).unwrap();
    let covariance = [0.011_352_966_71, -0.004_269_993_424, 0.113_016_608_3];
    is_fitted(&fit, 2.341_614_403_33, 14.114_804_298_4, -156.568_929_883_23, covariance);
    close(fit.pooled_log_likelihood, -171.904_628_474_925_43, 1e-12);
}

/// Rats of 2 × 16 litters that lived to 21 days: Weil 1970, the data of Williams, Biometrics 31 (1975).
#[test]
fn williams_rat_litters() {
    let treated = fit(&tallies(
        &[12, 11, 10, 9, 10, 9, 9, 8, 8, 4, 7, 4, 5, 3, 3, 0],
        &[12, 11, 10, 9, 11, 10, 10, 9, 9, 5, 9, 7, 10, 6, 10, 7],
    ));
    let covariance = [0.130_950_013_4, 0.074_725_155_72, 0.267_820_385_8];
    is_fitted(&treated.unwrap(), 1.591_194_825_92, 0.559_048_824_307, -31.531_689_024_997, covariance);
    // Hardly more spread than chance: a flat likelihood.
    let control = fit(&tallies(
        &[13, 12, 9, 9, 8, 8, 12, 11, 9, 9, 8, 11, 4, 5, 7, 7],
        &[13, 12, 9, 9, 8, 8, 13, 12, 10, 10, 9, 13, 5, 7, 10, 10],
    ));
    let covariance = [0.082_796_270_26, 0.105_636_333_5, 6.017_548_506];
    is_fitted(&control.unwrap(), 43.564_097_283_9, 4.949_559_154_46, -21.253_527_978_152, covariance);
}

#[test]
fn one_rate_for_all_where_nothing_tells_the_cells_apart() {
    let cases: [&[(u64, u64)]; 7] = [
        &[(0, 320), (0, 320), (0, 320)],
        &[(40, 40), (7, 7)],
        &[(6, 320)],
        &[(6, 320), (0, 0)],
        &[(6, 320), (6, 320), (6, 320), (6, 320)],
        &[(1, 1), (0, 1), (1, 1), (0, 1), (0, 1)],
        &[(5, 300), (6, 320), (7, 330), (5, 310)],
    ];
    for case in cases {
        let cells: Vec<Tally> = case.iter().map(|&(x, n)| Tally::new(x, n)).collect();
        let fit = fit(&cells).unwrap();
        let all: Tally = cells.iter().copied().sum();
        assert_eq!(fit.prior, Prior::Pooled { all }, "{case:?}");
        assert_eq!(fit.log_likelihood, fit.pooled_log_likelihood);
        let posterior = fit.prior.shrink(cells[0]);
        let (alpha, beta) = (all.successes as f64 + 0.5, all.failures() as f64 + 0.5);
        assert_eq!(posterior, Posterior { alpha, beta }, "never certain, even without a response");
        let interval = posterior.interval(0.95).unwrap();
        assert!(interval.low < posterior.mean() && posterior.mean() < interval.high && interval.high <= 1.0);
    }
}

#[test]
fn all_or_nothing_in_every_cell_stops_at_the_least_precision() {
    let cells = [(20, 20), (0, 20), (0, 20), (0, 20)].map(|(x, n)| Tally::new(x, n));
    let fit = fit(&cells).unwrap();
    close(fit.prior.precision().unwrap(), MIN_PRECISION, 1e-9);
    near(fit.prior.mean(), 0.25, 0.01);
    assert!(fit.prior.shrink(cells[0]).mean() > 0.99);
    assert!(fit.covariance.iter().flatten().all(|value| value.is_finite()));
}

#[test]
fn what_cannot_be_fitted_is_said() {
    assert_eq!(fit(&[]), Err(FitError::NoTrials));
    assert_eq!(fit(&[Tally::new(0, 0)]), Err(FitError::NoTrials));
    let tally = Tally::new(3, 2);
    assert_eq!(fit(&[Tally::new(1, 2), tally]), Err(FitError::MoreSuccessesThanTrials { cell: 1, tally }));
}

/// From much spread to hardly any, where the likelihood is flat far from its peak and bent the wrong way.
#[test]
fn nothing_on_a_fine_grid_is_higher_than_the_fit() {
    for run in 0..200 {
        let mut random = Random::new(run);
        let spread = [2.0, 50.0, 500.0, 5_000.0][run as usize % 4];
        let draw = |_| {
            let rate = random.beta(0.05 * spread, 0.95 * spread);
            let trials = 1 + u64::from(random.below(200));
            Tally::new(answers(rate, trials, &mut random), trials)
        };
        let cells: Vec<Tally> = (0..12).map(draw).collect();
        let fit = fit(&cells).unwrap();
        let all: Tally = cells.iter().copied().sum();
        let (from, to) = (all.rate().unwrap() * 0.5, (all.rate().unwrap() * 1.6).min(0.99));
        if all.successes == 0 {
            continue;
        }
        for i in 0..=40 {
            let mean = from + (to - from) * f64::from(i) / 40.0;
            for j in 0..=80 {
                let precision = libm::exp(-4.0 + 20.0 * f64::from(j) / 80.0);
                let there = log_likelihood(&cells, mean * precision, (1.0 - mean) * precision);
                assert!(
                    there <= fit.log_likelihood + 1e-6,
                    "run {run}: {there} at {mean}, {precision}; {fit:?}"
                );
            }
        }
    }
}

/// Straight from the definition: Σ ln[C(n, x) B(α + x, β + n − x) / B(α, β)].
fn log_likelihood(cells: &[Tally], alpha: f64, beta: f64) -> f64 {
    let g = libm::lgamma;
    let ln_beta = |a: f64, b: f64| g(a) + g(b) - g(a + b);
    let term = |cell: &Tally| {
        let (x, n) = (cell.successes as f64, cell.trials as f64);
        g(n + 1.0) - g(x + 1.0) - g(n - x + 1.0) + ln_beta(alpha + x, beta + n - x) - ln_beta(alpha, beta)
    };
    cells.iter().map(term).sum()
}

#[test]
fn empty_cells_change_nothing_and_get_the_mean_of_the_others() {
    let cells = [(2, 320), (9, 320), (4, 320), (17, 320), (1, 320)].map(|(x, n)| Tally::new(x, n));
    let mut with_empty = cells.to_vec();
    with_empty.insert(2, Tally::default());
    let (plain, padded) = (fit(&cells).unwrap(), fit(&with_empty).unwrap());
    assert_eq!(plain, padded);
    assert_eq!(plain.prior.shrink(Tally::default()).mean(), plain.prior.mean());
}

/// How many of so many customers answer. It goes from answer to answer, since few do.
fn answers(rate: f64, customers: u64, random: &mut Random) -> u64 {
    let (mut count, mut at) = (0, u64::from(random.geometric(rate)));
    while at <= customers {
        (count, at) = (count + 1, at + u64::from(random.geometric(rate)));
    }
    count
}

/// The course's campaign, drawn from known parameters: 125 cells × 320 at 1.8 %, again and again.
#[test]
fn projections_of_the_chosen_cells_are_unbiased_and_their_intervals_hold_the_truth() {
    const RUNS: u64 = 1_000;
    let (alpha, beta, break_even) = (1.8, 98.2, 0.62 / 35.0);
    let (mut held, mut held_responses, mut promised, mut promised_raw, mut came) = (0, 0, 0.0, 0.0, 0.0);
    for run in 0..RUNS {
        let mut random = Random::new(run);
        let rates: Vec<f64> = (0..125).map(|_| random.beta(alpha, beta)).collect();
        let cells: Vec<Tally> =
            rates.iter().map(|&rate| Tally::new(answers(rate, 320, &mut random), 320)).collect();
        let fit = fit(&cells).unwrap();
        // As in the deck: the cells whose raw rate is above break-even.
        let chosen: Vec<usize> = (0..125).filter(|&cell| cells[cell].rate().unwrap() > break_even).collect();
        let estimate = fit.weighted_sum(chosen.iter().map(|&cell| (cells[cell], 6_080.0)));
        let truth: f64 = chosen.iter().map(|&cell| 6_080.0 * rates[cell]).sum();
        held += u64::from(estimate.interval(0.9).unwrap().contains(truth));
        let responses: u64 = chosen.iter().map(|&cell| answers(rates[cell], 6_080, &mut random)).sum();
        let predicted = fit.responses(chosen.iter().map(|&cell| (cells[cell], 6_080)));
        held_responses += u64::from(predicted.interval(0.9).unwrap().contains(responses as f64));
        promised += estimate.mean;
        promised_raw += chosen.iter().map(|&cell| 6_080.0 * cells[cell].rate().unwrap()).sum::<f64>();
        came += truth;
    }
    assert!((promised / came - 1.0).abs() < 0.01, "{}", promised / came);
    assert!(promised_raw / came > 1.05, "the winner's curse: {}", promised_raw / came);
    assert!((870..=930).contains(&held), "{held} of {RUNS} intervals of 90 % hold the truth");
    assert!((870..=930).contains(&held_responses), "{held_responses} of {RUNS} hold the responses");
}

/// With the same rate everywhere, chance alone makes winners.
#[test]
fn with_one_rate_for_all_cells_the_projection_is_that_rate() {
    let (mut held, mut promised) = (0, 0.0);
    for run in 0..300 {
        let mut random = Random::new(run);
        let cells: Vec<Tally> = (0..125)
            .map(|_| Tally::new((0..320).filter(|_| random.chance(0.018)).count() as u64, 320))
            .collect();
        let fit = fit(&cells).unwrap();
        let chosen = cells.iter().filter(|cell| cell.successes > 6);
        let (sum, weights) =
            (fit.weighted_sum(chosen.clone().map(|&cell| (cell, 1.0))), chosen.count() as f64);
        promised += sum.mean / weights;
        held += u32::from(sum.interval(0.95).unwrap().contains(0.018 * weights));
    }
    near(promised / 300.0, 0.018, 1e-3);
    assert!(held >= 270, "{held} of 300 intervals of 95 % hold the truth");
}

#[test]
fn posterior_answers_the_break_even_question() {
    let posterior = Posterior { alpha: 5.76, beta: 314.24 };
    close(posterior.probability_above(0.0177), 1.0 - 0.537_955_371_770_390_6, 1e-12);
    assert_eq!([posterior.probability_above(0.0), posterior.probability_above(1.0)], [1.0, 0.0]);
    let interval = posterior.interval(0.95).unwrap();
    close(interval.low, 0.006_484_092_901_370_65, 1e-12);
    close(interval.high, 0.035_151_307_844_335_58, 1e-12);
    assert_eq!([posterior.interval(0.0), posterior.interval(1.0), posterior.interval(f64::NAN)], [None; 3]);
}

proptest! {
    #[test]
    fn any_counts_are_fitted_with_finite_numbers(
        cells in prop::collection::vec((0u64..2_000, 0.0f64..=1.0), 1..40),
        rare: bool,
    ) {
        let count = |n: u64, p: f64| (n as f64 * if rare { p * p * p * 0.1 } else { p }).round() as u64;
        let cells: Vec<Tally> = cells.into_iter().map(|(n, p)| Tally::new(count(n, p), n)).collect();
        let Ok(fit) = fit(&cells) else {
            prop_assert!(cells.iter().all(|cell| cell.trials == 0));
            return Ok(());
        };
        prop_assert!(fit.log_likelihood.is_finite() && fit.log_likelihood >= fit.pooled_log_likelihood);
        prop_assert!(fit.covariance.iter().flatten().all(|value| value.is_finite()));
        prop_assert!(fit.covariance[0][0] >= 0.0 && fit.covariance[1][1] >= 0.0);
        if let Some(precision) = fit.prior.precision() {
            prop_assert!((0.99 * MIN_PRECISION..MAX_PRECISION).contains(&precision));
        }
        for &cell in &cells {
            let posterior = fit.prior.shrink(cell);
            let mean = posterior.mean();
            prop_assert!(mean > 0.0 && mean < 1.0 && posterior.variance() > 0.0);
            if let (Some(rate), Prior::Beta { .. }) = (cell.rate(), fit.prior) {
                let (low, high) = (rate.min(fit.prior.mean()), rate.max(fit.prior.mean()));
                prop_assert!(low - 1e-12 <= mean && mean <= high + 1e-12, "a shrunken rate lies between");
            }
        }
        let sum = fit.weighted_sum(cells.iter().map(|&cell| (cell, 3.0)));
        prop_assert!(sum.mean > 0.0 && sum.variance >= 0.0 && sum.variance.is_finite());
    }

    #[test]
    fn the_fit_does_not_depend_on_the_order_of_cells(cells in prop::collection::vec((0u64..40, 40u64..400), 2..20)) {
        let cells: Vec<Tally> = cells.into_iter().map(|(x, n)| Tally::new(x, n)).collect();
        let reversed: Vec<Tally> = cells.iter().rev().copied().collect();
        prop_assert_eq!(fit(&cells), fit(&reversed));
    }
}
