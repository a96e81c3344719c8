//! What each customer bought in each of several periods of equal length, counted back from the last day: the ground of
//! cohorts, of buying by recency, and of moves between tiers.

use super::rows::{Rows, Treatment};
use super::{RowUse, SummaryError};
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::rules::PurchaseRules;
use crate::core::table::{NO_DAY, TableKind};

/// A customer in a period with at least one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodEntry {
    pub customer: u32,
    /// 0 is the oldest period.
    pub period: u32,
    /// Minor units, refunds taken off.
    pub spend: i64,
    /// Refunds alone are no purchase.
    pub bought: bool,
}

/// All customers by period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeriodPurchases {
    /// First and last day of each period, the oldest first. The data may begin within the oldest.
    pub periods: Vec<(Day, Day)>,
    /// Whether the data begin on the first day of the oldest period.
    pub oldest_is_whole: bool,
    /// By customer, then period.
    pub entries: Vec<PeriodEntry>,
    pub rows: RowUse,
}

/// More periods than this say nothing that fewer do not.
const MOST_PERIODS: usize = 600;

/// Divides the transactions into periods of `months`; the last one ends with the last day of the data.
///
/// # Errors
/// [`SummaryError::NoTable`] without transactions, [`SummaryError::NoColumn`] without dates or amounts,
/// [`SummaryError::TooMuchMoney`].
pub fn purchases_by_period(
    dataset: &Dataset,
    rules: &PurchaseRules,
    months: i32,
) -> Result<PeriodPurchases, SummaryError> {
    let table = dataset.table(TableKind::Transactions).ok_or(SummaryError::NoTable)?;
    let rows = Rows::of(table, rules, None)?;
    if rows.analysis_day == NO_DAY {
        return Ok(PeriodPurchases::default());
    }
    let used = |treatment| matches!(treatment, Treatment::Purchase | Treatment::RefundNetted);
    let mut counts = RowUse::default();
    let mut keyed: Vec<(u64, i64, bool)> = Vec::with_capacity(rows.len());
    let mut first_day = rows.analysis_day;
    for row in 0..rows.len() {
        let treatment = rows.treatment(row);
        counts.count(treatment);
        if used(treatment) {
            let day = rows.day(row);
            first_day = first_day.min(day);
            // Days before 1970 are negative: moved up, so that keys sort as days do.
            let key = u64::from(rows.customer[row]) << 32 | u64::from((day as u32) ^ (1 << 31));
            keyed.push((key, rows.amounts[row], treatment == Treatment::Purchase));
        }
    }
    let periods = periods_back(Day(first_day), Day(rows.analysis_day), months);
    keyed.sort_unstable_by_key(|&(key, ..)| key);
    let mut entries: Vec<PeriodEntry> = Vec::new();
    for (key, spend, bought) in keyed {
        let (customer, day) = ((key >> 32) as u32, ((key as u32) ^ (1 << 31)) as i32);
        let period = periods.partition_point(|&(_, to)| to.0 < day) as u32;
        match entries.last_mut().filter(|last| last.customer == customer && last.period == period) {
            Some(last) => {
                last.spend = last.spend.checked_add(spend).ok_or(SummaryError::TooMuchMoney)?;
                last.bought |= bought;
            }
            None => entries.push(PeriodEntry { customer, period, spend, bought }),
        }
    }
    let oldest_is_whole = periods.first().is_some_and(|period| period.0.0 == first_day);
    Ok(PeriodPurchases { periods, oldest_is_whole, entries, rows: counts })
}

/// Periods that end with `last` and reach back to `first`, the oldest first.
fn periods_back(first: Day, last: Day, months: i32) -> Vec<(Day, Day)> {
    let mut periods = Vec::new();
    let mut end = last;
    for back in 1..=MOST_PERIODS as i32 {
        let before = last.add_months(-months * back);
        periods.push((Day(before.0 + 1), end));
        if before < first {
            break;
        }
        end = before;
    }
    // Beyond the most periods, the oldest takes what is left.
    if let Some(oldest) = periods.last_mut() {
        oldest.0 = oldest.0.min(first);
    }
    periods.reverse();
    periods
}

impl PeriodPurchases {
    /// The entries of each customer in turn.
    pub fn customers(&self) -> impl Iterator<Item = &[PeriodEntry]> {
        self.entries.chunk_by(|a, b| a.customer == b.customer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn periods_end_with_the_last_day_and_reach_back_to_the_first() {
        let periods = periods_back(day("2024-01-15"), day("2024-12-31"), 3);
        let texts: Vec<String> = periods.iter().map(|(from, to)| format!("{from} {to}")).collect();
        assert_eq!(
            texts,
            [
                "2024-01-01 2024-03-31",
                "2024-04-01 2024-06-30",
                "2024-07-01 2024-09-30",
                "2024-10-01 2024-12-31"
            ]
        );
        assert_eq!(periods_back(day("2024-12-31"), day("2024-12-31"), 12).len(), 1);
    }

    #[test]
    fn neighbouring_periods_touch_whatever_the_month_ends_on() {
        for last in ["2024-02-29", "2023-03-31", "2024-08-30"] {
            let periods = periods_back(day("2019-05-05"), day(last), 1);
            assert!(periods.windows(2).all(|pair| pair[0].1.0 + 1 == pair[1].0.0), "{last}");
            assert!(periods[0].0 <= day("2019-05-05"));
        }
    }
}
