//! How large the test of a cell should be: Hughes' rule and the precision formula.

use super::answer::{BreakEven, Refusal, SampleSums};
use super::cells::Cells;
use super::options::{CampaignOptions, INTERVALS};
use super::sampling::Sample;
use crate::core::response::Economics;
use crate::core::response::hughes_test_size;
use crate::core::stats::proportion::{finite_correction, half_width, sample_size};

/// What both rules ask for at the break-even rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Advice {
    rate: f64,
    confidence: f64,
    hughes: u64,
    /// Before the finite correction, not rounded.
    precision: f64,
}

impl Advice {
    /// # Errors
    /// Costs, a half width or a confidence that no size can be worked out from.
    pub fn of(options: &CampaignOptions) -> Result<Advice, Refusal> {
        let (half, confidence) = (options.half_width, options.confidence);
        if !(half > 0.0 && half < 1.0) {
            return Err(Refusal::HalfWidth { found: if half.is_finite() { half } else { 0.0 } });
        }
        if !(confidence > 0.0 && confidence < 1.0) {
            let found = if confidence.is_finite() { confidence } else { 0.0 };
            return Err(Refusal::Confidence { found });
        }
        // Above 1 no rate breaks even; a rate of 1 needs no test to be measured.
        let rate = options.economics()?.break_even().min(1.0);
        let precision = sample_size(rate, half, confidence).ok_or(Refusal::HalfWidth { found: half })?;
        // Without a cost there is nothing to test; of next to none, no test is large enough.
        let hughes = hughes_test_size(rate).unwrap_or(if rate > 0.0 { u64::MAX } else { 0 });
        Ok(Advice { rate, confidence, hughes, precision })
    }

    /// For a cell of this size; no cell can give more customers than it has.
    pub fn hughes(&self, customers: u64) -> u64 {
        self.hughes.min(customers)
    }

    pub fn precision(&self, customers: u64) -> u64 {
        // A whole number must not be rounded up for the last digit of the division.
        ((finite_correction(self.precision, customers) * (1.0 - 1e-12)).ceil() as u64).min(customers)
    }

    /// The break-even figures of the page. `baseline` is what customers buy unasked.
    pub fn break_even(&self, economics: Economics, baseline: f64) -> BreakEven {
        let rate = economics.break_even();
        let precision_size = (self.precision * (1.0 - 1e-12)).ceil() as u64;
        BreakEven { rate, threshold: rate + baseline, hughes_size: self.hughes, precision_size }
    }

    /// Holds the sample against both rules.
    pub fn judge(&self, sums: &mut SampleSums, cells: &Cells, sample: &Sample) {
        let sized = (0..cells.count()).map(|cell| (cells.customers(cell).len() as u64, sample.tested[cell]));
        let mut sizes: Vec<u64> = Vec::new();
        for (customers, tested) in sized.filter(|(customers, _)| *customers > 0) {
            sums.below_hughes += u64::from(tested < self.hughes(customers));
            sums.below_precision += u64::from(tested < self.precision(customers));
            sizes.push(customers);
        }
        sizes.sort_unstable();
        sums.half_width = half_width(self.rate, sums.median, self.confidence);
        let Some(&middle) = sizes.get(sizes.len() / 2) else { return };
        let interval = |needed: u64| {
            let interval = u32::try_from(middle.checked_div(needed)?).ok()?;
            INTERVALS.contains(&interval).then_some(interval)
        };
        sums.interval_for_hughes = interval(self.hughes);
        sums.interval_for_precision = interval(self.precision(middle));
    }
}
