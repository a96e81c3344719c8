//! Amounts and numbers from the forms in which files write them, exactly: no float lies between text and money.
//!
//! Scientific notation (`1.2E+05`, as spreadsheets export large numbers) is read as written; a percentage is refused.

use super::cells::{half_width, is_missing, trim};
use serde::{Deserialize, Serialize};

/// What separates the decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberStyle {
    /// `1,234.50`
    #[default]
    DotDecimal,
    /// `1.234,50`
    CommaDecimal,
}

/// Why a cell is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountProblem {
    Missing,
    NotANumber,
    Percent,
    /// Beyond [`MAX_MINOR`].
    TooLarge,
}

/// The largest amount of one row in minor units: the sum of a million of them still fits.
pub const MAX_MINOR: i64 = 9_000_000_000_000;

/// An amount in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub minor: i64,
    /// The cell had more decimals than the currency: rounded half away from zero.
    pub rounded: bool,
}

/// A number as written: `mantissa × 10^exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    pub negative: bool,
    pub mantissa: u128,
    pub exponent: i32,
}

/// Reads an amount of money.
///
/// ```
/// use quintile::core::import::amounts::{NumberStyle::*, amount};
/// assert_eq!(amount("NT$1,234.50", DotDecimal, 2).unwrap().minor, 123_450);
/// assert_eq!(amount("(1.234,505) €", CommaDecimal, 2).unwrap().minor, -123_451);
/// assert_eq!(amount("１２，３４５元", DotDecimal, 0).unwrap().minor, 12_345);
/// assert!(amount("12%", DotDecimal, 2).is_err());
/// ```
pub fn amount(cell: &str, style: NumberStyle, minor_digits: u8) -> Result<Amount, AmountProblem> {
    match plain_amount(cell.as_bytes(), style, minor_digits) {
        Some(minor) => Ok(Amount { minor, rounded: false }),
        None => decimal(cell, style)?.to_minor(minor_digits),
    }
}

/// An amount in the common way of writing, digits with at most one decimal point, that needs no rounding. `None`
/// leaves the cell to [`amount`].
pub fn plain_amount(cell: &[u8], style: NumberStyle, minor_digits: u8) -> Option<i64> {
    let Plain { negative, mantissa, decimals } = plain(cell, style)?;
    let power = *WHOLE_POWERS.get(decimals.abs_diff(usize::from(minor_digits)))?;
    let minor = match decimals <= usize::from(minor_digits) {
        // So small that the product fits.
        true => (mantissa <= MAX_MINOR).then(|| mantissa * power)?,
        false => (mantissa % power == 0).then(|| mantissa / power)?,
    };
    (minor <= MAX_MINOR).then_some(if negative { -minor } else { minor })
}

/// A number in the common way of writing. `None` leaves the cell to [`number`].
pub fn plain_number(cell: &[u8], style: NumberStyle) -> Option<f64> {
    let Plain { negative, mantissa, decimals } = plain(cell, style)?;
    // Both numbers are exact below this bound, so that one rounding remains.
    let size = (mantissa < 1 << 53).then(|| mantissa as f64 / POWERS[decimals])?;
    Some(if negative && mantissa != 0 { -size } else { size })
}

/// Reads a number without a unit.
pub fn number(cell: &str, style: NumberStyle) -> Result<f64, AmountProblem> {
    if let Some(number) = plain_number(cell.as_bytes(), style) {
        return Ok(number);
    }
    let value = decimal(cell, style)?.to_f64();
    if value.is_finite() { Ok(value) } else { Err(AmountProblem::TooLarge) }
}

