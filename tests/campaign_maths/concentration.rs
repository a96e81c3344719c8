use crate::near;
use proptest::prelude::*;
use quintile::core::concentration::Concentration;

/// Ten customers of profits 60, 40, 20, 10, 5, 5, 0, −5, −10, −25: 100 in all, 140 at the highest.
const WHALE: [i64; 10] = [5, -25, 60, 0, 10, -5, 40, 5, -10, 20];

#[test]
fn whale_curve_of_ten_customers_by_hand() {
    let whale = Concentration::new(&WHALE);
    assert_eq!(whale.share_of_top(0.2), Some(1.0));
    assert_eq!(whale.share_of_top(0.25), Some(1.1));
    assert_eq!(whale.peak(), Some((0.6, 1.4)));
    let losing = whale.losing().unwrap();
    assert_eq!((losing.customers, losing.share_of_customers, losing.sum), (3, 0.3, -40));
    assert_eq!(losing.share_of_total, Some(-0.4));
    assert_eq!(whale.gini(), None, "the measure has no meaning with losses");
    let curve = whale.curve(100).unwrap();
    assert_eq!(
        curve.iter().map(|point| point.1).collect::<Vec<_>>(),
        [0.0, 0.6, 1.0, 1.2, 1.3, 1.35, 1.4, 1.4, 1.35, 1.25, 1.0]
    );
}

#[test]
fn gini_of_equal_customers_is_0_and_of_one_who_has_all_is_near_1() {
    assert_eq!(Concentration::new(&[7; 50]).gini(), Some(0.0));
    let mut one = vec![0; 100];
    one[40] = 9;
    assert_eq!(Concentration::new(&one).gini(), Some(0.99));
    // 1, 2, 3, 4: Σ(2i − 5)x / (4·10) = (−3 − 2 + 3 + 12) / 40.
    assert_eq!(Concentration::new(&[4, 2, 3, 1]).gini(), Some(0.25));
    assert_eq!(Concentration::new(&[5]).gini(), Some(0.0));
}

#[test]
fn no_customers_and_no_total_have_no_shares() {
    for values in [&[][..], &[0, 0], &[5, -9]] {
        let none = Concentration::new(values);
        assert_eq!((none.share_of_top(0.2), none.gini(), none.peak()), (None, None, None));
        assert!(none.curve(100).is_none() && none.lorenz(100).is_none());
    }
    assert!(Concentration::new(&[]).losing().is_none());
    assert_eq!(Concentration::new(&[5, -9]).losing().unwrap().share_of_total, None);
    let one = Concentration::new(&[5]);
    assert_eq!(
        [one.share_of_top(0.5), one.share_of_top(1.5), one.share_of_top(f64::NAN)],
        [Some(0.5), None, None]
    );
}

#[test]
fn sums_beyond_64_bits_are_exact() {
    let rich = Concentration::new(&[i64::MAX; 3_000]);
    assert_eq!(rich.total(), 3_000 * i128::from(i64::MAX));
    assert_eq!(rich.sum_of_top(2_500), 2_500 * i128::from(i64::MAX));
    assert_eq!((rich.gini(), rich.share_of_top(0.07)), (Some(0.0), Some(0.07)));
}

#[test]
fn the_highest_point_is_on_a_thinned_curve() {
    let values: Vec<i64> = (0..3_001).map(|i| if i < 1_234 { 2_000 - i } else { -1 }).collect();
    let whale = Concentration::new(&values);
    let (curve, peak) = (whale.curve(100).unwrap(), whale.peak().unwrap());
    assert_eq!(curve.len(), 102);
    assert!(curve.contains(&peak));
    assert!(curve.iter().all(|point| point.1 <= peak.1));
    assert_eq!(curve[20], (0.2, whale.share_of_top(0.2).unwrap()));
}

proptest! {
    #[test]
    fn sums_of_the_top_are_those_of_a_sorted_list(values in prop::collection::vec(-9_000i64..100_000, 0..4_000), count in 0usize..4_100) {
        let mut sorted = values.clone();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        let expected: i64 = sorted.iter().take(count).sum();
        prop_assert_eq!(Concentration::new(&values).sum_of_top(count), i128::from(expected));
    }

    #[test]
    fn lorenz_is_monotone_and_convex_and_mirrors_the_pareto_curve(values in prop::collection::vec(0i64..1_000_000, 1..400)) {
        let concentration = Concentration::new(&values);
        let Some(lorenz) = concentration.lorenz(100) else { return Ok(()) };
        prop_assert_eq!((lorenz[0], *lorenz.last().unwrap()), ((0.0, 0.0), (1.0, 1.0)));
        prop_assert!(lorenz.windows(2).all(|pair| pair[0].1 <= pair[1].1 + 1e-12));
        prop_assert!(lorenz.windows(3).all(|three| three[1].1 <= (three[0].1 + three[2].1) / 2.0 + 1e-12));
        for (share, value) in lorenz {
            near(value, 1.0 - concentration.share_of_top(1.0 - share).unwrap(), 1e-12);
        }
    }

    #[test]
    fn whale_curves_end_at_one_and_gini_is_the_area(values in prop::collection::vec(-500i64..1_000, 1..300)) {
        let concentration = Concentration::new(&values);
        let Some(curve) = concentration.curve(usize::MAX) else { return Ok(()) };
        prop_assert_eq!((curve[0], *curve.last().unwrap()), ((0.0, 0.0), (1.0, 1.0)));
        prop_assert!(curve.windows(2).all(|pair| pair[0].0 < pair[1].0));
        if let Some(gini) = concentration.gini() {
            let area: f64 = curve.windows(2).map(|p| (p[1].0 - p[0].0) * (p[0].1 + p[1].1) / 2.0).sum();
            near(gini, 2.0 * area - 1.0, 1e-12);
        }
    }
}
