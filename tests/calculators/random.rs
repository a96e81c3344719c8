//! Ten thousand random inputs to each calculator, extreme ones among them: a number that can be shown, or a refusal.

use proptest::prelude::*;
use quintile::core::clv::berger_nasr::Case1;
use quintile::core::clv::complaints::{Complaints, kept_or_won};
use quintile::core::clv::conventions::Convention;
use quintile::core::clv::discounting::{FirstMargin, value_of_life};
use quintile::core::clv::margin_multiple::{Horizon, Terms};
use quintile::core::clv::markov::Chain;
use quintile::core::clv::migration::Migration;
use quintile::core::clv::profit_stack::ProfitStack;
use quintile::core::clv::retention::{Naive, Survivors, present_value};

/// Numbers as people type them, and those that nobody should.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => 0.0..1.0f64,
        4 => 0.0..1e6f64,
        1 => -1e9..1e9f64,
        1 => prop_oneof![
            Just(0.0), Just(-0.0), Just(1.0), Just(1e308), Just(-1e308), Just(5e-324), Just(f64::NAN),
            Just(f64::INFINITY), Just(f64::NEG_INFINITY),
        ],
    ]
}

fn first() -> impl Strategy<Value = FirstMargin> {
    prop_oneof![Just(FirstMargin::Now), Just(FirstMargin::AfterOnePeriod)]
}

fn horizon() -> impl Strategy<Value = Horizon> {
    prop_oneof![Just(Horizon::ForEver), (0..200u32).prop_map(Horizon::Periods)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn margin_multiple(n in prop::array::uniform5(any_number()), horizon in horizon(), first in first()) {
        let terms = Terms {
            margin: n[0], retention: n[1], discount: n[2], growth: n[3], acquisition: n[4], horizon, first,
        };
        for answer in [terms.value(), terms.net(), terms.growth_of_value(0.05)].into_iter().flatten() {
            prop_assert!(answer.is_finite());
        }
        if let Ok(Some(time)) = terms.payback() { prop_assert!(time.is_finite() && time >= 0.0); }
        if let Ok(Some(times)) = terms.value_per_cost() { prop_assert!(times.is_finite()); }
        if let Ok(periods) = terms.periods(50) {
            prop_assert!(periods.iter().all(|period| !period.cumulated.is_nan()));
        }
    }

    #[test]
    fn customer_lives_and_conventions(n in prop::array::uniform4(any_number())) {
        if let Ok(value) = value_of_life(n[0], n[1], n[2], n[3]) { prop_assert!(value.is_finite()); }
        for convention in Convention::ALL {
            if let Ok(growth) = convention.growth(n[0], n[1], n[2]) { prop_assert!(growth.is_finite()); }
        }
    }

    #[test]
    fn berger_and_nasr(n in prop::array::uniform4(any_number()), years in 0..200u32) {
        let case = Case1 { contribution: n[0], promotion: n[1], retention: n[2], discount: n[3], years };
        if let Ok(value) = case.value() { prop_assert!(value.is_finite()); }
    }

    #[test]
    fn chains(
        matrix in prop::collection::vec(prop::collection::vec(any_number(), 0..5), 0..5),
        rewards in prop::collection::vec(any_number(), 0..5),
        discount in any_number(), horizon in horizon(), first in first(), whole in any::<bool>(),
    ) {
        // Rows of shares, or whatever came.
        let states = rewards.len();
        let matrix = match whole && states > 0 {
            true => (0..states).map(|at| {
                let row: Vec<f64> = (0..states).map(|to| matrix.get(at).and_then(|row| row.get(to)).copied()
                    .filter(|share| (0.0..=1.0).contains(share)).unwrap_or(0.5)).collect();
                let sum: f64 = row.iter().sum();
                if sum > 0.0 { row.iter().map(|share| share / sum).collect() } else { vec![1.0 / states as f64; states] }
            }).collect(),
            false => matrix,
        };
        let chain = Chain { matrix, rewards, discount, horizon, first };
        if let Ok(values) = chain.values() { prop_assert!(values.iter().all(|value| value.is_finite())); }
    }

    #[test]
    fn migrations(probabilities in prop::collection::vec(any_number(), 0..6), n in prop::array::uniform3(any_number()), periods in 0..150u32, first in first()) {
        let migration = Migration {
            probabilities, contribution: n[0], promotion: n[1], discount: n[2], periods, first,
        };
        if let Ok(value) = migration.value() { prop_assert!(value.is_finite()); }
    }

    #[test]
    fn profit_stacks(n in prop::array::uniform8(any_number()), years in 0..150u32, growing in 0..150u32, first in first()) {
        let stack = ProfitStack {
            acquisition: n[0], base: n[1], more_each_year: [n[2], n[3], n[4], n[5]], growing_years: growing,
            retention: n[6], discount: n[7], years, first,
        };
        for stack in [stack, stack.moved(0.05), stack.moved(-0.05)] {
            if let Ok(value) = stack.value() { prop_assert!(value.is_finite()); }
        }
    }

    #[test]
    fn complaints_and_budgets(n in prop::array::uniform10(any_number())) {
        let complaints = Complaints {
            heard: n[0], silent_per_complaint: n[1], leaving: n[2], customer_value: n[3], good_per_bad: n[4],
            operating_cost: n[5], recovery_low: n[6], recovery_high: n[7], satisfied: n[8], new_per_hundred: n[9],
        };
        if let Ok(outcome) = complaints.outcome() {
            prop_assert!(outcome.balance.is_finite() && outcome.good_impressions.is_finite() && outcome.lost.is_finite());
        }
        if let Ok((kept, won)) = kept_or_won(n[0], n[1], n[2]) { prop_assert!(kept.is_finite() && won.is_finite()); }
    }

    #[test]
    fn survivors(numbers in prop::collection::vec(any_number(), 0..20), discount in any_number(), sorted in any::<bool>(), first in first()) {
        let mut numbers = numbers;
        if sorted {
            numbers.sort_by(|a, b| b.total_cmp(a));
        }
        if let Ok(survivors) = Survivors::new(&numbers) {
            for naive in Naive::ALL {
                let Ok(projected) = naive.project(&survivors, 30) else { continue };
                prop_assert!(projected.iter().all(|share| (0.0..=1.0).contains(share)), "{naive:?} {numbers:?}");
                if let Ok(value) = present_value(&projected, discount, first) { prop_assert!(value.is_finite()); }
            }
        }
    }
}
