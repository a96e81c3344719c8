//! What a person should know before trusting a division: facts, put into words by `text`.

use super::model::Overview;
use super::options::{Method, RfmOptions, Ties, Variable};
use super::scoring::Base;
use crate::core::day::Day;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// `customers`/`possible` = `expected` customers a cell, fewer than `minimum`.
    CellsTooSmall {
        expected: f64,
        possible: u64,
        minimum: u32,
        small_cells: u64,
        customers_in_small_cells: u64,
        smallest: u64,
    },
    /// One cell holds so many customers that mailing it is nearly mailing everyone.
    TooCoarse { code: String, customers: u64, share: f64 },
    /// Equal values stay together, so groups came out uneven.
    UnevenByTies { variable: Variable, smallest: u64, largest: u64, expected: f64 },
    /// Equal values were divided so that groups are equal: this value is in several groups.
    SplitByTies { variable: Variable, value: i64, groups: u64 },
    /// No customer is in this group.
    EmptyGroup { variable: Variable, level: u8, digit: u8 },
    /// Customers without a purchase in the window have frequency 0.
    NoPurchaseInWindow { from: Day, to: Day, customers: u64, of: u64 },
    /// The data are a finished summary, so the window was not applied.
    WindowNotApplicable,
    /// Customers for whom the published column has no value are not divided.
    WithoutValue { customers: u64 },
    /// Customers who only have refunds are not divided.
    OnlyRefunds { customers: u64, money: i64 },
}

/// A cell with this share of all customers is called too coarse.
const COARSE_SHARE: f64 = 0.2;
/// Groups are called uneven when they differ by more than this share of their expected size.
const UNEVEN_SHARE: f64 = 0.1;

pub(super) fn warnings(overview: &Overview, base: &Base, options: &RfmOptions) -> Vec<Warning> {
    let mut found = Vec::new();
    let customers = overview.all.customers;
    let expected = customers as f64 / overview.possible_cells as f64;
    if expected < f64::from(options.small_cell) {
        let small = overview.cells.iter().filter(|c| c.sums.customers < options.small_cell.into());
        found.push(Warning::CellsTooSmall {
            expected,
            possible: overview.possible_cells,
            minimum: options.small_cell,
            small_cells: small.clone().count() as u64,
            customers_in_small_cells: small.map(|cell| cell.sums.customers).sum(),
            smallest: overview.cells.iter().map(|cell| cell.sums.customers).min().unwrap_or(0),
        });
    }
    if let Some(cell) = overview.cells.iter().max_by_key(|cell| cell.sums.customers)
        && cell.share >= COARSE_SHARE
    {
        let (code, customers) = (cell.code.clone(), cell.sums.customers);
        found.push(Warning::TooCoarse { code, customers, share: cell.share });
    }
    for variable in Variable::ALL {
        of_groups(overview, base, options, variable, &mut found);
    }
    if let (Some((from, to)), true) = (overview.window, overview.inactive > 0) {
        found.push(Warning::NoPurchaseInWindow { from, to, customers: overview.inactive, of: customers });
    }
    if !base.outside.is_empty() {
        found.push(Warning::WithoutValue { customers: base.outside.len() as u64 });
    }
    if base.summary.window_not_applicable {
        found.push(Warning::WindowNotApplicable);
    }
    let rows = &overview.rows;
    if rows.customers_without_purchase > 0 {
        let (customers, money) = (rows.customers_without_purchase, rows.money_without_purchase);
        found.push(Warning::OnlyRefunds { customers, money });
    }
    found
}

fn of_groups(
    overview: &Overview,
    base: &Base,
    options: &RfmOptions,
    variable: Variable,
    found: &mut Vec<Warning>,
) {
    let table = &overview.variables[variable.index()];
    for group in table.groups.iter().filter(|group| group.sums.customers == 0) {
        found.push(Warning::EmptyGroup { variable, level: group.level, digit: group.digit });
    }
    match options.method {
        Method::Independent { ties: Ties::EqualGroups } => {
            // The groups are in order of values, so a value in several groups ends one and starts the next.
            let spans: Vec<_> = table.groups.iter().filter_map(|group| group.found).collect();
            let values = &base.sorted[variable.index()];
            let groups_of = |value: i64| spans.iter().filter(|s| s.from <= value && value <= s.to).count();
            let size =
                |value: i64| values.partition_point(|&v| v <= value) - values.partition_point(|&v| v < value);
            let split = spans.iter().map(|span| span.to).filter(|&value| groups_of(value) > 1);
            if let Some(value) = split.max_by_key(|&value| (size(value), value)) {
                let groups = groups_of(value) as u64;
                found.push(Warning::SplitByTies { variable, value, groups });
            }
        }
        Method::Independent { ties: Ties::MinRank } | Method::QuantileCuts { .. } => {
            let sizes = || table.groups.iter().map(|group| group.sums.customers);
            let (smallest, largest) = (sizes().min().unwrap_or(0), sizes().max().unwrap_or(0));
            let expected = overview.all.customers as f64 / f64::from(table.k);
            if largest - smallest > 1 && (largest - smallest) as f64 > UNEVEN_SHARE * expected {
                found.push(Warning::UnevenByTies { variable, smallest, largest, expected });
            }
        }
        // Nested groups are equal by design, typed thresholds uneven by choice.
        Method::Nested | Method::Thresholds(_) => {}
    }
}
