//! Bytes of text to rows of cells, streamed, with the line at which each row begins.
//!
//! A row that stands in one piece of text, on one line, is read where it stands; its cells may be quoted. Any other
//! row (a quotation mark or a line break inside of a cell, a piece that ends within the row) is read by `csv-core`.

use super::scan::{Marks, line_breaks};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// A row longer than this is a quotation mark that is never closed.
pub const MAX_ROW_BYTES: usize = 16 << 20;
/// More cells than a spreadsheet has columns.
pub const MAX_CELLS: usize = 16_384;
/// How many rows are handed out together at most: so many that each column can be worked off in one go, and so few
/// that all their cells stay in the processor's nearest cache.
pub const BLOCK_ROWS: usize = 256;

/// Where a cell stands in a text.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    end: u32,
}

impl Span {
    fn of(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }
}

/// One row of cells. Line numbers count from 1.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub line: u64,
    text: &'a str,
    cells: &'a [Span],
}

impl<'a> Row<'a> {
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The text of a cell; empty where the row is shorter.
    #[inline]
    pub fn cell(&self, index: usize) -> &'a str {
        self.cells.get(index).map_or("", |cell| &self.text[cell.start as usize..cell.end as usize])
    }

    /// The bytes of [`Row::cell`].
    #[inline]
    pub fn bytes(&self, index: usize) -> &'a [u8] {
        let bytes = self.text.as_bytes();
        self.cells.get(index).map_or(&[], |cell| &bytes[cell.start as usize..cell.end as usize])
    }

    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |i| self.cell(i))
    }

    /// Nothing but blanks in every cell: the empty rows that spreadsheets leave behind.
    pub fn is_blank(&self) -> bool {
        self.cells().all(|cell| cell.trim().is_empty())
    }
}

/// Some rows that follow each other, at most [`BLOCK_ROWS`].
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    text: &'a str,
    cells: &'a [Span],
    rows: &'a [Place],
}

/// The line of a row, and where its cells are among those of its block.
#[derive(Clone, Copy, Debug)]
struct Place {
    line: u64,
    cells: Span,
}

impl<'a> Block<'a> {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    #[inline]
    pub fn row(&self, index: usize) -> Row<'a> {
        let Place { line, cells } = self.rows[index];
        Row { line, text: self.text, cells: &self.cells[cells.start as usize..cells.end as usize] }
    }

    pub fn rows(self) -> impl Iterator<Item = Row<'a>> {
        (0..self.len()).map(move |i| self.row(i))
    }

    /// The block without its first rows.
    pub fn skip(self, rows: usize) -> Block<'a> {
        Block { rows: &self.rows[rows..], ..self }
    }
}

/// How the last row of a text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With a line break, or there was no row.
    Complete,
    /// Without a line break.
    NoLineBreak,
    /// Inside a quoted cell that began at this line.
    UnclosedQuote { line: u64 },
}

/// A row cannot be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowTooLarge {
    Bytes { line: u64 },
    Cells { line: u64 },
}

/// Splits text into rows; the pieces may be cut anywhere between two characters.
pub struct RowReader {
    csv: Reader,
    delimiter: u8,
    /// The delimiter, both line breaks, and the quotation mark where there is one.
    marks: [u8; 4],
    /// The rows that were read where they stand and have not been handed out yet.
    cells: Vec<Span>,
    rows: Vec<Place>,
    /// What `csv-core` has read of the open row.
    text: Vec<u8>,
    text_len: usize,
    ends: Vec<usize>,
    ends_len: usize,
    /// The line that the next byte is on.
    line: u64,
    /// The line on which the open row began.
    row_line: u64,
    in_row: bool,
    after_cr: bool,
    rows_done: u64,
    /// Lines without any character.
    pub blank_lines: u64,
}

