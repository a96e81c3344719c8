//! Pareto/NBD: customers buy at random as long as they live, and may leave at any moment.
//!
//! A customer buys at a rate λ, Gamma(r, α) over customers, and leaves at a rate μ, Gamma(s, β) over customers.
//!
//! Sources: Schmittlein, Morrison & Colombo, "Counting your customers: who are they and what will they do next?",
//! Management Science 33 (1987); Fader & Hardie, "A note on deriving the Pareto/NBD model and related expressions" (2005);
//! Fader, Hardie & Lee, "RFM and CLV", Journal of Marketing Research 42 (2005), for the discounted transactions.
//!
//! L(x, t_x, T) = Γ(r + x)/Γ(r) · α^r β^s · [(α + T)^−(r + x) (β + T)^−s + A(t_x) − A(T)], where
//! A(t) = s∫ₜ^∞ (α + u)^−(r + x) (β + u)^−(s + 1) du is usually written with ₂F₁ in two branches, α ≥ β and α ≤ β.

use super::fit::{Estimates, maximize};
use super::model::{ModelRefusal, PART, Purchases, time_unit};
use super::rows::{History, Pairs, Rows};
use crate::core::random::Random;
use crate::core::stats::optimize::At;
use crate::core::stats::quadrature::{exp_sinh, gauss, gauss_nodes};
use crate::core::stats::special::Rising;
use serde::{Deserialize, Serialize};

/// The four parameters. α and β are times, in the unit of the histories.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParetoNbd {
    pub r: f64,
    pub alpha: f64,
    pub s: f64,
    pub beta: f64,
}

/// A logarithm and its derivatives by (r, α, s, β).
#[derive(Clone, Copy)]
struct Log {
    value: f64,
    slope: [f64; 4],
}

/// Beyond this the series of the hypergeometric function is too long, and the integral is taken by quadrature, which is right for
/// r + x + s ≥ 0.1 and reaches no lower: a base whose r and s were both so small would hardly buy at all.
const SERIES_UP_TO: f64 = 0.98;

/// ln A(t) for p = r + x.
///
/// With z = (α − β)/(α + t) for α ≥ β, A(t) = s/κ · (α + t)^−p (β + t)^−s Σₙ (p)ₙ/(κ + 1)ₙ zⁿ, κ = r + s + x; with
/// z = (β − α)/(β + t) for α ≤ β, A(t) = s/κ · (α + t)^−(p − 1) (β + t)^−(s + 1) Σₙ (s + 1)ₙ/(κ + 1)ₙ zⁿ: Euler's
/// transformation of the published forms, in which nothing overflows, however many the purchases.
fn ln_tail(p: f64, alpha: f64, s: f64, beta: f64, t: f64) -> Log {
    let (by_alpha, by_beta) = (alpha + t, beta + t);
    let z = (alpha - beta).abs() / by_alpha.max(by_beta);
    if z > SERIES_UP_TO {
        return ln_tail_by_quadrature(p, alpha, s, beta, t);
    }
    let kappa = p + s;
    let upper = if alpha >= beta { p } else { s + 1.0 };
    let Series { sum, by_upper, by_lower, by_z } = series(upper, kappa + 1.0, z);
    let (ln_alpha, ln_beta) = (libm::log(by_alpha), libm::log(by_beta));
    let (upper_slope, lower_slope, z_slope) = (by_upper / sum, by_lower / sum, by_z / sum);
    let common = libm::log(s / kappa) + libm::log(sum);
    if alpha >= beta {
        Log {
            value: common - p * ln_alpha - s * ln_beta,
            slope: [
                -1.0 / kappa - ln_alpha + upper_slope + lower_slope,
                -p / by_alpha + z_slope * by_beta / (by_alpha * by_alpha),
                1.0 / s - 1.0 / kappa - ln_beta + lower_slope,
                -s / by_beta - z_slope / by_alpha,
            ],
        }
    } else {
        Log {
            value: common - (p - 1.0) * ln_alpha - (s + 1.0) * ln_beta,
            slope: [
                -1.0 / kappa - ln_alpha + lower_slope,
                -(p - 1.0) / by_alpha - z_slope / by_beta,
                1.0 / s - 1.0 / kappa - ln_beta + upper_slope + lower_slope,
                -(s + 1.0) / by_beta + z_slope * by_alpha / (by_beta * by_beta),
            ],
        }
    }
}

