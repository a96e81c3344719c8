//! What the campaign page asks of the worker.

use super::answer::{BinsRow, Plan, Refusal};
use super::options::{CampaignOptions, KeptRollOut, KeptTest};
use crate::core::day::Day;
use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignRequest {
    pub options: CampaignOptions,
    pub ask: CampaignAsk,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignAsk {
    /// All five steps.
    Plan,
    /// The same data with 2 to 10 groups for each variable.
    Bins,
    /// The test list as a CSV file: number, customer, cell, key code, wave (test or control).
    TestList {
        lang: Lang,
    },
    /// The final mailing list as a CSV file.
    RollOutList {
        lang: Lang,
    },
    /// Puts the test, or the roll-out, into the table of contacts.
    RecordTest {
        on: Day,
    },
    RecordRollOut {
        on: Day,
    },
    /// Only the columns for other tools.
    Publish,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignAnswer {
    Plan(Box<Plan>),
    Bins(Vec<BinsRow>),
    /// The bytes of the file come with the reply.
    List {
        rows: u64,
    },
    TestRecorded(KeptTest),
    RollOutRecorded(KeptRollOut),
    Published,
    Refused(Refusal),
}
