//! What other tools publish, as a measure and as tiers.

use crate::{close, equal, of, published, pyramid, refusal, session, shop};
use quintile::core::grading::{Grading, GradingData, Label};
use quintile::core::lang::Lang;
use quintile::jobs::Session;
use quintile::tools::pyramid::answer::{Refusal, Unit, Warning};
use quintile::tools::pyramid::options::{Measure, Tiers};

fn publish(session: &mut Session, name: &str, data: GradingData) {
    let title = Label::new("Chance", "機率");
    session
        .dataset
        .gradings
        .publish(name, Grading { title, is_part: false, data, made_with: format!("{name} 1") });
}

#[test]
fn a_published_number_is_a_measure_and_who_has_none_is_not_graded() {
    let mut session = session(shop(&[("A", 1, 100), ("B", 1, 90), ("C", 1, 80), ("D", 1, 70)]));
    let numbers = vec![Some(0.125), Some(0.75), None, Some(f64::NAN)];
    publish(&mut session, "clv_forecast.alive", GradingData::Numbers(numbers));
    let options = of(Measure::Published("clv_forecast.alive".into()), equal(2));
    let found = pyramid(&mut session, &options);
    assert_eq!((found.unit, found.measure_title.en.as_str()), (Unit::Number, "Chance"));
    assert_eq!(found.tiers[0].found, Some((0.75, 0.75)));
    assert_eq!(found.not_graded.as_ref().unwrap().sums.customers, 2);
    assert_eq!(found.warnings, [Warning::WithoutValue { customers: 2 }]);
    close(found.tiers[0].share_of_measure, 0.75 / 0.875);
    close(Some(found.tiers[0].share_of_customers), 0.25);
    assert_eq!(published(&session, "C").as_deref(), Some("Not graded"));
    let missing = of(Measure::Published("clv_forecast.value".into()), equal(2));
    assert_eq!(refusal(&mut session, &missing), Refusal::NoColumn { name: "clv_forecast.value".into() });
    assert!(
        session.dataset.gradings.get("pyramid.tier").is_none(),
        "tiers that no longer hold are in no list"
    );
    let said = Refusal::NoColumn { name: "clv_forecast.value".into() };
    assert!(said.say(Lang::En).contains("“Forecast lifetime value” comes from the page"));
    assert_eq!(said.comes_from().unwrap().id, "clv_forecast");
    // Less is better there: no measure of value.
    publish(&mut session, "rfm.days_since", GradingData::Numbers(vec![Some(1.0); 4]));
    let upside_down = of(Measure::Published("rfm.days_since".into()), equal(2));
    assert!(matches!(refusal(&mut session, &upside_down), Refusal::NoColumn { .. }));
    assert!(
        pyramid(&mut session, &options).measures.iter().all(|column| column.name == "clv_forecast.alive")
    );
}

#[test]
fn classes_of_another_tool_are_tiers_in_their_order() {
    let mut session = session(shop(&[("A", 1, 100), ("B", 1, 90), ("C", 1, 80)]));
    let labels = vec![Label::new("Champions", "冠軍"), Label::new("Others", "其他")];
    let data = GradingData::Classes { class: vec![Some(1), Some(0), None], labels: labels.clone() };
    publish(&mut session, "rfm.segment", data);
    let found = pyramid(&mut session, &of(Measure::Revenue, Tiers::Classes { column: "rfm.segment".into() }));
    assert_eq!(found.tiers.iter().map(|row| row.label.clone()).collect::<Vec<_>>(), labels);
    assert_eq!(found.tiers.iter().map(|row| row.sums.revenue).collect::<Vec<_>>(), [90, 100]);
    assert_eq!(found.not_graded.unwrap().sums.customers, 1);
    assert_eq!(found.class_columns[0].name, "rfm.segment");
    // Lists are filtered by English names: a class called like those in no tier, or like another class, is numbered.
    let alike =
        vec![Label::new("Prospects", "潛力"), Label::new("Loyal", "忠誠"), Label::new("Loyal", "忠誠")];
    let data = GradingData::Classes { class: vec![Some(0), Some(1), Some(2)], labels: alike };
    publish(&mut session, "rfm.other", data);
    let found = pyramid(&mut session, &of(Measure::Revenue, Tiers::Classes { column: "rfm.other".into() }));
    let names: Vec<&str> = found.tiers.iter().map(|row| row.label.en.as_str()).collect();
    assert_eq!(names, ["Prospects (2)", "Loyal", "Loyal (2)"]);
    let many = (0..125).map(|n| Label::code(n.to_string())).collect();
    publish(&mut session, "rfm.cell", GradingData::Classes { class: vec![Some(0); 3], labels: many });
    let options = of(Measure::Revenue, Tiers::Classes { column: "rfm.cell".into() });
    let expected = Refusal::TooManyClasses { name: "rfm.cell".into(), found: 125 };
    assert_eq!(refusal(&mut session, &options), expected);
}

#[test]
fn a_column_that_changes_is_read_again() {
    let mut session = session(shop(&[("A", 1, 100), ("B", 1, 90)]));
    let options = of(Measure::Published("clv_forecast.purchases".into()), equal(2));
    publish(&mut session, "clv_forecast.purchases", GradingData::Numbers(vec![Some(1.0), Some(2.0)]));
    pyramid(&mut session, &options);
    assert_eq!(published(&session, "B").as_deref(), Some("Tier 1"));
    let data = GradingData::Numbers(vec![Some(3.0), Some(2.0)]);
    let grading = Grading {
        title: Label::code("y"),
        is_part: false,
        data,
        made_with: "clv_forecast.purchases 2".into(),
    };
    session.dataset.gradings.publish("clv_forecast.purchases", grading);
    pyramid(&mut session, &options);
    assert_eq!(published(&session, "A").as_deref(), Some("Tier 1"));
}
