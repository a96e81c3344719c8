//! Present values: the discount factor, the annuity factor of whole and part years, and when the first margin comes.

use super::refusal::{Refusal, finite, within};
use serde::{Deserialize, Serialize};

/// When the first margin comes: the convention on which every lifetime value hangs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstMargin {
    /// The customer must first be kept for one period: margin `k` comes at time k with survival r^k.
    #[default]
    AfterOnePeriod,
    /// The first margin is certain and comes now: margin `k` comes at time k − 1 with survival r^(k−1).
    Now,
}

impl FirstMargin {
    /// The time at which the margin `k` (1, 2, …) comes, in periods.
    pub fn time(self, k: u32) -> f64 {
        match self {
            FirstMargin::AfterOnePeriod => f64::from(k),
            FirstMargin::Now => f64::from(k.saturating_sub(1)),
        }
    }
}

/// What one unit of money is worth that comes `periods` from now: (1 + i)^(−t), with i = `discount` per period and
/// t = `periods`. Takes i ≥ 0 and t ≥ 0.
///
/// ```
/// use quintile::core::clv::discounting::factor;
/// assert_eq!(factor(0.25, 2.0), 0.64);
/// ```
pub fn factor(discount: f64, periods: f64) -> f64 {
    libm::pow(1.0 + discount, -periods)
}

/// The present value of 1 at the end of each period for `periods` periods: a = (1 − (1 + i)^(−n)) / i, and n without
/// discounting.
///
/// ```
/// use quintile::core::clv::discounting::annuity;
/// assert!((annuity(0.2, 2) - 1.527_777_777).abs() < 1e-9);
/// assert_eq!(annuity(0.0, 7), 7.0);
/// ```
pub fn annuity(discount: f64, periods: u32) -> f64 {
    if discount == 0.0 {
        return f64::from(periods);
    }
    -libm::expm1(-f64::from(periods) * libm::log1p(discount)) / discount
}

/// The annuity factor of a life in years that need not be whole, on the line between the factors of the whole years
/// around it: 2.5 years lie midway between two and three.
///
/// Source: Best, *Market-Based Management*, 5th ed., figure 5-5 (its customer values follow from this reading).
///
/// ```
/// use quintile::core::clv::discounting::{annuity, part_year_annuity};
/// let factor = part_year_annuity(0.2, 2.5);
/// assert!((factor - (annuity(0.2, 2) + annuity(0.2, 3)) / 2.0).abs() < 1e-12);
/// ```
pub fn part_year_annuity(discount: f64, years: f64) -> f64 {
    let whole = years.floor();
    let from = annuity(discount, whole as u32);
    from + (years - whole) * (annuity(discount, whole as u32 + 1) - from)
}

/// The longest customer life in years that is taken.
pub const LONGEST_LIFE: f64 = 1_000.0;

/// Lifetime value from a customer life in years: cash flow × annuity factor − acquisition cost.
///
/// LTV = c · a(i, L) − A with c = `cash_flow` per year (at the end of each), i = `discount`, L = `life` in years (part
/// years by [`part_year_annuity`]), A = `acquisition`. Source: Best (5th ed.), figure 5-5.
///
/// ```
/// use quintile::core::clv::discounting::value_of_life;
/// assert_eq!(format!("{:.2}", value_of_life(300.0, 0.2, 2.5, 500.0).unwrap()), "45.14");
/// ```
///
/// # Errors
/// [`Refusal::Outside`] for a life outside 0 … [`LONGEST_LIFE`] or a discount rate below 0; [`Refusal::TooLarge`].
pub fn value_of_life(cash_flow: f64, discount: f64, life: f64, acquisition: f64) -> Result<f64, Refusal> {
    within(("The customer life", "顧客年數"), life, 0.0, LONGEST_LIFE)?;
    within(("The discount rate", "折現率"), discount, 0.0, f64::MAX)?;
    finite(cash_flow * part_year_annuity(discount, life) - acquisition)
}
