//! What one piece costs and what one response brings, once they are known to be usable numbers.

use crate::core::format::{count, decimal};
use crate::core::lang::Lang;
use crate::core::stats::proportion::Tally;
use crate::core::typed::LARGEST;
use serde::{Deserialize, Serialize};

/// Why a break-even rate cannot be worked out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EconomicsError {
    /// The cost per piece is negative, above [`LARGEST`] or no number.
    Cost { found: f64 },
    /// The profit per response is not above zero, above [`LARGEST`], next to nothing, or no number.
    Profit { found: f64 },
}

impl EconomicsError {
    pub fn say(&self, lang: Lang) -> String {
        let largest = count(LARGEST as u64);
        match self {
            EconomicsError::Cost { found } => {
                let found = decimal(*found, 4);
                lang.pick(
                    format!("A cost per piece of {found} cannot be used. Type a number from 0 to {largest}."),
                    format!("每件郵寄成本不能是 {found}。請輸入 0 到 {largest} 的數字。"),
                )
            }
            EconomicsError::Profit { found } => {
                let found = decimal(*found, 4);
                lang.pick(
                    format!("A net profit per response of {found} cannot be used. Type a number above 0, up to {largest}: without profit no mailing can break even."),
                    format!("每筆回應的淨效益不能是 {found}。請輸入大於 0、最多 {largest} 的數字：沒有淨效益，就沒有損益平衡點。"),
                )
            }
        }
    }
}

/// Costs that a break-even rate can be worked out from: `cost` ≥ 0 a piece, `profit` > 0 a response before mailing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Economics {
    pub cost: f64,
    pub profit: f64,
}

impl Economics {
    /// # Errors
    /// [`EconomicsError`] with the number that cannot be used: negative, above [`LARGEST`], no number, or a profit of
    /// next to nothing.
    pub fn new(cost: f64, profit: f64) -> Result<Economics, EconomicsError> {
        if !(0.0..=LARGEST).contains(&cost) {
            return Err(EconomicsError::Cost { found: cost });
        }
        // A quotient that is too large comes of a profit that is next to nothing; one of NaN is no number.
        let usable = profit > 0.0 && profit <= LARGEST && cost / profit <= LARGEST;
        if usable { Ok(Economics { cost, profit }) } else { Err(EconomicsError::Profit { found: profit }) }
    }

    /// The break-even response rate c / π. It exceeds 1 where a response brings less than one piece costs: then no
    /// mailing can pay.
    ///
    /// ```
    /// use quintile::core::response::Economics;
    /// assert_eq!(Economics::new(0.62, 35.0).unwrap().break_even(), 0.62 / 35.0);
    /// ```
    pub fn break_even(self) -> f64 {
        self.cost / self.profit
    }

    /// What mailing brought: (x − b·n)·π − n·c, with x responses of n customers mailed and b = `baseline`, the rate at
    /// which customers buy unasked. With b = 0 it is the cell profit n·(r·π − c) of the rate r = x/n.
    ///
    /// ```
    /// use quintile::core::response::Economics;
    /// use quintile::core::stats::proportion::Tally;
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

/// The response rate at which a mailing neither earns nor loses: BE = c / π with c = `cost_per_piece` and
/// π = `profit_per_response`, the net profit of one response before the cost of mailing.
///
/// A rate above 1 means that no response rate is enough. Source: Hughes, *Strategic Database Marketing* (1994).
///
/// # Errors
/// As [`Economics::new`].
///
/// ```
/// use quintile::core::response::break_even_rate;
/// assert_eq!(format!("{:.2} %", 100.0 * break_even_rate(0.62, 35.0).unwrap()), "1.77 %");
/// ```
pub fn break_even_rate(cost_per_piece: f64, profit_per_response: f64) -> Result<f64, EconomicsError> {
    Economics::new(cost_per_piece, profit_per_response).map(Economics::break_even)
}
