//! What a person can choose on the campaign page, in the order of its five steps.

use super::problems::Refusal;
use crate::core::day::Day;
use crate::core::response::{Economics, EconomicsError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The five steps of a campaign, as the course names them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    #[default]
    Cells,
    Sample,
    Test,
    RollOut,
    Review,
}

impl Stage {
    pub const ALL: [Stage; 5] = [Stage::Cells, Stage::Sample, Stage::Test, Stage::RollOut, Stage::Review];

    pub fn index(self) -> usize {
        self as usize
    }
}

/// Where Nth sampling begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// Records 1, n + 1, 2n + 1 …, as in the course.
    #[default]
    First,
    /// A start from 1 to n, drawn from this seed.
    Random { seed: u64 },
}

/// Where the responses to a mailing come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Responses {
    #[default]
    NotYet,
    /// The table of responses.
    Imported,
    /// Counts typed for each cell, by its label. A cell that is not named has no count yet.
    Typed(BTreeMap<String, u64>),
    /// Drawn from the true response rates of a generated sample.
    Simulated { seed: u64 },
}

/// How a cell's test decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The course's: the response rate of the test against the break-even rate.
    #[default]
    Point,
    /// The whole interval of the rate lies above or below the break-even rate; in between nobody can tell.
    Interval,
    /// The shrunken rate against the break-even rate.
    Shrunken,
}

/// Nobody is mailed again too soon. Both conditions hold where both are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Guard {
    /// Leave out who was contacted in the last so many days before the mailing.
    pub days: Option<u16>,
    /// Leave out who was contacted in any of the last so many other campaigns.
    pub campaigns: Option<u8>,
}

/// The test as it was mailed: it stays as it is when cells change later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptTest {
    pub on: Day,
    pub cells_from: String,
    pub cells: Vec<KeptTestCell>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptTestCell {
    pub label: String,
    pub customers: u64,
    pub tested: u64,
    pub control: u64,
}

/// The roll-out as it was mailed, with what was expected of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptRollOut {
    pub on: Day,
    pub cost_per_piece: f64,
    pub profit_per_response: f64,
    pub cells: Vec<KeptRollOutCell>,
    pub expected: KeptExpectation,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptRollOutCell {
    pub label: String,
    pub mailed: u64,
    pub control: u64,
    /// Responses expected by the shrunken rate, with their interval.
    pub expected: f64,
    pub low: f64,
    pub high: f64,
    /// The profit expected of them.
    #[serde(default)]
    pub profit: f64,
}

/// Sums of the roll-out as it was projected.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptExpectation {
    pub responses: f64,
    #[serde(default)]
    pub responses_low: f64,
    #[serde(default)]
    pub responses_high: f64,
    pub profit: f64,
    pub profit_low: f64,
    pub profit_high: f64,
}

/// Everything that the campaign page is asked for; one campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CampaignOptions {
    /// The name under which its contacts and responses are kept.
    pub name: String,
    pub stage: Stage,
    /// The published column whose classes are the cells, or a measure that is divided into equal groups.
    pub cells_from: String,
    /// How many groups a measure is divided into.
    pub groups: u8,
    /// One name in so many is tested.
    pub interval: u32,
    pub start: Start,
    /// One name in so many, of all cells, is never mailed, to see who would have bought anyway; `None`: no control.
    pub control_interval: Option<u32>,
    /// Half of the width that a cell's interval should have: 0.01 is one percentage point.
    pub half_width: f64,
    pub confidence: f64,
    /// In units of the workspace's currency.
    pub cost_per_piece: f64,
    /// In units of the currency, before the cost of mailing.
    pub profit_per_response: f64,
    pub responses: Responses,
    pub rule: Rule,
    /// Cells that the person mails, or does not, whatever the rule says.
    pub by_hand: BTreeMap<String, bool>,
    pub guard: Guard,
    /// The day of the roll-out for the guard; `None`: the analysis date of the data.
    pub mailing_date: Option<Day>,
    pub review: Responses,
    /// Counts that were typed before another way was tried, for the test and for the roll-out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub typed_test: BTreeMap<String, u64>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub typed_review: BTreeMap<String, u64>,
    pub kept_test: Option<KeptTest>,
    pub kept_roll_out: Option<KeptRollOut>,
}

/// The cells of the course.
pub const RFM_CELLS: &str = "rfm.cell";

impl Default for CampaignOptions {
    /// The course's example: one in twenty, 0.62 a piece, 35 a response.
    fn default() -> CampaignOptions {
        CampaignOptions {
            name: String::new(),
            stage: Stage::Cells,
            cells_from: RFM_CELLS.into(),
            groups: 10,
            interval: 20,
            start: Start::First,
            control_interval: None,
            half_width: 0.01,
            confidence: 0.95,
            cost_per_piece: 0.62,
            profit_per_response: 35.0,
            responses: Responses::NotYet,
            rule: Rule::Point,
            by_hand: BTreeMap::new(),
            guard: Guard::default(),
            mailing_date: None,
            review: Responses::NotYet,
            typed_test: BTreeMap::new(),
            typed_review: BTreeMap::new(),
            kept_test: None,
            kept_roll_out: None,
        }
    }
}

impl CampaignOptions {
    /// What one piece costs and one response brings.
    ///
    /// # Errors
    /// [`Refusal::Economics`] where they cannot be used.
    pub fn economics(&self) -> Result<Economics, Refusal> {
        // JSON, in which a refusal travels, has no number for what is not finite.
        let finite = |found: f64| if found.is_finite() { found } else { 0.0 };
        Economics::new(self.cost_per_piece, self.profit_per_response).map_err(|error| {
            Refusal::Economics(match error {
                EconomicsError::Cost { found } => EconomicsError::Cost { found: finite(found) },
                EconomicsError::Profit { found } => EconomicsError::Profit { found: finite(found) },
            })
        })
    }
}

/// The numbers of groups that a measure can be divided into; ten are deciles.
pub const GROUPS: std::ops::RangeInclusive<u8> = 2..=20;
/// One in two up to one in a million.
pub const INTERVALS: std::ops::RangeInclusive<u32> = 2..=1_000_000;
/// The levels of confidence to choose from.
pub const CONFIDENCES: [f64; 3] = [0.90, 0.95, 0.99];