impl Decimal {
    pub fn to_minor(self, minor_digits: u8) -> Result<Amount, AmountProblem> {
        let shift = self.exponent + i32::from(minor_digits);
        let power = || 10_u128.checked_pow(shift.unsigned_abs());
        let (size, rounded) = match (shift, power()) {
            _ if self.mantissa == 0 => (0, false),
            (0.., Some(power)) => (self.mantissa.checked_mul(power).ok_or(AmountProblem::TooLarge)?, false),
            (0.., None) => return Err(AmountProblem::TooLarge),
            (_, Some(power)) => {
                let (whole, rest) = (self.mantissa / power, self.mantissa % power);
                (whole + u128::from(rest >= power - rest), rest != 0)
            }
            // Smaller than any half.
            (_, None) => (0, true),
        };
        if size > MAX_MINOR as u128 {
            return Err(AmountProblem::TooLarge);
        }
        Ok(Amount { minor: if self.negative { -(size as i64) } else { size as i64 }, rounded })
    }

    /// The nearest `f64`.
    pub fn to_f64(self) -> f64 {
        let sign = if self.negative && self.mantissa != 0 { -1.0 } else { 1.0 };
        // Both factors are exact below these bounds, so that one rounding remains.
        if self.mantissa < 1 << 53 && self.exponent.abs() <= 22 {
            let power = POWERS[self.exponent.unsigned_abs() as usize];
            let size = self.mantissa as f64;
            return sign * if self.exponent < 0 { size / power } else { size * power };
        }
        let text = format!("{}e{}", self.mantissa, self.exponent);
        sign * text.parse::<f64>().unwrap_or(f64::INFINITY)
    }

    /// Price times quantity.
    pub fn times(self, other: Decimal) -> Result<Decimal, AmountProblem> {
        let mantissa = self.mantissa.checked_mul(other.mantissa).ok_or(AmountProblem::TooLarge)?;
        let negative = self.negative != other.negative;
        Ok(Decimal { negative, mantissa, exponent: self.exponent + other.exponent })
    }
}

const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

const WHOLE_POWERS: [i64; 5] = [1, 10, 100, 1_000, 10_000];

/// Digits with at most one decimal point: `mantissa / 10^decimals`.
struct Plain {
    negative: bool,
    mantissa: i64,
    decimals: usize,
}

fn plain(bytes: &[u8], style: NumberStyle) -> Option<Plain> {
    let (negative, digits) = match bytes.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, bytes),
    };
    let point = match style {
        NumberStyle::DotDecimal => b'.',
        NumberStyle::CommaDecimal => b',',
    };
    // Eighteen digits fit into the mantissa.
    if digits.len() > 18 || !digits.first()?.is_ascii_digit() {
        return None;
    }
    let (mut mantissa, mut decimals) = (0, 0);
    for (i, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            mantissa = mantissa * 10 + i64::from(digit);
        } else if byte == point && decimals == 0 {
            // One more than the decimals, so that a point at the end counts, too.
            decimals = digits.len() - i;
        } else {
            return None;
        }
    }
    Some(Plain { negative, mantissa, decimals: decimals.saturating_sub(1) })
}

/// Reads a number in any of the accepted forms.
pub fn decimal(cell: &str, style: NumberStyle) -> Result<Decimal, AmountProblem> {
    let trimmed = trim(cell);
    if is_missing(trimmed) {
        return Err(AmountProblem::Missing);
    }
    let mut buffer = [0; 64];
    let text = normalise(trimmed, &mut buffer)?;
    let (negative, body) = strip(text).ok_or(AmountProblem::NotANumber)?;
    let mut decimal = unsigned(body, style).ok_or(AmountProblem::NotANumber)?;
    decimal.negative = negative;
    Ok(decimal)
}

/// The cell in lower-case ASCII, every currency sign as `$`.
fn normalise<'b>(cell: &str, buffer: &'b mut [u8; 64]) -> Result<&'b [u8], AmountProblem> {
    let mut len = 0;
    for c in cell.chars() {
        let byte = match half_width(c) {
            '%' | '‰' => return Err(AmountProblem::Percent),
            '$' | '€' | '£' | '¥' | '￥' | '￡' | '₩' | '元' | '圓' | '圆' => b'$',
            c if c.is_ascii() => c.to_ascii_lowercase() as u8,
            _ => return Err(AmountProblem::NotANumber),
        };
        *buffer.get_mut(len).ok_or(AmountProblem::NotANumber)? = byte;
        len += 1;
    }
    Ok(buffer[..len].trim_ascii())
}

