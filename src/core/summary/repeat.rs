//! Repeat purchases of each customer, as the models of repeat buying need them.
//!
//! Not to be mixed up with RFM: there frequency counts all purchases and recency looks back from today; here
//! `repeat_frequency` counts those after the first, and `recency` runs from the first purchase to the last.

use super::rows::{Rows, Treatment};
use super::{RowUse, SummaryError};
use crate::core::clv::rows::History;
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::rules::PurchaseRules;
use crate::core::stats::sort::sorted;
use crate::core::table::{NO_DAY, TableKind};
use serde::{Deserialize, Serialize};

/// The unit in which time is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    Day,
    #[default]
    Week,
    Month,
}

impl TimeUnit {
    pub const ALL: [TimeUnit; 3] = [TimeUnit::Day, TimeUnit::Week, TimeUnit::Month];

    /// A month is a twelfth of 365¼ days.
    pub fn days(self) -> f64 {
        match self {
            TimeUnit::Day => 1.0,
            TimeUnit::Week => 7.0,
            TimeUnit::Month => 365.25 / 12.0,
        }
    }

    pub fn per_year(self) -> f64 {
        365.25 / self.days()
    }
}

/// Which purchases are looked at, and how time is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RepeatFrame {
    pub unit: TimeUnit,
    /// Periods of one unit from the customer's first purchase on, in which buying once or often is the same, and of which
    /// the last, unfinished one is left out: for BG/BB. Otherwise all that is bought on one day is one purchase.
    pub whole_periods: bool,
    /// The last day of all; `None`: the last day of the data.
    pub end: Option<Day>,
    /// The last day that a model may see; what is bought later is held out. `None`: nothing is held out.
    pub calibration_end: Option<Day>,
}

/// Columns over the customers with a purchase up to the end of calibration, in the order of their codes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RepeatSummary {
    pub customer: Vec<u32>,
    pub first_day: Vec<i32>,
    /// Up to the end of calibration.
    pub histories: Vec<History>,
    /// The mean spend of a repeat purchase in minor units, refunds taken off; `None` without repeat purchases or where
    /// nothing is left.
    pub mean_spend: Vec<Option<f64>>,
    /// Purchases after the end of calibration, up to the end.
    pub held_out: Vec<u32>,
    /// Repeat purchases of all these customers by day, from `from` on, held-out days included.
    pub by_day: Vec<u32>,
    /// The first day of the data, the last day that a model sees, and the last of all.
    pub from: Option<Day>,
    pub calibration_end: Option<Day>,
    pub end: Option<Day>,
    pub rows: RowUse,
}

impl RepeatSummary {
    /// Customers with repeat purchases whose spend after refunds is not above zero.
    pub fn without_spend(&self) -> u64 {
        let pairs = self.histories.iter().zip(&self.mean_spend);
        pairs.filter(|(history, spend)| history.repeat_frequency > 0 && spend.is_none()).count() as u64
    }
}

