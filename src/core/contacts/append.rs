//! Contacts that a campaign adds to the table, or takes back.

use super::{Contact, Contacts};
use crate::core::dataset::Dataset;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::import::append;
use crate::core::table::{Column, ColumnData, NO_DAY, Role, Table, TableKind};

/// Adds rows to the contacts of a dataset, or makes the table, and tells how many. Their customers are codes of the
/// dataset's dictionary; what was published about the customers stays.
///
/// ```
/// use quintile::core::contacts::{Contact, Contacts, Wave, append_contacts};
/// use quintile::core::{sample, workspace::SampleId};
/// let mut shop = sample::make(SampleId::Teaching, sample::SEED, &mut |_| ());
/// let contact = Contact {
///     customer: 3, day: None, campaign: Some("Spring"), wave: Some(Wave::Test), key_code: Some("S1"), cell: Some("555"),
/// };
/// assert_eq!(append_contacts(&mut shop, [contact]), 1);
/// assert_eq!(Contacts::of(&shop).unwrap().get(0), contact);
/// ```
pub fn append_contacts<'a>(dataset: &mut Dataset, rows: impl IntoIterator<Item = Contact<'a>>) -> u64 {
    let (mut customer, mut days) = (Vec::new(), Vec::new());
    let mut texts: [Interned<'a>; 4] = Default::default();
    for row in rows {
        customer.push(row.customer);
        days.push(row.day.map_or(NO_DAY, |day| day.0));
        let values = [row.campaign, row.wave.map(super::Wave::code), row.key_code, row.cell];
        texts.iter_mut().zip(values).for_each(|(column, text)| column.push(text));
    }
    if customer.is_empty() {
        return 0;
    }
    let named = |role, name: &str, data| Column { role, name: name.into(), data };
    let [campaign, wave, key_code, cell] = texts.map(Interned::data);
    let columns = vec![
        named(Role::Date, "contact_date", ColumnData::Days(days)),
        named(Role::Campaign, "campaign", campaign),
        named(Role::Wave, "wave", wave),
        named(Role::KeyCode, "key_code", key_code),
        named(Role::Cell, "cell", cell),
    ];
    let new = Table { kind: TableKind::Contacts, customer, columns };
    let count = new.rows() as u64;
    match dataset.tables.get_mut(&TableKind::Contacts) {
        Some(table) => append(table, new),
        None => drop(dataset.tables.insert(TableKind::Contacts, new)),
    }
    count
}

/// Takes rows out of the contacts of a dataset, such as those of a wave that is recorded anew, and tells how many. A
/// table without rows goes. The customers keep their codes.
///
/// ```
/// use quintile::core::contacts::{Contact, Contacts, append_contacts, remove_contacts};
/// use quintile::core::{sample, workspace::SampleId};
/// let mut shop = sample::make(SampleId::Teaching, sample::SEED, &mut |_| ());
/// let contact = Contact { customer: 3, day: None, campaign: Some("Spring"), wave: None, key_code: None, cell: None };
/// append_contacts(&mut shop, [contact, Contact { campaign: Some("Summer"), ..contact }]);
/// assert_eq!(remove_contacts(&mut shop, |contact| contact.campaign == Some("Spring")), 1);
/// assert_eq!(Contacts::of(&shop).unwrap().get(0).campaign, Some("Summer"));
/// ```
pub fn remove_contacts(dataset: &mut Dataset, is_out: impl Fn(&Contact) -> bool) -> u64 {
    let Some(contacts) = Contacts::of(dataset) else { return 0 };
    let keep: Vec<bool> = contacts.iter().map(|contact| !is_out(&contact)).collect();
    let kept = keep.iter().filter(|keep| **keep).count();
    if kept == 0 {
        dataset.tables.remove(&TableKind::Contacts);
    } else if let Some(table) = dataset.tables.get_mut(&TableKind::Contacts) {
        table.retain_rows(&keep);
    }
    (keep.len() - kept) as u64
}

/// A column of texts that grows; the text of the row before is not looked up again.
#[derive(Default)]
struct Interned<'a> {
    codes: Vec<u32>,
    dictionary: Dictionary,
    last: Option<(&'a str, u32)>,
}

impl<'a> Interned<'a> {
    fn push(&mut self, text: Option<&'a str>) {
        let code = match (text, self.last) {
            (None, _) => NO_CODE,
            (Some(text), Some((last, code))) if std::ptr::eq(text, last) => code,
            (Some(text), _) => {
                let code = self.dictionary.intern(text);
                self.last = Some((text, code));
                code
            }
        };
        self.codes.push(code);
    }

    fn data(self) -> ColumnData {
        ColumnData::Texts { codes: self.codes, dictionary: self.dictionary }
    }
}