const CURRENCY_WORDS: [&[u8]; 22] = [
    b"nt", b"ntd", b"twd", b"us", b"usd", b"eur", b"gbp", b"jpy", b"cny", b"rmb", b"hk", b"hkd", b"sgd",
    b"aud", b"cad", b"krw", b"nzd", b"chf", b"thb", b"myr", b"vnd", b"php",
];

/// Takes signs, brackets and currencies off both ends; whether the number is negative. What stands inside the number
/// stays and makes it none: `1$2` is not 12.
fn strip(mut text: &[u8]) -> Option<(bool, &[u8])> {
    let (mut signs, mut negative, mut bracket) = (0, false, false);
    loop {
        text = text.trim_ascii();
        let (&first, &last) = (text.first()?, text.last()?);
        let letters_before = text.iter().take_while(|b| b.is_ascii_lowercase()).count();
        let letters_after = text.iter().rev().take_while(|b| b.is_ascii_lowercase()).count();
        if letters_before > 0 {
            let (word, rest) = text.split_at(letters_before);
            if !CURRENCY_WORDS.contains(&word) {
                return None;
            }
            text = rest;
        } else if letters_after > 0 {
            let (rest, word) = text.split_at(text.len() - letters_after);
            if !CURRENCY_WORDS.contains(&word) {
                return None;
            }
            text = rest;
        } else if first == b'$' {
            text = &text[1..];
        } else if last == b'$' {
            text = &text[..text.len() - 1];
        } else if first == b'(' && last == b')' && !bracket {
            (bracket, negative, text) = (true, true, &text[1..text.len() - 1]);
        } else if matches!(first, b'-' | b'+') {
            (signs, negative, text) = (signs + 1, negative | (first == b'-'), &text[1..]);
        } else if matches!(last, b'-' | b'+') {
            (signs, negative, text) = (signs + 1, negative | (last == b'-'), &text[..text.len() - 1]);
        } else {
            break;
        }
    }
    (signs + i32::from(bracket) <= 1).then_some((negative, text))
}

/// Digits in groups, decimals, exponent.
fn unsigned(text: &[u8], style: NumberStyle) -> Option<Decimal> {
    let (point, group) = match style {
        NumberStyle::DotDecimal => (b'.', b','),
        NumberStyle::CommaDecimal => (b',', b'.'),
    };
    let (text, power) = match text.iter().position(|&b| b == b'e') {
        Some(i) => (&text[..i], exponent(&text[i + 1..])?),
        None => (text, 0),
    };
    let (whole, decimals) = match text.iter().position(|&b| b == point) {
        Some(i) => (&text[..i], &text[i + 1..]),
        None => (text, &text[..0]),
    };
    let whole_is_grouped = check_groups(whole, group)?;
    if whole.is_empty() && decimals.is_empty() || whole_is_grouped && power != 0 {
        return None;
    }
    let mut mantissa = 0_u128;
    for &byte in whole.iter().filter(|b| b.is_ascii_digit()).chain(decimals) {
        let digit = byte.is_ascii_digit().then(|| u128::from(byte - b'0'))?;
        mantissa = mantissa.checked_mul(10)?.checked_add(digit)?;
    }
    Some(Decimal { negative: false, mantissa, exponent: power - decimals.len() as i32 })
}

fn exponent(text: &[u8]) -> Option<i32> {
    let (sign, digits) = match text.split_first()? {
        (b'-', rest) => (-1, rest),
        (b'+', rest) => (1, rest),
        _ => (1, text),
    };
    let valid = matches!(digits.len(), 1..=3) && digits.iter().all(u8::is_ascii_digit);
    valid.then(|| sign * digits.iter().fold(0, |n, &d| n * 10 + i32::from(d - b'0')))
}

