//! What a chart shows, as data: no colours, no pixels, no language of its own.
//!
//! Every mark carries its number **and** the text that people read for it, because writing a number depends on the
//! language and the currency; the chart, its tooltip and its table show that text.

use serde::{Deserialize, Serialize};

mod axis;
mod kinds;
mod mark;
mod pyramid;

pub use axis::{Axis, Reference, Tick};
pub use kinds::{
    Band, BarSeries, Bars, Callout, Guide, HeatMap, Histogram, HorizontalBars, LineSeries, Lines, Point,
    Tornado,
};
pub use mark::{Interval, Mark, Role, drawable};
pub use pyramid::{Pyramid, PyramidTier, PyramidTitles};

/// One chart: the finding in words, and the marks that show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartSpec {
    /// States the finding ("20 % of customers bring 118 % of profit"), not the kind of chart.
    pub title: String,
    pub subtitle: String,
    /// Read by screen readers in place of the picture.
    pub description: String,
    pub marks: Marks,
    /// Names the roles where they carry a judgement; it is a column of the table, too.
    pub legend: Option<Legend>,
}

/// What the roles mean, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Legend {
    pub title: String,
    pub entries: Vec<(Role, String)>,
}

impl Legend {
    pub fn name(&self, role: Role) -> Option<&str> {
        self.entries.iter().find(|(each, _)| *each == role).map(|(_, name)| name.as_str())
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Marks {
    Bars(Bars),
    Histogram(Histogram),
    HeatMap(HeatMap),
    Lines(Lines),
    HorizontalBars(HorizontalBars),
    /// The series stand on each other instead of side by side; negative amounts hang below zero.
    StackedBars(Bars),
    Tornado(Tornado),
    Pyramid(Pyramid),
}

impl ChartSpec {
    /// Every mark, in the order in which it is drawn, listed in the table and reached by the keyboard.
    pub fn each_mark(&self) -> Vec<&Mark> {
        match &self.marks {
            Marks::Bars(bars) | Marks::StackedBars(bars) => by_category(&bars.series),
            Marks::HorizontalBars(bars) | Marks::Tornado(Tornado { bars, .. }) => by_category(&bars.series),
            Marks::Histogram(histogram) => histogram.bins.iter().collect(),
            Marks::HeatMap(map) => map.cells.iter().collect(),
            Marks::Pyramid(pyramid) => pyramid.rows().flat_map(PyramidTier::marks).collect(),
            Marks::Lines(lines) => {
                lines.series.iter().flat_map(|series| series.points.iter().map(|point| &point.mark)).collect()
            }
        }
    }
}

/// The marks of all series, category by category: the order in which grouped bars stand.
fn by_category(series: &[BarSeries]) -> Vec<&Mark> {
    let longest = series.iter().map(|each| each.marks.len()).max().unwrap_or(0);
    (0..longest).flat_map(|at| series.iter().filter_map(move |each| each.marks.get(at))).collect()
}
