//! What the worker answers to the campaign page. Money is in units of the currency (means and projections are not
//! whole minor units); a rate is a share from 0 to 1.

use super::options::Stage;
pub use super::problems::{Refusal, Warning};
use crate::core::day::Day;
use crate::core::explain::Step;
use crate::core::grading::Label;
use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};

/// A number with the interval around it at the chosen confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ranged {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// What the test says of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    RollOut,
    CantTell,
    DontMail,
}

/// A column that can be the cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellsChoice {
    pub name: String,
    pub title: Label,
    /// All classes that there can be, those without customers among them; `None`: a measure to be divided.
    pub classes: Option<u64>,
}

/// A cell through all five steps. What is not known yet is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellRow {
    pub label: Label,
    pub customers: u64,
    /// In the test, mailed.
    pub tested: u64,
    /// Never mailed.
    pub control: u64,
    pub key_code: String,
    /// Hughes' rule and the precision formula; both for this cell's size.
    pub needed_hughes: Option<u64>,
    pub needed_precision: Option<u64>,
    pub test: Option<CellTest>,
    pub roll_out: Option<CellRollOut>,
    pub review: Option<CellReview>,
}

/// The test of one cell that has a count of responses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellTest {
    pub responses: u64,
    /// Minor units, where the responses came with revenue.
    pub revenue: Option<i64>,
    /// With its Wilson interval; `None` where nobody was tested.
    pub rate: Option<Ranged>,
    /// With its posterior interval.
    pub shrunken: Option<Ranged>,
    /// (rate − break-even) / break-even × 100, the rate without what the control group bought unasked.
    pub break_even_index: Option<f64>,
    /// The probability that the true rate lies above break-even.
    pub probability_above: Option<f64>,
    /// tested × (rate × profit per response − cost per piece); with a control group only the responses beyond what it
    /// bought unasked count.
    pub profit: f64,
    pub lift: Option<f64>,
    pub verdict: Verdict,
    /// What happens: the verdict, or what the person said by hand.
    pub mailed: bool,
    pub by_hand: bool,
    /// The mean true rate of the cell, where a generated sample knows it.
    pub true_rate: Option<f64>,
}

/// The roll-out to the rest of one selected cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellRollOut {
    pub mailed: u64,
    /// Left out by the guard.
    pub guarded: u64,
    pub responses: Ranged,
    pub profit: Ranged,
    /// What the raw rate of the test would have promised.
    pub raw_profit: f64,
    pub true_profit: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellReview {
    pub mailed: u64,
    pub expected: Ranged,
    pub responses: u64,
    pub revenue: Option<i64>,
    /// With its Wilson interval.
    pub rate: Option<Ranged>,
    pub profit: f64,
    pub expected_profit: f64,
    /// The actual count lies within the expected interval.
    pub within: bool,
}

/// The break-even figures; none when the costs cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BreakEven {
    /// Cost per piece over profit per response.
    pub rate: f64,
    /// What a cell's rate must exceed: the break-even rate, plus what the control group bought unasked.
    pub threshold: f64,
    /// 4 ÷ break-even, rounded up; 0 where mailing costs nothing, so that there is nothing to test.
    pub hughes_size: u64,
    /// p(1 − p)z² / e² at the break-even rate, rounded up, before the finite correction.
    pub precision_size: u64,
}

/// What the sample amounts to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleSums {
    pub customers: u64,
    pub tested: u64,
    pub control: u64,
    /// The record that sampling begins with, from 1.
    pub start: u32,
    /// `None` where the costs cannot be used.
    pub cost: Option<f64>,
    /// The first tested customers: number in the sorted list, id, cell.
    pub first: Vec<SampledCustomer>,
    /// The smallest, middle and largest test of a cell.
    pub smallest: u64,
    pub median: u64,
    pub largest: u64,
    /// Cells whose test is smaller than each rule asks for.
    pub below_hughes: u64,
    pub below_precision: u64,
    /// ± of a cell of the middle size at the break-even rate.
    pub half_width: Option<f64>,
    /// One name in so many would give the middle cell what the rule asks for; `None`: the cell is too small even if
    /// everybody is tested, or next to nobody would be left to mail.
    pub interval_for_hughes: Option<u32>,
    pub interval_for_precision: Option<u32>,
    /// The test was recorded on this day and no longer follows the settings.
    pub kept_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampledCustomer {
    pub number: u64,
    pub id: String,
    pub label: Label,
}

