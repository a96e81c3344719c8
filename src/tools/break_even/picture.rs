//! The chart of every calculator: two sides that cross, named where they stand.

use super::answer::Crossing;
use crate::charts::spec::{Axis, Callout, ChartSpec, LineSeries, Lines, Mark, Marks, Point, Reference, Role};

/// How many places of a side are worked out. Enough for the line to be drawn without dots.
const PLACES: usize = 25;

/// One side: what it is called, and its height at places from the left to the right.
pub struct Side {
    pub name: String,
    pub role: Role,
    pub points: Vec<(f64, f64)>,
}

impl Side {
    pub fn new(name: impl Into<String>, role: Role, places: &[f64], height: impl Fn(f64) -> f64) -> Side {
        Side { name: name.into(), role, points: places.iter().map(|&x| (x, height(x))).collect() }
    }
}

/// Places from nothing to `to`, with the crossing among them.
pub fn places(to: f64, crossing: Option<f64>) -> Vec<f64> {
    let mut places: Vec<f64> = (0..PLACES).map(|at| to * at as f64 / (PLACES - 1) as f64).collect();
    places.extend(crossing.filter(|&x| x <= to));
    places.sort_by(f64::total_cmp);
    places.dedup();
    places
}

/// How the axes are called and written.
pub struct Axes<'a> {
    pub x: String,
    pub y: String,
    pub write_x: &'a dyn Fn(f64) -> String,
    pub write_y: &'a dyn Fn(f64) -> String,
    /// The column of the table that tells the sides apart.
    pub side: String,
}

/// The picture of sides that cross; `label` stands at the crossing and says what lies left and right of it.
pub fn picture(
    title: String,
    subtitle: String,
    axes: Axes,
    sides: Vec<Side>,
    crossing: Option<(Crossing, String)>,
    marked: Vec<Reference>,
) -> ChartSpec {
    let point = |&(x, y): &(f64, f64)| Point { x, mark: Mark::new((axes.write_x)(x), y, (axes.write_y)(y)) };
    let series = sides.iter().map(|side| LineSeries {
        name: side.name.clone(),
        role: side.role,
        points: side.points.iter().map(point).collect(),
        area: false,
    });
    let all = || sides.iter().flat_map(|side| side.points.iter());
    let callout =
        |(crossing, label): (Crossing, String)| Callout { x: crossing.x, y: crossing.sides[0], label };
    let lines = Lines {
        x: Axis::covering(axes.x.clone(), all().map(|point| point.0), axes.write_x),
        y: Axis::from_zero(axes.y.clone(), all().map(|point| point.1), axes.write_y),
        series_title: axes.side.clone(),
        series: series.collect(),
        references: Vec::new(),
        verticals: marked,
        guides: Vec::new(),
        callouts: crossing.into_iter().map(callout).collect(),
    };
    ChartSpec { description: title.clone(), title, subtitle, marks: Marks::Lines(lines), legend: None }
}
