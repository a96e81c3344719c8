//! One bar for each category, to both sides of a base line: its name above it, the amounts at its ends.

use super::{
    LABEL,
    axes::{Scale, widest},
    scene::{Anchor, Hit, Reach, Rect, RuleKind, Scene, Shape, Text, Tone},
};
use crate::charts::spec::{Axis, Mark, Tornado};

const BAR: f64 = 18.0;
const NAME: f64 = LABEL + 6.0;
const GAP: f64 = 8.0;

pub(super) fn tornado(scene: &mut Scene, Tornado { bars, base }: &Tornado) {
    scene.reach = Reach::Rows;
    let marks = || bars.series.iter().flat_map(|series| &series.marks);
    let count = bars.series.iter().map(|series| series.marks.len()).max().unwrap_or(0);
    let room = (widest(marks().map(|mark| mark.value.as_str()), LABEL) + 8.0).min(scene.width * 0.3);
    let no_ticks = Axis { title: String::new(), ticks: vec![] };
    let amounts = marks().map(|mark| mark.amount).chain([*base]);
    let x = Scale::new(&no_ticks, amounts, room, scene.width - room);
    let middle = x.place(*base);
    let top = scene.height + 4.0;
    let high = NAME + BAR + GAP;
    for at in 0..count {
        let y = top + high * at as f64;
        if let Some(name) = bars.categories.get(at) {
            let text = Text::new(middle, y + LABEL, LABEL, Tone::Ink, name.clone());
            let text = text.anchored(Anchor::Middle).kept_inside(scene.width, scene.width);
            scene.texts.push(Text { halo: true, ..text });
        }
        let of_row: Vec<&Mark> = bars.series.iter().filter_map(|series| series.marks.get(at)).collect();
        // The longer of two on one side first, so that the shorter lies over it.
        let mut order: Vec<usize> = (0..of_row.len()).collect();
        order.sort_by(|&a, &b| distance(of_row[b], *base).total_cmp(&distance(of_row[a], *base)));
        let rect = |mark: &Mark| {
            let (from, to) = (middle, mark.drawable().map_or(middle, |amount| x.place(amount)));
            Rect { x: from.min(to), y: y + NAME, width: (from - to).abs(), height: BAR }
        };
        scene.hits.extend(of_row.iter().map(|mark| Hit::over(rect(mark))));
        let mut taken: Vec<bool> = vec![];
        for mark in order.into_iter().map(|at| of_row[at]) {
            let bar = rect(mark);
            if mark.drawable().is_some() {
                scene.shapes.push(Shape::new(bar, mark.role));
            }
            let left = mark.amount < *base;
            // Where both ends lie on one side, the amount of the longer one is written; the table has both.
            if taken.contains(&left) {
                continue;
            }
            taken.push(left);
            let (at, anchor) =
                if left { (bar.x - 5.0, Anchor::End) } else { (bar.x + bar.width + 5.0, Anchor::Start) };
            let text = Text::new(at, bar.y + BAR / 2.0 + LABEL * 0.35, LABEL, Tone::Ink, mark.value.clone());
            scene.texts.push(text.anchored(anchor).kept_inside(scene.width, room - 3.0));
        }
    }
    scene.height = top + high * count as f64;
    scene.rule(RuleKind::Axis, (middle, top), (middle, scene.height));
}

fn distance(mark: &Mark, base: f64) -> f64 {
    mark.drawable().map_or(0.0, |amount| (amount - base).abs())
}
