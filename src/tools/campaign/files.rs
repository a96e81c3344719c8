//! The test list and the final mailing list as CSV files. Read in again as contacts, their columns are recognised.

use super::answer::Refusal;
use super::roll_out::Fate;
use super::sampling::Part;
use super::steps::Campaign;
use super::text::text;
use crate::core::contacts::Wave;
use crate::core::export::CsvWriter;
use crate::core::lang::Lang;

/// Those tested and the control group in the order of the list, each with the number that sampling counted, and how
/// many rows there are.
///
/// # Errors
/// [`Refusal::NobodyToMail`] where nobody is tested.
pub fn test_list(campaign: &Campaign, lang: Lang) -> Result<(u64, Vec<u8>), Refusal> {
    if campaign.sample.tested.iter().all(|&tested| tested == 0) {
        return Err(Refusal::NobodyToMail);
    }
    let wave = |customer: u32| match campaign.sample.part[customer as usize] {
        Part::Tested => Some(Wave::Test),
        Part::Control => Some(Wave::TestControl),
        Part::Rest => None,
    };
    Ok(list(campaign, lang, &campaign.test_codes, wave, |place, _| place))
}

/// Those mailed in the roll-out, numbered from 1.
///
/// # Errors
/// [`Refusal::NobodyToMail`] where there is nobody, or the test has no answers yet.
pub fn roll_out_list(campaign: &Campaign, lang: Lang) -> Result<(u64, Vec<u8>), Refusal> {
    let test = campaign.test(&mut Vec::new()).ok_or(Refusal::NobodyToMail)?;
    let step = campaign.roll_out(&test).filter(|step| step.sums.mailed > 0).ok_or(Refusal::NobodyToMail)?;
    let wave =
        |customer: u32| (step.roll_out.fate[customer as usize] == Fate::RollOut).then_some(Wave::RollOut);
    Ok(list(campaign, lang, &campaign.roll_out_codes, wave, |_, rows| rows))
}

/// `number` is given the place in the sorted list and the rows so far, both from 1.
fn list(
    campaign: &Campaign,
    lang: Lang,
    key_codes: &[String],
    wave: impl Fn(u32) -> Option<Wave>,
    number: impl Fn(u64, u64) -> u64,
) -> (u64, Vec<u8>) {
    let t = text(lang);
    let mut csv = CsvWriter::new();
    csv.header([t.number, t.customer, t.cell, t.key_code, t.wave]);
    let mut rows = 0;
    for (place, &customer) in (1u64..).zip(&campaign.cells.list) {
        let Some(wave) = wave(customer) else { continue };
        rows += 1;
        let cell = usize::from(campaign.cells.cell[customer as usize]);
        csv.integer(number(place, rows) as i64)
            .text(campaign.given.dataset.customers.get(customer))
            .text(campaign.cells.labels[cell].get(lang))
            .text(if wave.is_held_back() { "" } else { &key_codes[cell] })
            .text(wave.code())
            .end_row();
    }
    (rows, csv.finish())
}
