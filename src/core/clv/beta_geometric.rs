//! BG/NBD and MBG/NBD: customers buy at random as long as they stay, and may leave after any purchase.
//!
//! A customer buys at a rate λ, Gamma(r, α) over customers, and leaves for good after a purchase with the probability p,
//! Beta(a, b) over customers. In the BG/NBD model nobody leaves before the first repeat purchase; in the modified MBG/NBD
//! model the first purchase of all can be the last.
//!
//! Sources: Fader, Hardie & Lee, "Counting your customers the easy way: an alternative to the Pareto/NBD model", Marketing
//! Science 24 (2005); Batislam, Denizel & Filiztekin, "Empirical validation and comparison of models for customer base
//! analysis", International Journal of Research in Marketing 24 (2007), for the modified model.
//!
//! With k the purchases after which the customer could have left (x; in the modified model x + 1),
//!
//! L(x, t_x, T) = Γ(r + x)/Γ(r) · α^r · B(a, b + k)/B(a, b) · [(α + T)^−(r + x) + 1{k > 0} · a/(b + k − 1) · (α + t_x)^−(r + x)].

use super::fit::{Estimates, maximize};
use super::model::{ModelRefusal, Purchases, time_unit};
use super::rows::{History, Rows};
use crate::core::random::Random;
use crate::core::stats::optimize::At;
use crate::core::stats::special::Rising;
use serde::{Deserialize, Serialize};

/// When a customer may leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dropout {
    /// BG/NBD: after a repeat purchase.
    #[default]
    AfterRepeat,
    /// MBG/NBD: after any purchase, the first included.
    AfterAny,
}

/// The four parameters. α is a time, in the unit of the histories.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BetaGeometric {
    pub dropout: Dropout,
    pub r: f64,
    pub alpha: f64,
    pub a: f64,
    pub b: f64,
}

impl Dropout {
    /// The purchases after which a customer with `x` repeat purchases could have left.
    fn chances(self, x: u32) -> u64 {
        u64::from(x) + u64::from(self == Dropout::AfterAny)
    }
}

/// The log-likelihood of all rows at (r, α, a, b), and its gradient.
pub fn log_likelihood(dropout: Dropout, rows: &Rows, &[r, alpha, a, b]: &[f64; 4]) -> At<4> {
    let (rising_r, rising_b, rising_ab) = (Rising::new(r), Rising::new(b), Rising::new(a + b));
    let ln_alpha = libm::log(alpha);
    let (mut value, mut by_r, mut by_alpha, mut by_a, mut by_b) = (0.0, 0.0, 0.0, 0.0, 0.0);
    // What depends on x alone; for the rows, ln[a/(b + k − 1)] and 1/(b + k − 1).
    let mut of_x = Vec::with_capacity(rows.x.len());
    for (&x, n) in rows.x.iter().zip(rows.by_x()) {
        let k = dropout.chances(x);
        let ([bought, bought_by_r, _], [stay, stay_by_b, _], [all, all_by_ab, _]) =
            (rising_r.at(x.into()), rising_b.at(k), rising_ab.at(k));
        value += n * (bought + r * ln_alpha + stay - all);
        by_r += n * (bought_by_r + ln_alpha);
        by_alpha += n * (r / alpha);
        by_a -= n * all_by_ab;
        by_b += n * (stay_by_b - all_by_ab);
        // One is taken off k, not off the sum: b may be tiny beside it.
        let inverse = 1.0 / (b + (k as f64 - 1.0));
        of_x.push((k > 0, r + f64::from(x), libm::log(a * inverse), inverse));
    }
    let of_time: Vec<(f64, f64)> =
        rows.times.iter().map(|time| (libm::log(alpha + time), 1.0 / (alpha + time))).collect();
    for row in &rows.rows {
        let (could_leave, exponent, ln_left, inverse) = of_x[row.x as usize];
        let (ln_age, per_age) = of_time[row.age as usize];
        if !could_leave {
            value -= row.weight * exponent * ln_age;
            by_r -= row.weight * ln_age;
            by_alpha -= row.weight * exponent * per_age;
            continue;
        }
        let (ln_recency, per_recency) = of_time[row.recency as usize];
        // ln of the odds of having left.
        let odds = ln_left + exponent * (ln_age - ln_recency);
        let small = libm::exp(-odds.abs());
        let gone = if odds > 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) };
        let here = 1.0 - gone;
        value += row.weight * (odds.max(0.0) + libm::log1p(small) - exponent * ln_age);
        by_r -= row.weight * (here * ln_age + gone * ln_recency);
        by_alpha -= row.weight * exponent * (here * per_age + gone * per_recency);
        by_a += row.weight * gone / a;
        by_b -= row.weight * gone * inverse;
    }
    At { value, gradient: [by_r, by_alpha, by_a, by_b] }
}

