//! The shifted beta–geometric model: how many customers under contract are left after so many renewals.
//!
//! Each customer leaves at every renewal with the same probability θ all along; the customers differ, as Beta(α, β). The
//! retention rate of a cohort then rises with its age, though nobody becomes more loyal: those who leave easily leave first.
//!
//! Source: Fader & Hardie, "How to project customer retention", Journal of Interactive Marketing 21 (2007); "Customer-base
//! valuation in a contractual setting: the perils of ignoring heterogeneity", Marketing Science 29 (2010), for the
//! discounted lifetime.

use super::fit::{Estimates, Unfit, maximize};
use crate::core::stats::hypergeometric::hyp2f1_one;
use crate::core::stats::optimize::At;
use crate::core::stats::special::Rising;
use serde::{Deserialize, Serialize};

/// The two parameters: the probability of leaving at a renewal is distributed over customers as Beta(α, β).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sbg {
    pub alpha: f64,
    pub beta: f64,
}

impl Sbg {
    /// The share of a cohort that is still there after `t` periods: S(t) = B(α, β + t)/B(α, β); S(0) = 1.
    ///
    /// ```
    /// use quintile::core::clv::sbg::Sbg;
    /// let model = Sbg { alpha: 1.0, beta: 1.0 };
    /// // Every probability of leaving is as frequent: S(t) = 1/(t + 1).
    /// assert!((model.survival(3) - 0.25).abs() < 1e-15);
    /// ```
    pub fn survival(&self, t: u32) -> f64 {
        let [kept, ..] = Rising::new(self.beta).at(t.into());
        let [all, ..] = Rising::new(self.alpha + self.beta).at(t.into());
        libm::exp(kept - all)
    }

    /// The share of those left after `t` − 1 periods who stay for another: r(t) = S(t)/S(t − 1) = (β + t − 1)/(α + β + t − 1),
    /// for t ≥ 1. It rises with t.
    pub fn retention_rate(&self, t: u32) -> f64 {
        let kept = self.beta + f64::from(t) - 1.0;
        kept / (self.alpha + kept)
    }

    /// The discounted expected residual lifetime of a customer who is about to decide on renewal number `renewal` (1 is the
    /// first): Σ_{t ≥ n} S(t)/S(n − 1) / (1 + d)^(t − n), in periods, the period that begins with this renewal counted in full.
    ///
    /// With n = `renewal` and d = `discount_rate` per period it is
    /// (β + n − 1)/(α + β + n − 1) · ₂F₁(1, β + n; α + β + n; 1/(1 + d)); for d = 0, (β + n − 1)/(α − 1), which is infinite
    /// unless α > 1. `None` where it is infinite, d is negative or `renewal` is 0.
    ///
    /// ```
    /// use quintile::core::clv::sbg::Sbg;
    /// // Fader & Hardie 2010: nearly alike customers, 10 % a year.
    /// let model = Sbg { alpha: 3.8, beta: 15.2 };
    /// assert!((model.derl(1, 0.1).unwrap() - 3.31).abs() < 0.005);
    /// ```
    pub fn derl(&self, renewal: u32, discount_rate: f64) -> Option<f64> {
        let kept = self.beta + f64::from(renewal.checked_sub(1)?);
        self.discounted(kept, discount_rate).map(|sum| kept / (self.alpha + kept) * sum)
    }

    /// The discounted expected lifetime of a new customer, whose first period is paid for at once:
    /// Σ_{t ≥ 0} S(t)/(1 + d)^t = ₂F₁(1, β; α + β; 1/(1 + d)). `None` where it is infinite or d is negative.
    pub fn discounted_lifetime(&self, discount_rate: f64) -> Option<f64> {
        self.discounted(self.beta - 1.0, discount_rate)
    }

    /// ₂F₁(1, k + 1; α + k + 1; 1/(1 + d)); at d = 0 it is (α + k)/(α − 1).
    fn discounted(&self, kept: f64, discount_rate: f64) -> Option<f64> {
        if discount_rate == 0.0 {
            return (self.alpha > 1.0).then(|| (self.alpha + kept) / (self.alpha - 1.0));
        }
        let factor = 1.0 / (1.0 + discount_rate);
        (discount_rate > 0.0).then(|| hyp2f1_one(kept + 1.0, self.alpha + kept + 1.0, factor))
    }
}

