//! Bars on an axis: over categories, and over the bins of a histogram.

use super::{
    LABEL, SMALL,
    axes::{self, Plot, Scale, widest},
    crowded, intervals,
    scene::{Anchor, Displaced, Hit, Rect, RuleKind, Scene, Shape, Text, Tone},
};
use crate::charts::{
    measure::{every, shorten, wrap},
    spec::{Bars, Histogram, Mark, Reference, drawable},
};

/// `crowded` is said where neighbouring bars share a stripe.
pub(super) fn bars(scene: &mut Scene, bars: &Bars, crowded: &str) {
    let count = bars.series.iter().map(|series| series.marks.len()).max().unwrap_or(0);
    let marks = || bars.series.iter().flat_map(|series| &series.marks);
    let limits = bars.reference.iter().map(|reference| reference.at);
    // Room for the amounts that stand on the bars.
    let plot = axes::upright(scene, &bars.amounts, marks().map(|mark| mark.amount).chain(limits), 8.0, 0.0);
    let slot = (plot.right - plot.left) / count as f64;
    // Thin bars touch: gaps of less than a pixel only blur.
    let gap = if slot < 3.0 { 0.0 } else { (slot * 0.22).min(24.0) };
    // A bar as wide as the plot reads as a background.
    let group = (slot - gap).min(120.0 * bars.series.len() as f64);
    let wide = group / bars.series.len() as f64;
    let between = if bars.series.len() == 1 { gap } else { 0.0 };
    let written = widest(marks().map(|mark| mark.value.as_str()), SMALL) + 4.0 <= wide + between;
    let line = bars.reference.as_ref().and_then(|reference| Some(plot.y.place(drawable(reference.at)?)));
    let intervals_tell = intervals::tell(marks(), &plot, wide);
    let mut thin = vec![];
    for at in 0..count {
        let from = plot.left + slot * (at as f64 + 0.5) - group / 2.0;
        for (series, mark) in
            bars.series.iter().enumerate().filter_map(|(index, series)| Some((index, series.marks.get(at)?)))
        {
            let rect = upright_bar(mark, &plot, from + wide * series as f64, wide);
            scene.hits.push(Hit::over(rect));
            if wide < 1.0 {
                thin.push(mark);
            } else if mark.drawable().is_some() {
                scene.shapes.push(Shape::new(rect, mark.role));
                let reach = match intervals_tell {
                    true => intervals::draw(scene, mark, &plot, rect),
                    false => (rect.y, rect.y + rect.height),
                };
                if written {
                    write_amount(scene, mark, rect, reach, line);
                }
            }
        }
    }
    if !thin.is_empty() {
        scene.shapes.extend(crowded::stripes(&thin, slot * count as f64 / thin.len() as f64, &plot));
        scene.displaced.push(Displaced::Note(crowded.to_owned()));
    }
    categories(scene, bars, &plot, slot);
    axes::level_title(scene, &bars.category_title, &plot);
    if let Some(reference) = &bars.reference {
        axes::reference_rule(scene, reference, &plot);
        axes::reference_name(scene, reference, &plot);
    }
}

/// The amount of a bar at its end: over it, or under it where it is negative. There it covers a piece of a long
/// interval, since at the interval's end it would be taken for that end; a short interval, which it would hide, it
/// leaves in sight. It stands over the reference line that it would stand on.
fn write_amount(scene: &mut Scene, mark: &Mark, bar: Rect, (top, bottom): (f64, f64), line: Option<f64>) {
    let (middle, covered) = (bar.x + bar.width / 2.0, 3.0 * SMALL);
    let end = |bar: f64, interval: f64| if (bar - interval).abs() < covered { interval } else { bar };
    let y = match mark.amount < 0.0 {
        true => end(bar.y + bar.height, bottom) + SMALL + 1.0,
        false => end(bar.y, top) - 4.0,
    };
    let y = line.filter(|line| (y - SMALL..y + 3.0).contains(line)).map_or(y, |line| line - 4.0);
    let text = Text::new(middle, y, SMALL, Tone::Ink, mark.value.clone()).anchored(Anchor::Middle);
    scene.texts.push(Text { halo: true, ..text });
}

pub(super) fn histogram(scene: &mut Scene, histogram: &Histogram) {
    let rows = reference_rows(histogram, scene.width);
    let above = 6.0 + rows.iter().map(|row| row + 1).max().unwrap_or(0) as f64 * 15.0;
    let plot =
        axes::upright(scene, &histogram.counts, histogram.bins.iter().map(|bin| bin.amount), above, 8.0);
    let places = histogram.edges.iter().copied();
    let x = Scale::new(&histogram.values, places, plot.left, plot.right);
    for (bin, edges) in histogram.bins.iter().zip(histogram.edges.windows(2)) {
        let (from, to) = (x.place(finite(edges[0])), x.place(finite(edges[1])));
        let gap = if to - from > 3.0 { 1.0 } else { 0.0 };
        let rect = upright_bar(bin, &plot, from.min(to) + gap / 2.0, ((to - from).abs() - gap).max(0.0));
        scene.hits.push(Hit::over(rect));
        if bin.drawable().is_some() {
            scene.shapes.push(Shape::new(rect, bin.role));
        }
    }
    axes::level(scene, &histogram.values, &plot, &x);
    for (reference, row) in histogram.references.iter().zip(rows) {
        let at = x.place(finite(reference.at));
        let baseline = plot.top - above + 12.0 + row as f64 * 15.0;
        scene.rule(RuleKind::Reference, (at, baseline + 3.0), (at, plot.bottom));
        let text =
            Text::new(at, baseline, LABEL, Tone::Ink, reference.label.clone()).anchored(Anchor::Middle);
        let text = text.kept_inside(scene.width, scene.width);
        scene.texts.push(Text { halo: true, ..text });
    }
}

