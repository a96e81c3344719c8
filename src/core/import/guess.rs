//! What the columns of a table mean, guessed from their headers and contents, with the reason.

use super::amounts::{self, NumberGuess};
use super::cells;
use super::dates::{self, DateForm, DateGuess};
use super::header_names::{self, Meaning, Personal};
use super::plan::{ColumnPlan, roles};
use crate::core::table::{Role, TableKind};
use serde::{Deserialize, Serialize};

/// Why a column got its role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleReason {
    /// The header is or contains this name.
    Header { name: String },
    /// So many of the cells seen are days.
    Dates { fits: usize, seen: usize },
    /// So many of the cells seen are numbers.
    Numbers { fits: usize, seen: usize },
    /// The texts return, as a customer does.
    Returning { distinct: usize, seen: usize },
    /// The texts are personal.
    Personal { kind: Personal },
    /// Beside this column the table already has one for the role that the header names.
    RoleTaken { role: Role, by: usize },
    /// Nothing told its meaning: kept under its own name.
    Unknown,
    /// There is nothing in it: left out.
    Empty,
}

/// A column with what we think of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnGuess {
    pub index: usize,
    pub header: String,
    /// `None`: better left out.
    pub role: Option<Role>,
    pub reason: RoleReason,
    pub dates: DateGuess,
    pub numbers: NumberGuess,
    /// Personal data: pseudonymising is suggested.
    pub personal: Option<Personal>,
    /// Cells with a value, and different ones among them.
    pub filled: usize,
    pub distinct: usize,
    pub samples: Vec<String>,
}

/// What a whole table seems to be.
#[derive(Clone, Debug, PartialEq)]
pub struct TableGuess {
    pub kind: TableKind,
    pub columns: Vec<ColumnGuess>,
    /// Columns of a model of repeat buying (x, t_x, T) that only look like a summary.
    pub is_repeat_summary: bool,
}

/// Guesses from a header (empty where there is none) and rows of cells.
pub fn guess(
    headers: &[String],
    rows: &[(u64, Vec<String>)],
    width: usize,
    kind: Option<TableKind>,
) -> TableGuess {
    let mut columns: Vec<ColumnGuess> = (0..width).map(|index| describe(index, headers, rows)).collect();
    let is_repeat_summary = is_repeat_summary(&columns);
    let by_header = |role| columns.iter().any(|c| header_role(c) == Some(role));
    let has_date = by_header(Role::Date) || columns.iter().any(|c| header_role(c).is_none() && is_date(c));
    let is_summary = (by_header(Role::LastPurchase) || by_header(Role::DaysSince))
        && (by_header(Role::Purchases) || by_header(Role::TotalSpend))
        && !(by_header(Role::Date) && by_header(Role::Amount));
    let has_number = columns.iter().any(|c| header_role(c).is_none() && is_amount(c));
    let has_amount =
        by_header(Role::Amount) || by_header(Role::UnitPrice) && by_header(Role::Quantity) || has_number;
    let exactly = |role| columns.iter().any(|c| is_exactly(c, role));
    let has_order = has_date && has_amount;
    let tells_responses = columns.iter().any(|c| header_names::tells_responses(&c.header))
        || exactly(Role::KeyCode) && !exactly(Role::Wave) && !exactly(Role::Cell) && !has_order;
    let tells_contacts = exactly(Role::Wave) && by_header(Role::Customer) && !by_header(Role::Amount);
    let kind = kind.unwrap_or(match () {
        _ if is_repeat_summary => TableKind::Customers,
        _ if is_summary => TableKind::Summary,
        _ if tells_responses => TableKind::Responses,
        _ if tells_contacts => TableKind::Contacts,
        _ if has_order => TableKind::Transactions,
        _ => TableKind::Customers,
    });
    assign_by_header(&mut columns, kind, is_repeat_summary);
    assign_by_contents(&mut columns, kind);
    TableGuess { kind, columns, is_repeat_summary }
}

fn describe(index: usize, headers: &[String], rows: &[(u64, Vec<String>)]) -> ColumnGuess {
    let all = rows.iter().filter_map(|(_, row)| row.get(index)).map(String::as_str);
    let filled = all.filter(|cell| !cells::is_missing(cells::text(cell)));
    let header = headers.get(index).cloned().unwrap_or_default();
    let mut distinct: Vec<&str> = filled.clone().collect();
    distinct.sort_unstable();
    distinct.dedup();
    ColumnGuess {
        index,
        role: None,
        reason: RoleReason::Unknown,
        dates: dates::detect(filled.clone()),
        numbers: amounts::detect(filled.clone()),
        personal: personal(&header, filled.clone()),
        filled: filled.clone().count(),
        distinct: distinct.len(),
        samples: filled.take(5).map(String::from).collect(),
        header,
    }
}

