//! From a finished customer summary to the same columns that transactions give.

use super::{AnalysisFrame, CustomerSummary, RowUse, SummaryError, Totals, Window};
use crate::core::day::Day;
use crate::core::dictionary::NO_CODE;
use crate::core::rules::{AfterAnalysisDate, PurchaseRules};
use crate::core::table::{ColumnData, NO_DAY, NO_MONEY, Role, Table, TableKind};

/// The day to count back from where the table states days since the last purchase and no dates.
const NO_DATES: i32 = 0;

/// Rows of the same customer are put together: purchases and spend added, the latest purchase kept.
pub(super) fn summarize(
    table: &Table,
    customers: usize,
    rules: &PurchaseRules,
    frame: &AnalysisFrame,
) -> Result<CustomerSummary, SummaryError> {
    let lacks = |roles: &[Role]| SummaryError::NoColumn { table: TableKind::Summary, any_of: roles.to_vec() };
    let money = table.money(Role::TotalSpend).ok_or_else(|| lacks(&[Role::TotalSpend]))?;
    let counts = table.numbers(Role::Purchases).ok_or_else(|| lacks(&[Role::Purchases]))?;
    let dates = table.days(Role::LastPurchase);
    let since = table.column(Role::DaysSince).map(|column| &column.data);
    if dates.is_none() && since.is_none() {
        return Err(lacks(&[Role::LastPurchase, Role::DaysSince]));
    }
    let analysis_day = match (dates, frame.analysis_date) {
        (None, _) => NO_DATES,
        (Some(_), Some(day)) => day.0,
        (Some(days), None) => days.iter().copied().max().unwrap_or(NO_DAY),
    };
    let mut totals = Totals::new(customers);
    let mut used = RowUse { read: table.rows() as u64, ..RowUse::default() };
    for row in 0..table.rows() {
        let last = match dates {
            Some(days) => Some(days[row]).filter(|&day| day != NO_DAY),
            None => since.and_then(|data| days_since(data, row)).map(|days| NO_DATES - days),
        };
        let purchases =
            Some(counts[row]).filter(|&n| n.is_finite() && (0.0..=f64::from(u32::MAX)).contains(&n));
        let (customer, late) = (table.customer[row], last.is_some_and(|day| day > analysis_day));
        if customer == NO_CODE {
            used.without_customer += 1;
        } else if late && rules.after_analysis_date == AfterAnalysisDate::Ignore {
            used.after_analysis_date += 1;
        } else if let (Some(last), Some(purchases), true) = (last, purchases, money[row] != NO_MONEY) {
            used.used += 1;
            let at = customer as usize;
            totals.seen[at] = true;
            totals.last[at] = totals.last[at].max(last.min(analysis_day));
            totals.frequency[at] = totals.frequency[at].saturating_add(purchases.round() as u32);
            totals.add_money(at, money[row])?;
        } else if last.is_none() {
            used.without_date += 1;
        } else {
            used.without_amount += 1;
        }
    }
    let mut summary = totals.finish(analysis_day, used)?;
    summary.analysis_date = (dates.is_some() && analysis_day != NO_DAY).then_some(Day(analysis_day));
    summary.window_not_applicable = frame.window != Window::All;
    Ok(summary)
}

/// Days since the last purchase may have been read as a number; none where it is missing or negative.
fn days_since(data: &ColumnData, row: usize) -> Option<i32> {
    let days = data.number(row)?;
    (0.0..=1e8).contains(&days).then_some(days.round() as i32)
}
