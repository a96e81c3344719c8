//! Lifetime value as a Markov chain (Pfeifer & Carraway): states of the relationship, the probabilities of going from
//! one to another, and what a customer brings in each.

use super::discounting::FirstMargin;
use super::margin_multiple::{Horizon, MOST_PERIODS};
use super::refusal::{Refusal, finite, within};

/// A row of typed shares may miss 100 % by the last digit of each.
const ROW_TOLERANCE: f64 = 5e-4;
/// More states make no readable table.
pub const MOST_STATES: usize = 20;

/// A chain. Row `i` of the matrix holds the probabilities of going from state `i` to each state in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// P, row by row.
    pub matrix: Vec<Vec<f64>>,
    /// R: what a customer brings (less what is spent) in a period in each state.
    pub rewards: Vec<f64>,
    /// d: discount rate per period.
    pub discount: f64,
    pub horizon: Horizon,
    /// Whether the reward of the state that the customer is in now counts.
    pub first: FirstMargin,
}

impl Chain {
    /// # Errors
    /// [`Refusal::Shape`] where matrix and rewards do not fit; [`Refusal::Outside`] for a probability outside 0 … 1;
    /// [`Refusal::RowSum`] for a row that does not sum to 1 (within half a thousandth, for typed shares are rounded).
    pub fn check(&self) -> Result<(), Refusal> {
        let states = self.matrix.len();
        if states < 1 {
            return Err(Refusal::TooFew { found: 0, needed: 1 });
        }
        let lengths = self.matrix.iter().map(Vec::len).chain([self.rewards.len()]);
        if let Some(found) = lengths.into_iter().find(|&length| length != states) {
            return Err(Refusal::Shape { states, found });
        }
        within(("The number of states", "狀態數"), states as f64, 1.0, MOST_STATES as f64)?;
        within(("The discount rate", "折現率"), self.discount, 0.0, 1e6)?;
        if let Horizon::Periods(periods) = self.horizon {
            let most = f64::from(MOST_PERIODS);
            within(("The number of periods", "期數"), f64::from(periods), 0.0, most)?;
        }
        for (row, shares) in self.matrix.iter().enumerate() {
            for &share in shares {
                within(("A probability", "機率"), share, 0.0, 1.0)?;
            }
            let sum: f64 = shares.iter().sum();
            if (sum - 1.0).abs() > ROW_TOLERANCE {
                return Err(Refusal::RowSum { row, sum });
            }
        }
        self.rewards.iter().try_for_each(|&reward| finite(reward).map(drop))
    }

    /// The matrix with rows that sum to exactly 1.
    fn exact(&self) -> Vec<Vec<f64>> {
        let row = |row: &Vec<f64>| {
            let sum: f64 = row.iter().sum();
            row.iter().map(|share| share / sum).collect()
        };
        self.matrix.iter().map(row).collect()
    }

    /// The value of a customer in each state.
    ///
    /// V = Σ_{t=0}^{T} (P/(1+d))^t R, which for ever is V = (I − P/(1+d))⁻¹ R, with P = `matrix`, R = `rewards`,
    /// d = `discount`, T = `horizon`. With the first margin after one period, the reward at t = 0 does not count: V − R.
    /// Source: Pfeifer & Carraway, "Modeling customer relationships as Markov chains", *Journal of Interactive
    /// Marketing* 14 (2000).
    ///
    /// ```
    /// use quintile::core::clv::discounting::FirstMargin;
    /// use quintile::core::clv::margin_multiple::Horizon;
    /// use quintile::core::clv::markov::Chain;
    /// // One state that is kept with 80 %, and the lost ones.
    /// let chain = Chain {
    ///     matrix: vec![vec![0.8, 0.2], vec![0.0, 1.0]],
    ///     rewards: vec![1.0, 0.0],
    ///     discount: 0.1,
    ///     horizon: Horizon::ForEver,
    ///     first: FirstMargin::AfterOnePeriod,
    /// };
    /// let value = chain.values().unwrap();
    /// assert!((value[0] - 0.8 / 0.3).abs() < 1e-12, "the margin multiple r / (1 + i − r)");
    /// assert_eq!(value[1], 0.0);
    /// ```
    ///
    /// # Errors
    /// As [`Chain::check`]; [`Refusal::Endless`] for ever without discounting, where rewards never stop;
    /// [`Refusal::TooLarge`].
    pub fn values(&self) -> Result<Vec<f64>, Refusal> {
        self.check()?;
        let matrix = self.exact();
        let with_now = match self.horizon {
            Horizon::Periods(periods) => self.finite_values(&matrix, periods),
            Horizon::ForEver => self.endless_values(&matrix)?,
        };
        let without = |(value, reward): (f64, &f64)| match self.first {
            FirstMargin::Now => value,
            FirstMargin::AfterOnePeriod => value - reward,
        };
        with_now.into_iter().zip(&self.rewards).map(|pair| finite(without(pair))).collect()
    }

