//! What the colours mean, in rows under the chart; left out where names stand at the marks themselves.

use super::{
    LABEL,
    lines::ROOM_FOR_NAMES,
    scene::{Path, Rect, Scene, Shape, Text, Tone},
};
use crate::charts::{
    measure::text_width,
    spec::{BarSeries, ChartSpec, LineSeries, Marks, Role},
};

const SWATCH: f64 = 14.0;

pub(super) fn legend<'a>(scene: &mut Scene, spec: &'a ChartSpec) {
    let mut entries: Vec<(Role, &str, Option<usize>)> = match &spec.marks {
        Marks::Bars(bars) => series(&bars.series),
        Marks::HorizontalBars(bars) => series(&bars.series),
        Marks::Lines(lines) if scene.width < ROOM_FOR_NAMES => {
            let line = |(at, series): (usize, &'a LineSeries)| (series.role, series.name.as_str(), Some(at));
            lines.series.iter().enumerate().map(line).collect()
        }
        _ => vec![],
    };
    let meanings = spec.legend.iter().flat_map(|legend| &legend.entries);
    entries.extend(meanings.map(|(role, name)| (*role, name.as_str(), None)));
    entries.retain(|(_, name, _)| !name.is_empty());
    if entries.is_empty() {
        return;
    }
    let (mut x, mut y) = (0.0, scene.height + 12.0);
    for (role, name, line) in entries {
        let wide = SWATCH + 6.0 + text_width(name, LABEL) + 16.0;
        if x > 0.0 && x + wide - 16.0 > scene.width {
            (x, y) = (0.0, y + LABEL + 8.0);
        }
        match line {
            // A line shows its dashes, which tell it apart without colour.
            Some(series) => {
                let points = vec![(x, y + SWATCH / 2.0), (x + SWATCH, y + SWATCH / 2.0)];
                scene.paths.push(Path { points, role, series, area_to: None, dots: false });
            }
            None => scene.swatches.push(Shape::new(Rect { x, y, width: SWATCH, height: SWATCH }, role)),
        }
        let text = Text::new(x + SWATCH + 6.0, y + SWATCH - 2.0, LABEL, Tone::Ink, name.to_owned());
        let room = scene.width - SWATCH - 6.0;
        scene.texts.push(text.kept_inside(scene.width, room));
        x += wide;
    }
    scene.height = y + SWATCH + 4.0;
}

/// Each series has the colour of its first bar.
fn series(series: &[BarSeries]) -> Vec<(Role, &str, Option<usize>)> {
    let first = |each: &BarSeries| each.marks.first().map(|mark| mark.role);
    series.iter().filter_map(|each| Some((first(each)?, each.name.as_str(), None))).collect()
}
