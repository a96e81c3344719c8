//! Lines, named at their ends where there is room.

use super::{
    LABEL,
    axes::{self, Plot, Scale, widest},
    scene::{Anchor, Hit, Path, Point, Rect, Scene, Text, Tone},
};
use crate::charts::spec::{LineSeries, Lines, drawable};

/// Narrower than this, the names stand in the legend.
pub(super) const ROOM_FOR_NAMES: f64 = 460.0;

pub(super) fn lines(scene: &mut Scene, lines: &Lines) {
    let names = lines.series.iter().map(|series| series.name.as_str());
    let named = scene.width >= ROOM_FOR_NAMES && lines.series.iter().any(|series| !series.name.is_empty());
    let right = if named { (widest(names, LABEL) + 12.0).min(scene.width * 0.28) } else { 8.0 };
    let points = || lines.series.iter().flat_map(|series| &series.points);
    let limits = lines.references.iter().map(|reference| reference.at);
    let floor = lines.series.iter().filter(|series| series.area).map(|_| 0.0);
    let amounts = points().map(|point| point.mark.amount).chain(limits).chain(floor);
    let plot = axes::upright(scene, &lines.y, amounts, 0.0, right);
    let x = Scale::new(&lines.x, points().map(|point| point.x), plot.left, plot.right);
    let mut ends = vec![];
    for (index, series) in lines.series.iter().enumerate() {
        let (hits, runs) = trace(series, &plot, &x);
        scene.hits.extend(hits);
        ends.extend(runs.last().and_then(|run| run.last()).map(|end| (end.1, series)));
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
    for reference in &lines.references {
        let name_at = freer_end(scene, plot.y.place(reference.at), &plot);
        axes::reference(scene, reference, &plot, name_at);
    }
}

/// The end of a level line from which the points keep the greater distance.
fn freer_end(scene: &Scene, at: f64, plot: &Plot) -> Anchor {
    let third = (plot.right - plot.left) / 3.0;
    let distance = |inside: &dyn Fn(f64) -> bool| {
        let tips = scene.hits.iter().map(|hit| hit.tip).filter(|tip| inside(tip.0));
        tips.map(|tip| (tip.1 - at).abs()).sum::<f64>() / scene.hits.len().max(1) as f64
    };
    let left = distance(&|x| x < plot.left + third);
    let right = distance(&|x| x > plot.right - third);
    if left > right { Anchor::Start } else { Anchor::End }
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
fn name_ends(scene: &mut Scene, mut ends: Vec<(f64, &LineSeries)>, plot: &Plot, room: f64) {
    ends.sort_by(|one, two| one.0.total_cmp(&two.0));
    let apart = LABEL + 3.0;
    let mut lowest = plot.top - apart;
    for (wanted, _) in &mut ends {
        *wanted = wanted.max(lowest + apart);
        lowest = *wanted;
    }
    let mut highest = plot.bottom + apart;
    for (wanted, series) in ends.into_iter().rev() {
        let at = wanted.min(highest - apart);
        highest = at;
        let text = Text::new(plot.right + 8.0, at + LABEL * 0.35, LABEL, Tone::Ink, series.name.clone());
        scene.texts.push(text.kept_inside(scene.width, room - 8.0));
    }
}
