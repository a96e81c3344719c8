//! Gamma–Gamma: how much a customer spends at a purchase.
//!
//! The amounts of a customer vary around a mean of the customer's own, Gamma(p, ν); ν differs between customers as
//! Gamma(q, γ). Spend must not depend on how often somebody buys: see [`correlation`].
//!
//! Source: Fader & Hardie, "The Gamma–Gamma model of monetary value" (2013).

use super::fit::{Estimates, Unfit, maximize};
use crate::core::random::Random;
use crate::core::stats::optimize::At;
use crate::core::stats::special::{digamma, ln_gamma};
use serde::{Deserialize, Serialize};

/// The three parameters. γ is money, in the unit of the spend.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GammaGamma {
    pub p: f64,
    pub q: f64,
    pub gamma: f64,
}

/// What a customer has spent: over `purchases` repeat purchases (at least one), `mean` on average (above zero).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spend {
    pub purchases: u32,
    pub mean: f64,
}

/// Why no model of spend can be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpendRefusal {
    /// Fewer than three customers with repeat purchases and spend above zero.
    TooFewCustomers {
        found: u64,
    },
    /// All spend the same.
    AllAlike,
    /// Who buys more often spends more (or less) each time: the model takes them for independent.
    TiedToFrequency {
        correlation: f64,
    },
    /// A parameter goes to infinity or to nothing (p, q or γ by its position), or no top was found.
    RunsAway {
        parameter: usize,
        upward: bool,
    },
    NoTop,
    /// q ≤ 1: the fitted distribution of spend has no mean.
    NoMean {
        q: f64,
    },
}

/// From this correlation on, of either sign, spend is taken to depend on frequency, and no model is fitted.
pub const TIED: f64 = 0.5;

/// Customers with the same number of purchases share what depends on it.
struct Prepared<'a> {
    spends: &'a [Spend],
    /// Distinct numbers of purchases, how many customers have each, and Σ x ln m̄ of all.
    purchases: Vec<(u32, f64)>,
    /// The position in `purchases` of each number, by the number; and of each customer.
    of_customer: Vec<u32>,
    constant: f64,
    weight: f64,
}

impl<'a> Prepared<'a> {
    fn new(spends: &'a [Spend], weight: f64) -> Prepared<'a> {
        let mut distinct: Vec<u32> = spends.iter().map(|spend| spend.purchases).collect();
        distinct.sort_unstable();
        let purchases: Vec<(u32, f64)> =
            distinct.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as f64)).collect();
        let place = |spend: &Spend| purchases.partition_point(|known| known.0 < spend.purchases) as u32;
        let of_customer = spends.iter().map(place).collect();
        // −Σ ln m̄, which no parameter changes.
        let constant = -spends.iter().map(|spend| libm::log(spend.mean)).sum::<f64>();
        Prepared { spends, of_customer, purchases, constant, weight }
    }

    /// lnΓ(px + q) − lnΓ(px) − lnΓ(q) + q ln γ + px ln(x m̄) − ln m̄ − (px + q) ln(γ + x m̄), summed.
    fn log_likelihood(&self, &[p, q, gamma]: &[f64; 3]) -> At<3> {
        let (ln_gamma_q, digamma_q, ln_scale) = (ln_gamma(q), digamma(q), libm::log(gamma));
        let (mut value, mut by_p, mut by_q, mut by_gamma) = (self.constant, 0.0, 0.0, 0.0);
        for &(x, n) in &self.purchases {
            let shape = p * f64::from(x);
            let (all, digamma_all) = (shape + q, digamma(shape + q));
            value += n * (ln_gamma(all) - ln_gamma(shape) - ln_gamma_q + q * ln_scale);
            by_p += n * f64::from(x) * (digamma_all - digamma(shape));
            by_q += n * (digamma_all - digamma_q + ln_scale);
            by_gamma += n * q / gamma;
        }
        for (spend, &place) in self.spends.iter().zip(&self.of_customer) {
            let x = f64::from(self.purchases[place as usize].0);
            let (total, shape) = (x * spend.mean, p * x);
            let ln_sum = libm::log(gamma + total);
            // ln(x m̄/(γ + x m̄)) without the difference of two logarithms.
            let ln_share = -libm::log1p(gamma / total);
            value += shape * ln_share - q * ln_sum;
            by_p += x * ln_share;
            by_q -= ln_sum;
            by_gamma -= (shape + q) / (gamma + total);
        }
        At { value: self.weight * value, gradient: [by_p, by_q, by_gamma].map(|slope| self.weight * slope) }
    }
}

/// The log-likelihood of all customers at (p, q, γ), and its gradient.
pub fn log_likelihood(spends: &[Spend], place: &[f64; 3]) -> At<3> {
    Prepared::new(spends, 1.0).log_likelihood(place)
}

