//! Rows of cells to a typed table: the part of the import that knows nothing of bytes.

mod batch;

use super::amounts;
use super::cells;
use super::columns::{Growing, Reading, Tally, Value};
use super::plan::{Form, MissingCustomer, Plan};
use super::pseudonym::{Key, pseudonym};
use super::report::{Note, Reason, SetAside};
use super::rows::{Ending, Row};
use crate::core::day::Day;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::money::Currency;
use crate::core::table::{Column, NO_DAY, Role, Table};

pub struct TableBuilder {
    plan: Plan,
    key: Key,
    minor_digits: u8,
    customer_index: Option<usize>,
    /// Where the key code is, by which a response without a customer is known.
    key_code_index: Option<usize>,
    /// Where unit price and quantity are, when the amount is their product.
    product_of: Option<(usize, usize)>,
    /// Required columns first: a row is used when all of them can be read.
    columns: Vec<Growing>,
    required: usize,
    values: Vec<Value>,
    /// Amounts that are computed, of a block of rows.
    products: Vec<i64>,
    /// Personal values are kept out of this table: a shifted row must not let one into the list.
    is_private: bool,
    customer: Vec<u32>,
    customers: Dictionary,
    seen: Vec<bool>,
    short_rows: Tally,
    unknown: Tally,
    by_key_alone: Tally,
    scratch: String,
    pub read: u64,
    /// Rows of empty cells, which are no rows of data.
    pub blank_rows: u64,
    pub set_aside: SetAside,
    pub period: Option<(i32, i32)>,
    pub ends_mid_row: bool,
}

/// Bytes of memory.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// By values, which every row has.
    pub columns: u64,
    /// By texts, each of which is there once, and by the list of rows that were set aside.
    pub texts: u64,
}

/// Why a row is set aside: the column and the value.
struct Refusal<'a>(Option<usize>, &'a str, Reason);

impl TableBuilder {
    /// The plan must be without problems.
    pub fn new(plan: Plan, currency: &Currency, customers: Dictionary, key: Key) -> TableBuilder {
        let product_of = plan
            .amount_is_computed()
            .then(|| Some((plan.column_of(Role::UnitPrice)?, plan.column_of(Role::Quantity)?)))
            .flatten();
        let mut columns = grow_columns(&plan, currency);
        if product_of.is_some() {
            let reading = Reading::Money { style: Default::default(), minor_digits: currency.minor_digits };
            let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
            let name = free_name(&names, role_key(Role::Amount));
            columns.push(Growing::new(usize::MAX, Role::Amount, name, Some(reading), true, false));
        }
        columns.sort_by_key(|column| !column.required);
        TableBuilder {
            key,
            minor_digits: currency.minor_digits,
            customer_index: plan.column_of(Role::Customer),
            key_code_index: plan.column_of(Role::KeyCode).filter(|_| plan.kind.may_lack_customer()),
            product_of,
            required: columns.iter().filter(|column| column.required).count(),
            columns,
            values: Vec::new(),
            products: Vec::new(),
            is_private: plan.columns.iter().any(|column| column.pseudonymise || column.role.is_none()),
            customer: Vec::new(),
            seen: vec![false; customers.len()],
            customers,
            short_rows: Tally::default(),
            unknown: Tally::default(),
            by_key_alone: Tally::default(),
            scratch: String::new(),
            read: 0,
            blank_rows: 0,
            set_aside: SetAside::default(),
            period: None,
            ends_mid_row: false,
            plan,
        }
    }

    pub fn customers(&self) -> usize {
        self.customers.len()
    }

    pub fn used(&self) -> u64 {
        self.customer.len() as u64
    }

    /// What the rows so far take in memory.
    pub fn memory(&self) -> Taken {
        let mut taken = Taken {
            columns: size_of_val(&*self.customer) as u64,
            texts: (self.customers.memory() + self.set_aside.memory()) as u64,
        };
        for column in &self.columns {
            let (values, texts) = column.data.memory();
            taken.columns += values as u64;
            taken.texts += texts as u64;
        }
        taken
    }

    /// Makes room for so many more rows.
    pub fn reserve(&mut self, more: usize) {
        self.customer.reserve_exact(more);
        self.columns.iter_mut().for_each(|column| column.data.reserve(more));
    }

