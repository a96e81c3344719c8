//! Axes, and the lines that a chart is read against.

use serde::{Deserialize, Serialize};

use super::drawable;
use crate::charts::ticks::nice_ticks;

/// A place on an axis with its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tick {
    pub at: f64,
    pub label: String,
}

/// A linear axis: its ticks are round, and they reach from one end to the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    pub title: String,
    pub ticks: Vec<Tick>,
}

impl Axis {
    /// An axis that covers all amounts, with about five ticks written by `format`.
    ///
    /// ```
    /// use quintile::charts::spec::Axis;
    /// let axis = Axis::covering("Share", [0.0, 0.058], |share| format!("{:.0}%", share * 100.0));
    /// assert_eq!(axis.ticks.last().unwrap().label, "6%");
    /// ```
    pub fn covering(
        title: impl Into<String>,
        amounts: impl IntoIterator<Item = f64>,
        format: impl Fn(f64) -> String,
    ) -> Axis {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for amount in amounts.into_iter().filter_map(drawable) {
            low = low.min(amount);
            high = high.max(amount);
        }
        let ticks = if low <= high { nice_ticks(low, high, 5) } else { nice_ticks(0.0, 1.0, 5) };
        let ticks = ticks.into_iter().map(|at| Tick { at, label: format(at) }).collect();
        Axis { title: title.into(), ticks }
    }

    /// As [`Axis::covering`], and zero is on it: the axis of bars, whose length is read.
    pub fn from_zero(
        title: impl Into<String>,
        amounts: impl IntoIterator<Item = f64>,
        format: impl Fn(f64) -> String,
    ) -> Axis {
        Axis::covering(title, amounts.into_iter().chain([0.0]), format)
    }
}

/// A line that a chart is read against: a break-even rate, the edge of a bin. Its name stands on the chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    pub at: f64,
    pub label: String,
}
