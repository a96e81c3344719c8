//! What the charts, tables and explanations of all parts share.

use crate::charts::sheet::SheetTable;
use crate::charts::spec::{
    Axis, BarSeries, Bars, ChartSpec, HorizontalBars, LineSeries, Lines, Mark, Marks, Point, Reference, Role,
};
use crate::charts::table::{Cell, Table};
use crate::core::clv::discounting::FirstMargin;
use crate::core::explain::{Math, Step};
use crate::core::inputs::Values;
use crate::core::reader::Reader;

/// The timing convention of a part's values; position 1 of `first` is now.
pub fn first_margin(values: &Values) -> FirstMargin {
    if values.choice("first") == 1 { FirstMargin::Now } else { FirstMargin::AfterOnePeriod }
}

/// The convention in words: it stands beside every value.
pub fn timing(first: FirstMargin, reader: Reader) -> String {
    match first {
        FirstMargin::AfterOnePeriod => {
            reader.pick("first margin after one period", "第一筆毛利在一期之後").into()
        }
        FirstMargin::Now => reader.pick("first margin now", "第一筆毛利在現在").into(),
    }
}

/// A line through amounts at places, each with what it is called and how it is written.
pub fn line(
    name: impl Into<String>,
    role: Role,
    points: impl IntoIterator<Item = (f64, String, f64, String)>,
) -> LineSeries {
    let point = |(x, label, amount, value): (f64, String, f64, String)| Point {
        x,
        mark: Mark::new(label, amount, value).role(role),
    };
    LineSeries { name: name.into(), role, points: points.into_iter().map(point).collect(), area: false }
}

/// Lines over an axis of periods or rates.
pub struct LinesOf {
    pub title: String,
    pub subtitle: String,
    pub x: Axis,
    pub y: Axis,
    pub series_title: String,
    pub series: Vec<LineSeries>,
    pub references: Vec<Reference>,
    pub verticals: Vec<Reference>,
}

impl LinesOf {
    pub fn spec(self) -> ChartSpec {
        let LinesOf { title, subtitle, x, y, series_title, series, references, verticals } = self;
        let (guides, callouts) = (Vec::new(), Vec::new());
        ChartSpec {
            description: title.clone(),
            title,
            subtitle,
            marks: Marks::Lines(Lines {
                x,
                y,
                series_title,
                series,
                references,
                verticals,
                guides,
                callouts,
            }),
            legend: None,
        }
    }
}

/// Bars that lie, one for each name.
pub fn horizontal(
    [title, subtitle, category_title, value_title]: [String; 4],
    bars: impl IntoIterator<Item = (String, Mark)>,
) -> ChartSpec {
    let (categories, marks) = bars.into_iter().unzip();
    ChartSpec {
        description: title.clone(),
        title,
        subtitle,
        marks: Marks::HorizontalBars(HorizontalBars {
            category_title,
            categories,
            series_title: String::new(),
            series: vec![BarSeries { name: String::new(), marks }],
            value_title,
        }),
        legend: None,
    }
}

/// Bars whose parts stand on each other.
pub fn stacked(
    [title, subtitle, category_title, series_title]: [String; 4],
    categories: Vec<String>,
    amounts: Axis,
    series: Vec<BarSeries>,
) -> ChartSpec {
    ChartSpec {
        description: title.clone(),
        title,
        subtitle,
        marks: Marks::StackedBars(Bars {
            category_title,
            categories,
            bands: Vec::new(),
            series_title,
            series,
            amounts,
            reference: None,
            interval_titles: Default::default(),
        }),
        legend: None,
    }
}

/// A cell with its number for files.
pub fn cell(text: String, number: f64) -> Cell {
    Cell { text, number: number.is_finite().then_some(number) }
}

pub fn plain(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), number: None }
}

pub fn table(
    title: impl Into<String>,
    note: impl Into<String>,
    headers: impl IntoIterator<Item = impl Into<String>>,
    rows: Vec<Vec<Cell>>,
) -> SheetTable {
    let headers = headers.into_iter().map(Into::into).collect();
    SheetTable { title: title.into(), note: note.into(), table: Table { headers, rows } }
}

/// An axis of whole numbers of periods, `from` … `to`.
pub fn periods_axis(title: &str, from: f64, to: f64) -> Axis {
    Axis::covering(title, [from, to], |at| if at.fract() == 0.0 { at.to_string() } else { String::new() })
}

// ── Formulas ──

/// A formula written with spaces between its parts: letters become symbols, numbers numbers, the rest operators; several
/// letters are words.
pub fn math(text: &str) -> Math {
    let part = |part: &str| {
        let mut chars = part.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_alphabetic() => Math::symbol(part),
            (Some(c), _) if c.is_ascii_digit() || part.chars().any(|c| c.is_ascii_digit()) => {
                match part.split_once('_') {
                    Some((base, index)) => Math::sub(Math::symbol(base), Math::text(index)),
                    None => Math::number(part),
                }
            }
            (Some(c), _) if c.is_alphabetic() => match part.split_once('_') {
                Some((base, index)) => Math::sub(Math::symbol(base), Math::text(index)),
                None => Math::text(part),
            },
            _ => Math::op(part),
        }
    };
    Math::row(text.split_whitespace().map(part))
}

pub fn over(top: &str, bottom: &str) -> Math {
    Math::fraction(math(top), math(bottom))
}

/// Parts in one line.
pub fn row(parts: impl IntoIterator<Item = Math>) -> Math {
    Math::row(parts)
}

pub fn step(say: impl Into<String>, formulas: Vec<Math>) -> Step {
    Step { say: say.into(), formulas }
}
