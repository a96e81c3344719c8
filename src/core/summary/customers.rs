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
    let rows = SummaryRows::of(table, rules, frame)?;
    let mut totals = Totals::new(customers);
    let mut used = RowUse { read: table.rows() as u64, ..RowUse::default() };
    for row in 0..table.rows() {
        match rows.read(row) {
            SummaryRow::Used { customer, last, purchases, spend } => {
                used.used += 1;
                let total = &mut totals.0[customer];
                total.seen = true;
                total.last = total.last.max(last);
                total.frequency = total.frequency.saturating_add(purchases);
                total.add_money(spend)?;
            }
            SummaryRow::NoCustomer => used.without_customer += 1,
            SummaryRow::AfterAnalysisDate => used.after_analysis_date += 1,
            SummaryRow::NoDate => used.without_date += 1,
            SummaryRow::NoAmount => used.without_amount += 1,
        }
    }
    let mut summary = totals.finish(rows.analysis_day, used)?;
    summary.analysis_date =
        (rows.dates.is_some() && rows.analysis_day != NO_DAY).then_some(Day(rows.analysis_day));
    summary.window_not_applicable = frame.window != Window::All;
    Ok(summary)
}

/// What a row of a finished summary is taken for.
pub(super) enum SummaryRow {
    /// `last` is not after the analysis date; `spend` in minor units.
    Used {
        customer: usize,
        last: i32,
        purchases: u32,
        spend: i64,
    },
    NoCustomer,
    AfterAnalysisDate,
    NoDate,
    /// Without a total spend or a number of purchases.
    NoAmount,
}

/// The columns that decide, and the rules.
pub(super) struct SummaryRows<'a> {
    customer: &'a [u32],
    money: &'a [i64],
    counts: &'a [f64],
    dates: Option<&'a [i32]>,
    since: Option<&'a ColumnData>,
    /// The day to count back from.
    analysis_day: i32,
    ignore_late: bool,
}

impl<'a> SummaryRows<'a> {
    pub fn of(
        table: &'a Table,
        rules: &PurchaseRules,
        frame: &AnalysisFrame,
    ) -> Result<SummaryRows<'a>, SummaryError> {
        let lacks =
            |roles: &[Role]| SummaryError::NoColumn { table: TableKind::Summary, any_of: roles.to_vec() };
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
        let ignore_late = rules.after_analysis_date == AfterAnalysisDate::Ignore;
        Ok(SummaryRows { customer: &table.customer, money, counts, dates, since, analysis_day, ignore_late })
    }

    pub fn read(&self, row: usize) -> SummaryRow {
        let last = match self.dates {
            Some(days) => Some(days[row]).filter(|&day| day != NO_DAY),
            None => self.since.and_then(|data| days_since(data, row)).map(|days| NO_DATES - days),
        };
        let (customer, spend) = (self.customer[row], self.money[row]);
        let purchases =
            Some(self.counts[row]).filter(|&n| n.is_finite() && (0.0..=f64::from(u32::MAX)).contains(&n));
        if customer == NO_CODE {
            return SummaryRow::NoCustomer;
        }
        match (last, purchases) {
            (Some(last), _) if last > self.analysis_day && self.ignore_late => SummaryRow::AfterAnalysisDate,
            (Some(last), Some(purchases)) if spend != NO_MONEY => SummaryRow::Used {
                customer: customer as usize,
                last: last.min(self.analysis_day),
                purchases: purchases.round() as u32,
                spend,
            },
            (None, _) => SummaryRow::NoDate,
            _ => SummaryRow::NoAmount,
        }
    }
}

/// Days since the last purchase may have been read as a number; none where it is missing or negative.
fn days_since(data: &ColumnData, row: usize) -> Option<i32> {
    let days = data.number(row)?;
    (0.0..=1e8).contains(&days).then_some(days.round() as i32)
}
