//! The beta–binomial log-likelihood and its derivatives.

use crate::core::stats::proportion::Tally;
use crate::core::stats::special::Rising;

/// The counts of all cells, equal ones merged: Σ of ln(a)ₘ over successes, over failures and over trials is all that
/// the likelihood needs, with (a)ₘ = a(a + 1)…(a + m − 1).
pub(super) struct Likelihood {
    successes: Vec<(u64, f64)>,
    failures: Vec<(u64, f64)>,
    trials: Vec<(u64, f64)>,
    /// Σ ln C(n, x).
    coefficients: f64,
}

/// The likelihood at u = logit μ, v = ln s: value, gradient and Hessian.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub value: f64,
    pub gradient: [f64; 2],
    /// By (u, u), (u, v), (v, v).
    pub hessian: [f64; 3],
}

/// Values and how often each occurs.
fn merged(mut values: Vec<u64>) -> Vec<(u64, f64)> {
    values.sort_unstable();
    values.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as f64)).filter(|run| run.0 > 0).collect()
}

/// The sums of ln(a)ₘ and its first two derivatives by a.
fn sums(a: f64, counts: &[(u64, f64)]) -> [f64; 3] {
    let rising = Rising::new(a);
    let mut sums = [0.0; 3];
    for &(m, times) in counts {
        for (sum, term) in sums.iter_mut().zip(rising.at(m)) {
            *sum += times * term;
        }
    }
    sums
}

/// α and β at u = logit μ and v = ln s.
pub(super) fn shapes(u: f64, v: f64) -> (f64, f64) {
    let s = libm::exp(v);
    (s / (1.0 + libm::exp(-u)), s / (1.0 + libm::exp(u)))
}

impl Likelihood {
    pub fn new(cells: &[Tally]) -> Likelihood {
        let of = |count: fn(&Tally) -> u64| merged(cells.iter().map(count).collect());
        let (successes, failures, trials) = (of(|t| t.successes), of(|t| t.failures()), of(|t| t.trials));
        // (1)ₘ = m!
        let factorials = |counts: &[(u64, f64)]| sums(1.0, counts)[0];
        let coefficients = factorials(&trials) - factorials(&successes) - factorials(&failures);
        Likelihood { successes, failures, trials, coefficients }
    }

    /// The log-likelihood of one rate for all cells, that of their sum.
    pub fn pooled(&self, all: Tally) -> f64 {
        let term = |count: u64| {
            let count = count as f64;
            if count > 0.0 { count * libm::log(count / all.trials as f64) } else { 0.0 }
        };
        self.coefficients + term(all.successes) + term(all.failures())
    }

    /// With S, F, T the sums over successes at α, failures at β, trials at s, dashes for derivatives, and
    /// k = dα/du = sμ(1 − μ): value S + F − T, gradient (k(S′ − F′), αS′ + βF′ − sT′).
    pub fn at(&self, u: f64, v: f64) -> At {
        let (alpha, beta) = shapes(u, v);
        let s = libm::exp(v);
        let [s0, s1, s2] = sums(alpha, &self.successes);
        let [f0, f1, f2] = sums(beta, &self.failures);
        let [t0, t1, t2] = sums(s, &self.trials);
        let k = alpha * (beta / s);
        let by_u = k * (s1 - f1);
        let by_v = alpha * s1 + beta * f1 - s * t1;
        At {
            value: self.coefficients + s0 + f0 - t0,
            gradient: [by_u, by_v],
            hessian: [
                k * k * (s2 + f2) + by_u * (beta - alpha) / s,
                by_u + k * (alpha * s2 - beta * f2),
                by_v + alpha * alpha * s2 + beta * beta * f2 - s * s * t2,
            ],
        }
    }
}
