//! Every row is used or set aside, and appended once.

use crate::{cells, decoder, import_as_guessed, import_in_pieces, preview};
use quintile::core::day::Day;
use quintile::core::import::dates::DateForm;
use quintile::core::import::preview::Warning;
use quintile::core::import::{
    self, FileKind, FileProblem, Importer, MissingCustomer, Note, Overrides, PlanProblem, Reason,
};
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::table::{Role, Table, TableKind};

#[test]
fn every_row_is_used_or_set_aside_with_line_column_value_and_reason() {
    let file = "customer,date,amount\nA,2024-01-01,5\n\n,2024-01-02,5\nB,2024-02-30,5\n\"C\nC\",soon,5\nD,2024-01-05,5%\n\
                E,2024-01-06,5,6\nF,2024-01-07,1.005\nF,2024-01-08\n,,\nG,2024-01-09,7";
    let imported = import_as_guessed(file.as_bytes());
    let report = &imported.report;
    assert_eq!((report.read, report.used, report.set_aside_count), (9, 3, 6));
    assert_eq!((report.header_lines, report.blank_lines, report.ends_mid_row), (1, 2, false));
    let list: Vec<_> =
        report.set_aside.iter().map(|row| (row.line, row.column, row.value, row.reason)).collect();
    let expected = [
        (4, Some(0), "", Reason::MissingCustomer),
        (5, Some(1), "2024-02-30", Reason::NoSuchDay),
        (6, Some(1), "soon", Reason::NotADate),
        (8, Some(2), "5%", Reason::Percent),
        (9, None, "6", Reason::TooManyCells),
        (11, Some(2), "", Reason::MissingAmount),
    ];
    assert_eq!(list, expected.map(|(line, column, value, reason)| (line, column, value.to_string(), reason)));
    let rounded = Note::RoundedAmounts { column: 2, count: 1, first_line: 10, value: "1.005".into() };
    assert!(report.notes.contains(&rounded));
    assert_eq!(report.period, Day::parse_iso("2024-01-01").zip(Day::parse_iso("2024-01-09")));
    assert_eq!(report.set_aside.page(2, 2)[0].line, 6);
    let csv = String::from_utf8(report.set_aside.csv(&report.headers, Lang::ZhHant)).unwrap();
    assert!(csv.contains("\r\n5,date,2024-02-30,曆法上沒有這一天。\r\n"), "{csv}");
}

#[test]
fn a_file_that_ends_in_a_row_says_so() {
    let imported = import_as_guessed(b"customer,date,amount\nA,2024-01-01,5\nB,2024-01-02");
    assert!(imported.report.ends_mid_row);
    assert_eq!(imported.report.set_aside.get(0).unwrap().reason, Reason::CutOff);
    let file = b"customer,date,amount\nA,2024-01-01,5\nB,\"2024-01-02,5\nC,2024-01-03,5\n";
    let guessed = preview(file);
    let warning = Warning::UnclosedQuote { line: 3, ignored: true };
    assert!(!guessed.plan.quoting && guessed.warnings.contains(&warning), "{:?}", guessed.warnings);
    let mut plan = guessed.plan;
    plan.quoting = true;
    let imported = import_in_pieces(&plan, file, 5).unwrap();
    assert_eq!(imported.report.set_aside.get(0).unwrap().reason, Reason::UnclosedQuote);
    assert_eq!((imported.report.read, imported.report.used), (2, 1));
}

#[test]
fn an_amount_is_computed_from_price_and_quantity() {
    let file = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n\
                536365,85123A,HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom\n\
                C536379,D,Discount,-1,12/1/2010 9:41,27.505,14527,United Kingdom\n\
                536366,71053,LANTERN,6,12/13/2010 8:26,3.39,,France\n";
    let guess = preview(file.as_bytes());
    assert!(guess.warnings.contains(&Warning::ComputedAmount { price: 5, quantity: 3 }));
    assert_eq!(guess.plan.columns[4].date_form, Some(DateForm::Mdy));
    let imported = import_as_guessed(file.as_bytes());
    assert_eq!(imported.table.money(Role::Amount).unwrap(), [1_530, -2_751]);
    assert_eq!(imported.report.set_aside.get(0).unwrap().reason, Reason::MissingCustomer);
    let mut plan = guess.plan;
    plan.missing_customer = MissingCustomer::OneUnknown { name: "不明顧客".into() };
    let imported = import_in_pieces(&plan, file.as_bytes(), 9).unwrap();
    assert_eq!((imported.report.used, imported.customers.get(2)), (3, "不明顧客"));
}

