//! What is typed on the page: the tool's record in the workspace.

use super::calculator::{Calculator, Given, Grid, GridRow};
use super::calculators::{CALCULATORS, find};
use crate::core::inputs::{Typed, Values};
use crate::core::lang::Lang;
use crate::core::sensitivity::Sensitivity;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The longest name of a row, in characters.
pub const LONGEST_NAME: usize = 16;

/// Everything that the page is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BreakEvenOptions {
    /// The open calculator; the first one where nothing is chosen yet.
    pub open: String,
    /// What differs from the numbers to begin with, by calculator.
    pub calculators: BTreeMap<String, CalculatorOptions>,
}

/// The inputs of one calculator.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CalculatorOptions {
    pub typed: Typed,
    /// The whole table, once anything in it is typed.
    pub rows: Option<Vec<Row>>,
    pub sensitivity: Sensitivity,
}

/// A row of a table of inputs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    pub name: String,
    pub typed: Typed,
}

impl BreakEvenOptions {
    pub fn calculator(&self) -> &'static Calculator {
        find(&self.open).unwrap_or(CALCULATORS[0])
    }

    /// The inputs of a calculator as they are typed.
    pub fn of(&self, calculator: &Calculator) -> CalculatorOptions {
        self.calculators.get(calculator.id).cloned().unwrap_or_default()
    }

    /// Changes the inputs of a calculator. What is as it was to begin with is kept no longer.
    pub fn edit(&mut self, calculator: &Calculator, change: impl FnOnce(&mut CalculatorOptions)) {
        let mut options = self.calculators.remove(calculator.id).unwrap_or_default();
        change(&mut options);
        options.typed = Values::of(calculator.inputs, &options.typed).typed();
        let started = |rows: &Vec<Row>| {
            calculator
                .grid
                .is_some_and(|grid| Lang::ALL.iter().any(|&lang| *rows == starting_rows(grid, lang)))
        };
        options.rows = options.rows.filter(|rows| !started(rows));
        if options != CalculatorOptions::default() {
            self.calculators.insert(calculator.id.into(), options);
        }
    }
}

impl CalculatorOptions {
    /// The rows in force; those to begin with are named in the reader's language.
    pub fn rows(&self, grid: &Grid, lang: Lang) -> Vec<Row> {
        let fitting =
            self.rows.clone().filter(|rows| (grid.least_rows..=grid.most_rows).contains(&rows.len()));
        fitting.unwrap_or_else(|| starting_rows(grid, lang))
    }

    /// What the calculator is given.
    pub fn given(&self, calculator: &Calculator, lang: Lang) -> Given {
        let rows = calculator.grid.map(|grid| {
            let row = |(at, row): (usize, Row)| GridRow {
                name: grid.row_name(&row.name, at, lang),
                values: Values::of(grid.columns, &row.typed),
            };
            self.rows(grid, lang).into_iter().enumerate().map(row).collect()
        });
        Given { values: Values::of(calculator.inputs, &self.typed), rows: rows.unwrap_or_default() }
    }
}

fn starting_rows(grid: &Grid, lang: Lang) -> Vec<Row> {
    let row = |&((en, zh), numbers): &((&'static str, &'static str), &[f64])| {
        let start = Values::of(grid.columns, &Typed::new());
        let values =
            numbers.iter().enumerate().fold(start, |values, (at, &number)| values.with_at(at, number));
        Row { name: lang.pick(en, zh).into(), typed: values.typed() }
    };
    grid.start.iter().map(row).collect()
}
