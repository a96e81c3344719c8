//! A dataset: several tables that share one customer dictionary.

use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::grading::Gradings;
use crate::core::table::{Table, TableKind};
use std::collections::BTreeMap;

/// All data of a workspace. Customer `c` of any table is `customers.get(c)`.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    pub customers: Dictionary,
    pub tables: BTreeMap<TableKind, Table>,
    /// What tools have published about each customer; never stored, always derived again.
    pub gradings: Gradings,
}

impl Dataset {
    pub fn table(&self, kind: TableKind) -> Option<&Table> {
        self.tables.get(&kind)
    }

    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Puts a table in place of the one of its kind. Its customers are codes of `customers`, which holds at least
    /// the texts of this dataset's own dictionary under the same codes.
    pub fn set_table(&mut self, table: Table, customers: Dictionary) {
        self.customers = customers;
        self.tables.insert(table.kind, table);
        self.forget_unused_customers();
    }

    pub fn remove_table(&mut self, kind: TableKind) -> Option<Table> {
        let removed = self.tables.remove(&kind);
        self.forget_unused_customers();
        removed
    }

    /// Which codes are in the customer data: in transactions, a summary or a customer table. The others were only
    /// contacted, or have only responded.
    pub fn in_customer_data(&self) -> Vec<bool> {
        let mut is_in = vec![false; self.customers.len()];
        let tables = self.tables.values().filter(|table| table.kind.is_customer_data());
        for &code in tables.flat_map(|table| &table.customer).filter(|&&code| code != NO_CODE) {
            is_in[code as usize] = true;
        }
        is_in
    }

    /// How many customers the customer data hold.
    pub fn customers_in_data(&self) -> u64 {
        self.in_customer_data().into_iter().filter(|&is_in| is_in).count() as u64
    }

    /// After rows have gone, customers that no table has any longer go too, so that every code is somebody's. What was
    /// published about the customers is forgotten with their codes.
    pub fn forget_unused_customers(&mut self) {
        self.gradings = Gradings::default();
        if let Some(kept) = keep_used(&self.customers, &mut self.tables) {
            self.customers = kept;
        }
    }
}

/// A dictionary of only the customers that tables use, in their order, and the tables coded by it; `None`, and the
/// tables as they were, where they use all.
pub(super) fn keep_used(
    customers: &Dictionary,
    tables: &mut BTreeMap<TableKind, Table>,
) -> Option<Dictionary> {
    let mut new_code = vec![NO_CODE; customers.len()];
    for &code in tables.values().flat_map(|table| &table.customer).filter(|&&code| code != NO_CODE) {
        new_code[code as usize] = 0;
    }
    if new_code.iter().all(|&code| code == 0) {
        return None;
    }
    let mut kept = Dictionary::default();
    for (code, new) in new_code.iter_mut().enumerate().filter(|(_, new)| **new == 0) {
        *new = kept.intern(customers.get(code as u32));
    }
    tables.values_mut().for_each(|table| recode(&mut table.customer, &new_code));
    Some(kept)
}

/// Gives every customer another code; a row without a customer stays without.
pub(super) fn recode(customer: &mut [u32], new_code: &[u32]) {
    for code in customer.iter_mut().filter(|code| **code != NO_CODE) {
        *code = new_code[*code as usize];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(kind: TableKind, customer: Vec<u32>) -> Table {
        Table { kind, customer, columns: Vec::new() }
    }

    #[test]
    fn customers_of_a_removed_table_go_and_the_others_keep_their_names() {
        let mut data = Dataset::default();
        let customers: Dictionary = ["a", "b", "c"].into_iter().collect();
        data.set_table(table(TableKind::Transactions, vec![0, 1, 1]), customers.clone());
        assert_eq!(data.customers.len(), 2);
        data.set_table(table(TableKind::Customers, vec![2, 1]), customers);
        assert_eq!(data.customers.len(), 3);
        data.remove_table(TableKind::Transactions);
        let names: Vec<&str> =
            data.tables[&TableKind::Customers].customer.iter().map(|&c| data.customers.get(c)).collect();
        assert_eq!((names, data.customers.len()), (vec!["c", "b"], 2));
    }

    #[test]
    fn rows_without_a_customer_stay_so_and_responders_alone_are_not_in_the_customer_data() {
        let mut data = Dataset::default();
        let customers: Dictionary = ["a", "b", "c"].into_iter().collect();
        data.set_table(table(TableKind::Transactions, vec![0, 1]), customers.clone());
        data.set_table(table(TableKind::Responses, vec![NO_CODE, 2, 1]), customers);
        assert_eq!(data.in_customer_data(), [true, true, false]);
        assert_eq!(data.customers_in_data(), 2);
        data.remove_table(TableKind::Transactions);
        assert_eq!(data.tables[&TableKind::Responses].customer, [NO_CODE, 1, 0]);
        assert_eq!((data.customers.len(), data.customers_in_data()), (2, 0));
    }
}
