//! What must hold whatever the numbers are.

use proptest::prelude::*;
use quintile::core::clv::berger_nasr::Case1;
use quintile::core::clv::conventions::Convention;
use quintile::core::clv::discounting::{FirstMargin, annuity, value_of_life};
use quintile::core::clv::margin_multiple::{Horizon, Terms};
use quintile::core::clv::markov::Chain;
use quintile::core::clv::migration::Migration;
use quintile::core::clv::profit_stack::ProfitStack;
use quintile::core::clv::refusal::Refusal;
use quintile::core::clv::retention::{Naive, Survivors, present_value};

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn terms() -> impl Strategy<Value = Terms> {
    (0.0..1e6f64, 0.0..0.99f64, 0.01..1.0f64, -0.2..0.0f64, 0.0..1e6f64, any::<bool>()).prop_map(
        |(margin, retention, discount, growth, acquisition, now)| Terms {
            margin,
            retention,
            discount,
            growth,
            acquisition,
            horizon: Horizon::ForEver,
            first: if now { FirstMargin::Now } else { FirstMargin::AfterOnePeriod },
        },
    )
}

proptest! {
    #[test]
    fn scaling_money_scales_value(terms in terms(), times in 0.0..100.0f64, periods in 1..50u32) {
        for horizon in [Horizon::ForEver, Horizon::Periods(periods)] {
            let terms = Terms { horizon, ..terms };
            let scaled = Terms { margin: terms.margin * times, acquisition: terms.acquisition * times, ..terms };
            prop_assert!(close(scaled.net().unwrap(), terms.net().unwrap() * times));
            let payback = terms.payback().unwrap();
            if times > 0.01 { prop_assert_eq!(scaled.payback().unwrap(), payback); }
        }
    }

    #[test]
    fn the_first_margin_is_the_difference_between_now_and_later(terms in terms()) {
        let terms = Terms { growth: 0.0, ..terms };
        let at = |first| Terms { first, ..terms }.value().unwrap();
        prop_assert!(close(at(FirstMargin::Now) - at(FirstMargin::AfterOnePeriod), terms.margin));
    }

    #[test]
    fn for_ever_is_the_limit_of_many_years_and_the_table_sums_to_the_value(terms in terms()) {
        let terms = Terms { retention: terms.retention * 0.8, ..terms };
        let many = Terms { horizon: Horizon::Periods(100), ..terms };
        prop_assert!(close(many.value().unwrap(), terms.value().unwrap()));
        let table = many.periods(100).unwrap();
        prop_assert!(close(table.last().unwrap().cumulated, many.net().unwrap()));
        prop_assert_eq!(table[0].time, if terms.first == FirstMargin::Now { 0.0 } else { 1.0 });
    }

    #[test]
    fn payback_is_the_first_period_that_is_not_below_zero(terms in terms(), periods in 1..60u32, share in 0.0..1.2f64) {
        let value = terms.value().unwrap();
        let terms = Terms { horizon: Horizon::Periods(periods), acquisition: value * share, ..terms };
        prop_assume!(terms.margin > 1.0 && terms.retention > 0.01 && terms.acquisition > 0.0);
        let table = terms.periods(60).unwrap();
        let tiny = terms.acquisition * 1e-9;
        let reached = |at: f64| table.iter().find(|period| period.time == at).unwrap().cumulated;
        match terms.payback().unwrap() {
            None => prop_assert!(table.last().unwrap().cumulated < tiny),
            Some(time) => {
                prop_assert!(reached(time) > -tiny);
                if time > table[0].time { prop_assert!(reached(time - 1.0) < tiny); }
            }
        }
    }

    #[test]
    fn a_chain_of_one_kept_state_is_the_margin_multiple(terms in terms(), periods in 1..60u32) {
        let terms = Terms { growth: 0.0, ..terms };
        for horizon in [Horizon::ForEver, Horizon::Periods(periods)] {
            let terms = Terms { horizon, ..terms };
            // n margins from now on are times 0 … n − 1.
            let steps = match (horizon, terms.first) {
                (Horizon::Periods(n), FirstMargin::Now) => Horizon::Periods(n - 1),
                (other, _) => other,
            };
            let chain = Chain {
                matrix: vec![vec![terms.retention, 1.0 - terms.retention], vec![0.0, 1.0]],
                rewards: vec![terms.margin, 0.0],
                discount: terms.discount,
                horizon: steps,
                first: terms.first,
            };
            let values = chain.values().unwrap();
            prop_assert!(close(values[0], terms.value().unwrap()), "{} {}", values[0], terms.value().unwrap());
            prop_assert_eq!(values[1], 0.0);
        }
    }

    #[test]
    fn migration_is_a_chain_and_the_chains_rows_stay_shares(
        probabilities in prop::collection::vec(0.0..1.0f64, 1..8),
        contribution in 0.0..1e4f64, promotion in 0.0..1e3f64, discount in 0.0..1.0f64, periods in 0..30u32, now in any::<bool>(),
    ) {
        let first = if now { FirstMargin::Now } else { FirstMargin::AfterOnePeriod };
        let migration = Migration { probabilities, contribution, promotion, discount, periods, first };
        let chain = migration.chain(Horizon::Periods(periods));
        prop_assert!(close(migration.value().unwrap(), chain.values().unwrap()[0]));
        let mut start = vec![0.0; chain.matrix.len()];
        start[0] = 1.0;
        let shares = chain.distribution(&start, periods).unwrap();
        for (period, row) in migration.periods().unwrap().iter().zip(&shares) {
            prop_assert!(close(row.iter().sum::<f64>(), 1.0));
            prop_assert!(period.cells.iter().zip(row).all(|(a, b)| close(*a, *b)));
        }
    }

    #[test]
    fn berger_and_nasr_without_promotion_is_the_multiple_from_now_on(
        contribution in 0.0..1e5f64, retention in 0.0..0.99f64, discount in 0.0..1.0f64, years in 0..60u32,
    ) {
        let case = Case1 { contribution, promotion: 0.0, retention, discount, years };
        let terms = Terms {
            margin: contribution, retention, discount, growth: 0.0, acquisition: 0.0,
            horizon: Horizon::Periods(years + 1), first: FirstMargin::Now,
        };
        prop_assert!(close(case.value().unwrap(), terms.value().unwrap()));
    }

    #[test]
    fn part_years_lie_between_whole_ones(discount in 0.0..1.0f64, life in 0.0..100.0f64) {
        let value = value_of_life(1.0, discount, life, 0.0).unwrap();
        let whole = life.floor() as u32;
        prop_assert!(value >= annuity(discount, whole) - 1e-12 && value <= annuity(discount, whole + 1) + 1e-12);
    }

    #[test]
    fn better_retention_is_worth_more_under_every_convention(retention in 0.05..0.94f64, discount in 0.0..1.0f64) {
        for convention in Convention::ALL {
            prop_assert!(convention.growth(retention, discount, 0.05).unwrap() > 0.0, "{convention:?}");
        }
        // The later the first margin, the more hangs on keeping the customer.
        let growth = |convention: Convention| convention.growth(retention, discount, 0.05).unwrap();
        prop_assert!(growth(Convention::AfterOnePeriod) > growth(Convention::Now));
        prop_assert!(growth(Convention::Undiscounted) >= growth(Convention::MeanLifetime) - 1e-9);
    }

    #[test]
    fn a_level_profit_stack_is_the_multiple(base in 0.0..1e5f64, retention in 0.0..1.0f64, discount in 0.0..1.0f64, years in 1..60u32) {
        let stack = ProfitStack {
            acquisition: 0.0, base, more_each_year: [0.0; 4], growing_years: 7, retention, discount, years,
            first: FirstMargin::AfterOnePeriod,
        };
        let terms = Terms {
            margin: base, retention, discount, growth: 0.0, acquisition: 0.0, horizon: Horizon::Periods(years),
            first: FirstMargin::AfterOnePeriod,
        };
        prop_assert!(close(stack.value().unwrap(), terms.value().unwrap()));
    }

    #[test]
    fn a_constant_rate_finds_itself_in_its_own_survivors(rate in 0.05..1.0f64, periods in 2..20usize) {
        let shares: Vec<f64> = (0..=periods).map(|t| 100.0 * rate.powi(t as i32)).collect();
        let survivors = Survivors::new(&shares).unwrap();
        for naive in [Naive::ConstantRate, Naive::Exponential] {
            let projected = naive.project(&survivors, periods).unwrap();
            prop_assert!(projected.iter().zip(survivors.shares()).all(|(a, b)| (a - b).abs() < 1e-9), "{naive:?}");
        }
        prop_assert!(survivors.retention_rates().iter().all(|found| close(found.unwrap(), rate)));
    }

    #[test]
    fn the_value_of_a_constant_rate_curve_is_the_multiple(rate in 0.0..1.0f64, discount in 0.0..1.0f64, n in 1..40u32, now in any::<bool>()) {
        let first = if now { FirstMargin::Now } else { FirstMargin::AfterOnePeriod };
        let shares: Vec<f64> = (0..=n).map(|t| rate.powi(t as i32)).collect();
        let terms = Terms {
            margin: 1.0, retention: rate, discount, growth: 0.0, acquisition: 0.0, horizon: Horizon::Periods(n), first,
        };
        prop_assert!(close(present_value(&shares, discount, first).unwrap(), terms.value().unwrap()));
    }
}

