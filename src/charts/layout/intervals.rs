//! How far the amounts of bars are uncertain: a thin line from end to end.

use super::{
    axes::Plot,
    scene::{Rect, RuleKind, Scene},
};
use crate::charts::spec::{Mark, drawable};

/// On a narrower bar, the line would hide the bar; the table keeps the interval.
const ROOM: f64 = 5.0;

/// Bars narrower than this stand so close that their intervals make a fence.
const CLOSE: f64 = 16.0;
/// Which part of the axis an interval may cover beside close neighbours.
const SHORT: f64 = 0.4;

/// Whether the intervals of bars that are `wide` are drawn: a fence of long lines would hide the bars and tell
/// nothing, so where most of them are long, the table alone keeps them.
pub(super) fn tell<'a>(marks: impl Iterator<Item = &'a Mark>, plot: &Plot, wide: f64) -> bool {
    let is_short = |mark: &Mark| {
        let interval = mark.interval.as_ref()?;
        let (low, high) = (drawable(interval.low)?, drawable(interval.high)?);
        let covered = (plot.y.place(low) - plot.y.place(high)).abs() / (plot.bottom - plot.top);
        Some(covered <= SHORT)
    };
    let (all, short) =
        marks.filter_map(is_short).fold((0, 0), |(all, short), is| (all + 1, short + usize::from(is)));
    wide >= CLOSE || short * 2 >= all
}

/// Draws the interval of a bar as far as the axis reaches, with a cap at each end that is not cut off; gives the
/// upper and the lower end of bar and interval together.
pub(super) fn draw(scene: &mut Scene, mark: &Mark, plot: &Plot, bar: Rect) -> (f64, f64) {
    let (top, bottom) = (bar.y, bar.y + bar.height);
    let interval = mark.interval.as_ref().filter(|_| bar.width >= ROOM);
    let ends = interval.and_then(|interval| Some((drawable(interval.low)?, drawable(interval.high)?)));
    let Some((low, high)) = ends else { return (top, bottom) };
    let (lower, upper) = (plot.y.place(low), plot.y.place(high));
    let middle = bar.x + bar.width / 2.0;
    let over = |y: f64| (top..=bottom).contains(&y).then_some(mark.role);
    // In pieces, because its colour differs over the bar and beside it.
    let mut places = vec![upper];
    places.extend([top, bottom].into_iter().filter(|y| (upper..lower).contains(y)));
    places.push(lower);
    for piece in places.windows(2) {
        let kind = RuleKind::Whisker(over((piece[0] + piece[1]) / 2.0));
        scene.rule(kind, (middle, piece[0]), (middle, piece[1]));
    }
    let cap = (bar.width * 0.25).min(6.0);
    for (amount, y) in [(low, lower), (high, upper)] {
        if cap >= 2.0 && plot.y.shows(amount) {
            scene.rule(RuleKind::Whisker(over(y)), (middle - cap, y), (middle + cap, y));
        }
    }
    (top.min(upper), bottom.max(lower))
}
