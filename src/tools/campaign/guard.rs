//! The guard: nobody is mailed again too soon.

use super::options::CampaignOptions;
use crate::core::contacts::{Contacts, campaigns_of, contacted_in};
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::summary::default_analysis_date;

/// The day of the roll-out: as given, else the analysis date of the data, else the day of the last contact.
pub fn mailing_date(dataset: &Dataset, options: &CampaignOptions) -> Option<Day> {
    let last_contact = || Contacts::of(dataset)?.iter().filter_map(|contact| contact.day).max();
    options.mailing_date.or_else(|| default_analysis_date(dataset)).or_else(last_contact)
}

/// Who is held back, by customer code: contacted by another campaign in the last so many days before the mailing (the
/// day itself included), or in any of the last so many other campaigns that had begun by then. Customers held back as
/// a control group were not contacted. Empty where nothing is guarded against.
pub fn held_back(dataset: &Dataset, options: &CampaignOptions) -> Vec<bool> {
    let guard = options.guard;
    let Some(contacts) = Contacts::of(dataset).filter(|_| guard.days.is_some() || guard.campaigns.is_some())
    else {
        return Vec::new();
    };
    let own = options.name.trim();
    let date = mailing_date(dataset, options);
    let mut held = vec![false; dataset.customers.len()];
    if let Some(count) = guard.campaigns {
        let begun = |period: Option<(Day, Day)>| match (period, date) {
            (Some((first, _)), Some(date)) => first <= date,
            _ => true,
        };
        let campaigns = campaigns_of(dataset);
        let others = campaigns.iter().filter(|campaign| {
            campaign.contacted > 0 && begun(campaign.period) && (own.is_empty() || campaign.name != own)
        });
        let names: Vec<&str> = others.take(count.into()).map(|campaign| campaign.name.as_str()).collect();
        held = contacted_in(dataset, &names);
    }
    if let (Some(days), Some(date)) = (guard.days, date) {
        let own = own_code(&contacts, own);
        for row in 0..contacts.len() {
            let is_other = own.is_none() || contacts.campaign_code(row) != own;
            let is_recent = contacts
                .day(row)
                .is_some_and(|day| (0..=i64::from(days)).contains(&(i64::from(date.0) - i64::from(day.0))));
            held[contacts.customer(row) as usize] |= is_other && is_recent && !contacts.is_held_back(row);
        }
    }
    held
}

/// The campaign's own number among the contacts.
fn own_code(contacts: &Contacts, name: &str) -> Option<u32> {
    contacts.campaigns().and_then(|names| names.find(name)).filter(|_| !name.is_empty())
}

/// How many contacts of other campaigns have no day, so that a guard by days cannot tell whether they were lately.
pub fn undated(dataset: &Dataset, options: &CampaignOptions) -> u64 {
    let Some(contacts) = Contacts::of(dataset).filter(|_| options.guard.days.is_some()) else { return 0 };
    let own = own_code(&contacts, options.name.trim());
    let is_other = |row: usize| own.is_none() || contacts.campaign_code(row) != own;
    let rows = (0..contacts.len()).filter(|&row| is_other(row) && !contacts.is_held_back(row));
    rows.filter(|&row| contacts.day(row).is_none()).count() as u64
}
