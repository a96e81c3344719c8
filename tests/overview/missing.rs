//! What is missing, and why.

use crate::{ask, classes, facts, publish_rfm, read, session, teaching};
use quintile::charts::spec::Marks;
use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::dictionary::{Dictionary, NO_CODE};
use quintile::core::lang::Lang;
use quintile::core::problem::Problem;
use quintile::core::rules::PurchaseRules;
use quintile::core::show::Plain;
use quintile::core::summary::{SummaryError, Window};
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::jobs::protocol::Settings;
use quintile::tools::overview::chart::pyramid;
use quintile::tools::overview::job::{OverviewRequest, answer};
use quintile::tools::overview::model::{Sums, column};
use quintile::tools::overview::todo::Todo;
use serde_json::json;

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
