//! What became of every row of a file.

use crate::core::day::Day;
use crate::core::export::CsvWriter;
use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};

/// Why a row was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    MissingCustomer,
    MissingDate,
    NotADate,
    NoSuchDay,
    DateOutOfRange,
    MissingAmount,
    NotANumber,
    Percent,
    AmountTooLarge,
    /// A number of purchases or days that is negative or not whole.
    NotACount,
    /// More cells than columns.
    TooManyCells,
    /// A quotation mark that is not closed before the file ends.
    UnclosedQuote,
    /// The file ends in the middle of this row.
    CutOff,
    /// A summary or customer table has the customer in an earlier row.
    RepeatedCustomer,
    /// A response has neither a customer nor a key code.
    MissingCustomerAndKeyCode,
}

/// A row that was set aside. Lines count from 1; columns from 0, `None` when the whole row is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAsideRow {
    pub line: u64,
    pub column: Option<usize>,
    /// The first 200 characters; empty where the plan keeps personal values out.
    pub value: String,
    pub reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    line: u64,
    value_end: u64,
    column: u16,
    reason: Reason,
}

/// The rows that were set aside, in the order of the file; one arena holds all values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    entries: Vec<Entry>,
    values: String,
}

const WHOLE_ROW: u16 = u16::MAX;
/// Characters of a value that are kept.
const VALUE_CHARS: usize = 200;
/// Once this many bytes of values are kept, further values are cut to [`VALUE_CHARS_LATER`].
const VALUE_BYTES: usize = 32 << 20;
const VALUE_CHARS_LATER: usize = 20;

impl SetAside {
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many bytes the list takes in memory.
    pub fn memory(&self) -> usize {
        size_of_val(&*self.entries) + self.values.len()
    }

    pub fn push(&mut self, line: u64, column: Option<usize>, value: &str, reason: Reason) {
        let most = if self.values.len() < VALUE_BYTES { VALUE_CHARS } else { VALUE_CHARS_LATER };
        let end = value.char_indices().nth(most).map_or(value.len(), |(i, _)| i);
        self.values.push_str(&value[..end]);
        let column = column.map_or(WHOLE_ROW, |index| index as u16);
        self.entries.push(Entry { line, value_end: self.values.len() as u64, column, reason });
    }

    pub fn get(&self, index: usize) -> Option<SetAsideRow> {
        let entry = self.entries.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.entries[before].value_end as usize);
        Some(SetAsideRow {
            line: entry.line,
            column: (entry.column != WHOLE_ROW).then_some(usize::from(entry.column)),
            value: self.values.get(start..entry.value_end as usize).unwrap_or_default().into(),
            reason: entry.reason,
        })
    }

    pub fn iter(&self) -> impl Iterator<Item = SetAsideRow> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// A page of the list.
    pub fn page(&self, first: usize, count: usize) -> Vec<SetAsideRow> {
        self.iter().skip(first).take(count).collect()
    }

    /// How many rows each reason holds, most first.
    pub fn by_reason(&self) -> Vec<(Reason, u64)> {
        let mut counts = std::collections::BTreeMap::new();
        self.entries.iter().for_each(|entry| *counts.entry(entry.reason).or_insert(0) += 1);
        let mut counts: Vec<(Reason, u64)> = counts.into_iter().collect();
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        counts
    }

    /// The whole list as a CSV file (UTF-8 with a mark, so that spreadsheets open it cleanly); `headers` are the
    /// names of the file's columns.
    pub fn csv(&self, headers: &[String], lang: Lang) -> Vec<u8> {
        let mut csv = CsvWriter::new();
        csv.header(lang.pick(["Line", "Column", "Value", "Reason"], ["行號", "欄位", "內容", "原因"]));
        for row in self.iter() {
            csv.integer(i64::try_from(row.line).unwrap_or(i64::MAX));
            csv.text(row.column.and_then(|i| headers.get(i)).map_or("", String::as_str));
            csv.text(&row.value).text(row.reason.say(lang)).end_row();
        }
        csv.finish()
    }
}

/// Something about rows that are used, told with its count and its first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Characters that could not be decoded were replaced by U+FFFD.
    ReplacedCharacters { count: u64, first_line: u64 },
    /// Amounts with more decimals than the currency were rounded, half away from zero.
    RoundedAmounts { column: usize, count: u64, first_line: u64, value: String },
    /// Cells of a column that a row can do without could not be read: the row is used without them.
    UnreadableOptional { column: usize, count: u64, first_line: u64, value: String },
    /// Rows had fewer cells than columns: the missing cells are empty.
    ShortRows { count: u64, first_line: u64 },
    /// Rows without a customer belong to one unknown customer.
    UnknownCustomer { count: u64, first_line: u64 },
    /// Responses without a customer are known by their key codes.
    ByKeyCodeAlone { count: u64, first_line: u64 },
    /// Customers of a table of contacts or responses who are not in the customer data, as these were at the import.
    NotInCustomerData { customers: u64 },
}

/// What became of every row: `read = used + set aside`. Header and blank lines are not rows of data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub read: u64,
    pub used: u64,
    pub set_aside_count: u64,
    pub header_lines: u64,
    /// Empty lines, and rows of empty cells.
    pub blank_lines: u64,
    pub bytes: u64,
    /// Customers of the dataset after this file, and how many of them are new.
    pub customers: u64,
    pub new_customers: u64,
    /// The first and the last day of the rows used.
    pub period: Option<(Day, Day)>,
    /// The file ends in the middle of a row: it may have been cut off.
    pub ends_mid_row: bool,
    pub notes: Vec<Note>,
    pub by_reason: Vec<(Reason, u64)>,
    /// The names of the file's columns, for the list of rows set aside.
    pub headers: Vec<String>,
    /// The list itself; it does not travel with the rest, ask for pages of it.
    #[serde(skip)]
    pub set_aside: SetAside,
}
