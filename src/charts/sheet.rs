//! A worked calculation as data: the figures that matter, charts, tables and the steps behind them. A tool makes one for
//! a reader; the page, and any test, only walks it.

use super::spec::ChartSpec;
use super::table::Table;
use crate::core::explain::Step;

/// One of the few figures that matter: what it is, the number, and a note.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetFigure {
    pub label: String,
    pub value: String,
    pub note: String,
}

impl SheetFigure {
    pub fn new(label: impl Into<String>, value: impl Into<String>, note: impl Into<String>) -> SheetFigure {
        SheetFigure { label: label.into(), value: value.into(), note: note.into() }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct SheetTable {
    pub title: String,
    /// Said between heading and table; empty for nothing.
    pub note: String,
    pub table: Table,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The answer first.
    pub figures: Vec<SheetFigure>,
    /// What to know beside the answer.
    pub notes: Vec<String>,
    /// What to know before trusting it.
    pub warnings: Vec<String>,
    pub charts: Vec<ChartSpec>,
    pub tables: Vec<SheetTable>,
    pub steps: Vec<Step>,
}
