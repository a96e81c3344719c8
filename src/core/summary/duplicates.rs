//! Rows that repeat another row in every column.

use crate::core::table::{ColumnData, Table};

/// Places in the field that finds the suspects, at least so many a row: with eight, one row in ten is suspected in vain.
const PLACES_A_ROW: usize = 8;

/// `true` for every row that repeats an earlier one.
pub(super) fn duplicate_rows(table: &Table) -> Vec<bool> {
    let mut suspects = suspects(&row_hashes(table));
    suspects.sort_unstable();
    let mut repeats = vec![false; table.rows()];
    let mut firsts: Vec<usize> = Vec::new();
    for alike in suspects.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        // Rows of one hash are nearly always equal, but not surely: then there are several to be equal to.
        firsts.clear();
        for &(_, row) in alike {
            let row = row as usize;
            repeats[row] = firsts.iter().any(|&first| same(table, first, row));
            if !repeats[row] {
                firsts.push(row);
            }
        }
    }
    repeats
}

/// The rows that may be like another one, with their hashes: at least two fell on their place. Most rows of most files are
/// alone on theirs, and a field of two bits a place waits less for memory than a table of all rows.
fn suspects(hashes: &[u64]) -> Vec<(u64, u32)> {
    const PLACES_A_WORD: usize = 32;
    let places = (hashes.len() * PLACES_A_ROW).next_power_of_two().max(PLACES_A_WORD);
    let find = |hash: u64| {
        // All that was multiplied is in the highest bits.
        let place = (hash >> (u64::BITS - places.ilog2())) as usize;
        (place / PLACES_A_WORD, place % PLACES_A_WORD * 2)
    };
    // The lower bit of a place: a row fell here; the upper: another one, too.
    let mut field = vec![0_u64; places / PLACES_A_WORD];
    for &hash in hashes {
        let (word, shift) = find(hash);
        field[word] |= ((field[word] >> shift & 1) << 1 | 1) << shift;
    }
    let is_shared = |hash| {
        let (word, shift) = find(hash);
        field[word] >> shift & 2 != 0
    };
    hashes.iter().copied().zip(0..).filter(|&(hash, _)| is_shared(hash)).collect()
}

/// Column by column, which is how the values lie in memory.
fn row_hashes(table: &Table) -> Vec<u64> {
    let mut hashes = vec![0u64; table.rows()];
    mix(&mut hashes, table.customer.iter().map(|&v| u64::from(v)));
    for column in &table.columns {
        match &column.data {
            ColumnData::Days(v) => mix(&mut hashes, v.iter().map(|&v| v as u64)),
            ColumnData::Money(v) => mix(&mut hashes, v.iter().map(|&v| v as u64)),
            ColumnData::Texts { codes, .. } => mix(&mut hashes, codes.iter().map(|&v| u64::from(v))),
            ColumnData::Numbers(v) => mix(&mut hashes, v.iter().map(|v| v.to_bits())),
        }
    }
    hashes
}

fn mix(hashes: &mut [u64], values: impl Iterator<Item = u64>) {
    for (hash, value) in hashes.iter_mut().zip(values) {
        *hash = (hash.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::dictionary::Dictionary;
    use crate::core::table::{Column, Role, TableKind};
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn rows_of_one_hash_that_differ_do_not_repeat_each_other() {
        let column = |role, data| Column { role, name: String::new(), data };
        // The other quantity differs in its highest bit alone, and the other product makes up for that.
        let quantities = ColumnData::Numbers(vec![1.0, -1.0, 1.0, -1.0]);
        let codes = vec![3, 19, 3, 19];
        let products = ColumnData::Texts { codes, dictionary: Dictionary::default() };
        let columns = vec![column(Role::Quantity, quantities), column(Role::Product, products)];
        let table = Table { kind: TableKind::Transactions, customer: vec![7; 4], columns };
        let hashes = row_hashes(&table);
        assert!(hashes.iter().all(|&hash| hash == hashes[0]), "{hashes:?}");
        assert_eq!(duplicate_rows(&table), [false, false, true, true]);
    }

    proptest! {
        #[test]
        fn exactly_the_rows_repeat_that_a_set_has_seen(
            rows in proptest::collection::vec((0_u32..40, 0_i32..6, -2_i64..3), 0..600)
        ) {
            let (customer, (days, amounts)): (Vec<u32>, (Vec<i32>, Vec<i64>)) =
                rows.iter().map(|&(customer, day, amount)| (customer, (day, amount))).unzip();
            let column = |role, data| Column { role, name: String::new(), data };
            let columns = vec![
                column(Role::Date, ColumnData::Days(days)),
                column(Role::Amount, ColumnData::Money(amounts)),
            ];
            let table = Table { kind: TableKind::Transactions, customer, columns };
            let mut seen = HashSet::new();
            let expected: Vec<bool> = rows.iter().map(|row| !seen.insert(row)).collect();
            prop_assert_eq!(duplicate_rows(&table), expected);
        }
    }
}
