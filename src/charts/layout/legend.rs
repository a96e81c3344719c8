//! What the colours mean, in rows under the chart, and the names that found no place in it; left out where names
//! stand at the marks themselves.

use super::{
    LABEL,
    scene::{Displaced, Path, Rect, RuleKind, Scene, Shape, Text, Tone},
};
use crate::charts::{
    measure::{shorten, text_width, wrap},
    spec::{BarSeries, ChartSpec, Marks, Role, Tornado},
};

const SWATCH: f64 = 14.0;
/// Between a swatch and its name.
const GAP: f64 = 6.0;
/// Between the base lines of two rows.
const ROW: f64 = LABEL + 8.0;

enum Swatch {
    Colour(Role),
    /// A line shows its dashes, which tell it apart without colour.
    Line(Role, usize),
    Rule(RuleKind),
    Spot,
    None,
}

pub(super) fn legend(scene: &mut Scene, spec: &ChartSpec) {
    let mut entries: Vec<(Swatch, &str)> = match &spec.marks {
        Marks::Bars(bars) | Marks::StackedBars(bars) => of_bars(&bars.series),
        Marks::HorizontalBars(bars) | Marks::Tornado(Tornado { bars, .. }) => of_bars(&bars.series),
        _ => vec![],
    };
    let meanings = spec.legend.iter().flat_map(|legend| &legend.entries);
    entries.extend(meanings.map(|(role, name)| (Swatch::Colour(*role), name.as_str())));
    let displaced = std::mem::take(&mut scene.displaced);
    entries.extend(displaced.iter().map(|displaced| match displaced {
        Displaced::Line(role, series, name) => (Swatch::Line(*role, *series), name.as_str()),
        Displaced::Rule(kind, name) => (Swatch::Rule(*kind), name.as_str()),
        Displaced::Spot(name) => (Swatch::Spot, name.as_str()),
        Displaced::Note(words) => (Swatch::None, words.as_str()),
    }));
    entries.retain(|(_, name)| !name.is_empty());
    if !entries.is_empty() {
        write(scene, entries);
    }
}

fn write(scene: &mut Scene, entries: Vec<(Swatch, &str)>) {
    let (mut x, mut y) = (0.0, scene.height + 12.0);
    for (swatch, name) in entries {
        let indent = if matches!(swatch, Swatch::None) { 0.0 } else { SWATCH + GAP };
        let wide = indent + text_width(name, LABEL);
        if x > 0.0 && x + wide > scene.width {
            (x, y) = (0.0, y + ROW);
        }
        draw(scene, swatch, x, y);
        let room = scene.width - x - indent;
        let lines = wrap(name, LABEL, room);
        for (line, text) in lines.iter().enumerate() {
            y += if line > 0 { LABEL + 4.0 } else { 0.0 };
            let text = shorten(text, LABEL, room);
            scene.texts.push(Text::new(x + indent, y + SWATCH - 2.0, LABEL, Tone::Ink, text));
        }
        // Nothing stands beside a name of several lines.
        x = if lines.len() > 1 { scene.width } else { x + wide + 16.0 };
    }
    scene.height = y + SWATCH + 4.0;
}

fn draw(scene: &mut Scene, swatch: Swatch, x: f64, y: f64) {
    let (from, to) = ((x, y + SWATCH / 2.0), (x + SWATCH, y + SWATCH / 2.0));
    match swatch {
        Swatch::Colour(role) => {
            scene.swatches.push(Shape::new(Rect { x, y, width: SWATCH, height: SWATCH }, role));
        }
        Swatch::Line(role, series) => {
            scene.paths.push(Path { points: vec![from, to], role, series, area_to: None, dots: false });
        }
        Swatch::Rule(kind) => scene.rule(kind, from, to),
        Swatch::Spot => scene.spots.push((x + SWATCH / 2.0, y + SWATCH / 2.0)),
        Swatch::None => {}
    }
}

/// Each series has the colour of its first bar.
fn of_bars(series: &[BarSeries]) -> Vec<(Swatch, &str)> {
    let first = |each: &BarSeries| each.marks.first().map(|mark| mark.role);
    series.iter().filter_map(|each| Some((Swatch::Colour(first(each)?), each.name.as_str()))).collect()
}