fn personal<'a>(header: &str, cells: impl Iterator<Item = &'a str> + Clone) -> Option<Personal> {
    if let Some(found) = header_names::find(header) {
        match found.meaning {
            Meaning::Personal(kind) => return Some(kind),
            Meaning::Role(Role::Customer) => {}
            Meaning::Role(_) => return None,
        }
    }
    let count = cells.clone().count();
    let most =
        |fits: fn(&str) -> bool| count > 0 && cells.clone().filter(|c| fits(c)).count() * 10 >= count * 6;
    if most(|cell| cell.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))) {
        Some(Personal::Email)
    } else if most(is_phone) {
        Some(Personal::Phone)
    } else {
        None
    }
}

/// A mobile number of Taiwan, with or without the country code; spreadsheets drop the leading zero.
fn is_phone(cell: &str) -> bool {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let rest = cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')'));
    rest && (digits.len() == 10 && digits.starts_with("09")
        || digits.len() == 12 && digits.starts_with("8869"))
}

fn header_role(column: &ColumnGuess) -> Option<Role> {
    match header_names::find(&column.header)?.meaning {
        Meaning::Role(role) if fits(column, role) => Some(role),
        _ => None,
    }
}

/// The header is a name of the role, not only part of another name.
fn is_exactly(column: &ColumnGuess, role: Role) -> bool {
    let found = header_names::find(&column.header);
    found.is_some_and(|found| found.exact && found.meaning == Meaning::Role(role))
}

/// Whether the contents can be what the header says.
fn fits(column: &ColumnGuess, role: Role) -> bool {
    use Role::*;
    match role {
        Date | LastPurchase => column.filled == 0 || column.dates.form().is_some(),
        Amount | UnitPrice | Cost | Margin | TotalSpend | Quantity | DaysSince | Purchases => {
            column.filled == 0 || column.numbers.fits * 2 >= column.filled
        }
        _ => true,
    }
}

/// Days by their looks alone: a bare number may be anything.
fn is_date(column: &ColumnGuess) -> bool {
    let numeric = column.numbers.is_numeric();
    column
        .dates
        .form()
        .is_some_and(|form| form != DateForm::ExcelSerial && (!numeric || form == DateForm::Compact))
}

fn is_amount(column: &ColumnGuess) -> bool {
    column.numbers.is_numeric() && !is_date(column) && column.personal.is_none() && !has_leading_zeros(column)
}

fn has_leading_zeros(column: &ColumnGuess) -> bool {
    column
        .samples
        .iter()
        .any(|cell| cell.len() > 1 && cell.starts_with('0') && cell.bytes().all(|b| b.is_ascii_digit()))
}

/// Recency beside an age T: the sufficient statistics of a repeat-buying model, where recency is the time from the
/// first purchase to the last and frequency counts repeats.
fn is_repeat_summary(columns: &[ColumnGuess]) -> bool {
    let has =
        |names: &[&str]| columns.iter().any(|c| names.contains(&header_names::normalise(&c.header).as_str()));
    has(&["t", "tcal", "age"]) && has(&["recency", "tx"]) && has(&["frequency", "x"])
}

fn assign_by_header(columns: &mut [ColumnGuess], kind: TableKind, is_repeat_summary: bool) {
    // Exact names first, so that "total" does not take the amount from "amount".
    for exact in [true, false] {
        for index in 0..columns.len() {
            let Some(found) = header_names::find(&columns[index].header) else { continue };
            let Meaning::Role(named) = found.meaning else { continue };
            if found.exact != exact || columns[index].role.is_some() || !fits(&columns[index], named) {
                continue;
            }
            let role = in_kind(named, kind, columns);
            if !roles(kind).contains(&role) || is_repeat_summary && role != Role::Customer {
                continue;
            }
            match columns.iter().position(|c| c.role == Some(role)) {
                Some(by) => columns[index].reason = RoleReason::RoleTaken { role, by },
                None => {
                    columns[index].role = Some(role);
                    columns[index].reason = RoleReason::Header { name: found.name.into() };
                }
            }
        }
    }
}

