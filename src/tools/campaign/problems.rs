//! What stops a plan, and what to know before trusting one: facts, put into words by `words`.

use crate::core::day::Day;
use crate::core::response::EconomicsError;
use serde::{Deserialize, Serialize};

/// What to know before trusting a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// The cells were made from other options than those in force now (they changed after the test was recorded).
    CellsChanged {
        labels_gone: u64,
    },
    /// The test is on record, but the contacts no longer have its names: the settings decide again.
    TestGone,
    /// The same of the roll-out.
    RollOutGone,
    /// Customers without a cell are in no step.
    OutsideCells {
        customers: u64,
    },
    /// Too few responses in all to tell cells apart.
    FewResponses {
        responses: u64,
    },
    /// All differences between cells may be chance: every cell shrinks to the mean.
    NoSpread,
    /// Responses were typed for labels that are not cells (any more).
    TypedUnknown {
        labels: Vec<String>,
    },
    /// More responses than names mailed: the count is not used.
    TypedTooMany {
        label: String,
        responses: u64,
        mailed: u64,
    },
    /// Cells whose test has no count yet.
    NotCounted {
        cells: u64,
    },
    EmptySample,
    /// Contacts of this name are on record, but the responses table is empty.
    NoResponseTable,
    /// The guard cannot know of contacts: none are on record.
    GuardWithoutContacts,
    /// Contacts of other campaigns without a day: the guard by days cannot hold their customers back.
    GuardUndated {
        contacts: u64,
    },
    /// Cells that were chosen by hand are not cells (any more).
    ByHandUnknown {
        labels: Vec<String>,
    },
    /// The revenue of the responses is more than can be counted exactly: none is shown.
    TooMuchRevenue,
    /// These data are no generated sample with known response rates: nothing can be simulated.
    CannotSimulate,
    /// Key codes of the responses table name this cell more often than it was mailed: its count is not used.
    TooManyResponses {
        label: String,
        responses: u64,
        mailed: u64,
    },
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// No column of classes of this name is published from these data.
    NoCells {
        cells_from: String,
    },
    /// More different cells than can be numbered.
    TooManyCells {
        found: u64,
    },
    Interval {
        found: u32,
    },
    /// Costs that no break-even rate can be worked out from.
    Economics(EconomicsError),
    HalfWidth {
        found: f64,
    },
    Confidence {
        found: f64,
    },
    ControlInterval {
        found: u32,
    },
    /// Recording needs a name.
    NoName,
    /// A test or roll-out of this name is on record already.
    AlreadyRecorded {
        name: String,
        on: Option<Day>,
    },
    /// There is nobody to mail.
    NobodyToMail,
    /// The data have no purchases to make cells of k groups from.
    NoMeasures,
}
