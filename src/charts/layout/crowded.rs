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

/// The stripes of bars that are `wide` pixels each.
pub(super) fn stripes(marks: &[&Mark], wide: f64, plot: &Plot) -> Vec<Shape> {
    let together = libm::ceil(STRIPE / wide.max(1e-6)) as usize;
    // What is left over is spread: no stripe is narrower than the others.
    let count = (marks.len() / together).max(1);
    let first_of = |stripe: usize| stripe * marks.len() / count;
    let stripe = |at: usize| {
        let (first, end) = (first_of(at), first_of(at + 1));
        let x = plot.left + wide * first as f64;
        let width = wide * (end - first) as f64;
        let drawn = |wanted: fn(f64) -> bool| -> Vec<(f64, &Mark)> {
            let marks = marks[first..end].iter().filter_map(|mark| Some((mark.drawable()?, *mark)));
            marks.filter(|(amount, _)| wanted(*amount)).collect()
        };
        let mut shapes = one_side(drawn(|amount| amount >= 0.0), x, width, plot);
        shapes.extend(one_side(drawn(|amount| amount < 0.0), x, width, plot));
        shapes
    };
    (0..count).flat_map(stripe).collect()
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