/// Sums up the repeat purchases of every customer from the transactions.
///
/// With the days d₀ < d₁ < … of a customer's purchases up to the end of calibration C: x = their number − 1,
/// t_x = (last − d₀)/u, T = (C − d₀)/u in units of u days. The mean spend is Σ of the amounts after d₀ up to C over x. Nothing
/// depends on the order of rows.
///
/// Errors: [`SummaryError::NoTable`] without transactions, [`SummaryError::NoColumn`], [`SummaryError::WindowBackwards`] where
/// calibration does not end before the end, [`SummaryError::TooMuchMoney`].
pub fn repeat_summary(
    dataset: &Dataset,
    rules: &PurchaseRules,
    frame: &RepeatFrame,
) -> Result<RepeatSummary, SummaryError> {
    let table = dataset.table(TableKind::Transactions).ok_or(SummaryError::NoTable)?;
    let rows = Rows::of(table, rules, frame.end.map(|day| day.0))?;
    let end = rows.analysis_day;
    let cut = frame.calibration_end.map_or(end, |day| day.0);
    if cut > end {
        return Err(SummaryError::WindowBackwards { from: Day(cut), to: Day(end) });
    }
    let mut summary = RepeatSummary::default();
    // Customer and day in one number: sorted, they are each customer's purchases in the order of time.
    let mut keys = Vec::with_capacity(rows.len());
    for row in 0..rows.len() {
        let treatment = rows.treatment(row);
        summary.rows.count(treatment);
        if treatment == Treatment::Purchase {
            keys.push((i64::from(rows.customer[row]) << 32) | i64::from(rows.day(row) as u32 ^ 0x8000_0000));
        }
    }
    let mut keys = sorted(&keys);
    keys.dedup();
    let day_of = |key: i64| (key as u32 ^ 0x8000_0000) as i32;
    let from = keys.iter().map(|&key| day_of(key)).min().unwrap_or(NO_DAY);
    if keys.is_empty() {
        return Ok(summary);
    }
    summary.by_day = vec![0; (end - from) as usize + 1];
    // The first day of each customer who is in the summary, for the money.
    let mut first_of = vec![NO_DAY; dataset.customers.len()];
    for days in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
        let (customer, first) = ((days[0] >> 32) as u32, day_of(days[0]));
        if first > cut {
            continue;
        }
        first_of[customer as usize] = first;
        let repeat = || days[1..].iter().map(|&key| day_of(key));
        repeat().for_each(|day| summary.by_day[(day - from) as usize] += 1);
        let seen = repeat().take_while(|&day| day <= cut);
        let history = match frame.whole_periods {
            false => days_history(seen, first, cut, frame.unit),
            true => periods_history(seen, first, cut, frame.unit),
        };
        summary.held_out.push(match frame.whole_periods {
            false => repeat().filter(|&day| day > cut).count() as u32,
            true => later_periods(repeat().filter(|&day| day > cut), cut, frame.unit),
        });
        summary.customer.push(customer);
        summary.first_day.push(first);
        summary.histories.push(history);
    }
    let mut spend = vec![0i64; dataset.customers.len()];
    for row in 0..rows.len() {
        if !matches!(rows.treatment(row), Treatment::Purchase | Treatment::RefundNetted) {
            continue;
        }
        let (customer, day) = (rows.customer[row] as usize, rows.day(row));
        if first_of[customer] != NO_DAY && day > first_of[customer] && day <= cut {
            let sum = spend[customer].checked_add(rows.amounts[row]);
            spend[customer] = sum.ok_or(SummaryError::TooMuchMoney)?;
        }
    }
    let mean = |(&customer, history): (&u32, &History)| {
        let (sum, x) = (spend[customer as usize], history.repeat_frequency);
        (x > 0 && sum > 0).then(|| sum as f64 / f64::from(x))
    };
    summary.mean_spend = summary.customer.iter().zip(&summary.histories).map(mean).collect();
    (summary.from, summary.calibration_end, summary.end) = (Some(Day(from)), Some(Day(cut)), Some(Day(end)));
    Ok(summary)
}

fn days_history(seen: impl Iterator<Item = i32>, first: i32, cut: i32, unit: TimeUnit) -> History {
    let (x, last) = seen.fold((0u32, first), |(x, _), day| (x + 1, day));
    let time = |days: i32| f64::from(days) / unit.days();
    History { repeat_frequency: x, recency: time(last - first), age: time(cut - first) }
}

/// The period of a day, counted from 1, in periods that follow the day `from`.
fn period(day: i32, from: i32, unit: TimeUnit) -> u32 {
    libm::ceil(f64::from(day - from) / unit.days()) as u32
}

fn periods_history(seen: impl Iterator<Item = i32>, first: i32, cut: i32, unit: TimeUnit) -> History {
    let whole = libm::floor(f64::from(cut - first) / unit.days()) as u32;
    let (mut x, mut last) = (0, 0);
    for at in seen.map(|day| period(day, first, unit)).filter(|&at| at <= whole) {
        x += u32::from(at > last);
        last = last.max(at);
    }
    History { repeat_frequency: x, recency: last.into(), age: whole.into() }
}

