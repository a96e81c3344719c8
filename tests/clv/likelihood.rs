//! Likelihoods and expectations against mpmath (`models.json`: parameters, history, value, P(alive)), their gradients
//! against differences, and what they must obey anywhere.

use crate::{close, numbers};
use proptest::prelude::*;
use quintile::core::clv::beta_geometric::{self, BetaGeometric, Dropout};
use quintile::core::clv::bg_bb::{self, BgBb};
use quintile::core::clv::gamma_gamma::{self, GammaGamma, Spend};
use quintile::core::clv::model::Purchases;
use quintile::core::clv::pareto_nbd::{self, ParetoNbd};
use quintile::core::clv::rows::{History, Rows};
use quintile::core::clv::sbg::{self, Sbg};
use quintile::core::stats::optimize::At;
use serde_json::Value;

fn tables() -> Value {
    serde_json::from_str(include_str!("models.json")).expect("JSON")
}

fn rows_of(name: &str) -> Vec<Vec<f64>> {
    tables()[name].as_array().expect("a table").iter().map(numbers).collect()
}

/// How far a log-likelihood may be off: its last digits, and those of the terms that it is the difference of, about
/// (Σ parameters + x) ln 10⁶.
fn rounding(value: f64, parameters: f64, x: f64) -> f64 {
    1e-12 * value.abs().max(1.0) + 1e-15 * 14.0 * (parameters + x)
}

/// Checks ln L and P(alive) of one model over its table, extreme customers included.
fn check(
    name: &str,
    likelihood: impl Fn(&Rows, &[f64; 4]) -> At<4>,
    model: impl Fn([f64; 4]) -> Box<dyn Purchases>,
) {
    let rows = rows_of(name);
    assert!(rows.len() > 50);
    for row in rows {
        let parameters = [row[0], row[1], row[2], row[3]];
        let history = History { repeat_frequency: row[4] as u32, recency: row[5], age: row[6] };
        let found = likelihood(&Rows::new(&[history]), &parameters).value;
        let allowed = rounding(row[7], parameters.iter().sum(), row[4]);
        assert!((found - row[7]).abs() < allowed, "{name} {row:?}: {found}");
        let alive = model(parameters).p_alive(&history);
        // Of a probability near nothing the logarithm is what is known.
        let off = (alive - row[8]).abs() / row[8].max(1e-300);
        assert!(
            off < 1e-9 * row[8].ln().abs().max(1.0) + allowed || row[8] < 1e-290,
            "{name} {row:?}: alive {alive:e}"
        );
    }
}

#[test]
fn bg_nbd_is_that_of_mpmath() {
    let of =
        |dropout| move |parameters| Box::new(BetaGeometric::new(dropout, parameters)) as Box<dyn Purchases>;
    let (repeat, any) = (Dropout::AfterRepeat, Dropout::AfterAny);
    check("bg", |rows, place| beta_geometric::log_likelihood(repeat, rows, place), of(repeat));
    check("mbg", |rows, place| beta_geometric::log_likelihood(any, rows, place), of(any));
}

#[test]
fn pareto_nbd_is_that_of_mpmath_on_both_sides_of_alpha_and_beta() {
    check("pareto", pareto_nbd::log_likelihood, |parameters| Box::new(ParetoNbd::new(parameters)));
}

/// The extreme tables: parameters of a millionth and of a million, t_x = 0, T = t_x, T = 0, thousands of purchases. That of
/// Pareto/NBD keeps to r + x + s ≥ 0.1, beyond which its tail is not taken to the end.
#[test]
fn extreme_parameters_and_customers_are_those_of_mpmath() {
    let of =
        |dropout| move |parameters| Box::new(BetaGeometric::new(dropout, parameters)) as Box<dyn Purchases>;
    let (repeat, any) = (Dropout::AfterRepeat, Dropout::AfterAny);
    check("bg_extreme", |rows, place| beta_geometric::log_likelihood(repeat, rows, place), of(repeat));
    check("mbg_extreme", |rows, place| beta_geometric::log_likelihood(any, rows, place), of(any));
    check("pareto_extreme", pareto_nbd::log_likelihood, |parameters| Box::new(ParetoNbd::new(parameters)));
}

