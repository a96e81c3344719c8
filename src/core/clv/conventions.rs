//! Five points of retention under every convention: why one slide says 25–85 %, another 100 %, and a formula 20 or 28.

use super::discounting::{FirstMargin, annuity, part_year_annuity};
use super::margin_multiple::{Horizon, Terms, mean_lifetime};
use super::refusal::{Refusal, finite, within};

/// How a customer's future is valued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// The margin multiple with the first margin after one period: m·r / (1 + i − r).
    AfterOnePeriod,
    /// The margin multiple with the first margin now: m(1 + i) / (1 + i − r).
    Now,
    /// A margin for each year of the mean lifetime 1 / (1 − r), discounted (Reichheld & Sasser).
    MeanLifetime,
    /// The same, not discounted: value is proportional to the lifetime, and halving defections doubles it.
    Undiscounted,
}

impl Convention {
    pub const ALL: [Convention; 4] =
        [Convention::AfterOnePeriod, Convention::Now, Convention::MeanLifetime, Convention::Undiscounted];

    /// The value of a margin of 1 per period: the multiple. r = `retention`, i = `discount`.
    ///
    /// ```
    /// use quintile::core::clv::conventions::Convention;
    /// assert_eq!(format!("{:.2}", Convention::AfterOnePeriod.multiple(0.9, 0.1).unwrap()), "4.50");
    /// assert!((Convention::Undiscounted.multiple(0.9, 0.1).unwrap() - 10.0).abs() < 1e-9);
    /// ```
    ///
    /// # Errors
    /// [`Refusal::Outside`] for rates that cannot be used; [`Refusal::Endless`] where all customers stay for ever and
    /// nothing is discounted.
    pub fn multiple(self, retention: f64, discount: f64) -> Result<f64, Refusal> {
        within(("The retention rate", "保留率"), retention, 0.0, 1.0)?;
        within(("The discount rate", "折現率"), discount, 0.0, 1e6)?;
        let terms = |first| Terms {
            margin: 1.0,
            retention,
            discount,
            growth: 0.0,
            acquisition: 0.0,
            horizon: Horizon::ForEver,
            first,
        };
        match self {
            Convention::AfterOnePeriod => terms(FirstMargin::AfterOnePeriod).value(),
            Convention::Now => terms(FirstMargin::Now).value(),
            Convention::MeanLifetime => match mean_lifetime(retention) {
                // Beyond a thousand million years the annuity is a perpetuity.
                Some(life) if life < 4e9 => finite(part_year_annuity(discount, life)),
                _ if discount > 0.0 => finite(annuity(discount, u32::MAX)),
                _ => Err(Refusal::Endless),
            },
            Convention::Undiscounted => mean_lifetime(retention).ok_or(Refusal::Endless),
        }
    }

    /// How much the value grows, as a share of it, when retention rises by `points`.
    ///
    /// ```
    /// use quintile::core::clv::conventions::Convention;
    /// // Slide A59: from 90 % to 95 %, without discounting, profit grows by 100 %.
    /// assert!((Convention::Undiscounted.growth(0.9, 0.1, 0.05).unwrap() - 1.0).abs() < 1e-9);
    /// ```
    ///
    /// # Errors
    /// As [`Convention::multiple`], also for the retention rate after the change; [`Refusal::NothingBefore`].
    pub fn growth(self, retention: f64, discount: f64, points: f64) -> Result<f64, Refusal> {
        let before = self.multiple(retention, discount)?;
        // 0.7 + 0.05 is 0.75, and 0.95 + 0.05 is 1.
        let after = self.multiple(((retention + points) * 1e12).round() / 1e12, discount)?;
        if before == 0.0 { Err(Refusal::NothingBefore) } else { finite((after - before) / before) }
    }
}