impl RowReader {
    pub fn new(delimiter: u8, quoting: bool) -> RowReader {
        let mut csv = ReaderBuilder::new().delimiter(delimiter).quoting(quoting).build();
        // Its first read would drop a byte-order mark, wherever that read happens to begin.
        let _ = csv.read_record(b"\n", &mut [], &mut []);
        RowReader {
            csv,
            delimiter,
            marks: [delimiter, b'\n', b'\r', if quoting { b'"' } else { b'\n' }],
            cells: Vec::new(),
            rows: Vec::with_capacity(BLOCK_ROWS),
            text: vec![0; 4096],
            text_len: 0,
            ends: vec![0; 64],
            ends_len: 0,
            line: 1,
            row_line: 1,
            in_row: false,
            after_cr: false,
            rows_done: 0,
            blank_lines: 0,
        }
    }

    /// Reads a piece of text and hands out every row that ends in it.
    pub fn push(&mut self, text: &str, each: &mut impl FnMut(Block)) -> Result<(), RowTooLarge> {
        let bytes = text.as_bytes();
        let mut marks = Marks::new(bytes, self.marks);
        let mut at = 0;
        while at < bytes.len() {
            if !self.in_row {
                if matches!(bytes[at], b'\n' | b'\r') {
                    at += self.skip_line_breaks(&bytes[at..]);
                    marks.seek(at);
                    continue;
                }
                self.after_cr = false;
                let first_cell = self.cells.len();
                if let Some(end) = self.row_in_place(bytes, at, &mut marks) {
                    self.rows.push(Place { line: self.line, cells: Span::of(first_cell, self.cells.len()) });
                    self.line += 1;
                    at = end;
                    if self.rows.len() == BLOCK_ROWS {
                        self.hand_out(text, each);
                    }
                    continue;
                }
                self.cells.truncate(first_cell);
                // What comes before the row is handed out before it.
                self.hand_out(text, each);
                (self.in_row, self.row_line, self.text_len, self.ends_len) = (true, self.line, 0, 0);
            }
            let (result, read) = self.step(&bytes[at..]);
            at += read;
            match result {
                ReadRecordResult::Record => {
                    self.after_cr = bytes[at - 1] == b'\r';
                    self.emit(each);
                    marks.seek(at);
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return Ok(()),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => self.grow(result)?,
            }
        }
        self.hand_out(text, each);
        Ok(())
    }

    /// Ends the text: hands out the open row, if there is one, and says how it ended.
    pub fn finish(&mut self, each: &mut impl FnMut(Row, Ending)) -> Result<(), RowTooLarge> {
        if !self.in_row {
            return Ok(());
        }
        // Only a quoted cell swallows a line break; everything else ends its row at one.
        let mut ending = Ending::NoLineBreak;
        let mut rest: &[u8] = b"\n";
        loop {
            let (result, read) = self.step(rest);
            rest = &rest[read..];
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => break,
                ReadRecordResult::InputEmpty => {
                    let last_cell = if self.ends_len == 0 { 0 } else { self.ends[self.ends_len - 1] };
                    let line = self.row_line + line_breaks(&self.text[..last_cell]);
                    ending = Ending::UnclosedQuote { line };
                }
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => self.grow(result)?,
            }
        }
        self.emit(&mut |block| each(block.row(0), ending));
        Ok(())
    }

    /// Rows handed out so far.
    pub fn rows_done(&self) -> u64 {
        self.rows_done
    }

    /// Steps over the line breaks that `bytes` begin with: how many bytes they are.
    fn skip_line_breaks(&mut self, bytes: &[u8]) -> usize {
        let len = bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        for &byte in &bytes[..len] {
            // The second half of a CR LF belongs to the line that the CR has ended.
            if !(byte == b'\n' && self.after_cr) {
                self.blank_lines += 1;
                self.line += 1;
            }
            self.after_cr = byte == b'\r';
        }
        len
    }

