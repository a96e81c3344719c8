//! How numbers, money and dates are shown. The page shows them through the browser's own formats; the pure part
//! asks through this trait, so that a chart or an explanation can be made without a browser.

use crate::core::day::Day;
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
        grouped(value.unsigned_abs(), value < 0)
    }

    fn number(&self, value: f64, digits: u8) -> String {
        let text = format!("{:.*}", usize::from(digits), value.abs());
        let (whole, rest) =
            text.split_once('.').map_or((text.as_str(), String::new()), |(w, r)| (w, format!(".{r}")));
        let negative = value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b));
        format!("{}{rest}", grouped(whole.parse().unwrap_or(u64::MAX), negative))
    }

    fn percent(&self, share: f64, digits: u8) -> String {
        format!("{}%", self.number(share * 100.0, digits))
    }

    fn money(&self, minor: i64) -> String {
        let shown = self.number(self.currency.to_units(minor), self.currency.shown_digits);
        match shown.strip_prefix('−') {
            Some(size) => format!("−{}{size}", self.currency.symbol),
            None => format!("{}{shown}", self.currency.symbol),
        }
    }

    fn day(&self, day: Day) -> String {
        day.to_string()
    }
}

fn grouped(value: u64, negative: bool) -> String {
    let digits = value.to_string();
    let mut out = String::from(if negative { "−" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
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
