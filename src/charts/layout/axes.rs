//! Axes and scales of the charts that have them.

use super::{
    SMALL, names,
    scene::{Anchor, Displaced, RuleKind, Scene, Text, Tone},
};
use crate::charts::{
    measure::{every, text_width},
    spec::{Axis, Reference, Tick, drawable},
};

/// Maps amounts to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Covers the ticks of an axis and every amount that is drawn on it.
    pub(super) fn new(axis: &Axis, amounts: impl Iterator<Item = f64>, from: f64, to: f64) -> Scale {
        let ticks = axis.ticks.iter().map(|tick| tick.at);
        let (low, high) = ticks
            .chain(amounts)
            .filter_map(drawable)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
        // A span that vanishes beside its ends (or nothing at all) cannot be divided by.
        if high - low > low.abs().max(high.abs()) * 1e-12 && (high - low).is_normal() {
            Scale { low, high, from, to }
        } else {
            let at = if low.is_finite() { low } else { 0.0 };
            Scale { low: at - at.abs() * 0.5 - 1e-90, high: at + at.abs() * 0.5 + 1e-90, from, to }
        }
    }

    pub(super) fn place(&self, amount: f64) -> f64 {
        let share = ((amount - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }

    /// Where bars and areas begin: at zero, or at the end that is nearest to it.
    pub(super) fn base(&self) -> f64 {
        self.place(0.0)
    }

    pub(super) fn shows(&self, at: f64) -> bool {
        drawable(at).is_some() && (self.low..=self.high).contains(&at)
    }
}

/// The rectangle between the axes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub y: Scale,
}

pub(super) fn plot_height(width: f64) -> f64 {
    (width * 0.34).clamp(170.0, 300.0)
}

/// Draws the upright axis with its title above it, and gives the room that remains.
pub(super) fn upright(
    scene: &mut Scene,
    axis: &Axis,
    amounts: impl Iterator<Item = f64>,
    above: f64,
    right: f64,
) -> Plot {
    let ticks = readable_ticks(axis, 7);
    let widest = widest(ticks.iter().map(|tick| tick.label.as_str()), SMALL);
    let left = (widest + 10.0).min(scene.width * 0.35);
    if !axis.title.is_empty() {
        let title = Text::new(0.0, scene.height + SMALL, SMALL, Tone::Soft, axis.title.clone());
        let room = scene.width;
        scene.texts.push(title.kept_inside(scene.width, room));
        scene.height += SMALL + 6.0;
    }
    let top = scene.height + 8.0 + above;
    let bottom = top + plot_height(scene.width);
    let y = Scale::new(axis, amounts, bottom, top);
    let plot = Plot { left, right: scene.width - right, top, bottom, y };
    for tick in ticks.into_iter().filter(|tick| y.shows(tick.at)) {
        let at = y.place(tick.at);
        scene.rule(RuleKind::Grid, (plot.left, at), (plot.right, at));
        let label = Text::new(left - 6.0, at + SMALL * 0.35, SMALL, Tone::Soft, tick.label.clone());
        scene.texts.push(label.anchored(Anchor::End).kept_inside(scene.width, left - 6.0));
    }
    scene.rule(RuleKind::Axis, (plot.left, y.base()), (plot.right, y.base()));
    scene.height = bottom;
    plot
}

/// Draws the ticks of the level axis under the plot, and its title under them.
pub(super) fn level(scene: &mut Scene, axis: &Axis, plot: &Plot, x: &Scale) {
    let ticks: Vec<&Tick> = axis.ticks.iter().filter(|tick| x.shows(tick.at)).collect();
    let widest = widest(ticks.iter().map(|tick| tick.label.as_str()), SMALL);
    let step = every(ticks.len(), widest, plot.right - plot.left);
    for tick in ticks.into_iter().step_by(step) {
        let at = x.place(tick.at);
        scene.rule(RuleKind::Axis, (at, plot.bottom), (at, plot.bottom + 4.0));
        let label = Text::new(at, plot.bottom + 16.0, SMALL, Tone::Soft, tick.label.clone());
        scene.texts.push(label.anchored(Anchor::Middle).kept_inside(scene.width, plot.right - plot.left));
    }
    scene.height = plot.bottom + 20.0;
    level_title(scene, &axis.title, plot);
}

/// The title of the level axis, at its right end.
pub(super) fn level_title(scene: &mut Scene, title: &str, plot: &Plot) {
    if title.is_empty() {
        return;
    }
    let text = Text::new(plot.right, scene.height + SMALL + 2.0, SMALL, Tone::Soft, title.to_owned());
    let room = scene.width;
    scene.texts.push(text.anchored(Anchor::End).kept_inside(scene.width, room));
    scene.height += SMALL + 8.0;
}

/// A line across the plot. Its name comes when all else is drawn, see [`reference_name`].
pub(super) fn reference_rule(scene: &mut Scene, reference: &Reference, plot: &Plot) {
    if plot.y.shows(reference.at) {
        let at = plot.y.place(reference.at);
        scene.rule(RuleKind::Reference, (plot.left, at), (plot.right, at));
    }
}

/// The name of a level line, where there is room along it.
pub(super) fn reference_name(scene: &mut Scene, reference: &Reference, plot: &Plot) {
    if plot.y.shows(reference.at) {
        let places = names::along(plot, plot.y.place(reference.at), &reference.label);
        names::write(scene, places, Displaced::Rule(RuleKind::Reference, reference.label.clone()));
    }
}

/// Every tick, or every second, third … where there are more than `most`.
fn readable_ticks(axis: &Axis, most: usize) -> Vec<&Tick> {
    axis.ticks.iter().step_by(axis.ticks.len().div_ceil(most).max(1)).collect()
}

pub(super) fn widest<'a>(texts: impl Iterator<Item = &'a str>, size: f64) -> f64 {
    texts.map(|text| text_width(text, size)).fold(0.0, f64::max)
}
