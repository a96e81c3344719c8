//! The published data sets.

use crate::{import_as_guessed, preview, roles};
use quintile::core::import::preview::Warning;
use quintile::core::table::{Role, TableKind};

fn dataset(name: &str) -> Option<Vec<u8>> {
    let path = format!("{}/../shared/datasets/{name}", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read(&path).ok();
    if file.is_none() {
        println!("skipped: no {name}");
    }
    file
}

#[test]
fn rfm_data_orders_is_read_without_help() {
    let Some(file) = dataset("rfm_data_orders.csv") else { return };
    assert_eq!(roles(&preview(&file)), [Role::Customer, Role::Date, Role::Amount].map(Some));
    let imported = import_as_guessed(&file);
    assert_eq!((imported.report.read, imported.report.used), (4_906, 4_906));
    assert_eq!((imported.report.customers, &imported.report.notes[..]), (995, &[][..]));
}

#[test]
fn online_retail_is_read_without_help_and_keeps_its_refunds() {
    let Some(file) = dataset("online_retail_invoices.csv") else { return };
    let guess = preview(&file);
    use Role::*;
    assert_eq!(roles(&guess), [Order, Customer, Date, Amount, Attribute, Region, Attribute].map(Some));
    let imported = import_as_guessed(&file);
    assert_eq!((imported.report.read, imported.report.used), (22_190, 22_190));
    let cancelled = imported.table.columns.iter().find(|column| column.name == "cancelled").unwrap();
    let money = imported.table.money(Amount).unwrap();
    let refunds = (0..money.len()).filter(|&row| cancelled.data.number(row) == Some(1.0));
    assert!(refunds.clone().count() > 3_000 && refunds.clone().all(|row| money[row] < 0));
}

#[test]
fn cdnow_is_known_for_a_repeat_buying_summary() {
    let Some(file) = dataset("cdnow_customers_summary.csv") else { return };
    let guess = preview(&file);
    assert_eq!(guess.kind, TableKind::Customers);
    assert!(guess.warnings.contains(&Warning::RepeatSummary));
    let imported = import_as_guessed(&file);
    assert_eq!((imported.report.used, imported.report.customers), (2_357, 2_357));
    assert_eq!(imported.table.columns[1].data.number(0), Some(30.43));
}
