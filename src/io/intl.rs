//! Numbers, money and dates as the reader's language writes them, through the browser's `Intl`.

use crate::core::day::Day;
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::core::reader::Reader;
use crate::core::show::Show;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::JsValue;

/// The formats of one language, one currency and one calendar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Formats {
    pub lang: Lang,
    pub currency: Currency,
    pub roc_years: bool,
}

/// One of the browser's format functions; making one is slow, so each is made once.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Number(Lang, u8),
    Day { roc_years: bool },
    Time,
}

thread_local! {
    static MADE: RefCell<HashMap<Kind, Function>> = RefCell::default();
}

fn format(kind: Kind, value: &JsValue) -> String {
    let function = MADE.with_borrow_mut(|made| made.entry(kind).or_insert_with(|| kind.make()).clone());
    function.call1(&JsValue::NULL, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

impl Kind {
    fn make(self) -> Function {
        let locale = |tag: &str| Array::of1(&tag.into());
        match self {
            Kind::Number(lang, digits) => {
                let digits = JsValue::from(digits);
                let exact =
                    options(&[("minimumFractionDigits", &digits), ("maximumFractionDigits", &digits)]);
                let tag = lang.pick("en", "zh-TW");
                Intl::NumberFormat::new(&locale(tag), &exact).format()
            }
            // Swedish dates are ISO dates (2026-06-30): short, sortable and read alike in both languages.
            Kind::Day { roc_years } => {
                let (tag, width) =
                    if roc_years { ("zh-TW-u-ca-roc", "numeric") } else { ("sv-SE", "2-digit") };
                let width = JsValue::from(width);
                let parts = [
                    ("timeZone", &"UTC".into()),
                    ("year", &"numeric".into()),
                    ("month", &width),
                    ("day", &width),
                ];
                Intl::DateTimeFormat::new(&locale(tag), &options(&parts)).format()
            }
            Kind::Time => {
                let two = JsValue::from("2-digit");
                let parts = [("hour", &two), ("minute", &two), ("hourCycle", &"h23".into())];
                Intl::DateTimeFormat::new(&locale("en-GB"), &options(&parts)).format()
            }
        }
    }
}

fn options(pairs: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object
}

/// The time of day now, as a save is stamped: `14:02`.
pub fn time_now() -> String {
    format(Kind::Time, &Date::new_0())
}

/// Today, where the person is.
pub fn today() -> Day {
    let now = Date::new_0();
    // Minutes that local time is behind UTC.
    let local = now.get_time() - now.get_timezone_offset() * 60_000.0;
    Day((local / 86_400_000.0).floor() as i32)
}

impl Formats {
    /// Who reads in these formats.
    pub fn reader(&self) -> Reader<'_> {
        Reader { lang: self.lang, show: self, currency: &self.currency }
    }
}

impl Show for Formats {
    fn count(&self, value: i64) -> String {
        self.number(value as f64, 0)
    }

    fn number(&self, value: f64, digits: u8) -> String {
        minus(format(Kind::Number(self.lang, digits), &JsValue::from(value)))
    }

    fn percent(&self, share: f64, digits: u8) -> String {
        format!("{}%", self.number(share * 100.0, digits))
    }

    fn money(&self, minor: i64) -> String {
        // Intl's own zh-TW currencies print US$ and two decimals; the workspace says its symbol and digits.
        let shown = self.number(self.currency.to_units(minor), self.currency.shown_digits);
        match shown.strip_prefix('−') {
            Some(size) => format!("−{}{size}", self.currency.symbol),
            None => format!("{}{shown}", self.currency.symbol),
        }
    }

    fn day(&self, day: Day) -> String {
        let milliseconds = JsValue::from(f64::from(day.0) * 86_400_000.0);
        format(Kind::Day { roc_years: self.roc_years }, &Date::new(&milliseconds))
    }
}

/// A true minus sign; and no minus before a number that rounds to zero.
fn minus(text: String) -> String {
    match text.strip_prefix('-') {
        Some(size) if size.bytes().any(|b| (b'1'..=b'9').contains(&b)) => format!("−{size}"),
        Some(size) => size.to_string(),
        None => text,
    }
}
