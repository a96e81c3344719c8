//! How a text is cut into cells: delimiter, quotes, header, guessed from its head with the reasons.

use super::rows::{Ending, Row, RowReader, RowTooLarge};
use super::scan::line_breaks;
use super::{amounts, cells, dates, header_names, importer};
use serde::{Deserialize, Serialize};

/// How a text is cut into cells, and why we think so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    pub delimiter: u8,
    pub delimiter_reason: DelimiterReason,
    pub quoting: bool,
    /// The line of the quotation mark that is never closed, because of which quoting is guessed to mean nothing.
    pub unclosed_quote: Option<u64>,
    pub header: bool,
    pub header_reason: HeaderReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DelimiterReason {
    /// The person said so.
    Given,
    /// The file's first line says so (`sep=;`).
    SeparatorLine,
    /// It cuts so many of the rows seen into the same number of columns.
    Consistent { columns: usize, agree: usize, seen: usize },
    /// No delimiter cuts the rows: there is one column.
    OneColumn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderReason {
    Given,
    /// So many of its cells are names that columns usually have.
    KnownNames {
        count: usize,
    },
    /// The first row has a text where this column has dates or numbers.
    TextAboveValues {
        column: usize,
    },
    /// The first row has a date or a number.
    ValuesInFirstRow {
        column: usize,
    },
    /// Nothing but texts: the first row is more often a header than not.
    OnlyTexts,
}

/// The delimiters that are tried. Where two fit equally well, the one that is rarer inside texts comes first.
pub const DELIMITERS: [u8; 4] = [b'\t', b';', b'|', b','];

/// The first rows of a text.
pub struct Sample {
    pub rows: Vec<(u64, Vec<String>)>,
    /// A quoted cell does not end, or swallows far too much.
    pub unclosed_quote: Option<u64>,
    pub separator_line: bool,
}

/// Characters of a cell that a sample keeps.
const CELL_CHARS: usize = 200;

impl Sample {
    /// Reads up to `most` rows. `is_whole`: the text is not cut, so that its last row counts.
    pub fn read(
        text: &str,
        delimiter: u8,
        quoting: bool,
        is_whole: bool,
        most: usize,
    ) -> Result<Sample, RowTooLarge> {
        let mut reader = RowReader::new(delimiter, quoting);
        let mut sample = Sample { rows: Vec::new(), unclosed_quote: None, separator_line: false };
        let mut is_first = true;
        let mut keep = |row: Row| {
            let is_separator_line = std::mem::take(&mut is_first) && importer::is_separator_line(row);
            sample.separator_line |= is_separator_line;
            if !is_separator_line && !row.is_blank() && sample.rows.len() < most {
                let cell = |cell: &str| cells::trim(cell).chars().take(CELL_CHARS).collect();
                sample.rows.push((row.line, row.cells().map(cell).collect()));
            }
        };
        // Line by line, so that reading stops when there are rows enough.
        for line in text.split_inclusive('\n') {
            reader.push(line, &mut |block| block.rows().for_each(&mut keep))?;
            if reader.rows_done() >= most as u64 + 2 {
                return Ok(sample);
            }
        }
        let mut unclosed = None;
        reader.finish(&mut |row, ending| {
            let swallows = row.cells().any(|cell| line_breaks(cell.as_bytes()) > 200);
            match ending {
                Ending::UnclosedQuote { line } if is_whole || swallows => unclosed = Some(line),
                _ => {}
            }
            if is_whole {
                keep(row);
            }
        })?;
        sample.unclosed_quote = unclosed;
        Ok(sample)
    }

    /// The commonest number of cells, and how many rows have it.
    fn usual_width(&self) -> (usize, usize) {
        let mut counts = std::collections::BTreeMap::new();
        self.rows.iter().for_each(|(_, row)| *counts.entry(row.len()).or_insert(0) += 1);
        counts.into_iter().max_by_key(|&(_, count)| count).unwrap_or((0, 0))
    }

    /// How many columns the table has: as many as the header or as most rows.
    pub fn width(&self) -> usize {
        let first = self.rows.first().map_or(0, |(_, row)| row.len());
        first.max(self.usual_width().0)
    }
}

/// Guesses what is not given.
pub fn guess(
    text: &str,
    is_whole: bool,
    delimiter: Option<u8>,
    quoting: Option<bool>,
    header: Option<bool>,
) -> Result<Dialect, RowTooLarge> {
    let (delimiter, delimiter_reason) = match delimiter {
        Some(delimiter) => (delimiter, DelimiterReason::Given),
        None => guess_delimiter(text, is_whole),
    };
    let unclosed_quote = match quoting {
        Some(_) => None,
        None => Sample::read(text, delimiter, true, is_whole, 1_000).ok().and_then(|s| s.unclosed_quote),
    };
    let quoting = quoting.unwrap_or(unclosed_quote.is_none());
    let sample = Sample::read(text, delimiter, quoting, is_whole, 200)?;
    let (header, header_reason) = match header {
        Some(header) => (header, HeaderReason::Given),
        None => guess_header(&sample),
    };
    Ok(Dialect { delimiter, delimiter_reason, quoting, unclosed_quote, header, header_reason })
}

fn guess_delimiter(text: &str, is_whole: bool) -> (u8, DelimiterReason) {
    let first_line = text.lines().next().unwrap_or_default().as_bytes();
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] = *first_line
        && delimiter.is_ascii()
    {
        return (delimiter, DelimiterReason::SeparatorLine);
    }
    let mut best = (0.0, 1, (b',', DelimiterReason::OneColumn));
    for delimiter in DELIMITERS {
        let Ok(sample) = Sample::read(text, delimiter, true, is_whole, 200) else { continue };
        let (columns, agree) = sample.usual_width();
        let seen = sample.rows.len();
        if columns < 2 {
            continue;
        }
        let first_agrees = sample.rows.first().is_some_and(|(_, row)| row.len() == columns);
        let share = agree as f64 / seen as f64 * if first_agrees { 1.0 } else { 0.5 };
        let (best_share, best_columns, _) = best;
        // Clearly more regular wins; else more columns; else the earlier in the list.
        if share > best_share * 1.2 || share * 1.2 >= best_share && columns > best_columns {
            best = (share, columns, (delimiter, DelimiterReason::Consistent { columns, agree, seen }));
        }
    }
    best.2
}

