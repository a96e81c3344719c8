//! The overview: figures by hand on the teaching sample, what is missing, and what is to be done.

mod source;

use proptest::prelude::*;
use quintile::charts::spec::{ChartSpec, Marks};
use quintile::core::codec::Meta;
use quintile::core::concentration::{Concentration, share_of_top};
use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::dictionary::{Dictionary, NO_CODE};
use quintile::core::grading::{Grading, GradingData, Label};
use quintile::core::lang::Lang;
use quintile::core::problem::Problem;
use quintile::core::rules::PurchaseRules;
use quintile::core::sample;
use quintile::core::show::Plain;
use quintile::core::summary::{SummaryError, Window};
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::core::workspace::{SampleId, Source, Workspace};
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent};
use quintile::tools::overview::chart::{HeatMeasure, Reader, field_filters, heat_map, pyramid, tier_filters};
use quintile::tools::overview::explain::steps;
use quintile::tools::overview::facts::Facts;
use quintile::tools::overview::job::{Overview, OverviewRequest, answer};
use quintile::tools::overview::model::{Gaps, Place, Sums, column};
use quintile::tools::overview::todo::{OLD_DAYS, State, Todo, Weight, todos};
use quintile::tools::rfm;
use serde_json::json;

/// The day after the teaching sample ends.
const TODAY: Day = Day(sample::teaching::LAST_DAY.0 + 1);

fn session(dataset: Dataset) -> Session {
    Session::new(dataset, Meta::new(), Settings::default())
}

fn teaching() -> Session {
    session(sample::make(SampleId::Teaching, sample::SEED, &mut |_| ()))
}

fn publish_rfm(session: &mut Session, record: serde_json::Value) {
    rfm::job::job(session, rfm::job::publish_request(&record), &mut Silent).unwrap();
}

/// Facts of a workspace whose data are a person's own.
fn facts(records: &[(&str, serde_json::Value)]) -> Facts {
    let mut workspace = Workspace::new("1", "W", Source::Stored { id: "2".into() });
    records.iter().for_each(|(id, record)| workspace.set(id, record, None));
    Facts::of(&workspace, TODAY)
}

fn ask(session: &mut Session, facts: Facts) -> Overview {
    answer(session, &OverviewRequest { facts }).unwrap()
}

fn sums(customers: u64, units: i64) -> Sums {
    Sums { customers, revenue: Some(units * 100) }
}

fn classes(names: &[(&str, &str)], class: Vec<Option<u16>>) -> Grading {
    let labels = names.iter().map(|(en, zh)| Label::new(*en, *zh)).collect();
    let data = GradingData::Classes { class, labels };
    Grading { title: Label::code("Tier"), is_part: false, data, made_with: "by hand".into() }
}

/// The teaching sample with a pyramid by hand: the best five, the next fifteen, the rest inactive; nobody a prospect.
fn with_tiers() -> Session {
    let mut session = teaching();
    publish_rfm(&mut session, json!({}));
    let tier = |customer: &str| match customer {
        "W" | "B" | "R" | "A" | "H" => Some(0),
        "U" | "V" | "X" | "Y" | "T" => Some(2),
        _ => Some(1),
    };
    let class = (0..25).map(|code| tier(session.dataset.customers.get(code))).collect();
    let names =
        [("Top", "頂級"), ("Small", "小型"), ("Inactive customers", "非活躍顧客"), ("Prospects", "潛在顧客")];
    session.dataset.gradings.publish(column::TIER, classes(&names, class));
    session
}

fn read<'a>(lang: Lang, show: &'a Plain) -> Reader<'a> {
    Reader { lang, show }
}

// ── Figures by hand ──

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
        let request = (tool.publish.unwrap())(&json!({}));
        (tool.job.unwrap())(&mut session, request, &mut Silent).unwrap();
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

// ── Charts ──

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

// ── What is missing ──

#[test]
fn an_empty_workspace_has_no_overview() {
    let request = OverviewRequest { facts: facts(&[]) };
    assert_eq!(answer(&mut session(Dataset::default()), &request), Err(Problem::NoData));
}

#[test]
fn without_published_columns_every_part_is_missing_and_among_the_things_to_do() {
    let overview = ask(&mut teaching(), facts(&[]));
    assert_eq!((overview.figures, overview.heat_map, overview.tiers), (None, None, None));
    assert_eq!(overview.todos[..2], [Todo::NoCells { why: None }, Todo::NoTiers]);
    assert_eq!(overview.gaps.without_cell, None);
}

