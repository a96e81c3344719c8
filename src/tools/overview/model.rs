//! The figures of a workspace, out of what other tools have published about each customer.

use crate::core::concentration::share_of_top;
use crate::core::dataset::Dataset;
use crate::core::grading::{GradingData, Label};
use crate::core::table::{Role, TableKind};
use serde::{Deserialize, Serialize};

/// The published columns that the overview reads, by their names alone.
pub mod column {
    pub const RECENCY: &str = "rfm.r";
    pub const FREQUENCY: &str = "rfm.f";
    pub const PURCHASES: &str = "rfm.frequency";
    pub const SPEND: &str = "rfm.monetary";
    pub const TIER: &str = "pyramid.tier";
}

/// The classes of the pyramid that are no tiers, by their English names.
const NOT_GRADED: &str = "Not graded";
const NOT_ACTIVE: [&str; 2] = ["Inactive customers", "Prospects"];

/// What the customers amount to. Purchases and revenue are those of the period of the RFM analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Customers who have bought up to the analysis date.
    pub customers: u64,
    /// Those of them who bought in the period.
    pub active: u64,
    /// Minor units, of everybody who has bought.
    pub revenue: i64,
    /// What the best fifth of the active customers brings, as a share of what all of them bring; `None` where that
    /// is nothing or less.
    pub top_fifth: Option<f64>,
}

/// A set of customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    pub customers: u64,
    /// Minor units in the period of the RFM analysis; `None` where no spend is published.
    pub revenue: Option<i64>,
}

/// Recency × frequency, row by row, the best first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatMap {
    pub recency: Vec<Label>,
    pub frequency: Vec<Label>,
    pub fields: Vec<Sums>,
}

/// A class of the pyramid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tier {
    pub label: Label,
    pub place: Place,
    pub sums: Sums,
}

/// Where a class stands in the pyramid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Tier,
    /// Active customers whom the measure does not know.
    NotGraded,
    /// Inactive customers and prospects.
    NotActive,
}

impl Place {
    fn of(class: &Label) -> Place {
        match class.en.as_str() {
            NOT_GRADED => Place::NotGraded,
            name if NOT_ACTIVE.contains(&name) => Place::NotActive,
            _ => Place::Tier,
        }
    }
}

/// Customers that no tool has a place for, and what the data lack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gaps {
    /// In the customer table without any purchase; `None` without a customer table.
    pub prospects: Option<u64>,
    /// With rows of purchases, but without a cell; `None` where there are no cells.
    pub without_cell: Option<u64>,
    /// Some purchases have a cost or a margin.
    pub has_costs: bool,
}

/// The classes of each customer, best first.
type Classes<'a> = (&'a [Option<u16>], &'a [Label]);

fn classes<'a>(dataset: &'a Dataset, name: &str) -> Option<Classes<'a>> {
    match &dataset.gradings.get(name)?.data {
        GradingData::Classes { class, labels } => Some((class, labels)),
        _ => None,
    }
}

fn purchases(dataset: &Dataset) -> Option<&[Option<f64>]> {
    match &dataset.gradings.get(column::PURCHASES)?.data {
        GradingData::Numbers(numbers) => Some(numbers),
        _ => None,
    }
}

fn spend(dataset: &Dataset) -> Option<&[Option<i64>]> {
    match &dataset.gradings.get(column::SPEND)?.data {
        GradingData::Money(money) => Some(money),
        _ => None,
    }
}

/// The figures, where purchases and spend are published (and sum up to what can be counted exactly).
pub fn figures(dataset: &Dataset) -> Option<Figures> {
    let (purchases, spend) = (purchases(dataset)?, spend(dataset)?);
    let mut figures = Figures { customers: 0, active: 0, revenue: 0, top_fifth: None };
    let (mut active, mut revenue) = (Vec::new(), 0_i128);
    for (purchases, spend) in purchases.iter().zip(spend) {
        let (Some(purchases), &Some(spend)) = (purchases, spend) else { continue };
        figures.customers += 1;
        revenue += i128::from(spend);
        if *purchases > 0.0 {
            active.push(spend);
        }
    }
    figures.revenue = i64::try_from(revenue).ok()?;
    figures.active = active.len() as u64;
    figures.top_fifth = share_of_top(&mut active, 0.2);
    Some(figures)
}

/// Customers and revenue by recency and frequency, where both are published.
pub fn heat_map(dataset: &Dataset) -> Option<HeatMap> {
    let (recency, rows) = classes(dataset, column::RECENCY)?;
    let (frequency, columns) = classes(dataset, column::FREQUENCY)?;
    let place = |customer: usize| {
        let (row, column) = (recency[customer]?, frequency[customer]?);
        Some(usize::from(row) * columns.len() + usize::from(column))
    };
    let fields = sum_up(dataset, recency.len(), rows.len() * columns.len(), place);
    Some(HeatMap { recency: rows.to_vec(), frequency: columns.to_vec(), fields })
}

/// Customers and revenue by tier, where tiers are published.
pub fn tiers(dataset: &Dataset) -> Option<Vec<Tier>> {
    let (class, labels) = classes(dataset, column::TIER)?;
    let sums = sum_up(dataset, class.len(), labels.len(), |customer| class[customer].map(usize::from));
    let tier = |(label, sums): (&Label, Sums)| Tier { label: label.clone(), place: Place::of(label), sums };
    Some(labels.iter().zip(sums).map(tier).collect())
}

/// Adds up customers by their place.
fn sum_up(
    dataset: &Dataset,
    customers: usize,
    places: usize,
    place: impl Fn(usize) -> Option<usize>,
) -> Vec<Sums> {
    let spend = spend(dataset);
    let mut sums = vec![(0_u64, 0_i128); places];
    for customer in 0..customers {
        if let Some((customers, revenue)) = place(customer).and_then(|place| sums.get_mut(place)) {
            *customers += 1;
            *revenue += spend.and_then(|spend| spend[customer]).map_or(0, i128::from);
        }
    }
    let known = |revenue: i128| spend.and_then(|_| i64::try_from(revenue).ok());
    sums.into_iter().map(|(customers, revenue)| Sums { customers, revenue: known(revenue) }).collect()
}

/// What the data lack.
pub fn gaps(dataset: &Dataset) -> Gaps {
    let bought =
        [TableKind::Transactions, TableKind::Summary].into_iter().find_map(|kind| dataset.table(kind));
    let has_row = |table: TableKind| Some(rows_of(dataset, &dataset.table(table)?.customer));
    let bought_rows = bought.map(|table| rows_of(dataset, &table.customer)).unwrap_or_default();
    let has_bought = |customer: usize| bought_rows.get(customer).copied().unwrap_or(false);
    let prospects = has_row(TableKind::Customers).map(|known| {
        known.iter().enumerate().filter(|&(customer, &known)| known && !has_bought(customer)).count() as u64
    });
    let without_cell = classes(dataset, column::RECENCY).map(|(class, _)| {
        let outside = |&(customer, class): &(usize, &Option<u16>)| class.is_none() && has_bought(customer);
        class.iter().enumerate().filter(outside).count() as u64
    });
    let has_costs = bought
        .is_some_and(|table| [Role::Cost, Role::Margin].into_iter().any(|role| table.column(role).is_some()));
    Gaps { prospects, without_cell, has_costs }
}

/// Which customers have a row.
fn rows_of(dataset: &Dataset, rows: &[u32]) -> Vec<bool> {
    let mut found = vec![false; dataset.customers.len()];
    for &customer in rows {
        // A row may be nobody's.
        if let Some(found) = found.get_mut(customer as usize) {
            *found = true;
        }
    }
    found
}
