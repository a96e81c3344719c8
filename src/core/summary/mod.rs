//! What each customer has bought up to an analysis date: days since the last purchase, number of purchases, spend.
//!
//! *Recency* uses the whole history; *frequency* and *monetary* use the window. A purchase is one distinct order of a
//! customer. Refunds take money off and never count as a purchase. Every row is used or counted in [`RowUse`].

mod customers;
mod duplicates;
mod history;
mod margin;
mod periods;
mod repeat;
mod rows;
mod transactions;
mod window;
mod words;

pub use history::{HistoryRow, purchases_of};
pub use margin::{Margins, customer_margins};
pub use periods::{PeriodEntry, PeriodPurchases, purchases_by_period};
pub use repeat::{RepeatFrame, RepeatSummary, TimeUnit, repeat_summary};
pub use rows::Treatment;
pub use transactions::rule_counts;
pub use window::{Window, window_days};

use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::rules::PurchaseRules;
use crate::core::table::{NO_DAY, Role, Table, TableKind};
use serde::{Deserialize, Serialize};

/// From where and how far back one looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnalysisFrame {
    /// `None`: the date of the last transaction.
    pub analysis_date: Option<Day>,
    pub window: Window,
}

/// What became of the rows of a table: `read` = `used` + all that were set aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowUse {
    pub read: u64,
    /// Purchases and netted refunds. Those outside the window still count for recency.
    pub used: u64,
    /// Used rows with a negative amount.
    pub refunds_netted: u64,
    /// Used rows that lie outside the window.
    pub outside_window: u64,
    pub refunds_ignored: u64,
    pub zero_ignored: u64,
    pub duplicates: u64,
    pub after_analysis_date: u64,
    pub without_customer: u64,
    pub without_date: u64,
    pub without_amount: u64,
    /// Customers with rows but without a purchase (only refunds); they are not in the summary.
    pub customers_without_purchase: u64,
    /// The netted refunds of those customers, which are therefore in no sum.
    pub money_without_purchase: i64,
}

impl RowUse {
    pub fn set_aside(&self) -> u64 {
        self.refunds_ignored
            + self.zero_ignored
            + self.duplicates
            + self.after_analysis_date
            + self.without_customer
            + self.without_date
            + self.without_amount
    }
}

/// Columns over all customers that have ever bought, in the order of their codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerSummary {
    /// `None` where a summary table states days since the last purchase but no dates.
    pub analysis_date: Option<Day>,
    /// First and last day of the window; `None`: the whole history.
    pub window: Option<(Day, Day)>,
    /// A finished summary has no single purchases, so a window could not be applied to it.
    pub window_not_applicable: bool,
    pub customer: Vec<u32>,
    /// Days from the last purchase to the analysis date.
    pub days_since_last: Vec<u32>,
    /// Purchases in the window.
    pub frequency: Vec<u32>,
    /// Spend in the window, in minor units, refunds taken off.
    pub monetary: Vec<i64>,
    pub rows: RowUse,
}

impl CustomerSummary {
    pub fn len(&self) -> usize {
        self.customer.len()
    }

    pub fn is_empty(&self) -> bool {
        self.customer.is_empty()
    }

    /// The day of the last purchase, where days are known.
    pub fn last_day(&self, position: usize) -> Option<Day> {
        self.analysis_date.map(|day| Day(day.0 - self.days_since_last[position] as i32))
    }

    /// Mean spend per purchase in minor units, rounded half away from zero; a customer without a purchase in the
    /// window has no mean and keeps the total (zero, or refunds).
    pub fn mean_spend(&self, position: usize) -> i64 {
        let (total, n) = (self.monetary[position], i64::from(self.frequency[position]));
        if n <= 1 { total } else { (total.abs() / n + i64::from(total.abs() % n * 2 >= n)) * total.signum() }
    }

    /// Those at the positions that are kept, and the others. What is said of the whole stays with both.
    pub fn split(self, keep: impl Fn(usize) -> bool) -> (CustomerSummary, CustomerSummary) {
        let part = |kept: bool| {
            let at = || (0..self.len()).filter(|&position| keep(position) == kept);
            CustomerSummary {
                customer: at().map(|i| self.customer[i]).collect(),
                days_since_last: at().map(|i| self.days_since_last[i]).collect(),
                frequency: at().map(|i| self.frequency[i]).collect(),
                monetary: at().map(|i| self.monetary[i]).collect(),
                ..self
            }
        };
        (part(true), part(false))
    }

