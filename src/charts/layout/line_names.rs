//! Names at the lines themselves: at their ends where these are apart, else where a line is farthest from all
//! others.

use super::{
    LABEL,
    axes::{self, Plot, Scale, widest},
    names,
    scene::{Displaced, Point, Scene, Text, Tone},
};
use crate::charts::spec::Lines;

/// Between the base lines of two names.
const APART: f64 = LABEL + 3.0;

/// Where the names of lines and guides stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// Beside the right ends.
    Ends,
    /// Along the lines, which meet at their ends.
    Along,
    /// In the legend: there is no room, or nothing to name.
    Legend,
}

/// A line with its name, and what the legend says where the name has no room.
pub(super) struct Named<'a> {
    pub name: &'a str,
    pub points: Vec<Point>,
    pub else_tell: Displaced,
}

pub(super) fn naming(lines: &Lines, width: f64) -> Naming {
    let count = all_names(lines).filter(|name| !name.is_empty()).count();
    if count == 0 || width < 460.0 || count > 8 {
        return Naming::Legend;
    }
    let amounts = super::lines::covered(lines).1;
    let scale = Scale::new(&lines.y, amounts.into_iter(), 0.0, axes::plot_height(width));
    let mut ends: Vec<f64> = end_amounts(lines).map(|amount| scale.place(amount)).collect();
    ends.sort_by(f64::total_cmp);
    let meet = ends.windows(2).any(|pair| pair[1] - pair[0] < APART * 0.6);
    match meet {
        true => Naming::Along,
        false if widest(all_names(lines), LABEL) + 12.0 <= width * 0.28 => Naming::Ends,
        false => Naming::Legend,
    }
}

/// The room that names beside the ends take.
pub(super) fn room_at_ends(lines: &Lines) -> f64 {
    widest(all_names(lines), LABEL) + 12.0
}

fn all_names(lines: &Lines) -> impl Iterator<Item = &str> {
    let guides = lines.guides.iter().map(|guide| guide.name.as_str());
    lines.series.iter().map(|series| series.name.as_str()).chain(guides)
}

/// The last amount of each line that has a name.
fn end_amounts(lines: &Lines) -> impl Iterator<Item = f64> {
    let series = lines.series.iter().filter(|series| !series.name.is_empty());
    let last = series.filter_map(|series| series.points.iter().rev().find_map(|point| point.mark.drawable()));
    let guides = lines.guides.iter().filter(|guide| !guide.name.is_empty());
    last.chain(guides.map(|guide| if guide.to.0 >= guide.from.0 { guide.to.1 } else { guide.from.1 }))
}

/// Names beside the ends, pushed apart where they would touch.
pub(super) fn at_ends(scene: &mut Scene, lines: &[Named], plot: &Plot, room: f64) {
    let mut ends: Vec<(f64, &str)> =
        lines.iter().filter_map(|line| Some((line.points.last()?.1, line.name))).collect();
    ends.sort_by(|one, two| one.0.total_cmp(&two.0));
    let mut lowest = plot.top - APART;
    for (wanted, _) in &mut ends {
        *wanted = wanted.max(lowest + APART);
        lowest = *wanted;
    }
    let mut highest = plot.bottom + APART;
    for (wanted, name) in ends.into_iter().rev() {
        let at = wanted.min(highest - APART);
        highest = at;
        let text = Text::new(plot.right + 8.0, at + LABEL * 0.35, LABEL, Tone::Ink, name.to_owned());
        scene.texts.push(text.kept_inside(scene.width, room - 8.0));
    }
}

/// Names along the lines, each where its line is farthest from the others, so that it can belong to no other. All
/// of them, or the legend has them all.
pub(super) fn along(scene: &mut Scene, lines: Vec<Named>, plot: &Plot) {
    let before = scene.texts.len();
    let all = (0..lines.len()).all(|at| {
        let places = apart(&lines, at, plot).into_iter();
        names::try_write(scene, places.flat_map(|place| names::next_to(plot, place, lines[at].name)))
    });
    if !all {
        scene.texts.truncate(before);
        to_legend(scene, lines);
    }
}

/// The legend names the lines, before all else that it tells.
pub(super) fn to_legend(scene: &mut Scene, lines: Vec<Named>) {
    scene.displaced.splice(..0, lines.into_iter().map(|line| line.else_tell));
}

/// Places along a line where there is room for its name before the next line, the most room first.
fn apart(lines: &[Named], at: usize, plot: &Plot) -> Vec<Point> {
    let others = || lines.iter().enumerate().filter(|(other, _)| *other != at);
    let room = |&(x, y): &Point| {
        let gaps = others().filter_map(|(_, line)| Some((height_at(&line.points, x)? - y).abs()));
        gaps.fold(f64::INFINITY, f64::min)
    };
    let mut places: Vec<(f64, Point)> = sampled(&lines[at].points, plot)
        .map(|place| (room(&place), place))
        .filter(|(room, _)| *room > 2.0 * APART)
        .collect();
    places.sort_by(|one, two| two.0.total_cmp(&one.0));
    places.into_iter().map(|(_, place)| place).collect()
}

/// Places along a line, a twentieth of the plot from one to the next.
fn sampled(points: &[Point], plot: &Plot) -> impl Iterator<Item = Point> {
    let step = (plot.right - plot.left) / 20.0;
    let left = plot.left;
    (1..20).filter_map(move |at| {
        let x = left + step * f64::from(at);
        Some((x, height_at(points, x)?))
    })
}

/// The height of a line over a place across it.
fn height_at(points: &[Point], x: f64) -> Option<f64> {
    let pair = points.windows(2).find(|pair| pair[0].0 <= x && x <= pair[1].0)?;
    let (from, to) = (pair[0], pair[1]);
    let share = if to.0 > from.0 { (x - from.0) / (to.0 - from.0) } else { 0.0 };
    Some(from.1 + share * (to.1 - from.1))
}
