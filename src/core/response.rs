//! The economics of a mailing: what a response rate must be, what a cell earns, and what choosing cells gains.
//!
//! Costs and profits are in units of the currency, as a person types them (a piece can cost NT$0.625).

use crate::core::lang::Lang;
use crate::core::stats::proportion::Tally;
use serde::{Deserialize, Serialize};

/// Why a break-even rate cannot be worked out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EconomicsError {
    /// The cost per piece is negative or no number.
    Cost { found: f64 },
    /// The profit per response is not above zero, or no number.
    Profit { found: f64 },
}

impl EconomicsError {
    pub fn say(&self, lang: Lang) -> String {
        let zh = lang == Lang::ZhHant;
        match self {
            EconomicsError::Cost { found } if zh => {
                format!("每件郵寄成本必須是 0 以上的數字，目前是 {found}。")
            }
            EconomicsError::Cost { found } => format!("The cost per piece must be 0 or more, not {found}."),
            EconomicsError::Profit { found } if zh => {
                format!("每筆回應的淨效益必須大於 0，目前是 {found}：郵寄永遠無法損益平衡。")
            }
            EconomicsError::Profit { found } => {
                format!(
                    "The net profit per response must be above 0, not {found}: no mailing would break even."
                )
            }
        }
    }
}

/// The response rate at which a mailing neither earns nor loses: BE = c / π with c = `cost_per_piece` and
/// π = `profit_per_response`, the net profit of one response before the cost of mailing.
///
/// A rate above 1 means that no response rate is enough. Source: Hughes, *Strategic Database Marketing* (1994).
/// Refuses a cost below 0, a profit of 0 or less, and what is not finite.
///
/// ```
/// use quintile::core::response::break_even_rate;
/// assert_eq!(format!("{:.2} %", 100.0 * break_even_rate(0.62, 35.0).unwrap()), "1.77 %");
/// ```
pub fn break_even_rate(cost_per_piece: f64, profit_per_response: f64) -> Result<f64, EconomicsError> {
    if !(cost_per_piece.is_finite() && cost_per_piece >= 0.0) {
        return Err(EconomicsError::Cost { found: cost_per_piece });
    }
    let rate = cost_per_piece / profit_per_response;
    let usable = profit_per_response.is_finite() && profit_per_response > 0.0 && rate.is_finite();
    if usable { Ok(rate) } else { Err(EconomicsError::Profit { found: profit_per_response }) }
}

/// How far a response rate is above or below break-even, in per cent of it: BEI = (r − BE) / BE × 100 with r = `rate`.
/// `None` where BE is not above 0: a mailing that costs nothing has no break-even.
///
/// Source: Hughes (1994).
///
/// ```
/// use quintile::core::response::break_even_index;
/// assert_eq!(format!("{:.2}", break_even_index(0.025, 0.01375).unwrap()), "81.82");
/// ```
pub fn break_even_index(rate: f64, break_even: f64) -> Option<f64> {
    let index = (rate - break_even) / break_even * 100.0;
    (break_even > 0.0 && index.is_finite()).then_some(index)
}

/// How many times the overall rate a cell has: r / r̄. `None` where the overall rate is not above 0.
pub fn lift(rate: f64, overall: f64) -> Option<f64> {
    let lift = rate / overall;
    (overall > 0.0 && lift.is_finite()).then_some(lift)
}

/// Hughes' rule for the size of a test cell: ⌈4 / BE⌉ customers, so that four responses are expected at break-even.
/// `None` where BE is not above 0.
///
/// ```
/// use quintile::core::response::hughes_test_size;
/// assert_eq!(hughes_test_size(0.62 / 35.0), Some(226));
/// assert_eq!(hughes_test_size(0.06 / 3.0), Some(200));
/// ```
pub fn hughes_test_size(break_even: f64) -> Option<u64> {
    // A whole number must not be rounded up for the last digit of the division.
    let size = (4.0 / break_even * (1.0 - 1e-12)).ceil();
    (break_even > 0.0 && size < u64::MAX as f64).then_some(size as u64)
}

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
