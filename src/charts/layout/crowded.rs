//! More bars than pixels: neighbours share a stripe, the taller behind the shorter.
//!
//! Each stripe reaches as far as its largest bar and changes its colour where the next one, of another role, ends:
//! no bar is left out, and none is blurred into its neighbour.

use super::{
    axes::Plot,
    scene::{Rect, Shape},
};
use crate::charts::spec::Mark;

/// How wide a stripe must be for its colour to be seen.
const STRIPE: f64 = 2.5;

/// How many bars, each `wide` pixels, share a stripe.
pub(super) fn bars_to_a_stripe(wide: f64) -> usize {
    (STRIPE / wide.max(1e-6)).ceil() as usize
}

pub(super) fn stripes(marks: &[&Mark], wide: f64, plot: &Plot) -> Vec<Shape> {
    let together = bars_to_a_stripe(wide);
    let stripe = |(at, marks): (usize, &[&Mark])| {
        let x = plot.left + wide * (at * together) as f64;
        let width = wide * marks.len() as f64;
        let drawn = |wanted: fn(f64) -> bool| -> Vec<(f64, &Mark)> {
            marks
                .iter()
                .filter_map(|mark| Some((mark.drawable()?, *mark)))
                .filter(|(at, _)| wanted(*at))
                .collect()
        };
        let mut shapes = one_side(drawn(|amount| amount >= 0.0), x, width, plot);
        shapes.extend(one_side(drawn(|amount| amount < 0.0), x, width, plot));
        shapes
    };
    marks.chunks(together).enumerate().flat_map(stripe).collect()
}

/// From the longest bar to the base line, a piece for each run of one role.
fn one_side(mut drawn: Vec<(f64, &Mark)>, x: f64, width: f64, plot: &Plot) -> Vec<Shape> {
    drawn.sort_by(|(one, _), (two, _)| two.abs().total_cmp(&one.abs()));
    drawn.dedup_by(|next, kept| next.1.role == kept.1.role);
    let end = |at: usize| drawn.get(at).map_or(plot.y.base(), |(amount, _)| plot.y.place(*amount));
    let piece = |at: usize| {
        let (from, to) = (end(at), end(at + 1));
        Shape::new(Rect { x, y: from.min(to), width, height: (from - to).abs() }, drawn[at].1.role)
    };
    (0..drawn.len()).map(piece).collect()
}
