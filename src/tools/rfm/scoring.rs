//! From three values per customer to three levels per customer, by each method.
//!
//! Every method but nested and exactly equal groups is a list of cuts on the values. Levels count upwards: level k
//! holds the customers who bought last, most often, and for most money.

use super::amount::steps;
use super::model::Refusal;
use super::options::{Method, Monetary, OptionsError, QuantileEdge, RfmOptions, Ties, Variable};
use crate::core::dataset::Dataset;
use crate::core::grading::{GradingData, Label};
use crate::core::stats::groups::{Cuts, Edge, Quantile, equal_groups_within};
use crate::core::stats::sort::{order_by_text, sorted, stable_order};
use crate::core::summary::CustomerSummary;
use crate::tools::published::{Unit, measure_column};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;

/// What *monetary* is, for its reader.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MonetaryKind {
    pub unit: Unit,
    /// The title of the published column; `None` for what was spent.
    pub column: Option<Label>,
}

/// What scoring needs, made once and used by every method.
pub struct Base {
    pub summary: CustomerSummary,
    /// Days since the last purchase, purchases, and *monetary* in steps, by position in the summary.
    pub values: [Vec<i64>; 3],
    /// The same values in ascending order.
    pub sorted: [Vec<i64>; 3],
    /// One unit of each variable: a day, a purchase, a unit of money in minor units, or a step of a published number.
    pub units: [i64; 3],
    /// What the third value is.
    pub monetary: MonetaryKind,
    /// Customers for whom the published column has no value: they are in no cell.
    pub outside: CustomerSummary,
    by_id: OnceCell<ById>,
}

/// The customers in the order of their ids, which decides ties where groups are to be equal.
struct ById {
    /// Positions in the summary.
    positions: Vec<u32>,
    /// For each variable, the places in `positions` in the order of the values.
    ascending: [Vec<u32>; 3],
}

impl Base {
    /// Three values for every customer of a summary, `gradings` being what other tools have published.
    ///
    /// # Errors
    /// [`Refusal::NoColumn`] where *monetary* is a column that is not published.
    pub fn new(
        summary: CustomerSummary,
        dataset: &Dataset,
        monetary: &Monetary,
        money_unit: i64,
    ) -> Result<Base, Refusal> {
        let mut kind = MonetaryKind::default();
        let mut outside = CustomerSummary::default();
        let (summary, spend) = match monetary {
            Monetary::Total => {
                let spend = summary.monetary.clone();
                (summary, spend)
            }
            Monetary::Mean => {
                let spend = (0..summary.len()).map(|i| summary.mean_spend(i)).collect();
                (summary, spend)
            }
            Monetary::Published(name) => {
                let no_column = || Refusal::NoColumn { name: name.clone() };
                let column = measure_column(&dataset.gradings, super::TOOL.id, name).ok_or_else(no_column)?;
                let (unit, value): (Unit, &dyn Fn(usize) -> Option<i64>) = match &column.data {
                    GradingData::Money(money) => (Unit::Money, &|code| money[code]),
                    GradingData::Numbers(numbers) => (Unit::Number, &|code| steps(numbers[code]?)),
                    _ => return Err(no_column()),
                };
                kind = MonetaryKind { unit, column: Some(column.title.clone()) };
                let values: Vec<Option<i64>> =
                    summary.customer.iter().map(|&code| value(code as usize)).collect();
                let known;
                (known, outside) = summary.split(|position| values[position].is_some());
                (known, values.into_iter().flatten().collect())
            }
        };
        let unit = if kind.unit == Unit::Money { money_unit } else { 1 };
        let values = [
            summary.days_since_last.iter().map(|&days| i64::from(days)).collect(),
            summary.frequency.iter().map(|&n| i64::from(n)).collect(),
            spend,
        ];
        let sorted = [&values[0], &values[1], &values[2]].map(|column: &Vec<i64>| sorted(column));
        let (units, by_id) = ([1, 1, unit], OnceCell::new());
        Ok(Base { summary, values, sorted, units, monetary: kind, outside, by_id })
    }

    pub fn len(&self) -> usize {
        self.summary.len()
    }

    pub fn is_empty(&self) -> bool {
        self.summary.is_empty()
    }

    fn by_id(&self, dataset: &Dataset) -> &ById {
        self.by_id.get_or_init(|| {
            let positions = order_by_text(&dataset.customers, &self.summary.customer);
            let ascending = [0, 1, 2].map(|v| {
                let values: Vec<i64> = positions.iter().map(|&p| self.values[v][p as usize]).collect();
                stable_order(&values)
            });
            ById { positions, ascending }
        })
    }

