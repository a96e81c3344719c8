//! Who reads a result: language, formats and currency. Findings, charts, tables and explanations are written for one.

use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::core::show::Show;

/// What stands where there is no number.
pub const DASH: &str = "–";

/// The reader of a result. Money is in units of the currency, as a person types it.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub lang: Lang,
    pub show: &'a dyn Show,
    pub currency: &'a Currency,
}

impl Reader<'_> {
    pub fn pick<T>(self, en: T, zh: T) -> T {
        self.lang.pick(en, zh)
    }

    pub fn count(self, value: u64) -> String {
        self.show.count(i64::try_from(value).unwrap_or(i64::MAX))
    }

    pub fn number(self, value: f64, digits: u8) -> String {
        if value.is_finite() { self.show.number(value, digits) } else { DASH.into() }
    }

    /// A number with every decimal that it was typed with, eight at most.
    pub fn exact(self, value: f64) -> String {
        self.number(value, decimals(value))
    }

    /// A quotient to four significant digits: 0.01771.
    pub fn significant(self, value: f64) -> String {
        let digits = if value != 0.0 { 3.0 - libm::floor(libm::log10(value.abs())) } else { 0.0 };
        self.number(value, digits.clamp(0.0, 8.0) as u8)
    }

    pub fn percent(self, share: f64, digits: u8) -> String {
        if share.is_finite() { self.show.percent(share, digits) } else { DASH.into() }
    }

    /// A share with every decimal of a per cent that it was typed with.
    pub fn exact_percent(self, share: f64) -> String {
        self.percent(share, decimals((share * 1e10).round() / 1e8))
    }

    /// A change with its sign: `+28%`.
    pub fn change(self, share: f64, digits: u8) -> String {
        let written = self.percent(share, digits);
        if share > 0.0 && written != self.percent(0.0, digits) { format!("+{written}") } else { written }
    }

    /// An amount of a sum. Amounts too small for the digits that the currency shows keep two decimals, so that 1.75
    /// is not 2.
    pub fn money(self, units: f64) -> String {
        if !units.is_finite() {
            return DASH.into();
        }
        if units.abs() < 1000.0 && units.fract() != 0.0 {
            return self.signed_symbol(units, 2);
        }
        let minor = units * self.currency.scale() as f64;
        // Beyond the exact range of minor units: the number itself, rounded.
        if minor.abs() < 9e15 { self.show.money(minor.round() as i64) } else { self.signed_symbol(units, 0) }
    }

    /// A price with the decimals that it was typed with: 0.62.
    pub fn price(self, units: f64) -> String {
        if units.is_finite() { self.signed_symbol(units, decimals(units)) } else { DASH.into() }
    }

    fn signed_symbol(self, units: f64, digits: u8) -> String {
        let written = self.number(units.abs(), digits);
        let sign = if units < 0.0 && written != self.number(0.0, digits) { "−" } else { "" };
        format!("{sign}{}{written}", self.currency.symbol)
    }
}

/// Decimals of a number in its shortest form, eight at most.
fn decimals(value: f64) -> u8 {
    let rounded = (value * 1e8).round() / 1e8;
    let written = if rounded.is_finite() { rounded.abs().to_string() } else { String::new() };
    written.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(8) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::show::Plain;

    #[test]
    fn amounts_keep_what_tells_them_apart() {
        let (plain, currency) = (Plain::default(), Currency::default());
        let reader = Reader { lang: Lang::En, show: &plain, currency: &currency };
        assert_eq!(reader.money(1.75), "NT$1.75");
        assert_eq!(reader.money(-1443.9), "−NT$1,444");
        assert_eq!(reader.money(300.0), "NT$300");
        assert_eq!(reader.money(f64::NAN), DASH);
        assert_eq!(reader.money(1e300).len(), reader.number(1e300, 0).len() + 3);
        assert_eq!((reader.price(0.62), reader.price(-35.0)), ("NT$0.62".into(), "−NT$35".into()));
        assert_eq!((reader.exact_percent(0.8), reader.exact_percent(0.0025)), ("80%".into(), "0.25%".into()));
        assert_eq!((reader.change(0.2812, 0), reader.change(-0.1, 0)), ("+28%".into(), "−10%".into()));
        assert_eq!(reader.change(0.001, 0), "0%");
    }
}
