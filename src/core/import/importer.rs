//! The streaming import: bytes in pieces of any size in, table and report out.

use super::builder::{TableBuilder, Taken};
use super::decode::{Decoder, ForeignDecoder};
use super::plan::{Plan, PlanProblem};
use super::problem::FileProblem;
use super::pseudonym::Key;
use super::report::{Note, Report};
use super::rows::{Block, Ending, MAX_CELLS, Row, RowReader, RowTooLarge};
use crate::core::dictionary::Dictionary;
use crate::core::money::Currency;
use crate::core::table::Table;

/// What the columns of a file may take at most: WebAssembly addresses four gigabytes, and making columns larger needs
/// some to spare.
pub const MEMORY: u64 = 3 << 30;
/// So many bytes of a file tell how much the columns of the whole will take,
const TELLING: u64 = 1 << 20;
/// and this part of it how much its texts will.
const TEXTS_TELL: u64 = 32;

/// A file in the middle of being read.
pub struct Importer {
    decoder: Decoder,
    reader: RowReader,
    taker: RowTaker,
    bytes: u64,
    /// How large the file is, where that is known.
    total: Option<u64>,
    memory: u64,
    known_customers: u64,
    headers: Vec<String>,
}

/// What a file has become.
#[derive(Debug)]
pub struct Imported {
    pub table: Table,
    /// The dataset's customers with those of this file.
    pub customers: Dictionary,
    pub report: Report,
}

struct RowTaker {
    builder: TableBuilder,
    awaits_header: bool,
    is_first: bool,
    header_lines: u64,
}

impl RowTaker {
    fn block(&mut self, block: Block) {
        let mut first = 0;
        while (self.is_first || self.awaits_header) && first < block.len() {
            self.row(block.row(first), Ending::Complete);
            first += 1;
        }
        self.builder.block(block.skip(first));
    }

    fn row(&mut self, row: Row, ending: Ending) {
        let is_first = std::mem::take(&mut self.is_first);
        if row.is_blank() {
            self.builder.blank_rows += 1;
        } else if is_first && is_separator_line(row) || std::mem::take(&mut self.awaits_header) {
            self.header_lines += 1;
        } else {
            self.builder.row(row, ending);
        }
    }
}

/// Excel's first line `sep=;`, which is no row.
pub(super) fn is_separator_line(row: Row) -> bool {
    let first = row.cell(0).as_bytes();
    first.len() >= 4
        && first[..4].eq_ignore_ascii_case(b"sep=")
        && first.len() <= 5
        && row.cells().skip(1).all(str::is_empty)
}

impl From<RowTooLarge> for FileProblem {
    fn from(problem: RowTooLarge) -> FileProblem {
        match problem {
            RowTooLarge::Bytes { line } => FileProblem::RowTooLong { line },
            RowTooLarge::Cells { line } => FileProblem::TooManyColumns { line, most: MAX_CELLS },
        }
    }
}

impl Importer {
    /// Starts reading a file as planned. `customers`: those of the dataset that the file is added to (or none);
    /// `key`: the dataset's secret for pseudonyms; `decoder`: needed where [`super::Encoding::is_foreign`].
    pub fn new(
        plan: Plan,
        currency: &Currency,
        customers: Dictionary,
        key: Key,
        decoder: Option<Box<dyn ForeignDecoder>>,
    ) -> Result<Importer, PlanProblem> {
        if let Some(problem) = plan.problems().into_iter().next() {
            return Err(problem);
        }
        let decoder = Decoder::new(plan.encoding, decoder)
            .map_err(|missing| PlanProblem::NoDecoder { encoding: missing.0 })?;
        Ok(Importer {
            decoder,
            reader: RowReader::new(plan.delimiter, plan.quoting),
            bytes: 0,
            total: None,
            memory: MEMORY,
            known_customers: customers.len() as u64,
            headers: plan.columns.iter().map(|column| column.header.clone()).collect(),
            taker: RowTaker {
                awaits_header: plan.header,
                is_first: true,
                header_lines: 0,
                builder: TableBuilder::new(plan, currency, customers, key),
            },
        })
    }

    /// Says how large the file is, and how much memory (in bytes) its columns may take: one that will not fit is
    /// refused when its beginning has been read, and the columns of any other need not be moved as they grow.
    pub fn expect(&mut self, total: u64, memory: u64) {
        (self.total, self.memory) = (Some(total), memory);
    }

    /// Reads the next piece of the file.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), FileProblem> {
        let was_telling = self.bytes >= TELLING;
        self.bytes += bytes.len() as u64;
        self.decode(bytes, false)?;
        let total = self.total.unwrap_or(0).max(self.bytes);
        let for_all = |now: u64| (u128::from(now) * u128::from(total) / u128::from(self.bytes.max(1))) as u64;
        let is_telling = self.bytes >= TELLING;
        let Taken { columns, texts } = self.taker.builder.memory();
        let taken = columns + texts;
        // Columns grow with the rows; texts, as far as they are new.
        let is_too_much = taken > self.memory
            || is_telling && for_all(columns) > self.memory
            || is_telling
                && self.bytes >= total / TEXTS_TELL
                && for_all(taken) > self.memory.saturating_add(self.memory / 4);
        if is_too_much {
            let most = (u128::from(self.bytes) * u128::from(self.memory) / u128::from(taken.max(1))) as u64;
            return Err(FileProblem::TooLarge { bytes: total, most });
        }
        if is_telling && !was_telling {
            let rows = self.rows();
            self.taker.builder.reserve((for_all(rows) - rows) as usize);
        }
        Ok(())
    }

    fn decode(&mut self, bytes: &[u8], last: bool) -> Result<(), FileProblem> {
        let Importer { decoder, reader, taker, .. } = self;
        let mut take = |block: Block| taker.block(block);
        decoder.push(bytes, last, &mut |text: &str| reader.push(text, &mut take))?;
        Ok(())
    }

    /// Rows read so far, for a progress display.
    pub fn rows(&self) -> u64 {
        self.taker.builder.read
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<Imported, FileProblem> {
        self.decode(&[], true)?;
        let Importer { decoder, mut reader, mut taker, bytes, known_customers, headers, .. } = self;
        reader.finish(&mut |row, ending| taker.row(row, ending))?;
        let builder = taker.builder;
        let mut report = Report {
            read: builder.read,
            used: builder.used(),
            set_aside_count: builder.set_aside.len() as u64,
            header_lines: taker.header_lines,
            blank_lines: builder.blank_rows + reader.blank_lines,
            bytes,
            period: builder.days(),
            ends_mid_row: builder.ends_mid_row,
            by_reason: builder.set_aside.by_reason(),
            headers,
            ..Report::default()
        };
        let (table, customers, notes, set_aside) = builder.finish();
        report.notes = notes;
        if let Some(first_line) = decoder.first_replaced_line {
            report.notes.insert(0, Note::ReplacedCharacters { count: decoder.replaced, first_line });
        }
        (report.set_aside, report.customers) = (set_aside, customers.len() as u64);
        report.new_customers = report.customers - known_customers;
        if report.used == 0 {
            return Err(nothing_used(&report));
        }
        Ok(Imported { table, customers, report })
    }
}

fn nothing_used(report: &Report) -> FileProblem {
    let commonest = report.by_reason.first().map(|&(reason, _)| reason);
    match report.set_aside.iter().find(|row| Some(row.reason) == commonest) {
        Some(row) => FileProblem::NothingUsable {
            read: report.read,
            reason: row.reason,
            line: row.line,
            value: row.value,
        },
        None => FileProblem::NoRows,
    }
}