#[test]
fn tiers_without_spend_have_no_revenue_and_no_shares() {
    let mut session = teaching();
    let names = [("Top", "頂級"), ("Small", "小型")];
    let class = (0..25).map(|code| Some(u16::from(code > 4))).collect();
    session.dataset.gradings.publish(column::TIER, classes(&names, class));
    let overview = ask(&mut session, facts(&[]));
    assert_eq!(overview.tiers.as_ref().unwrap()[0].sums, Sums { customers: 5, revenue: None });
    let show = Plain::default();
    let spec = pyramid(&overview, read(Lang::En, &show)).unwrap();
    assert_eq!(spec.title, "Top: 20.0% of active customers");
    let Marks::Pyramid(marks) = spec.marks else { panic!("a pyramid") };
    assert_eq!(marks.titles.shares.len(), 0);
}

#[test]
fn a_column_of_another_form_is_no_column() {
    let mut session = teaching();
    publish_rfm(&mut session, json!({}));
    let text = classes(&[("1", "1")], vec![Some(0); 25]);
    session.dataset.gradings.publish(column::PURCHASES, text);
    assert_eq!(ask(&mut session, facts(&[])).figures, None);
}

/// Two transactions of A, one row of nobody, and B and C in the customer table.
fn small(with_dates: bool) -> Dataset {
    let mut dataset = Dataset { customers: Dictionary::from_iter(["A", "B", "C"]), ..Dataset::default() };
    let column = |role, data| Column { role, name: format!("{role:?}"), data };
    let mut columns = vec![column(Role::Amount, ColumnData::Money(vec![100, 200, 300]))];
    if with_dates {
        columns.push(column(Role::Date, ColumnData::Days(vec![100, 200, 300])));
    }
    let bought = Table { kind: TableKind::Transactions, customer: vec![0, 0, NO_CODE], columns };
    let known = Table { kind: TableKind::Customers, customer: vec![0, 1, 2], columns: vec![] };
    dataset.tables.extend([(TableKind::Transactions, bought), (TableKind::Customers, known)]);
    dataset
}

#[test]
fn the_reason_why_there_is_no_analysis_is_told_where_it_lies_in_the_data() {
    let mut session = session(small(false));
    let why = SummaryError::NoColumn { table: TableKind::Transactions, any_of: vec![Role::Date] };
    let overview = ask(&mut session, facts(&[]));
    assert_eq!(overview.todos[0], Todo::NoCells { why: Some(why) });
    let backwards = Window::Between { from: Day(9), to: Day(3) };
    let facts = facts(&[("rfm", json!({ "window": backwards }))]);
    let why = SummaryError::WindowBackwards { from: Day(9), to: Day(3) };
    let overview = ask(&mut self::session(small(true)), facts);
    assert_eq!(overview.todos[0], Todo::NoCells { why: Some(why) });
    assert_eq!(overview.rfm_period.window, None, "a period that cannot be is none");
}

#[test]
fn customers_who_never_bought_are_prospects_and_rows_of_nobody_are_passed_over() {
    let overview = ask(&mut session(small(true)), facts(&[]));
    assert_eq!(overview.gaps.prospects, Some(2));
    assert!(!overview.todos.contains(&Todo::NoCustomerTable));
}

#[test]
fn a_customer_table_alone_needs_purchases() {
    let mut dataset = small(true);
    dataset.tables.remove(&TableKind::Transactions);
    let overview = ask(&mut session(dataset), facts(&[]));
    assert_eq!(overview.todos, [Todo::NoPurchases]);
    assert_eq!(overview.gaps.prospects, Some(3));
}

#[test]
fn customers_with_only_a_refund_have_rows_but_no_cell() {
    let mut dataset = small(true);
    let table = dataset.tables.get_mut(&TableKind::Transactions).unwrap();
    table.customer[2] = 1;
    table.columns[0].data = ColumnData::Money(vec![100, 200, -300]);
    let mut session = session(dataset);
    publish_rfm(&mut session, json!({}));
    let overview = ask(&mut session, facts(&[]));
    assert!(overview.todos.contains(&Todo::WithoutCell { customers: 1 }), "{:?}", overview.todos);
    assert_eq!((overview.gaps.without_cell, overview.gaps.prospects), (Some(1), Some(1)));
}

#[test]
fn rows_set_aside_by_an_import_are_told_while_the_table_is_there() {
    let report = json!({ "report": { "read": 60, "used": 57, "set_aside_count": 3, "header_lines": 1, "blank_lines": 0,
        "bytes": 999, "customers": 25, "new_customers": 25, "period": null, "ends_mid_row": false, "notes": [],
        "by_reason": [], "headers": [] } });
    let mut session = teaching();
    session.meta.insert(TableKind::Transactions, report.clone());
    session.meta.insert(TableKind::Customers, report);
    let found = ask(&mut session, facts(&[])).todos;
    let aside: Vec<&Todo> = found.iter().filter(|todo| matches!(todo, Todo::SetAside { .. })).collect();
    assert_eq!(aside, [&Todo::SetAside { table: TableKind::Transactions, rows: 3, read: 60 }]);
}

