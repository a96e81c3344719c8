//! Tiers, shares and curves that a hand can check.

use crate::{
    close, equal, of, published, pyramid, refusal, session, shares, shop, teaching, tiers, with_costs,
    with_customer_table,
};
use quintile::core::day::Day;
use quintile::core::grading::Label;
use quintile::core::sample;
use quintile::core::summary::Window;
use quintile::core::workspace::SampleId;
use quintile::tools::pyramid::answer::{Refusal, TierRow, Unit, Warning};
use quintile::tools::pyramid::options::{Measure, PyramidOptions, Tiers};

#[test]
fn curry_on_25_customers_is_w_then_b_then_three_then_twenty() {
    let mut session = teaching();
    let found = pyramid(&mut session, &PyramidOptions::default());
    assert_eq!(tiers(&found), [(1, 10_000), (1, 8_000), (3, 15_000), (20, 24_100)]);
    let top = &found.tiers[0];
    assert_eq!(top.label, Label::new("Top", "頂級"));
    close(top.share_of_revenue, 10_000.0 / 57_100.0);
    close(Some(top.share_of_customers), 0.04);
    assert_eq!(top.found, Some((1_000_000.0, 1_000_000.0)));
    assert_eq!((top.sums.orders, top.sums.days_since_last), (4, 280));
    assert_eq!(top.sums.average_order_value(), Some(250_000.0));
    // R 3, A 5 and H 1 purchases; 180, 0 and 50 days.
    close(found.tiers[2].sums.orders_per_customer(), 3.0);
    close(found.tiers[2].sums.average_days_since_last(), 230.0 / 3.0);
    assert_eq!(found.all.customers, 25);
    assert_eq!((found.all.revenue, found.all.orders), (5_710_000, 59));
    assert_eq!((found.has_margin, found.all.margin, &found.whale), (false, None, &None));
    assert_eq!((found.inactive.sums.customers, &found.prospects), (0, &None));
    assert_eq!(found.warnings, []);
    assert_eq!(published(&session, "W").as_deref(), Some("Top"));
    assert_eq!(published(&session, "X").as_deref(), Some("Small"));
}

#[test]
fn the_top_fifth_of_the_teaching_sample_brings_33_000_of_57_100() {
    let found = pyramid(&mut teaching(), &of(Measure::Revenue, equal(5)));
    assert_eq!(tiers(&found), [(5, 33_000), (5, 12_000), (5, 6_700), (5, 3_900), (5, 1_500)]);
    let held = found.concentration.unwrap();
    let top = held.top.iter().find(|point| point.0 == 0.2).unwrap();
    close(Some(top.1), 33_000.0 / 57_100.0);
    // 0.5 × 25 = 12.5: twelve customers bring 48,100 and half of the thirteenth's 1,400.
    let half = held.top.iter().find(|point| point.0 == 0.5).unwrap();
    close(Some(half.1), (48_100.0 + 700.0) / 57_100.0);
    assert_eq!((held.peak, held.losing), ((1.0, 1.0), None));
}

#[test]
fn equal_numbers_of_purchases_are_cut_by_id_and_told() {
    let mut session = teaching();
    let found = pyramid(&mut session, &of(Measure::Orders, equal(5)));
    assert_eq!(found.unit, Unit::Orders);
    let tie =
        |tier: &TierRow, customers, value| Warning::TiesCut { tier: tier.label.clone(), customers, value };
    assert_eq!(found.warnings, [tie(&found.tiers[2], 7, 2.0), tie(&found.tiers[3], 8, 1.0)]);
    let tier_of = |id: &str| published(&session, id).unwrap();
    for (ids, tier) in [("ABDFW", 1), ("CILNR", 2), ("GJMOP", 3), ("SUEHK", 4), ("QTVXY", 5)] {
        for id in ids.chars() {
            assert_eq!(tier_of(&id.to_string()), format!("Tier {tier}"), "{id}");
        }
    }
    close(found.tiers[0].share_of_measure, 22.0 / 59.0);
}