/// A model fitted to a table of survivors.
#[derive(Clone, Debug, PartialEq)]
pub struct SbgFit {
    pub model: Sbg,
    /// Σ_t lost_t ln P(T = t) + left_m ln S(m).
    pub log_likelihood: f64,
    /// α and β with their standard errors.
    pub estimates: Estimates<2>,
}

/// Why a table of survivors has no model. Periods are counted from 1, the beginning of the cohort is 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SbgRefusal {
    /// Two parameters need the survivors of two periods at least, after those of the beginning.
    TooFewPeriods {
        found: usize,
    },
    /// A count is no number, or below zero.
    BadCount {
        period: usize,
        value: f64,
    },
    /// More survivors than the period before.
    Rises {
        period: usize,
        before: f64,
        value: f64,
    },
    NobodyAtTheBeginning,
    /// Nobody has left, or nobody has stayed over the first period.
    NothingToLearn {
        left: f64,
        of: f64,
    },
    /// The retention rate does not rise: the likelihood grows on as the customers become alike. They all stay at this rate.
    AllAlike {
        retention_rate: f64,
    },
    /// The likelihood grows on as the customers divide into those who never leave and those who leave at once.
    Divided,
}

/// Fits α and β to the survivors of a cohort by maximum likelihood.
///
/// `survivors[t]` customers are left after t periods, `survivors[0]` at the beginning; they need not be whole (shares of a
/// cohort times its size). Each period gives lost_t ln(α/(α + β + t − 1)) + left_t ln((β + t − 1)/(α + β + t − 1)). The standard
/// errors take the numbers for customers: shares would give wrong ones.
///
/// ```
/// use quintile::core::clv::sbg::fit;
/// // Fader & Hardie 2007, regular customers: 1,000 at the beginning.
/// let survivors = [1000.0, 631.0, 468.0, 382.0, 326.0, 289.0, 262.0, 241.0];
/// let fitted = fit(&survivors).unwrap();
/// assert!((fitted.model.alpha - 0.704).abs() < 0.0005 && (fitted.model.beta - 1.182).abs() < 0.0005);
/// ```
pub fn fit(survivors: &[f64]) -> Result<SbgFit, SbgRefusal> {
    check(survivors)?;
    let likelihood = |&[alpha, beta]: &[f64; 2]| {
        let mut at = At { value: 0.0, gradient: [0.0; 2] };
        for (before, pair) in survivors.windows(2).enumerate() {
            let (of, left) = (pair[0], pair[1]);
            let (kept, all) = (beta + before as f64, alpha + beta + before as f64);
            at.value += (of - left) * libm::log(alpha / all) + left * libm::log(kept / all);
            at.gradient[0] += (of - left) / alpha - of / all;
            at.gradient[1] += left / kept - of / all;
        }
        at
    };
    let starts = [[1.0, 1.0], [0.2, 0.8], [5.0, 20.0], [20.0, 5.0]];
    let found = maximize(likelihood, likelihood, &starts, &mut |_| ());
    let estimates = found.map_err(|unfit| match unfit {
        Unfit::RunsAway { upward: true, .. } | Unfit::NoTop => {
            let (exposed, left) =
                survivors.windows(2).fold((0.0, 0.0), |(n, k), pair| (n + pair[0], k + pair[1]));
            SbgRefusal::AllAlike { retention_rate: left / exposed }
        }
        Unfit::RunsAway { upward: false, .. } => SbgRefusal::Divided,
    })?;
    let [alpha, beta] = estimates.values;
    Ok(SbgFit { model: Sbg { alpha, beta }, log_likelihood: estimates.log_likelihood, estimates })
}

fn check(survivors: &[f64]) -> Result<(), SbgRefusal> {
    if survivors.len() < 3 {
        return Err(SbgRefusal::TooFewPeriods { found: survivors.len().saturating_sub(1) });
    }
    if let Some((period, &value)) =
        survivors.iter().enumerate().find(|(_, value)| !(value.is_finite() && **value >= 0.0))
    {
        return Err(SbgRefusal::BadCount { period, value });
    }
    if let Some(at) = survivors.windows(2).position(|pair| pair[1] > pair[0]) {
        return Err(SbgRefusal::Rises { period: at + 1, before: survivors[at], value: survivors[at + 1] });
    }
    let (of, left) = (survivors[0], survivors[survivors.len() - 1]);
    if of == 0.0 {
        return Err(SbgRefusal::NobodyAtTheBeginning);
    }
    if left == of || survivors[1] == 0.0 {
        return Err(SbgRefusal::NothingToLearn { left, of });
    }
    Ok(())
}
