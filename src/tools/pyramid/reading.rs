//! How the page writes values of the measure.

use super::answer::{Pyramid, Unit};
use super::text::{PyramidText, text};
use super::words;
use crate::core::grading::Label;
use crate::core::lang::Lang;
use crate::core::show::Show;

/// The reader: language and formats.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub lang: Lang,
    pub show: &'a dyn Show,
}

/// What stands where there is nothing to tell.
const NONE: &str = "–";

impl Reader<'_> {
    pub fn text(self) -> &'static PyramidText {
        text(self.lang)
    }

    pub fn count(self, value: u64) -> String {
        self.show.count(i64::try_from(value).unwrap_or(i64::MAX))
    }

    pub fn percent(self, share: f64) -> String {
        // A small share that is not nothing keeps a digit that says so.
        let digits = if share != 0.0 && share.abs() < 0.001 { 2 } else { 1 };
        self.show.percent(share, digits)
    }

    pub fn share(self, share: Option<f64>) -> String {
        share.map_or_else(|| NONE.into(), |share| self.percent(share))
    }

    /// Minor units that need not be whole: a mean.
    pub fn money(self, minor: Option<f64>) -> String {
        minor.map_or_else(|| NONE.into(), |minor| self.show.money(minor.round() as i64))
    }

    pub fn number(self, value: Option<f64>, digits: u8) -> String {
        value.map_or_else(|| NONE.into(), |value| self.show.number(value, digits))
    }

    pub fn measure(self, pyramid: &Pyramid, value: f64) -> String {
        match pyramid.unit {
            Unit::Money => self.show.money(value.round() as i64),
            Unit::Orders => self.show.count(value.round() as i64),
            Unit::Number if value == value.round() => self.show.number(value, 0),
            Unit::Number => self.show.number(value, 3),
        }
    }

    /// The greatest value found in a tier, and the least where it is another.
    pub fn range(self, pyramid: &Pyramid, found: Option<(f64, f64)>) -> (String, Option<String>) {
        match found {
            None => (NONE.into(), None),
            Some((low, high)) if low == high => (self.measure(pyramid, low), None),
            Some((low, high)) => {
                (self.measure(pyramid, high), Some(format!("– {}", self.measure(pyramid, low))))
            }
        }
    }

    /// A title inside a sentence.
    pub fn noun(self, title: &Label) -> String {
        words::noun(title, self.lang)
    }
}
