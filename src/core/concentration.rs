//! How much of a total the largest customers hold: Pareto, Lorenz and whale curves.

use crate::core::stats::sort::sorted;

/// Sums of so many values are kept, so that any sum of the largest is found in no time without a column of sums.
const BLOCK: usize = 1_024;

/// A column of values of customers (revenue, profit, orders …), ready to be asked for shares. Sums are exact.
///
/// ```
/// use quintile::core::concentration::Concentration;
/// let revenue = Concentration::new(&[10, 60, 20, 5, 5]);
/// assert_eq!(revenue.share_of_top(0.2), Some(0.6));
/// assert_eq!(revenue.share_of_top(0.3), Some(0.7));
/// assert_eq!(revenue.gini(), Some(0.5));
/// ```
#[derive(Clone, Debug)]
pub struct Concentration {
    /// The largest first.
    values: Vec<i64>,
    /// The sum of the values before each block.
    before: Vec<i128>,
    total: i128,
}

/// A point of a curve: so much of the customers has so much of the value.
pub type SharePoint = (f64, f64);

/// Customers with a negative value, and what they take away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Losing {
    pub customers: usize,
    /// Of all customers.
    pub share_of_customers: f64,
    /// The sum of their values, below 0 where there are any.
    pub sum: i128,
    /// `sum` over the total of all customers; `None` where that is not above 0.
    pub share_of_total: Option<f64>,
}

/// [`Concentration::share_of_top`] for a single share of many customers: nothing is sorted. The values change places.
///
/// ```
/// use quintile::core::concentration::share_of_top;
/// assert_eq!(share_of_top(&mut [10, 60, 20, 5, 5], 0.3), Some(0.7));
/// assert_eq!(share_of_top(&mut [10, -10], 0.5), None);
/// ```
pub fn share_of_top(values: &mut [i64], top: f64) -> Option<f64> {
    let sum = |values: &[i64]| values.iter().map(|&value| i128::from(value)).sum::<i128>();
    let total = sum(values);
    if total <= 0 || !(0.0..=1.0).contains(&top) {
        return None;
    }
    let (whole, fraction) = place(top, values.len());
    if whole >= values.len() {
        return Some(1.0);
    }
    let (best, &mut next, _) = values.select_nth_unstable_by(whole, |a, b| b.cmp(a));
    Some((sum(best) as f64 + fraction * next as f64) / total as f64)
}

/// A share of so many customers: whole customers, and the fraction of the next one.
///
/// ```
/// assert_eq!(quintile::core::concentration::place(0.25, 10), (2, 0.5));
/// ```
pub fn place(top: f64, customers: usize) -> (usize, f64) {
    let position = top * customers as f64;
    // 0.07 × 100 is 7.000000000000001: a hair beside a whole number is that number.
    let position = if (position - position.round()).abs() < 1e-9 { position.round() } else { position };
    (position as usize, position - position.floor())
}

impl Concentration {
    /// `values` are one per customer, in any order: minor units, or counts.
    pub fn new(values: &[i64]) -> Concentration {
        let mut values = sorted(values);
        values.reverse();
        let (mut before, mut total) = (Vec::new(), 0);
        for block in values.chunks(BLOCK) {
            before.push(total);
            total += block.iter().map(|&value| i128::from(value)).sum::<i128>();
        }
        Concentration { values, before, total }
    }

    pub fn customers(&self) -> usize {
        self.values.len()
    }

    pub fn total(&self) -> i128 {
        self.total
    }

    /// The values, the largest first.
    pub fn values(&self) -> &[i64] {
        &self.values
    }

    /// The sum of the `count` largest values.
    pub fn sum_of_top(&self, count: usize) -> i128 {
        let Some(&before) = self.before.get(count / BLOCK) else { return self.total };
        let rest = &self.values[count / BLOCK * BLOCK..count.min(self.values.len())];
        before + rest.iter().map(|&value| i128::from(value)).sum::<i128>()
    }