/// Fits the four parameters by maximum likelihood.
pub fn fit(
    dropout: Dropout,
    rows: &Rows,
    progress: &mut dyn FnMut(f64),
) -> Result<Estimates<4>, ModelRefusal> {
    let unit = time_unit(rows)?;
    let scaled = rows.clone().in_units_of(unit);
    let part = scaled.part(super::model::PART);
    let rough = part.as_ref().unwrap_or(&scaled);
    let purchases = rows.sum(|history| history.repeat_frequency.into());
    // The rate of those who stay is at least purchases / time.
    let rate = purchases / rows.sum(|history| history.age) * unit;
    let start = |r: f64, a: f64, b: f64| [r, r / rate, a, b];
    let starts = [start(0.5, 0.8, 2.5), start(2.0, 0.5, 5.0), start(0.2, 2.0, 2.0)];
    let found = maximize(
        |place| log_likelihood(dropout, &scaled, place),
        |place| log_likelihood(dropout, rough, place),
        &starts,
        progress,
    );
    let mut estimates = found.map_err(|unfit| ModelRefusal::of(unfit, ["r", "α", "a", "b"]))?;
    estimates.values[1] *= unit;
    estimates.log_likelihood -= purchases * libm::log(unit);
    Ok(estimates)
}

impl BetaGeometric {
    pub fn new(dropout: Dropout, [r, alpha, a, b]: [f64; 4]) -> BetaGeometric {
        BetaGeometric { dropout, r, alpha, a, b }
    }

    /// b once the customer has stayed after `x` repeat purchases.
    fn stayed(&self, x: u32) -> f64 {
        self.b + self.dropout.chances(x) as f64
    }

    /// E over λ ~ Gamma(r, α) and p ~ Beta(a, b) of the purchases in (0, t] of a customer who is there at 0,
    /// (1 − e^{−λpt})/p.
    ///
    /// Usually written as (a + b − 1)/(a − 1) · [1 − (α/(α + t))^r ₂F₁(r, b; a + b − 1; t/(α + t))], which loses all digits
    /// where a is near 1. It is also the mean of Eₙ over n ~ NB(r, z) with z = t/(α + t), the arrivals in (0, t], where Eₙ
    /// are those of n arrivals that the customer stays for: E₁ = 1, Eₙ₊₁ = Eₙ + Π_{i < n} (b + i)/(a + b + i). All parts of
    /// this sum are positive.
    fn expected_here(r: f64, alpha: f64, a: f64, b: f64, t: f64) -> f64 {
        if t <= 0.0 {
            return 0.0;
        }
        let z = t / (alpha + t);
        let mean = r * t / alpha;
        if z > 0.999 || mean > 20_000.0 {
            return by_dropout(r, alpha, a, b, t);
        }
        let (mut sum, mut scale) = (0.0, r * libm::log(alpha / (alpha + t)));
        // The probability of n arrivals over e^scale, the arrivals stayed for, and the next addition to them.
        let (mut chance, mut stayed_for, mut next) = (1.0, 0.0, 1.0);
        let mut n = 0.0;
        loop {
            let added = chance * stayed_for;
            sum += added;
            if n > mean && added <= 1e-17 * (1.0 - z) * sum {
                break;
            }
            chance *= (r + n) / (n + 1.0) * z;
            stayed_for += next;
            next *= (b + n) / (a + b + n);
            n += 1.0;
            if chance > 1e250 {
                (chance, sum, scale) =
                    (chance * 1e-250, sum * 1e-250, scale + 250.0 * std::f64::consts::LN_10);
            }
        }
        sum * libm::exp(scale)
    }

    /// The probability that a new customer makes 0, 1, … `most` repeat purchases in (0, t].
    ///
    /// Fader, Hardie & Lee (2005), equation 8: those who stayed for all x, and those who left after the last of them.
    fn probabilities_in(&self, t: f64, most: u32) -> Vec<f64> {
        let (rising_b, rising_ab) = (Rising::new(self.b), Rising::new(self.a + self.b));
        let z = t / (self.alpha + t);
        let (mut arrivals, mut reached) = (libm::exp(self.r * libm::log(self.alpha / (self.alpha + t))), 1.0);
        let of_x = |x: u32| {
            let k = self.dropout.chances(x);
            let stayed = libm::exp(rising_b.at(k)[0] - rising_ab.at(k)[0]);
            let mut probability = stayed * arrivals;
            if k > 0 {
                // B(a + 1, b + k − 1)/B(a, b)
                let left = self.a * libm::exp(rising_b.at(k - 1)[0] - rising_ab.at(k)[0]);
                probability += left * reached;
            }
            reached = f64::max(0.0, reached - arrivals);
            arrivals *= (self.r + f64::from(x)) / (f64::from(x) + 1.0) * z;
            probability
        };
        (0..=most).map(of_x).collect()
    }
}

