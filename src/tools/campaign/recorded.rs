//! What the table of contacts says of this campaign: who was tested, held back and mailed, in which cell.

use super::options::CampaignOptions;
use super::sampling::Part;
use crate::core::contacts::{Contacts, Wave};
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use std::collections::BTreeMap;

/// The contacts that were recorded under the campaign's name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recorded<'a> {
    /// Customer codes with their part in the test; each with the label of the cell it was recorded in.
    pub test: Vec<(u32, Part, Option<&'a str>)>,
    /// Those mailed in the roll-out.
    pub roll_out: Vec<(u32, Option<&'a str>)>,
    /// Contacts of the name, of whatever wave, and the first day of them.
    pub contacts: u64,
    pub first_on: Option<Day>,
    /// The first day of each, where contacts have days.
    pub test_on: Option<Day>,
    pub roll_out_on: Option<Day>,
    /// The key codes that were printed, by the label of the cell.
    pub test_codes: BTreeMap<&'a str, &'a str>,
    pub roll_out_codes: BTreeMap<&'a str, &'a str>,
}

impl<'a> Recorded<'a> {
    pub fn of(dataset: &'a Dataset, name: &str) -> Recorded<'a> {
        let mut found = Recorded::default();
        let name = name.trim();
        let Some(contacts) = Contacts::of(dataset).filter(|_| !name.is_empty()) else { return found };
        let Some(wanted) = contacts.campaigns().and_then(|names| names.find(name)) else { return found };
        let earliest = |known: Option<Day>, day: Option<Day>| match (known, day) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        for row in (0..contacts.len()).filter(|&row| contacts.campaign_code(row) == Some(wanted)) {
            found.contacts += 1;
            found.first_on = earliest(found.first_on, contacts.day(row));
            let (customer, cell) = (contacts.customer(row), contacts.cell(row));
            match contacts.wave(row) {
                Some(Wave::Test) => found.test.push((customer, Part::Tested, cell)),
                Some(Wave::TestControl) => found.test.push((customer, Part::Control, cell)),
                Some(Wave::RollOut) => found.roll_out.push((customer, cell)),
                // The control group of a roll-out is recorded with the test already.
                Some(Wave::Control | Wave::Other) | None => continue,
            }
            let is_roll_out = contacts.wave(row) == Some(Wave::RollOut);
            let (on, codes) = match is_roll_out {
                true => (&mut found.roll_out_on, &mut found.roll_out_codes),
                false => (&mut found.test_on, &mut found.test_codes),
            };
            *on = earliest(*on, contacts.day(row));
            if let (Some(cell), Some(code)) = (cell, contacts.key_code(row)) {
                codes.entry(cell).or_insert(code);
            }
        }
        found
    }

    /// Only what the options say was kept: without it the settings decide.
    pub fn kept(dataset: &'a Dataset, options: &CampaignOptions) -> Recorded<'a> {
        let mut found = Recorded::of(dataset, &options.name);
        if options.kept_test.is_none() {
            (found.test, found.test_on, found.test_codes) = Default::default();
        }
        if options.kept_roll_out.is_none() || found.test.is_empty() {
            (found.roll_out, found.roll_out_on, found.roll_out_codes) = Default::default();
        }
        found
    }

    /// The cells that customers were recorded in; the test's before the roll-out's.
    pub fn cells(&self) -> Vec<(u32, &'a str)> {
        let roll_out = self.roll_out.iter().filter_map(|&(customer, cell)| Some((customer, cell?)));
        let test = self.test.iter().filter_map(|&(customer, _, cell)| Some((customer, cell?)));
        roll_out.chain(test).collect()
    }
}