/// The correlation (Pearson's) of the number of purchases and their mean spend, which the model takes to be none; `None`
/// where one of them does not vary.
///
/// ```
/// use quintile::core::clv::gamma_gamma::{Spend, correlation};
/// let tied: Vec<Spend> = (1..9).map(|x| Spend { purchases: x, mean: f64::from(x) * 10.0 }).collect();
/// assert!((correlation(&tied).unwrap() - 1.0).abs() < 1e-12);
/// ```
pub fn correlation(spends: &[Spend]) -> Option<f64> {
    let n = spends.len() as f64;
    let mean = |value: fn(&Spend) -> f64| spends.iter().map(value).sum::<f64>() / n;
    let (x, y) = (mean(|spend| spend.purchases.into()), mean(|spend| spend.mean));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for spend in spends {
        let (u, v) = (f64::from(spend.purchases) - x, spend.mean - y);
        (xx, xy, yy) = (xx + u * u, xy + u * v, yy + v * v);
    }
    // A column of equal numbers varies by rounding alone.
    let varies = |square: f64, mean: f64| square > 1e-20 * n * mean * mean;
    (n > 1.0 && varies(xx, x) && varies(yy, y)).then(|| (xy / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0))
}

/// Fits p, q and γ by maximum likelihood to the customers with repeat purchases.
pub fn fit(spends: &[Spend], progress: &mut dyn FnMut(f64)) -> Result<Estimates<3>, SpendRefusal> {
    if spends.len() < 3 {
        return Err(SpendRefusal::TooFewCustomers { found: spends.len() as u64 });
    }
    if let Some(correlation) = correlation(spends).filter(|correlation| correlation.abs() >= TIED) {
        return Err(SpendRefusal::TiedToFrequency { correlation });
    }
    let first = spends[0].mean;
    if spends.iter().all(|spend| (spend.mean - first).abs() <= 1e-12 * first) {
        return Err(SpendRefusal::AllAlike);
    }
    let unit = spends.iter().map(|spend| spend.mean).sum::<f64>() / spends.len() as f64;
    let scaled: Vec<Spend> = spends.iter().map(|spend| Spend { mean: spend.mean / unit, ..*spend }).collect();
    let every = spends.len() / (4 * super::model::PART);
    let part: Vec<Spend> =
        if every >= 2 { scaled.iter().step_by(every).copied().collect() } else { Vec::new() };
    let full = Prepared::new(&scaled, 1.0);
    let rough = if part.is_empty() {
        Prepared::new(&scaled, 1.0)
    } else {
        Prepared::new(&part, scaled.len() as f64 / part.len() as f64)
    };
    // The mean pγ/(q − 1) is 1 at every start.
    let starts = [[6.0, 4.0, 0.5], [1.0, 3.0, 2.0], [20.0, 8.0, 0.35]];
    let found =
        maximize(|place| full.log_likelihood(place), |place| rough.log_likelihood(place), &starts, progress);
    let mut estimates = found.map_err(|unfit| match unfit {
        Unfit::RunsAway { parameter, upward } => SpendRefusal::RunsAway { parameter, upward },
        Unfit::NoTop => SpendRefusal::NoTop,
    })?;
    estimates.values[2] *= unit;
    estimates.log_likelihood -= spends.len() as f64 * libm::log(unit);
    let q = estimates.values[1];
    if q <= 1.0 { Err(SpendRefusal::NoMean { q }) } else { Ok(estimates) }
}

impl GammaGamma {
    pub fn new([p, q, gamma]: [f64; 3]) -> GammaGamma {
        GammaGamma { p, q, gamma }
    }

    /// The mean over all customers, pγ/(q − 1), for q > 1; it is what a customer without repeat purchases is expected to
    /// spend.
    ///
    /// ```
    /// use quintile::core::clv::gamma_gamma::GammaGamma;
    /// // Fader & Hardie 2013, CDNOW: $35.17.
    /// let cdnow = GammaGamma { p: 6.24880, q: 3.74459, gamma: 15.44775 };
    /// assert!((cdnow.mean() - 35.171).abs() < 0.0005);
    /// ```
    pub fn mean(&self) -> f64 {
        self.p * self.gamma / (self.q - 1.0)
    }

    /// What a customer is expected to spend at a purchase: E[M | x, m̄] = p(γ + x m̄)/(px + q − 1), between the own mean and
    /// that of all.
    pub fn expected(&self, spend: &Spend) -> f64 {
        let x = f64::from(spend.purchases);
        self.p * (self.gamma + x * spend.mean) / (self.p * x + self.q - 1.0)
    }

    /// ν of a drawn customer, of whom nothing or this spend is known: Gamma(q + px, γ + x m̄). A purchase is Gamma(p, ν).
    pub fn draw_rate(&self, random: &mut Random, known: Option<&Spend>) -> f64 {
        let (x, total) = known.map_or((0.0, 0.0), |known| {
            let x = f64::from(known.purchases);
            (x, x * known.mean)
        });
        random.gamma(self.q + self.p * x, self.gamma + total)
    }

    /// The mean spend of a drawn customer over so many purchases (at least one).
    pub fn draw(&self, random: &mut Random, purchases: u32) -> f64 {
        let rate = self.draw_rate(random, None);
        let x = f64::from(purchases);
        random.gamma(self.p * x, rate * x)
    }
}