/// The same as the sum over arrivals, by integrating over p on a logistic scale: for horizons of a thousand times α and for
/// twenty thousand purchases, where the sum would be long.
fn by_dropout(r: f64, alpha: f64, a: f64, b: f64, t: f64) -> f64 {
    use crate::core::stats::special::ln_beta;
    let ln_beta = ln_beta(a, b);
    let spread = (1.0 / a + 1.0 / b).sqrt();
    let step = (spread / 5.0).min(0.2);
    let middle = libm::log(a / b);
    let at = |s: f64| {
        // p = 1/(1 + e^−s); the density of s is p^a (1 − p)^b / B(a, b).
        let (ln_p, ln_rest) = (-libm::log1p(libm::exp(-s)), -libm::log1p(libm::exp(s)));
        let p = libm::exp(ln_p);
        let density = libm::exp(a * ln_p + b * ln_rest - ln_beta);
        density * -libm::expm1(-r * libm::log1p(p * t / alpha)) / p
    };
    let mut sum = at(middle);
    // Far out, where p^a and (1 − p)^b no longer bend, the parts fall as e^{−as} below and as e^{−bs} above: what is left of the
    // sum is a geometric series.
    let large = |shape: f64| 32.0 + libm::log(shape.max(1.0));
    let bend = libm::log(1.0 + r * t / alpha);
    for (direction, shape, straight) in [(-1.0, a, -large(b) - bend), (1.0, b, large(a))] {
        let mut n = 1.0;
        loop {
            let s = middle + direction * n * step;
            let part = at(s);
            sum += part;
            if direction * (s - straight) > 0.0 {
                sum += part / libm::expm1(shape * step);
                break;
            }
            if part <= 1e-18 * sum && n * step > spread {
                break;
            }
            n += 1.0;
        }
    }
    sum * step
}

impl Purchases for BetaGeometric {
    /// 1/(1 + a/(b + k − 1) · ((α + T)/(α + t_x))^(r + x)); 1 where the customer had no chance to leave.
    fn p_alive(&self, history: &History) -> f64 {
        let x = history.repeat_frequency;
        let k = self.dropout.chances(x);
        if k == 0 {
            return 1.0;
        }
        let passed = libm::log1p((history.age - history.recency) / (self.alpha + history.recency));
        let odds = libm::log(self.a / (self.b + (k as f64 - 1.0))) + (self.r + f64::from(x)) * passed;
        1.0 / (1.0 + libm::exp(odds))
    }

    fn expected_if_alive(&self, x: u32, age: f64, t: f64) -> f64 {
        BetaGeometric::expected_here(self.r + f64::from(x), self.alpha + age, self.a, self.stayed(x), t)
    }

    /// Nobody leaves before the next purchase: 1 − ((α + T)/(α + T + t))^(r + x).
    fn buys_if_alive(&self, x: u32, age: f64, t: f64) -> f64 {
        -libm::expm1(-(self.r + f64::from(x)) * libm::log1p(t / (self.alpha + age)))
    }

    fn expected(&self, t: f64) -> f64 {
        match self.dropout {
            Dropout::AfterRepeat => BetaGeometric::expected_here(self.r, self.alpha, self.a, self.b, t),
            Dropout::AfterAny => {
                let stays = self.b / (self.a + self.b);
                stays * BetaGeometric::expected_here(self.r, self.alpha, self.a, self.b + 1.0, t)
            }
        }
    }

    fn probabilities(&self, t: f64, most: u32) -> Vec<f64> {
        self.probabilities_in(t, most)
    }

    /// As long as the purchases take after which the mean customer leaves, or as the purchase rate is known over.
    fn time_scale(&self, x: u32, age: f64) -> f64 {
        let leaves = self.a / (self.a + self.stayed(x));
        (self.alpha + age) / ((self.r + f64::from(x)) * leaves).max(1.0)
    }

    fn draw(&self, random: &mut Random, until: f64) -> Vec<f64> {
        let rate = random.gamma(self.r, self.alpha);
        let leaves = random.beta(self.a, self.b);
        let mut times = Vec::new();
        if self.dropout == Dropout::AfterAny && random.chance(leaves) || rate <= 0.0 {
            return times;
        }
        let mut time = random.exponential(rate);
        while time <= until {
            times.push(time);
            if random.chance(leaves) {
                break;
            }
            time += random.exponential(rate);
        }
        times
    }

    /// What is known of the customer moves the parameters: λ ~ Gamma(r + x, α + T), p ~ Beta(a, b + k).
    fn draw_if_alive(&self, random: &mut Random, x: u32, age: f64, t: f64) -> Vec<f64> {
        let place = [self.r + f64::from(x), self.alpha + age, self.a, self.stayed(x)];
        BetaGeometric::new(Dropout::AfterRepeat, place).draw(random, t)
    }
}
