//! Ten thousand random customers under random parameters, the extreme ones among them: everything is a number within its
//! bounds. Parameters go from a millionth to a million, purchases into the thousands; x = 0, t_x ≈ 0 and t_x = T come often.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use quintile::core::clv::beta_geometric::{self, BetaGeometric, Dropout};
use quintile::core::clv::bg_bb::{self, BgBb};
use quintile::core::clv::fit::Estimates;
use quintile::core::clv::gamma_gamma::{self, GammaGamma, Spend};
use quintile::core::clv::kind::Kind;
use quintile::core::clv::model::Purchases;
use quintile::core::clv::pareto_nbd::{self, ParetoNbd};
use quintile::core::clv::rows::{History, Rows};
use quintile::core::clv::sbg::Sbg;
use quintile::core::random::Random;
use quintile::core::stats::optimize::At;
use quintile::core::stats::quadrature::gauss;

/// From 10⁻⁶ to 10⁶, all powers as often.
fn positive() -> impl Strategy<Value = f64> {
    prop_oneof![8 => (-6.0f64..=6.0).prop_map(|power| 10f64.powf(power)), 1 => Just(1e-6), 1 => Just(1e6), 1 => Just(1.0)]
}

fn place() -> impl Strategy<Value = [f64; 4]> {
    prop::array::uniform4(positive())
}

fn purchases() -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(0u32), 4 => 1u32..10, 2 => 10u32..200, 1 => 200u32..10_000]
}

/// A share of the age at which the last purchase was: often at once, and at the end.
fn share() -> impl Strategy<Value = f64> {
    prop_oneof![2 => 0.0f64..=1.0, 1 => Just(1e-9), 1 => Just(1.0)]
}

fn history() -> impl Strategy<Value = History> {
    let age = prop_oneof![6 => (-3.0f64..=4.0).prop_map(|power| 10f64.powf(power)), 1 => Just(0.0)];
    (purchases(), share(), age).prop_map(|(x, share, age)| {
        let recency = if age > 0.0 { (share * age).max(1e-12) } else { 0.0 };
        // Without time there are no repeat purchases.
        let x = if age > 0.0 { x } else { 0 };
        let history = History { repeat_frequency: x, recency: if x == 0 { 0.0 } else { recency }, age };
        assert!(history.is_possible(), "{history:?}");
        history
    })
}

/// Whole periods, at most one purchase in each.
fn periods(most: u32) -> impl Strategy<Value = History> {
    let few = prop_oneof![3 => 0u32..8, 1 => 0u32..60];
    let many = prop_oneof![8 => Just(0u32), 1 => Just(most)];
    (few.clone(), few.clone(), few, many).prop_map(|(x, silent, rest, many)| {
        let x = if x == 0 { 0 } else { x + many };
        let last = if x == 0 { 0 } else { x + silent };
        History { repeat_frequency: x, recency: last.into(), age: (last + rest).into() }
    })
}

fn is_number<const N: usize>(at: &At<N>) -> Result<(), TestCaseError> {
    prop_assert!(at.value.is_finite() && at.gradient.iter().all(|slope| slope.is_finite()), "{at:?}");
    Ok(())
}

/// All that a model says of a customer.
fn is_sound(model: &dyn Purchases, history: &History, horizon: f64) -> Result<(), TestCaseError> {
    let History { repeat_frequency: x, age, .. } = *history;
    let within = |value: f64, most: f64| (0.0..=most * (1.0 + 1e-9)).contains(&value);
    let alive = model.p_alive(history);
    prop_assert!(within(alive, 1.0), "P(alive) {alive}");
    let expected = model.expected_if_alive(x, age, horizon);
    prop_assert!(within(expected, f64::MAX / 2.0), "expected {expected}");
    let after = model.expected_after(history, horizon);
    prop_assert!(within(after, expected), "expected after {after}");
    let discounted = model.discounted_if_alive(x, age, horizon, 0.003);
    prop_assert!(within(discounted, expected), "discounted {discounted} of {expected}");
    let buys = model.buys_if_alive(x, age, horizon);
    prop_assert!(within(buys, expected.min(1.0)), "buys {buys}, expected {expected}");
    let all = model.expected(horizon);
    prop_assert!(all.is_finite() && all >= 0.0, "E[X(t)] {all}");
    let chances = model.probabilities(horizon, 7);
    prop_assert!(chances.iter().all(|&chance| within(chance, 1.0)), "{chances:?}");
    prop_assert!(within(chances.iter().sum(), 1.0), "{chances:?}");
    Ok(())
}

