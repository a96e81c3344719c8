//! What the page, links, files and tests need to know of a calculator. All calculators have the same shape: inputs, one
//! answer, a chart of two sides that cross, and the formula in the reader's own numbers.

use super::answer::{Answer, Refused};
use crate::core::inputs::{Input, Typed, Values, Words};
use crate::core::lang::Lang;
use crate::core::reader::Reader;
use crate::core::sensitivity::Model;

/// How the rows of a table of inputs are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowName {
    /// The person names them; a row without a name is called this, and its number.
    Typed(Words),
    /// By the years from now: now, year 1, year 2 …
    Years,
}

/// A small table that a person types, for what there are several of.
pub struct Grid {
    pub title: Words,
    pub help: Words,
    pub name: RowName,
    pub columns: &'static [Input],
    /// Each with its name, which is empty for rows that are called by their years.
    pub start: &'static [(Words, &'static [f64])],
    pub least_rows: usize,
    pub most_rows: usize,
}

impl Grid {
    /// What a row is called: by its typed name, its number, or its year.
    pub fn row_name(&self, typed: &str, at: usize, lang: Lang) -> String {
        match self.name {
            RowName::Typed(_) if !typed.trim().is_empty() => typed.trim().into(),
            RowName::Typed((en, zh)) => format!("{} {}", lang.pick(en, zh), at + 1),
            RowName::Years if at == 0 => lang.pick("Now", "現在").into(),
            RowName::Years => lang.pick(format!("Year {at}"), format!("第 {at} 年")),
        }
    }
}

/// A row of a table, called by a name.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    pub name: String,
    pub values: Values,
}

/// What a calculator is given: each number is one that its input takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub values: Values,
    /// Empty for a calculator without a table.
    pub rows: Vec<GridRow>,
}

impl Given {
    /// The inputs as they are to begin with, but for those that are typed.
    pub fn of(calculator: &Calculator, typed: &Typed) -> Given {
        super::options::CalculatorOptions { typed: typed.clone(), ..Default::default() }
            .given(calculator, Lang::En)
    }
}

/// The numbers in the order of the inputs.
pub fn take<const N: usize>(values: &Values) -> [f64; N] {
    std::array::from_fn(|at| values.at(at))
}

/// One calculator: one file.
pub struct Calculator {
    /// Its name in an address.
    pub id: &'static str,
    pub title: Words,
    /// The one question that it answers.
    pub question: Words,
    /// What it takes for granted, and where the formula comes from.
    pub assumes: Words,
    /// The slides of the course that teach it; a deck's letter where the deck as a whole does.
    pub slides: &'static [&'static str],
    pub inputs: &'static [Input],
    pub grid: Option<&'static Grid>,
    /// The number that is asked for as a function of the inputs, to be varied. A calculator whose table matters has none.
    pub model: Option<&'static Model>,
    /// Everything that is shown.
    pub answer: fn(&Given, Reader) -> Result<Answer, Refused>,
}
