//! Columns of values, dictionary-encoded, one row per transaction or customer.

use crate::core::dictionary::{Dictionary, NO_CODE};
use serde::{Deserialize, Serialize};

/// What the rows of a table are. A new kind of table is a new variant here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// One row per purchase, refund or order line.
    Transactions,
    /// One row per customer: last purchase, number of purchases, total spend.
    Summary,
    /// One row per customer or prospect: attributes.
    Customers,
    /// One row per customer chosen for a wave of a campaign, those held back for comparison included.
    Contacts,
    /// One row per response to a campaign. A response may be known by its key code alone: its customer is then
    /// [`NO_CODE`].
    Responses,
}

impl TableKind {
    pub const ALL: [TableKind; 5] = [
        TableKind::Transactions,
        TableKind::Summary,
        TableKind::Customers,
        TableKind::Contacts,
        TableKind::Responses,
    ];

    /// The table says who the customers are and what they bought. A customer who is met in the other tables only is
    /// not in the customer data.
    pub fn is_customer_data(self) -> bool {
        matches!(self, TableKind::Transactions | TableKind::Summary | TableKind::Customers)
    }

    /// The table holds purchases.
    pub fn has_purchases(self) -> bool {
        matches!(self, TableKind::Transactions | TableKind::Summary)
    }

    /// A customer has at most one row.
    pub fn is_one_row_per_customer(self) -> bool {
        matches!(self, TableKind::Summary | TableKind::Customers)
    }

    /// A row may have no customer.
    pub fn may_lack_customer(self) -> bool {
        self == TableKind::Responses
    }
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Customer,
    /// The day of a transaction.
    Date,
    /// The money of a transaction.
    Amount,
    Order,
    Product,
    Category,
    Quantity,
    /// The price of one unit: with the quantity it makes the amount where a file has none.
    UnitPrice,
    Channel,
    Region,
    /// What the goods of the row cost.
    Cost,
    /// Amount minus cost.
    Margin,
    /// Summary: the day of the last purchase.
    LastPurchase,
    /// Summary: days from the last purchase to the day of the summary.
    DaysSince,
    /// Summary: number of purchases.
    Purchases,
    /// Summary: total spend.
    TotalSpend,
    /// Any other column, kept under its own name.
    Attribute,
    /// The campaign that a contact or response belongs to.
    Campaign,
    /// Contacts: test, control or roll-out.
    Wave,
    /// The code printed on what was sent, by which a response is recognised.
    KeyCode,
    /// Contacts: the code of the cell that the customer was in.
    Cell,
}

/// "No value" in [`ColumnData::Days`].
pub const NO_DAY: i32 = i32::MIN;
/// "No value" in [`ColumnData::Money`].
pub const NO_MONEY: i64 = i64::MIN;

/// The values of a column. Each form has a value for "none": [`NO_DAY`], [`NO_MONEY`], [`NO_CODE`] and,
/// inside [`ColumnData::Numbers`] only, NaN, which no accessor lets out.
#[derive(Clone, Debug)]
pub enum ColumnData {
    /// Days since 1970-01-01.
    Days(Vec<i32>),
    /// Minor units of the workspace's currency.
    Money(Vec<i64>),
    /// Texts, by their codes in the column's dictionary.
    Texts {
        codes: Vec<u32>,
        dictionary: Dictionary,
    },
    Numbers(Vec<f64>),
}

impl ColumnData {
    pub fn len(&self) -> usize {
        match self {
            ColumnData::Days(v) => v.len(),
            ColumnData::Money(v) => v.len(),
            ColumnData::Texts { codes, .. } => codes.len(),
            ColumnData::Numbers(v) => v.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes the values and the distinct texts take in memory.
    pub fn memory(&self) -> (usize, usize) {
        match self {
            ColumnData::Days(v) => (size_of_val(&**v), 0),
            ColumnData::Money(v) => (size_of_val(&**v), 0),
            ColumnData::Texts { codes, dictionary } => (size_of_val(&**codes), dictionary.memory()),
            ColumnData::Numbers(v) => (size_of_val(&**v), 0),
        }
    }

    /// Makes room for so many more values.
    pub fn reserve(&mut self, more: usize) {
        match self {
            ColumnData::Days(v) => v.reserve_exact(more),
            ColumnData::Money(v) => v.reserve_exact(more),
            ColumnData::Texts { codes, dictionary } => {
                // Where nearly every row has had a text of its own, so will the others.
                if dictionary.len() * 8 >= codes.len() * 7 {
                    dictionary.reserve_alike(more);
                }
                codes.reserve_exact(more);
            }
            ColumnData::Numbers(v) => v.reserve_exact(more),
        }
    }

    /// Keeps the rows that are marked.
    fn retain(&mut self, keep: &[bool]) {
        match self {
            ColumnData::Days(v) => retain(v, keep),
            ColumnData::Money(v) => retain(v, keep),
            ColumnData::Texts { codes, .. } => retain(codes, keep),
            ColumnData::Numbers(v) => retain(v, keep),
        }
    }

    /// The text of a row, where the column holds texts and the row has one.
    pub fn text(&self, row: usize) -> Option<&str> {
        match self {
            ColumnData::Texts { codes, dictionary } if codes[row] != NO_CODE => {
                Some(dictionary.get(codes[row]))
            }
            _ => None,
        }
    }

    /// The number of a row, where the column holds numbers and the row has one.
    pub fn number(&self, row: usize) -> Option<f64> {
        match self {
            ColumnData::Numbers(values) if !values[row].is_nan() => Some(values[row]),
            _ => None,
        }
    }
}

fn retain<T>(values: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    values.retain(|_| keep.next() == Some(&true));
}

/// A named column with its meaning.
#[derive(Clone, Debug)]
pub struct Column {
    pub role: Role,
    /// The header in the file that it came from, or the role's own name.
    pub name: String,
    pub data: ColumnData,
}

/// A table of one dataset: row `i` belongs to customer `customer[i]` of the dataset's dictionary, or to nobody
/// ([`NO_CODE`]) where [`TableKind::may_lack_customer`].
#[derive(Clone, Debug)]
pub struct Table {
    pub kind: TableKind,
    pub customer: Vec<u32>,
    pub columns: Vec<Column>,
}

impl Table {
    pub fn rows(&self) -> usize {
        self.customer.len()
    }

    /// Keeps the rows that are marked; one mark for each row.
    pub fn retain_rows(&mut self, keep: &[bool]) {
        retain(&mut self.customer, keep);
        self.columns.iter_mut().for_each(|column| column.data.retain(keep));
    }

    pub fn column(&self, role: Role) -> Option<&Column> {
        self.columns.iter().find(|column| column.role == role)
    }

    /// The days of a column of days.
    pub fn days(&self, role: Role) -> Option<&[i32]> {
        match &self.column(role)?.data {
            ColumnData::Days(days) => Some(days),
            _ => None,
        }
    }

    /// The minor units of a column of money.
    pub fn money(&self, role: Role) -> Option<&[i64]> {
        match &self.column(role)?.data {
            ColumnData::Money(money) => Some(money),
            _ => None,
        }
    }

    /// The codes and the dictionary of a column of texts.
    pub fn texts(&self, role: Role) -> Option<(&[u32], &Dictionary)> {
        match &self.column(role)?.data {
            ColumnData::Texts { codes, dictionary } => Some((codes, dictionary)),
            _ => None,
        }
    }

    /// The numbers of a column of numbers (NaN where a row has none).
    pub fn numbers(&self, role: Role) -> Option<&[f64]> {
        match &self.column(role)?.data {
            ColumnData::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }
}
