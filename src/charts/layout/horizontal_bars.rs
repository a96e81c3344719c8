//! Bars that lie: a name at the left, the amount at the end of each bar.

use super::{
    LABEL,
    axes::{Scale, widest},
    scene::{Anchor, Hit, Reach, Rect, RuleKind, Scene, Shape, Text, Tone},
};
use crate::charts::spec::{Axis, HorizontalBars};

pub(super) fn horizontal_bars(scene: &mut Scene, bars: &HorizontalBars) {
    scene.reach = Reach::Rows;
    let count = bars.series.iter().map(|series| series.marks.len()).max().unwrap_or(0);
    let marks = || bars.series.iter().flat_map(|series| &series.marks);
    let left = (widest(bars.categories.iter().map(String::as_str), LABEL) + 10.0).min(scene.width * 0.36);
    let amounts = (widest(marks().map(|mark| mark.value.as_str()), LABEL) + 10.0).min(scene.width * 0.3);
    let negative = marks().filter_map(|mark| mark.drawable()).any(|amount| amount < 0.0);
    let from = left + if negative { amounts } else { 0.0 };
    let no_ticks = Axis { title: String::new(), ticks: vec![] };
    let zero = [0.0].into_iter();
    let x = Scale::new(&no_ticks, marks().map(|mark| mark.amount).chain(zero), from, scene.width - amounts);
    let thick: f64 = match count * bars.series.len() {
        0..=40 => 20.0,
        41..=120 => 14.0,
        _ => 6.0,
    };
    let series = bars.series.len() as f64;
    let gap = if thick < 10.0 { 1.0 } else { (thick * 0.4).min(8.0) };
    let high = thick * series + gap;
    // Where bars are thinner than type, every 2nd, 5th … is named.
    let step = ((LABEL + 3.0) / high).ceil().max(1.0) as usize;
    let top = scene.height + 4.0;
    for at in 0..count {
        let y = top + high * at as f64 + gap / 2.0;
        if let Some(name) = bars.categories.get(at).filter(|_| at % step == 0) {
            let middle = y + thick * series / 2.0 + LABEL * 0.35;
            let text = Text::new(left - 8.0, middle, LABEL, Tone::Ink, name.clone()).anchored(Anchor::End);
            scene.texts.push(text.kept_inside(scene.width, left - 8.0));
        }
        for (index, mark) in
            bars.series.iter().enumerate().filter_map(|(index, series)| Some((index, series.marks.get(at)?)))
        {
            let (start, end) = (x.base(), mark.drawable().map_or(x.base(), |amount| x.place(amount)));
            let rect = Rect {
                x: start.min(end),
                y: y + thick * index as f64,
                width: (start - end).abs(),
                height: thick - 1.0,
            };
            if mark.drawable().is_some() {
                scene.shapes.push(Shape::new(rect, mark.role));
            }
            scene.hits.push(Hit::over(rect));
            if thick >= LABEL || at % step == 0 && index == 0 {
                let (at, anchor) =
                    if mark.amount < 0.0 { (end - 5.0, Anchor::End) } else { (end + 5.0, Anchor::Start) };
                let middle = rect.y + rect.height / 2.0 + LABEL * 0.35;
                let text = Text::new(at, middle, LABEL, Tone::Ink, mark.value.clone()).anchored(anchor);
                scene.texts.push(text.kept_inside(scene.width, amounts - 5.0));
            }
        }
    }
    scene.height = top + high * count as f64;
    scene.rule(RuleKind::Axis, (x.base(), top), (x.base(), scene.height));
}
