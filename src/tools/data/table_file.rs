//! A stored table as a CSV file that can be imported again.

use crate::core::day::Day;
use crate::core::dictionary::{Dictionary, NO_CODE};
use crate::core::export::CsvWriter;
use crate::core::money::Currency;
use crate::core::table::{ColumnData, NO_DAY, NO_MONEY, Table};

/// Every row and column, in the order in which they are stored. Dates are `yyyy-mm-dd`, amounts have all their
/// decimals and no symbol.
pub fn write(
    table: &Table,
    customers: &Dictionary,
    currency: &Currency,
    progress: &mut dyn FnMut(f64),
) -> Vec<u8> {
    let mut csv = CsvWriter::new();
    let names = table.columns.iter().map(|column| column.name.as_str());
    csv.header(std::iter::once("customer_id").chain(names));
    for row in 0..table.rows() {
        let customer = Some(table.customer[row]).filter(|&code| code != NO_CODE);
        csv.text(customer.map_or("", |code| customers.get(code)));
        for column in &table.columns {
            match &column.data {
                ColumnData::Days(days) => csv.day((days[row] != NO_DAY).then(|| Day(days[row]))),
                ColumnData::Money(money) => csv.money((money[row] != NO_MONEY).then(|| money[row]), currency),
                ColumnData::Numbers(_) => csv.number(column.data.number(row)),
                ColumnData::Texts { .. } => csv.text(column.data.text(row).unwrap_or_default()),
            };
        }
        csv.end_row();
        if row % 4096 == 0 {
            progress(row as f64 / table.rows() as f64);
        }
    }
    csv.finish()
}
