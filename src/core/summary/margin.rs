//! What each customer's purchases leave after the cost of the goods.

use super::customers::{SummaryRow, SummaryRows};
use super::rows::{Rows, Treatment};
use super::window::window_days;
use super::{AnalysisFrame, SummaryError};
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::rules::PurchaseRules;
use crate::core::table::{NO_MONEY, Role, Table, TableKind};

/// The margin of every customer of the dictionary, and what to know about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Margins {
    /// Minor units, by customer code; zero for who has no used row.
    pub margin: Vec<i64>,
    /// Used rows in the window that have neither a margin nor a cost: their whole amount counts as margin.
    pub rows_without_cost: u64,
    /// Used refunds in the window with a cost above zero: it is taken off on top of the money given back.
    pub refunds_with_cost: u64,
}

/// The margin of every customer over the same rows and window as [`super::customer_summary`]; `None` where the table
/// has neither a column of margins nor one of costs.
///
/// A row's margin is the file's own, else amount − cost, else the amount. A refund's cost is taken as written: a
/// negative cost is goods that come back (refund −100, cost −60: margin −40), an empty or zero cost is goods that
/// are lost (margin −100). A row that the purchase rules set aside takes its cost with it.
///
/// It is a pass of its own, so that summaries which need no margin do not pay for it.
///
/// Errors: as [`super::customer_summary`]; [`SummaryError::TooMuchMoney`] where a sum cannot be counted exactly.
///
/// ```
/// use quintile::core::{rules::PurchaseRules, sample, summary, workspace::SampleId};
/// let shop = sample::make(SampleId::Shop, sample::SEED, &mut |_| ());
/// let margins = summary::customer_margins(&shop, &PurchaseRules::default(), &Default::default()).unwrap();
/// assert_eq!(margins.unwrap().rows_without_cost, 0);
/// ```
pub fn customer_margins(
    dataset: &Dataset,
    rules: &PurchaseRules,
    frame: &AnalysisFrame,
) -> Result<Option<Margins>, SummaryError> {
    let customers = dataset.customers.len();
    let (table, from_rows): (_, Summing) =
        match (dataset.table(TableKind::Transactions), dataset.table(TableKind::Summary)) {
            (Some(table), _) => (table, of_transactions),
            (None, Some(table)) => (table, of_summary),
            (None, None) => return Err(SummaryError::NoTable),
        };
    let Some(costs) = Costs::of(table) else { return Ok(None) };
    let mut margins = Margins { margin: vec![0; customers], ..Margins::default() };
    from_rows(table, &costs, rules, frame, &mut margins)?;
    let total: i128 = margins.margin.iter().map(|&margin| i128::from(margin)).sum();
    i64::try_from(total).map_err(|_| SummaryError::TooMuchMoney)?;
    Ok(Some(margins))
}

type Summing = fn(&Table, &Costs, &PurchaseRules, &AnalysisFrame, &mut Margins) -> Result<(), SummaryError>;

fn of_transactions(
    table: &Table,
    costs: &Costs,
    rules: &PurchaseRules,
    frame: &AnalysisFrame,
    margins: &mut Margins,
) -> Result<(), SummaryError> {
    let rows = Rows::of(table, rules, frame.analysis_date.map(|day| day.0))?;
    let window = window_days(frame.window, Day(rows.analysis_day))?;
    for row in 0..rows.len() {
        let in_window = window.is_none_or(|(from, to)| (from.0..=to.0).contains(&rows.day(row)));
        if in_window && matches!(rows.treatment(row), Treatment::Purchase | Treatment::RefundNetted) {
            margins.add(costs, row, rows.customer[row] as usize, rows.amounts[row])?;
        }
    }
    Ok(())
}

fn of_summary(
    table: &Table,
    costs: &Costs,
    rules: &PurchaseRules,
    frame: &AnalysisFrame,
    margins: &mut Margins,
) -> Result<(), SummaryError> {
    let rows = SummaryRows::of(table, rules, frame)?;
    for row in 0..table.rows() {
        if let SummaryRow::Used { customer, spend, .. } = rows.read(row) {
            margins.add(costs, row, customer, spend)?;
        }
    }
    Ok(())
}

/// The columns that tell a row's margin.
struct Costs<'a> {
    margin: Option<&'a [i64]>,
    cost: Option<&'a [i64]>,
}

impl<'a> Costs<'a> {
    fn of(table: &'a Table) -> Option<Costs<'a>> {
        let costs = Costs { margin: table.money(Role::Margin), cost: table.money(Role::Cost) };
        (costs.margin.is_some() || costs.cost.is_some()).then_some(costs)
    }
}

impl Margins {
    fn add(&mut self, costs: &Costs, row: usize, customer: usize, amount: i64) -> Result<(), SummaryError> {
        let written = |column: Option<&[i64]>| Some(column?[row]).filter(|&money| money != NO_MONEY);
        let margin = match (written(costs.margin), written(costs.cost)) {
            (Some(margin), _) => margin,
            (None, Some(cost)) => {
                self.refunds_with_cost += u64::from(amount < 0 && cost > 0);
                amount.checked_sub(cost).ok_or(SummaryError::TooMuchMoney)?
            }
            (None, None) => {
                self.rows_without_cost += 1;
                amount
            }
        };
        let sum = &mut self.margin[customer];
        *sum = sum.checked_add(margin).ok_or(SummaryError::TooMuchMoney)?;
        Ok(())
    }
}
