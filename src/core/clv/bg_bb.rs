//! BG/BB: customers who can buy once in each period (a year's appeal, a weekly market), and may leave after any period.
//!
//! A customer who is still one buys in a period with the probability p, Beta(α, β) over customers, and leaves at the
//! beginning of each period with the probability θ, Beta(γ, δ) over customers.
//!
//! Source: Fader, Hardie & Shang, "Customer-base analysis in a discrete-time noncontractual setting", Marketing Science 29
//! (2010).
//!
//! L(x, t_x, n) = B(α + x, β + n − x)/B(α, β) · B(γ, δ + n)/B(γ, δ)
//! + Σ_{i = 0}^{n − t_x − 1} B(α + x, β + t_x − x + i)/B(α, β) · B(γ + 1, δ + t_x + i)/B(γ, δ).

use super::fit::{Estimates, maximize};
use super::model::{ModelRefusal, PART, Purchases, time_unit};
use super::rows::{History, Rows};
use crate::core::random::Random;
use crate::core::stats::hypergeometric::hyp2f1_one;
use crate::core::stats::optimize::At;
use crate::core::stats::special::Rising;
use serde::{Deserialize, Serialize};

/// The four parameters. Recency and age of a history are whole periods, and there is at most one purchase in each.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BgBb {
    pub alpha: f64,
    pub beta: f64,
    pub gamma: f64,
    pub delta: f64,
}

/// Rising factorials of all that the likelihood is made of, by the whole number that is added: value and slope.
struct Tables {
    alpha: Vec<[f64; 3]>,
    beta: Vec<[f64; 3]>,
    alpha_beta: Vec<[f64; 3]>,
    delta: Vec<[f64; 3]>,
    gamma_delta: Vec<[f64; 3]>,
}

impl Tables {
    fn new(&[alpha, beta, gamma, delta]: &[f64; 4], periods: usize) -> Tables {
        let table = |a: f64| {
            let rising = Rising::new(a);
            (0..=periods as u64 + 1).map(|m| rising.at(m)).collect()
        };
        Tables {
            alpha: table(alpha),
            beta: table(beta),
            alpha_beta: table(alpha + beta),
            delta: table(delta),
            gamma_delta: table(gamma + delta),
        }
    }

    /// ln of B(α + x, β + m − x)/B(α, β), x purchases in m periods, with its slopes by α and β.
    fn bought(&self, x: usize, m: usize) -> (f64, [f64; 2]) {
        let (a, b, ab) = (&self.alpha[x], &self.beta[m - x], &self.alpha_beta[m]);
        (a[0] + b[0] - ab[0], [a[1] - ab[1], b[1] - ab[1]])
    }

    /// ln of B(γ, δ + m)/B(γ, δ), m periods stayed, with its slopes by γ and δ.
    fn stayed(&self, m: usize) -> (f64, [f64; 2]) {
        let (d, gd) = (&self.delta[m], &self.gamma_delta[m]);
        (d[0] - gd[0], [-gd[1], d[1] - gd[1]])
    }

    /// ln of B(γ + 1, δ + m)/B(γ, δ), left after m periods, with its slopes.
    fn left(&self, m: usize, gamma: f64) -> (f64, [f64; 2]) {
        let (d, gd) = (&self.delta[m], &self.gamma_delta[m + 1]);
        (libm::log(gamma) + d[0] - gd[0], [1.0 / gamma - gd[1], d[1] - gd[1]])
    }
}

/// The whole periods of a history.
fn periods(history: &History) -> (usize, usize, usize) {
    (history.repeat_frequency as usize, history.recency.round() as usize, history.age.round() as usize)
}

/// A part of the likelihood: its logarithm, and its slopes by the four parameters.
type Part = (f64, [f64; 4]);

impl Tables {
    /// x purchases in m periods, and then left.
    fn gone(&self, x: usize, m: usize, gamma: f64) -> Part {
        joined(self.bought(x, m), self.left(m, gamma))
    }

    /// x purchases in n periods, and still a customer.
    fn here(&self, x: usize, n: usize) -> Part {
        joined(self.bought(x, n), self.stayed(n))
    }
}

fn joined(bought: (f64, [f64; 2]), end: (f64, [f64; 2])) -> Part {
    (bought.0 + end.0, [bought.1[0], bought.1[1], end.1[0], end.1[1]])
}

/// Below this a sum of parts has lost its digits.
const LOST: f64 = 1e-200;