/// What the responses amount to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestSums {
    pub tested: u64,
    pub responses: u64,
    pub revenue: Option<i64>,
    pub rate: Option<Ranged>,
    /// The test's own profit.
    pub profit: f64,
    pub roll_out: u64,
    pub cant_tell: u64,
    pub dont_mail: u64,
    /// The beta distribution over cells that shrinks their rates; `None` where all differences may be chance.
    pub spread: Option<Spread>,
    /// The mean rate that cells are drawn towards.
    pub mean_rate: f64,
    /// The response rate of the control group.
    pub baseline: Option<Ranged>,
    /// Cells with a verdict that the truth contradicts, where a generated sample knows it.
    pub truth: Option<AgainstTruth>,
    pub gains: Vec<GainsPoint>,
    pub matching: Option<Matching>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    pub alpha: f64,
    pub beta: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgainstTruth {
    /// Cells that would pay and are mailed, would not pay and are mailed, would pay and are not, would not and are not.
    pub right_mailed: u64,
    pub wrong_mailed: u64,
    pub wrong_left: u64,
    pub right_left: u64,
}

/// Cells in the order of their rates, the best first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GainsPoint {
    pub label: Label,
    /// Cumulated: share of the names tested, share of the responses found.
    pub share_mailed: f64,
    pub share_responses: f64,
    /// Of the cell, and of all cells up to it.
    pub lift: f64,
    pub cumulative_lift: f64,
}

/// What became of the rows of the responses table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matching {
    pub rows: u64,
    pub matched_customer: u64,
    pub matched_key_code: u64,
    /// Further rows of a customer who has responded already: revenue is added, the response is not.
    pub repeated: u64,
    pub other_campaign: u64,
    /// Answers to the other mailing of this campaign: to the roll-out among those to the test, and the other way round.
    #[serde(default)]
    pub other_wave: u64,
    pub before_mailing: u64,
    /// Customers or key codes that were not mailed, with the first few.
    pub unmatched: u64,
    pub unmatched_examples: Vec<String>,
}

/// The roll-out, beside what else could be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RollOutSums {
    pub cells: u64,
    pub mailed: u64,
    /// All customers in the cells = tested + control + guarded + mailed + not mailed.
    pub customers: u64,
    pub tested: u64,
    pub control: u64,
    pub guarded: u64,
    pub not_mailed: u64,
    pub responses: Ranged,
    pub rate: Option<f64>,
    pub revenue: Option<f64>,
    pub cost: f64,
    pub profit: Ranged,
    /// Everybody who was not tested, is not control and is not held back by the guard.
    pub everyone: Alternative,
    /// What the raw rates of the same cells would have promised.
    pub raw_profit: f64,
    /// The true expected profit of the same list, where a generated sample knows it.
    pub true_profit: Option<f64>,
    pub kept_on: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    pub mailed: u64,
    pub responses: f64,
    pub profit: Ranged,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewSums {
    pub mailed: u64,
    pub expected: Ranged,
    pub responses: u64,
    pub revenue: Option<i64>,
    pub rate: Option<Ranged>,
    pub baseline: Option<Ranged>,
    pub incremental: Option<f64>,
    pub expected_profit: Ranged,
    pub profit: f64,
    pub cells_within: u64,
    pub cells: u64,
    pub matching: Option<Matching>,
}

/// Everything that the page shows of a campaign, up to the step that the inputs reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub choices: Vec<CellsChoice>,
    pub cells_title: Label,
    pub break_even: Option<BreakEven>,
    /// Best class first.
    pub cells: Vec<CellRow>,
    pub sample: SampleSums,
    pub test: Option<TestSums>,
    pub roll_out: Option<RollOutSums>,
    pub review: Option<ReviewSums>,
    /// The data are a generated sample with known response rates: a test can be simulated.
    pub can_simulate: bool,
    pub has_responses_table: bool,
    pub has_contacts_table: bool,
    pub warnings: Vec<Warning>,
    pub explanation: Explanation,
}

/// The steps of each stage in both languages, so that switching the language asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    pub en: Vec<(Stage, Vec<Step>)>,
    pub zh: Vec<(Stage, Vec<Step>)>,
}

impl Explanation {
    pub fn steps(&self, lang: Lang, stage: Stage) -> &[Step] {
        let all = lang.pick(&self.en, &self.zh);
        all.iter().find(|(each, _)| *each == stage).map_or(&[], |(_, steps)| steps)
    }
}

/// One number of groups per variable, from 2 to 10: the course's "too few and too many cells".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BinsRow {
    pub bins: u8,
    /// Cells with customers.
    pub cells: u64,
    /// Mean of the cells with customers.
    pub customers_per_cell: f64,
    pub tested_per_cell: f64,
    /// Names to test so that every cell has what Hughes' rule (and the precision formula) asks for.
    pub needed_hughes: u64,
    pub needed_precision: u64,
    pub cost_hughes: f64,
    pub cost_precision: f64,
    /// With the responses at hand, put into these cells: what the roll-out is expected to bring, the test's cost taken
    /// off; `None` where responses are not known by customer.
    pub profit: Option<Ranged>,
    /// What the raw rates would promise, and what is true of a generated sample.
    pub raw_profit: Option<f64>,
    pub true_profit: Option<f64>,
    pub mailed: Option<u64>,
}