/// Σₙ (u)ₙ/(l)ₙ zⁿ and its derivatives by u, l and z.
struct Series {
    sum: f64,
    by_upper: f64,
    by_lower: f64,
    by_z: f64,
}

fn series(upper: f64, lower: f64, z: f64) -> Series {
    let mut series = Series { sum: 1.0, by_upper: 0.0, by_lower: 0.0, by_z: 0.0 };
    // zⁿ⁻¹ times the coefficient, and the sums of 1/(u + i) and 1/(l + i), i < n.
    let (mut coefficient, mut up, mut low) = (1.0, 0.0, 0.0);
    let mut n = 0.0;
    loop {
        let (in_upper, in_lower) = (1.0 / (upper + n), 1.0 / (lower + n));
        coefficient *= (upper + n) * in_lower;
        (up, low, n) = (up + in_upper, low + in_lower, n + 1.0);
        let term = coefficient * z;
        series.sum += term;
        series.by_upper += term * up;
        series.by_lower -= term * low;
        series.by_z += n * coefficient;
        // What is left falls at least as fast as zⁿ; the sum by z has the largest factor.
        if n * coefficient <= 1e-17 * (1.0 - z) * series.by_z {
            return series;
        }
        coefficient = term;
    }
}

fn ln_tail_by_quadrature(p: f64, alpha: f64, s: f64, beta: f64, t: f64) -> Log {
    let (by_alpha, by_beta) = (alpha + t, beta + t);
    // The integrand begins to fall over this time.
    let scale = 1.0 / (p / by_alpha + (s + 1.0) / by_beta);
    let (mut sum, mut slope) = (0.0, [0.0; 4]);
    exp_sinh(|u, weight| {
        let (more_alpha, more_beta) = (libm::log1p(u * scale / by_alpha), libm::log1p(u * scale / by_beta));
        let part = weight * libm::exp(-p * more_alpha - (s + 1.0) * more_beta);
        sum += part;
        slope[0] -= part * more_alpha;
        slope[1] -= part * p / (by_alpha + u * scale);
        slope[2] -= part * more_beta;
        slope[3] -= part * (s + 1.0) / (by_beta + u * scale);
    });
    let (ln_alpha, ln_beta) = (libm::log(by_alpha), libm::log(by_beta));
    Log {
        value: libm::log(s * scale * sum) - p * ln_alpha - (s + 1.0) * ln_beta,
        slope: [
            slope[0] / sum - ln_alpha,
            slope[1] / sum,
            1.0 / s + slope[2] / sum - ln_beta,
            slope[3] / sum,
        ],
    }
}

/// The rows with the pairs of x with t_x and of x with T, for which A(t) is computed once.
struct Prepared<'a> {
    rows: &'a Rows,
    recency: Pairs,
    age: Pairs,
}

