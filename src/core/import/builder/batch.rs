//! Many rows at once, column by column: the same as row by row, several times as fast.
//!
//! First every column's cells are read, and rows with anything out of the ordinary are marked: another number of
//! cells than columns, no customer, a cell that cannot be read, an amount that is rounded. The rows between those are
//! appended in one go; the marked ones go through [`TableBuilder::row`], each in its place.

use super::TableBuilder;
use crate::core::dictionary::NO_CODE;
use crate::core::import::cells;
use crate::core::import::columns::{Growing, Value};
use crate::core::import::pseudonym::pseudonym;
use crate::core::import::rows::{BLOCK_ROWS, Block, Ending};
use crate::core::table::{ColumnData, NO_DAY, NO_MONEY, Role};
use std::ops::Range;

/// A mark for each row of a block.
type Odd = [bool; BLOCK_ROWS];
/// A text of each row of a block.
type Texts<'a> = [&'a str; BLOCK_ROWS];

impl TableBuilder {
    /// Takes complete rows: the same as [`TableBuilder::row`] with each in turn.
    pub fn block(&mut self, block: Block) {
        let Some(customer) = self.customer_index.filter(|_| !self.plan.kind.is_one_row_per_customer()) else {
            return block.rows().for_each(|row| self.row(row, Ending::Complete));
        };
        let mut odd = [false; BLOCK_ROWS];
        let mut names = [""; BLOCK_ROWS];
        let width = self.plan.columns.len();
        for (i, row) in block.rows().enumerate() {
            names[i] = cells::text(row.cell(customer));
            odd[i] = row.len() != width || cells::is_missing(names[i]);
        }
        self.read_ahead(block, &mut odd);
        let mut pseudonyms = std::mem::take(&mut self.scratch);
        if self.plan.columns[customer].pseudonymise {
            self.pseudonyms(&mut names[..block.len()], &mut pseudonyms);
        }
        let mut from = 0;
        while from < block.len() {
            let to = from + odd[from..block.len()].iter().take_while(|odd| !**odd).count();
            self.append(block, &names, from..to);
            if to < block.len() {
                self.row(block.row(to), Ending::Complete);
            }
            from = to + 1;
        }
        self.scratch = pseudonyms;
    }

    /// Reads the typed cells of a block into each column's `ahead`.
    fn read_ahead(&mut self, block: Block, odd: &mut Odd) {
        self.columns.iter_mut().for_each(|column| column.read_ahead(block, odd));
        let Some((price, quantity)) = self.product_of else { return };
        let Some(at) = self.columns.iter().position(|column| column.role == Role::Amount) else { return };
        let mut amounts = std::mem::take(&mut self.products);
        amounts.clear();
        amounts.extend(block.rows().zip(odd).map(|(row, odd)| match self.product(row, price, quantity) {
            Ok(Value::Money { minor, rounded: false }) => minor,
            _ => {
                *odd = true;
                NO_MONEY
            }
        }));
        if let ColumnData::Money(ahead) = &mut self.columns[at].ahead {
            self.products = std::mem::replace(ahead, amounts);
        }
    }

    /// Puts the customers' pseudonyms in place of their names.
    fn pseudonyms<'a>(&self, names: &mut [&'a str], all: &'a mut String) {
        let (mut one, mut ends) = (String::new(), [0; BLOCK_ROWS]);
        all.clear();
        for (name, end) in names.iter().zip(&mut ends) {
            pseudonym(&self.key, 'C', name, &mut one);
            all.push_str(&one);
            *end = all.len();
        }
        let mut start = 0;
        for (name, end) in names.iter_mut().zip(ends) {
            *name = &all[start..end];
            start = end;
        }
    }

    /// Appends ordinary rows, whose typed cells have been read.
    fn append(&mut self, block: Block, names: &Texts, rows: Range<usize>) {
        if rows.is_empty() {
            return;
        }
        self.read += rows.len() as u64;
        self.customers.intern_all(&names[rows.clone()], &mut self.customer);
        for column in &mut self.columns {
            if column.reading.is_none() {
                column.append_texts(block, rows.clone(), &self.key, &mut self.scratch);
                continue;
            }
            if let (ColumnData::Days(days), true) = (&column.ahead, column.role != Role::Attribute) {
                for &day in days[rows.clone()].iter().filter(|&&day| day != NO_DAY) {
                    let (first, last) = self.period.unwrap_or((day, day));
                    self.period = Some((first.min(day), last.max(day)));
                }
            }
            column.append_ahead(rows.clone());
        }
    }
}

