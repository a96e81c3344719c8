//! Puts the five steps together into what the page shows.

use super::advice::Advice;
use super::answer::{CellRow, Plan, Refusal};
use super::cells::choices;
use super::explain::{Told, explanation};
use super::sampling::sums;
use super::steps::{Campaign, Given};
use crate::core::table::TableKind;

/// All steps up to the one that the inputs reach. Costs that cannot be used leave out what needs them.
///
/// # Errors
/// Options that no cells or no sample can be made of, or that give no level of confidence.
pub fn plan(given: Given) -> Result<Plan, Refusal> {
    let Given { dataset, options, .. } = given;
    let campaign = Campaign::new(given)?;
    let (cells, sample) = (&campaign.cells, &campaign.sample);
    let economics = options.economics().ok();
    let advice = match Advice::of(options) {
        Ok(advice) => Some(advice),
        Err(Refusal::Economics(_)) => None,
        Err(refusal) => return Err(refusal),
    };
    let mut warnings = campaign.warnings();
    let test = campaign.test(&mut warnings);
    let roll_out = test.as_ref().and_then(|test| campaign.roll_out(test));
    let review = roll_out.as_ref().and_then(|step| campaign.review(step, &mut warnings));
    let row = |cell: usize| {
        let customers = cells.customers(cell).len() as u64;
        CellRow {
            label: cells.labels[cell].clone(),
            customers,
            tested: sample.tested[cell],
            control: sample.control[cell],
            key_code: campaign.test_codes[cell].clone(),
            needed_hughes: advice.map(|advice| advice.hughes(customers)),
            needed_precision: advice.map(|advice| advice.precision(customers)),
            test: test.as_ref().and_then(|test| test.tested.cells[cell].clone()),
            roll_out: roll_out.as_ref().and_then(|step| step.rows[cell].clone()),
            review: review.as_ref().and_then(|step| step.rows[cell].clone()),
        }
    };
    // Cells that no customer is in and nobody was tested in say nothing.
    let in_use = (0..cells.count()).filter(|&cell| !cells.customers(cell).is_empty());
    let mut in_sample = sums(cells, sample, &dataset.customers, economics.map(|economics| economics.cost));
    if let Some(advice) = advice {
        advice.judge(&mut in_sample, cells, sample);
    }
    in_sample.kept_on = campaign.tested_on();
    let baseline = test.as_ref().map_or(0.0, |test| test.tested.baseline());
    let mut plan = Plan {
        choices: choices(&dataset.gradings),
        cells_title: cells.title.clone(),
        break_even: advice.zip(economics).map(|(advice, economics)| advice.break_even(economics, baseline)),
        cells: in_use.map(row).collect(),
        sample: in_sample,
        test: test.map(|test| test.sums),
        roll_out: roll_out.map(|step| step.sums),
        review: review.map(|step| step.sums),
        can_simulate: given.rates.is_some(),
        has_responses_table: dataset.table(TableKind::Responses).is_some(),
        has_contacts_table: dataset.table(TableKind::Contacts).is_some(),
        warnings,
        explanation: Default::default(),
    };
    plan.explanation = explanation(Told { plan: &plan, options, currency: given.currency });
    Ok(plan)
}
