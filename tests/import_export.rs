//! Import → export → import is the identity: what is exported is read again without help, to the same table.

use proptest::prelude::*;
use quintile::core::contacts::{Contact, Wave, append_contacts};
use quintile::core::day::Day;
use quintile::core::dictionary::{Dictionary, NO_CODE};
use quintile::core::import::{Importer, preview};
use quintile::core::money::Currency;
use quintile::core::sample;
use quintile::core::table::{ColumnData, Table, TableKind};
use quintile::core::workspace::SampleId;
use quintile::tools::data::table_file;

/// Every row as text, exact to the last digit.
fn rows(table: &Table, customers: &Dictionary) -> Vec<Vec<String>> {
    let cell = |data: &ColumnData, row: usize| match data {
        ColumnData::Days(days) => days[row].to_string(),
        ColumnData::Money(money) => money[row].to_string(),
        ColumnData::Numbers(_) => format!("{:?}", data.number(row)),
        ColumnData::Texts { .. } => format!("{:?}", data.text(row)),
    };
    let row = |row: usize| {
        let customer = Some(table.customer[row]).filter(|&code| code != NO_CODE);
        let customer = customer.map_or(String::new(), |code| customers.get(code).to_string());
        let mut cells: Vec<String> = table
            .columns
            .iter()
            .map(|column| format!("{}={}", column.name, cell(&column.data, row)))
            .collect();
        // An export has the customer first; the other columns may then stand in another order.
        cells.sort();
        cells.insert(0, customer);
        cells
    };
    (0..table.rows()).map(row).collect()
}

fn import(file: &[u8]) -> (Table, Dictionary) {
    let plan = preview(file, true, &Default::default(), &|_| None).expect("a table").plan;
    assert!(plan.problems().is_empty(), "{:?}", plan.problems());
    let mut importer = Importer::new(plan, &Currency::default(), Dictionary::default(), [7; 16], None)
        .expect("a whole plan");
    importer.push(file).expect("rows");
    let imported = importer.finish().expect("usable rows");
    assert_eq!(imported.report.read, imported.report.used);
    (imported.table, imported.customers)
}

/// A text as clients' files hold it, formulas, quotes and line breaks among them; never blank at its edges, which
/// import trims, and never a mark for "no value".
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z\u{4e00}-\u{4e20}][A-Za-z0-9 ,;\"\n'=\u{4e00}-\u{4e20}]{0,10}[A-Za-z0-9]",
        "[=+@'][A-Za-z0-9|!]{1,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_table_comes_back_as_it_went(
        lines in prop::collection::vec((0u32..30, 0i32..900, -500_000i64..500_000, text(), 1u32..40), 3..40)
    ) {
        let quote = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut file = String::from("customer_id,order_date,amount,product,quantity\n");
        for (customer, day, amount, product, quantity) in &lines {
            let date = quintile::core::day::Day(18_000 + day);
            let amount = Currency::default().decimal(*amount);
            file.push_str(&format!("C{customer:03},{date},{amount},{},{quantity}\n", quote(product)));
        }
        let (first, customers) = import(file.as_bytes());
        let exported = table_file::write(&first, &customers, &Currency::default(), &mut |_| ());
        let (second, customers_again) = import(&exported);
        prop_assert_eq!(rows(&first, &customers), rows(&second, &customers_again));
    }
}

#[test]
fn responses_without_a_customer_come_back_without() {
    let file = "customer,key code,response date,revenue\nA,K1,2026-03-02,12.5\n,K2,,\nB,,2026-03-04,-3\n";
    let (table, customers) = import(file.as_bytes());
    let written = table_file::write(&table, &customers, &Currency::default(), &mut |_| ());
    let (again, customers_again) = import(&written);
    assert_eq!((again.kind, again.customer[1]), (TableKind::Responses, NO_CODE));
    assert_eq!(rows(&again, &customers_again), rows(&table, &customers));
}

#[test]
fn contacts_that_a_campaign_has_made_come_back() {
    let mut data = sample::make(SampleId::Teaching, sample::SEED, &mut |_| ());
    let contact = |customer: u32| Contact {
        customer,
        day: Some(Day(20_000 + customer as i32)),
        campaign: Some("Spring, 2026"),
        wave: Some(Wave::ALL[customer as usize % 5]),
        key_code: Some("S1"),
        cell: Some("155"),
    };
    append_contacts(&mut data, (0..9).map(contact));
    let table = &data.tables[&TableKind::Contacts];
    let written = table_file::write(table, &data.customers, &Currency::default(), &mut |_| ());
    let (again, customers) = import(&written);
    assert_eq!(again.kind, TableKind::Contacts);
    assert_eq!(rows(&again, &customers), rows(table, &data.customers));
}
