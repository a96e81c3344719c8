//! Who was contacted lately: what a campaign needs to spare those who are mailed again and again.

use super::Contacts;
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use std::cmp::Reverse;

/// The day on which each customer of the dictionary was contacted last; those held back were not contacted.
pub fn last_contact_day(dataset: &Dataset) -> Vec<Option<Day>> {
    let mut last = vec![None; dataset.customers.len()];
    if let Some(contacts) = Contacts::of(dataset) {
        for row in (0..contacts.len()).filter(|&row| !contacts.is_held_back(row)) {
            let at = &mut last[contacts.customer(row) as usize];
            *at = (*at).max(contacts.day(row));
        }
    }
    last
}

/// A campaign as the contacts tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    pub name: String,
    /// The first and the last day of its contacts, where they have days.
    pub period: Option<(Day, Day)>,
    pub contacted: u64,
    pub held_back: u64,
}

/// The campaigns of the contacts, the one with the latest day first; campaigns without a day come last, and those of
/// one day are in the order of their names. Rows without a campaign belong to none.
pub fn campaigns_of(dataset: &Dataset) -> Vec<Campaign> {
    let Some(contacts) = Contacts::of(dataset) else { return Vec::new() };
    let names = contacts.campaigns().into_iter().flat_map(|names| names.iter());
    let empty = |name: &str| Campaign { name: name.into(), period: None, contacted: 0, held_back: 0 };
    let mut campaigns: Vec<Campaign> = names.map(empty).collect();
    for row in 0..contacts.len() {
        let Some(code) = contacts.campaign_code(row) else { continue };
        let campaign = &mut campaigns[code as usize];
        if contacts.is_held_back(row) {
            campaign.held_back += 1;
        } else {
            campaign.contacted += 1;
        }
        if let Some(day) = contacts.day(row) {
            let (first, last) = campaign.period.unwrap_or((day, day));
            campaign.period = Some((first.min(day), last.max(day)));
        }
    }
    campaigns.retain(|campaign| campaign.contacted + campaign.held_back > 0);
    campaigns.sort_by(|a, b| {
        let last = |campaign: &Campaign| Reverse(campaign.period.map(|(_, last)| last));
        last(a).cmp(&last(b)).then_with(|| a.name.cmp(&b.name))
    });
    campaigns
}

/// Which customers of the dictionary were contacted in any of these campaigns; those held back were not.
pub fn contacted_in(dataset: &Dataset, campaigns: &[&str]) -> Vec<bool> {
    let mut contacted = vec![false; dataset.customers.len()];
    if let Some((contacts, names)) = Contacts::of(dataset).and_then(|c| c.campaigns().map(|names| (c, names)))
    {
        let wanted: Vec<bool> = names.iter().map(|name| campaigns.contains(&name)).collect();
        for row in 0..contacts.len() {
            let is_wanted = contacts.campaign_code(row).is_some_and(|code| wanted[code as usize]);
            contacted[contacts.customer(row) as usize] |= is_wanted && !contacts.is_held_back(row);
        }
    }
    contacted
}
