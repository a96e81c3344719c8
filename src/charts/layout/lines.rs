//! Lines, and what they are read against.

use super::{
    axes::{self, Plot, Scale},
    line_names::{self, Named, Naming, naming, room_at_ends},
    names,
    scene::{Displaced, Hit, Path, Point, Rect, RuleKind, Scene},
};
use crate::charts::spec::{Guide, LineSeries, Lines, drawable};

pub(super) fn lines(scene: &mut Scene, lines: &Lines) {
    let naming = naming(lines, scene.width);
    let right = if naming == Naming::Ends { room_at_ends(lines) } else { 8.0 };
    let (across, up) = covered(lines);
    let plot = axes::upright(scene, &lines.y, up.into_iter(), 0.0, right);
    let x = Scale::new(&lines.x, across.into_iter(), plot.left, plot.right);
    let mut named = vec![];
    for (index, series) in lines.series.iter().enumerate() {
        let (hits, runs) = trace(series, &plot, &x);
        scene.hits.extend(hits);
        named.push(Named {
            name: &series.name,
            points: runs.concat(),
            else_tell: Displaced::Line(series.role, index, series.name.clone()),
        });
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
    for guide in &lines.guides {
        let Some(ends) = guide_ends(guide, &plot, &x) else { continue };
        scene.rule(RuleKind::Guide, ends[0], ends[1]);
        named.push(Named {
            name: &guide.name,
            points: ends.to_vec(),
            else_tell: Displaced::Rule(RuleKind::Guide, guide.name.clone()),
        });
    }
    axes::level(scene, &lines.x, &plot, &x);
    read_against(scene, lines, &plot, &x);
    named.retain(|line| !line.name.is_empty());
    match naming {
        Naming::Ends => line_names::at_ends(scene, &named, &plot, right),
        Naming::Along => line_names::along(scene, named, &plot),
        Naming::Legend => line_names::to_legend(scene, named),
    }
}

/// Everything that the axes must cover: places across, and amounts.
pub(super) fn covered(lines: &Lines) -> (Vec<f64>, Vec<f64>) {
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

/// From the left to the right.
fn guide_ends(guide: &Guide, plot: &Plot, x: &Scale) -> Option<[Point; 2]> {
    let place = |(across, up): (f64, f64)| Some((x.place(drawable(across)?), plot.y.place(drawable(up)?)));
    let (from, to) = (place(guide.from)?, place(guide.to)?);
    Some(if from.0 <= to.0 { [from, to] } else { [to, from] })
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
