//! The parts of a laid-out chart, in pixels from its upper left corner.

use crate::charts::{
    measure::{shorten, text_width},
    spec::Role,
};

pub type Point = (f64, f64);

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    /// Whether the two have an area in common.
    pub fn meets(&self, other: &Rect) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    /// How far a point is outside, across and down; zero inside.
    fn distance(&self, (x, y): Point) -> Point {
        (
            (self.x - x).max(x - self.x - self.width).max(0.0),
            (self.y - y).max(y - self.y - self.height).max(0.0),
        )
    }
}

/// A filled rectangle, or a trapezoid where its upper edge is shorter.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub rect: Rect,
    /// How far each end of the upper edge stands inwards.
    pub inset: f64,
    pub role: Role,
}

impl Shape {
    pub(super) fn new(rect: Rect, role: Role) -> Shape {
        Shape { rect, inset: 0.0, role }
    }
}

/// A line through points.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    pub points: Vec<Point>,
    pub role: Role,
    /// Which of the series it is: each has its own dashes.
    pub series: usize,
    /// The height down to which the area under the line is filled.
    pub area_to: Option<f64>,
    /// Whether each point is marked with a dot.
    pub dots: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    Grid,
    Axis,
    Reference,
    /// A thin line through the plot that curves are read against.
    Guide,
    /// Dotted, from a callout to the axes.
    Pointer,
    /// A part of the mark of an interval: over a bar of this role, or beside it.
    Whisker(Option<Role>),
}

/// A straight line that helps to read.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub from: Point,
    pub to: Point,
    pub kind: RuleKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Ink,
    Soft,
    /// Readable on the colour of a role.
    On(Role),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub x: f64,
    /// The base line.
    pub y: f64,
    pub anchor: Anchor,
    pub size: f64,
    pub bold: bool,
    pub tone: Tone,
    /// Keeps a text readable that stands over lines and bars.
    pub halo: bool,
    pub text: String,
}

impl Text {
    pub(super) fn new(x: f64, y: f64, size: f64, tone: Tone, text: String) -> Text {
        Text { x, y, anchor: Anchor::Start, size, bold: false, tone, halo: false, text }
    }

    pub(super) fn anchored(self, anchor: Anchor) -> Text {
        Text { anchor, ..self }
    }

    /// The same text, shortened to `room` and moved sideways where it would leave the picture.
    pub(super) fn kept_inside(mut self, width: f64, room: f64) -> Text {
        self.text = shorten(&self.text, self.size, room.min(width));
        let wide = text_width(&self.text, self.size);
        let (before, after) = match self.anchor {
            Anchor::Start => (0.0, wide),
            Anchor::Middle => (wide / 2.0, wide / 2.0),
            Anchor::End => (wide, 0.0),
        };
        self.x = self.x.min(width - after).max(before);
        self
    }

    /// The rectangle that it covers.
    pub fn area(&self) -> Rect {
        let (from, to) = self.span();
        Rect { x: from, y: self.y - self.size * 0.85, width: to - from, height: self.size * 1.1 }
    }

    /// Left and right end.
    pub fn span(&self) -> (f64, f64) {
        let wide = text_width(&self.text, self.size);
        match self.anchor {
            Anchor::Start => (self.x, self.x + wide),
            Anchor::Middle => (self.x - wide / 2.0, self.x + wide / 2.0),
            Anchor::End => (self.x - wide, self.x),
        }
    }
}

/// Where a mark can be reached, and where its tooltip points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    pub rect: Rect,
    pub tip: Point,
}

impl Hit {
    /// Over a rectangle, large enough to be seen when it has the focus.
    pub(super) fn over(rect: Rect) -> Hit {
        let tip = (rect.x + rect.width / 2.0, rect.y);
        let height = rect.height.max(4.0);
        let width = rect.width.max(2.0);
        let rect = Rect {
            x: rect.x - (width - rect.width) / 2.0,
            y: rect.y - (height - rect.height) / 2.0,
            width,
            height,
        };
        Hit { rect, tip }
    }
}

/// How a pointer that is beside a mark finds the nearest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Columns,
    Rows,
}

/// A name without a place, and what it names.
#[derive(Clone, Debug, PartialEq)]
pub enum Displaced {
    /// A series of lines: its role, and which one it is.
    Line(Role, usize, String),
    /// A line of this kind.
    Rule(RuleKind, String),
    Spot(String),
    /// Words alone.
    Note(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    pub width: f64,
    pub height: f64,
    pub rules: Vec<Rule>,
    pub shapes: Vec<Shape>,
    pub paths: Vec<Path>,
    pub texts: Vec<Text>,
    /// Places that the chart points out.
    pub spots: Vec<Point>,
    /// Names that found no free place in the plot; the legend tells them.
    pub displaced: Vec<Displaced>,
    /// The colours of the legend.
    pub swatches: Vec<Shape>,
    /// One for each mark, in the order of [`crate::charts::spec::ChartSpec::each_mark`].
    pub hits: Vec<Hit>,
    pub reach: Reach,
}

impl Scene {
    pub(super) fn new(width: f64) -> Scene {
        Scene {
            width,
            height: 0.0,
            rules: vec![],
            shapes: vec![],
            paths: vec![],
            texts: vec![],
            spots: vec![],
            displaced: vec![],
            swatches: vec![],
            hits: vec![],
            reach: Reach::Columns,
        }
    }

    pub(super) fn rule(&mut self, kind: RuleKind, from: Point, to: Point) {
        self.rules.push(Rule { from, to, kind });
    }

    /// The mark under a point, or the nearest within a finger's width.
    pub fn nearest(&self, point: Point) -> Option<usize> {
        let order = |hit: &Hit| {
            let (across, down) = hit.rect.distance(point);
            if self.reach == Reach::Columns { (across, down) } else { (down, across) }
        };
        let (at, (main, _)) = self
            .hits
            .iter()
            .map(order)
            .enumerate()
            .min_by(|(_, one), (_, two)| one.0.total_cmp(&two.0).then(one.1.total_cmp(&two.1)))?;
        (main <= 24.0).then_some(at)
    }
}