#[test]
fn bg_bb_is_that_of_mpmath_up_to_a_thousand_periods() {
    check("bgbb", bg_bb::log_likelihood, |parameters| Box::new(BgBb::new(parameters)));
    for row in rows_of("bgbb") {
        let model = BgBb::new([row[0], row[1], row[2], row[3]]);
        let found = model.expected_if_alive(row[4] as u32, row[6], 7.0);
        assert!((found / row[9] - 1.0).abs() < 1e-9, "{row:?}: {found}");
    }
}

#[test]
fn gamma_gamma_is_that_of_mpmath() {
    let rows = rows_of("gamma_gamma");
    assert!(rows.len() > 50);
    for row in rows {
        let (place, spend) = ([row[0], row[1], row[2]], Spend { purchases: row[3] as u32, mean: row[4] });
        let found = gamma_gamma::log_likelihood(&[spend], &place).value;
        // Amounts add ln(x m̄), up to 23.
        let allowed = 2.0 * rounding(row[5], place[0] * row[3] + place[1], 0.0);
        assert!((found - row[5]).abs() < allowed, "{row:?}: {found}");
        let expected = GammaGamma::new(place).expected(&spend);
        assert!((expected / row[6] - 1.0).abs() < 1e-9, "{row:?}: {expected}");
    }
}

/// Purchases expected, the chance of one, and purchases discounted, of a customer who is one: by mpmath's integrals.
#[test]
fn expectations_of_pareto_nbd_are_those_of_mpmath_where_s_is_near_one_too() {
    for row in rows_of("pareto_expected") {
        let model = ParetoNbd::new([row[0], row[1], row[2], row[3]]);
        let (x, age, t) = (row[4] as u32, row[5], row[6]);
        close(model.expected_if_alive(x, age, t), row[7], 1e-12);
        close(model.buys_if_alive(x, age, t), row[8], 1e-9);
        close(model.discounted_if_alive(x, age, t, 0.003), row[9], 1e-9);
    }
}

#[test]
fn expectations_are_those_of_mpmath_where_a_is_near_one_and_horizons_are_long() {
    for row in rows_of("expected_here") {
        // A customer of age 0 without repeat purchases is there: the model's own E[X(t)].
        let model = BetaGeometric::new(Dropout::AfterRepeat, [row[0], row[1], row[2], row[3]]);
        close(model.expected(row[4]), row[5], 1e-11);
    }
}

fn histories() -> impl Strategy<Value = Vec<History>> {
    let history = (0u32..40, 0.0f64..=1.0, 0.01f64..200.0).prop_map(|(x, share, age)| {
        let recency = if x == 0 { 0.0 } else { (share * age).max(1e-6) };
        History { repeat_frequency: x, recency, age: age.max(recency) }
    });
    prop::collection::vec(history, 1..12)
}

fn place() -> impl Strategy<Value = [f64; 4]> {
    let one = (-3.0f64..3.0).prop_map(f64::exp);
    [one.clone(), one.clone(), one.clone(), one]
}

