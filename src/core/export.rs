//! CSV files that open cleanly in a spreadsheet and cannot run anything there.

use crate::core::day::Day;
use crate::core::money::Currency;
use std::fmt::Write;

/// Writes CSV: UTF-8 with a byte-order mark, lines ended by CR LF, cells separated by commas.
///
/// Texts that a spreadsheet could take for a formula are guarded (see [`guard`]); numbers, money and days are
/// written plainly, so that they stay numbers.
///
/// ```
/// use quintile::core::{day::Day, export::CsvWriter, money::Currency};
/// let mut csv = CsvWriter::new();
/// csv.header(["Customer", "Days since last", "Total spend", "Last purchase"]);
/// csv.text("C01, the first").integer(12).money(Some(-123_450), &Currency::default()).day(Some(Day(0)));
/// csv.end_row();
/// csv.text("=1+1").empty().money(None, &Currency::default()).day(None);
/// csv.end_row();
/// assert_eq!(
///     String::from_utf8(csv.finish()).unwrap(),
///     "\u{feff}Customer,Days since last,Total spend,Last purchase\r\n\
///      \"C01, the first\",12,-1234.50,1970-01-01\r\n\
///      '=1+1,,,\r\n"
/// );
/// ```
#[derive(Clone, Debug)]
pub struct CsvWriter {
    out: String,
    first_in_row: bool,
}

impl Default for CsvWriter {
    fn default() -> CsvWriter {
        CsvWriter { out: String::from('\u{feff}'), first_in_row: true }
    }
}

impl CsvWriter {
    pub fn new() -> CsvWriter {
        CsvWriter::default()
    }

    /// A whole row of texts: the names of the columns.
    pub fn header<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> &mut CsvWriter {
        for name in names {
            self.text(name);
        }
        self.end_row()
    }

    /// A text, guarded and quoted where it has to be.
    pub fn text(&mut self, text: &str) -> &mut CsvWriter {
        self.next_cell();
        let mark = if needs_guard(text) { "'" } else { "" };
        if text.contains([',', '"', '\r', '\n']) {
            self.out.push('"');
            self.out.push_str(mark);
            for c in text.chars() {
                if c == '"' {
                    self.out.push('"');
                }
                self.out.push(c);
            }
            self.out.push('"');
        } else {
            self.out.push_str(mark);
            self.out.push_str(text);
        }
        self
    }

    /// A count.
    pub fn integer(&mut self, value: i64) -> &mut CsvWriter {
        self.plain(value)
    }

    /// A number in its shortest exact form; an empty cell where there is none or it is not finite.
    pub fn number(&mut self, value: Option<f64>) -> &mut CsvWriter {
        match value.filter(|v| v.is_finite()) {
            Some(value) => self.plain(value),
            None => self.empty(),
        }
    }

    /// An amount in units of the currency with all its decimals and without its symbol.
    pub fn money(&mut self, minor: Option<i64>, currency: &Currency) -> &mut CsvWriter {
        match minor {
            Some(minor) => self.plain(currency.decimal(minor)),
            None => self.empty(),
        }
    }

    /// A day as `yyyy-mm-dd`.
    pub fn day(&mut self, day: Option<Day>) -> &mut CsvWriter {
        match day {
            Some(day) => self.plain(day),
            None => self.empty(),
        }
    }

    /// A cell without a value.
    pub fn empty(&mut self) -> &mut CsvWriter {
        self.plain("")
    }

    pub fn end_row(&mut self) -> &mut CsvWriter {
        self.out.push_str("\r\n");
        self.first_in_row = true;
        self
    }

    /// The bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    fn plain(&mut self, value: impl std::fmt::Display) -> &mut CsvWriter {
        self.next_cell();
        write!(self.out, "{value}").expect("a string takes any text");
        self
    }

    fn next_cell(&mut self) {
        if !self.first_in_row {
            self.out.push(',');
        }
        self.first_in_row = false;
    }
}

/// The first characters by which a spreadsheet takes a text for a formula, half and full width.
const FORMULA_STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Texts that already look guarded get one more apostrophe, so that [`unguard`] is exact.
fn needs_guard(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

/// Puts an apostrophe before a text that a spreadsheet would take for a formula.
///
/// ```
/// use quintile::core::export::{guard, unguard};
/// assert_eq!(guard("@home"), "'@home");
/// assert_eq!(guard("home"), "home");
/// assert_eq!(unguard("'@home"), "@home");
/// assert_eq!(unguard("'twas"), "'twas");
/// ```
pub fn guard(text: &str) -> String {
    format!("{}{text}", if needs_guard(text) { "'" } else { "" })
}

/// Takes the apostrophe off again that [`guard`] has put there; any other text stays as it is.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(texts: &[String]) -> Vec<String> {
        let mut csv = CsvWriter::new();
        texts.iter().for_each(|text| {
            csv.text(text);
        });
        csv.end_row();
        let bytes = csv.finish();
        let (mut reader, mut out, mut ends) = (csv_core::Reader::new(), [0; 8192], [0; 64]);
        let (_, _, _, count) = reader.read_record(&bytes[3..], &mut out, &mut ends);
        let starts = std::iter::once(0).chain(ends);
        let pieces = starts.zip(ends).take(count).map(|(from, to)| &out[from..to]);
        pieces.map(|piece| String::from_utf8(piece.to_vec()).unwrap()).collect()
    }

    #[test]
    fn every_formula_start_is_guarded_inside_quotes_too() {
        for start in FORMULA_STARTS {
            let text = format!("{start}HYPERLINK(\"http://a\",\"b\")");
            assert_eq!(cells(&[text.clone(), "x".into()])[0], format!("'{text}"));
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        let mut csv = CsvWriter::new();
        csv.integer(-3).number(Some(-0.25)).number(Some(f64::NAN)).number(None).integer(4).end_row();
        assert_eq!(csv.finish(), "\u{feff}-3,-0.25,,,4\r\n".as_bytes());
    }

    proptest! {
        #[test]
        fn texts_come_back_exactly(texts in prop::collection::vec(any::<String>(), 2..6)) {
            let read: Vec<String> = cells(&texts).iter().map(|cell| unguard(cell).to_string()).collect();
            prop_assert_eq!(read, texts);
        }

        #[test]
        fn guarding_is_undone_exactly(text in "['=+@a－-]{0,6}") {
            let guarded = guard(&text);
            prop_assert!(!guarded.starts_with(FORMULA_STARTS));
            prop_assert_eq!(unguard(&guarded), text);
        }
    }
}
