//! The review: what the roll-out brought, cell by cell, against what was expected of it.

use super::answer::{CellReview, CellRollOut, Ranged, ReviewSums, RollOutSums};
use super::cells::Cells;
use super::options::KeptRollOut;
use super::responses::Answers;
use super::test::rate_of;
use crate::core::response::Economics;
use crate::core::stats::proportion::Tally;

/// What was expected of each mailed cell, and of all.
pub struct Expected {
    pub economics: Economics,
    pub cells: Vec<Option<ExpectedCell>>,
    pub responses: Ranged,
    pub profit: Ranged,
}

#[derive(Clone, Copy)]
pub struct ExpectedCell {
    pub responses: Ranged,
    pub profit: f64,
}

impl Expected {
    /// As the settings project it now.
    pub fn live(economics: Economics, rows: &[Option<CellRollOut>], sums: &RollOutSums) -> Expected {
        let cell = |row: &CellRollOut| ExpectedCell { responses: row.responses, profit: row.profit.value };
        Expected {
            economics,
            cells: rows.iter().map(|row| row.as_ref().map(cell)).collect(),
            responses: sums.responses,
            profit: sums.profit,
        }
    }

    /// As it was projected when the roll-out was recorded. `None` where its costs cannot be used.
    pub fn kept(kept: &KeptRollOut, cells: &Cells) -> Option<Expected> {
        let mut found = vec![None; cells.count()];
        for row in &kept.cells {
            if let Some(cell) = cells.find(&row.label) {
                let responses = Ranged { value: row.expected, low: row.low, high: row.high };
                found[cell] = Some(ExpectedCell { responses, profit: row.profit });
            }
        }
        let sums = kept.expected;
        let economics = Economics::new(kept.cost_per_piece, kept.profit_per_response).ok()?;
        let (low, high) = (sums.responses_low, sums.responses_high);
        Some(Expected {
            economics,
            cells: found,
            responses: Ranged { value: sums.responses, low, high },
            profit: Ranged { value: sums.profit, low: sums.profit_low, high: sums.profit_high },
        })
    }

    /// What was expected of the cells that have a count, responses and profit.
    ///
    /// That is the projection of all where all are counted. Else the cells are added up, and so are the ends of their
    /// intervals: too wide rather than too narrow, for what moves all cells together is not known cell by cell.
    fn of_counted(&self, answers: &Answers) -> (Ranged, Ranged) {
        let cells = || {
            self.cells.iter().zip(&answers.tallies).filter_map(|(cell, tally)| Some((cell.as_ref()?, tally)))
        };
        if cells().all(|(_, tally)| tally.is_some()) {
            return (self.responses, self.profit);
        }
        let (mut responses, mut profit) = (Ranged::default(), 0.0);
        for (cell, _) in cells().filter(|(_, tally)| tally.is_some()) {
            responses.value += cell.responses.value;
            responses.low += cell.responses.low;
            responses.high += cell.responses.high;
            profit += cell.profit;
        }
        let worth = |responses: f64| responses * self.economics.profit;
        let (below, above) = (responses.value - responses.low, responses.high - responses.value);
        (responses, Ranged { value: profit, low: profit - worth(below), high: profit + worth(above) })
    }
}

/// The cells that were mailed and have a count, and all of them together.
pub fn review(
    expected: &Expected,
    answers: &Answers,
    confidence: f64,
) -> (Vec<Option<CellReview>>, ReviewSums) {
    let baseline = answers.control.and_then(Tally::rate);
    let economics = expected.economics;
    let row = |cell: usize| {
        let tally = answers.tallies[cell].filter(|tally| tally.trials > 0)?;
        let known = expected.cells[cell]
            .unwrap_or(ExpectedCell { responses: Ranged { value: 0.0, low: 0.0, high: 0.0 }, profit: 0.0 });
        let actual = tally.successes as f64;
        Some(CellReview {
            mailed: tally.trials,
            expected: known.responses,
            responses: tally.successes,
            revenue: answers.revenue.as_ref().map(|revenue| revenue[cell]),
            rate: rate_of(tally, confidence),
            profit: economics.earned(tally, baseline.unwrap_or(0.0)),
            expected_profit: known.profit,
            within: (known.responses.low..=known.responses.high).contains(&actual),
        })
    };
    let rows: Vec<Option<CellReview>> = (0..answers.tallies.len()).map(row).collect();
    let all = answers.all();
    let rate = rate_of(all, confidence);
    let (expected_responses, expected_profit) = expected.of_counted(answers);
    let sums = ReviewSums {
        mailed: all.trials,
        expected: expected_responses,
        responses: all.successes,
        revenue: answers.all_revenue(),
        rate,
        baseline: answers.control.and_then(|control| rate_of(control, confidence)),
        incremental: all.rate().zip(baseline).map(|(rate, baseline)| rate - baseline),
        expected_profit,
        profit: economics.earned(all, baseline.unwrap_or(0.0)),
        cells_within: rows.iter().flatten().filter(|row| row.within).count() as u64,
        cells: rows.iter().flatten().count() as u64,
        matching: answers.matching.clone(),
    };
    (rows, sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_expected_of_the_counted_cells_is_the_sum_of_theirs() {
        let cell = |value: f64, low: f64, high: f64, profit: f64| {
            Some(ExpectedCell { responses: Ranged { value, low, high }, profit })
        };
        let all = Ranged { value: 60.0, low: 45.0, high: 80.0 };
        let expected = Expected {
            economics: Economics::new(0.5, 2.0).unwrap(),
            cells: vec![
                cell(10.0, 7.0, 15.0, 4.0),
                cell(20.0, 18.0, 24.0, -1.0),
                cell(30.0, 20.0, 40.0, 9.0),
            ],
            responses: all,
            profit: Ranged { value: 12.0, low: -30.0, high: 50.0 },
        };
        let of = |tallies: Vec<Option<Tally>>| {
            let counted = Answers {
                tallies,
                revenue: None,
                control: None,
                responders: None,
                matching: None,
                warnings: Vec::new(),
            };
            expected.of_counted(&counted)
        };
        let counted = Some(Tally::new(1, 100));
        assert_eq!(of(vec![counted; 3]), (all, expected.profit));
        let (responses, profit) = of(vec![counted, counted, None]);
        assert_eq!(responses, Ranged { value: 30.0, low: 25.0, high: 39.0 });
        // Five responses fewer and nine more, each worth 2.
        assert_eq!(profit, Ranged { value: 3.0, low: -7.0, high: 21.0 });
    }
}
