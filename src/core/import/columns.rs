//! One column of a table while it grows.

use super::amounts::{self, AmountProblem, NumberStyle};
use super::cells;
use super::dates::{DateForm, DateProblem};
use super::plan::{ColumnPlan, Form};
use super::pseudonym::{Key, pseudonym};
use super::report::Reason;
use super::rows::Block;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::table::{ColumnData, NO_DAY, NO_MONEY, Role};
use std::ops::Range;

/// A value read from a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Day(i32),
    Money { minor: i64, rounded: bool },
    Number(f64),
}

/// Reads the cells of a typed column.
#[derive(Clone, Copy, Debug)]
pub enum Reading {
    Day(DateForm),
    Money {
        style: NumberStyle,
        minor_digits: u8,
    },
    /// A count is a whole number that is not negative.
    Number {
        style: NumberStyle,
        whole: bool,
        negative: bool,
    },
}

impl Value {
    /// Whether the value is all that the cell says.
    pub fn is_exact(&self) -> bool {
        !matches!(self, Value::Money { rounded: true, .. })
    }
}

impl Reading {
    pub fn new(plan: &ColumnPlan, form: Form, minor_digits: u8) -> Option<Reading> {
        let style = plan.number_style.unwrap_or_default();
        match form {
            Form::Day => plan.date_form.map(Reading::Day),
            Form::Money => Some(Reading::Money { style, minor_digits }),
            Form::Number => Some(Reading::Number {
                style,
                whole: plan.role == Some(Role::Purchases),
                negative: !matches!(plan.role, Some(Role::Purchases | Role::DaysSince)),
            }),
            Form::Customer | Form::Text => None,
        }
    }

    /// The cell's value, or why there is none.
    pub fn read(self, cell: &str) -> Result<Value, Reason> {
        match self {
            Reading::Day(form) => {
                form.parse(cell).map(|day| Value::Day(day.0)).map_err(|problem| match problem {
                    _ if cells::is_missing(cells::trim(cell)) => Reason::MissingDate,
                    DateProblem::Missing => Reason::MissingDate,
                    DateProblem::NotADate => Reason::NotADate,
                    DateProblem::NoSuchDay => Reason::NoSuchDay,
                    DateProblem::OutOfRange => Reason::DateOutOfRange,
                })
            }
            Reading::Money { style, minor_digits } => amounts::amount(cell, style, minor_digits)
                .map(|amount| Value::Money { minor: amount.minor, rounded: amount.rounded })
                .map_err(Reason::from),
            Reading::Number { style, whole, negative } => {
                let number = amounts::number(cell, style).map_err(Reason::from)?;
                let allowed = is_allowed(number, whole, negative);
                if allowed { Ok(Value::Number(number)) } else { Err(Reason::NotACount) }
            }
        }
    }

    fn empty(self) -> ColumnData {
        match self {
            Reading::Day(_) => ColumnData::Days(Vec::new()),
            Reading::Money { .. } => ColumnData::Money(Vec::new()),
            Reading::Number { .. } => ColumnData::Numbers(Vec::new()),
        }
    }
}

impl From<AmountProblem> for Reason {
    fn from(problem: AmountProblem) -> Reason {
        match problem {
            AmountProblem::Missing => Reason::MissingAmount,
            AmountProblem::NotANumber => Reason::NotANumber,
            AmountProblem::Percent => Reason::Percent,
            AmountProblem::TooLarge => Reason::AmountTooLarge,
        }
    }
}

/// How often something happened in a column, and where first.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub count: u64,
    pub first_line: u64,
    pub value: String,
}

impl Tally {
    pub fn add(&mut self, line: u64, value: &str) {
        if self.count == 0 {
            self.first_line = line;
            self.value = value.chars().take(200).collect();
        }
        self.count += 1;
    }
}

/// A column that grows row by row.
pub struct Growing {
    /// Which cell of a row.
    pub index: usize,
    pub role: Role,
    pub name: String,
    pub reading: Option<Reading>,
    pub required: bool,
    pub pseudonymise: bool,
    pub data: ColumnData,
    /// The values of a block, before it is known which of its rows are used.
    pub ahead: ColumnData,
    pub rounded: Tally,
    pub unreadable: Tally,
}

impl Growing {
    pub fn new(
        index: usize,
        role: Role,
        name: String,
        reading: Option<Reading>,
        required: bool,
        pseudonymise: bool,
    ) -> Growing {
        let texts = || ColumnData::Texts { codes: Vec::new(), dictionary: Dictionary::default() };
        let (data, ahead) =
            (reading.map_or_else(texts, Reading::empty), reading.map_or_else(texts, Reading::empty));
        let (rounded, unreadable) = Default::default();
        Growing { index, role, name, reading, required, pseudonymise, data, ahead, rounded, unreadable }
    }