#[test]
fn parabolas_and_lines_find_themselves() {
    let exact: Vec<f64> = (0..8).map(|t| 100.0 - 12.0 * f64::from(t) + 0.5 * f64::from(t * t)).collect();
    let projected = Naive::Quadratic.project(&Survivors::new(&exact).unwrap(), 7).unwrap();
    assert!(projected.iter().zip(&exact).all(|(a, b)| (a * 100.0 - b).abs() < 1e-9), "{projected:?}");
    let line = Survivors::new(&[100.0, 90.0, 80.0, 70.0]).unwrap();
    assert_eq!(Naive::Linear.project(&line, 12).unwrap().last(), Some(&0.0), "held at nobody");
}

#[test]
fn what_has_no_answer_says_why() {
    let terms = Terms {
        margin: 1.0,
        retention: 1.0,
        discount: 0.0,
        growth: 0.0,
        acquisition: 5.0,
        horizon: Horizon::ForEver,
        first: FirstMargin::AfterOnePeriod,
    };
    assert_eq!(terms.value(), Err(Refusal::Endless));
    assert_eq!(Terms { retention: 0.9, growth: 0.3, discount: 0.1, ..terms }.value(), Err(Refusal::Endless));
    assert!(matches!(Terms { retention: 1.2, ..terms }.value(), Err(Refusal::Outside { .. })));
    let nobody = Terms { retention: 0.0, discount: 0.1, ..terms };
    assert_eq!(nobody.growth_of_value(0.05), Err(Refusal::NothingBefore));
    assert_eq!(nobody.payback(), Ok(None));
    assert_eq!(Terms { acquisition: 0.0, ..nobody }.payback(), Ok(Some(0.0)));
    let chain = Chain {
        matrix: vec![vec![0.5, 0.4], vec![0.0, 1.0]],
        rewards: vec![1.0, 0.0],
        discount: 0.0,
        horizon: Horizon::ForEver,
        first: FirstMargin::Now,
    };
    assert!(matches!(chain.values(), Err(Refusal::RowSum { row: 0, .. })));
    let endless = Chain { matrix: vec![vec![0.5, 0.5], vec![0.5, 0.5]], ..chain.clone() };
    assert_eq!(endless.values(), Err(Refusal::Endless));
    assert_eq!(Chain { rewards: vec![1.0], ..endless }.values(), Err(Refusal::Shape { states: 2, found: 1 }));
    assert!(matches!(Survivors::new(&[100.0, 60.0, 70.0]), Err(Refusal::Rising { at: 2, .. })));
    assert_eq!(Survivors::new(&[100.0, 0.0, 0.0]), Err(Refusal::NobodyLeft));
    for refusal in [Refusal::Endless, Refusal::TooLarge, Refusal::NothingBefore, Refusal::NobodyLeft] {
        let label = refusal.label();
        assert!(label.en.ends_with('.') && label.zh.ends_with('。'), "{label:?}");
    }
}
