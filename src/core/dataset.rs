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

    /// After a table has gone, customers that no other table has go too, so that every code is somebody's.
    fn forget_unused_customers(&mut self) {
        let mut new_code = vec![NO_CODE; self.customers.len()];
        for &code in self.tables.values().flat_map(|table| &table.customer) {
            new_code[code as usize] = 0;
        }
        self.gradings = Gradings::default();
        if new_code.iter().all(|&code| code == 0) {
            return;
        }
        let mut kept = Dictionary::default();
        for (code, new) in new_code.iter_mut().enumerate().filter(|(_, new)| **new == 0) {
            *new = kept.intern(self.customers.get(code as u32));
        }
        self.customers = kept;
        for customer in self.tables.values_mut().flat_map(|table| &mut table.customer) {
            *customer = new_code[*customer as usize];
        }
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
}