    /// Reads the cells of a block into `ahead`. Rows where that does not tell everything are marked as odd: what
    /// stands in `ahead` for them is not to be used.
    pub fn read_ahead(&mut self, block: Block, odd: &mut [bool]) {
        let cells = Cells { block, index: self.index, required: self.required, reading: self.reading, odd };
        match (&mut self.ahead, self.reading) {
            (ColumnData::Days(days), Some(Reading::Day(form))) => {
                let day = |value| if let Value::Day(day) = value { day } else { NO_DAY };
                cells.read(days, NO_DAY, |bytes| form.plain(bytes).map(|day| day.0), day);
            }
            (ColumnData::Money(money), Some(Reading::Money { style, minor_digits })) => {
                let minor = |value| if let Value::Money { minor, .. } = value { minor } else { NO_MONEY };
                cells.read(money, NO_MONEY, |bytes| amounts::plain_amount(bytes, style, minor_digits), minor);
            }
            (ColumnData::Numbers(numbers), Some(Reading::Number { style, whole, negative })) => {
                let number = |value| if let Value::Number(number) = value { number } else { f64::NAN };
                let plain = |bytes: &[u8]| {
                    amounts::plain_number(bytes, style).filter(|&n| is_allowed(n, whole, negative))
                };
                cells.read(numbers, f64::NAN, plain, number);
            }
            _ => {}
        }
    }

    /// Appends the values of some rows that have been read ahead.
    pub fn append_ahead(&mut self, rows: Range<usize>) {
        match (&mut self.data, &self.ahead) {
            (ColumnData::Days(all), ColumnData::Days(ahead)) => all.extend_from_slice(&ahead[rows]),
            (ColumnData::Money(all), ColumnData::Money(ahead)) => all.extend_from_slice(&ahead[rows]),
            (ColumnData::Numbers(all), ColumnData::Numbers(ahead)) => all.extend_from_slice(&ahead[rows]),
            _ => {}
        }
    }

    pub fn push_value(&mut self, value: Option<Value>) {
        match (&mut self.data, value) {
            (ColumnData::Days(days), Some(Value::Day(day))) => days.push(day),
            (ColumnData::Days(days), _) => days.push(NO_DAY),
            (ColumnData::Money(money), Some(Value::Money { minor, .. })) => money.push(minor),
            (ColumnData::Money(money), _) => money.push(NO_MONEY),
            (ColumnData::Numbers(numbers), Some(Value::Number(number))) => numbers.push(number),
            (ColumnData::Numbers(numbers), _) => numbers.push(f64::NAN),
            (ColumnData::Texts { codes, .. }, _) => codes.push(NO_CODE),
        }
    }

    pub fn push_text(&mut self, cell: &str, key: &Key, scratch: &mut String) {
        let text = cells::text(cell);
        let ColumnData::Texts { codes, dictionary } = &mut self.data else { return };
        codes.push(match (text.is_empty(), self.pseudonymise) {
            (true, _) => NO_CODE,
            (false, false) => dictionary.intern(text),
            (false, true) => {
                pseudonym(key, 'P', text, scratch);
                dictionary.intern(scratch)
            }
        });
    }
}

/// The cells of one column in a block of rows.
struct Cells<'a> {
    block: Block<'a>,
    index: usize,
    required: bool,
    reading: Option<Reading>,
    odd: &'a mut [bool],
}

impl Cells<'_> {
    /// Replaces `values` by those of the cells: `quick` knows the common ways of writing, the reading all others, of
    /// which `value` takes the inner value; `none` stands where there is none.
    fn read<T: Copy>(
        self,
        values: &mut Vec<T>,
        none: T,
        quick: impl Fn(&[u8]) -> Option<T>,
        value: impl Fn(Value) -> T,
    ) {
        // Rows of one order often have the same date and time.
        let mut before = ("", none);
        values.clear();
        values.extend(self.block.rows().zip(self.odd).map(|(row, odd)| {
            if let Some(value) = quick(row.bytes(self.index)) {
                return value;
            }
            let cell = row.cell(self.index);
            if !cell.is_empty() && cell == before.0 {
                return before.1;
            }
            match self.reading.map(|reading| reading.read(cell)) {
                Some(Ok(read)) if read.is_exact() => {
                    before = (cell, value(read));
                    before.1
                }
                Some(Err(Reason::MissingAmount | Reason::MissingDate)) if !self.required => none,
                _ => {
                    *odd = true;
                    none
                }
            }
        }));
    }
}

/// A count is a whole number that is not negative.
fn is_allowed(number: f64, whole: bool, negative: bool) -> bool {
    (!whole || number.fract() == 0.0) && (negative || number >= 0.0)
}
