//! What all cells have in common: blanks around them, marks for "nothing", full-width characters.

use crate::core::export::unguard;

/// A cell without the blanks around it (also no-break and full-width ones).
pub fn trim(cell: &str) -> &str {
    let bytes = cell.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(b'!'..=b'~'), Some(b'!'..=b'~')) => cell,
        _ => cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0'),
    }
}

/// Whether a trimmed cell says that there is no value: empty, or what databases and spreadsheets write for it.
///
/// ```
/// use quintile::core::import::cells::is_missing;
/// assert!(is_missing("") && is_missing("NULL") && is_missing("#N/A") && is_missing("-"));
/// assert!(!is_missing("0") && !is_missing("Na"));
/// ```
pub fn is_missing(trimmed: &str) -> bool {
    matches!(
        trimmed,
        "" | "NULL" | "null" | "(null)" | "NA" | "N/A" | "n/a" | "#N/A" | "NaN" | "nan" | "-" | "--" | "—"
    )
}

/// The text of a cell as it is kept: trimmed, and without the apostrophe that shields a text from being taken for a
/// formula (our own exports write one, as spreadsheets do).
#[inline]
pub fn text(cell: &str) -> &str {
    match cell.as_bytes() {
        // The common case: there is nothing to take off.
        [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => cell,
        _ => trim(unguard(trim(cell))),
    }
}

/// The ASCII character that a full-width one stands for; other characters as they are.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '−' | '–' | '﹣' => '-',
        '’' => '\'',
        c => c,
    }
}
