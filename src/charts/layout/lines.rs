//! Lines, named at their ends where there is room, and what they are read against.

use super::{
    LABEL,
    axes::{self, Plot, Scale, widest},
    names,
    scene::{Displaced, Hit, Path, Point, Rect, RuleKind, Scene, Text, Tone},
};
use crate::charts::spec::{Guide, LineSeries, Lines, drawable};

/// Between the base lines of two names.
const APART: f64 = LABEL + 3.0;

/// Whether lines and guides are named at their ends; else the legend names them.
pub(super) fn named_at_ends(lines: &Lines, width: f64) -> bool {
    let count = all_names(lines).filter(|name| !name.is_empty()).count();
    let widest = widest(all_names(lines), LABEL) + 12.0;
    count > 0 && width >= 460.0 && widest <= width * 0.28 && count as f64 * APART <= 150.0
}

fn all_names(lines: &Lines) -> impl Iterator<Item = &str> {
    let guides = lines.guides.iter().map(|guide| guide.name.as_str());
    lines.series.iter().map(|series| series.name.as_str()).chain(guides)
}

pub(super) fn lines(scene: &mut Scene, lines: &Lines) {
    let named = named_at_ends(lines, scene.width);
    let right = if named { widest(all_names(lines), LABEL) + 12.0 } else { 8.0 };
    let (across, up) = covered(lines);
    let plot = axes::upright(scene, &lines.y, up.into_iter(), 0.0, right);
    let x = Scale::new(&lines.x, across.into_iter(), plot.left, plot.right);
    let mut ends = vec![];
    for guide in &lines.guides {
        if let Some([from, to]) = guide_ends(guide, &plot, &x) {
            scene.rule(RuleKind::Guide, from, to);
            ends.push((if to.0 >= from.0 { to.1 } else { from.1 }, guide.name.as_str()));
        }
    }
    for (index, series) in lines.series.iter().enumerate() {
        let (hits, runs) = trace(series, &plot, &x);
        scene.hits.extend(hits);
        ends.extend(runs.last().and_then(|run| run.last()).map(|end| (end.1, series.name.as_str())));
        let dots = series.points.len() <= 24 || runs.iter().any(|run| run.len() == 1);
        let area_to = series.area.then(|| plot.y.base());
        scene.paths.extend(runs.into_iter().map(|points| Path {
            points,
            role: series.role,
            series: index,
            area_to,
            dots,
        }));
    }
    axes::level(scene, &lines.x, &plot, &x);
    if named {
        name_ends(scene, ends, &plot, right);
    }
    read_against(scene, lines, &plot, &x);
}

/// Everything that the axes must cover: places across, and amounts.
fn covered(lines: &Lines) -> (Vec<f64>, Vec<f64>) {
    let (mut across, mut up) = (vec![], vec![]);
    for series in &lines.series {
        across.extend(series.points.iter().map(|point| point.x));
        up.extend(series.points.iter().map(|point| point.mark.amount));
        up.extend(series.area.then_some(0.0));
    }
    for guide in &lines.guides {
        across.extend([guide.from.0, guide.to.0]);
        up.extend([guide.from.1, guide.to.1]);
    }
    across.extend(lines.callouts.iter().map(|callout| callout.x));
    up.extend(lines.callouts.iter().map(|callout| callout.y));
    across.extend(lines.verticals.iter().map(|vertical| vertical.at));
    up.extend(lines.references.iter().map(|reference| reference.at));
    (across, up)
}

fn guide_ends(guide: &Guide, plot: &Plot, x: &Scale) -> Option<[Point; 2]> {
    let place = |(across, up): (f64, f64)| Some((x.place(drawable(across)?), plot.y.place(drawable(up)?)));
    Some([place(guide.from)?, place(guide.to)?])
}

/// Reference lines and callouts; their names last, so that each finds a free place among all the lines.
fn read_against(scene: &mut Scene, lines: &Lines, plot: &Plot, x: &Scale) {
    for reference in &lines.references {
        axes::reference_rule(scene, reference, plot);
    }
    let verticals = || lines.verticals.iter().filter(|vertical| x.shows(vertical.at));
    for vertical in verticals() {
        let at = x.place(vertical.at);
        scene.rule(RuleKind::Reference, (at, plot.top), (at, plot.bottom));
    }
    let callouts = || lines.callouts.iter().filter(|callout| x.shows(callout.x) && plot.y.shows(callout.y));
    for callout in callouts() {
        let (across, up) = (x.place(callout.x), plot.y.place(callout.y));
        scene.rule(RuleKind::Pointer, (across, plot.y.base()), (across, up));
        scene.rule(RuleKind::Pointer, (plot.left, up), (across, up));
        scene.spots.push((across, up));
    }
    for callout in callouts() {
        let places = names::near(plot, (x.place(callout.x), plot.y.place(callout.y)), &callout.label);
        names::write(scene, places, Displaced::Spot(callout.label.clone()));
    }
    for reference in &lines.references {
        axes::reference_name(scene, reference, plot);
    }
    for vertical in verticals() {
        let places = names::beside(plot, x.place(vertical.at), &vertical.label);
        names::write(scene, places, Displaced::Rule(RuleKind::Reference, vertical.label.clone()));
    }
}

/// The places of a series' points, and its unbroken runs: a point without an amount leaves a gap, never a zero.
fn trace(series: &LineSeries, plot: &Plot, x: &Scale) -> (Vec<Hit>, Vec<Vec<Point>>) {
    let mut hits = vec![];
    let mut runs: Vec<Vec<Point>> = vec![vec![]];
    for point in &series.points {
        let across = drawable(point.x).map(|at| x.place(at));
        let place = across.zip(point.mark.drawable().map(|amount| plot.y.place(amount)));
        match place {
            Some(place) => runs.last_mut().expect("one at least").push(place),
            None => runs.push(vec![]),
        }
        let (across, down) = place.unwrap_or((across.unwrap_or(plot.left), plot.bottom));
        let rect = Rect { x: across - 5.0, y: down - 5.0, width: 10.0, height: 10.0 };
        hits.push(Hit { rect, tip: (across, down - 6.0) });
    }
    runs.retain(|run| !run.is_empty());
    (hits, runs)
}

/// Names beside the ends, pushed apart where they would touch.
fn name_ends(scene: &mut Scene, mut ends: Vec<(f64, &str)>, plot: &Plot, room: f64) {
    ends.retain(|(_, name)| !name.is_empty());
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