    /// The cells of the row that begins `at`, where they stand: where the row ends, behind its line break. `None`
    /// leaves the row to `csv-core`; some of its cells may be there already.
    #[inline]
    fn row_in_place(&mut self, bytes: &[u8], at: usize, marks: &mut Marks) -> Option<usize> {
        if self.delimiter == b'"' {
            return None;
        }
        let most = self.cells.len() + MAX_CELLS;
        let mut start = at;
        loop {
            let mut mark = marks.next()?;
            let mut cell = Span::of(start, mark);
            if bytes[mark] == b'"' {
                // Within an unquoted cell, a quotation mark is a character like any other.
                if mark != start {
                    continue;
                }
                let close = loop {
                    let within = marks.next()?;
                    match bytes[within] {
                        b'"' => break within,
                        b'\n' | b'\r' => return None,
                        _ => {}
                    }
                };
                mark = marks.next().filter(|&next| next == close + 1)?;
                cell = Span::of(start + 1, close);
            }
            if self.cells.len() == most {
                return None;
            }
            self.cells.push(cell);
            let end = match bytes[mark] {
                b'\n' => mark + 1,
                b'\r' if bytes.get(mark + 1) == Some(&b'\n') => marks.next()? + 1,
                byte if byte == self.delimiter => {
                    start = mark + 1;
                    continue;
                }
                _ => return None,
            };
            return (end - at <= MAX_ROW_BYTES).then_some(end);
        }
    }

    /// Hands out the rows that were read where they stand.
    fn hand_out(&mut self, text: &str, each: &mut impl FnMut(Block)) {
        if !self.rows.is_empty() {
            self.rows_done += self.rows.len() as u64;
            each(Block { text, cells: &self.cells, rows: &self.rows });
        }
        self.cells.clear();
        self.rows.clear();
    }

    fn step(&mut self, bytes: &[u8]) -> (ReadRecordResult, usize) {
        let (text, ends) = (&mut self.text[self.text_len..], &mut self.ends[self.ends_len..]);
        let (result, read, written, ended) = self.csv.read_record(bytes, text, ends);
        self.text_len += written;
        self.ends_len += ended;
        (result, read)
    }

    fn grow(&mut self, what: ReadRecordResult) -> Result<(), RowTooLarge> {
        if what == ReadRecordResult::OutputFull {
            if self.text.len() >= MAX_ROW_BYTES {
                return Err(RowTooLarge::Bytes { line: self.row_line });
            }
            self.text.resize(self.text.len() * 2, 0);
        } else {
            if self.ends.len() >= MAX_CELLS {
                return Err(RowTooLarge::Cells { line: self.row_line });
            }
            self.ends.resize(self.ends.len() * 2, 0);
        }
        Ok(())
    }

