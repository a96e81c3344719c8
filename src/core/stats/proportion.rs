//! Shares of successes: what a count says about a rate, and how many trials a rate needs.

use super::normal::two_sided;
use serde::{Deserialize, Serialize};

/// A count of successes among trials: responses among customers mailed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub successes: u64,
    pub trials: u64,
}

impl Tally {
    pub fn new(successes: u64, trials: u64) -> Tally {
        Tally { successes, trials }
    }

    /// successes / trials; `None` without trials.
    pub fn rate(self) -> Option<f64> {
        (self.trials > 0).then(|| self.successes as f64 / self.trials as f64)
    }

    /// trials − successes, and 0 where there are more successes than trials.
    pub fn failures(self) -> u64 {
        self.trials.saturating_sub(self.successes)
    }
}

impl std::ops::Add for Tally {
    type Output = Tally;

    fn add(self, other: Tally) -> Tally {
        Tally { successes: self.successes + other.successes, trials: self.trials + other.trials }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Tally>>(tallies: I) -> Tally {
        tallies.fold(Tally::default(), |sum, tally| sum + tally)
    }
}

/// From `low` to `high`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// The Wilson score interval of a rate.
///
/// With x = `successes`, n = `trials` and z the two-sided normal quantile of `confidence`, the ends are
/// (x + z²/2 ± z·√(x(n − x)/n + z²/4)) / (n + z²). It lies within [0, 1], and is of use for 0 and for n successes.
///
/// Source: Wilson, JASA 22 (1927); Newcombe, "Two-sided confidence intervals for the single proportion", Statistics
/// in Medicine 17 (1998), method 3. `None` without trials, with more successes than trials, or for a confidence
/// outside 0 to 1.
///
/// ```
/// use quintile::core::stats::proportion::wilson;
/// let interval = wilson(15, 148, 0.95).unwrap();
/// assert_eq!(format!("{:.4} to {:.4}", interval.low, interval.high), "0.0624 to 0.1605");
/// ```
pub fn wilson(successes: u64, trials: u64, confidence: f64) -> Option<Interval> {
    let z = two_sided(confidence)?;
    let failures = trials.checked_sub(successes).filter(|_| trials > 0)?;
    Some(Interval { low: wilson_low(successes, trials, z), high: 1.0 - wilson_low(failures, trials, z) })
}

/// The product of both ends is (x²/n) / (n + z²): dividing by the larger numerator avoids a difference of two near
/// numbers, and gives exactly 0 for no successes.
fn wilson_low(successes: u64, trials: u64, z: f64) -> f64 {
    let (x, n) = (successes as f64, trials as f64);
    let root = (x * (n - x) / n + z * z / 4.0).sqrt();
    x * x / n / (x + z * z / 2.0 + z * root)
}

/// How many trials show a rate `p` to within ± `half_width`: n₀ = p(1 − p)z²/e², with z of `confidence` and
/// e = `half_width`. Not rounded: round up after [`finite_correction`].
///
/// Source: Cochran, *Sampling Techniques* (1977), 4.4. `None` unless 0 ≤ p ≤ 1, half_width > 0 and 0 < confidence < 1.
///
/// ```
/// use quintile::core::stats::proportion::sample_size;
/// assert_eq!(sample_size(0.5, 0.05, 0.95).unwrap().ceil(), 385.0);
/// ```
pub fn sample_size(p: f64, half_width: f64, confidence: f64) -> Option<f64> {
    let z = two_sided(confidence)?;
    let known = (0.0..=1.0).contains(&p) && half_width > 0.0;
    known.then(|| p * (1.0 - p) * (z / half_width) * (z / half_width)).filter(|n| n.is_finite())
}

/// The sample size when the whole has only `population` members: n = n₀ / (1 + n₀/N); at most N.
///
/// Source: Cochran (1977), 4.4, with n₀ − 1 taken as n₀.
///
/// ```
/// use quintile::core::stats::proportion::finite_correction;
/// assert_eq!(finite_correction(400.0, 1_200), 300.0);
/// ```
pub fn finite_correction(n0: f64, population: u64) -> f64 {
    let whole = population as f64;
    // The same as n₀ / (1 + n₀/N), but defined for N = 0.
    if population == 0 { 0.0 } else { n0 * whole / (whole + n0) }
}

/// How far the rate of `n` trials lies from the true rate `p` at most, with the given confidence:
/// e = z·√(p(1 − p)/n), the inverse of [`sample_size`]. `None` for n = 0, or p or confidence outside their range.
///
/// ```
/// use quintile::core::stats::proportion::half_width;
/// assert_eq!(format!("{:.4}", half_width(0.018, 320, 0.95).unwrap()), "0.0146");
/// ```
pub fn half_width(p: f64, n: u64, confidence: f64) -> Option<f64> {
    let z = two_sided(confidence)?;
    ((0.0..=1.0).contains(&p) && n > 0).then(|| z * (p * (1.0 - p) / n as f64).sqrt())
}
