//! The customer pyramid: names at the left, slices in the middle, bars for each measure at the right. Where that
//! would be too narrow, names and bars share what is left beside the pyramid.

use super::{
    LABEL, SMALL,
    axes::widest,
    pyramid_shares::{Measure, Span},
    scene::{Anchor, Hit, Reach, Rect, RuleKind, Scene, Shape, Text, Tone},
};
use crate::charts::{
    measure::{shorten, text_width, wrap},
    spec::{Mark, Pyramid, PyramidTier},
};

const NAME: f64 = 13.0;
/// Between two slices.
const GAP: f64 = 4.0;
/// Between the pyramid and the bands outside.
const APART: f64 = 20.0;
/// The upper edge of the pyramid as a part of its base.
const TOP: f64 = 0.12;

struct Columns {
    /// Whether names and bars stand over each other.
    narrow: bool,
    names: Span,
    slices: Span,
    shares: Vec<Measure>,
    /// The height of a row.
    row: f64,
}

pub(super) fn pyramid(scene: &mut Scene, pyramid: &Pyramid) {
    scene.reach = Reach::Rows;
    let columns = columns(scene.width, pyramid);
    titles(scene, pyramid, &columns);
    let top = scene.height;
    let high = columns.row;
    let slice = Slices { columns: &columns, top, count: pyramid.tiers.len() };
    let inside = pyramid.tiers.iter().enumerate().all(|(at, tier)| slice.fits(at, &tier.customers.value));
    for (at, tier) in pyramid.tiers.iter().enumerate() {
        let y = top + high * at as f64;
        if at > 0 {
            scene.rule(RuleKind::Grid, (0.0, y - GAP / 2.0), (scene.width, y - GAP / 2.0));
        }
        let shape = slice.shape(at, &tier.customers);
        scene.hits.push(Hit::over(shape.rect));
        scene.shapes.push(shape);
        let counted = if slice.fits(at, &tier.customers.value) && (inside || !columns.narrow) {
            write_inside(scene, &columns, y + (high - GAP) / 2.0, &tier.customers);
            None
        } else if columns.narrow {
            Some(&tier.customers)
        } else {
            slice.write_beside(scene, at, &tier.customers);
            None
        };
        row(scene, &columns, tier, y, counted);
    }
    let end = top + high * pyramid.tiers.len() as f64;
    zero_lines(scene, &columns, (top, end));
    scene.height = end + if pyramid.outside.is_empty() { 0.0 } else { APART };
    for tier in &pyramid.outside {
        outside(scene, &columns, tier);
    }
}

fn columns(width: f64, pyramid: &Pyramid) -> Columns {
    let shares = pyramid.titles.shares.len();
    let count = widest(pyramid.rows().map(|tier| tier.customers.value.as_str()), LABEL);
    let noted = pyramid.rows().any(|tier| !tier.note.is_empty());
    let names = widest(pyramid.rows().map(|tier| tier.name.as_str()), NAME)
        .max(widest(pyramid.rows().map(|tier| tier.note.as_str()), SMALL))
        .min(width * 0.24);
    let left = names + 16.0;
    let slices = (width - left) * [0.9, 0.52, 0.4].get(shares).copied().unwrap_or(0.3);
    let slices = slices.min(420.0);
    let narrow = width < 420.0 + 90.0 * shares as f64 || slices < 2.0 * count + 30.0;
    let spread = |from: f64, to: f64, gap: f64| -> Vec<Span> {
        let wide = (to - from + gap) / shares.max(1) as f64;
        (0..shares).map(|at| from + wide * at as f64).map(|left| (left, left + wide - gap)).collect()
    };
    if narrow {
        let slices = (width * 0.38).min(220.0);
        let right = slices + 14.0;
        let texts = NAME + 6.0 + if noted { SMALL + 3.0 } else { 0.0 };
        let bars = if shares > 0 { 28.0 } else { 0.0 };
        Columns {
            narrow,
            names: (right, width),
            slices: (0.0, slices),
            shares: Measure::all(pyramid, spread(right, width, 14.0), false),
            row: texts + bars + 14.0,
        }
    } else {
        Columns {
            narrow,
            names: (0.0, names),
            slices: (left, left + slices),
            shares: Measure::all(pyramid, spread(left + slices + 28.0, width, 24.0), true),
            row: if pyramid.tiers.len() > 6 { 48.0 } else { 58.0 },
        }
    }
}