    /// Backwards from the last period: V_t = R + P V_{t+1} / (1 + d).
    fn finite_values(&self, matrix: &[Vec<f64>], periods: u32) -> Vec<f64> {
        let mut values = self.rewards.clone();
        for _ in 0..periods {
            let next = |(row, reward): (&Vec<f64>, &f64)| reward + dot(row, &values) / (1.0 + self.discount);
            values = matrix.iter().zip(&self.rewards).map(next).collect();
        }
        values
    }

    fn endless_values(&self, matrix: &[Vec<f64>]) -> Result<Vec<f64>, Refusal> {
        let discounted = 1.0 + self.discount;
        let entry = |row: usize, column: usize| f64::from(row == column) - matrix[row][column] / discounted;
        // A state that is never left and brings nothing is worth nothing, with discounting or without.
        let over = |state: usize| matrix[state][state] == 1.0 && self.rewards[state] == 0.0;
        let open: Vec<usize> = (0..matrix.len()).filter(|&state| !over(state)).collect();
        let system =
            open.iter().map(|&row| open.iter().map(|&column| entry(row, column)).collect()).collect();
        let rewards = open.iter().map(|&state| self.rewards[state]).collect();
        let solved = solve(system, rewards).ok_or(Refusal::Endless)?;
        let mut values = vec![0.0; matrix.len()];
        open.into_iter().zip(solved).for_each(|(state, value)| values[state] = value);
        Ok(values)
    }

    /// Where customers are after 0, 1, … `periods` periods, from shares by state now.
    ///
    /// # Errors
    /// As [`Chain::check`]; [`Refusal::Shape`] where there is not a share for each state.
    pub fn distribution(&self, start: &[f64], periods: u32) -> Result<Vec<Vec<f64>>, Refusal> {
        self.check()?;
        if start.len() != self.matrix.len() {
            return Err(Refusal::Shape { states: self.matrix.len(), found: start.len() });
        }
        let matrix = self.exact();
        let mut all = vec![start.to_vec()];
        for _ in 0..periods {
            let now = all.last().expect("one at least");
            let arrive =
                |column: usize| now.iter().zip(&matrix).map(|(share, row)| share * row[column]).sum();
            all.push((0..matrix.len()).map(arrive).collect());
        }
        Ok(all)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Gauss with the largest pivot; `None` where the system has no single solution.
fn solve(mut system: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    for column in 0..n {
        let pivot =
            (column..n).max_by(|&a, &b| system[a][column].abs().total_cmp(&system[b][column].abs()))?;
        if system[pivot][column].abs() < 1e-12 {
            return None;
        }
        system.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..n {
            let times = system[row][column] / system[column][column];
            let (above, below) = system.split_at_mut(row);
            for (value, over) in below[0].iter_mut().zip(&above[column]).skip(column) {
                *value -= times * over;
            }
            right[row] -= times * right[column];
        }
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|at| system[row][at] * right[at]).sum();
        right[row] = (right[row] - known) / system[row][row];
    }
    Some(right)
}