/// What a header means in this kind of table: the date of a summary is that of the last purchase.
fn in_kind(role: Role, kind: TableKind, columns: &[ColumnGuess]) -> Role {
    let named = |wanted| {
        let names = columns.iter().filter_map(|c| header_names::find(&c.header));
        names.map(|found| found.meaning).any(|meaning| meaning == Meaning::Role(wanted))
    };
    match (kind, role) {
        (TableKind::Summary, Role::Date) if !named(Role::LastPurchase) && !named(Role::DaysSince) => {
            Role::LastPurchase
        }
        (TableKind::Summary, Role::Amount) if !named(Role::TotalSpend) => Role::TotalSpend,
        (TableKind::Summary, Role::Quantity) if !named(Role::Purchases) => Role::Purchases,
        (TableKind::Transactions, Role::TotalSpend) if !named(Role::Amount) => Role::Amount,
        (_, role) => role,
    }
}

fn assign_by_contents(columns: &mut [ColumnGuess], kind: TableKind) {
    let lacks = |columns: &[ColumnGuess], role| columns.iter().all(|c| c.role != Some(role));
    let is_free = |c: &ColumnGuess| c.role.is_none() && c.filled > 0;
    let give =
        |columns: &mut [ColumnGuess], index: Option<usize>, role, reason: fn(&ColumnGuess) -> RoleReason| {
            if let Some(column) = index.map(|i| &mut columns[i]) {
                (column.role, column.reason) = (Some(role), reason(column));
            }
        };
    if roles(kind).contains(&Role::Date) && lacks(columns, Role::Date) {
        let found = columns.iter().position(|c| is_free(c) && is_date(c) && c.personal.is_none());
        give(columns, found, Role::Date, |c| RoleReason::Dates {
            fits: c.dates.candidates.first().map_or(0, |best| best.fits),
            seen: c.filled,
        });
    }
    // A response with a key code needs no customer: another text must not be taken for one.
    if lacks(columns, Role::Customer) && (kind != TableKind::Responses || lacks(columns, Role::KeyCode)) {
        // A text that returns; else something personal; else the first that is neither a day nor a fraction.
        let is_id =
            |c: &&ColumnGuess| is_free(c) && !is_date(c) && c.samples.iter().all(|s| !s.contains('.'));
        let named =
            columns.iter().find(|c| is_free(c) && c.personal.is_some_and(|p| p != Personal::Birthday));
        let by_header = named.or_else(|| columns.iter().find(is_id)).map(|c| c.index);
        give(columns, by_header, Role::Customer, |c| match c.personal {
            Some(kind) => RoleReason::Personal { kind },
            None => RoleReason::Returning { distinct: c.distinct, seen: c.filled },
        });
    }
    let is_product = !lacks(columns, Role::UnitPrice) && !lacks(columns, Role::Quantity);
    if kind == TableKind::Transactions && lacks(columns, Role::Amount) && !is_product {
        let found = columns.iter().rposition(|c| is_free(c) && is_amount(c));
        give(columns, found, Role::Amount, |c| RoleReason::Numbers { fits: c.numbers.fits, seen: c.filled });
    }
    for column in columns.iter_mut().filter(|c| c.role.is_none()) {
        if column.filled > 0 || !column.header.is_empty() {
            column.role = Some(Role::Attribute);
        } else {
            column.reason = RoleReason::Empty;
        }
    }
}

impl ColumnGuess {
    /// The plan that follows from the guess.
    pub fn plan(&self) -> ColumnPlan {
        let mut plan = ColumnPlan { header: self.header.clone(), role: self.role, ..ColumnPlan::default() };
        let wants_number = |role: Role| fits_number(role);
        match self.role {
            Some(Role::Date | Role::LastPurchase) => {
                plan.date_form = Some(self.dates.form().unwrap_or(DateForm::Ymd));
            }
            Some(role) if wants_number(role) => plan.number_style = Some(self.numbers.style),
            Some(Role::Attribute) if self.personal.is_none() && self.filled > 0 => {
                if is_date(self) {
                    plan.date_form = self.dates.form();
                } else if is_amount(self) && self.numbers.fits == self.filled {
                    plan.number_style = Some(self.numbers.style);
                }
            }
            _ => {}
        }
        let is_text = matches!(plan.form(), Some(super::plan::Form::Customer | super::plan::Form::Text));
        plan.pseudonymise = self.personal.is_some() && is_text;
        plan
    }
}

fn fits_number(role: Role) -> bool {
    use Role::*;
    matches!(role, Amount | UnitPrice | Cost | Margin | TotalSpend | Quantity | DaysSince | Purchases)
}