/// The log-likelihood of all rows at (α, β, γ, δ), and its gradient.
pub fn log_likelihood(rows: &Rows, place: &[f64; 4]) -> At<4> {
    let longest = rows.times.last().map_or(0, |time| time.round() as usize);
    let tables = Tables::new(place, longest);
    let mut at = At { value: 0.0, gradient: [0.0; 4] };
    // Rows of one x share the parts of having left, taken beside the largest of them.
    let mut gone: Vec<Part> = Vec::new();
    for of_x in rows.rows.chunk_by(|a, b| a.x == b.x) {
        let (x, first, _) = periods(&rows.history(&of_x[0]));
        let end = of_x.iter().map(|row| periods(&rows.history(row)).2).max().unwrap_or(first);
        gone.clear();
        gone.extend((first..end).map(|m| tables.gone(x, m, place[2])));
        let largest = gone.iter().map(|part| part.0).fold(tables.here(x, end).0, f64::max);
        gone.iter_mut().for_each(|part| part.0 = libm::exp(part.0 - largest));
        for row in of_x {
            let (_, last, n) = periods(&rows.history(row));
            let (here, by_here) = tables.here(x, n);
            let share = libm::exp(here - largest);
            let (mut sum, mut slope) = (share, by_here.map(|by| share * by));
            for (part, by) in &gone[last - first..n - first] {
                sum += part;
                slope.iter_mut().zip(by).for_each(|(sum, by)| *sum += part * by);
            }
            let mut value = largest + libm::log(sum);
            if sum < LOST {
                (value, sum, slope) = alone(&tables, (x, last, n), place[2]);
            }
            at.value += row.weight * value;
            at.gradient.iter_mut().zip(slope).for_each(|(total, slope)| *total += row.weight * slope / sum);
        }
    }
    at
}

/// The logarithm of one row's likelihood, and sum and slopes of its parts beside their own largest.
fn alone(tables: &Tables, (x, last, n): (usize, usize, usize), gamma: f64) -> (f64, f64, [f64; 4]) {
    let parts = || (last..n).map(|m| tables.gone(x, m, gamma)).chain([tables.here(x, n)]);
    let largest = parts().map(|part| part.0).fold(f64::NEG_INFINITY, f64::max);
    let (mut sum, mut slope) = (0.0, [0.0; 4]);
    for (value, by) in parts() {
        let share = libm::exp(value - largest);
        sum += share;
        slope.iter_mut().zip(by).for_each(|(sum, by)| *sum += share * by);
    }
    (largest + libm::log(sum), sum, slope)
}

/// Fits the four parameters by maximum likelihood.
pub fn fit(rows: &Rows, progress: &mut dyn FnMut(f64)) -> Result<Estimates<4>, ModelRefusal> {
    time_unit(rows)?;
    let rough = rows.part(PART);
    let rough = rough.as_ref().unwrap_or(rows);
    let starts = [[1.0, 1.0, 0.7, 3.0], [0.5, 3.0, 0.5, 10.0], [3.0, 1.0, 2.0, 5.0]];
    let found = maximize(
        |place| log_likelihood(rows, place),
        |place| log_likelihood(rough, place),
        &starts,
        progress,
    );
    found.map_err(|unfit| ModelRefusal::of(unfit, ["α", "β", "γ", "δ"]))
}

impl BgBb {
    pub fn new([alpha, beta, gamma, delta]: [f64; 4]) -> BgBb {
        BgBb { alpha, beta, gamma, delta }
    }

    fn values(&self) -> [f64; 4] {
        [self.alpha, self.beta, self.gamma, self.delta]
    }

    /// The shares of the likelihood: that the customer stayed for all n periods, and all together.
    fn shares(&self, history: &History) -> (f64, f64) {
        let (x, last, n) = periods(history);
        let tables = Tables::new(&self.values(), n);
        let here = tables.bought(x, n).0 + tables.stayed(n).0;
        let gone: f64 =
            (last..n).map(|m| libm::exp(tables.bought(x, m).0 + tables.left(m, self.gamma).0 - here)).sum();
        (1.0, 1.0 + gone)
    }

    /// The probability that a customer with this history, alive after n periods, stays for `more` further ones:
    /// B(γ, δ + n + m)/B(γ, δ + n).
    fn stays(&self, n: u64, more: u64) -> f64 {
        let rising = |a: f64| Rising::new(a).at(more)[0];
        let age = n as f64;
        libm::exp(rising(self.delta + age) - rising(self.gamma + self.delta + age))
    }

    /// The probability that a customer will still be one in period n + 1, in which nothing is seen yet; the paper's
    /// "probability of being alive".
    pub fn p_alive_next(&self, history: &History) -> f64 {
        self.p_alive(history) * self.stays(history.age.round() as u64, 1)
    }