    /// The position of a customer code.
    pub fn position(&self, customer: u32) -> Option<usize> {
        self.customer.binary_search(&customer).ok()
    }
}

/// Why customers could not be summed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SummaryError {
    /// The dataset has neither transactions nor a customer summary.
    NoTable,
    /// The table lacks one of these columns.
    NoColumn { table: TableKind, any_of: Vec<Role> },
    /// The window ends before it starts.
    WindowBackwards { from: Day, to: Day },
    /// A customer's or all customers' spend is more than can be counted exactly.
    TooMuchMoney,
}

/// Sums up every customer, from the transactions or else from a finished summary.
///
/// With A the analysis date: `days_since_last` = A − day of the last purchase; `frequency` = distinct orders in the
/// window; `monetary` = Σ amounts in the window. The result does not depend on the order of rows.
pub fn customer_summary(
    dataset: &Dataset,
    rules: &PurchaseRules,
    frame: &AnalysisFrame,
) -> Result<CustomerSummary, SummaryError> {
    let summary = match (dataset.table(TableKind::Transactions), dataset.table(TableKind::Summary)) {
        (Some(table), _) => transactions::summarize(table, dataset.customers.len(), rules, frame)?,
        (None, Some(table)) => customers::summarize(table, dataset.customers.len(), rules, frame)?,
        (None, None) => return Err(SummaryError::NoTable),
    };
    let revenue: i128 = summary.monetary.iter().map(|&money| i128::from(money)).sum();
    i64::try_from(revenue).map_err(|_| SummaryError::TooMuchMoney)?;
    Ok(summary)
}

/// The default analysis date: the date of the last transaction, or of the last purchase in a finished summary.
pub fn default_analysis_date(dataset: &Dataset) -> Option<Day> {
    let last = |table: &Table, role: Role| {
        table.days(role)?.iter().copied().filter(|&day| day != NO_DAY).max().map(Day)
    };
    match (dataset.table(TableKind::Transactions), dataset.table(TableKind::Summary)) {
        (Some(table), _) => last(table, Role::Date),
        (None, Some(table)) => last(table, Role::LastPurchase),
        (None, None) => None,
    }
}

/// What has been found of one customer.
#[derive(Clone, Copy)]
struct Total {
    money: i64,
    /// [`NO_DAY`] without a purchase.
    last: i32,
    frequency: u32,
    seen: bool,
}

/// What has been found of every customer; all of one beside each other, because rows come in no order of customers,
/// and each waits for memory once.
struct Totals(Vec<Total>);

impl Totals {
    fn new(customers: usize) -> Totals {
        Totals(vec![Total { money: 0, last: NO_DAY, frequency: 0, seen: false }; customers])
    }

    /// Brings what is known of some customers near the processor; a customer without a code is passed over.
    fn fetch(&self, customers: &[u32]) {
        let known = customers.iter().filter_map(|&customer| self.0.get(customer as usize));
        // Only that it is read matters.
        std::hint::black_box(known.fold(0, |read, total| read ^ total.last));
    }

    /// Keeps the customers who have bought; what the others have is counted. `analysis_day` is the day that `last` is
    /// counted back from.
    fn finish(self, analysis_day: i32, mut rows: RowUse) -> Result<CustomerSummary, SummaryError> {
        let mut out = CustomerSummary::default();
        let bought = self.0.iter().filter(|total| total.last != NO_DAY).count();
        out.customer.reserve_exact(bought);
        out.days_since_last.reserve_exact(bought);
        out.frequency.reserve_exact(bought);
        out.monetary.reserve_exact(bought);
        for (total, customer) in self.0.into_iter().zip(0..) {
            if total.last != NO_DAY {
                out.customer.push(customer);
                out.days_since_last.push(analysis_day.saturating_sub(total.last) as u32);
                out.frequency.push(total.frequency);
                out.monetary.push(total.money);
            } else if total.seen {
                rows.customers_without_purchase += 1;
                rows.money_without_purchase =
                    rows.money_without_purchase.checked_add(total.money).ok_or(SummaryError::TooMuchMoney)?;
            }
        }
        out.rows = rows;
        Ok(out)
    }
}

impl Total {
    fn add_money(&mut self, amount: i64) -> Result<(), SummaryError> {
        self.money = self.money.checked_add(amount).ok_or(SummaryError::TooMuchMoney)?;
        Ok(())
    }
}
