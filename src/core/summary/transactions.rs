//! From transactions to one row per customer.

use super::rows::{Rows, Treatment};
use super::window::window_days;
use super::{AnalysisFrame, CustomerSummary, RowUse, SummaryError, Totals};
use crate::core::day::Day;
use crate::core::dictionary::NO_CODE;
use crate::core::rules::{PurchaseRules, PurchaseUnit, RuleCounts};
use crate::core::stats::sort::sorted;
use crate::core::summary::duplicates::duplicate_rows;
use crate::core::table::{NO_DAY, NO_MONEY, Role, Table};
use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

/// Rows whose customers are fetched from memory together: then the waits overlap.
const TOGETHER: usize = 256;

pub(super) fn summarize(
    table: &Table,
    customers: usize,
    rules: &PurchaseRules,
    frame: &AnalysisFrame,
) -> Result<CustomerSummary, SummaryError> {
    let rows = Rows::of(table, rules, frame.analysis_date.map(|day| day.0))?;
    let window = window_days(frame.window, Day(rows.analysis_day))?;
    let mut totals = Totals::new(customers);
    let mut purchases = Purchases::new(table, &rows, rules.purchase);
    let mut used = RowUse::default();
    for first in (0..rows.len()).step_by(TOGETHER) {
        let together = first..rows.len().min(first + TOGETHER);
        totals.fetch(&rows.customer[together.clone()]);
        for row in together {
            let treatment = rows.treatment(row);
            used.count(treatment);
            if !matches!(treatment, Treatment::Purchase | Treatment::RefundNetted) {
                continue;
            }
            let (customer, day) = (rows.customer[row] as usize, rows.day(row));
            let in_window = window.is_none_or(|(from, to)| (from.0..=to.0).contains(&day));
            used.outside_window += u64::from(!in_window);
            let total = &mut totals.0[customer];
            total.seen = true;
            if in_window {
                total.add_money(rows.amounts[row])?;
            }
            if treatment == Treatment::Purchase {
                total.last = total.last.max(day);
                if in_window && purchases.is_new(row, customer as u32, day) {
                    total.frequency += 1;
                }
            }
        }
    }
    purchases.days_of_purchase(|customer| totals.0[customer as usize].frequency += 1);
    let mut summary = totals.finish(rows.analysis_day, used)?;
    summary.analysis_date = (rows.analysis_day != NO_DAY).then_some(Day(rows.analysis_day));
    summary.window = window;
    Ok(summary)
}

/// Tells the first row of each purchase from its further rows.
enum Purchases<'a> {
    Rows,
    Orders {
        orders: &'a [u32],
        /// The customer in whose name each order was first met.
        owner: Vec<u32>,
        /// Order ids that several customers share, with the later customers.
        shared: HashSet<(u32, u32), FxBuildHasher>,
    },
    /// Customer and day of each row in one number, customer × `span` + day − `first`; counted at the end. Small numbers
    /// are soon sorted.
    Days {
        keys: Vec<i64>,
        first: i64,
        span: i64,
    },
}

impl<'a> Purchases<'a> {
    fn new(table: &'a Table, rows: &Rows, unit: PurchaseUnit) -> Purchases<'a> {
        match (unit, table.texts(Role::Order)) {
            (PurchaseUnit::CustomerDay, _) => {
                let days = (0..rows.len()).filter(|&row| rows.days[row] != NO_DAY).map(|row| rows.day(row));
                let (first, last) =
                    days.fold((i32::MAX, i32::MIN), |(first, last), day| (first.min(day), last.max(day)));
                let span = (i64::from(last) - i64::from(first) + 1).max(1);
                Purchases::Days { keys: Vec::with_capacity(table.rows()), first: first.into(), span }
            }
            (PurchaseUnit::Order, Some((orders, ids))) => {
                Purchases::Orders { orders, owner: vec![NO_CODE; ids.len()], shared: HashSet::default() }
            }
            (PurchaseUnit::Order, None) => Purchases::Rows,
        }
    }

    fn is_new(&mut self, row: usize, customer: u32, day: i32) -> bool {
        match self {
            Purchases::Rows => true,
            Purchases::Orders { orders, .. } if orders[row] == NO_CODE => true,
            Purchases::Orders { orders, owner, shared } => {
                let order = orders[row];
                let owner = &mut owner[order as usize];
                if *owner == NO_CODE {
                    *owner = customer;
                    return true;
                }
                *owner != customer && shared.insert((order, customer))
            }
            Purchases::Days { keys, first, span } => {
                keys.push(i64::from(customer) * *span + i64::from(day) - *first);
                false
            }
        }
    }

    /// Calls `count` with the customer of each distinct customer and day.
    fn days_of_purchase(self, mut count: impl FnMut(u32)) {
        if let Purchases::Days { keys, span, .. } = self {
            let mut keys = sorted(&keys);
            keys.dedup();
            let (mut customer, mut next) = (0, span);
            for key in keys {
                while key >= next {
                    (customer, next) = (customer + 1, next + span);
                }
                count(customer);
            }
        }
    }
}

/// How many rows each purchase rule is about, for asking the questions at import. `analysis_date` defaults to the
/// last day in the table.
pub fn rule_counts(table: &Table, analysis_date: Option<Day>) -> Result<RuleCounts, SummaryError> {
    let rules = PurchaseRules::default();
    let rows = Rows::of(table, &rules, analysis_date.map(|day| day.0))?;
    let amounts = rows.amounts.iter().filter(|&&amount| amount != NO_MONEY);
    let mut counts = RuleCounts { rows: rows.len() as u64, ..RuleCounts::default() };
    for &amount in amounts {
        counts.refunds += u64::from(amount < 0);
        counts.zero_amounts += u64::from(amount == 0);
    }
    counts.after_analysis_date = rows.days.iter().filter(|&&day| day > rows.analysis_day).count() as u64;
    counts.duplicates = duplicate_rows(table).iter().filter(|&&duplicate| duplicate).count() as u64;
    let mut orders = Purchases::new(table, &rows, PurchaseUnit::Order);
    let mut by_day = Purchases::new(table, &rows, PurchaseUnit::CustomerDay);
    let mut days = 0u64;
    for row in (0..rows.len()).filter(|&row| rows.treatment(row) == Treatment::Purchase) {
        let (customer, day) = (rows.customer[row], rows.day(row));
        counts.same_day += u64::from(orders.is_new(row, customer, day));
        by_day.is_new(row, customer, day);
    }
    by_day.days_of_purchase(|_| days += 1);
    counts.same_day = counts.same_day.saturating_sub(days);
    Ok(counts)
}
