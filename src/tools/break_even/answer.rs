//! What a calculator found: one number, what goes with it, the picture, and how it was worked out.

use super::refusal::Refusal;
use crate::charts::spec::ChartSpec;
use crate::core::explain::{Math, Step};
use crate::core::formula::worked;

/// One figure: what it is, the number, and a note.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub label: String,
    pub value: String,
    pub note: String,
    /// The number itself, for files; `None` where there is none.
    pub number: Option<f64>,
}

impl Figure {
    pub fn new(label: impl Into<String>, value: impl Into<String>, number: f64) -> Figure {
        let number = Some(number).filter(|number| number.is_finite());
        Figure { label: label.into(), value: value.into(), note: String::new(), number }
    }

    /// A figure that does not exist; the note says why.
    pub fn none(label: impl Into<String>) -> Figure {
        let value = crate::core::reader::DASH.into();
        Figure { label: label.into(), value, note: String::new(), number: None }
    }

    pub fn note(self, note: impl Into<String>) -> Figure {
        Figure { note: note.into(), ..self }
    }
}

/// Where two sides cross, and how high each is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    pub x: f64,
    pub sides: [f64; 2],
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The one number that matters.
    pub main: Figure,
    pub figures: Vec<Figure>,
    /// What to know before trusting it.
    pub notes: Vec<String>,
    /// `None` where the sides never cross and the answer does not need it.
    pub crossing: Option<Crossing>,
    pub charts: Vec<ChartSpec>,
    pub steps: Vec<Step>,
}

/// Why there is no answer, with a picture where that shows why.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    pub why: Refusal,
    pub chart: Option<Box<ChartSpec>>,
}

impl From<Refusal> for Refused {
    fn from(why: Refusal) -> Refused {
        Refused { why, chart: None }
    }
}

/// A step with one formula, in symbols and with numbers.
pub fn step(
    say: impl Into<String>,
    formula: &str,
    values: &[(&str, &str)],
    result: impl Into<String>,
) -> Step {
    Step { say: say.into(), formulas: worked(formula, values, result) }
}

/// A step that rounds up to whole pieces or people.
pub fn rounding(say: impl Into<String>, exact: String, whole: String) -> Step {
    let line = [Math::op("⌈"), Math::number(exact), Math::op("⌉"), Math::op("="), Math::number(whole)];
    Step { say: say.into(), formulas: vec![Math::row(line)] }
}
