//! Free places for the names of lines and of places: no name stands on another, on a bar or on a line.

use super::{
    LABEL,
    axes::Plot,
    scene::{Anchor, Displaced, Point, Rect, RuleKind, Scene, Text, Tone},
};

/// Writes a name at the first place that is free; else the legend tells it.
pub(super) fn write(scene: &mut Scene, places: impl IntoIterator<Item = Text>, else_tell: Displaced) {
    if !try_write(scene, places) {
        scene.displaced.push(else_tell);
    }
}

/// Writes a name at the first place that is free; says whether there is one.
pub(super) fn try_write(scene: &mut Scene, places: impl IntoIterator<Item = Text>) -> bool {
    let free = places.into_iter().find(|text| is_free(scene, text));
    let written = free.is_some();
    scene.texts.extend(free.map(|text| Text { halo: true, ..text }));
    written
}

/// Along a level line, from the right to the left: over it, under it, and a row higher, over the amounts on it.
pub(super) fn along(plot: &Plot, y: f64, name: &str) -> Vec<Text> {
    let places = |baseline: f64| {
        let step = 8.0;
        let count = ((plot.right - plot.left) / step) as usize;
        let name = move |at: usize| {
            let text = Text::new(plot.right - step * at as f64, baseline, LABEL, Tone::Ink, name.to_owned());
            text.anchored(Anchor::End)
        };
        (0..=count).map(name).filter(|text| inside(text, plot))
    };
    [y - 6.0, y + LABEL + 3.0, y - 20.0].into_iter().flat_map(places).collect()
}

/// Beside an upright line, from the top down.
pub(super) fn beside(plot: &Plot, x: f64, name: &str) -> Vec<Text> {
    let step = LABEL + 3.0;
    let count = ((plot.bottom - plot.top) / step) as usize;
    let both = |at: usize| {
        let y = plot.top + LABEL + step * at as f64;
        around(x, y, 6.0, name)
    };
    (0..count).flat_map(both).filter(|text| inside(text, plot)).collect()
}

/// Over or under a point of a line, to the side where there is room.
pub(super) fn next_to(plot: &Plot, (x, y): Point, name: &str) -> Vec<Text> {
    let over = around(x, y - 6.0, 2.0, name);
    let under = around(x, y + LABEL + 4.0, 2.0, name);
    over.into_iter().chain(under).filter(|text| inside(text, plot)).collect()
}

/// Around a point, the nearest first.
pub(super) fn near(plot: &Plot, (x, y): Point, name: &str) -> Vec<Text> {
    let places = |distance: f64| {
        let under = around(x, y + distance + LABEL, distance, name);
        let over = around(x, y - distance, distance, name);
        over.into_iter().chain(under)
    };
    [8.0, 16.0, 28.0, 44.0, 64.0, 90.0]
        .into_iter()
        .flat_map(places)
        .filter(|text| inside(text, plot))
        .collect()
}

/// Right and left of a place.
fn around(x: f64, y: f64, distance: f64, name: &str) -> [Text; 2] {
    let text = |at, anchor| Text::new(at, y, LABEL, Tone::Ink, name.to_owned()).anchored(anchor);
    [text(x + distance, Anchor::Start), text(x - distance, Anchor::End)]
}

/// A little over the upper edge is room, too.
fn inside(text: &Text, plot: &Plot) -> bool {
    let area = text.area();
    area.x >= plot.left + 2.0
        && area.x + area.width <= plot.right + 0.5
        && area.y >= plot.top - 6.0
        && area.y + area.height <= plot.bottom
}

fn is_free(scene: &Scene, text: &Text) -> bool {
    let area = text.area();
    let area = Rect { x: area.x - 2.0, y: area.y - 1.0, width: area.width + 4.0, height: area.height + 2.0 };
    let rules = scene.rules.iter().filter(|rule| !matches!(rule.kind, RuleKind::Grid | RuleKind::Axis));
    scene.texts.iter().all(|other| !other.area().meets(&area))
        && scene.shapes.iter().all(|shape| !shape.rect.meets(&area))
        && rules.into_iter().all(|rule| !crosses(&area, rule.from, rule.to))
        && scene.paths.iter().all(|path| path.points.windows(2).all(|ends| !crosses(&area, ends[0], ends[1])))
        && scene.spots.iter().all(|spot| !crosses(&area, *spot, *spot))
}

/// Whether a straight line passes through a rectangle: the part of it between each pair of edges is not empty
/// (Liang and Barsky, "A new concept and method for line clipping", 1984).
fn crosses(area: &Rect, from: Point, to: Point) -> bool {
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (start, step, low, high) in [
        (from.0, to.0 - from.0, area.x, area.x + area.width),
        (from.1, to.1 - from.1, area.y, area.y + area.height),
    ] {
        if step == 0.0 {
            if start < low || start > high {
                return false;
            }
        } else {
            let (one, two) = ((low - start) / step, (high - start) / step);
            enters = enters.max(one.min(two));
            leaves = leaves.min(one.max(two));
        }
    }
    enters <= leaves
}