    /// Hands out the row that `csv-core` has read.
    fn emit(&mut self, each: &mut impl FnMut(Block)) {
        let bytes = &self.text[..self.text_len];
        self.line += 1 + line_breaks(bytes);
        self.in_row = false;
        self.rows_done += 1;
        // The bytes came in as valid UTF-8 and are only ever cut beside ASCII.
        let text = std::str::from_utf8(bytes).expect("rows are cut from valid UTF-8");
        let ends = &self.ends[..self.ends_len];
        let starts = std::iter::once(&0).chain(ends);
        self.cells.extend(starts.zip(ends).map(|(&start, &end)| Span::of(start, end)));
        let row = Place { line: self.row_line, cells: Span::of(0, self.cells.len()) };
        each(Block { text, cells: &self.cells, rows: &[row] });
        self.cells.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    type Rows = Vec<(u64, Vec<String>)>;

    fn rows(text: &str, piece: usize) -> (Rows, u64, Ending) {
        rows_of(RowReader::new(b',', true), text, piece)
    }

    /// Pieces of as many characters.
    fn rows_of(mut reader: RowReader, text: &str, piece: usize) -> (Rows, u64, Ending) {
        let (mut found, mut ending) = (Vec::new(), Ending::Complete);
        let mut keep = |row: Row| found.push((row.line, row.cells().map(String::from).collect()));
        let characters: Vec<char> = text.chars().collect();
        for part in characters.chunks(piece) {
            let part: String = part.iter().collect();
            reader.push(&part, &mut |block| block.rows().for_each(&mut keep)).unwrap();
        }
        let mut last = |row: Row, how| {
            keep(row);
            ending = how;
        };
        reader.finish(&mut last).unwrap();
        (found, reader.blank_lines, ending)
    }

    #[test]
    fn rows_know_their_lines_for_every_line_break_and_piece() {
        for line_break in ["\n", "\r\n", "\r"] {
            let text = "a,b\n\n\"x\ny\",2\n3,\"q\"\"q\"\n".replace('\n', line_break);
            for piece in [1, 2, 3, 1000] {
                let (found, blank, ending) = rows(&text, piece);
                let lines: Vec<u64> = found.iter().map(|row| row.0).collect();
                assert_eq!(
                    (lines, blank, ending),
                    (vec![1, 3, 5], 1, Ending::Complete),
                    "{line_break:?} {piece}"
                );
                assert_eq!(found[1].1[0].lines().collect::<Vec<_>>().join("+").replace('\r', "+"), "x+y");
                assert_eq!(found[2].1, ["3", "q\"q"]);
            }
        }
    }

    #[test]
    fn an_unclosed_quote_tells_the_line_of_the_cell() {
        let (found, _, ending) = rows("a,b\n\"1\n\",\"2\n3,4\n", 7);
        assert_eq!(ending, Ending::UnclosedQuote { line: 3 });
        assert_eq!(found[1].0, 2);
        assert_eq!(rows("a,b\n1,2", 3).2, Ending::NoLineBreak);
    }

    #[test]
    fn too_many_cells_and_too_long_a_row_are_problems() {
        let mut reader = RowReader::new(b',', true);
        assert_eq!(reader.push(&",".repeat(20_000), &mut |_| ()), Err(RowTooLarge::Cells { line: 1 }));
        let mut reader = RowReader::new(b',', true);
        let text = format!("a\n\"{}", "x".repeat(MAX_ROW_BYTES + 10));
        assert_eq!(reader.push(&text, &mut |_| ()), Err(RowTooLarge::Bytes { line: 2 }));
    }

    /// The cells of all rows, by `csv-core` alone.
    fn by_csv_core(text: &str, delimiter: u8, quoting: bool) -> Vec<Vec<String>> {
        let mut csv = ReaderBuilder::new().delimiter(delimiter).quoting(quoting).build();
        let (mut out, mut ends) = (vec![0; text.len()], vec![0; text.len()]);
        let (mut input, mut rows) = (text.as_bytes(), Vec::new());
        while let (ReadRecordResult::Record, read, _, count) = csv.read_record(input, &mut out, &mut ends) {
            input = &input[read..];
            let starts = std::iter::once(&0).chain(&ends);
            let cell =
                |(&start, &end): (&usize, &usize)| String::from_utf8(out[start..end].to_vec()).unwrap();
            rows.push(starts.zip(&ends[..count]).map(cell).collect());
        }
        rows
    }

    proptest! {
        /// A piece of one character never holds a whole row, so that all rows of such a text are read by `csv-core`.
        #[test]
        fn rows_in_place_are_those_of_csv_core(
            text in "([ab,,;\"\"\r\n\n王 ]|\"[ab,;王]*\",|[ab]{1,80},|\r\n){0,60}",
            piece in 1..200_usize,
            delimiter in prop::sample::select(&b",;"[..]),
            quoting: bool,
        ) {
            let reader = || RowReader::new(delimiter, quoting);
            let expected = rows_of(reader(), &text, 1);
            prop_assert_eq!(&rows_of(reader(), &text, piece), &expected);
            prop_assert_eq!(&rows_of(reader(), &text, usize::MAX), &expected);
            if expected.2 == Ending::Complete {
                let cells: Vec<_> = expected.0.into_iter().map(|row| row.1).collect();
                prop_assert_eq!(cells, by_csv_core(&text, delimiter, quoting));
            }
        }
    }
}