impl<'a> Prepared<'a> {
    fn new(rows: &'a Rows) -> Prepared<'a> {
        Prepared { rows, recency: rows.pairs(|row| row.recency), age: rows.pairs(|row| row.age) }
    }

    fn log_likelihood(&self, &[r, alpha, s, beta]: &[f64; 4]) -> At<4> {
        let rows = self.rows;
        let rising = Rising::new(r);
        let (ln_alpha, ln_beta) = (libm::log(alpha), libm::log(beta));
        let mut at = At { value: 0.0, gradient: [0.0; 4] };
        for (&x, n) in rows.x.iter().zip(rows.by_x()) {
            let [bought, by_r, _] = rising.at(x.into());
            at.value += n * (bought + r * ln_alpha + s * ln_beta);
            let parts = [by_r + ln_alpha, r / alpha, ln_beta, s / beta];
            at.gradient.iter_mut().zip(parts).for_each(|(sum, part)| *sum += n * part);
        }
        let tails = |pairs: &Pairs| -> Vec<Log> {
            let tail = |&(x, time): &(u32, u32)| {
                let p = r + f64::from(rows.x[x as usize]);
                ln_tail(p, alpha, s, beta, rows.times[time as usize])
            };
            pairs.pairs.iter().map(tail).collect()
        };
        let (of_recency, of_age) = (tails(&self.recency), tails(&self.age));
        for (at_row, row) in rows.rows.iter().enumerate() {
            let (p, age) = (r + f64::from(rows.x[row.x as usize]), rows.times[row.age as usize]);
            let (ln_age_alpha, ln_age_beta) = (libm::log(alpha + age), libm::log(beta + age));
            let here = Log {
                value: -p * ln_age_alpha - s * ln_age_beta,
                slope: [-ln_age_alpha, -p / (alpha + age), -ln_age_beta, -s / (beta + age)],
            };
            let from = &of_recency[self.recency.of_row[at_row] as usize];
            let to = &of_age[self.age.of_row[at_row] as usize];
            // A(T) is at most the first part, so that the difference keeps its digits.
            let largest = here.value.max(from.value);
            let [now, since, beyond] = [here, *from, *to].map(|log| libm::exp(log.value - largest));
            let sum = now + since - beyond;
            at.value += row.weight * (largest + libm::log(sum));
            for (i, slope) in at.gradient.iter_mut().enumerate() {
                *slope +=
                    row.weight * ((now * here.slope[i] + since * from.slope[i] - beyond * to.slope[i]) / sum);
            }
        }
        at
    }
}

/// The log-likelihood of all rows at (r, α, s, β), and its gradient.
pub fn log_likelihood(rows: &Rows, place: &[f64; 4]) -> At<4> {
    Prepared::new(rows).log_likelihood(place)
}

/// Fits the four parameters by maximum likelihood.
pub fn fit(rows: &Rows, progress: &mut dyn FnMut(f64)) -> Result<Estimates<4>, ModelRefusal> {
    let unit = time_unit(rows)?;
    let scaled = rows.clone().in_units_of(unit);
    let part = scaled.part(PART);
    let (full, rough) = (Prepared::new(&scaled), Prepared::new(part.as_ref().unwrap_or(&scaled)));
    let purchases = rows.sum(|history| history.repeat_frequency.into());
    let rate = purchases / rows.sum(|history| history.age) * unit;
    let start = |r: f64, s: f64, beta: f64| [r, r / rate, s, beta];
    let starts = [start(0.6, 0.6, 0.4), start(2.0, 0.5, 2.0), start(0.3, 2.0, 1.0)];
    let found =
        maximize(|place| full.log_likelihood(place), |place| rough.log_likelihood(place), &starts, progress);
    let mut estimates = found.map_err(|unfit| ModelRefusal::of(unfit, ["r", "α", "s", "β"]))?;
    estimates.values[1] *= unit;
    estimates.values[3] *= unit;
    estimates.log_likelihood -= purchases * libm::log(unit);
    Ok(estimates)
}

impl ParetoNbd {
    pub fn new([r, alpha, s, beta]: [f64; 4]) -> ParetoNbd {
        ParetoNbd { r, alpha, s, beta }
    }

    /// β'·[1 − (β'/(β' + t))^(s − 1)]/(s − 1), the time in (0, t] that a customer with a leaving rate ~ Gamma(s, β') is
    /// expected to stay; at s = 1, β' ln(1 + t/β').
    fn stay(s: f64, beta: f64, t: f64) -> f64 {
        let passed = libm::log1p(t / beta);
        let exponent = (s - 1.0) * passed;
        // (1 − e^−y)/y, which is 1 at y = 0.
        let ratio = if exponent.abs() < 1e-300 { 1.0 } else { -libm::expm1(-exponent) / exponent };
        beta * passed * ratio
    }
}

impl Purchases for ParetoNbd {
    /// 1/(1 + (A(t_x) − A(T)) (α + T)^(r + x) (β + T)^s).
    fn p_alive(&self, history: &History) -> f64 {
        let p = self.r + f64::from(history.repeat_frequency);
        let tail = |t: f64| ln_tail(p, self.alpha, self.s, self.beta, t).value;
        let here = -p * libm::log(self.alpha + history.age) - self.s * libm::log(self.beta + history.age);
        let gone = libm::exp(tail(history.recency) - here) - libm::exp(tail(history.age) - here);
        1.0 / (1.0 + gone.max(0.0))
    }

