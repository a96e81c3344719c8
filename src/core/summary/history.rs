//! One customer's rows, each with what it was taken for.

use super::rows::{Rows, Treatment};
use super::window::window_days;
use super::{AnalysisFrame, SummaryError};
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::rules::PurchaseRules;
use crate::core::table::{NO_DAY, NO_MONEY, Role, TableKind};
use serde::{Deserialize, Serialize};

/// A row of the transaction table, in the words of the file it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryRow {
    pub date: Option<Day>,
    pub amount: Option<i64>,
    pub order: Option<String>,
    pub product: Option<String>,
    pub category: Option<String>,
    pub channel: Option<String>,
    pub region: Option<String>,
    pub quantity: Option<f64>,
    pub treatment: Treatment,
    /// Outside the window a purchase still counts for recency.
    pub in_window: bool,
}

/// All rows of a customer, the latest first; empty where the dataset has no transactions.
pub fn purchases_of(
    dataset: &Dataset,
    customer: u32,
    rules: &PurchaseRules,
    frame: &AnalysisFrame,
) -> Result<Vec<HistoryRow>, SummaryError> {
    let Some(table) = dataset.table(TableKind::Transactions) else { return Ok(Vec::new()) };
    let rows = Rows::of(table, rules, frame.analysis_date.map(|day| day.0))?;
    let window = window_days(frame.window, Day(rows.analysis_day))?;
    let text = |role: Role, row: usize| Some(table.column(role)?.data.text(row)?.to_string());
    let mut found: Vec<HistoryRow> = (0..rows.len())
        .filter(|&row| rows.customer[row] == customer)
        .map(|row| HistoryRow {
            date: Some(rows.days[row]).filter(|&day| day != NO_DAY).map(Day),
            amount: Some(rows.amounts[row]).filter(|&amount| amount != NO_MONEY),
            order: text(Role::Order, row),
            product: text(Role::Product, row),
            category: text(Role::Category, row),
            channel: text(Role::Channel, row),
            region: text(Role::Region, row),
            quantity: table.column(Role::Quantity).and_then(|column| column.data.number(row)),
            treatment: rows.treatment(row),
            in_window: window.is_none_or(|(from, to)| (from.0..=to.0).contains(&rows.day(row))),
        })
        .collect();
    found.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.order.cmp(&b.order)));
    Ok(found)
}
