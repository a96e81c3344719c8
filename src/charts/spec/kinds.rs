//! The kinds of charts that stand on axes.

use serde::{Deserialize, Serialize};

use super::{Axis, Mark, Reference, Role};

/// The bars of one series, one for each category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BarSeries {
    /// Empty where there is only one.
    pub name: String,
    pub marks: Vec<Mark>,
}

/// Neighbouring categories that share a name under the axis (the 25 cells of R = 5).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    pub label: String,
    pub categories: usize,
}

/// Vertical bars, side by side where there are several series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bars {
    pub category_title: String,
    pub categories: Vec<String>,
    /// Takes the place of the categories' names where there are too many to read.
    pub bands: Vec<Band>,
    /// What tells the series apart; the header of their column in the table.
    pub series_title: String,
    pub series: Vec<BarSeries>,
    pub amounts: Axis,
    pub reference: Option<Reference>,
    /// Headers of the lower and the upper end of the marks' intervals in the table; empty where no mark has one.
    ///
    /// An interval that exceeds the axis is cut off in the picture; the axis covers what the tool gives it.
    pub interval_titles: [String; 2],
}

/// Counts between edges: `edges[i] .. edges[i + 1]` belongs to `bins[i]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    pub edges: Vec<f64>,
    pub bins: Vec<Mark>,
    pub values: Axis,
    pub counts: Axis,
    /// Named places among the values, such as the thresholds that cut them.
    pub references: Vec<Reference>,
}

/// Rows × columns of cells, row by row; the tint shows the order, the text the amount.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatMap {
    pub row_title: String,
    pub rows: Vec<String>,
    pub column_title: String,
    pub columns: Vec<String>,
    pub value_title: String,
    pub cells: Vec<Mark>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub x: f64,
    pub mark: Mark,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineSeries {
    pub name: String,
    pub role: Role,
    pub points: Vec<Point>,
    /// Fills what lies between the line and zero.
    pub area: bool,
}

/// A thin straight line that curves are read against: the diagonal of equality. It holds no marks of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guide {
    pub name: String,
    pub from: (f64, f64),
    pub to: (f64, f64),
}

/// A place that the chart points out, with dotted lines to both axes: "20% of customers → 118%".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Callout {
    pub x: f64,
    pub y: f64,
    pub label: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lines {
    pub x: Axis,
    pub y: Axis,
    pub series_title: String,
    pub series: Vec<LineSeries>,
    /// Level lines, at amounts.
    pub references: Vec<Reference>,
    /// Upright lines, at places along the axis.
    pub verticals: Vec<Reference>,
    pub guides: Vec<Guide>,
    pub callouts: Vec<Callout>,
}

/// What an answer hangs on: the series share one bar, each to its side of the answer now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tornado {
    /// The answers at the ends, one series for each end.
    pub bars: HorizontalBars,
    /// The answer now, from which the bars begin.
    pub base: f64,
}

/// Bars that lie, for long names: shares of segments or tiers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HorizontalBars {
    pub category_title: String,
    pub categories: Vec<String>,
    pub series_title: String,
    pub series: Vec<BarSeries>,
    pub value_title: String,
}
