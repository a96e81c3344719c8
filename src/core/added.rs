//! Tables added to data that are made again from a seed: stored apart, with a dictionary of only their own
//! customers, and put back by the customers' names.

use crate::core::dataset::{Dataset, keep_used, recode};
use crate::core::table::TableKind;
use std::collections::BTreeMap;

/// The tables of some kinds as a dataset of their own. Their customers keep their order, so that putting the tables
/// back gives every customer its code again.
///
/// ```
/// use quintile::core::{added, sample, table::TableKind, workspace::SampleId};
/// let shop = sample::make(SampleId::Shop, sample::SEED, &mut |_| ());
/// let apart = added::take_out(&shop, |kind| kind == TableKind::Customers);
/// assert!(apart.table(TableKind::Transactions).is_none());
/// let mut again = shop.clone();
/// added::put_back(&mut again, apart);
/// assert_eq!(again.customers, shop.customers);
/// ```
pub fn take_out(dataset: &Dataset, is_added: impl Fn(TableKind) -> bool) -> Dataset {
    let added = dataset.tables.iter().filter(|(kind, _)| is_added(**kind));
    let mut tables: BTreeMap<_, _> = added.map(|(&kind, table)| (kind, table.clone())).collect();
    let customers = keep_used(&dataset.customers, &mut tables).unwrap_or_else(|| dataset.customers.clone());
    Dataset { customers, tables, ..Dataset::default() }
}

/// Puts added tables back. Customers that the dataset does not know are appended to its dictionary; a table in place
/// of one of the same kind takes its place.
pub fn put_back(dataset: &mut Dataset, added: Dataset) {
    let Dataset { customers, tables, .. } = added;
    let new_code: Vec<u32> = customers.iter().map(|name| dataset.customers.intern(name)).collect();
    for mut table in tables.into_values() {
        recode(&mut table.customer, &new_code);
        dataset.tables.insert(table.kind, table);
    }
}