    /// Takes a row: uses it, or sets it aside.
    pub fn row(&mut self, row: Row, ending: Ending) {
        if row.is_blank() {
            self.blank_rows += 1;
            return;
        }
        self.read += 1;
        if let Err(Refusal(column, value, reason)) = self.try_row(row, ending) {
            let misplaced = self.is_private && row.len() != self.plan.columns.len();
            let hidden = column.is_some_and(|i| self.plan.columns.get(i).is_some_and(|c| c.pseudonymise));
            let value = if misplaced || hidden { "" } else { cells::trim(value) };
            self.set_aside.push(row.line, column, value, reason);
        }
    }

    fn try_row<'a>(&mut self, row: Row<'a>, ending: Ending) -> Result<(), Refusal<'a>> {
        self.check_shape(row, ending)?;
        let name = self.customer_index.map_or("", |index| cells::text(row.cell(index)));
        let is_missing = cells::is_missing(name);
        let is_known_by_key = |index: usize| !cells::is_missing(cells::text(row.cell(index)));
        let by_key_alone = is_missing && self.key_code_index.is_some_and(is_known_by_key);
        let can_be_unknown =
            self.plan.can_be_unknown() && self.plan.missing_customer != MissingCustomer::SetAside;
        if is_missing && !by_key_alone && !can_be_unknown {
            let index = self.customer_index.or(self.key_code_index);
            let reason = match self.key_code_index {
                Some(_) => Reason::MissingCustomerAndKeyCode,
                None => Reason::MissingCustomer,
            };
            return Err(Refusal(index, index.map_or("", |index| row.cell(index)), reason));
        }
        self.values.clear();
        for column in &self.columns[..self.required] {
            let value = match (column.role, self.product_of) {
                (Role::Amount, Some((price, quantity))) => self.product(row, price, quantity)?,
                _ => {
                    let cell = row.cell(column.index);
                    let read = column.reading.map(|reading| reading.read(cell));
                    read.unwrap_or(Err(Reason::NotANumber))
                        .map_err(|reason| Refusal(Some(column.index), cell, reason))?
                }
            };
            self.values.push(value);
        }
        let code = if by_key_alone {
            self.by_key_alone.add(row.line, "");
            NO_CODE
        } else {
            self.customer_code(row, name, is_missing)?
        };
        self.customer.push(code);
        self.commit(row);
        Ok(())
    }

    fn check_shape<'a>(&mut self, row: Row<'a>, ending: Ending) -> Result<(), Refusal<'a>> {
        let width = self.plan.columns.len();
        if let Ending::UnclosedQuote { .. } = ending {
            self.ends_mid_row = true;
            let last = row.len().saturating_sub(1);
            return Err(Refusal(Some(last), row.cell(last), Reason::UnclosedQuote));
        }
        if row.len() > width
            && let Some(extra) = row.cells().skip(width).find(|cell| !cells::trim(cell).is_empty())
        {
            return Err(Refusal(None, extra, Reason::TooManyCells));
        }
        if row.len() < width {
            if ending == Ending::NoLineBreak {
                self.ends_mid_row = true;
                return Err(Refusal(None, row.cell(row.len().saturating_sub(1)), Reason::CutOff));
            }
            self.short_rows.add(row.line, "");
        }
        Ok(())
    }

    /// Unit price times quantity, exactly, and only then rounded.
    fn product<'a>(&self, row: Row<'a>, price: usize, quantity: usize) -> Result<Value, Refusal<'a>> {
        let read = |index: usize| {
            let style = self.plan.columns[index].number_style.unwrap_or_default();
            let refuse = |problem| Refusal(Some(index), row.cell(index), Reason::from(problem));
            amounts::decimal(row.cell(index), style).map_err(refuse)
        };
        let product = read(price)?.times(read(quantity)?).and_then(|d| d.to_minor(self.minor_digits));
        match product {
            Ok(amount) => Ok(Value::Money { minor: amount.minor, rounded: amount.rounded }),
            Err(problem) => Err(Refusal(Some(price), row.cell(price), problem.into())),
        }
    }

    fn customer_code<'a>(&mut self, row: Row<'a>, name: &str, is_missing: bool) -> Result<u32, Refusal<'a>> {
        let pseudonymise = self.customer_index.is_some_and(|index| self.plan.columns[index].pseudonymise);
        let name = match &self.plan.missing_customer {
            MissingCustomer::OneUnknown { name: unknown } if is_missing => {
                self.unknown.add(row.line, "");
                unknown.as_str()
            }
            _ if pseudonymise => {
                pseudonym(&self.key, 'C', name, &mut self.scratch);
                self.scratch.as_str()
            }
            _ => name,
        };
        let code = self.customers.intern(name);
        if self.plan.kind.is_one_row_per_customer() {
            let index = code as usize;
            if index >= self.seen.len() {
                self.seen.resize(index + 1, false);
            }
            if std::mem::replace(&mut self.seen[index], true) {
                let cell = self.customer_index.map_or("", |index| row.cell(index));
                return Err(Refusal(self.customer_index, cell, Reason::RepeatedCustomer));
            }
        }
        Ok(code)
    }

    fn commit(&mut self, row: Row) {
        let width = self.plan.columns.len();
        for (i, column) in self.columns.iter_mut().enumerate() {
            let cell = row.cell(column.index);
            let Some(reading) = column.reading else {
                column.push_text(cell, &self.key, &mut self.scratch);
                continue;
            };
            let value = if i < self.required {
                Some(self.values[i])
            } else {
                let read = reading.read(cell);
                let is_empty = matches!(read, Err(Reason::MissingAmount | Reason::MissingDate));
                if read.is_err() && !is_empty {
                    let shown = if self.is_private && row.len() != width { "" } else { cell };
                    column.unreadable.add(row.line, shown);
                }
                read.ok()
            };
            match value {
                Some(Value::Money { rounded: true, .. }) => column.rounded.add(row.line, cell),
                Some(Value::Day(day)) if column.role != Role::Attribute && day != NO_DAY => {
                    let (first, last) = self.period.unwrap_or((day, day));
                    self.period = Some((first.min(day), last.max(day)));
                }
                _ => {}
            }
            column.push_value(value);
        }
    }

    /// The table, the customers, and what is to be told about the rows used.
    pub fn finish(self) -> (Table, Dictionary, Vec<Note>, SetAside) {
        let mut notes = Vec::new();
        if self.short_rows.count > 0 {
            let Tally { count, first_line, .. } = self.short_rows;
            notes.push(Note::ShortRows { count, first_line });
        }
        if self.unknown.count > 0 {
            let Tally { count, first_line, .. } = self.unknown;
            notes.push(Note::UnknownCustomer { count, first_line });
        }
        if self.by_key_alone.count > 0 {
            let Tally { count, first_line, .. } = self.by_key_alone;
            notes.push(Note::ByKeyCodeAlone { count, first_line });
        }
        for column in &self.columns {
            // A computed amount is told at the column of its price.
            let index = match self.product_of {
                Some((price, _)) if column.index == usize::MAX => price,
                _ => column.index,
            };
            if let Tally { count: count @ 1.., first_line, value } = column.rounded.clone() {
                notes.push(Note::RoundedAmounts { column: index, count, first_line, value });
            }
            if let Tally { count: count @ 1.., first_line, value } = column.unreadable.clone() {
                notes.push(Note::UnreadableOptional { column: index, count, first_line, value });
            }
        }
        let columns = self.columns.into_iter();
        let columns = columns.map(|c| Column { role: c.role, name: c.name, data: c.data }).collect();
        let table = Table { kind: self.plan.kind, customer: self.customer, columns };
        (table, self.customers, notes, self.set_aside)
    }

    pub fn days(&self) -> Option<(Day, Day)> {
        self.period.map(|(first, last)| (Day(first), Day(last)))
    }
}

