//! Figures by hand.

use crate::{ask, facts, publish_rfm, session, sums, teaching, with_tiers};
use quintile::core::sample;
use quintile::core::workspace::SampleId;
use quintile::jobs::{Session, Silent};
use quintile::tools::overview::model::{Place, Sums};
use quintile::tools::overview::todo::{Todo, Weight};
use serde_json::json;

#[test]
fn the_teaching_sample_has_25_customers_and_the_best_five_bring_33000_of_57100() {
    let mut session = teaching();
    publish_rfm(&mut session, json!({}));
    let figures = ask(&mut session, facts(&[])).figures.unwrap();
    assert_eq!((figures.customers, figures.active, figures.revenue), (25, 25, 5_710_000));
    assert!((figures.top_fifth.unwrap() - 33_000.0 / 57_100.0).abs() < 1e-12, "{figures:?}");
}

#[test]
fn in_the_last_month_only_six_customers_are_active() {
    let record = json!({ "window": { "last_months": 1 } });
    let mut session = teaching();
    publish_rfm(&mut session, record.clone());
    let overview = ask(&mut session, facts(&[("rfm", record)]));
    // A 0, B and C 10, D and E 20, F 30 days before 2025-12-31; 2025-12-01 is the first day of the month.
    let figures = overview.figures.unwrap();
    assert_eq!((figures.customers, figures.active), (25, 6));
    let window = overview.rfm_period.window.unwrap();
    assert_eq!((window.0.to_string(), window.1.to_string()), ("2025-12-01".into(), "2025-12-31".into()));
    // A 1,000, B 2,000, C 300, D 500, E 300, F 1,000 − 1,000 refunded.
    assert_eq!(figures.revenue, 410_000);
    // A fifth of six is 1.2 customers: B, and a fifth of A.
    assert!((figures.top_fifth.unwrap() - 2_200.0 / 4_100.0).abs() < 1e-12, "{figures:?}");
}

#[test]
fn the_heat_map_of_the_teaching_sample_by_hand() {
    let mut session = teaching();
    publish_rfm(&mut session, json!({}));
    let map = ask(&mut session, facts(&[])).heat_map.unwrap();
    let none = sums(0, 0);
    let expected = [
        [sums(3, 15_500), sums(1, 900), none, none, sums(1, 300)],
        [sums(1, 3_000), sums(1, 1_800), none, sums(2, 1_500), sums(1, 4_000)],
        [none, sums(2, 3_900), none, sums(2, 3_600), sums(1, 700)],
        [none, sums(1, 6_000), none, sums(2, 1_400), sums(2, 1_900)],
        [sums(1, 10_000), none, none, sums(1, 1_400), sums(3, 1_200)],
    ];
    assert_eq!(map.fields, expected.concat());
    let codes: Vec<&str> = map.recency.iter().map(|label| label.en.as_str()).collect();
    assert_eq!(codes, ["5", "4", "3", "2", "1"]);
}

#[test]
fn tiers_are_summed_up_and_who_is_in_none_stands_below() {
    let overview = ask(&mut with_tiers(), facts(&[]));
    let tiers = overview.tiers.unwrap();
    let found: Vec<(Place, Sums)> = tiers.iter().map(|tier| (tier.place, tier.sums)).collect();
    // 57,100 − 33,000 of the five − 3,000 of U, V, X, Y and T.
    let expected = [
        (Place::Tier, sums(5, 33_000)),
        (Place::Tier, sums(15, 21_100)),
        (Place::NotActive, sums(5, 3_000)),
        (Place::NotActive, sums(0, 0)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_break_even_rate_is_the_courses_until_a_campaign_says_otherwise() {
    let mut session = teaching();
    let rate = |session: &mut Session, record| ask(session, facts(&[("campaign", record)])).break_even;
    assert!((rate(&mut session, json!({})).unwrap() - 0.62 / 35.0).abs() < 1e-15);
    let typed = json!({ "cost_per_piece": 1.0, "profit_per_response": 50.0 });
    assert_eq!(rate(&mut session, typed), Some(0.02));
    assert_eq!(rate(&mut session, json!({ "profit_per_response": 0.0 })), None);
}

#[test]
fn the_shop_s_pyramid_holds_its_active_customers_and_its_prospects() {
    let mut session = session(sample::make(SampleId::Shop, sample::SEED, &mut |_| ()));
    for tool in quintile::tools::publishers_before("overview") {
        let request = quintile::jobs::publishing(tool.part.get().unwrap(), &json!({})).unwrap();
        quintile::jobs::run(&mut session, request, &mut Silent).unwrap();
    }
    let overview = ask(&mut session, facts(&[]));
    let figures = overview.figures.unwrap();
    let tiers = overview.tiers.unwrap();
    let customers = |place: Place| -> Vec<u64> {
        tiers.iter().filter(|tier| tier.place == place).map(|tier| tier.sums.customers).collect()
    };
    assert_eq!((figures.customers, figures.active), (3_000, 3_000));
    assert_eq!(customers(Place::Tier), [30, 120, 450, 2_400]);
    assert_eq!(customers(Place::NotActive), [0, 240]);
    let revenue: i64 = tiers.iter().map(|tier| tier.sums.revenue.unwrap()).sum();
    assert_eq!(revenue, figures.revenue);
    // The best fifth is the three upper tiers: 600 of 3,000.
    let upper: i64 = tiers[..3].iter().map(|tier| tier.sums.revenue.unwrap()).sum();
    assert!((figures.top_fifth.unwrap() - upper as f64 / figures.revenue as f64).abs() < 1e-12);
    assert!(overview.heat_map.is_some());
    assert_eq!(overview.todos.iter().map(Todo::weight).max(), Some(Weight::Missing));
}
