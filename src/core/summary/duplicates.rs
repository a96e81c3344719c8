//! Rows that repeat another row in every column.

use crate::core::table::{ColumnData, Table};
use hashbrown::HashTable;

/// `true` for every row that repeats an earlier one.
pub(super) fn duplicate_rows(table: &Table) -> Vec<bool> {
    let hashes = row_hashes(table);
    let mut first_rows: HashTable<u32> = HashTable::with_capacity(table.rows());
    (0..table.rows() as u32)
        .map(|row| {
            let hash = hashes[row as usize];
            let equal = |&other: &u32| same(table, row as usize, other as usize);
            let repeats = first_rows.find(hash, equal).is_some();
            if !repeats {
                first_rows.insert_unique(hash, row, |&other| hashes[other as usize]);
            }
            repeats
        })
        .collect()
}

/// Column by column, which is how the values lie in memory.
fn row_hashes(table: &Table) -> Vec<u64> {
    let mut hashes = vec![0u64; table.rows()];
    let mut mix = |values: &mut dyn Iterator<Item = u64>| {
        for (hash, value) in hashes.iter_mut().zip(values) {
            *hash = (hash.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    };
    mix(&mut table.customer.iter().map(|&v| u64::from(v)));
    for column in &table.columns {
        match &column.data {
            ColumnData::Days(v) => mix(&mut v.iter().map(|&v| v as u64)),
            ColumnData::Money(v) => mix(&mut v.iter().map(|&v| v as u64)),
            ColumnData::Texts { codes, .. } => mix(&mut codes.iter().map(|&v| u64::from(v))),
            ColumnData::Numbers(v) => mix(&mut v.iter().map(|v| v.to_bits())),
        }
    }
    // A multiplication moves differences upwards only; the hash table also looks at the low bits.
    hashes.iter_mut().for_each(|hash| *hash ^= *hash >> 32);
    hashes
}

fn same(table: &Table, a: usize, b: usize) -> bool {
    table.customer[a] == table.customer[b]
        && table.columns.iter().all(|column| match &column.data {
            ColumnData::Days(v) => v[a] == v[b],
            ColumnData::Money(v) => v[a] == v[b],
            ColumnData::Texts { codes, .. } => codes[a] == codes[b],
            ColumnData::Numbers(v) => v[a].to_bits() == v[b].to_bits(),
        })
}