    /// "The top p % of customers bring q %": the share of the total that the share `top` (0 to 1) of the customers
    /// with the largest values has.
    ///
    /// Where `top` × customers is no whole number, the next customer counts with the fraction: a straight line between
    /// the two points of the curve. `None` where the total is not above 0 (without customers, too), or `top` is not
    /// within 0 to 1.
    pub fn share_of_top(&self, top: f64) -> Option<f64> {
        let known = self.total > 0 && (0.0..=1.0).contains(&top);
        known.then(|| self.share_at(top))
    }

    /// For a total above 0.
    fn share_at(&self, top: f64) -> f64 {
        let (whole, fraction) = place(top, self.values.len());
        let part = fraction * self.values.get(whole).map_or(0.0, |&value| value as f64);
        (self.sum_of_top(whole) as f64 + part) / self.total as f64
    }

    /// The Gini coefficient: 0 where all have the same, near 1 where one has all.
    ///
    /// G = Σᵢ (2i − n − 1)·xᵢ / (n·Σ xᵢ) with the values x₁ ≤ … ≤ xₙ, in whole numbers up to the last division; twice
    /// the area between the Lorenz curve and the diagonal. `None` with a negative value, where the measure has no
    /// meaning (the whale curve shows such data), or without a total above 0.
    ///
    /// Source: Gini (1912); Sen, *On Economic Inequality* (1973).
    pub fn gini(&self) -> Option<f64> {
        if self.total <= 0 || self.values.last().is_some_and(|&least| least < 0) {
            return None;
        }
        let n = self.values.len() as i128;
        // From the largest down: its weight is n − 1, the next one's n − 3, …
        let weighted =
            self.values.iter().zip(0_i128..).map(|(&value, at)| (n - 1 - 2 * at) * i128::from(value));
        Some(weighted.sum::<i128>() as f64 / (n as f64 * self.total as f64))
    }

    /// The curve from the largest value down, as (share of customers, share of the total), from (0, 0) to (1, 1): the
    /// Pareto curve, and for profits the whale curve, which rises above 1 and comes down to it.
    ///
    /// It has `points` equal steps (100: every per cent), or one per customer where these are fewer, and always the
    /// highest point. `None` where the total is not above 0.
    pub fn curve(&self, points: usize) -> Option<Vec<SharePoint>> {
        let highest = self.peak()?;
        let mut curve: Vec<SharePoint> =
            self.steps(points).map(|share| (share, self.share_at(share))).collect();
        let at = curve.partition_point(|point| point.0 < highest.0);
        if curve[at].0 != highest.0 {
            curve.insert(at, highest);
        }
        Some(curve)
    }

    /// The Lorenz curve, from the smallest value up, as (share of customers, share of the total): the share that the
    /// poorest have. Convex and below the diagonal; below 0 where values are negative. `None` as for [`Self::curve`].
    ///
    /// Source: Lorenz, "Methods of measuring the concentration of wealth", Publications of the ASA 9 (1905).
    pub fn lorenz(&self, points: usize) -> Option<Vec<SharePoint>> {
        let curve = || self.steps(points).map(|share| (share, 1.0 - self.share_at(1.0 - share))).collect();
        (self.total > 0).then(curve)
    }

    fn steps(&self, points: usize) -> impl Iterator<Item = f64> {
        let steps = points.min(self.values.len()).max(1);
        (0..=steps).map(move |step| step as f64 / steps as f64)
    }

    /// The highest point of the whale curve: the customers with a value above 0, and what they bring of the total (at
    /// least 1). `None` where the total is not above 0.
    pub fn peak(&self) -> Option<SharePoint> {
        let earning = self.values.partition_point(|&value| value > 0);
        let share = |sum: i128| sum as f64 / self.total as f64;
        (self.total > 0).then(|| (earning as f64 / self.values.len() as f64, share(self.sum_of_top(earning))))
    }

    /// The customers with a negative value. `None` without customers.
    pub fn losing(&self) -> Option<Losing> {
        let kept = self.values.partition_point(|&value| value >= 0);
        let customers = self.values.len() - kept;
        let sum = self.total - self.sum_of_top(kept);
        (!self.values.is_empty()).then(|| Losing {
            customers,
            share_of_customers: customers as f64 / self.values.len() as f64,
            sum,
            share_of_total: (self.total > 0).then(|| sum as f64 / self.total as f64),
        })
    }
}
