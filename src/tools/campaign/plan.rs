//! Puts the five steps together into what the page shows.

use super::answer::{CellRow, Explanation, Plan, Warning};
use super::cells::{Cells, choices};
use super::economics::Economics;
use super::key_codes;
use super::options::CampaignOptions;
use super::sampling::{Sample, sums};
use crate::core::dataset::Dataset;

/// What a plan is made of.
pub struct Parts<'a> {
    pub dataset: &'a Dataset,
    pub options: &'a CampaignOptions,
    pub cells: &'a Cells,
    pub sample: &'a Sample,
}

/// Cells and sample, whatever the costs; what needs usable costs is left out without them.
pub fn plan(parts: &Parts) -> Plan {
    let Parts { dataset, options, cells, sample } = *parts;
    let economics = Economics::of(options).ok();
    let stems = key_codes::stems(&cells.labels);
    let rows = cells.labels.iter().zip(&stems).enumerate().map(|(at, (label, stem))| CellRow {
        label: label.clone(),
        customers: cells.customers(at).len() as u64,
        tested: sample.tested[at],
        control: sample.control[at],
        key_code: key_codes::test(stem),
        needed_hughes: None,
        needed_precision: None,
        test: None,
        roll_out: None,
        review: None,
    });
    let mut warnings = Vec::new();
    if cells.outside() > 0 {
        warnings.push(Warning::OutsideCells { customers: cells.outside() });
    }
    let cost = economics.map_or(0.0, |economics| economics.cost);
    Plan {
        choices: choices(&dataset.gradings),
        cells_title: cells.title.clone(),
        break_even: None,
        cells: rows.collect(),
        sample: sums(cells, sample, &dataset.customers, cost),
        test: None,
        roll_out: None,
        review: None,
        can_simulate: false,
        has_responses_table: false,
        has_contacts_table: false,
        warnings,
        explanation: Explanation::default(),
    }
}
