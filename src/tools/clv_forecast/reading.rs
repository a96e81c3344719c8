//! How the page writes numbers.

use super::text::{ForecastText, text};
use crate::core::lang::Lang;
use crate::core::show::Show;

/// The reader: language and formats.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub lang: Lang,
    pub show: &'a dyn Show,
}

impl Reader<'_> {
    pub fn text(self) -> &'static ForecastText {
        text(self.lang)
    }

    pub fn count(self, value: u64) -> String {
        self.show.count(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// With one or two digits while it is small and not whole.
    pub fn number(self, value: f64) -> String {
        match value.abs() {
            whole if whole.fract() == 0.0 => self.show.number(value, 0),
            large if large >= 1_000.0 => self.show.count(value.round() as i64),
            middle if middle >= 10.0 => self.show.number(value, 1),
            _ => self.show.number(value, 2),
        }
    }

    /// Four digits that count, for parameters.
    pub fn parameter(self, value: f64) -> String {
        match value.abs() {
            large if large >= 1_000.0 => self.show.number(value, 0),
            large if large >= 100.0 => self.show.number(value, 1),
            middle if middle >= 1.0 => self.show.number(value, 3),
            _ => self.show.number(value, 4),
        }
    }

    pub fn percent(self, share: f64) -> String {
        self.show.percent(share, 1)
    }

    /// Minor units that need not be whole; a dash for none.
    pub fn money(self, minor: Option<f64>) -> String {
        minor.map_or_else(|| "–".into(), |minor| self.show.money(minor.round() as i64))
    }
}