/// The headers of the columns, on one base line.
fn titles(scene: &mut Scene, pyramid: &Pyramid, columns: &Columns) {
    let (from, to) = columns.slices;
    let customers = lines(&pyramid.titles.customers, SMALL, to - from, 3);
    let mut headers = vec![(((from + to) / 2.0, Anchor::Middle), customers)];
    for (title, measure) in pyramid.titles.shares.iter().zip(&columns.shares) {
        let lines = lines(title, SMALL, measure.span.1 - measure.span.0, 3);
        headers.push((measure.title(&lines, SMALL), lines));
    }
    let most = headers.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0) as f64;
    let bottom = scene.height + most * (SMALL + 3.0);
    for ((x, anchor), lines) in headers {
        let above = lines.len();
        for (line, text) in lines.into_iter().enumerate() {
            let y = bottom - (above - 1 - line) as f64 * (SMALL + 3.0) - 3.0;
            scene.texts.push(Text::new(x, y, SMALL, Tone::Soft, text).anchored(anchor));
        }
    }
    scene.height = bottom + 6.0;
}

struct Slices<'a> {
    columns: &'a Columns,
    top: f64,
    count: usize,
}

impl Slices<'_> {
    fn middle(&self) -> f64 {
        (self.columns.slices.0 + self.columns.slices.1) / 2.0
    }

    /// Half the width of the pyramid at a height above or below its top.
    fn half(&self, down: f64) -> f64 {
        let half = (self.columns.slices.1 - self.columns.slices.0) / 2.0;
        let share = down / (self.columns.row * self.count as f64);
        half * (TOP + (1.0 - TOP) * share)
    }

    fn shape(&self, at: usize, mark: &Mark) -> Shape {
        let from = self.columns.row * at as f64;
        let to = from + self.columns.row - GAP;
        let (upper, lower) = (self.half(from), self.half(to));
        let rect =
            Rect { x: self.middle() - lower, y: self.top + from, width: 2.0 * lower, height: to - from };
        Shape { rect, inset: lower - upper, role: mark.role }
    }

    /// Half the width at the upper edge of a text in the middle of a slice.
    fn room(&self, at: usize, rise: f64) -> f64 {
        self.half(self.columns.row * (at as f64 + 0.5) - GAP / 2.0 - rise)
    }

    fn fits(&self, at: usize, text: &str) -> bool {
        text_width(text, LABEL) / 2.0 + 3.0 <= self.room(at, LABEL / 2.0)
    }

    fn write_beside(&self, scene: &mut Scene, at: usize, mark: &Mark) {
        let x = self.middle() + self.room(at, -LABEL / 2.0) + 6.0;
        let y = self.top + self.columns.row * (at as f64 + 0.5) - GAP / 2.0 + LABEL * 0.35;
        let text = Text::new(x, y, LABEL, Tone::Ink, mark.value.clone());
        scene
            .texts
            .push(Text { bold: true, ..text.kept_inside(scene.width, self.columns.slices.1 + 20.0 - x) });
    }
}

fn write_inside(scene: &mut Scene, columns: &Columns, middle: f64, mark: &Mark) {
    let (from, to) = columns.slices;
    let text = Text::new(
        (from + to) / 2.0,
        middle + LABEL * 0.35,
        LABEL,
        Tone::On(mark.role),
        shorten(&mark.value, LABEL, to - from - 6.0),
    );
    scene.texts.push(Text { bold: true, ..text.anchored(Anchor::Middle) });
}

