//! Where everything of a chart stands for a given width: a [`Scene`] of rectangles, lines and texts in pixels.
//!
//! Pure, so that tests can ask what a picture would show; `charts::svg` only writes it down.

mod axes;
mod bars;
mod crowded;
mod heat_map;
mod horizontal_bars;
mod intervals;
mod legend;
mod line_names;
mod lines;
mod moves;
mod names;
mod pyramid;
mod pyramid_shares;
mod scene;
mod stacked_bars;
mod tornado;

pub use moves::{Move, moved};
pub use scene::{Anchor, Displaced, Hit, Path, Point, Reach, Rect, Rule, RuleKind, Scene, Shape, Text, Tone};

use super::{
    measure::wrap,
    spec::{ChartSpec, Mark, Marks},
};

/// Sizes of type in pixels.
pub(crate) const LABEL: f64 = 12.0;
pub(crate) const SMALL: f64 = 11.0;

/// What the chart is laid out for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Canvas<'a> {
    /// In CSS pixels; the height follows from it.
    pub width: f64,
    /// Title and subtitle inside the picture, for a file that stands alone.
    pub heading: bool,
    /// Said where there is nothing to draw.
    pub nothing: &'a str,
    /// Said where there are more bars than pixels, so that neighbours share a stripe.
    pub crowded: &'a str,
}

/// Lays a chart out. A width under 240 pixels is taken for 240: the picture then scales down as a whole.
pub fn place(spec: &ChartSpec, canvas: Canvas) -> Scene {
    let width = if canvas.width.is_finite() { canvas.width.clamp(240.0, 4000.0) } else { 240.0 };
    let mut scene = Scene::new(width);
    if canvas.heading {
        heading(&mut scene, spec);
    }
    if !spec.each_mark().into_iter().any(|mark| mark.drawable().is_some()) {
        nothing(&mut scene, spec, canvas.nothing);
        return scene;
    }
    match &spec.marks {
        Marks::Bars(bars) => bars::bars(&mut scene, bars, canvas.crowded),
        Marks::Histogram(histogram) => bars::histogram(&mut scene, histogram),
        Marks::HeatMap(map) => heat_map::heat_map(&mut scene, map),
        Marks::Lines(lines) => lines::lines(&mut scene, lines),
        Marks::HorizontalBars(bars) => horizontal_bars::horizontal_bars(&mut scene, bars),
        Marks::StackedBars(bars) => stacked_bars::stacked_bars(&mut scene, bars),
        Marks::Tornado(tornado) => tornado::tornado(&mut scene, tornado),
        Marks::Pyramid(pyramid) => pyramid::pyramid(&mut scene, pyramid),
    }
    legend::legend(&mut scene, spec);
    scene.height += 4.0;
    scene
}

fn heading(scene: &mut Scene, spec: &ChartSpec) {
    scene.height += 8.0;
    for (text, size, bold) in [(&spec.title, 17.0, true), (&spec.subtitle, 13.0, false)] {
        for line in wrap(text, size, scene.width - 8.0) {
            scene.height += size * 1.35;
            let tone = if bold { Tone::Ink } else { Tone::Soft };
            let baseline = scene.height - size * 0.3;
            scene.texts.push(Text { bold, ..Text::new(4.0, baseline, size, tone, line) });
        }
    }
    scene.height += 10.0;
}

/// Says that there is nothing to draw; marks without an amount still can be reached and read.
fn nothing(scene: &mut Scene, spec: &ChartSpec, words: &str) {
    let top = scene.height;
    scene.height += 120.0;
    let middle = scene.width / 2.0;
    scene
        .texts
        .push(Text::new(middle, top + 64.0, 14.0, Tone::Soft, words.to_owned()).anchored(Anchor::Middle));
    let marks: Vec<&Mark> = spec.each_mark();
    let slot = scene.width / marks.len().max(1) as f64;
    scene.hits = (0..marks.len())
        .map(|at| Hit::over(Rect { x: at as f64 * slot, y: top, width: slot, height: 120.0 }))
        .collect();
}
