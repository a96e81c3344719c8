//! What one piece costs and what one response brings, once they are known to be usable numbers.

use super::answer::Refusal;
use super::options::CampaignOptions;
use crate::core::response::{EconomicsError, break_even_rate};
use crate::core::stats::proportion::Tally;

/// The largest cost or profit that is taken is as much as can be typed.
pub use crate::core::typed::LARGEST;

/// Costs that a break-even rate can be worked out from: `cost` ≥ 0 a piece, `profit` > 0 a response before mailing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Economics {
    pub cost: f64,
    pub profit: f64,
}

impl Economics {
    /// # Errors
    /// [`Refusal::Cost`] or [`Refusal::Profit`] with the number that cannot be used: negative, above [`LARGEST`], or a
    /// profit of next to nothing.
    pub fn of(options: &CampaignOptions) -> Result<Economics, Refusal> {
        Economics::new(options.cost_per_piece, options.profit_per_response)
    }

    /// # Errors
    /// As [`Economics::of`].
    pub fn new(cost: f64, profit: f64) -> Result<Economics, Refusal> {
        match break_even_rate(cost, profit) {
            Ok(_) if cost > LARGEST => Err(Refusal::Cost { found: cost }),
            Ok(rate) if profit > LARGEST || rate > LARGEST => Err(Refusal::Profit { found: profit }),
            Ok(_) => Ok(Economics { cost, profit }),
            Err(EconomicsError::Cost { found }) => Err(Refusal::Cost { found: finite(found) }),
            Err(EconomicsError::Profit { found }) => Err(Refusal::Profit { found: finite(found) }),
        }
    }

    /// The break-even response rate c / π. It exceeds 1 where a response brings less than one piece costs: then no
    /// mailing can pay.
    ///
    /// ```
    /// use quintile::tools::campaign::economics::Economics;
    /// assert_eq!(Economics::new(0.62, 35.0).unwrap().break_even(), 0.62 / 35.0);
    /// ```
    pub fn break_even(self) -> f64 {
        self.cost / self.profit
    }

    /// What mailing brought: (x − b·n)·π − n·c, with x responses of n customers mailed and b = `baseline`, the rate at
    /// which customers buy unasked. With b = 0 it is the cell profit n·(r·π − c) of the rate r = x/n.
    ///
    /// ```
    /// use quintile::core::stats::proportion::Tally;
    /// use quintile::tools::campaign::economics::Economics;
    /// let economics = Economics::new(0.62, 35.0).unwrap();
    /// assert_eq!(economics.earned(Tally::new(10, 320), 0.0), 350.0 - 198.4);
    /// assert_eq!(economics.earned(Tally::new(10, 320), 0.01), (10.0 - 3.2) * 35.0 - 198.4);
    /// ```
    pub fn earned(self, tally: Tally, baseline: f64) -> f64 {
        self.expected(tally.successes as f64, tally.trials as f64, baseline)
    }

    /// The same for responses that are expected rather than counted.
    pub fn expected(self, responses: f64, mailed: f64, baseline: f64) -> f64 {
        (responses - baseline * mailed) * self.profit - mailed * self.cost
    }
}

/// JSON has no number for what is not finite.
fn finite(found: f64) -> f64 {
    if found.is_finite() { found } else { 0.0 }
}
