//! What purchases leave after their cost, case by case.

use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::rules::{PurchaseRules, Refunds, ZeroAmounts};
use quintile::core::summary::{AnalysisFrame, Margins, SummaryError, Window, customer_margins};
use quintile::core::table::{Column, ColumnData, NO_MONEY, Role, Table, TableKind};

fn table(kind: TableKind, ids: &[&str], columns: Vec<(Role, ColumnData)>) -> Dataset {
    let mut dataset = Dataset::default();
    let customer = ids.iter().map(|id| dataset.customers.intern(id)).collect();
    let columns =
        columns.into_iter().map(|(role, data)| Column { role, name: format!("{role:?}"), data }).collect();
    dataset.tables.insert(kind, Table { kind, customer, columns });
    dataset
}

/// Customer, day, amount, cost.
fn shop(rows: &[(&str, i32, i64, i64)]) -> Dataset {
    let ids: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let money = |of: fn(&(&str, i32, i64, i64)) -> i64| ColumnData::Money(rows.iter().map(of).collect());
    let days = ColumnData::Days(rows.iter().map(|row| row.1).collect());
    table(
        TableKind::Transactions,
        &ids,
        vec![(Role::Date, days), (Role::Amount, money(|row| row.2)), (Role::Cost, money(|row| row.3))],
    )
}

fn margins(dataset: &Dataset) -> Margins {
    customer_margins(dataset, &PurchaseRules::default(), &AnalysisFrame::default()).unwrap().unwrap()
}

#[test]
fn a_purchase_of_100_that_cost_60_leaves_40_and_may_lose_money() {
    let found = margins(&shop(&[("A", 1, 100, 60), ("A", 2, 50, 20), ("B", 2, 50, 80)]));
    assert_eq!(found, Margins { margin: vec![70, -30], ..Margins::default() });
}

#[test]
fn goods_that_come_back_give_their_cost_back_and_lost_goods_do_not() {
    let found = margins(&shop(&[
        ("A", 1, 100, 60),
        ("A", 2, -100, -60),
        ("B", 1, 100, 60),
        ("B", 2, -100, 0),
        ("C", 1, 100, 60),
        ("C", 2, -100, 60),
    ]));
    assert_eq!((found.margin, found.refunds_with_cost), (vec![0, -60, -120], 1));
}

#[test]
fn a_row_without_a_cost_counts_whole_and_is_counted() {
    let found = margins(&shop(&[("A", 1, 100, NO_MONEY), ("A", 1, 10, 4)]));
    assert_eq!((found.margin, found.rows_without_cost), (vec![106], 1));
}

#[test]
fn only_rows_of_the_window_count_and_rules_set_rows_aside_with_their_cost() {
    let data = shop(&[("A", 1, 100, 60), ("A", 9, 50, 20), ("A", 9, 0, 5), ("A", 10, -50, -20)]);
    let frame =
        AnalysisFrame { window: Window::Between { from: Day(5), to: Day(10) }, ..AnalysisFrame::default() };
    let margin = |rules: PurchaseRules| customer_margins(&data, &rules, &frame).unwrap().unwrap().margin[0];
    assert_eq!(margin(PurchaseRules::default()), 30 - 5 - 30);
    assert_eq!(margin(PurchaseRules { refunds: Refunds::Ignore, ..PurchaseRules::default() }), 25);
    assert_eq!(margin(PurchaseRules { zero_amounts: ZeroAmounts::Ignore, ..PurchaseRules::default() }), 0);
}

#[test]
fn the_files_own_margin_goes_before_amount_minus_cost() {
    let mut data = shop(&[("A", 1, 100, 60), ("A", 1, 100, 60)]);
    let columns = &mut data.tables.get_mut(&TableKind::Transactions).unwrap().columns;
    let margin = ColumnData::Money(vec![35, NO_MONEY]);
    columns.push(Column { role: Role::Margin, name: "margin".into(), data: margin });
    assert_eq!(margins(&data).margin, [75]);
}

#[test]
fn a_finished_summary_has_margins_too() {
    let money = |values: &[i64]| ColumnData::Money(values.to_vec());
    let data = table(
        TableKind::Summary,
        &["A", "B", "A"],
        vec![
            (Role::LastPurchase, ColumnData::Days(vec![5, 6, 7])),
            (Role::Purchases, ColumnData::Numbers(vec![1.0, 2.0, 1.0])),
            (Role::TotalSpend, money(&[100, 200, 10])),
            (Role::Cost, money(&[60, NO_MONEY, 4])),
        ],
    );
    let found = margins(&data);
    assert_eq!((found.margin, found.rows_without_cost), (vec![46, 200], 1));
}

#[test]
fn without_costs_there_are_no_margins_and_too_much_money_is_refused() {
    let mut data = shop(&[("A", 1, 100, 60)]);
    data.tables.get_mut(&TableKind::Transactions).unwrap().columns.pop();
    let found = customer_margins(&data, &PurchaseRules::default(), &AnalysisFrame::default());
    assert_eq!(found, Ok(None));
    let huge = shop(&[("A", 1, 100, i64::MIN + 1)]);
    let found = customer_margins(&huge, &PurchaseRules::default(), &AnalysisFrame::default());
    assert_eq!(found, Err(SummaryError::TooMuchMoney));
    let nothing = customer_margins(&Dataset::default(), &PurchaseRules::default(), &AnalysisFrame::default());
    assert_eq!(nothing, Err(SummaryError::NoTable));
}
