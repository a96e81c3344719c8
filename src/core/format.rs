//! Numbers as people write them, without the browser: for explanations, findings and exports.

use crate::core::money::Currency;

/// A whole number with thousands separators.
///
/// ```
/// assert_eq!(quintile::core::format::integer(-1_234_567), "−1,234,567");
/// ```
pub fn integer(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with thousands separators.
pub fn count(value: u64) -> String {
    integer(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A share from 0 to 1 in per cent; a dash for what is no number.
///
/// ```
/// assert_eq!(quintile::core::format::percent(0.01771, 2), "1.77%");
/// assert_eq!(quintile::core::format::percent(f64::NAN, 2), "–");
/// ```
pub fn percent(share: f64, decimals: usize) -> String {
    if share.is_finite() { format!("{}%", fixed(share * 100.0, decimals)) } else { "–".into() }
}

/// A number with thousands separators and exactly so many decimals; a dash for what is no number.
///
/// ```
/// assert_eq!(quintile::core::format::fixed(-1234.5, 2), "−1,234.50");
/// assert_eq!(quintile::core::format::fixed(-0.004, 2), "0.00");
/// ```
pub fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let sign = if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) { "−" } else { "" };
    let whole = integer(whole.parse().unwrap_or(i64::MAX));
    fraction.map_or(format!("{sign}{whole}"), |fraction| format!("{sign}{whole}.{fraction}"))
}

/// A number with thousands separators and at most `decimals` decimals, without trailing zeros.
///
/// ```
/// assert_eq!(quintile::core::format::decimal(1234.5, 2), "1,234.5");
/// ```
pub fn decimal(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let sign = if whole.starts_with('-') && (whole != "-0" || !fraction.is_empty()) { "−" } else { "" };
    let size = integer(whole.trim_start_matches('-').parse().unwrap_or(i64::MAX));
    if fraction.is_empty() { format!("{sign}{size}") } else { format!("{sign}{size}.{fraction}") }
}

/// An amount with the currency's sign and its shown digits, rounded half away from zero.
///
/// ```
/// use quintile::core::{format::money, money::Currency};
/// assert_eq!(money(-123_450, &Currency::default()), "−NT$1,235");
/// ```
pub fn money(minor: i64, currency: &Currency) -> String {
    let shown = currency.shown_digits.min(currency.minor_digits);
    let cut = 10_i128.pow(u32::from(currency.minor_digits - shown));
    let size = (i128::from(minor).abs() + cut / 2) / cut;
    let scale = 10_i128.pow(u32::from(shown));
    let whole = integer((size / scale) as i64);
    let sign = if minor < 0 && size > 0 { "−" } else { "" };
    let symbol = &currency.symbol;
    match shown {
        0 => format!("{sign}{symbol}{whole}"),
        _ => format!("{sign}{symbol}{whole}.{:0width$}", size % scale, width = usize::from(shown)),
    }
}
