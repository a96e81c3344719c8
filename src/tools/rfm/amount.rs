//! In what *monetary* is counted: whole minor units of money, or whole millionths of a published number.

use crate::core::format;
use crate::core::money::Currency;
use crate::tools::published::Unit;

/// Decimals that count of a published number.
const DECIMALS: u8 = 6;

/// How whole steps of *monetary* become units of it.
#[derive(Clone, Copy)]
pub struct Amount<'a> {
    pub unit: Unit,
    pub currency: &'a Currency,
}

impl Amount<'_> {
    /// Decimals that a value can have.
    pub fn digits(self) -> u8 {
        match self.unit {
            Unit::Money => self.currency.minor_digits,
            Unit::Number => DECIMALS,
        }
    }

    /// Steps in one unit.
    pub fn scale(self) -> i64 {
        10_i64.pow(self.digits().into())
    }

    pub fn to_units(self, steps: i64) -> f64 {
        steps as f64 / self.scale() as f64
    }

    /// The decimals of a value without zeros at the end.
    pub fn digits_of(self, steps: i64) -> u8 {
        let zeros = (1..=self.digits()).take_while(|&n| steps % 10_i64.pow(n.into()) == 0).count();
        self.digits() - zeros as u8
    }

    /// As it is typed, without separators: `999.5`.
    ///
    /// ```
    /// use quintile::core::money::Currency;
    /// use quintile::tools::{published::Unit, rfm::amount::Amount};
    /// let currency = &Currency::default();
    /// assert_eq!(Amount { unit: Unit::Money, currency }.plain(-99_950), "-999.5");
    /// assert_eq!(Amount { unit: Unit::Number, currency }.plain(812_500), "0.8125");
    /// ```
    pub fn plain(self, steps: i64) -> String {
        let size = steps.unsigned_abs();
        let (scale, digits) = (self.scale() as u64, usize::from(self.digits()));
        let sign = if steps < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:0digits$}", size / scale, size % scale);
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    }

    /// As it is read: `NT$1,000`, `0.8125`.
    pub fn shown(self, steps: i64) -> String {
        match self.unit {
            Unit::Money => format::money(steps, self.currency),
            Unit::Number => self.exact(steps),
        }
    }

    /// With all its decimals: rounding a threshold would put a value on the wrong side for the reader.
    pub fn exact(self, steps: i64) -> String {
        format::decimal(self.to_units(steps), self.digits().into())
    }
}

/// A published number in steps; `None` for what is no number, or too large to be counted exactly.
pub fn steps(number: f64) -> Option<i64> {
    let steps = (number * 10_f64.powi(DECIMALS.into())).round();
    (steps.abs() < 9e15).then_some(steps as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_counted_in_millionths_or_not_at_all() {
        assert_eq!([0.1234567, -2.0, 0.0].map(steps), [Some(123_457), Some(-2_000_000), Some(0)]);
        assert_eq!([f64::NAN, f64::INFINITY, 1e10].map(steps), [None; 3]);
    }

    #[test]
    fn zeros_at_the_end_are_not_written() {
        let currency = &Currency::default();
        let (money, number) =
            (Amount { unit: Unit::Money, currency }, Amount { unit: Unit::Number, currency });
        assert_eq!([0, 100, 150, 5].map(|steps| money.digits_of(steps)), [0, 0, 1, 2]);
        assert_eq!([0, 1, 1_500_000].map(|steps| number.digits_of(steps)), [0, 6, 1]);
        assert_eq!([0, -5, 150].map(|steps| money.plain(steps)), ["0", "-0.05", "1.5"]);
        assert_eq!((money.shown(150), number.shown(1_234_500_000)), ("NT$2".into(), "1,234.5".into()));
    }
}