fn guess_header(sample: &Sample) -> (bool, HeaderReason) {
    let Some(((_, first), rest)) = sample.rows.split_first() else { return (false, HeaderReason::OnlyTexts) };
    let known = first.iter().filter(|cell| header_names::is_known(cell)).count();
    let is_value = |cell: &str| {
        !cells::is_missing(cell)
            && (amounts::decimal(cell, Default::default()).is_ok()
                || dates::DateForm::ALL.iter().any(|form| form.parse(cell).is_ok()))
    };
    let value_at = first.iter().position(|cell| is_value(cell));
    // A year or a month may stand in a header, so one value does not outweigh several known names.
    if known > 0 && (value_at.is_none() || known > 1) {
        return (true, HeaderReason::KnownNames { count: known });
    }
    if let Some(column) = value_at {
        return (false, HeaderReason::ValuesInFirstRow { column });
    }
    let is_value_column = |&column: &usize| {
        let cells =
            || rest.iter().filter_map(|(_, row)| row.get(column)).filter(|cell| !cells::is_missing(cell));
        let values = cells().filter(|cell| is_value(cell)).count();
        values > 0 && values * 10 >= cells().count() * 9
    };
    match (0..first.len()).find(is_value_column) {
        Some(column) => (true, HeaderReason::TextAboveValues { column }),
        None => (true, HeaderReason::OnlyTexts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Dialect {
        guess(text, true, None, None, None).unwrap()
    }

    #[test]
    fn delimiters_are_told_by_regular_rows() {
        assert_eq!(of("a,b,c\n1,2,3\n").delimiter, b',');
        assert_eq!(of("a;b;c\n1;2,5;3\n4;5,5;6\n").delimiter, b';');
        assert_eq!(of("a\tb\n\"1,5\"\t2\n").delimiter, b'\t');
        assert_eq!(of("a|b\n1|2\n").delimiter, b'|');
        assert_eq!(of("sep=;\na;b\n1;2\n").delimiter_reason, DelimiterReason::SeparatorLine);
        assert_eq!(of("a\nb\n").delimiter_reason, DelimiterReason::OneColumn);
    }

    #[test]
    fn headers_are_told_from_data() {
        assert!(of("customer_id,foo\n1,2\n").header);
        assert!(of("wer,wieviel\nx,2\n").header);
        assert!(!of("A1,2024-01-01,5\nA2,2024-01-02,6\n").header);
        assert_eq!(of("A1,5\nA2,6\n").header_reason, HeaderReason::ValuesInFirstRow { column: 1 });
    }

    #[test]
    fn a_stray_quote_turns_quoting_off() {
        assert!(!of("a,b\n\"12 inch,5\nx,6\n").quoting);
        assert!(of("a,b\n\"12, inch\",5\nx,6\n").quoting);
    }
}