/// Whether thousands are separated; `None` when the groups are not groups, as in `1,5`, which must not become 15.
/// Groups of two before the last three are the Indian way.
fn check_groups(whole: &[u8], group: u8) -> Option<bool> {
    let Some(&separator) = whole.iter().find(|b| !b.is_ascii_digit()) else { return Some(false) };
    if separator != group && separator != b' ' && separator != b'\'' {
        return None;
    }
    let groups = whole.split(|&b| b == separator).count();
    for (i, part) in whole.split(|&b| b == separator).enumerate() {
        let fits = match i {
            0 => matches!(part.len(), 1..=3),
            _ if i + 1 == groups => part.len() == 3,
            _ => matches!(part.len(), 2 | 3),
        };
        if !fits || !part.iter().all(u8::is_ascii_digit) {
            return None;
        }
    }
    Some(true)
}

/// How the numbers of a column are written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberGuess {
    pub style: NumberStyle,
    /// Cells with a value.
    pub seen: usize,
    /// Cells that are a number in this style.
    pub fits: usize,
    /// No cell decides between the two styles, or cells contradict each other.
    pub ambiguous: bool,
    /// A cell that reads differently in the two styles.
    pub doubt: Option<String>,
}

impl NumberGuess {
    /// Whether nine of ten cells are numbers.
    pub fn is_numeric(&self) -> bool {
        self.fits > 0 && self.fits * 10 >= self.seen * 9
    }
}

/// Tries both styles on a sample of cells. What reads differently in both (`1,234`) is taken for thousands, or for
/// the point that it is (`1.234`), unless other cells decide.
pub fn detect<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> NumberGuess {
    let (mut seen, mut dot, mut comma, mut dot_only, mut comma_only) = (0, 0, 0, 0, 0);
    let mut doubt = None;
    for cell in cells.map(trim).filter(|cell| !is_missing(cell)) {
        seen += 1;
        match (decimal(cell, NumberStyle::DotDecimal), decimal(cell, NumberStyle::CommaDecimal)) {
            (Ok(a), Ok(b)) => {
                (dot, comma) = (dot + 1, comma + 1);
                if a != b && doubt.is_none() {
                    doubt = Some(cell.chars().take(40).collect());
                }
            }
            (Ok(_), Err(_)) => (dot, dot_only) = (dot + 1, dot_only + 1),
            (Err(_), Ok(_)) => (comma, comma_only) = (comma + 1, comma_only + 1),
            _ => {}
        }
    }
    let style = if comma_only > dot_only { NumberStyle::CommaDecimal } else { NumberStyle::DotDecimal };
    let fits = if style == NumberStyle::DotDecimal { dot } else { comma };
    let undecided = dot_only == 0 && comma_only == 0 && doubt.is_some();
    NumberGuess { style, seen, fits, ambiguous: undecided || dot_only > 0 && comma_only > 0, doubt }
}

#[cfg(test)]
mod tests {
    use super::NumberStyle::*;
    use super::*;

    fn minor(cell: &str, style: NumberStyle) -> Result<i64, AmountProblem> {
        amount(cell, style, 2).map(|amount| amount.minor)
    }

