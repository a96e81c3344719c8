//! Adding a file to a table that is already there: does it overlap, and the joining itself.

use crate::core::day::Day;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::table::{Column, ColumnData, NO_DAY, NO_MONEY, Role, Table};
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use std::hash::Hasher;

/// What a new file has in common with the table that it is to be added to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// The days that both cover.
    pub period: Option<(Day, Day)>,
    pub new_rows: u64,
    /// New rows that exactly repeat an existing one: same customer, order, date and amount, and in the tables of a
    /// campaign the same campaign, wave and key code.
    pub repeated_rows: u64,
}

/// Compares a new table with the existing one. Both use `customers` of the import, which extends those of the dataset.
pub fn overlap(existing: &Table, new: &Table) -> Overlap {
    let period = match (period(existing), period(new)) {
        (Some(a), Some(b)) => Some((a.0.max(b.0), a.1.min(b.1))).filter(|(first, last)| first <= last),
        _ => None,
    };
    let mut rows: hashbrown::HashTable<(u32, u32)> = hashbrown::HashTable::with_capacity(existing.rows());
    let (old_keys, new_keys) = (RowKeys::new(existing), RowKeys::new(new));
    // Each existing row can be repeated once: (row, times).
    for row in 0..existing.rows() {
        let hash = old_keys.hash(row);
        let same = |&(other, _): &(u32, u32)| old_keys.equals(row, &old_keys, other as usize);
        match rows.find_mut(hash, same) {
            Some((_, times)) => *times += 1,
            None => {
                rows.insert_unique(hash, (row as u32, 1), |&(r, _)| old_keys.hash(r as usize));
            }
        }
    }
    let mut repeated_rows = 0;
    for row in 0..new.rows() {
        let same = |&(other, _): &(u32, u32)| new_keys.equals(row, &old_keys, other as usize);
        if let Some((_, times @ 1..)) = rows.find_mut(new_keys.hash(row), same) {
            *times -= 1;
            repeated_rows += 1;
        }
    }
    Overlap { period, new_rows: new.rows() as u64, repeated_rows }
}

fn period(table: &Table) -> Option<(Day, Day)> {
    let days = table.days(Role::Date).or_else(|| table.days(Role::LastPurchase))?;
    let filled = || days.iter().copied().filter(|&day| day != NO_DAY);
    Some((Day(filled().min()?), Day(filled().max()?)))
}

/// What makes two rows the same.
struct RowKeys<'a> {
    customer: &'a [u32],
    texts: [Option<(&'a [u32], &'a Dictionary)>; 4],
    day: Option<&'a [i32]>,
    money: Option<&'a [i64]>,
}

impl<'a> RowKeys<'a> {
    fn new(table: &'a Table) -> RowKeys<'a> {
        RowKeys {
            customer: &table.customer,
            texts: [Role::Order, Role::Campaign, Role::Wave, Role::KeyCode].map(|role| table.texts(role)),
            day: table.days(Role::Date).or_else(|| table.days(Role::LastPurchase)),
            money: table.money(Role::Amount).or_else(|| table.money(Role::TotalSpend)),
        }
    }

    fn day(&self, row: usize) -> i32 {
        self.day.map_or(NO_DAY, |days| days[row])
    }

    fn money(&self, row: usize) -> i64 {
        self.money.map_or(NO_MONEY, |money| money[row])
    }

    fn texts(&self, row: usize) -> [Option<&str>; 4] {
        let text = |(codes, texts): (&'a [u32], &'a Dictionary)| {
            Some(codes[row]).filter(|&code| code != NO_CODE).map(|code| texts.get(code))
        };
        self.texts.map(|column| column.and_then(text))
    }

    fn hash(&self, row: usize) -> u64 {
        let mut hasher = FxHasher::default();
        hasher.write_u32(self.customer[row]);
        hasher.write_i32(self.day(row));
        hasher.write_i64(self.money(row));
        // Responses without a customer differ by their texts alone.
        self.texts(row).into_iter().flatten().for_each(|text| hasher.write(text.as_bytes()));
        hasher.finish()
    }

    fn equals(&self, row: usize, other: &RowKeys, other_row: usize) -> bool {
        self.customer[row] == other.customer[other_row]
            && self.day(row) == other.day(other_row)
            && self.money(row) == other.money(other_row)
            && self.texts(row) == other.texts(other_row)
    }
}

/// Adds the rows of a table to another of the same kind and the same customers. Columns are matched by role, and
/// attributes by name and form; a row has no value where its table lacks the column.
pub fn append(existing: &mut Table, new: Table) {
    let (old_rows, new_rows) = (existing.rows(), new.rows());
    existing.customer.extend_from_slice(&new.customer);
    for column in new.columns {
        match existing.columns.iter_mut().find(|old| old.data.len() == old_rows && same_column(old, &column))
        {
            Some(old) => extend(&mut old.data, column.data),
            None => {
                let mut data = empty_like(&column.data);
                extend_empty(&mut data, old_rows);
                extend(&mut data, column.data);
                existing.columns.push(Column { role: column.role, name: column.name, data });
            }
        }
    }
    for old in existing.columns.iter_mut().filter(|old| old.data.len() == old_rows) {
        extend_empty(&mut old.data, new_rows);
    }
}

fn same_column(a: &Column, b: &Column) -> bool {
    let same_form = std::mem::discriminant(&a.data) == std::mem::discriminant(&b.data);
    a.role == b.role && same_form && (a.role != Role::Attribute || a.name == b.name)
}

fn empty_like(data: &ColumnData) -> ColumnData {
    match data {
        ColumnData::Days(_) => ColumnData::Days(Vec::new()),
        ColumnData::Money(_) => ColumnData::Money(Vec::new()),
        ColumnData::Numbers(_) => ColumnData::Numbers(Vec::new()),
        ColumnData::Texts { .. } => {
            ColumnData::Texts { codes: Vec::new(), dictionary: Dictionary::default() }
        }
    }
}

fn extend_empty(data: &mut ColumnData, rows: usize) {
    let len = data.len() + rows;
    match data {
        ColumnData::Days(days) => days.resize(len, NO_DAY),
        ColumnData::Money(money) => money.resize(len, NO_MONEY),
        ColumnData::Numbers(numbers) => numbers.resize(len, f64::NAN),
        ColumnData::Texts { codes, .. } => codes.resize(len, NO_CODE),
    }
}

fn extend(data: &mut ColumnData, more: ColumnData) {
    match (data, more) {
        (ColumnData::Days(days), ColumnData::Days(more)) => days.extend(more),
        (ColumnData::Money(money), ColumnData::Money(more)) => money.extend(more),
        (ColumnData::Numbers(numbers), ColumnData::Numbers(more)) => numbers.extend(more),
        (ColumnData::Texts { codes, dictionary }, ColumnData::Texts { codes: more, dictionary: texts }) => {
            let new_codes: Vec<u32> = texts.iter().map(|text| dictionary.intern(text)).collect();
            codes.extend(
                more.iter().map(|&code| if code == NO_CODE { NO_CODE } else { new_codes[code as usize] }),
            );
        }
        // Columns are matched by form before.
        (data, more) => extend_empty(data, more.len()),
    }
}
