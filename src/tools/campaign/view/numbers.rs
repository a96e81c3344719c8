//! How the campaign page writes its numbers. The worker tells money in units of the currency and rates as shares.

use crate::core::show::Show as _;
use crate::io::intl::Formats;
use crate::tools::campaign::answer::Ranged;
use crate::tools::campaign::chart::Reader;
use crate::tools::campaign::page_text::frame;

pub const DASH: &str = "–";

pub struct Numbers {
    pub formats: Formats,
}

impl Numbers {
    pub fn reader(&self) -> Reader<'_> {
        Reader { lang: self.formats.lang, show: &self.formats, currency: &self.formats.currency }
    }

    pub fn count(&self, value: u64) -> String {
        self.formats.count(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// An expected count, which need not be whole.
    pub fn about(&self, value: f64) -> String {
        self.number(value, 0)
    }

    pub fn number(&self, value: f64, digits: u8) -> String {
        if value.is_finite() { self.formats.number(value, digits) } else { DASH.into() }
    }

    /// A response rate: two digits tell 1.77% from 1.8%.
    pub fn rate(&self, rate: f64) -> String {
        self.percent(rate, 2)
    }

    pub fn share(&self, part: u64, whole: u64) -> String {
        self.percent(part as f64 / whole as f64, 1)
    }

    /// A level of confidence, such as 95%.
    pub fn level(&self, confidence: f64) -> String {
        self.percent(confidence, 0)
    }

    fn percent(&self, share: f64, digits: u8) -> String {
        if share.is_finite() { self.formats.percent(share, digits) } else { DASH.into() }
    }

    /// Units of the currency, rounded as the workspace shows money.
    pub fn money(&self, units: f64) -> String {
        let minor = units * self.formats.currency.scale() as f64;
        if minor.is_finite() { self.formats.money(minor.round() as i64) } else { DASH.into() }
    }

    /// A price as it was typed: 0.62 keeps its cents where sums are shown without.
    pub fn price(&self, units: f64) -> String {
        let (symbol, sign) = (&self.formats.currency.symbol, if units < 0.0 { "−" } else { "" });
        format!("{sign}{symbol}{}", self.exact(units.abs()))
    }

    /// A number with every decimal that it was typed with.
    pub fn exact(&self, value: f64) -> String {
        let typed = value.to_string();
        let decimals = typed.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(8));
        self.number(value, decimals as u8)
    }

    pub fn significant(&self, value: f64) -> String {
        self.formats.reader().significant(value)
    }

    pub fn between(&self, low: String, high: String) -> String {
        (frame(self.formats.lang).between)(&low, &high)
    }

    /// Rates are never negative: a dash between them is no minus, and one percent sign keeps tables narrow.
    pub fn rates(&self, ranged: &Ranged) -> String {
        format!("{}–{}", self.rate(ranged.low).trim_end_matches('%'), self.rate(ranged.high))
    }

    pub fn counts(&self, ranged: &Ranged) -> String {
        self.between(self.about(ranged.low), self.about(ranged.high))
    }

    pub fn amounts(&self, ranged: &Ranged) -> String {
        self.between(self.money(ranged.low), self.money(ranged.high))
    }

    /// With its sign, as a difference is told: +359.
    pub fn signed(&self, value: f64) -> String {
        let written = self.number(value, 0);
        if value > 0.0 && written != self.number(0.0, 0) { format!("+{written}") } else { written }
    }

    pub fn or_dash<T>(&self, value: Option<T>, write: impl FnOnce(&Numbers, T) -> String) -> String {
        value.map_or_else(|| DASH.to_string(), |value| write(self, value))
    }
}
