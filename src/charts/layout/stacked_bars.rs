//! Bars whose series stand on each other: what a sum is made of.

use super::{
    SMALL,
    axes::{self, widest},
    bars::categories,
    scene::{Anchor, Hit, Rect, Scene, Shape, Text, Tone},
};
use crate::charts::spec::{Bars, Mark};

pub(super) fn stacked_bars(scene: &mut Scene, bars: &Bars) {
    let count = bars.series.iter().map(|series| series.marks.len()).max().unwrap_or(0);
    let stacks: Vec<Vec<(&Mark, f64, f64)>> = (0..count).map(|at| stack(bars, at)).collect();
    let ends = stacks.iter().flatten().flat_map(|&(_, from, to)| [from, to]);
    let plot = axes::upright(scene, &bars.amounts, ends.chain(bars.reference.iter().map(|r| r.at)), 4.0, 0.0);
    let slot = (plot.right - plot.left) / count as f64;
    let wide = (slot * 0.72).min(120.0);
    let written = widest(stacks.iter().flatten().map(|(mark, ..)| mark.value.as_str()), SMALL) + 4.0 <= wide;
    for (at, stack) in stacks.iter().enumerate() {
        let x = plot.left + slot * (at as f64 + 0.5) - wide / 2.0;
        for &(mark, from, to) in stack {
            let (from, to) = (plot.y.place(from), plot.y.place(to));
            let rect = Rect { x, y: from.min(to), width: wide, height: (from - to).abs() };
            scene.hits.push(Hit::over(rect));
            if mark.drawable().is_none() {
                continue;
            }
            // A hair between the parts tells neighbours of similar tints apart.
            let height = (rect.height - 1.0).max(rect.height.min(0.5));
            scene.shapes.push(Shape::new(Rect { height, ..rect }, mark.role));
            if written && rect.height >= SMALL + 4.0 {
                let (middle, y) = (x + wide / 2.0, rect.y + rect.height / 2.0 + SMALL * 0.35);
                let text = Text::new(middle, y, SMALL, Tone::On(mark.role), mark.value.clone());
                scene.texts.push(text.anchored(Anchor::Middle));
            }
        }
    }
    categories(scene, bars, &plot, slot);
    axes::level_title(scene, &bars.category_title, &plot);
    if let Some(reference) = &bars.reference {
        axes::reference_rule(scene, reference, &plot);
        axes::reference_name(scene, reference, &plot);
    }
}

/// The parts of one bar with the amounts between which each stands: what is positive upwards, what is negative
/// downwards from zero.
fn stack(bars: &Bars, at: usize) -> Vec<(&Mark, f64, f64)> {
    let (mut up, mut down) = (0.0, 0.0);
    let part = |mark| {
        let amount = Mark::drawable(mark).unwrap_or(0.0);
        let end = if amount < 0.0 { &mut down } else { &mut up };
        let from = *end;
        *end += amount;
        (mark, from, *end)
    };
    bars.series.iter().filter_map(|series| series.marks.get(at)).map(part).collect()
}