    /// (r + x)/(α + T) · (β + T)/(s − 1) · [1 − ((β + T)/(β + T + t))^(s − 1)].
    fn expected_if_alive(&self, x: u32, age: f64, t: f64) -> f64 {
        (self.r + f64::from(x)) / (self.alpha + age) * ParetoNbd::stay(self.s, self.beta + age, t)
    }

    /// ∫₀ᵗ (r + x)/(α + T) · ((α + T)/(α + T + u))^(r + x + 1) ((β + T)/(β + T + u))^s du: the first purchase comes before the
    /// customer leaves.
    fn buys_if_alive(&self, x: u32, age: f64, t: f64) -> f64 {
        let (p, alpha, beta) = (self.r + f64::from(x), self.alpha + age, self.beta + age);
        // v = ln(1 + pu/α'), so that the first purchase comes after a v of about one.
        let range = libm::log1p(p * t / alpha);
        let parts = libm::ceil(range / 2.0).max(1.0);
        let part = |part: u32| {
            let (from, to) = (f64::from(part) * range / parts, f64::from(part + 1) * range / parts);
            gauss(from, to, |v| {
                let u = alpha / p * libm::expm1(v);
                let stays = -self.s * libm::log1p(u / beta) - (p + 1.0) * libm::log1p(u / alpha);
                libm::exp(v + stays)
            })
        };
        (0..parts as u32).map(part).sum()
    }

    /// r/α · β/(s − 1) · [1 − (β/(β + t))^(s − 1)].
    fn expected(&self, t: f64) -> f64 {
        self.r / self.alpha * ParetoNbd::stay(self.s, self.beta, t)
    }

    /// Over the time of leaving, ∫₀ᵗ NB(x; u) dF(u) + NB(x; t) S(t), with S(t) = (β/(β + t))^s.
    fn probabilities(&self, t: f64, most: u32) -> Vec<f64> {
        let arrivals = |u: f64, x: usize, before: f64| {
            if x == 0 {
                libm::exp(self.r * libm::log(self.alpha / (self.alpha + u)))
            } else {
                before * (self.r + x as f64 - 1.0) / x as f64 * (u / (self.alpha + u))
            }
        };
        let mut found = vec![0.0; most as usize + 1];
        let mut add = |u: f64, weight: f64| {
            let mut chance = 0.0;
            for (x, sum) in found.iter_mut().enumerate() {
                chance = arrivals(u, x, chance);
                *sum += weight * chance;
            }
        };
        // u = β(eᵛ − 1), so that dF = s e^{−sv} dv, in parts of at most one.
        let range = libm::log1p(t / self.beta);
        let parts = libm::ceil(range).max(1.0);
        for part in 0..parts as u32 {
            let (from, to) = (f64::from(part) * range / parts, f64::from(part + 1) * range / parts);
            gauss_nodes(from, to, |v, weight| {
                add(self.beta * libm::expm1(v), weight * self.s * libm::exp(-self.s * v));
            });
        }
        add(t, libm::exp(-self.s * range));
        found
    }

    fn time_scale(&self, _x: u32, age: f64) -> f64 {
        (self.beta + age) / self.s.max(1.0)
    }

    fn draw(&self, random: &mut Random, until: f64) -> Vec<f64> {
        let (rate, leaving) = (random.gamma(self.r, self.alpha), random.gamma(self.s, self.beta));
        let end = if leaving > 0.0 { random.exponential(leaving).min(until) } else { until };
        let mut times = Vec::new();
        if rate > 0.0 {
            let mut time = random.exponential(rate);
            while time <= end {
                times.push(time);
                time += random.exponential(rate);
            }
        }
        times
    }

    /// What is known of the customer moves the parameters: λ ~ Gamma(r + x, α + T), μ ~ Gamma(s, β + T).
    fn draw_if_alive(&self, random: &mut Random, x: u32, age: f64, t: f64) -> Vec<f64> {
        ParetoNbd::new([self.r + f64::from(x), self.alpha + age, self.s, self.beta + age]).draw(random, t)
    }
}
