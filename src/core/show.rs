//! How numbers, money and dates are shown. The page shows them through the browser's own formats; the pure part
//! asks through this trait, so that a chart or an explanation can be made without a browser.

use crate::core::day::Day;
use crate::core::format;
use crate::core::money::Currency;

/// The reader's formats.
pub trait Show {
    /// A whole number with group separators.
    fn count(&self, value: i64) -> String;
    /// A number with exactly `digits` after the point.
    fn number(&self, value: f64, digits: u8) -> String;
    /// A share of 1 as a percentage: 0.0177 with 2 digits is `1.77%`.
    fn percent(&self, share: f64, digits: u8) -> String;
    /// Minor units as money.
    fn money(&self, minor: i64) -> String;
    fn day(&self, day: Day) -> String;
}

/// Formats without a place: `1,234`, `NT$1,234`, `2026-06-30`. For tests, and where no browser is at hand.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    pub currency: Currency,
}

impl Show for Plain {
    fn count(&self, value: i64) -> String {
        format::integer(value)
    }

    fn number(&self, value: f64, digits: u8) -> String {
        format::fixed(value, usize::from(digits))
    }

    fn percent(&self, share: f64, digits: u8) -> String {
        format::percent(share, usize::from(digits))
    }

    fn money(&self, minor: i64) -> String {
        format::money(minor, &self.currency)
    }

    fn day(&self, day: Day) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_signed() {
        let plain = Plain::default();
        assert_eq!(plain.count(-1_234_567), "−1,234,567");
        assert_eq!(plain.number(-0.004, 2), "0.00");
        assert_eq!(plain.percent(0.017_714, 2), "1.77%");
        assert_eq!(plain.money(-123_400), "−NT$1,234");
    }
}
