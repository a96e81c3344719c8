//! Puts the test and the roll-out on record: rows for the table of contacts, and what the workspace keeps beside them.

use super::answer::Refusal;
use super::options::{KeptExpectation, KeptRollOut, KeptRollOutCell, KeptTest, KeptTestCell};
use super::recorded::Recorded;
use super::roll_out::Fate;
use super::sampling::Part;
use super::steps::Campaign;
use crate::core::contacts::{Contact, Wave, append_contacts};
use crate::core::dataset::Dataset;
use crate::core::day::Day;

/// Contacts to append.
pub struct Rows {
    campaign: String,
    on: Day,
    labels: Vec<String>,
    key_codes: Vec<String>,
    /// Customer code, cell and wave.
    rows: Vec<(u32, u16, Wave)>,
}

impl Rows {
    pub fn append(&self, dataset: &mut Dataset) {
        let rows = self.rows.iter().map(|&(customer, cell, wave)| Contact {
            customer,
            day: Some(self.on),
            campaign: Some(&self.campaign),
            wave: Some(wave),
            // Nothing is printed for those who are held back.
            key_code: Some(self.key_codes[usize::from(cell)].as_str()).filter(|_| !wave.is_held_back()),
            cell: Some(&self.labels[usize::from(cell)]),
        });
        append_contacts(dataset, rows);
    }

    fn new(campaign: &Campaign, on: Day, key_codes: &[String], wave: impl Fn(u32) -> Option<Wave>) -> Rows {
        let cells = &campaign.cells;
        let row = |&customer: &u32| Some((customer, cells.cell[customer as usize], wave(customer)?));
        Rows {
            campaign: campaign.given.options.name.trim().into(),
            on,
            labels: cells.labels.iter().map(|label| label.en.clone()).collect(),
            key_codes: key_codes.to_vec(),
            rows: cells.list.iter().filter_map(row).collect(),
        }
    }
}

/// # Errors
/// No name, a name that is on record, or nobody to test.
pub fn test(campaign: &Campaign, on: Day) -> Result<(KeptTest, Rows), Refusal> {
    let name = name(campaign)?;
    let found = Recorded::of(campaign.given.dataset, &name);
    if found.contacts > 0 {
        return Err(Refusal::AlreadyRecorded { name, on: found.first_on });
    }
    let (cells, sample) = (&campaign.cells, &campaign.sample);
    if sample.tested.iter().all(|&tested| tested == 0) {
        return Err(Refusal::NobodyToMail);
    }
    let rows =
        Rows::new(campaign, on, &campaign.test_codes, |customer| match sample.part[customer as usize] {
            Part::Tested => Some(Wave::Test),
            Part::Control => Some(Wave::TestControl),
            Part::Rest => None,
        });
    let kept =
        (0..cells.count()).filter(|&cell| !cells.customers(cell).is_empty()).map(|cell| KeptTestCell {
            label: cells.labels[cell].en.clone(),
            customers: cells.customers(cell).len() as u64,
            tested: sample.tested[cell],
            control: sample.control[cell],
        });
    let cells_from = campaign.given.options.cells_from.clone();
    Ok((KeptTest { on, cells_from, cells: kept.collect() }, rows))
}

/// # Errors
/// No name, a roll-out that is on record, or nobody to mail.
pub fn roll_out(campaign: &Campaign, on: Day) -> Result<(KeptRollOut, Rows), Refusal> {
    let name = name(campaign)?;
    let found = Recorded::of(campaign.given.dataset, &name);
    if !found.roll_out.is_empty() {
        return Err(Refusal::AlreadyRecorded { name, on: found.roll_out_on });
    }
    let test = campaign.test(&mut Vec::new()).ok_or(Refusal::NobodyToMail)?;
    let step = campaign.roll_out(&test).filter(|step| step.sums.mailed > 0).ok_or(Refusal::NobodyToMail)?;
    let (cells, fate) = (&campaign.cells, &step.roll_out.fate);
    let mailed = &step.roll_out.mailed;
    let rows = Rows::new(campaign, on, &campaign.roll_out_codes, |customer| match fate[customer as usize] {
        Fate::RollOut => Some(Wave::RollOut),
        Fate::Control if mailed[usize::from(cells.cell[customer as usize])] > 0 => Some(Wave::Control),
        _ => None,
    });
    let kept = step.rows.iter().enumerate().filter_map(|(cell, row)| {
        let row = row.as_ref().filter(|row| row.mailed > 0)?;
        Some(KeptRollOutCell {
            label: cells.labels[cell].en.clone(),
            mailed: row.mailed,
            control: campaign.sample.control[cell],
            expected: row.responses.value,
            low: row.responses.low,
            high: row.responses.high,
            profit: row.profit.value,
        })
    });
    let (responses, profit) = (step.sums.responses, step.sums.profit);
    let economics = step.projection.economics;
    let kept = KeptRollOut {
        on,
        cost_per_piece: economics.cost,
        profit_per_response: economics.profit,
        cells: kept.collect(),
        expected: KeptExpectation {
            responses: responses.value,
            responses_low: responses.low,
            responses_high: responses.high,
            profit: profit.value,
            profit_low: profit.low,
            profit_high: profit.high,
        },
    };
    Ok((kept, rows))
}

fn name(campaign: &Campaign) -> Result<String, Refusal> {
    let name = campaign.given.options.name.trim();
    if name.is_empty() { Err(Refusal::NoName) } else { Ok(name.to_string()) }
}
