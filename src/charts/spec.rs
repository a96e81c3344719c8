//! What a chart shows, as data: no colours, no pixels, no language of its own.
//!
//! Every mark carries its number **and** the text that people read for it, because writing a number depends on the
//! language and the currency; the chart, its tooltip and its table show that text.

use serde::{Deserialize, Serialize};

use super::ticks::nice_ticks;

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
}

/// One bar, cell or point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// What it is: "cell 555", "R 5 · F 3", "Champions".
    pub label: String,
    /// Its amount as people write it; a dash where there is none.
    pub value: String,
    /// What is drawn; an amount that is not finite is not drawn and keeps its text.
    pub amount: f64,
    pub role: Role,
    /// Told to the page when the mark is picked, for example to filter a table.
    pub key: Option<String>,
}

impl Mark {
    pub fn new(label: impl Into<String>, amount: f64, value: impl Into<String>) -> Mark {
        Mark { label: label.into(), value: value.into(), amount, role: Role::Accent2, key: None }
    }

    pub fn role(self, role: Role) -> Mark {
        Mark { role, ..self }
    }

    pub fn key(self, key: impl Into<String>) -> Mark {
        Mark { key: Some(key.into()), ..self }
    }

    /// The amount if a picture can show it: finite, and far from where differences overflow.
    pub fn drawable(&self) -> Option<f64> {
        drawable(self.amount)
    }

    /// Label and value in one breath, for tooltips and screen readers.
    pub fn spoken(&self) -> String {
        format!("{}: {}", self.label, self.value)
    }
}

/// A number that a picture can show: finite, and far from where differences overflow or vanish.
pub fn drawable(amount: f64) -> Option<f64> {
    (amount.is_finite() && amount.abs() < 1e100).then_some(amount)
}

/// What a colour stands for; a [`super::theme::Theme`] knows the colours and the patterns that go with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Ordered tints, the strongest first.
    Accent1,
    Accent2,
    Accent3,
    Accent4,
    Accent5,
    Above,
    CantTell,
    Below,
    Neutral,
}

impl Role {
    pub const ALL: [Role; 9] = [
        Role::Accent1,
        Role::Accent2,
        Role::Accent3,
        Role::Accent4,
        Role::Accent5,
        Role::Above,
        Role::CantTell,
        Role::Below,
        Role::Neutral,
    ];

    /// The tint of an amount between nothing and the largest: five equal steps, the strongest for the largest.
    ///
    /// Nothing at all is [`Role::Neutral`], so that an empty cell does not look like a small one.
    ///
    /// ```
    /// use quintile::charts::spec::Role;
    /// assert_eq!(Role::tint(100.0, 100.0), Role::Accent1);
    /// assert_eq!(Role::tint(20.0, 100.0), Role::Accent5);
    /// assert_eq!(Role::tint(0.0, 100.0), Role::Neutral);
    /// ```
    pub fn tint(amount: f64, largest: f64) -> Role {
        let share = amount / largest;
        if amount <= 0.0 || !share.is_finite() {
            Role::Neutral
        } else if share > 0.8 {
            Role::Accent1
        } else if share > 0.6 {
            Role::Accent2
        } else if share > 0.4 {
            Role::Accent3
        } else if share > 0.2 {
            Role::Accent4
        } else {
            Role::Accent5
        }
    }
}

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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lines {
    pub x: Axis,
    pub y: Axis,
    pub series_title: String,
    pub series: Vec<LineSeries>,
    pub reference: Option<Reference>,
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

impl ChartSpec {
    /// Every mark, in the order in which it is drawn, listed in the table and reached by the keyboard.
    pub fn each_mark(&self) -> Vec<&Mark> {
        match &self.marks {
            Marks::Bars(bars) => by_category(&bars.series),
            Marks::HorizontalBars(bars) => by_category(&bars.series),
            Marks::Histogram(histogram) => histogram.bins.iter().collect(),
            Marks::HeatMap(map) => map.cells.iter().collect(),
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