impl Growing {
    /// Appends the texts of some rows.
    fn append_texts(&mut self, block: Block, rows: Range<usize>, key: &[u8; 16], scratch: &mut String) {
        let mut texts: Texts = [""; BLOCK_ROWS];
        for (text, row) in texts.iter_mut().zip(rows.clone()) {
            *text = cells::text(block.row(row).cell(self.index));
        }
        let texts = &texts[..rows.len()];
        match &mut self.data {
            ColumnData::Texts { codes, dictionary } if !self.pseudonymise => {
                for filled in texts.chunk_by(|a, b| a.is_empty() == b.is_empty()) {
                    match filled[0] {
                        "" => codes.resize(codes.len() + filled.len(), NO_CODE),
                        _ => dictionary.intern_all(filled, codes),
                    }
                }
            }
            _ => texts.iter().for_each(|text| self.push_text(text, key, scratch)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::dictionary::Dictionary;
    use crate::core::import::dates::DateForm;
    use crate::core::import::rows::{Row, RowReader};
    use crate::core::import::{ColumnPlan, MissingCustomer, Plan};
    use crate::core::money::Currency;
    use crate::core::table::TableKind;
    use proptest::prelude::*;

    fn builder(roles: &[Role], unknown: bool, pseudonymise: bool, minor_digits: u8) -> TableBuilder {
        let column = |&role: &Role| ColumnPlan {
            header: format!("{role:?}"),
            role: Some(role),
            pseudonymise: pseudonymise && matches!(role, Role::Customer | Role::Product),
            date_form: (role == Role::Date).then_some(DateForm::Ymd),
            number_style: None,
        };
        let plan = Plan {
            encoding: Default::default(),
            delimiter: b',',
            quoting: true,
            header: false,
            kind: TableKind::Transactions,
            columns: roles.iter().map(column).collect(),
            missing_customer: match unknown {
                true => MissingCustomer::OneUnknown { name: "unknown".into() },
                false => MissingCustomer::SetAside,
            },
        };
        let currency = Currency { minor_digits, ..Currency::default() };
        TableBuilder::new(plan, &currency, Dictionary::default(), [3; 16])
    }

    /// All that a builder has found.
    fn found(builder: TableBuilder) -> impl PartialEq + std::fmt::Debug {
        let counts = (builder.read, builder.blank_rows, builder.used(), builder.days());
        let (table, customers, notes, set_aside) = builder.finish();
        let names: Vec<String> = customers.iter().map(String::from).collect();
        (counts, table.customer, format!("{:?}", table.columns), names, notes, set_aside)
    }

    /// Cells of a role: mostly good ones, and ones that are not.
    fn cell(role: Role) -> BoxedStrategy<String> {
        let any_of = |cells: &'static [&'static str]| prop::sample::select(cells).prop_map(String::from);
        let number =
            || any_of(&["", "NULL", "-", "1", "2.5", "-3", "0.125", "1e3", "x", "5%", "\"1,234\"", "７"]);
        match role {
            Role::Customer => prop_oneof![
                20 => "C[0-9]{1,2}",
                1 => any_of(&["", " ", "NULL", " C1 ", "王小明", "'=C1", "customer number 17"]),
            ]
            .boxed(),
            Role::Date => prop_oneof![
                20 => "20[0-2][0-9]-0[1-9]-[0-2][0-9]",
                2 => "20[0-2][0-9]/1[0-3]/[0-3][0-9]( 12:30)?",
                1 => any_of(&["", "-", "soon", "2023-02-29", "1066-10-14", "２０２４-01-05", "2024-1-5"]),
            ]
            .boxed(),
            Role::Amount => prop_oneof![10 => "-?[0-9]{1,4}(\\.[0-9]{0,3})?", 2 => number()].boxed(),
            Role::Product => prop_oneof![4 => "p[0-9]", 1 => any_of(&["", "\"a,b\"", "綠茶"])].boxed(),
            _ => number().boxed(),
        }
    }

    const FILES: [&[Role]; 2] = [
        &[Role::Customer, Role::Date, Role::Amount, Role::Product, Role::Cost, Role::Quantity],
        &[Role::Date, Role::UnitPrice, Role::Quantity, Role::Customer],
    ];

    fn file() -> impl Strategy<Value = (&'static [Role], String)> {
        prop::sample::select(&FILES[..]).prop_flat_map(|roles| {
            let row = roles.iter().map(|&role| cell(role)).collect::<Vec<_>>();
            let row = row.prop_map(|cells| cells.join(","));
            let row = prop_oneof![30 => row, 1 => "C1(,2024-01-01){0,7}|,{5}"];
            prop::collection::vec(row, 0..60).prop_map(move |rows| (roles, rows.join("\n") + "\n"))
        })
    }

    proptest! {
        #[test]
        fn a_block_is_the_same_as_its_rows(
            (roles, text) in file(), unknown: bool, pseudonymise: bool, minor_digits in 0..3_u8,
        ) {
            let mut in_blocks = builder(roles, unknown, pseudonymise, minor_digits);
            let mut row_by_row = builder(roles, unknown, pseudonymise, minor_digits);
            RowReader::new(b',', true).push(&text, &mut |block| in_blocks.block(block)).unwrap();
            let mut row = |row: Row| row_by_row.row(row, Ending::Complete);
            RowReader::new(b',', true).push(&text, &mut |block| block.rows().for_each(&mut row)).unwrap();
            prop_assert_eq!(found(in_blocks), found(row_by_row));
        }
    }
}
