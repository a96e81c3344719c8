//! What all models of repeat buying have in common.

use super::fit::Unfit;
use super::rows::{History, Rows};
use crate::core::random::Random;
use crate::core::stats::quadrature::gauss;
use serde::{Deserialize, Serialize};

/// Starts are compared on about this many customers where there are many more.
pub(super) const PART: usize = 600;

/// Why a model could not be fitted to the customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelRefusal {
    NoCustomers,
    /// Nobody has bought again: there is nothing to learn a rate from.
    NoRepeatPurchases {
        customers: u64,
    },
    /// The data end with the first purchases: no time has passed.
    NoTime,
    /// The likelihood grows on as a parameter goes to infinity or to nothing.
    RunsAway {
        parameter: String,
        upward: bool,
    },
    /// The search found no top.
    NoTop,
}

impl ModelRefusal {
    pub(super) fn of<const N: usize>(unfit: Unfit, names: [&str; N]) -> ModelRefusal {
        match unfit {
            Unfit::RunsAway { parameter, upward } => {
                ModelRefusal::RunsAway { parameter: names[parameter].into(), upward }
            }
            Unfit::NoTop => ModelRefusal::NoTop,
        }
    }
}

/// The mean age, the unit in which a search measures time; refuses customers who cannot carry any model.
pub(super) fn time_unit(rows: &Rows) -> Result<f64, ModelRefusal> {
    let customers = rows.customers();
    if customers == 0.0 {
        return Err(ModelRefusal::NoCustomers);
    }
    if rows.x.iter().all(|&x| x == 0) {
        return Err(ModelRefusal::NoRepeatPurchases { customers: customers as u64 });
    }
    let unit = rows.sum(|history| history.age) / customers;
    if unit > 0.0 { Ok(unit) } else { Err(ModelRefusal::NoTime) }
}

/// A model of repeat buying with its parameters.
pub trait Purchases {
    /// The probability that a customer with this history is still a customer at the end of observation.
    fn p_alive(&self, history: &History) -> f64;

    /// The purchases expected in a time `t` after the end of observation, of a customer of age `age` with `x` repeat
    /// purchases who is then still one: E[Y(t) | x, t_x, T] is this times P(alive).
    fn expected_if_alive(&self, x: u32, age: f64, t: f64) -> f64;

    /// The probability that a customer who is still one buys at least once in a time `t` after the end of observation.
    fn buys_if_alive(&self, x: u32, age: f64, t: f64) -> f64;

    /// E[X(t)]: the repeat purchases expected in the time `t` after the first purchase of a customer.
    fn expected(&self, t: f64) -> f64;

    /// P(X(t) = x) for x = 0 … `most`.
    fn probabilities(&self, t: f64, most: u32) -> Vec<f64>;

    /// The time over which the expectations of such a customer bend: as long as one stays, usually.
    fn time_scale(&self, x: u32, age: f64) -> f64;

    /// The times of the repeat purchases of a drawn customer up to `until` after the first.
    fn draw(&self, random: &mut Random, until: f64) -> Vec<f64>;

    /// The times of the purchases up to `t` after the end of observation of a customer of age `age` with `x` repeat purchases
    /// who is then still one, drawn.
    fn draw_if_alive(&self, random: &mut Random, x: u32, age: f64, t: f64) -> Vec<f64>;

    /// E[Y(t) | x, t_x, T]: the purchases expected in the time `t` after the end of observation.
    fn expected_after(&self, history: &History, t: f64) -> f64 {
        self.p_alive(history) * self.expected_if_alive(history.repeat_frequency, history.age, t)
    }

    /// The same with every purchase discounted to the end of observation, continuously at the rate `force` per unit of time:
    /// ∫₀ᵗ e^{−δs} dY(s) = e^{−δt}Y(t) + δ∫₀ᵗ e^{−δs}Y(s) ds, the discounted expected transactions up to a horizon.
    ///
    /// Gauss' rule in ln(1 + s/τ), in parts of at most three, with 1/τ the sum of δ and of 1/[`Purchases::time_scale`];
    /// the relative error is below 10⁻¹¹ for parameters up to a hundred.
    fn discounted_if_alive(&self, x: u32, age: f64, t: f64, force: f64) -> f64 {
        let end = self.expected_if_alive(x, age, t);
        if force == 0.0 {
            return end;
        }
        let scale = 1.0 / (1.0 / self.time_scale(x, age) + force);
        let range = libm::log1p(t / scale);
        let parts = libm::ceil(range / 3.0).max(1.0);
        let mut inner = 0.0;
        for part in 0..parts as u32 {
            let (from, to) = (f64::from(part) * range / parts, f64::from(part + 1) * range / parts);
            inner += gauss(from, to, |y| {
                let s = scale * libm::expm1(y);
                (scale + s) * libm::exp(-force * s) * self.expected_if_alive(x, age, s)
            });
        }
        libm::exp(-force * t) * end + force * inner
    }
}

/// The continuous rate of a discount per year, in another unit: ln(1 + d)/units.
///
/// ```
/// use quintile::core::clv::model::force_of_interest;
/// // 15 % a year, by the week: 0.0027, as in Fader, Hardie & Lee (2005).
/// assert!((force_of_interest(0.15, 52.0) - 0.0027).abs() < 0.00005);
/// ```
pub fn force_of_interest(rate_per_year: f64, units_per_year: f64) -> f64 {
    libm::log1p(rate_per_year) / units_per_year
}