/// What stands beside a slice or a band: its name and note, the number of customers that has no room in the
/// slice, and its bars.
fn row(scene: &mut Scene, columns: &Columns, tier: &PyramidTier, y: f64, counted: Option<&Mark>) {
    if columns.narrow {
        names_over_bars(scene, columns, tier, y, counted);
    } else {
        names_beside(scene, columns, tier, y);
    }
    for (measure, share) in columns.shares.iter().zip(&tier.shares) {
        if columns.narrow {
            measure.draw_under(scene, y + columns.row - 15.0, share);
        } else {
            measure.draw_beside(scene, (y, columns.row - GAP), share);
        }
    }
    // A share without a title has no column, but can be reached and read.
    for _ in columns.shares.len()..tier.shares.len() {
        let (from, to) = columns.slices;
        scene.hits.push(Hit::over(Rect { x: from, y, width: to - from, height: columns.row - GAP }));
    }
}

fn names_beside(scene: &mut Scene, columns: &Columns, tier: &PyramidTier, y: f64) {
    let room = columns.names.1 - columns.names.0;
    let name = lines(&tier.name, NAME, room, 2);
    let noted = !tier.note.is_empty();
    let high = name.len() as f64 * (NAME + 2.0) + if noted { SMALL + 2.0 } else { 0.0 };
    let mut at = y + (columns.row - GAP - high) / 2.0;
    for line in name {
        at += NAME + 2.0;
        let text = Text::new(columns.names.0, at - 3.0, NAME, Tone::Ink, line);
        scene.texts.push(Text { bold: true, ..text });
    }
    if noted {
        let note =
            Text::new(columns.names.0, at + SMALL, SMALL, Tone::Soft, shorten(&tier.note, SMALL, room));
        scene.texts.push(note);
    }
}

fn names_over_bars(scene: &mut Scene, columns: &Columns, tier: &PyramidTier, y: f64, counted: Option<&Mark>) {
    let (from, to) = columns.names;
    let mut room = to - from;
    if let Some(mark) = counted {
        let count = Text::new(to, y + NAME, LABEL, Tone::Ink, mark.value.clone()).anchored(Anchor::End);
        room -= text_width(&mark.value, LABEL) + 8.0;
        scene.texts.push(count);
    }
    let name = Text::new(from, y + NAME, NAME, Tone::Ink, shorten(&tier.name, NAME, room));
    scene.texts.push(Text { bold: true, ..name });
    if !tier.note.is_empty() {
        let note = shorten(&tier.note, SMALL, to - from);
        scene.texts.push(Text::new(from, y + NAME + SMALL + 4.0, SMALL, Tone::Soft, note));
    }
}

/// Where bars stand in one column, one line serves all; narrow rows draw their own.
fn zero_lines(scene: &mut Scene, columns: &Columns, (top, end): Span) {
    for measure in columns.shares.iter().filter(|_| !columns.narrow && end > top) {
        scene.rule(RuleKind::Axis, (measure.zero, top), (measure.zero, end - GAP));
    }
}

/// A flat band: whoever is in it is no slice of the pyramid.
fn outside(scene: &mut Scene, columns: &Columns, tier: &PyramidTier) {
    let (from, to) = columns.slices;
    let y = scene.height;
    let high = if columns.narrow && tier.shares.is_empty() { 42.0 } else { columns.row };
    let thick = 26.0_f64.min(high - GAP);
    let rect = Rect { x: from, y: y + (high - GAP - thick) / 2.0, width: to - from, height: thick };
    scene.shapes.push(Shape::new(rect, tier.customers.role));
    scene.hits.push(Hit::over(rect));
    write_inside(scene, columns, rect.y + thick / 2.0, &tier.customers);
    row(scene, columns, tier, y, None);
    scene.height += high;
}

/// A text in at most so many lines, the last of them shortened.
fn lines(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines = wrap(text, size, room);
    if lines.len() > most {
        lines.truncate(most - 1);
        let after = |from: usize, line: &String| from + text[from..].find(line).unwrap_or(0) + line.len();
        let rest = text[lines.iter().fold(0, after)..].trim_start();
        lines.push(rest.to_owned());
    }
    lines.iter().map(|line| shorten(line, size, room)).collect()
}