#[test]
fn pseudonyms_are_stable_and_leave_no_original_behind() {
    let file = "customer_phone,date,amount,product,姓名\n0912345678,2024-01-01,5,tea,王小明\n0912345678,2024-01-02,6,tea,王小明\n\
                0987654321,oops,6,tea,李大華\n0955555555,2024-01-01,5,tea,陳,美麗\n0966666666,2024-01-01,x\n";
    let mut plan = preview(file.as_bytes()).plan;
    assert!(plan.columns[0].pseudonymise && plan.columns[4].pseudonymise);
    let (first, again) = (
        import_in_pieces(&plan, file.as_bytes(), 3).unwrap(),
        import_in_pieces(&plan, file.as_bytes(), 99).unwrap(),
    );
    assert_eq!(cells(&first), cells(&again));
    assert_eq!((first.customers.len(), first.report.used), (1, 2));
    assert!(first.customers.get(0).starts_with("C-"));
    let everything = format!("{:?} {:?} {:?}", cells(&first), first.report, first.report.set_aside);
    for personal in ["0912345678", "王小明", "0987654321", "李大華", "陳", "美麗", "0955555555", "0966666666"]
    {
        assert!(!everything.contains(personal), "{personal} in {everything}");
    }
    plan.columns[1].pseudonymise = true;
    assert_eq!(plan.problems(), [PlanProblem::NotText { column: 1 }]);
}

#[test]
fn what_is_not_a_table_of_text_is_answered_with_what_to_do() {
    let problem = |file: &[u8]| import::preview(file, true, &Overrides::default(), &decoder).unwrap_err();
    assert_eq!(problem(b""), FileProblem::NotText { kind: FileKind::Empty });
    assert_eq!(problem(b"PK\x03\x04 xl/workbook.xml"), FileProblem::NotText { kind: FileKind::Xlsx });
    assert_eq!(problem(b"customer,date,amount\n"), FileProblem::NoRows);
    assert!(matches!(problem(&vec![b','; 20_000]), FileProblem::TooManyColumns { .. }));
    let plan = preview(b"customer,date,amount\nA,2024-01-01,5\n").plan;
    let nothing = import_in_pieces(&plan, b"customer,date,amount\nA,soon,5\nB,later,6\n", 4).unwrap_err();
    assert!(
        matches!(&nothing, FileProblem::NothingUsable { read: 2, reason: Reason::NotADate, line: 2, value } if value == "soon")
    );
    for lang in Lang::ALL {
        assert!(problem(b"").say(lang).len() > 20 && nothing.say(lang).contains("soon"));
    }
    let mut incomplete = plan;
    incomplete.columns[2].role = Some(Role::Date);
    let needs = PlanProblem::Needs { kind: TableKind::Transactions, one_of: vec![Role::Amount] };
    assert!(incomplete.problems().contains(&needs));
    assert!(incomplete.problems().contains(&PlanProblem::Twice { role: Role::Date, first: 1, second: 2 }));
}

#[test]
fn a_cell_of_a_megabyte_and_a_thousand_columns_are_read() {
    let long = "x".repeat(1 << 20);
    let file = format!("customer,date,amount,note\nB,2024-01-01,5,x\nA,2024-01-01,5,\"{long}\"\n");
    let imported = import_as_guessed(file.as_bytes());
    assert_eq!(imported.table.columns[2].data.text(1).unwrap().len(), 1 << 20);
    let wide = format!("customer,date,amount{}\nA,2024-01-01,5{}\n", ",n".repeat(900), ",1".repeat(900));
    assert_eq!(import_as_guessed(wide.as_bytes()).table.columns.len(), 902);
}

#[test]
fn appending_tells_the_overlap_and_joins_the_tables() {
    let old = import_as_guessed(
        b"customer,order,date,amount\nA,1,2024-01-01,5\nB,2,2024-01-09,6\nB,2,2024-01-09,6\n",
    );
    let file = b"customer,order,date,amount,product\nB,2,2024-01-09,6,tea\nC,3,2024-01-10,7,rice\nA,1,2024-01-01,9,tea\n";
    let mut importer =
        Importer::new(preview(file).plan, &Currency::default(), old.customers, [9; 16], None).unwrap();
    importer.push(file).unwrap();
    let new = importer.finish().unwrap();
    assert_eq!((new.report.customers, new.report.new_customers), (3, 1));
    let overlap = import::overlap(&old.table, &new.table);
    assert_eq!((overlap.new_rows, overlap.repeated_rows), (3, 1));
    assert_eq!(overlap.period, Day::parse_iso("2024-01-01").zip(Day::parse_iso("2024-01-09")));
    let mut joined: Table = old.table;
    import::append(&mut joined, new.table);
    assert_eq!(joined.money(Role::Amount).unwrap(), [500, 600, 600, 600, 700, 900]);
    assert!(joined.columns.iter().all(|column| column.data.len() == 6));
    let product = &joined.column(Role::Product).unwrap().data;
    assert_eq!((product.text(0), product.text(4)), (None, Some("rice")));
    let order = &joined.column(Role::Order).unwrap().data;
    assert_eq!((order.text(3), order.text(5)), (Some("2"), Some("1")));
}
