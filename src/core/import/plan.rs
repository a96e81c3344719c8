//! What the person has confirmed: how a file is read, and what its columns mean.

use super::amounts::NumberStyle;
use super::dates::DateForm;
use super::encoding::Encoding;
use crate::core::table::{Role, TableKind};
use serde::{Deserialize, Serialize};

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub encoding: Encoding,
    /// The ASCII character between cells.
    pub delimiter: u8,
    /// Whether `"` encloses cells.
    pub quoting: bool,
    /// The first row names the columns.
    pub header: bool,
    pub kind: TableKind,
    /// The columns in the order of the file.
    pub columns: Vec<ColumnPlan>,
    pub missing_customer: MissingCustomer,
}

/// What a column means and how it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnPlan {
    pub header: String,
    /// `None`: the column is left out.
    pub role: Option<Role>,
    /// Its texts are replaced by stable pseudonyms.
    #[serde(default)]
    pub pseudonymise: bool,
    /// The form of its dates. An attribute with a form is kept as days.
    #[serde(default)]
    pub date_form: Option<DateForm>,
    /// The style of its numbers. An attribute with a style is kept as numbers.
    #[serde(default)]
    pub number_style: Option<NumberStyle>,
}

/// What happens to a row without a customer, where [`Plan::can_be_unknown`]; elsewhere it is set aside, but for a
/// response with a key code, which is used without a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingCustomer {
    #[default]
    SetAside,
    /// All of them belong to one customer of this name.
    OneUnknown { name: String },
}

/// Why a plan cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanProblem {
    /// The kind of table needs one of these roles.
    Needs {
        kind: TableKind,
        one_of: Vec<Role>,
    },
    /// Two columns (counted from 0) have a role that can be given once.
    Twice {
        role: Role,
        first: usize,
        second: usize,
    },
    /// The role does not belong to this kind of table.
    Foreign {
        role: Role,
        kind: TableKind,
        column: usize,
    },
    /// A date column without a date form.
    NoDateForm {
        column: usize,
    },
    /// Only texts can be pseudonymised.
    NotText {
        column: usize,
    },
    TooManyColumns {
        found: usize,
        most: usize,
    },
    BadDelimiter,
    /// The encoding cannot be read here.
    NoDecoder {
        encoding: Encoding,
    },
}

/// A table of more columns is not a table of customers.
pub const MAX_COLUMNS: usize = 1_000;

/// How the values of a role are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Customer,
    Day,
    Money,
    Number,
    Text,
}

/// The roles that a kind of table can have, in the order in which they are offered.
pub fn roles(kind: TableKind) -> &'static [Role] {
    use Role::*;
    match kind {
        TableKind::Transactions => &[
            Customer, Date, Amount, Order, Product, Category, Quantity, UnitPrice, Channel, Region, Cost,
            Margin, Attribute,
        ],
        TableKind::Summary => &[
            Customer,
            LastPurchase,
            DaysSince,
            Purchases,
            TotalSpend,
            Channel,
            Region,
            Cost,
            Margin,
            Attribute,
        ],
        TableKind::Customers => &[Customer, Channel, Region, Attribute],
        TableKind::Contacts => &[Customer, Date, Campaign, Wave, KeyCode, Cell, Channel, Attribute],
        TableKind::Responses => &[Customer, KeyCode, Date, Amount, Campaign, Channel, Attribute],
    }
}

impl ColumnPlan {
    /// How the column's values are kept; `None` when it is left out.
    pub fn form(&self) -> Option<Form> {
        use Role::*;
        Some(match self.role? {
            Customer => Form::Customer,
            Date | LastPurchase => Form::Day,
            Amount | UnitPrice | Cost | Margin | TotalSpend => Form::Money,
            Quantity | DaysSince | Purchases => Form::Number,
            Order | Product | Category | Channel | Region | Campaign | Wave | KeyCode | Cell => Form::Text,
            Attribute if self.date_form.is_some() => Form::Day,
            Attribute if self.number_style.is_some() => Form::Number,
            Attribute => Form::Text,
        })
    }
}

impl Plan {
    /// The first column with a role.
    pub fn column_of(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == Some(role))
    }

    /// The amount is not in the file: it is unit price times quantity.
    pub fn amount_is_computed(&self) -> bool {
        self.kind == TableKind::Transactions
            && self.column_of(Role::Amount).is_none()
            && self.column_of(Role::UnitPrice).is_some()
            && self.column_of(Role::Quantity).is_some()
    }

    /// Whether a row without a value in this role is of no use.
    pub fn requires(&self, role: Role) -> bool {
        match self.kind {
            TableKind::Transactions => matches!(role, Role::Customer | Role::Date | Role::Amount),
            TableKind::Summary => matches!(
                role,
                Role::Customer | Role::LastPurchase | Role::DaysSince | Role::Purchases | Role::TotalSpend
            ),
            TableKind::Customers | TableKind::Contacts => role == Role::Customer,
            // Either the customer or the key code: a matter of the whole row.
            TableKind::Responses => false,
        }
    }

    /// Whether rows without a customer can belong to one unknown customer. A contact without a customer tells
    /// nothing; a response without one is known by its key code.
    pub fn can_be_unknown(&self) -> bool {
        self.kind.is_customer_data()
    }

    /// Everything that keeps this plan from being carried out; empty when it is ready.
    pub fn problems(&self) -> Vec<PlanProblem> {
        let mut problems = Vec::new();
        if self.columns.len() > MAX_COLUMNS {
            return vec![PlanProblem::TooManyColumns { found: self.columns.len(), most: MAX_COLUMNS }];
        }
        if !self.delimiter.is_ascii() || matches!(self.delimiter, b'\n' | b'\r' | b'"' | 0) {
            problems.push(PlanProblem::BadDelimiter);
        }
        let needed: &[&[Role]] = match self.kind {
            TableKind::Transactions if self.amount_is_computed() => &[&[Role::Customer], &[Role::Date]],
            TableKind::Transactions => &[&[Role::Customer], &[Role::Date], &[Role::Amount]],
            TableKind::Summary => &[
                &[Role::Customer],
                &[Role::LastPurchase, Role::DaysSince],
                &[Role::Purchases],
                &[Role::TotalSpend],
            ],
            TableKind::Customers | TableKind::Contacts => &[&[Role::Customer]],
            TableKind::Responses => &[&[Role::Customer, Role::KeyCode]],
        };
        for one_of in needed.iter().filter(|one_of| one_of.iter().all(|&role| self.column_of(role).is_none()))
        {
            problems.push(PlanProblem::Needs { kind: self.kind, one_of: one_of.to_vec() });
        }
        for (index, column) in self.columns.iter().enumerate() {
            let Some(role) = column.role else { continue };
            if !roles(self.kind).contains(&role) {
                problems.push(PlanProblem::Foreign { role, kind: self.kind, column: index });
            }
            let first = self.column_of(role).unwrap_or(index);
            if role != Role::Attribute && first < index {
                problems.push(PlanProblem::Twice { role, first, second: index });
            }
            if column.form() == Some(Form::Day) && column.date_form.is_none() {
                problems.push(PlanProblem::NoDateForm { column: index });
            }
            if column.pseudonymise && !matches!(column.form(), Some(Form::Customer | Form::Text)) {
                problems.push(PlanProblem::NotText { column: index });
            }
        }
        problems
    }
}
