//! The charts of the campaign page, made from a plan. Their titles state what it found.

mod curves;
mod rates;
mod results;

pub use curves::{gains, lift};
pub use rates::{cells, sizes};
pub use results::{alternatives, bins, review};

use super::answer::Ranged;
use crate::charts::spec::{Band, Interval};
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::core::show::Show;

/// The reader: language, formats and currency.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub lang: Lang,
    pub show: &'a dyn Show,
    pub currency: &'a Currency,
}

impl Reader<'_> {
    fn pick<T>(self, en: T, zh: T) -> T {
        self.lang.pick(en, zh)
    }

    fn count(self, value: u64) -> String {
        self.show.count(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// An expected count, which need not be whole.
    fn about(self, value: f64) -> String {
        self.show.number(value, 0)
    }

    fn rate(self, share: f64) -> String {
        self.show.percent(share, 2)
    }

    fn share(self, share: f64) -> String {
        self.show.percent(share, 0)
    }

    /// Units of the currency, rounded as the reader's money is.
    fn money(self, units: f64) -> String {
        self.show.money((units * self.currency.scale() as f64).round() as i64)
    }

    fn interval(self, ranged: Ranged, write: impl Fn(f64) -> String) -> Interval {
        let (low, high) = (ranged.low, ranged.high);
        Interval { low, high, low_value: write(low), high_value: write(high) }
    }

    fn interval_titles(self) -> [String; 2] {
        self.pick(["Interval, low", "Interval, high"], ["區間下限", "區間上限"]).map(String::from)
    }
}

/// More categories than this are named in bands.
const MOST_NAMED: usize = 30;

/// Neighbouring cells with one first digit share its name, where all labels are codes of equal length.
fn bands(labels: &[&str]) -> Vec<Band> {
    let length = labels.first().map_or(0, |label| label.len());
    let is_code =
        |label: &&str| label.len() == length && length > 1 && label.bytes().all(|b| b.is_ascii_digit());
    if labels.len() <= MOST_NAMED || !labels.iter().all(is_code) {
        return Vec::new();
    }
    let name =
        |label: &str| if length == 3 { format!("R {}", &label[..1]) } else { format!("{}…", &label[..1]) };
    let runs = labels.chunk_by(|a, b| a[..1] == b[..1]);
    runs.map(|run| Band { label: name(run[0]), categories: run.len() }).collect()
}