fn discrete(donor: &History, place: [f64; 4], horizon: u32, rate: f64) -> Result<(), TestCaseError> {
    let model = BgBb::new(place);
    is_sound(&model, donor, horizon.into())?;
    let to_come = model.dert(donor, rate).unwrap();
    prop_assert!((0.0..=(1.0 / rate) * (1.0 + 1e-9)).contains(&to_come), "DERT {to_come}");
    Ok(())
}

fn spend(spends: &[Spend], [p, q, gamma, _]: [f64; 4]) -> Result<(), TestCaseError> {
    is_number(&gamma_gamma::log_likelihood(spends, &[p, q, gamma]))?;
    let model = GammaGamma { p, q: q + 1.0, gamma };
    let expected = model.expected(&spends[0]);
    prop_assert!(model.mean().is_finite() && expected.is_finite() && expected > 0.0, "{expected}");
    Ok(())
}

fn contract([alpha, beta, ..]: [f64; 4], renewal: u32, rate: f64) -> Result<(), TestCaseError> {
    let model = Sbg { alpha, beta };
    let (left, kept) = (model.survival(renewal), model.retention_rate(renewal));
    prop_assert!((0.0..=1.0).contains(&left) && (0.0..=1.0).contains(&kept), "{left} {kept}");
    let most = (1.0 + rate) / rate * (1.0 + 1e-9);
    let lifetimes = [model.derl(renewal, rate).unwrap(), model.discounted_lifetime(rate).unwrap()];
    prop_assert!(lifetimes.iter().all(|&sum| (0.0..=most).contains(&sum)), "{lifetimes:?}, at most {most}");
    let endless = model.derl(renewal, 0.0);
    prop_assert!(endless.is_none_or(|sum| sum.is_finite() && sum > 0.0), "{endless:?}");
    Ok(())
}

/// So many random cases; a failing one is made small and told.
fn of_many<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let mut runner =
        TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..Default::default() });
    runner.run(&strategy, test).unwrap_or_else(|failed| panic!("{failed}"));
}

fn spends() -> impl Strategy<Value = Vec<Spend>> {
    let spend = (purchases(), positive()).prop_map(|(x, mean)| Spend { purchases: x.max(1), mean });
    prop::collection::vec(spend, 1..4)
}

fn likelihoods(cases: u32) {
    of_many(cases, (prop::collection::vec(history(), 1..4), place()), |(customers, place)| {
        let rows = Rows::new(&customers);
        is_number(&beta_geometric::log_likelihood(Dropout::AfterRepeat, &rows, &place))?;
        is_number(&beta_geometric::log_likelihood(Dropout::AfterAny, &rows, &place))?;
        is_number(&pareto_nbd::log_likelihood(&rows, &place))
    });
    of_many(cases, (prop::collection::vec(periods(1_000), 1..4), place()), |(donors, place)| {
        is_number(&bg_bb::log_likelihood(&Rows::new(&donors), &place))
    });
}

fn expectations(cases: u32) {
    of_many(cases, (history(), place(), positive()), |(customer, place, horizon)| {
        for dropout in [Dropout::AfterRepeat, Dropout::AfterAny] {
            is_sound(&BetaGeometric::new(dropout, place), &customer, horizon)?;
        }
        is_sound(&ParetoNbd::new(place), &customer, horizon)
    });
    of_many(cases, (periods(1_000), place(), 1u32..200, 0.001f64..2.0), |(donor, place, horizon, rate)| {
        discrete(&donor, place, horizon, rate)
    });
}

