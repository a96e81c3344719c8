//! The campaign tables: who was contacted in which wave, and who responded.

mod append;
mod guard;

pub use append::{append_contacts, remove_contacts};
pub use guard::{Campaign, campaigns_of, contacted_in, last_contact_day};

use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::table::{NO_DAY, NO_MONEY, Role, Table, TableKind};

/// The part of a campaign that a contact belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wave {
    /// The small sample of every cell that is mailed to learn its response rate.
    Test,
    /// Held back during the test, to compare with.
    TestControl,
    /// The rest of the cells that passed the test.
    RollOut,
    /// Held back during the roll-out, to compare with.
    Control,
    /// A wave with a name of its own.
    Other,
}

impl Wave {
    pub const ALL: [Wave; 5] = [Wave::Test, Wave::TestControl, Wave::RollOut, Wave::Control, Wave::Other];

    /// The stored text.
    pub fn code(self) -> &'static str {
        match self {
            Wave::Test => "test",
            Wave::TestControl => "test-control",
            Wave::RollOut => "roll-out",
            Wave::Control => "control",
            Wave::Other => "other",
        }
    }

    /// The wave that a text names: the stored text, or what other programs and people write.
    ///
    /// ```
    /// use quintile::core::contacts::Wave;
    /// assert!(Wave::ALL.iter().all(|&wave| Wave::of(wave.code()) == wave));
    /// assert_eq!([Wave::of("Roll Out"), Wave::of("對照組"), Wave::of("spring")], [Wave::RollOut, Wave::Control, Wave::Other]);
    /// ```
    pub fn of(text: &str) -> Wave {
        let plain: String =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match plain.as_str() {
            "test" | "celltest" | "pilot" | "測試" | "區塊測試" => Wave::Test,
            "testcontrol" | "測試對照" | "測試對照組" => Wave::TestControl,
            "rollout" | "main" | "執行" | "行銷活動執行" => Wave::RollOut,
            "control" | "controlgroup" | "holdout" | "對照" | "對照組" | "控制組" => Wave::Control,
            _ => Wave::Other,
        }
    }

    /// Nobody in this wave is contacted: they are held back to compare with.
    pub fn is_held_back(self) -> bool {
        matches!(self, Wave::TestControl | Wave::Control)
    }
}

/// One row of the contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact<'a> {
    pub customer: u32,
    pub day: Option<Day>,
    pub campaign: Option<&'a str>,
    pub wave: Option<Wave>,
    pub key_code: Option<&'a str>,
    pub cell: Option<&'a str>,
}

/// A column of texts that a table may lack.
#[derive(Clone, Copy)]
struct Texts<'a>(Option<(&'a [u32], &'a Dictionary)>);

impl<'a> Texts<'a> {
    fn of(table: &'a Table, role: Role) -> Texts<'a> {
        Texts(table.texts(role))
    }

    fn code(&self, row: usize) -> Option<u32> {
        Some(self.0?.0[row]).filter(|&code| code != NO_CODE)
    }

    fn get(&self, row: usize) -> Option<&'a str> {
        Some(self.0?.1.get(self.code(row)?))
    }
}

fn day_of(days: Option<&[i32]>, row: usize) -> Option<Day> {
    Some(days?[row]).filter(|&day| day != NO_DAY).map(Day)
}

/// The contacts of a dataset, column by column.
pub struct Contacts<'a> {
    table: &'a Table,
    days: Option<&'a [i32]>,
    campaign: Texts<'a>,
    wave: Texts<'a>,
    /// The wave that each text of the wave column names.
    waves: Vec<Wave>,
    key_code: Texts<'a>,
    cell: Texts<'a>,
}

impl<'a> Contacts<'a> {
    /// `None` where the dataset has no contacts.
    pub fn of(dataset: &'a Dataset) -> Option<Contacts<'a>> {
        let table = dataset.table(TableKind::Contacts)?;
        let wave = Texts::of(table, Role::Wave);
        Some(Contacts {
            table,
            days: table.days(Role::Date),
            campaign: Texts::of(table, Role::Campaign),
            waves: wave.0.map_or_else(Vec::new, |(_, texts)| texts.iter().map(Wave::of).collect()),
            wave,
            key_code: Texts::of(table, Role::KeyCode),
            cell: Texts::of(table, Role::Cell),
        })
    }

    pub fn len(&self) -> usize {
        self.table.rows()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn customer(&self, row: usize) -> u32 {
        self.table.customer[row]
    }

    pub fn day(&self, row: usize) -> Option<Day> {
        day_of(self.days, row)
    }

    /// The number of the row's campaign in [`Contacts::campaigns`].
    pub fn campaign_code(&self, row: usize) -> Option<u32> {
        self.campaign.code(row)
    }

    /// The names of the campaigns by their numbers; `None` where the table has no campaigns.
    pub fn campaigns(&self) -> Option<&'a Dictionary> {
        self.campaign.0.map(|(_, names)| names)
    }

    pub fn wave(&self, row: usize) -> Option<Wave> {
        Some(self.waves[self.wave.code(row)? as usize])
    }

    /// The customer was chosen but held back to compare with.
    pub fn is_held_back(&self, row: usize) -> bool {
        self.wave(row).is_some_and(Wave::is_held_back)
    }

    pub fn key_code(&self, row: usize) -> Option<&'a str> {
        self.key_code.get(row)
    }

    pub fn cell(&self, row: usize) -> Option<&'a str> {
        self.cell.get(row)
    }

    pub fn get(&self, row: usize) -> Contact<'a> {
        Contact {
            customer: self.customer(row),
            day: self.day(row),
            campaign: self.campaign.get(row),
            wave: self.wave(row),
            key_code: self.key_code(row),
            cell: self.cell(row),
        }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = Contact<'a>> {
        (0..self.len()).map(|row| self.get(row))
    }
}

/// One row of the responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response<'a> {
    /// `None`: known by the key code alone.
    pub customer: Option<u32>,
    pub day: Option<Day>,
    /// The money that the response brought, in minor units.
    pub revenue: Option<i64>,
    pub campaign: Option<&'a str>,
    pub key_code: Option<&'a str>,
}

/// The responses of a dataset, column by column.
pub struct Responses<'a> {
    table: &'a Table,
    days: Option<&'a [i32]>,
    revenue: Option<&'a [i64]>,
    campaign: Texts<'a>,
    key_code: Texts<'a>,
}

impl<'a> Responses<'a> {
    /// `None` where the dataset has no responses.
    pub fn of(dataset: &'a Dataset) -> Option<Responses<'a>> {
        let table = dataset.table(TableKind::Responses)?;
        Some(Responses {
            table,
            days: table.days(Role::Date),
            revenue: table.money(Role::Amount),
            campaign: Texts::of(table, Role::Campaign),
            key_code: Texts::of(table, Role::KeyCode),
        })
    }

    pub fn len(&self) -> usize {
        self.table.rows()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The file that the table came from had a column of revenue.
    pub fn has_revenue(&self) -> bool {
        self.revenue.is_some()
    }

    pub fn get(&self, row: usize) -> Response<'a> {
        Response {
            customer: Some(self.table.customer[row]).filter(|&code| code != NO_CODE),
            day: day_of(self.days, row),
            revenue: self.revenue.map(|money| money[row]).filter(|&money| money != NO_MONEY),
            campaign: self.campaign.get(row),
            key_code: self.key_code.get(row),
        }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = Response<'a>> {
        (0..self.len()).map(|row| self.get(row))
    }
}