/// The gradient against central differences of the value.
fn gradient_fits<const N: usize>(
    place: &[f64; N],
    function: impl Fn(&[f64; N]) -> At<N>,
) -> Result<(), TestCaseError> {
    let at = function(place);
    prop_assert!(
        at.value.is_finite() && at.gradient.iter().all(|slope| slope.is_finite()),
        "{at:?} at {place:?}"
    );
    for i in 0..N {
        let step = 1e-5 * place[i];
        let value = |step: f64| {
            let mut beside = *place;
            beside[i] += step;
            function(&beside).value
        };
        let slope = (value(step) - value(-step)) / (2.0 * step);
        let scale = at.gradient[i].abs() + at.value.abs() * 1e-3 / place[i];
        prop_assert!(
            (slope - at.gradient[i]).abs() < 1e-5 * scale.max(1e-3),
            "{i} of {place:?}: {slope}, {at:?}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn gradients_are_those_of_the_likelihoods(histories in histories(), place in place()) {
        let rows = Rows::new(&histories);
        gradient_fits(&place, |place| beta_geometric::log_likelihood(Dropout::AfterRepeat, &rows, place))?;
        gradient_fits(&place, |place| beta_geometric::log_likelihood(Dropout::AfterAny, &rows, place))?;
        gradient_fits(&place, |place| pareto_nbd::log_likelihood(&rows, place))?;
    }

    #[test]
    fn gradients_of_the_models_of_periods_and_of_spend_fit_too(
        donors in prop::collection::vec((0u32..8, 0u32..8, 0u32..8), 1..10),
        spends in prop::collection::vec((1u32..30, 0.1f64..500.0), 1..10),
        place in place(),
    ) {
        let histories: Vec<History> = donors.iter().map(|&(x, later, rest)| {
            let last = if x == 0 { 0 } else { x + later };
            History { repeat_frequency: x, recency: last.into(), age: (last + rest).into() }
        }).collect();
        let rows = Rows::new(&histories);
        gradient_fits(&place, |place| bg_bb::log_likelihood(&rows, place))?;
        let spends: Vec<Spend> = spends.into_iter().map(|(purchases, mean)| Spend { purchases, mean }).collect();
        gradient_fits(&[place[0], place[1], place[2]], |place| gamma_gamma::log_likelihood(&spends, place))?;
    }

    #[test]
    fn expectations_obey_what_they_must(place in place(), x in 0u32..2_000, share in 0.0f64..=1.0, age in 0.1f64..500.0, t in 0.01f64..500.0) {
        let history = History { repeat_frequency: x, recency: if x == 0 { 0.0 } else { (share * age).max(1e-9) }, age };
        let models: [Box<dyn Purchases>; 3] = [
            Box::new(BetaGeometric::new(Dropout::AfterRepeat, place)),
            Box::new(BetaGeometric::new(Dropout::AfterAny, place)),
            Box::new(ParetoNbd::new(place)),
        ];
        for model in models {
            let alive = model.p_alive(&history);
            prop_assert!((0.0..=1.0).contains(&alive), "{alive}");
            // More time brings more, but never more than in proportion for who is there; a discount takes off.
            let [once, twice] = [t, 2.0 * t].map(|t| model.expected_if_alive(x, age, t));
            prop_assert!(once > 0.0 && once <= twice * (1.0 + 1e-10) && twice <= 2.0 * once * (1.0 + 1e-10), "{once} {twice}");
            let discounted = model.discounted_if_alive(x, age, t, 0.01);
            prop_assert!(discounted <= once * (1.0 + 1e-9) && discounted >= once * libm::exp(-0.01 * t) * (1.0 - 1e-9));
            prop_assert!(model.expected(t) <= model.expected(2.0 * t) * (1.0 + 1e-10));
        }
    }

    #[test]
    fn probabilities_of_counts_add_up_and_have_the_mean(place in place(), t in 0.1f64..60.0) {
        // Narrow enough that 3,000 purchases are out of reach.
        let place = [place[0].min(3.0), place[1].max(0.5), place[2].clamp(0.2, 10.0), place[3].clamp(0.2, 10.0)];
        let models: [Box<dyn Purchases>; 3] = [
            Box::new(BetaGeometric::new(Dropout::AfterRepeat, place)),
            Box::new(BetaGeometric::new(Dropout::AfterAny, place)),
            Box::new(ParetoNbd::new(place)),
        ];
        for model in models {
            let chances = model.probabilities(t, 6_000);
            let mean: f64 = chances.iter().enumerate().map(|(x, chance)| x as f64 * chance).sum();
            prop_assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-8);
            prop_assert!((mean / model.expected(t) - 1.0).abs() < 1e-6, "{mean} {}", model.expected(t));
        }
        let model = BgBb::new(place);
        let periods = t.round().max(1.0);
        let chances = model.probabilities(periods, 60);
        let mean: f64 = chances.iter().enumerate().map(|(x, chance)| x as f64 * chance).sum();
        prop_assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-10);
        prop_assert!((mean / model.expected(periods) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_order_of_customers_changes_nothing_and_weights_count(histories in histories(), place in place()) {
        let mut turned = histories.clone();
        turned.reverse();
        let rows = Rows::new(&histories);
        let likelihood = |rows: &Rows| beta_geometric::log_likelihood(Dropout::AfterRepeat, rows, &place);
        prop_assert_eq!(likelihood(&rows), likelihood(&Rows::new(&turned)));
        for (history, &row) in histories.iter().zip(&rows.row_of) {
            prop_assert_eq!(rows.history(&rows.rows[row as usize]), *history);
        }
        let twice = likelihood(&Rows::new(&[histories.clone(), histories].concat())).value;
        prop_assert!((twice - 2.0 * likelihood(&rows).value).abs() < 1e-10 * twice.abs());
    }

    #[test]
    fn expected_spend_lies_between_the_own_mean_and_that_of_all(p in 0.2f64..20.0, q in 1.1f64..20.0, gamma in 0.1f64..100.0, purchases in 1u32..100, mean in 0.1f64..1000.0) {
        let model = GammaGamma { p, q, gamma };
        let expected = model.expected(&Spend { purchases, mean });
        let (low, high) = (mean.min(model.mean()), mean.max(model.mean()));
        prop_assert!(expected >= low * (1.0 - 1e-12) && expected <= high * (1.0 + 1e-12));
    }
}

/// Fader, Hardie & Lee (2005): DERT by Tricomi's function, here by its integral.
#[test]
fn discounted_transactions_of_pareto_nbd_are_the_integral_of_their_rate() {
    let model = ParetoNbd::new([0.553, 10.58, 0.606, 11.656]);
    let (x, age, force, end) = (7, 77.86, 0.0027, 52.0 * 40.0);
    let rate = |t: f64| {
        let beta = model.beta + age;
        (model.r + f64::from(x)) / (model.alpha + age)
            * (beta / (beta + t)).powf(model.s)
            * (-force * t).exp()
    };
    let steps = 200_000;
    let width = end / f64::from(steps);
    let sum: f64 = (0..steps).map(|i| rate((f64::from(i) + 0.5) * width) * width).sum();
    close(model.discounted_if_alive(x, age, end, force), sum, 1e-8);
}

#[test]
fn discounted_transactions_of_bg_bb_without_end_are_the_sum_of_their_periods() {
    let model = BgBb::new([1.203_528, 0.749_726, 0.656_780_8, 2.783_796]);
    let donor = History { repeat_frequency: 4, recency: 5.0, age: 6.0 };
    let force = libm::log1p(0.1);
    let sum = model.p_alive(&donor) * model.discounted_if_alive(4, 6.0, 3_000.0, force);
    close(model.dert(&donor, 0.1).unwrap(), sum, 1e-11);
    assert_eq!(model.dert(&donor, 0.0), None);
}

/// The fit follows the gradient of the contracts' likelihood: where it ends, the likelihood itself, made of survivors' shares
/// alone, has no slope by differences, and falls to every side.
#[test]
fn contracts_are_fitted_where_differences_find_no_slope() {
    let cohorts: [&[f64]; 4] = [
        &[1000.0, 631.0, 468.0, 382.0, 326.0, 289.0, 262.0, 241.0],
        &[1000.0, 869.0, 743.0, 653.0, 593.0, 551.0, 517.0, 491.0],
        &[100.0, 5.0, 3.0, 2.0],
        &[1e6, 999_000.0, 998_100.0, 997_300.0],
    ];
    for survivors in cohorts {
        let fitted = sbg::fit(survivors).expect("a fit");
        let likelihood = |alpha: f64, beta: f64| {
            let model = Sbg { alpha, beta };
            let lost = |t: usize| {
                (survivors[t - 1] - survivors[t])
                    * (model.survival(t as u32 - 1) - model.survival(t as u32)).ln()
            };
            let last = survivors.len() - 1;
            (1..=last).map(lost).sum::<f64>() + survivors[last] * model.survival(last as u32).ln()
        };
        let Sbg { alpha, beta } = fitted.model;
        let top = likelihood(alpha, beta);
        assert!((top / fitted.log_likelihood - 1.0).abs() < 1e-9, "{survivors:?}: {top}");
        for (by_alpha, by_beta) in [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, -1.0)] {
            let at = |step: f64| likelihood(alpha * (1.0 + by_alpha * step), beta * (1.0 + by_beta * step));
            let (up, down) = (at(1e-3) - top, at(-1e-3) - top);
            assert!(up < 0.0 && down < 0.0, "{survivors:?} {by_alpha} {by_beta}: {up} {down}");
            // The slope is nothing beside the curve.
            assert!(
                (up - down).abs() < 0.05 * (up + down).abs(),
                "{survivors:?} {by_alpha} {by_beta}: {up} {down}"
            );
        }
    }
}
