//! The economics of a mailing: what a response rate must be, what a cell earns, and what choosing cells gains.
//!
//! Costs and profits are in units of the currency, as a person types them (a piece can cost NT$0.625).

mod economics;
mod gains;

pub use economics::{Economics, EconomicsError, break_even_rate};
pub use gains::{Gains, GainsPoint};

use crate::core::whole::rounded_up;

/// How far a response rate is above or below break-even, in per cent of it: BEI = (r − BE) / BE × 100 with r = `rate`.
/// `None` where BE is not above 0: a mailing that costs nothing has no break-even.
///
/// Source: Hughes (1994).
///
/// ```
/// use quintile::core::response::break_even_index;
/// assert_eq!(format!("{:.2}", break_even_index(0.025, 0.01375).unwrap()), "81.82");
/// ```
pub fn break_even_index(rate: f64, break_even: f64) -> Option<f64> {
    let index = (rate - break_even) / break_even * 100.0;
    (break_even > 0.0 && index.is_finite()).then_some(index)
}

/// How many times the overall rate a cell has: r / r̄. `None` where the overall rate is not above 0.
pub fn lift(rate: f64, overall: f64) -> Option<f64> {
    let lift = rate / overall;
    (overall > 0.0 && lift.is_finite()).then_some(lift)
}

/// Hughes' rule for the size of a test cell: ⌈4 / BE⌉ customers, so that four responses are expected at break-even.
/// `None` where BE is not above 0.
///
/// ```
/// use quintile::core::response::hughes_test_size;
/// assert_eq!(hughes_test_size(0.62 / 35.0), Some(226));
/// assert_eq!(hughes_test_size(0.06 / 3.0), Some(200));
/// ```
pub fn hughes_test_size(break_even: f64) -> Option<u64> {
    let size = rounded_up(4.0 / break_even);
    (break_even > 0.0 && size < u64::MAX as f64).then_some(size as u64)
}
