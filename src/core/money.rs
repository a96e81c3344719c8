//! Money as whole minor units of one currency per workspace.

use serde::{Deserialize, Serialize};

/// The one currency of a workspace: how amounts are stored and how they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Currency {
    /// What stands before an amount: `NT$`, `$`, `€`.
    pub symbol: String,
    /// Digits of the stored minor unit: an amount of 1.23 is stored as 123 when this is 2.
    pub minor_digits: u8,
    /// Digits shown after the decimal point; at most `minor_digits`.
    pub shown_digits: u8,
}

impl Default for Currency {
    fn default() -> Currency {
        Currency { symbol: "NT$".into(), minor_digits: 2, shown_digits: 0 }
    }
}

impl Currency {
    /// Minor units in one unit of the currency: 100 for two digits.
    pub fn scale(&self) -> i64 {
        10_i64.pow(u32::from(self.minor_digits))
    }

    /// An amount in units of the currency, for a scale, a chart or a mean; sums stay in minor units.
    ///
    /// ```
    /// assert_eq!(quintile::core::money::Currency::default().to_units(-123_450), -1_234.5);
    /// ```
    pub fn to_units(&self, minor: i64) -> f64 {
        minor as f64 / self.scale() as f64
    }

    /// The exact decimal text of an amount, as it is exported: `-1234.50`.
    ///
    /// ```
    /// use quintile::core::money::Currency;
    /// assert_eq!(Currency::default().decimal(-123_450), "-1234.50");
    /// assert_eq!(Currency::default().decimal(-5), "-0.05");
    /// assert_eq!(Currency::default().decimal(0), "0.00");
    /// ```
    pub fn decimal(&self, minor: i64) -> String {
        let scale = self.scale() as u64;
        let (sign, size) = (if minor < 0 { "-" } else { "" }, minor.unsigned_abs());
        match self.minor_digits {
            0 => format!("{sign}{size}"),
            digits => format!("{sign}{}.{:0width$}", size / scale, size % scale, width = digits as usize),
        }
    }
}
