//! Lists of numbers as people type or paste them.

use super::options::MOST_NUMBERS;
use crate::core::lang::Lang;
use crate::core::typed::{number, share_of_percent};

/// Why a list cannot be read; `place` counts from 1.
#[derive(Clone, Debug, PartialEq)]
pub enum ListError {
    Empty,
    NotANumber { place: usize, text: String },
    Outside { place: usize, text: String },
    TooMany { found: usize },
}

impl ListError {
    pub fn say(&self, lang: Lang) -> String {
        match self {
            ListError::Empty => lang.pick("Type at least one number.", "請至少輸入一個數字。").into(),
            ListError::NotANumber { place, text } => lang.pick(
                format!(
                    "Number {place}, “{text}”, is no number. Separate numbers by spaces, commas or lines."
                ),
                format!("第 {place} 個「{text}」不是數字。請以空格、逗號或換行分隔。"),
            ),
            ListError::Outside { place, text } => lang.pick(
                format!("Number {place}, “{text}”, must lie between 0% and 100%."),
                format!("第 {place} 個「{text}」必須在 0% 與 100% 之間。"),
            ),
            ListError::TooMany { found } => lang.pick(
                format!("These are {found} numbers; at most {MOST_NUMBERS} can be used."),
                format!("共有 {found} 個數字，最多只能使用 {MOST_NUMBERS} 個。"),
            ),
        }
    }
}

/// The pieces of a list: lines, tabs, spaces and semicolons part them, and commas where nothing else does (elsewhere a
/// comma stands between thousands).
fn pieces(text: &str) -> Vec<&str> {
    let parts = |text: &'_ str| -> bool {
        text.contains(|c: char| c.is_whitespace() || matches!(c, ';' | '；' | '、' | '，'))
    };
    let text = text.trim();
    let split: Vec<&str> = match parts(text) {
        true => text.split(|c: char| c.is_whitespace() || matches!(c, ';' | '；' | '、' | '，')).collect(),
        false => text.split(',').collect(),
    };
    split.into_iter().map(|piece| piece.trim_matches(',')).filter(|piece| !piece.is_empty()).collect()
}

/// The numbers of a list.
///
/// ```
/// use quintile::tools::clv::typed::{ListError, read_numbers};
/// assert_eq!(read_numbers("100, 63.1\n46.8"), Ok(vec![100.0, 63.1, 46.8]));
/// assert_eq!(read_numbers("1,000 631"), Ok(vec![1000.0, 631.0]));
/// assert_eq!(read_numbers("100,50,20"), Ok(vec![100.0, 50.0, 20.0]));
/// assert!(matches!(read_numbers("100 x"), Err(ListError::NotANumber { place: 2, .. })));
/// ```
///
/// # Errors
/// [`ListError`]: without a number, with something else, or with more than can be used.
pub fn read_numbers(text: &str) -> Result<Vec<f64>, ListError> {
    let pieces = pieces(text);
    match pieces.len() {
        0 => return Err(ListError::Empty),
        found if found > MOST_NUMBERS => return Err(ListError::TooMany { found }),
        _ => {}
    }
    let read = |(at, piece): (usize, &&str)| {
        let plain = piece.trim_end_matches(['%', '％']);
        number(plain).ok_or_else(|| ListError::NotANumber { place: at + 1, text: piece.to_string() })
    };
    pieces.iter().enumerate().map(read).collect()
}

/// The same for shares, typed in per cent.
///
/// # Errors
/// As [`read_numbers`], and for a share outside 0 … 100 %.
pub fn read_percents(text: &str) -> Result<Vec<f64>, ListError> {
    let pieces = pieces(text);
    let share = |(at, percent): (usize, f64)| match (0.0..=100.0).contains(&percent) {
        true => Ok(share_of_percent(percent)),
        false => Err(ListError::Outside { place: at + 1, text: pieces[at].to_string() }),
    };
    read_numbers(text)?.into_iter().enumerate().map(share).collect()
}

pub fn write_numbers(numbers: &[f64]) -> String {
    let texts: Vec<String> = numbers.iter().map(f64::to_string).collect();
    texts.join(", ")
}

pub fn write_percents(shares: &[f64]) -> String {
    write_numbers(&shares.iter().map(|share| (share * 1e10).round() / 1e8).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for shares in [vec![0.3, 0.2, 0.15, 0.05], vec![1.0], vec![0.0, 0.123_456_78]] {
            assert_eq!(read_percents(&write_percents(&shares)), Ok(shares));
        }
        assert_eq!(read_numbers(&write_numbers(&[1e6, 0.5])), Ok(vec![1e6, 0.5]));
        assert!(matches!(read_percents("30 130"), Err(ListError::Outside { place: 2, .. })));
        assert_eq!(read_numbers(" , "), Err(ListError::Empty));
        assert!(matches!(read_numbers(&"1 ".repeat(99)), Err(ListError::TooMany { found: 99 })));
        assert_eq!(read_numbers("100；63.1％、46.8"), Ok(vec![100.0, 63.1, 46.8]));
    }
}
