//! Two methods on the same customers, side by side.

use super::options::Variable;
use super::scoring::Scored;
use super::segments::cell_index;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub customers: u64,
    /// Customers whose cell is another under the second method.
    pub changed: u64,
    pub changed_share: f64,
    pub variables: [VariableComparison; 3],
    pub first: CellSizes,
    pub second: CellSizes,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariableComparison {
    pub variable: Variable,
    /// `cross[a][b]`: customers at level a + 1 of the first method and b + 1 of the second.
    pub cross: Vec<Vec<u64>>,
    /// `distance[d]`: customers whose levels differ by d.
    pub distance: Vec<u64>,
    pub changed: u64,
}

/// How a method fills its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellSizes {
    /// Cells with customers.
    pub cells: u64,
    pub possible: u64,
    pub smallest: u64,
    pub largest: u64,
}

pub fn compare(first: &Scored, second: &Scored) -> Comparison {
    let customers = first.levels[0].len();
    let changed = (0..customers).filter(|&i| first.levels_at(i) != second.levels_at(i)).count() as u64;
    Comparison {
        customers: customers as u64,
        changed,
        changed_share: if customers == 0 { 0.0 } else { changed as f64 / customers as f64 },
        variables: Variable::ALL.map(|variable| compare_variable(first, second, variable)),
        first: cell_sizes(first),
        second: cell_sizes(second),
    }
}

fn compare_variable(first: &Scored, second: &Scored, variable: Variable) -> VariableComparison {
    let v = variable.index();
    let (rows, columns) = (usize::from(first.bins[v]), usize::from(second.bins[v]));
    let mut cross = vec![vec![0u64; columns]; rows];
    let mut distance = vec![0u64; rows.max(columns)];
    for (&a, &b) in first.levels[v].iter().zip(&second.levels[v]) {
        cross[usize::from(a) - 1][usize::from(b) - 1] += 1;
        distance[usize::from(a.abs_diff(b))] += 1;
    }
    let changed = distance[1..].iter().sum();
    VariableComparison { variable, cross, distance, changed }
}

pub fn cell_sizes(scored: &Scored) -> CellSizes {
    let possible = scored.bins.iter().map(|&k| usize::from(k)).product();
    let mut sizes = vec![0u64; possible];
    for position in 0..scored.levels[0].len() {
        sizes[cell_index(scored.levels_at(position), scored.bins)] += 1;
    }
    let filled = || sizes.iter().copied().filter(|&size| size > 0);
    CellSizes {
        cells: filled().count() as u64,
        possible: possible as u64,
        smallest: filled().min().unwrap_or(0),
        largest: filled().max().unwrap_or(0),
    }
}
