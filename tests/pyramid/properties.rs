//! What always holds.

use crate::{equal, of, pyramid, session, shop, with_costs};
use proptest::prelude::*;
use quintile::core::dataset::Dataset;
use quintile::tools::pyramid::answer::TierRow;
use quintile::tools::pyramid::options::{Measure, PyramidOptions};

fn made(values: &[i64]) -> Dataset {
    let rows: Vec<(String, i32, i64)> =
        values.iter().enumerate().map(|(n, &value)| (format!("C{n}"), n as i32, value)).collect();
    let rows: Vec<(&str, i32, i64)> = rows.iter().map(|row| (row.0.as_str(), row.1, row.2)).collect();
    shop(&rows)
}

proptest! {
    #[test]
    fn tiers_partition_the_active_customers_and_shares_sum_to_one(
        values in prop::collection::vec(1i64..400, 1..60),
        k in 2u8..=10,
        by_orders: bool,
    ) {
        let mut session = session(made(&values));
        let measure = if by_orders { Measure::Orders } else { Measure::Revenue };
        let found = pyramid(&mut session, &of(measure, equal(k)));
        let sum = |get: fn(&TierRow) -> f64| found.tiers.iter().map(get).sum::<f64>();
        prop_assert_eq!(found.tiers.iter().map(|row| row.sums.customers).sum::<u64>(), values.len() as u64);
        prop_assert!((sum(|row| row.share_of_customers) - 1.0).abs() < 1e-9);
        prop_assert!((sum(|row| row.share_of_revenue.unwrap()) - 1.0).abs() < 1e-9);
        prop_assert!((sum(|row| row.share_of_measure.unwrap()) - 1.0).abs() < 1e-9);
        // Nobody in a tier has more than anybody in the tier above.
        let spans: Vec<(f64, f64)> = found.tiers.iter().filter_map(|row| row.found).collect();
        prop_assert!(spans.windows(2).all(|pair| pair[0].0 >= pair[1].1));
    }

    #[test]
    fn the_curve_ascends_ever_more_slowly_to_one(values in prop::collection::vec(1i64..400, 1..200)) {
        let mut session = session(made(&values));
        let curve = pyramid(&mut session, &PyramidOptions::default()).concentration.unwrap().curve;
        prop_assert_eq!(curve[0], (0.0, 0.0));
        prop_assert_eq!(curve[curve.len() - 1], (1.0, 1.0));
        let slopes: Vec<f64> = curve.windows(2).map(|p| (p[1].1 - p[0].1) / (p[1].0 - p[0].0)).collect();
        prop_assert!(slopes.iter().all(|&slope| slope > 0.0));
        prop_assert!(slopes.windows(2).all(|pair| pair[0] >= pair[1] - 1e-9));
    }

    #[test]
    fn the_whale_ends_at_one_and_is_never_below_the_end_after_its_peak(
        rows in prop::collection::vec((1i64..400, 0i64..700), 1..80),
    ) {
        let values: Vec<i64> = rows.iter().map(|row| row.0).collect();
        let costs: Vec<i64> = rows.iter().map(|row| row.1).collect();
        let mut session = session(with_costs(made(&values), &costs));
        let found = pyramid(&mut session, &PyramidOptions::default());
        let total: i64 = rows.iter().map(|row| row.0 - row.1).sum();
        prop_assert_eq!(found.all.margin, Some(total));
        match found.whale {
            None => prop_assert!(total <= 0),
            Some(whale) => {
                let (x, y) = *whale.curve.last().unwrap();
                prop_assert!(x == 1.0 && (y - 1.0).abs() < 1e-9);
                prop_assert!(whale.peak.1 >= 1.0 - 1e-9);
                prop_assert!(whale.curve.iter().all(|point| point.1 <= whale.peak.1 + 1e-9));
            }
        }
    }

    #[test]
    fn ten_times_the_money_is_ten_times_the_values_and_the_same_tiers(
        values in prop::collection::vec(-50i64..400, 1..60),
    ) {
        let values: Vec<i64> = values.into_iter().map(|value| if value == 0 { 1 } else { value }).collect();
        prop_assume!(values.iter().any(|&value| value > 0));
        let tenfold: Vec<i64> = values.iter().map(|value| value * 10).collect();
        let options = PyramidOptions::default();
        let (first, second) =
            (pyramid(&mut session(made(&values)), &options), pyramid(&mut session(made(&tenfold)), &options));
        for (a, b) in first.tiers.iter().zip(&second.tiers) {
            prop_assert_eq!(a.sums.revenue * 10, b.sums.revenue);
            prop_assert_eq!(a.sums.customers, b.sums.customers);
            prop_assert_eq!(a.found.map(|span| (span.0 * 10.0, span.1 * 10.0)), b.found);
        }
        prop_assert_eq!(
            first.concentration.map(|held| held.curve),
            second.concentration.map(|held| held.curve)
        );
    }
}