#[test]
fn ties_do_not_depend_on_the_order_of_rows() {
    let rows = [("D", 1, 500), ("A", 2, 500), ("C", 3, 500), ("B", 4, 500), ("E", 5, 900)];
    let mut turned = rows;
    turned.reverse();
    for rows in [rows, turned] {
        let mut session = session(shop(&rows));
        let found = pyramid(&mut session, &of(Measure::Revenue, shares(&[0.6])));
        let expected = Warning::TiesCut { tier: found.tiers[0].label.clone(), customers: 4, value: 500.0 };
        assert_eq!(found.warnings, [expected]);
        let first = ["A", "B", "C", "D", "E"].map(|id| published(&session, id).unwrap() == "Tier 1");
        assert_eq!(first, [true, true, false, false, true]);
    }
}

#[test]
fn who_bought_before_the_period_is_inactive() {
    let mut session = teaching();
    let to = sample::last_day(SampleId::Teaching);
    let window = Window::Between { from: Day(to.0 - 100), to };
    let options = PyramidOptions { window, ..of(Measure::Revenue, equal(2)) };
    let found = pyramid(&mut session, &options);
    assert_eq!((found.all.customers, found.all.revenue), (13, 1_930_000));
    assert_eq!((found.inactive.sums.customers, found.inactive.sums.revenue), (12, 0));
    close(Some(found.inactive.share_of_customers), 12.0 / 25.0);
    // 6.5 rounds up to 7: H 4,000, B 4,000, A 3,000, F 2,000, D 1,500, L 900, M 800.
    assert_eq!(tiers(&found), [(7, 16_200), (6, 3_100)]);
    assert_eq!(published(&session, "W").as_deref(), Some("Inactive customers"));
    let far = PyramidOptions { analysis_date: Some(Day(0)), ..options };
    assert!(matches!(refusal(&mut session, &far), Refusal::NobodyActive { window: Some(_), .. }));
}

#[test]
fn prospects_are_in_the_customer_table_and_have_never_bought() {
    let data =
        with_customer_table(shop(&[("A", 1, 100), ("B", 2, 50), ("C", 3, -5)]), &["B", "P", "Q", "P", "C"]);
    let mut session = session(data);
    let found = pyramid(&mut session, &of(Measure::Revenue, equal(2)));
    assert_eq!(found.prospects.as_ref().unwrap().sums.customers, 3);
    assert_eq!(published(&session, "Q").as_deref(), Some("Prospects"));
    assert!(found.warnings.contains(&Warning::OnlyRefunds { customers: 1, money: -5 }));
}

#[test]
fn own_values_keep_equal_customers_together() {
    let options = of(Measure::Revenue, Tiers::Values { least: vec![500_000.0, 90_000.0], names: Vec::new() });
    let found = pyramid(&mut teaching(), &options);
    assert_eq!(tiers(&found), [(4, 29_000), (13, 24_500), (8, 3_600)]);
    assert_eq!(found.tiers[1].found, Some((90_000.0, 400_000.0)));
    let high = of(Measure::Revenue, Tiers::Values { least: vec![9e9], names: Vec::new() });
    let found = pyramid(&mut teaching(), &high);
    assert_eq!(found.warnings, [Warning::EmptyTier { tier: found.tiers[0].label.clone() }]);
    assert_eq!((found.tiers[0].found, found.tiers[0].share_of_revenue), (None, Some(0.0)));
}

/// A earns 60, B 30, C 20, D loses 10: the whale rises to 110 % and ends at 100 %.
#[test]
fn the_whale_curve_of_60_30_20_minus_10_rises_to_110_percent() {
    let rows = [("A", 1, 100), ("B", 1, 90), ("C", 1, 80), ("D", 1, 70)];
    let mut session = session(with_costs(shop(&rows), &[40, 60, 60, 80]));
    let found = pyramid(&mut session, &of(Measure::Margin, equal(4)));
    let whale = found.whale.clone().unwrap();
    assert_eq!(whale.curve, [(0.0, 0.0), (0.25, 0.6), (0.5, 0.9), (0.75, 1.1), (1.0, 1.0)]);
    assert_eq!(whale.peak, (0.75, 1.1));
    let losing = whale.losing.unwrap();
    assert_eq!((losing.customers, losing.share_of_customers, losing.share_of_total), (1, 0.25, -0.1));
    assert_eq!(whale.gini, None);
    let shares: Vec<f64> = found.tiers.iter().filter_map(|row| row.share_of_margin).collect();
    assert_eq!(shares, [0.6, 0.3, 0.2, -0.1]);
    assert_eq!(found.concentration.unwrap().curve, whale.curve);
}