fn grow_columns(plan: &Plan, currency: &Currency) -> Vec<Growing> {
    let mut names: Vec<String> = Vec::new();
    let mut columns = Vec::new();
    for (index, column) in plan.columns.iter().enumerate() {
        let (Some(role), Some(form)) = (column.role, column.form()) else { continue };
        if form == Form::Customer {
            continue;
        }
        let base = match cells::trim(&column.header) {
            "" if role == Role::Attribute => format!("column_{}", index + 1),
            "" => role_key(role),
            header => header.to_string(),
        };
        let name = free_name(&names, base);
        names.push(name.clone());
        let reading = Reading::new(column, form, currency.minor_digits);
        columns.push(Growing::new(index, role, name, reading, plan.requires(role), column.pseudonymise));
    }
    columns
}

/// The name, with a number where it is taken.
fn free_name(taken: &[String], base: String) -> String {
    let numbered = (2..).map(|n| format!("{base} ({n})"));
    let mut free = std::iter::once(base.clone()).chain(numbered).filter(|name| !taken.contains(name));
    free.next().unwrap_or(base)
}

/// The role's own name, as it is stored: `last_purchase`.
fn role_key(role: Role) -> String {
    serde_json::to_value(role).ok().and_then(|value| value.as_str().map(String::from)).unwrap_or_default()
}
