//! The per-customer columns that the campaign publishes for other tools.

use super::options::{CampaignOptions, Responses};
use super::roll_out::{Fate, RollOut};
use super::steps::{Campaign, Given};
use crate::core::contacts::last_contact_day;
use crate::core::dataset::Dataset;
use crate::core::grading::{Grading, GradingData, Label};
use crate::core::table::TableKind;

/// What the campaign does with a customer: tested, control, roll-out, held back, not mailed.
pub const ROLE: &str = "campaign.role";
/// The day of the last contact of any campaign.
pub const LAST_CONTACT: &str = "campaign.last_contact";

/// What the columns were last made from, so that asking again costs nothing.
#[derive(Debug, Default)]
pub struct Published {
    made: Option<(CampaignOptions, String)>,
}

impl Published {
    /// Where one looks changes nothing that is published.
    fn key(options: &CampaignOptions) -> CampaignOptions {
        CampaignOptions { stage: Default::default(), ..options.clone() }
    }

    /// The columns of these options are published, and the cells are still those that they were made from.
    pub fn is_current(&self, dataset: &Dataset, options: &CampaignOptions) -> bool {
        self.made.as_ref().is_some_and(|(made, cells)| {
            *made == Published::key(options) && *cells == cells_made_with(dataset, options)
        })
    }

    /// Puts the columns in place of those before.
    pub fn publish(&mut self, dataset: &mut Dataset, options: &CampaignOptions, columns: Columns) {
        for (name, column) in [(ROLE, columns.role), (LAST_CONTACT, columns.last_contact)] {
            match column {
                Some(grading) => dataset.gradings.publish(name, grading),
                None => dataset.gradings.withdraw(name),
            }
        }
        self.made = Some((Published::key(options), cells_made_with(dataset, options)));
    }
}

fn cells_made_with(dataset: &Dataset, options: &CampaignOptions) -> String {
    dataset.gradings.get(&options.cells_from).map_or_else(String::new, |grading| grading.made_with.clone())
}

/// Columns to publish; `None` where there is nothing to say.
pub struct Columns {
    role: Option<Grading>,
    last_contact: Option<Grading>,
}

/// Roles are published once a campaign has begun: with a recorded test, or with answers to it.
pub fn has_begun(options: &CampaignOptions) -> bool {
    options.responses != Responses::NotYet || options.kept_test.is_some()
}

impl Columns {
    /// Before a campaign has begun there are only the contacts of others.
    pub fn of_contacts(dataset: &Dataset, options: &CampaignOptions) -> Columns {
        let has_contacts = dataset.table(TableKind::Contacts).is_some();
        let title = Label::new("Last contact", "最近聯絡日期");
        let days = || GradingData::Days(last_contact_day(dataset));
        Columns { role: None, last_contact: has_contacts.then(|| grading(title, days(), options)) }
    }

    pub fn of_campaign(given: Given) -> Columns {
        let title = Label::new("Part in the campaign", "活動中的角色");
        let role = roles(given).map(|data| grading(title, data, given.options));
        Columns { role, ..Columns::of_contacts(given.dataset, given.options) }
    }
}

fn grading(title: Label, data: GradingData, options: &CampaignOptions) -> Grading {
    let made_with = serde_json::to_string(options).expect("options are JSON");
    Grading { title, is_part: false, data, made_with }
}

fn roles(given: Given) -> Option<GradingData> {
    let campaign = Campaign::new(given).ok()?;
    let test = campaign.test(&mut Vec::new());
    let rolled = test.and_then(|test| campaign.roll_out(&test)).map(|step| step.roll_out);
    let not_yet = || RollOut::recorded(&campaign.cells, &campaign.sample, &[]);
    let class = rolled.unwrap_or_else(not_yet).fate.into_iter().map(|fate| match fate {
        Fate::Outside => None,
        Fate::Tested => Some(0),
        Fate::Control => Some(1),
        Fate::RollOut => Some(2),
        Fate::Guarded => Some(3),
        Fate::NotMailed => Some(4),
    });
    let labels = vec![
        Label::new("Test", "測試"),
        Label::new("Control", "對照組"),
        Label::new("Roll-out", "全面寄發"),
        Label::new("Held back by the guard", "防護略過"),
        Label::new("Not mailed", "不寄發"),
    ];
    Some(GradingData::Classes { class: class.collect(), labels })
}
