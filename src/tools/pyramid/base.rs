//! The customers that stand in the pyramid, and the measure that they are compared by.

use super::answer::{Refusal, Unit};
use super::options::Measure;
use crate::core::dataset::Dataset;
use crate::core::grading::{GradingData, Label};
use crate::core::rules::PurchaseRules;
use crate::core::summary::{
    AnalysisFrame, CustomerSummary, Margins, SummaryError, customer_margins, customer_summary,
};
use crate::core::table::TableKind;
use crate::tools::published::measure_column;

/// What does not depend on measure and tiers.
pub struct Base {
    pub summary: CustomerSummary,
    /// Positions in the summary of those who bought in the period, and of those who did not.
    pub active: Vec<u32>,
    pub inactive: Vec<u32>,
    /// Codes of the customer table that have never bought; `None` without a customer table.
    pub prospects: Option<Vec<u32>>,
    /// `None` where costs are not known.
    pub margins: Option<Margins>,
}

impl Base {
    pub fn new(
        dataset: &Dataset,
        rules: &PurchaseRules,
        frame: &AnalysisFrame,
    ) -> Result<Base, SummaryError> {
        let summary = customer_summary(dataset, rules, frame)?;
        let margins = customer_margins(dataset, rules, frame)?;
        let positions = 0..summary.len() as u32;
        let (active, inactive) = positions.partition(|&position| summary.frequency[position as usize] > 0);
        let prospects = dataset.table(TableKind::Customers).map(|table| {
            let mut known = vec![false; dataset.customers.len()];
            summary.customer.iter().for_each(|&code| known[code as usize] = true);
            let mut new: Vec<u32> =
                table.customer.iter().copied().filter(|&code| !known[code as usize]).collect();
            new.sort_unstable();
            new.dedup();
            new
        });
        Ok(Base { summary, active, inactive, prospects, margins })
    }

    pub fn margin(&self, position: u32) -> Option<i64> {
        Some(self.margins.as_ref()?.margin[self.code(position) as usize])
    }

    pub fn code(&self, position: u32) -> u32 {
        self.summary.customer[position as usize]
    }
}

/// The measure of the active customers, in whole steps so that sums are exact.
pub struct Measured {
    pub title: Label,
    pub unit: Unit,
    /// Positions in the summary of the active customers with a value.
    pub graded: Vec<u32>,
    /// Their values in steps.
    pub steps: Vec<i64>,
    /// One step in the unit of the measure: 1, and for published numbers a power of two.
    pub step: f64,
    pub not_graded: Vec<u32>,
}

impl Measured {
    pub fn new(base: &Base, dataset: &Dataset, measure: &Measure) -> Result<Measured, Refusal> {
        let of_all = |title: Label, unit: Unit, value: &dyn Fn(u32) -> i64| {
            let steps = base.active.iter().map(|&position| value(position)).collect();
            Measured { title, unit, graded: base.active.clone(), steps, step: 1.0, not_graded: Vec::new() }
        };
        Ok(match measure {
            Measure::Revenue => of_all(Label::new("Revenue", "營收"), Unit::Money, &|position| {
                base.summary.monetary[position as usize]
            }),
            Measure::Orders => of_all(Label::new("Purchases", "購買次數"), Unit::Orders, &|position| {
                base.summary.frequency[position as usize].into()
            }),
            Measure::Margin => {
                let margins = base.margins.as_ref().ok_or(Refusal::NoCosts)?;
                of_all(Label::new("Margin", "毛利"), Unit::Money, &|position| {
                    margins.margin[base.code(position) as usize]
                })
            }
            Measure::Published(name) => {
                let column = measure_column(&dataset.gradings, super::TOOL.id, name)
                    .ok_or_else(|| Refusal::NoColumn { name: name.clone() })?;
                match &column.data {
                    GradingData::Money(money) => {
                        Measured::of_some(base, column.title.clone(), Unit::Money, 1.0, |code| money[code])
                    }
                    GradingData::Numbers(numbers) => {
                        let finite = |code: usize| numbers[code].filter(|number| number.is_finite());
                        let step = step_of(base.active.iter().filter_map(|&p| finite(base.code(p) as usize)));
                        Measured::of_some(base, column.title.clone(), Unit::Number, step, |code| {
                            finite(code).map(|number| (number / step).round() as i64)
                        })
                    }
                    _ => return Err(Refusal::NoColumn { name: name.clone() }),
                }
            }
        })
    }

    fn of_some(
        base: &Base,
        title: Label,
        unit: Unit,
        step: f64,
        value: impl Fn(usize) -> Option<i64>,
    ) -> Measured {
        let mut measured =
            Measured { title, unit, graded: Vec::new(), steps: Vec::new(), step, not_graded: Vec::new() };
        for &position in &base.active {
            match value(base.code(position) as usize) {
                Some(steps) => {
                    measured.graded.push(position);
                    measured.steps.push(steps);
                }
                None => measured.not_graded.push(position),
            }
        }
        measured
    }

    /// A number of steps in the unit of the measure.
    pub fn value(&self, steps: i64) -> f64 {
        steps as f64 * self.step
    }
}

/// The power of two by which the largest number becomes a whole number of at most 52 bits.
fn step_of(numbers: impl Iterator<Item = f64>) -> f64 {
    let largest = numbers.fold(0.0f64, |largest, number| largest.max(number.abs()));
    let (_, exponent) = libm::frexp(largest);
    libm::ldexp(1.0, (exponent - 52).clamp(-1_000, 960))
}