    /// Positions in ascending order of a variable, equal values in the order of the customers' ids.
    pub fn ascending(&self, dataset: &Dataset, variable: Variable) -> impl Iterator<Item = u32> {
        let by_id = self.by_id(dataset);
        by_id.ascending[variable.index()].iter().map(|&place| by_id.positions[place as usize])
    }
}

/// The levels of every customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    pub bins: [u8; 3],
    /// By variable, then by position in the summary; 1…k.
    pub levels: [Vec<u8>; 3],
    /// The cuts on the values, in ascending order of values, where the method has them.
    pub cuts: [Option<Cuts>; 3],
    /// The quantiles behind the cuts.
    pub quantiles: [Vec<Quantile>; 3],
}

impl Scored {
    pub fn levels_at(&self, position: usize) -> [u8; 3] {
        std::array::from_fn(|v| self.levels[v][position])
    }
}

/// The level of group `group` (from 0, lowest values first) of a variable: few days since the last purchase are the
/// best, many purchases and much money are.
pub fn level_of_group(variable: Variable, group: u8, k: u8) -> u8 {
    if variable == Variable::Recency { k - group } else { group + 1 }
}

/// Divides the customers by a method.
///
/// With n customers, rank counted from the lowest value (ties: the lowest rank) and k groups, `Independent` with
/// `MinRank` gives frequency and monetary the level ⌊k(rank − 1)/n⌋ + 1 and recency, ranked by days since the last
/// purchase, k minus that plus 1. `Nested` follows A. M. Hughes, *Strategic Database Marketing*.
///
/// # Errors
/// Options that make no groups: see [`OptionsError`].
pub fn score(
    base: &Base,
    dataset: &Dataset,
    options: &RfmOptions,
    method: &Method,
) -> Result<Scored, OptionsError> {
    let bins = options.bins_of(method)?;
    let mut scored =
        Scored { bins, levels: Default::default(), cuts: [None, None, None], quantiles: Default::default() };
    match method {
        Method::Nested | Method::Independent { ties: Ties::EqualGroups } => {
            let by_id = base.by_id(dataset);
            let nested = *method == Method::Nested;
            // The groups so far as one number, by place in the order of ids.
            let mut outer = vec![0u16; base.len()];
            for variable in Variable::ALL {
                let v = variable.index();
                let groups = equal_groups_within(&by_id.ascending[v], &outer, bins[v]);
                for (place, &group) in groups.iter().enumerate().filter(|_| nested) {
                    outer[place] = outer[place] * u16::from(bins[v]) + u16::from(group);
                }
                scored.levels[v] = vec![0; base.len()];
                for (&position, group) in by_id.positions.iter().zip(groups) {
                    scored.levels[v][position as usize] = level_of_group(variable, group, bins[v]);
                }
            }
        }
        _ => {
            for variable in Variable::ALL {
                let v = variable.index();
                if matches!(method, Method::QuantileCuts { .. }) {
                    let k = bins[v];
                    scored.quantiles[v] =
                        (1..k).filter_map(|j| Quantile::type7(&base.sorted[v], j, k)).collect();
                }
                let cuts = cuts(base, method, variable, bins[v], &scored.quantiles[v]);
                scored.levels[v] = levels_by_cuts(variable, &base.values[v], &cuts, bins[v]);
                scored.cuts[v] = Some(cuts);
            }
        }
    }
    Ok(scored)
}

fn cuts(base: &Base, method: &Method, variable: Variable, k: u8, quantiles: &[Quantile]) -> Cuts {
    match method {
        Method::QuantileCuts { edge: QuantileEdge::AtOrBelow } => {
            Cuts::of_quantiles(quantiles, Edge::AtOrBelow)
        }
        Method::QuantileCuts { edge: QuantileEdge::PlusOne } => {
            Cuts::of_quantiles(quantiles, Edge::PlusOne { unit: base.units[variable.index()] })
        }
        Method::Thresholds(typed) => {
            // Typed days end their group, typed purchases and amounts start theirs.
            let starts = i64::from(variable != Variable::Recency);
            Cuts { upper: typed.of(variable).iter().map(|&t| t.saturating_sub(starts)).collect() }
        }
        Method::Independent { .. } | Method::Nested => Cuts::of_min_ranks(&base.sorted[variable.index()], k),
    }
}

fn levels_by_cuts(variable: Variable, values: &[i64], cuts: &Cuts, k: u8) -> Vec<u8> {
    values.iter().map(|&value| level_of_group(variable, cuts.group(value) as u8, k)).collect()
}