#[test]
fn other_columns_are_seen_as_soon_as_they_are_published() {
    let mut session = teaching();
    assert!(ask(&mut session, facts(&[])).figures.is_none());
    publish_rfm(&mut session, json!({}));
    let fives = ask(&mut session, facts(&[])).heat_map.unwrap();
    publish_rfm(&mut session, json!({ "bins": [3, 2, 5] }));
    let other = ask(&mut session, facts(&[])).heat_map.unwrap();
    assert_eq!((fives.fields.len(), other.fields.len()), (25, 6));
    session.settle(Settings { rules: PurchaseRules::default(), ..Settings::default() });
    assert!(ask(&mut session, facts(&[])).figures.is_none(), "nothing is published after other rules");
}

// ── What is to be done ──

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
    let folders = source::folders("src/tools");
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

// ── Properties ──

fn is_finite(spec: &ChartSpec) -> bool {
    spec.each_mark().iter().all(|mark| mark.amount.is_finite() && !mark.value.contains("NaN"))
}

proptest! {
    #[test]
    fn one_share_without_sorting_is_the_share_of_the_sorted_values(
        values in prop::collection::vec(-50_i64..500, 0..70), top in 0.0..=1.0_f64,
    ) {
        let sorted = Concentration::new(&values).share_of_top(top);
        prop_assert_eq!(share_of_top(&mut values.clone(), top), sorted);
        prop_assert_eq!(share_of_top(&mut values.clone(), 1.0).is_some(), values.iter().sum::<i64>() > 0);
    }

    #[test]
    fn fields_and_tiers_hold_every_customer_that_has_a_class_once(
        rows in prop::collection::vec((prop::option::of((0_u16..4, 0_u16..3)), prop::option::of(0_u16..5), -500_i64..5_000, 0_u32..3), 1..60),
    ) {
        let names: Vec<String> = (0..rows.len()).map(|i| i.to_string()).collect();
        let mut dataset = Dataset { customers: Dictionary::from_iter(names.iter().map(String::as_str)), ..Dataset::default() };
        let customer = (0..rows.len() as u32).collect();
        dataset.tables.insert(TableKind::Customers, Table { kind: TableKind::Customers, customer, columns: vec![] });
        let tiers = [("A", "甲"), ("B", "乙"), ("C", "丙"), ("Inactive customers", "非活躍顧客"), ("Prospects", "潛在顧客")];
        let codes = [("4", "4"), ("3", "3"), ("2", "2"), ("1", "1")];
        let numbers = rows.iter().map(|row| row.0.map(|_| f64::from(row.3))).collect();
        let money = rows.iter().map(|row| row.0.map(|_| row.2)).collect();
        let plain = |data| Grading { title: Label::code("x"), is_part: false, data, made_with: String::new() };
        for (name, grading) in [
            (column::RECENCY, classes(&codes, rows.iter().map(|row| row.0.map(|both| both.0)).collect())),
            (column::FREQUENCY, classes(&codes[..3], rows.iter().map(|row| row.0.map(|both| both.1)).collect())),
            (column::TIER, classes(&tiers, rows.iter().map(|row| row.1).collect())),
            (column::PURCHASES, plain(GradingData::Numbers(numbers))),
            (column::SPEND, plain(GradingData::Money(money))),
        ] {
            dataset.gradings.publish(name, grading);
        }
        let overview = ask(&mut session(dataset), facts(&[]));
        let figures = overview.figures.clone().unwrap();
        let map = overview.heat_map.clone().unwrap();
        let with_cell = rows.iter().filter(|row| row.0.is_some()).count() as u64;
        prop_assert_eq!(map.fields.iter().map(|sums| sums.customers).sum::<u64>(), with_cell);
        prop_assert_eq!(figures.customers, with_cell);
        prop_assert_eq!(map.fields.iter().map(|sums| sums.revenue.unwrap()).sum::<i64>(), figures.revenue);
        let in_tiers = overview.tiers.as_ref().unwrap().iter().map(|tier| tier.sums.customers).sum::<u64>();
        prop_assert_eq!(in_tiers, rows.iter().filter(|row| row.1.is_some()).count() as u64);
        prop_assert!(figures.active <= figures.customers);
        prop_assert!(figures.top_fifth.is_none_or(|share| share.is_finite() && share > 0.0));
        let show = Plain::default();
        for lang in Lang::ALL {
            prop_assert!(is_finite(&pyramid(&overview, read(lang, &show)).unwrap()));
            for measure in HeatMeasure::ALL {
                prop_assert!(is_finite(&heat_map(&map, measure, read(lang, &show))));
            }
        }
    }
}
