//! What a mailing is expected to bring, with what is not known about it: always by shrunken rates, whatever rule chose
//! the cells.
//!
//! A cell's rate in the test is partly luck. The cells that were chosen had more luck than the others (*the winner's
//! curse*), so that their raw rates promise too much; the shrunken rate has the luck taken off.

use super::answer::Ranged;
use super::test::Tested;
use crate::core::response::Economics;
use crate::core::stats::beta_binomial::{Estimate, Fit, Posterior};
use crate::core::stats::normal::two_sided;
use crate::core::stats::proportion::Tally;

/// The fitted test, and what a mailing costs and brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    pub fit: Fit,
    pub economics: Economics,
    /// What the control group bought unasked.
    pub control: Option<Tally>,
    /// Deviations to either side of the mean.
    z: f64,
}

/// The responses to so many pieces, and their profit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projected {
    pub mailed: u64,
    pub responses: Ranged,
    pub profit: Ranged,
}

impl Projection {
    /// `None` where the confidence is no probability.
    pub fn of(tested: &Tested) -> Option<Projection> {
        Projection::new(tested.fit, tested.economics, tested.control, tested.confidence)
    }

    pub fn new(
        fit: Fit,
        economics: Economics,
        control: Option<Tally>,
        confidence: f64,
    ) -> Option<Projection> {
        Some(Projection { fit, economics, control, z: two_sided(confidence)? })
    }

    /// Projects cells, each with the count of its test and the number of customers to mail.
    ///
    /// The expected responses and their variance are those of
    /// [`Fit::responses`](crate::core::stats::beta_binomial::Fit::responses): the uncertainty of the cells' rates, that
    /// of the fitted distribution, and the chance of every single response. What the control group bought unasked is
    /// taken off the profit with its own uncertainty.
    pub fn project(&self, cells: impl Iterator<Item = (Tally, u64)> + Clone) -> Projected {
        let mailed: u64 = cells.clone().map(|(_, mailed)| mailed).sum();
        let Estimate { mean, variance } = self.fit.responses(cells);
        let (n, reach) = (mailed as f64, self.z * variance.sqrt());
        let responses = Ranged { value: mean, low: (mean - reach).max(0.0), high: (mean + reach).min(n) };
        Projected { mailed, responses, profit: self.profit(responses, variance, n) }
    }

    fn profit(&self, responses: Ranged, variance: f64, mailed: f64) -> Ranged {
        let (baseline, unknown) = self.control.map_or((0.0, 0.0), |control| {
            let rate =
                Posterior { alpha: control.successes as f64 + 0.5, beta: control.failures() as f64 + 0.5 };
            (control.rate().unwrap_or(0.0), rate.variance())
        });
        let value = self.economics.expected(responses.value, mailed, baseline);
        let reach = self.z * (variance + mailed * mailed * unknown).sqrt() * self.economics.profit;
        // Without a control group no fewer than no responses and no more than all can come.
        let (least, most) = match self.control {
            None => (self.economics.expected(0.0, mailed, 0.0), self.economics.expected(mailed, mailed, 0.0)),
            Some(_) => (f64::NEG_INFINITY, f64::INFINITY),
        };
        Ranged { value, low: (value - reach).max(least), high: (value + reach).min(most) }
    }

    /// What the raw rate of a cell's test would promise; a cell without a test has only the shrunken rate.
    pub fn raw_profit(&self, tally: Tally, mailed: u64) -> f64 {
        let rate = tally.rate().unwrap_or_else(|| self.fit.prior.shrink(tally).mean());
        self.profit_at(rate, mailed)
    }

    /// The profit of mailing so many customers of a known rate.
    pub fn profit_at(&self, rate: f64, mailed: u64) -> f64 {
        let baseline = self.control.and_then(Tally::rate).unwrap_or(0.0);
        self.economics.expected(rate * mailed as f64, mailed as f64, baseline)
    }
}
