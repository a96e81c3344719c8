//! Rates that differ from cell to cell: the beta–binomial model, and what it says about each cell.
//!
//! Cell i has its own rate pᵢ ~ Beta(α, β), and xᵢ ~ Binomial(nᵢ, pᵢ) of its nᵢ customers respond. α and β are fitted to
//! all cells by maximum likelihood; a cell's rate is then estimated from its own count *and* from the other cells
//! (*empirical Bayes*): (α + xᵢ) / (α + β + nᵢ). The best cell of a hundred is the best partly by luck; its shrunken
//! rate takes the luck off, its raw rate does not.
//!
//! Source: Griffiths, "Maximum likelihood estimation for the beta-binomial distribution", Biometrics 29 (1973);
//! Efron & Morris, JASA 70 (1975), for the shrinkage.

mod likelihood;
mod search;

use super::normal;
use super::proportion::{Interval, Tally};
use super::special::{beta_cdf, beta_quantile};
use likelihood::Likelihood;
use serde::{Deserialize, Serialize};

/// How much alike the rates of cells can be told to be: beyond this precision they are taken as equal.
pub const MAX_PRECISION: f64 = 1e8;
/// How unlike they can be told to be: counts of all or nothing in every cell would lead to 0.
pub const MIN_PRECISION: f64 = 0.01;

/// What all cells together say about a cell before its own count is seen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prior {
    /// Rates differ from cell to cell as Beta(α, β).
    Beta { alpha: f64, beta: f64 },
    /// The counts differ no more than chance lets equal rates differ: one rate for all cells, known from the sum of
    /// their counts.
    Pooled { all: Tally },
}

impl Prior {
    /// The rate that a cell is expected to have: α/(α + β), or that of all cells together.
    pub fn mean(&self) -> f64 {
        match *self {
            Prior::Beta { alpha, beta } => alpha / (alpha + beta),
            Prior::Pooled { all } => all.successes as f64 / all.trials as f64,
        }
    }

    /// α + β: as many customers of its own does a cell need to count as much as all others. `None` where the cells
    /// are equal: no number is enough.
    pub fn precision(&self) -> Option<f64> {
        match *self {
            Prior::Beta { alpha, beta } => Some(alpha + beta),
            Prior::Pooled { .. } => None,
        }
    }

    /// What is known about the rate of a cell with this count: Beta(α + x, β + n − x).
    ///
    /// Where the cells are equal it is the same for all: Beta(X + ½, N − X + ½) with the sums of all cells, the
    /// posterior of Jeffreys' prior. `cell` must not have more successes than trials.
    pub fn shrink(&self, cell: Tally) -> Posterior {
        match *self {
            Prior::Beta { alpha, beta } => {
                Posterior { alpha: alpha + cell.successes as f64, beta: beta + cell.failures() as f64 }
            }
            Prior::Pooled { all } => {
                Posterior { alpha: all.successes as f64 + 0.5, beta: all.failures() as f64 + 0.5 }
            }
        }
    }
}

/// What is known about one rate: it is distributed as Beta(`alpha`, `beta`).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Posterior {
    pub alpha: f64,
    pub beta: f64,
}

impl Posterior {
    /// The shrunken rate, α/(α + β).
    pub fn mean(&self) -> f64 {
        self.alpha / (self.alpha + self.beta)
    }

    /// αβ / ((α + β)²(α + β + 1)).
    pub fn variance(&self) -> f64 {
        let sum = self.alpha + self.beta;
        self.alpha / sum * (self.beta / sum) / (sum + 1.0)
    }

    /// The interval that holds the rate with probability `confidence`, the same on each side; `None` unless
    /// 0 < confidence < 1.
    pub fn interval(&self, confidence: f64) -> Option<Interval> {
        let side = (1.0 - confidence) / 2.0;
        (confidence > 0.0 && confidence < 1.0).then(|| Interval {
            low: beta_quantile(side, self.alpha, self.beta),
            // The upper side is the lower side of the rate of failures.
            high: 1.0 - beta_quantile(side, self.beta, self.alpha),
        })
    }

    /// The probability that the true rate is above `rate`.
    pub fn probability_above(&self, rate: f64) -> f64 {
        beta_cdf(1.0 - rate, self.beta, self.alpha)
    }
}

/// A fitted beta–binomial model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    pub prior: Prior,
    /// With the binomial coefficients: Σ ln[C(n, x) B(α + x, β + n − x) / B(α, β)].
    pub log_likelihood: f64,
    /// The same for one rate in all cells.
    pub pooled_log_likelihood: f64,
    /// How well the prior itself is known: the covariance of (logit μ, ln s) with μ = α/(α + β) and s = α + β, the
    /// inverse of the observed information. For a pooled prior only that of logit μ; its s is not estimated.
    pub covariance: [[f64; 2]; 2],
}

/// A quantity that is known up to chance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub mean: f64,
    pub variance: f64,
}

impl Estimate {
    pub fn standard_error(&self) -> f64 {
        self.variance.sqrt()
    }

    /// mean ± z·√variance; `None` unless 0 < confidence < 1.
    pub fn interval(&self, confidence: f64) -> Option<Interval> {
        let reach = normal::two_sided(confidence)? * self.standard_error();
        Some(Interval { low: self.mean - reach, high: self.mean + reach })
    }
}

/// Why no model could be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FitError {
    /// No cell has a customer.
    NoTrials,
    /// A cell (counted from 0) has more responses than customers.
    MoreSuccessesThanTrials { cell: usize, tally: Tally },
}

