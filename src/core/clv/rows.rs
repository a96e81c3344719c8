//! Customers as the models of repeat buying see them, equal ones put together.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

/// What a model knows of a customer: the *repeat* purchases since the first one, not to be mixed up with the number of
/// purchases and the days since the last of an RFM analysis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// x: purchases after the first.
    pub repeat_frequency: u32,
    /// t_x: time from the first purchase to the last, 0 without repeat purchases.
    pub recency: f64,
    /// T: time from the first purchase to the end of observation.
    pub age: f64,
}

impl History {
    /// 0 < t_x ≤ T with repeat purchases, t_x = 0 without, T ≥ 0, all of them numbers.
    pub fn is_possible(&self) -> bool {
        let recency_fits = match self.repeat_frequency {
            0 => self.recency == 0.0,
            _ => self.recency > 0.0 && self.recency <= self.age,
        };
        self.age.is_finite() && self.age >= 0.0 && recency_fits
    }
}

/// A row of equal histories: positions in [`Rows::x`] and [`Rows::times`], and how many customers have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    pub x: u32,
    pub recency: u32,
    pub age: u32,
    pub weight: f64,
}

/// The distinct histories of many customers, sorted by x, then t_x, then T. A likelihood takes its logarithms once for
/// each distinct number and not once for each customer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Distinct repeat frequencies, ascending.
    pub x: Vec<u32>,
    /// Distinct times, ascending.
    pub times: Vec<f64>,
    pub rows: Vec<Row>,
    /// The row of each history that [`Rows::new`] was given.
    pub row_of: Vec<u32>,
}

impl Rows {
    /// All histories must be possible ones.
    pub fn new(histories: &[History]) -> Rows {
        let mut times: HashMap<u64, u32, FxBuildHasher> = HashMap::default();
        let mut code_of = |time: f64| {
            let next = times.len() as u32;
            // Adding zero makes −0 the same as 0.
            *times.entry((time + 0.0).to_bits()).or_insert(next)
        };
        let mut found: HashMap<(u32, u32, u32), (u32, f64), FxBuildHasher> = HashMap::default();
        let mut row_of: Vec<u32> = Vec::with_capacity(histories.len());
        for history in histories {
            let key = (history.repeat_frequency, code_of(history.recency), code_of(history.age));
            let next = found.len() as u32;
            let entry = found.entry(key).or_insert((next, 0.0));
            entry.1 += 1.0;
            row_of.push(entry.0);
        }
        // From the order in which they were met to ascending order.
        let mut sorted_times: Vec<(f64, u32)> =
            times.iter().map(|(&bits, &code)| (f64::from_bits(bits), code)).collect();
        sorted_times.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut rank = vec![0u32; sorted_times.len()];
        sorted_times.iter().enumerate().for_each(|(at, &(_, code))| rank[code as usize] = at as u32);
        let mut distinct: Vec<(u32, u32, u32, u32, f64)> = found
            .into_iter()
            .map(|((x, recency, age), (met, weight))| {
                (x, rank[recency as usize], rank[age as usize], met, weight)
            })
            .collect();
        distinct.sort_unstable_by_key(|&(x, recency, age, ..)| (x, recency, age));
        let mut x: Vec<u32> = distinct.iter().map(|row| row.0).collect();
        x.dedup();
        let (mut place, mut rows) = (vec![0u32; distinct.len()], Vec::with_capacity(distinct.len()));
        let mut x_at = 0;
        for (at, &(frequency, recency, age, met, weight)) in distinct.iter().enumerate() {
            while x[x_at] != frequency {
                x_at += 1;
            }
            place[met as usize] = at as u32;
            rows.push(Row { x: x_at as u32, recency, age, weight });
        }
        row_of.iter_mut().for_each(|row| *row = place[*row as usize]);
        Rows { x, times: sorted_times.into_iter().map(|(time, _)| time).collect(), rows, row_of }
    }

    pub fn history(&self, row: &Row) -> History {
        History {
            repeat_frequency: self.x[row.x as usize],
            recency: self.times[row.recency as usize],
            age: self.times[row.age as usize],
        }
    }

    /// How many customers there are.
    pub fn customers(&self) -> f64 {
        self.rows.iter().map(|row| row.weight).sum()
    }

    /// Σ weight · value.
    pub fn sum(&self, value: impl Fn(&History) -> f64) -> f64 {
        self.rows.iter().map(|row| row.weight * value(&self.history(row))).sum()
    }

    /// Times in units of `unit`.
    pub fn in_units_of(mut self, unit: f64) -> Rows {
        self.times.iter_mut().for_each(|time| *time /= unit);
        self
    }

    /// About `wanted` customers that stand for all: every n-th of the sorted list, each with the weight n, so that their
    /// weights add up to nearly the same. `None` where there are not several times as many.
    pub fn part(&self, wanted: usize) -> Option<Rows> {
        let customers = self.customers();
        let interval = (customers / wanted as f64).floor();
        if interval < 4.0 || self.rows.len() < 2 * wanted {
            return None;
        }
        let (mut rows, mut next, mut passed) = (Vec::with_capacity(wanted), interval / 2.0, 0.0);
        for row in &self.rows {
            passed += row.weight;
            let mut hits = 0.0;
            while next < passed {
                hits += 1.0;
                next += interval;
            }
            if hits > 0.0 {
                rows.push(Row { weight: hits * interval, ..*row });
            }
        }
        Some(Rows { x: self.x.clone(), times: self.times.clone(), rows, row_of: Vec::new() })
    }

    /// The customers of each x.
    pub fn by_x(&self) -> Vec<f64> {
        let mut counts = vec![0.0; self.x.len()];
        self.rows.iter().for_each(|row| counts[row.x as usize] += row.weight);
        counts
    }

    /// The customers of each age: (T, how many), the youngest first.
    pub fn by_age(&self) -> Vec<(f64, f64)> {
        let mut counts = vec![0.0; self.times.len()];
        self.rows.iter().for_each(|row| counts[row.age as usize] += row.weight);
        let counted = self.times.iter().copied().zip(counts);
        counted.filter(|&(_, count)| count > 0.0).collect()
    }

    /// The distinct pairs of x and a time, and the pair of each row.
    pub fn pairs(&self, time: impl Fn(&Row) -> u32) -> Pairs {
        let mut pairs = Pairs::default();
        // The pair in which a time was last met, with the x of then.
        let mut met = vec![(u32::MAX, 0u32); self.times.len()];
        for row in &self.rows {
            let slot = &mut met[time(row) as usize];
            if slot.0 != row.x {
                *slot = (row.x, pairs.pairs.len() as u32);
                pairs.pairs.push((row.x, time(row)));
            }
            pairs.of_row.push(slot.1);
        }
        pairs
    }
}

/// Distinct pairs of x and a time, as positions in [`Rows::x`] and [`Rows::times`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    pub pairs: Vec<(u32, u32)>,
    pub of_row: Vec<u32>,
}