    /// The discounted expected residual transactions over all time to come, at `rate` per period:
    /// Σ_{i ≥ 1} (purchases in period n + i)/(1 + d)^i = E[p] · P(alive) ·
    /// (δ + n)/(γ + δ + n)/(1 + d) · ₂F₁(1, δ + n + 1; γ + δ + n + 1; 1/(1 + d)). `None` for d ≤ 0.
    pub fn dert(&self, history: &History, rate: f64) -> Option<f64> {
        if rate <= 0.0 {
            return None;
        }
        let (stay, all) = (self.delta + history.age, self.gamma + self.delta + history.age);
        let chance = self.chance(history.repeat_frequency, history.age);
        let sum = hyp2f1_one(stay + 1.0, all + 1.0, 1.0 / (1.0 + rate)) / (1.0 + rate);
        Some(self.p_alive(history) * chance * stay / all * sum)
    }

    /// (α + x)/(α + β + n): the chance of a purchase in a period, as far as it is known after n periods.
    fn chance(&self, x: u32, age: f64) -> f64 {
        (self.alpha + f64::from(x)) / (self.alpha + self.beta + age)
    }

    /// Σ_{i = 1}^{t} of the probability of staying for i further periods, each times `factor`^i; a part of a period counts
    /// for its share.
    fn periods_to_come(&self, age: f64, t: f64, factor: f64) -> f64 {
        let (mut stay, mut all) = (self.delta + age, self.gamma + self.delta + age);
        let (mut chance, mut sum, mut left) = (1.0, 0.0, t);
        while left > 0.0 {
            chance *= stay / all * factor;
            sum += chance * left.min(1.0);
            (stay, all, left) = (stay + 1.0, all + 1.0, left - 1.0);
        }
        sum
    }
}

impl Purchases for BgBb {
    fn p_alive(&self, history: &History) -> f64 {
        let (here, all) = self.shares(history);
        here / all
    }

    fn expected_if_alive(&self, x: u32, age: f64, t: f64) -> f64 {
        self.chance(x, age) * self.periods_to_come(age, t, 1.0)
    }

    /// Σ over the periods to come: stayed for them, and bought in this one first.
    fn buys_if_alive(&self, x: u32, age: f64, t: f64) -> f64 {
        let (buys, all) = (self.alpha + f64::from(x), self.alpha + self.beta + age);
        let (mut stay, mut ends) = (self.delta + age, self.gamma + self.delta + age);
        let (mut stays, mut not_yet, mut sum) = (1.0, 1.0, 0.0);
        for period in 0..t.round() as u32 {
            stays *= stay / ends;
            let passed = f64::from(period);
            sum += stays * not_yet * buys / (all + passed);
            not_yet *= (all - buys + passed) / (all + passed);
            (stay, ends) = (stay + 1.0, ends + 1.0);
        }
        sum
    }

    fn expected(&self, t: f64) -> f64 {
        self.expected_if_alive(0, 0.0, t)
    }

    /// P(X(n) = x): as the likelihood, with C(m, x) orders of x purchases in m periods.
    fn probabilities(&self, t: f64, most: u32) -> Vec<f64> {
        let n = t.round() as usize;
        let tables = Tables::new(&self.values(), n);
        let factorial = Rising::new(1.0);
        let ln_orders = |m: usize, x: usize| {
            factorial.at(m as u64)[0] - factorial.at(x as u64)[0] - factorial.at((m - x) as u64)[0]
        };
        let chance = |x: usize| {
            if x > n {
                return 0.0;
            }
            let part = |m: usize, end: f64| libm::exp(ln_orders(m, x) + tables.bought(x, m).0 + end);
            let left: f64 = (x..n).map(|m| part(m, tables.left(m, self.gamma).0)).sum();
            part(n, tables.stayed(n).0) + left
        };
        (0..=most as usize).map(chance).collect()
    }

    fn time_scale(&self, _x: u32, age: f64) -> f64 {
        self.gamma + self.delta + age
    }

    /// Purchases of period i discounted by e^{−δi}: at the end of each period.
    fn discounted_if_alive(&self, x: u32, age: f64, t: f64, force: f64) -> f64 {
        self.chance(x, age) * self.periods_to_come(age, t, libm::exp(-force))
    }

    fn draw(&self, random: &mut Random, until: f64) -> Vec<f64> {
        let (buys, leaves) = (random.beta(self.alpha, self.beta), random.beta(self.gamma, self.delta));
        let mut times = Vec::new();
        let mut period = 1.0;
        while period <= until && !random.chance(leaves) {
            if random.chance(buys) {
                times.push(period);
            }
            period += 1.0;
        }
        times
    }

    /// What is known of the customer moves the parameters: p ~ Beta(α + x, β + n − x), θ ~ Beta(γ, δ + n).
    fn draw_if_alive(&self, random: &mut Random, x: u32, age: f64, t: f64) -> Vec<f64> {
        let x = f64::from(x);
        BgBb::new([self.alpha + x, self.beta + age - x, self.gamma, self.delta + age]).draw(random, t)
    }
}