#[test]
fn margin_without_costs_is_refused() {
    assert_eq!(refusal(&mut teaching(), &of(Measure::Margin, Tiers::Curry)), Refusal::NoCosts);
}

#[test]
fn a_loss_in_all_has_figures_and_no_shares() {
    let mut session = session(with_costs(shop(&[("A", 1, 100), ("B", 1, 90)]), &[140, 90]));
    let found = pyramid(&mut session, &of(Measure::Margin, equal(2)));
    assert_eq!(found.all.margin, Some(-40));
    assert!(found.warnings.contains(&Warning::TotalNotPositive));
    assert_eq!((found.concentration, found.whale), (None, None));
    assert!(found.tiers.iter().all(|row| row.share_of_margin.is_none() && row.share_of_revenue.is_some()));
}

#[test]
fn refunds_can_make_a_tier_negative() {
    let mut session = session(shop(&[("A", 1, 100), ("B", 1, 10), ("B", 2, -60)]));
    let found = pyramid(&mut session, &of(Measure::Revenue, equal(2)));
    let held = found.concentration.unwrap();
    assert_eq!((held.peak, held.gini), ((0.5, 2.0), None));
    assert_eq!(found.tiers[1].share_of_revenue, Some(-1.0));
}

#[test]
fn one_customer_is_the_top_and_everything() {
    let mut session = session(shop(&[("A", 1, 100)]));
    let found = pyramid(&mut session, &PyramidOptions::default());
    assert_eq!(found.tiers.iter().map(|row| row.sums.customers).collect::<Vec<_>>(), [1, 0, 0, 0]);
    assert_eq!(found.warnings, [Warning::FewCustomers { customers: 1, tiers: 4 }]);
    assert_eq!(found.tiers[0].share_of_revenue, Some(1.0));
    assert_eq!(found.concentration.unwrap().gini, Some(0.0));
}

#[test]
fn two_customers_fill_two_of_four_tiers() {
    let mut session = session(shop(&[("A", 1, 100), ("B", 1, 900)]));
    let found = pyramid(&mut session, &PyramidOptions::default());
    assert_eq!(found.tiers.iter().map(|row| row.sums.customers).collect::<Vec<_>>(), [1, 1, 0, 0]);
    assert_eq!(published(&session, "B").as_deref(), Some("Top"));
}

#[test]
fn all_equal_customers_are_divided_by_id_with_one_warning() {
    let rows: Vec<(String, i32, i64)> = (0..20).map(|n| (format!("K{n:02}"), 1, 700)).collect();
    let rows: Vec<(&str, i32, i64)> = rows.iter().map(|row| (row.0.as_str(), row.1, row.2)).collect();
    let mut session = session(shop(&rows));
    let found = pyramid(&mut session, &of(Measure::Revenue, equal(10)));
    assert_eq!(found.warnings, [Warning::AllEqual]);
    assert!(found.tiers.iter().all(|row| row.sums.customers == 2));
    assert_eq!(published(&session, "K01").as_deref(), Some("Tier 1"));
    assert_eq!(found.concentration.unwrap().gini, Some(0.0));
}

#[test]
fn the_mailer_has_no_dates_to_apply_a_period_to() {
    let mut session = session(sample::make(SampleId::Mailer, sample::SEED, &mut |_| ()));
    let options = PyramidOptions { window: Window::LastMonths(12), ..PyramidOptions::default() };
    let found = pyramid(&mut session, &options);
    let customers: Vec<u64> = found.tiers.iter().map(|row| row.sums.customers).collect();
    assert_eq!(customers, [8_000, 32_000, 120_000, 640_000]);
    assert!(found.warnings.contains(&Warning::WindowNotApplicable));
}