fn fits(cases: u32, kinds: &[Kind]) {
    let customers = (prop::collection::vec(history(), 0..12), prop::collection::vec(periods(0), 0..12));
    let spends = prop::collection::vec(spends(), 0..15);
    of_many(cases, (customers, spends), |((customers, donors), spends)| {
        // A refusal is named by its type; what is not refused must be numbers.
        for &kind in kinds {
            let customers = if kind.is_discrete() { &donors } else { &customers };
            if let Ok(found) = kind.fit(&Rows::new(customers), &mut |_| ()) {
                are_numbers(&found)?;
            }
        }
        if let Ok(found) = gamma_gamma::fit(&spends.concat(), &mut |_| ()) {
            are_numbers(&found)?;
        }
        Ok(())
    });
}

/// Purchases discounted, against the same integral by a rule many times finer.
#[test]
fn discounted_purchases_are_those_of_a_finer_rule() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let mut between = |low: f64, high: f64| low * (high / low).powf(random.uniform());
        let (x, age, t, force) =
            (between(1.0, 300.0) as u32, between(5.0, 500.0), between(1.0, 1e3), between(1e-4, 0.05));
        let place = [between(0.05, 20.0), between(0.5, 100.0), between(0.05, 50.0), between(0.2, 100.0)];
        let models: [Box<dyn Purchases>; 2] =
            [Box::new(BetaGeometric::new(Dropout::AfterRepeat, place)), Box::new(ParetoNbd::new(place))];
        for model in models {
            let scale = 1.0 / (1.0 / model.time_scale(x, age) + force);
            let width = (t / scale).ln_1p() / 40.0;
            let part = |part: u32| {
                gauss(width * f64::from(part), width * f64::from(part + 1), |y| {
                    let s = scale * y.exp_m1();
                    (scale + s) * (-force * s).exp() * model.expected_if_alive(x, age, s)
                })
            };
            let whole = force * (0..40).map(part).sum::<f64>();
            let exact = (-force * t).exp() * model.expected_if_alive(x, age, t) + whole;
            crate::close(model.discounted_if_alive(x, age, t, force), exact, 1e-11);
        }
    }
}

#[test]
fn likelihoods_and_their_gradients_are_numbers() {
    likelihoods(2_000);
}

#[test]
fn expectations_are_numbers_within_their_bounds() {
    expectations(500);
}

#[test]
#[ignore = "ten thousand cases and long sums: cargo xtask soak"]
fn ten_thousand_customers_have_numbers_everywhere() {
    likelihoods(10_000);
    expectations(10_000);
}

#[test]
fn spend_and_contracts_are_numbers() {
    of_many(10_000, (spends(), place()), |(spends, place)| spend(&spends, place));
    of_many(10_000, (place(), 1u32..200, 0.001f64..2.0), |(place, renewal, rate)| {
        contract(place, renewal, rate)
    });
}

#[test]
fn any_customers_are_fitted_with_numbers_or_refused_by_name() {
    // Those of Pareto/NBD, with its integrals, take a minute: in the long test.
    fits(60, &[Kind::BgNbd, Kind::MbgNbd, Kind::BgBb]);
}

#[test]
#[ignore = "minutes of fits: cargo xtask soak"]
fn a_thousand_bases_are_fitted_with_numbers_or_refused_by_name() {
    fits(1_000, &Kind::ALL);
}

fn are_numbers<const N: usize>(found: &Estimates<N>) -> Result<(), TestCaseError> {
    prop_assert!(found.log_likelihood.is_finite(), "{found:?}");
    for i in 0..N {
        let interval = found.interval(i, 0.95).unwrap();
        let ends = [found.values[i], found.standard_error(i), interval.low, interval.high];
        prop_assert!(ends.iter().all(|&end| end.is_finite() && end >= 0.0), "{found:?}");
    }
    Ok(())
}
