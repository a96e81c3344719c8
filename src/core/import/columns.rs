//! One column of a table while it grows.

use super::amounts::{self, AmountProblem, NumberStyle};
use super::cells;
use super::dates::{DateForm, DateProblem};
use super::plan::{ColumnPlan, Form};
use super::pseudonym::{Key, pseudonym};
use super::report::Reason;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::table::{ColumnData, NO_DAY, NO_MONEY, Role};

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
                if whole && number.fract() != 0.0 || !negative && number < 0.0 {
                    return Err(Reason::NotACount);
                }
                Ok(Value::Number(number))
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
        let data = reading.map_or_else(texts, Reading::empty);
        let (rounded, unreadable) = Default::default();
        Growing { index, role, name, reading, required, pseudonymise, data, rounded, unreadable }
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
