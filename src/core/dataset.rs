//! A dataset: several tables that share one customer dictionary.

use crate::core::dictionary::Dictionary;
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
}
