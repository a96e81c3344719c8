//! What is stale or missing in a workspace, the most pressing first, each with the tool where it is put right.

use super::facts::Facts;
use super::model::Gaps;
use crate::core::day::Day;
use crate::core::summary::SummaryError;
use crate::core::table::TableKind;
use crate::core::workspace::SampleId;
use serde::{Deserialize, Serialize};

/// One thing to do, in the order in which they are listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Todo {
    /// The data hold no purchases: only a customer table.
    NoPurchases,
    /// There are purchases, but no cells: the reason where it lies in the data, else it is on the page of RFM.
    NoCells { why: Option<SummaryError> },
    /// There are purchases, but no tiers.
    NoTiers,
    /// The last purchase lies after today: a single wrong date makes every customer look long gone.
    AfterToday { last: Day },
    /// The figures are those of a sample.
    Sample(SampleId),
    /// Rows that the last import of a table could not use.
    SetAside { table: TableKind, rows: u64, read: u64 },
    /// The last purchase is long ago.
    Old { last: Day, days: u32 },
    /// Customers with rows, but without a cell: only refunds, or nothing up to the analysis date.
    WithoutCell { customers: u64 },
    /// A test was mailed, and its responses are not in.
    TestNotRead { campaign: String, on: Day },
    /// A roll-out was mailed, and its results are not in.
    RollOutNotReviewed { campaign: String, on: Day },
    /// Without costs there is no profit, and no whale curve.
    NoCosts,
    /// Without a customer table nobody knows who has not bought yet.
    NoCustomerTable,
    /// No mailing is on record, so nobody can be spared a second one.
    NoContacts,
    /// Every tier still has the suggestion that it came with.
    SuggestedStrategies,
}

/// How pressing something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A part of the page is missing, or wrong.
    Broken,
    /// Something waits for its next step.
    Waiting,
    /// Something could be added.
    Missing,
}

/// Purchases older than this many days are called old.
pub const OLD_DAYS: i32 = 45;

impl Todo {
    /// The tool where it is put right.
    pub fn tool(&self) -> &'static str {
        match self {
            Todo::NoPurchases
            | Todo::AfterToday { .. }
            | Todo::Sample(_)
            | Todo::SetAside { .. }
            | Todo::Old { .. }
            | Todo::WithoutCell { .. }
            | Todo::NoCosts
            | Todo::NoCustomerTable => "data",
            Todo::NoCells { .. } => "rfm",
            Todo::NoTiers | Todo::SuggestedStrategies => "pyramid",
            Todo::TestNotRead { .. } | Todo::RollOutNotReviewed { .. } | Todo::NoContacts => "campaign",
        }
    }

    pub fn weight(&self) -> Weight {
        match self {
            Todo::NoPurchases | Todo::NoCells { .. } | Todo::NoTiers | Todo::AfterToday { .. } => {
                Weight::Broken
            }
            Todo::NoCosts | Todo::NoCustomerTable | Todo::NoContacts | Todo::SuggestedStrategies => {
                Weight::Missing
            }
            _ => Weight::Waiting,
        }
    }
}

/// What is known of the data, as far as something may have to be done about it.
pub struct State {
    pub has_purchases: bool,
    pub has_cells: bool,
    pub has_tiers: bool,
    pub has_contacts: bool,
    /// Why there are no cells.
    pub why_no_cells: Option<SummaryError>,
    pub last_purchase: Option<Day>,
    pub gaps: Gaps,
    /// Table, rows set aside and rows read of each import that is on record.
    pub imports: Vec<(TableKind, u64, u64)>,
}

/// Everything to do, in its order.
pub fn todos(state: &State, facts: &Facts) -> Vec<Todo> {
    let mut found = Vec::new();
    let bought = state.has_purchases;
    let mut when = |applies: bool, todo: Todo| {
        if applies {
            found.push(todo);
        }
    };
    when(!bought, Todo::NoPurchases);
    when(bought && !state.has_cells, Todo::NoCells { why: state.why_no_cells.clone() });
    when(bought && !state.has_tiers, Todo::NoTiers);
    let own = facts.sample.is_none();
    let last = state.last_purchase.filter(|_| own);
    if let Some(last) = last {
        when(last > facts.today, Todo::AfterToday { last });
    }
    if let Some(sample) = facts.sample {
        when(true, Todo::Sample(sample));
    }
    for &(table, rows, read) in &state.imports {
        when(rows > 0, Todo::SetAside { table, rows, read });
    }
    if let Some(last) = last {
        let days = facts.today.0.saturating_sub(last.0);
        when(days > OLD_DAYS, Todo::Old { last, days: days.max(0) as u32 });
    }
    let customers = state.gaps.without_cell.unwrap_or(0);
    when(customers > 0, Todo::WithoutCell { customers });
    let campaign = &facts.campaign;
    if let Some(on) = campaign.tested_on {
        when(!campaign.has_responses, Todo::TestNotRead { campaign: campaign.name.clone(), on });
    }
    if let Some(on) = campaign.rolled_out_on {
        when(!campaign.has_review, Todo::RollOutNotReviewed { campaign: campaign.name.clone(), on });
    }
    when(bought && !state.gaps.has_costs, Todo::NoCosts);
    when(state.gaps.prospects.is_none(), Todo::NoCustomerTable);
    when(state.has_cells && !state.has_contacts, Todo::NoContacts);
    when(state.has_tiers && !facts.has_strategies, Todo::SuggestedStrategies);
    found
}
