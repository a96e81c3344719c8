//! Where the keys go among the marks of a chart.

use crate::charts::spec::{ChartSpec, LineSeries, Lines, Marks, PyramidTier, drawable};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Next,
    Previous,
    /// To the next row of a heat map or pyramid, or the next line; else to the next mark.
    Down,
    Up,
    /// Far enough that a thousand marks are soon gone through.
    FarNext,
    FarPrevious,
    First,
    Last,
}

/// The mark that a key leads to; the same one where there is none farther on.
pub fn moved(spec: &ChartSpec, at: usize, step: Move) -> usize {
    let last = spec.each_mark().len().saturating_sub(1);
    let far = (last / 20).max(5);
    match step {
        Move::Next => (at + 1).min(last),
        Move::Previous => at.saturating_sub(1),
        Move::Down => vertical(spec, at, true).unwrap_or(at).min(last),
        Move::Up => vertical(spec, at, false).unwrap_or(at).min(last),
        Move::FarNext => (at + far).min(last),
        Move::FarPrevious => at.saturating_sub(far),
        Move::First => 0,
        Move::Last => last,
    }
}

fn vertical(spec: &ChartSpec, at: usize, down: bool) -> Option<usize> {
    match &spec.marks {
        Marks::HeatMap(map) => {
            let columns = map.columns.len().max(1);
            let to = if down { at + columns } else { at.checked_sub(columns)? };
            (to < map.cells.len()).then_some(to)
        }
        Marks::Lines(lines) if lines.series.len() > 1 => other_line(lines, at, down),
        Marks::Pyramid(pyramid) => {
            let rows: Vec<usize> = pyramid.rows().map(|tier: &PyramidTier| tier.marks().count()).collect();
            let (row, column) = place(&rows, at)?;
            let to = if down { row + 1 } else { row.checked_sub(1)? };
            // A band outside may have no shares.
            let column = column.min(rows.get(to)?.saturating_sub(1));
            Some(rows[..to].iter().sum::<usize>() + column)
        }
        _ => {
            if down {
                Some(at + 1)
            } else {
                at.checked_sub(1)
            }
        }
    }
}

/// The point of the next line that is nearest along the axis.
fn other_line(lines: &Lines, at: usize, down: bool) -> Option<usize> {
    let lengths: Vec<usize> = lines.series.iter().map(|series| series.points.len()).collect();
    let (line, point) = place(&lengths, at)?;
    let x = drawable(lines.series[line].points[point].x)?;
    let nearest = |series: &LineSeries| {
        let distance = |at: &usize| drawable(series.points[*at].x).map_or(f64::INFINITY, |to| (to - x).abs());
        (0..series.points.len()).min_by(|one, two| distance(one).total_cmp(&distance(two)))
    };
    let mut lines = lines.series.iter().enumerate();
    let to = |(to, series)| Some(lengths[..to].iter().sum::<usize>() + nearest(series)?);
    if down { lines.skip(line + 1).find_map(to) } else { lines.by_ref().take(line).rev().find_map(to) }
}

/// The row in which a mark stands, and its place there.
fn place(rows: &[usize], mut at: usize) -> Option<(usize, usize)> {
    for (row, length) in rows.iter().enumerate() {
        if at < *length {
            return Some((row, at));
        }
        at -= length;
    }
    None
}