    #[test]
    fn one_amount_in_all_its_forms() {
        for cell in [
            "-1234.5",
            "-1,234.50",
            "(1,234.50)",
            "1234.50-",
            "−1,234.5",
            "－１，２３４．５",
            "NT$ -1,234.50",
            "-NT$1,234.50",
            "($1,234.50)",
            "US$(1,234.50)",
            "-1 234.50 TWD",
            "-1'234.5元",
            "-1.2345E+3",
            "-€1234.5",
            " -1234.500 ",
            "-￥1,234.50",
        ] {
            assert_eq!(minor(cell, DotDecimal), Ok(-123_450), "{cell}");
        }
        for cell in ["1.234,50", "1 234,5 €", "1234,50", "+1.234,5"] {
            assert_eq!(minor(cell, CommaDecimal), Ok(123_450), "{cell}");
        }
        assert_eq!(minor(".5", DotDecimal), Ok(50));
        assert_eq!(minor("1,00,000", DotDecimal), Ok(10_000_000));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for cell in [
            "1,5",
            "1,2345",
            "12,34,567.8.9",
            "--5",
            "5--",
            "-5-",
            "(5-)",
            "(-5)",
            "5 apples",
            "abc",
            "1e",
            "(5",
            "1 2",
            "$",
            "1$2",
            "1e$05",
            "12元50",
            "0x10",
            "1,234e5",
        ] {
            assert_eq!(minor(cell, DotDecimal), Err(AmountProblem::NotANumber), "{cell}");
        }
        assert_eq!(minor("5%", DotDecimal), Err(AmountProblem::Percent));
        assert_eq!(minor("", DotDecimal), Err(AmountProblem::Missing));
        assert_eq!(minor("1e300", DotDecimal), Err(AmountProblem::TooLarge));
        for (most, more) in [("90000000000.00", "90000000000.01"), ("NT$90,000,000,000", "90,000,000,000.01")]
        {
            assert_eq!(minor(most, DotDecimal), Ok(MAX_MINOR));
            assert_eq!(minor(more, DotDecimal), Err(AmountProblem::TooLarge));
        }
    }

    #[test]
    fn a_half_is_rounded_away_from_zero_and_told() {
        let read = |cell| amount(cell, DotDecimal, 2).unwrap();
        assert_eq!(read("1.005"), Amount { minor: 101, rounded: true });
        assert_eq!(read("-1.005"), Amount { minor: -101, rounded: true });
        assert_eq!(read("1.0049999"), Amount { minor: 100, rounded: true });
        assert_eq!(read("1.2300"), Amount { minor: 123, rounded: false });
        assert_eq!(read("1e-200"), Amount { minor: 0, rounded: true });
        assert_eq!(amount("1250", DotDecimal, 0).unwrap().minor, 1250);
    }

    #[test]
    fn numbers_are_the_nearest_floats() {
        let plain = ["0.1", "30.43", "123456789012345678.9", "0.30000000000000004", "-9007199254740993.5"];
        let grouped = ["1,234.5", "-1,234.567", "9,007,199,254,740,993.5"];
        let powers = ["1e-30", "3043e-2", "30.43e3", "-1.5e22", "9007199254740993e5", "9007199254740993e-5"];
        for cell in plain.into_iter().chain(grouped).chain(powers) {
            assert_eq!(number(cell, DotDecimal), Ok(cell.replace(',', "").parse().unwrap()), "{cell}");
        }
    }

    #[test]
    fn the_style_is_asked_only_when_no_cell_decides() {
        let guess = |cells: &[&str]| detect(cells.iter().copied());
        assert_eq!((guess(&["1,234", "5"]).ambiguous, guess(&["1,234"]).style), (true, DotDecimal));
        assert_eq!((guess(&["1,234", "5.5"]).ambiguous, guess(&["1,234", "5.5"]).style), (false, DotDecimal));
        assert_eq!(
            (guess(&["1,234", "5.50"]).style, guess(&["1.234", "5,50"]).style),
            (DotDecimal, CommaDecimal)
        );
        assert!(!guess(&["1,234", "1,234.5"]).ambiguous);
        assert!(!guess(&["12", "7"]).ambiguous);
        assert!(!guess(&["1.234", "5,50"]).ambiguous);
        assert!(guess(&["1,234.5", "1.234,5"]).ambiguous, "cells that contradict each other");
    }

    #[test]
    fn nine_of_ten_numbers_make_a_column_of_numbers() {
        let is_numeric = |numbers: usize, words: usize| {
            detect(std::iter::repeat_n("5", numbers).chain(std::iter::repeat_n("word", words))).is_numeric()
        };
        assert!(is_numeric(9, 1) && is_numeric(1, 0));
        assert!(!is_numeric(8, 1) && !is_numeric(0, 3) && !is_numeric(0, 0));
    }
}