impl Fit {
    /// The responses that mailing so many further customers of each cell will bring: how a roll-out will turn out.
    ///
    /// The mean and the uncertainty about the rates are those of [`Fit::weighted_sum`]; to them comes the chance of each
    /// single response, Σ mᵢ·E[pᵢ(1 − pᵢ)] with mᵢ customers and E[p(1 − p)] = αβ / ((α + β)(α + β + 1)). Each cell is
    /// its count in the test and the customers to be mailed, the tested ones not among them.
    pub fn responses(&self, cells: impl IntoIterator<Item = (Tally, u64), IntoIter: Clone>) -> Estimate {
        let cells = cells.into_iter();
        let mut sum = self.weighted_sum(cells.clone().map(|(cell, mailed)| (cell, mailed as f64)));
        for (cell, mailed) in cells {
            let Posterior { alpha, beta } = self.prior.shrink(cell);
            sum.variance += mailed as f64 * (alpha / (alpha + beta)) * (beta / (alpha + beta + 1.0));
        }
        sum
    }

    /// Σ wᵢ·pᵢ over cells with the weights wᵢ, such as the customers still to be mailed: the expected responses of a
    /// roll-out, with the shrunken rate of every cell.
    ///
    /// The variance has two parts: that of each cell's rate given the prior, Σ wᵢ²·Var(pᵢ), and that of the prior
    /// itself, which moves all cells together: gᵀ·covariance·g with g the derivatives of the mean by (logit μ, ln s),
    /// which are for one cell μ(1 − μ)s/(s + n) and s(nμ − x)/(s + n)² (delta method, Morris, JASA 78 (1983)). The
    /// chance of each single response is not in it: see [`Fit::responses`].
    pub fn weighted_sum(&self, cells: impl IntoIterator<Item = (Tally, f64)>) -> Estimate {
        let mut sum = Estimate { mean: 0.0, variance: 0.0 };
        let mut slope = [0.0; 2];
        let mut weights = 0.0;
        for (cell, weight) in cells {
            let posterior = self.prior.shrink(cell);
            sum.mean += weight * posterior.mean();
            weights += weight;
            if let Prior::Beta { alpha, beta } = self.prior {
                sum.variance += weight * weight * posterior.variance();
                let (s, n) = (alpha + beta, cell.trials as f64);
                slope[0] += weight * (alpha / s) * beta / (s + n);
                slope[1] += weight * (n * alpha - cell.successes as f64 * s) / ((s + n) * (s + n));
            }
        }
        sum.variance += match self.prior {
            Prior::Beta { .. } => {
                let [[a, b], [_, d]] = self.covariance;
                a * slope[0] * slope[0] + 2.0 * b * slope[0] * slope[1] + d * slope[1] * slope[1]
            }
            // One and the same rate everywhere: its error does not average out over cells.
            Prior::Pooled { .. } => weights * weights * self.prior.shrink(Tally::default()).variance(),
        };
        sum
    }
}

/// Fits α and β to the counts of cells by maximum likelihood. Cells without customers say nothing and are passed over.
///
/// The likelihood is climbed by Newton's method in (logit μ, ln s) from every peak of a coarse profile over s. Where it
/// still grows at [`MAX_PRECISION`], or no s fits better than one rate for all (fewer differences than chance gives, one
/// cell only, no response or nothing but responses), the prior is [`Prior::Pooled`].
///
/// ```
/// use quintile::core::stats::beta_binomial::fit;
/// use quintile::core::stats::proportion::Tally;
/// let cells = [(2, 320), (9, 320), (4, 320), (17, 320), (1, 320), (6, 320)].map(|(x, n)| Tally::new(x, n));
/// let fit = fit(&cells).unwrap();
/// let best = fit.prior.shrink(cells[3]);
/// // 17 of 320 are 5.3 %, but the others make that look like some luck.
/// assert!(best.mean() < 17.0 / 320.0 && best.mean() > fit.prior.mean());
/// ```
pub fn fit(cells: &[Tally]) -> Result<Fit, FitError> {
    if let Some((cell, &tally)) = cells.iter().enumerate().find(|(_, t)| t.successes > t.trials) {
        return Err(FitError::MoreSuccessesThanTrials { cell, tally });
    }
    let all: Tally = cells.iter().copied().sum();
    if all.trials == 0 {
        return Err(FitError::NoTrials);
    }
    let likelihood = Likelihood::new(cells);
    let pooled = likelihood.pooled(all);
    let best = (all.successes > 0 && all.failures() > 0).then(|| search::best(&likelihood, all)).flatten();
    // A gain within the rounding of the sums is none.
    let rounding = 1e-12 * (1.0 + pooled.abs());
    Ok(match best.filter(|peak| peak.value > pooled + rounding) {
        Some(peak) => Fit {
            prior: Prior::Beta { alpha: peak.alpha, beta: peak.beta },
            log_likelihood: peak.value,
            pooled_log_likelihood: pooled,
            covariance: peak.covariance,
        },
        None => {
            let prior = Prior::Pooled { all };
            let Posterior { alpha, beta } = prior.shrink(Tally::default());
            let variance = (alpha + beta) / (alpha * beta);
            Fit {
                prior,
                log_likelihood: pooled,
                pooled_log_likelihood: pooled,
                covariance: [[variance, 0.0], [0.0, 0.0]],
            }
        }
    })
}