/// Names of neighbouring lines must not touch: the row above the plot in which each one stands.
///
/// The places are estimated over the whole width, a little wider than the plot.
fn reference_rows(histogram: &Histogram, width: f64) -> Vec<usize> {
    let x = Scale::new(&histogram.values, histogram.edges.iter().copied(), width * 0.08, width);
    let mut taken: Vec<Vec<(f64, f64)>> = vec![];
    let row = |reference: &Reference| {
        let middle = x.place(finite(reference.at));
        let text = Text::new(middle, 0.0, LABEL, Tone::Ink, reference.label.clone()).anchored(Anchor::Middle);
        let (from, to) = text.kept_inside(width, width).span();
        let (from, to) = (from - width * 0.04, to + width * 0.04);
        let free = |row: &Vec<(f64, f64)>| row.iter().all(|(start, end)| to < *start || *end < from);
        let row = taken.iter().position(free).unwrap_or(taken.len());
        if row == taken.len() {
            taken.push(vec![]);
        }
        taken[row].push((from, to));
        row
    };
    histogram.references.iter().map(row).collect()
}

fn finite(at: f64) -> f64 {
    drawable(at).unwrap_or(0.0)
}

/// From the base line to the amount; an amount that cannot be drawn has no height.
fn upright_bar(mark: &Mark, plot: &Plot, x: f64, width: f64) -> Rect {
    let base = plot.y.base();
    let end = mark.drawable().map_or(base, |amount| plot.y.place(amount));
    Rect { x, y: base.min(end), width, height: (base - end).abs() }
}

/// The names under the bars: all of them, in lines where they are long, or every 2nd, 5th … or the bands.
pub(super) fn categories(scene: &mut Scene, bars: &Bars, plot: &Plot, slot: f64) {
    let names = &bars.categories;
    let longest = widest(names.iter().map(String::as_str), SMALL);
    let banded: usize = bars.bands.iter().map(|band| band.categories).sum();
    let top = plot.bottom + 16.0;
    scene.height = plot.bottom + 20.0;
    if longest + 6.0 > slot && !bars.bands.is_empty() && banded == names.len() {
        return bands(scene, bars, plot, slot);
    }
    let middle = |at: usize| plot.left + slot * (at as f64 + 0.5);
    if longest + 6.0 > slot && slot >= 46.0 {
        for (at, name) in names.iter().enumerate() {
            let lines = wrap(name, SMALL, slot - 6.0);
            for (line, text) in lines.iter().take(3).enumerate() {
                let text = if line == 2 && lines.len() > 3 { format!("{text}…") } else { text.clone() };
                let y = top + line as f64 * 14.0;
                let text = Text::new(middle(at), y, SMALL, Tone::Soft, shorten(&text, SMALL, slot - 4.0));
                scene.texts.push(text.anchored(Anchor::Middle));
                scene.height = scene.height.max(y + 4.0);
            }
        }
        return;
    }
    let step = every(names.len(), longest.min(90.0), plot.right - plot.left);
    let mut free_from = f64::NEG_INFINITY;
    for (at, name) in names.iter().enumerate().step_by(step) {
        let text = Text::new(middle(at), top, SMALL, Tone::Soft, name.clone()).anchored(Anchor::Middle);
        let text = text.kept_inside(scene.width, slot * step as f64 - 6.0);
        // The last one may have been moved inwards.
        let (start, end) = text.span();
        if start >= free_from {
            free_from = end + 2.0;
            scene.texts.push(text);
        }
    }
}

fn bands(scene: &mut Scene, bars: &Bars, plot: &Plot, slot: f64) {
    let (mut from, mut free_from) = (plot.left, 0.0);
    for band in &bars.bands {
        let wide = band.categories as f64 * slot;
        scene.rule(RuleKind::Axis, (from, plot.bottom), (from, plot.bottom + 6.0));
        let text = Text::new(from + wide / 2.0, plot.bottom + 16.0, SMALL, Tone::Soft, band.label.clone());
        let text = text.anchored(Anchor::Middle);
        let (start, end) = text.span();
        // A name may be a little wider than its band, but not touch the one before.
        if end - start <= wide + 12.0 && start >= free_from && end <= scene.width {
            free_from = end + 4.0;
            scene.texts.push(text);
        }
        from += wide;
    }
}
