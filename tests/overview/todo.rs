//! What is to be done.

use crate::{TODAY, facts};
use quintile::core::day::Day;
use quintile::core::lang::Lang;
use quintile::core::show::Plain;
use quintile::core::summary::SummaryError;
use quintile::core::table::TableKind;
use quintile::core::workspace::SampleId;
use quintile::tools::overview::model::Gaps;
use quintile::tools::overview::todo::{OLD_DAYS, State, Todo, Weight, todos};
use serde_json::json;

fn whole() -> State {
    let gaps = Gaps { prospects: Some(4), without_cell: Some(0), has_costs: true };
    State {
        has_purchases: true,
        has_cells: true,
        has_tiers: true,
        has_contacts: true,
        why_no_cells: None,
        last_purchase: Some(Day(TODAY.0 - OLD_DAYS)),
        gaps,
        imports: vec![(TableKind::Transactions, 0, 60)],
    }
}

fn written() -> serde_json::Value {
    json!({ "strategies": { "tiers": ["a visit"] } })
}

#[test]
fn a_whole_and_fresh_workspace_has_nothing_to_do() {
    assert_eq!(todos(&whole(), &facts(&[("pyramid", written())])), []);
}

#[test]
fn purchases_are_old_after_45_days_and_wrong_after_today() {
    let facts = facts(&[("pyramid", written())]);
    let last = |day: i32| todos(&State { last_purchase: Some(Day(day)), ..whole() }, &facts);
    let old = Day(TODAY.0 - OLD_DAYS - 1);
    assert_eq!(last(old.0), [Todo::Old { last: old, days: 46 }]);
    assert_eq!(last(TODAY.0), []);
    assert_eq!(last(TODAY.0 + 1), [Todo::AfterToday { last: Day(TODAY.0 + 1) }]);
}

#[test]
fn a_sample_is_said_to_be_one_and_is_never_called_old() {
    let mut facts = facts(&[("pyramid", written())]);
    facts.sample = Some(SampleId::Mailer);
    let state = State { last_purchase: Some(Day(0)), ..whole() };
    assert_eq!(todos(&state, &facts), [Todo::Sample(SampleId::Mailer)]);
}

#[test]
fn a_recorded_test_waits_for_its_responses_and_a_roll_out_for_its_review() {
    let mailed = json!({ "on": Day(20_400) });
    let found = |campaign| todos(&whole(), &facts(&[("pyramid", written()), ("campaign", campaign)]));
    let test = json!({ "name": "Spring", "kept_test": mailed, "responses": "not_yet" });
    assert_eq!(found(test), [Todo::TestNotRead { campaign: "Spring".into(), on: Day(20_400) }]);
    let read = json!({ "kept_test": mailed, "responses": "imported", "kept_roll_out": mailed });
    assert_eq!(found(read), [Todo::RollOutNotReviewed { campaign: "".into(), on: Day(20_400) }]);
    let done = json!({ "kept_test": mailed, "responses": "imported", "kept_roll_out": mailed, "review": "imported" });
    assert_eq!(found(done), []);
}

/// One of each.
fn all_todos() -> Vec<Todo> {
    let mut facts = facts(&[(
        "campaign",
        json!({ "name": "Spring", "kept_test": { "on": Day(1) }, "kept_roll_out": { "on": Day(2) } }),
    )]);
    let broken = State {
        has_cells: false,
        has_tiers: false,
        has_contacts: false,
        why_no_cells: Some(SummaryError::TooMuchMoney),
        last_purchase: Some(Day(TODAY.0 + 9)),
        gaps: Default::default(),
        imports: vec![(TableKind::Transactions, 2, 60)],
        ..whole()
    };
    let mut all = todos(&broken, &facts);
    facts.sample = Some(SampleId::Shop);
    let gaps = Gaps { without_cell: Some(3), ..Default::default() };
    all.extend(todos(&State { gaps, has_contacts: false, ..whole() }, &facts));
    facts.sample = None;
    all.extend(todos(&State { last_purchase: Some(Day(0)), ..whole() }, &facts));
    all.extend(todos(&State { has_purchases: false, ..broken }, &facts));
    all.push(Todo::NoCells { why: None });
    all
}

#[test]
fn everything_to_do_is_said_in_both_languages_and_leads_to_a_tool() {
    let kinds: std::collections::HashSet<_> = all_todos().iter().map(std::mem::discriminant).collect();
    assert_eq!(kinds.len(), 14, "one of each");
    let show = Plain::default();
    let folders = crate::source::folders("src/tools");
    for todo in all_todos() {
        let [en, zh] = Lang::ALL.map(|lang| (todo.say(lang, &show), todo.action(lang)));
        assert!(en.0.len() > 20 && zh.0.chars().count() > 8 && en != zh, "{en:?} {zh:?}");
        assert!(en.0.is_ascii() || en.0.contains('“'), "{en:?}");
        assert!(folders.iter().any(|folder| folder == todo.tool()), "{todo:?}");
    }
    let test = Todo::TestNotRead { campaign: "春".into(), on: Day(20_400) };
    assert_eq!(test.say(Lang::ZhHant, &show), "「春」的區塊測試已在 2025-11-08 記錄，還沒有回應。");
}

#[test]
fn what_is_broken_comes_first_and_what_could_be_added_last() {
    let mut facts = facts(&[]);
    for sample in [None, Some(SampleId::Shop)] {
        facts.sample = sample;
        for (has_cells, has_tiers) in [(true, true), (true, false), (false, true), (false, false)] {
            let gaps = Default::default();
            let state = State {
                has_cells,
                has_tiers,
                gaps,
                last_purchase: Some(Day(0)),
                imports: vec![(TableKind::Transactions, 1, 2)],
                ..whole()
            };
            let weights: Vec<Weight> = todos(&state, &facts).iter().map(Todo::weight).collect();
            assert!(weights.is_sorted(), "{weights:?}");
        }
    }
}
