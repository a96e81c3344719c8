//! Bytes of text to rows of cells, on `csv-core`: streamed, with the line at which each row begins.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// A row longer than this is a quotation mark that is never closed.
pub const MAX_ROW_BYTES: usize = 16 << 20;
/// More cells than a spreadsheet has columns.
pub const MAX_CELLS: usize = 16_384;

/// One row of cells. Line numbers count from 1.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub line: u64,
    text: &'a str,
    ends: &'a [usize],
    /// Bytes between two cells: the delimiter, where the text is a line as it stands in the file.
    gap: usize,
}

impl<'a> Row<'a> {
    /// A row from all its texts one after the other, and where each ends.
    pub fn new(line: u64, text: &'a str, ends: &'a [usize]) -> Row<'a> {
        Row { line, text, ends, gap: 0 }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of a cell; empty where the row is shorter.
    pub fn cell(&self, index: usize) -> &'a str {
        let Some(&end) = self.ends.get(index) else { return "" };
        let start = if index == 0 { 0 } else { self.ends[index - 1] + self.gap };
        &self.text[start..end]
    }

    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |i| self.cell(i))
    }

    /// Nothing but blanks in every cell: the empty rows that spreadsheets leave behind.
    pub fn is_blank(&self) -> bool {
        self.cells().all(|cell| cell.trim().is_empty())
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
    quoting: bool,
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
            quoting,
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
    pub fn push(&mut self, text: &str, each: &mut impl FnMut(Row)) -> Result<(), RowTooLarge> {
        let mut bytes = text.as_bytes();
        loop {
            if !self.in_row {
                bytes = self.skip_line_breaks(bytes);
                if bytes.is_empty() {
                    return Ok(());
                }
                let rest = &text[text.len() - bytes.len()..];
                if let Some(read) = self.plain_line(rest, each) {
                    bytes = &bytes[read..];
                    continue;
                }
                (self.in_row, self.row_line, self.text_len, self.ends_len) = (true, self.line, 0, 0);
            }
            let (result, read) = self.step(bytes);
            match result {
                ReadRecordResult::Record => {
                    self.after_cr = bytes[read - 1] == b'\r';
                    self.emit(each);
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return Ok(()),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => self.grow(result)?,
            }
            bytes = &bytes[read..];
        }
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
        self.emit(&mut |row| each(row, ending));
        Ok(())
    }

    /// Rows handed out so far.
    pub fn rows_done(&self) -> u64 {
        self.rows_done
    }

    fn skip_line_breaks<'a>(&mut self, mut bytes: &'a [u8]) -> &'a [u8] {
        while let Some(&byte) = bytes.first().filter(|b| matches!(b, b'\n' | b'\r')) {
            // The second half of a CR LF belongs to the line that the CR has ended.
            if !(byte == b'\n' && self.after_cr) {
                self.blank_lines += 1;
                self.line += 1;
            }
            self.after_cr = byte == b'\r';
            bytes = &bytes[1..];
        }
        if !bytes.is_empty() {
            self.after_cr = false;
        }
        bytes
    }

    /// The common case without copying: a whole line without a quotation mark. How many bytes it took; `None` leaves
    /// the row to `csv-core`.
    fn plain_line(&mut self, text: &str, each: &mut impl FnMut(Row)) -> Option<usize> {
        let mut count = 0;
        let mut end = None;
        for (i, &byte) in text.as_bytes().iter().enumerate() {
            if byte == self.delimiter {
                // The last place is kept for the last cell.
                if count + 1 >= self.ends.len() {
                    return None;
                }
                self.ends[count] = i;
                count += 1;
            } else if byte == b'\n' {
                end = Some(i);
                break;
            } else if byte == b'\r' || byte == b'"' && self.quoting {
                if byte == b'\r' && text.as_bytes().get(i + 1) == Some(&b'\n') {
                    end = Some(i);
                    break;
                }
                return None;
            }
        }
        let end = end.filter(|&end| end <= MAX_ROW_BYTES)?;
        self.ends[count] = end;
        self.rows_done += 1;
        let (text, line_break) = text.split_at(end);
        each(Row { line: self.line, text, ends: &self.ends[..=count], gap: 1 });
        self.line += 1;
        Some(end + if line_break.starts_with('\r') { 2 } else { 1 })
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

    fn emit(&mut self, each: &mut impl FnMut(Row)) {
        let bytes = &self.text[..self.text_len];
        self.line += 1 + line_breaks(bytes);
        self.in_row = false;
        self.rows_done += 1;
        // The bytes came in as valid UTF-8 and are only ever cut beside ASCII.
        let text = std::str::from_utf8(bytes).expect("rows are cut from valid UTF-8");
        each(Row::new(self.row_line, text, &self.ends[..self.ends_len]));
    }
}

/// Line breaks in a text: LF, CR LF and CR count as one each.
pub fn line_breaks(text: &[u8]) -> u64 {
    let count = |wanted: u8| text.iter().filter(|&&b| b == wanted).count() as u64;
    let (lf, cr) = (count(b'\n'), count(b'\r'));
    let pairs = if cr == 0 { 0 } else { text.windows(2).filter(|pair| pair == b"\r\n").count() as u64 };
    lf + cr - pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, piece: usize) -> (Vec<(u64, Vec<String>)>, u64, Ending) {
        let mut reader = RowReader::new(b',', true);
        let (mut found, mut ending) = (Vec::new(), Ending::Complete);
        let mut keep = |row: Row| found.push((row.line, row.cells().map(String::from).collect()));
        for part in text.as_bytes().chunks(piece) {
            reader.push(std::str::from_utf8(part).unwrap(), &mut keep).unwrap();
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
}