fn later_periods(later: impl Iterator<Item = i32>, cut: i32, unit: TimeUnit) -> u32 {
    let mut last = 0;
    let mut count = 0;
    for at in later.map(|day| period(day, cut, unit)) {
        count += u32::from(at > last);
        last = last.max(at);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::dictionary::Dictionary;
    use crate::core::table::{Column, ColumnData, Role, Table};

    fn data(rows: &[(&str, i32, i64)]) -> Dataset {
        let mut customers = Dictionary::default();
        let customer = rows.iter().map(|row| customers.intern(row.0)).collect();
        let columns = vec![
            Column {
                role: Role::Date,
                name: "date".into(),
                data: ColumnData::Days(rows.iter().map(|row| row.1).collect()),
            },
            Column {
                role: Role::Amount,
                name: "amount".into(),
                data: ColumnData::Money(rows.iter().map(|row| row.2).collect()),
            },
        ];
        let mut dataset = Dataset { customers, ..Dataset::default() };
        dataset
            .tables
            .insert(TableKind::Transactions, Table { kind: TableKind::Transactions, customer, columns });
        dataset
    }

    fn history(repeat_frequency: u32, recency: f64, age: f64) -> History {
        History { repeat_frequency, recency, age }
    }

    /// A buys on days 0 (twice), 7, 14 and 35, with a refund; B once, on day 10; C first on day 30.
    fn three() -> Dataset {
        data(&[
            ("A", 14, 30),
            ("A", 0, 100),
            ("A", 0, 50),
            ("A", 7, 40),
            ("A", 20, -10),
            ("B", 10, 70),
            ("A", 35, 500),
            ("C", 30, 5),
            ("C", 42, 5),
        ])
    }

    #[test]
    fn days_are_counted_in_weeks_from_the_first_purchase() {
        let found = repeat_summary(&three(), &PurchaseRules::default(), &RepeatFrame::default()).unwrap();
        assert_eq!(
            found.histories,
            [history(3, 5.0, 6.0), history(0, 0.0, 32.0 / 7.0), history(1, 12.0 / 7.0, 12.0 / 7.0)]
        );
        assert_eq!(found.mean_spend, [Some(560.0 / 3.0), None, Some(5.0)]);
        assert_eq!((found.by_day.iter().sum::<u32>(), found.by_day[7], found.by_day.len()), (4, 1, 43));
        assert_eq!((found.from, found.end), (Some(Day(0)), Some(Day(42))));
        assert_eq!((found.rows.read, found.rows.used, found.rows.refunds_netted), (9, 9, 1));
    }

    #[test]
    fn what_comes_after_calibration_is_held_out() {
        let frame = RepeatFrame { calibration_end: Some(Day(21)), ..RepeatFrame::default() };
        let found = repeat_summary(&three(), &PurchaseRules::default(), &frame).unwrap();
        assert_eq!(found.histories, [history(2, 2.0, 3.0), history(0, 0.0, 11.0 / 7.0)]);
        assert_eq!((found.held_out, found.mean_spend), (vec![1, 0], vec![Some(30.0), None]));
        // Customer C, who comes later, is in no count.
        assert_eq!(found.by_day.iter().sum::<u32>(), 3);
        let backwards = RepeatFrame { end: Some(Day(20)), ..frame };
        let error = repeat_summary(&three(), &PurchaseRules::default(), &backwards);
        assert_eq!(error, Err(SummaryError::WindowBackwards { from: Day(21), to: Day(20) }));
    }

    #[test]
    fn whole_periods_count_once_and_the_unfinished_one_is_left_out() {
        let rows = [("A", 0, 1), ("A", 3, 1), ("A", 7, 1), ("A", 8, 1), ("A", 22, 1), ("B", 24, 1)];
        let frame = RepeatFrame { whole_periods: true, ..RepeatFrame::default() };
        let found = repeat_summary(&data(&rows), &PurchaseRules::default(), &frame).unwrap();
        // Weeks 1 (days 3 and 7), 2 (day 8); day 22 is in the fourth, which is not over on day 24.
        assert_eq!(found.histories, [history(2, 2.0, 3.0), history(0, 0.0, 0.0)]);
    }

    #[test]
    fn days_before_1970_stand_in_their_order() {
        let rows = [("A", 10, 1), ("A", -20, 1), ("A", 0, 1)];
        let found = repeat_summary(&data(&rows), &PurchaseRules::default(), &RepeatFrame::default()).unwrap();
        assert_eq!(found.histories, [history(2, 30.0 / 7.0, 30.0 / 7.0)]);
    }

    #[test]
    fn refunds_alone_make_no_customer_and_take_spend_away() {
        let rows = [("A", 0, -5), ("B", 0, 10), ("B", 5, 10), ("B", 6, -10)];
        let found = repeat_summary(&data(&rows), &PurchaseRules::default(), &RepeatFrame::default()).unwrap();
        assert_eq!((found.customer.len(), found.mean_spend[0], found.without_spend()), (1, None, 1));
    }
}
