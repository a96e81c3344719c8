//! What one piece costs and what one response brings, once they are known to be usable numbers.

use super::answer::Refusal;
use super::options::CampaignOptions;

/// Costs that a break-even rate can be worked out from: `cost` ≥ 0 a piece, `profit` > 0 a response before mailing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Economics {
    pub cost: f64,
    pub profit: f64,
}

impl Economics {
    /// # Errors
    /// [`Refusal::Cost`] or [`Refusal::Profit`] with the number that cannot be used.
    pub fn of(options: &CampaignOptions) -> Result<Economics, Refusal> {
        let (cost, profit) = (options.cost_per_piece, options.profit_per_response);
        if !(cost.is_finite() && cost >= 0.0) {
            return Err(Refusal::Cost { found: finite(cost) });
        }
        if !(profit.is_finite() && profit > 0.0 && (cost / profit).is_finite()) {
            return Err(Refusal::Profit { found: finite(profit) });
        }
        Ok(Economics { cost, profit })
    }

    /// The break-even response rate c / π. It exceeds 1 where a response brings less than one piece costs: then no
    /// mailing can pay.
    ///
    /// ```
    /// use quintile::tools::campaign::economics::Economics;
    /// assert_eq!((Economics { cost: 0.62, profit: 35.0 }).break_even() * 1e4, 177.14285714285714);
    /// ```
    pub fn break_even(self) -> f64 {
        self.cost / self.profit
    }
}

/// JSON has no number for what is not finite.
fn finite(found: f64) -> f64 {
    if found.is_finite() { found } else { 0.0 }
}
