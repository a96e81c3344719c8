//! What choosing cells gains: the points of the gains and the lift chart.

use crate::core::stats::proportion::Tally;
use serde::{Deserialize, Serialize};

/// One more cell mailed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GainsPoint {
    /// The cell, as a position in what was given.
    pub cell: usize,
    /// All customers mailed and their responses, up to and with this cell.
    pub mailed: u64,
    pub responses: u64,
    /// Of all customers, and of all responses, up to and with this cell.
    pub share_mailed: f64,
    pub share_responses: f64,
    /// This cell's rate over the rate of all.
    pub lift: f64,
    /// The rate up to and with this cell over the rate of all: share_responses / share_mailed.
    pub cumulative_lift: f64,
}

/// What mailing cell after cell gains: the points of the gains and the lift chart, without the starting point (0, 0).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gains {
    pub points: Vec<GainsPoint>,
}

impl Gains {
    /// The cells by descending response rate, equal rates in the order given. Cells without customers are passed over.
    /// `None` without any response: shares of nothing.
    ///
    /// ```
    /// use quintile::core::response::Gains;
    /// use quintile::core::stats::proportion::Tally;
    /// let gains = Gains::by_rate(&[Tally::new(2, 100), Tally::new(6, 100)]).unwrap();
    /// assert_eq!((gains.points[0].cell, gains.points[0].share_responses, gains.points[0].lift), (1, 0.75, 1.5));
    /// assert_eq!((gains.points[1].share_mailed, gains.points[1].cumulative_lift), (1.0, 1.0));
    /// ```
    pub fn by_rate(cells: &[Tally]) -> Option<Gains> {
        let mut order: Vec<usize> = (0..cells.len()).collect();
        let scaled = |a: Tally, b: Tally| u128::from(a.successes) * u128::from(b.trials);
        // Rates compared as fractions, so that equal rates are equal.
        order.retain(|&cell| cells[cell].trials > 0);
        order.sort_by(|&a, &b| scaled(cells[b], cells[a]).cmp(&scaled(cells[a], cells[b])));
        Gains::in_order(cells, &order)
    }

    /// The cells in an order of one's own, such as that of the test when `cells` are the results of the roll-out.
    /// The shares are of the cells named in `order`.
    pub fn in_order(cells: &[Tally], order: &[usize]) -> Option<Gains> {
        let all: Tally = order.iter().map(|&cell| cells[cell]).sum();
        let overall = all.rate().filter(|&rate| rate > 0.0)?;
        let mut reached = Tally::default();
        let point = |&cell: &usize| {
            let own = cells[cell].rate()?;
            reached = reached + cells[cell];
            Some(GainsPoint {
                cell,
                mailed: reached.trials,
                responses: reached.successes,
                share_mailed: reached.trials as f64 / all.trials as f64,
                share_responses: reached.successes as f64 / all.successes as f64,
                lift: own / overall,
                cumulative_lift: reached.rate()? / overall,
            })
        };
        Some(Gains { points: order.iter().filter_map(point).collect() })
    }
}
