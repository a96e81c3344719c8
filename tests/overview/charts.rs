//! Charts and steps say what the figures say.

use crate::{ask, classes, facts, publish_rfm, read, teaching, with_tiers};
use quintile::charts::spec::Marks;
use quintile::core::lang::Lang;
use quintile::core::show::Plain;
use quintile::tools::overview::chart::{HeatMeasure, field_filters, heat_map, pyramid, tier_filters};
use quintile::tools::overview::explain::steps;
use quintile::tools::overview::model::column;
use serde_json::json;

#[test]
fn the_pyramid_shows_shares_of_the_active_customers_and_picks_lead_to_classes() {
    let overview = ask(&mut with_tiers(), facts(&[]));
    let show = Plain::default();
    let spec = pyramid(&overview, read(Lang::En, &show)).unwrap();
    assert_eq!(spec.title, "Top: 25.0% of active customers bring 61.0% of their revenue");
    assert_eq!(spec.subtitle, "Customers by tier and what they bring · whole history up to 2025-12-31");
    let Marks::Pyramid(marks) = &spec.marks else { panic!("a pyramid") };
    let row = |at: usize| (marks.tiers[at].note.as_str(), marks.tiers[at].shares[0].value.as_str());
    assert_eq!((row(0), row(1)), (("25.0%", "61.0%"), ("75.0%", "39.0%")));
    assert_eq!(
        marks.outside.iter().map(|tier| tier.name.as_str()).collect::<Vec<_>>(),
        ["Inactive customers", "Prospects"]
    );
    assert!(marks.outside.iter().all(|tier| tier.shares.is_empty()));
    let key = marks.outside[0].customers.key.clone().unwrap();
    assert_eq!(tier_filters(&overview, &key), Some(vec![("pyramid.tier", "Inactive customers".into())]));
    assert_eq!(tier_filters(&overview, "9"), None);
    let zh = pyramid(&overview, read(Lang::ZhHant, &show)).unwrap();
    assert_eq!(zh.title, "頂級：25.0% 的活躍顧客帶來 61.0% 的營收");
}

#[test]
fn customers_whom_the_measure_does_not_know_are_active_and_stand_below_the_tiers() {
    let mut session = teaching();
    publish_rfm(&mut session, json!({}));
    let class = (0..25).map(|code| Some(u16::from(code >= 20))).collect();
    session
        .dataset
        .gradings
        .publish(column::TIER, classes(&[("Top", "頂級"), ("Not graded", "未分級")], class));
    let show = Plain::default();
    let spec = pyramid(&ask(&mut session, facts(&[])), read(Lang::En, &show)).unwrap();
    let Marks::Pyramid(marks) = &spec.marks else { panic!("a pyramid") };
    assert_eq!((marks.tiers.len(), marks.outside.len()), (1, 1));
    assert_eq!((marks.tiers[0].note.as_str(), marks.outside[0].note.as_str()), ("80.0%", "20.0%"));
    assert_eq!(marks.outside[0].shares.len(), 1);
}

#[test]
fn tiers_of_another_period_than_the_revenue_say_so() {
    let frame = json!({ "window": { "last_months": 12 } });
    let overview = ask(&mut with_tiers(), facts(&[("pyramid", frame)]));
    let show = Plain::default();
    let subtitle = pyramid(&overview, read(Lang::En, &show)).unwrap().subtitle;
    assert_eq!(subtitle, "Tiers: 2025-01-01 to 2025-12-31 · revenue: whole history up to 2025-12-31");
}

#[test]
fn the_heat_map_names_its_best_field_and_picks_lead_to_two_classes() {
    let mut session = teaching();
    publish_rfm(&mut session, json!({}));
    let map = ask(&mut session, facts(&[])).heat_map.unwrap();
    let show = Plain::default();
    let title = |measure, lang| heat_map(&map, measure, read(lang, &show)).title;
    assert_eq!(title(HeatMeasure::Customers, Lang::En), "R 5 · F 5 is the largest group: 3 customers, 12.0%");
    assert_eq!(
        title(HeatMeasure::Revenue, Lang::En),
        "R 5 · F 5 brings 27.1% of revenue from 12.0% of customers"
    );
    assert_eq!(title(HeatMeasure::Revenue, Lang::ZhHant), "R 5 · F 5 以 12.0% 的顧客帶來 27.1% 的營收");
    let spec = heat_map(&map, HeatMeasure::Revenue, read(Lang::En, &show));
    let marks = spec.each_mark();
    assert_eq!((marks[5].label.as_str(), marks[5].value.as_str()), ("R 4 · F 5", "NT$3,000"));
    assert_eq!(marks[2].value, "–", "nobody is there");
    let filters = field_filters(&map, marks[5].key.as_deref().unwrap()).unwrap();
    assert_eq!(filters, [("rfm.r", "4".to_string()), ("rfm.f", "5".to_string())]);
    assert_eq!(field_filters(&map, "25"), None);
}

#[test]
fn the_steps_have_the_numbers_of_the_figures() {
    let mut session = teaching();
    publish_rfm(&mut session, json!({}));
    let facts = facts(&[]);
    let overview = ask(&mut session, facts.clone());
    let show = Plain::default();
    for lang in Lang::ALL {
        let steps = steps(&overview, &facts, read(lang, &show), "NT$");
        let text: String = steps
            .iter()
            .map(|step| step.say.clone() + &step.formulas.iter().map(|f| f.mathml()).collect::<String>())
            .collect();
        for number in ["25", "100.0%", " 5 ", "57.8%", "NT$0.62", "NT$35", "1.77%"] {
            assert!(text.contains(number), "{number} is not in {text}");
        }
    }
}
