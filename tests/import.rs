//! Whole files through preview and import.

use encoding_rs::{BIG5, CoderResult, GB18030};
use proptest::prelude::*;
use quintile::core::day::Day;
use quintile::core::dictionary::{Dictionary, NO_CODE};
use quintile::core::import::amounts::{self, NumberStyle};
use quintile::core::import::dates::DateForm;
use quintile::core::import::preview::{Question, Warning};
use quintile::core::import::{
    self, Encoding, FileKind, FileProblem, ForeignDecoder, Imported, Importer, MissingCustomer, Note,
    Overrides, Plan, PlanProblem, Preview, Reason,
};
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::table::{NO_MONEY, Role, Table, TableKind};

/// What a browser's `TextDecoder` does in the stream.
struct StreamDecoder(encoding_rs::Decoder);

impl ForeignDecoder for StreamDecoder {
    fn decode(&mut self, mut bytes: &[u8], last: bool, out: &mut String) -> usize {
        let before = out.len();
        loop {
            out.reserve(bytes.len() * 3 + 16);
            let (result, read, _) = self.0.decode_to_string(bytes, out, last);
            bytes = &bytes[read..];
            if result == CoderResult::InputEmpty {
                return out[before..].matches('\u{fffd}').count();
            }
        }
    }
}

fn decoder(encoding: Encoding) -> Option<Box<dyn ForeignDecoder>> {
    let encoding = match encoding {
        Encoding::Big5 => BIG5,
        Encoding::Gb18030 => GB18030,
        _ => return None,
    };
    Some(Box::new(StreamDecoder(encoding.new_decoder_without_bom_handling())))
}

fn preview(file: &[u8]) -> Preview {
    import::preview(file, true, &Overrides::default(), &decoder).unwrap()
}

fn import_in_pieces(plan: &Plan, file: &[u8], piece: usize) -> Result<Imported, FileProblem> {
    let decoder = decoder(plan.encoding);
    let mut importer =
        Importer::new(plan.clone(), &Currency::default(), Dictionary::default(), [9; 16], decoder).unwrap();
    for part in file.chunks(piece) {
        importer.push(part)?;
    }
    importer.finish()
}

fn import_as_guessed(file: &[u8]) -> Imported {
    let plan = preview(file).plan;
    assert_eq!(plan.problems(), []);
    import_in_pieces(&plan, file, 1 << 16).unwrap()
}

fn roles(preview: &Preview) -> Vec<Option<Role>> {
    preview.plan.columns.iter().map(|column| column.role).collect()
}

/// Everything a table holds, as text.
fn cells(imported: &Imported) -> Vec<String> {
    let Imported { table, customers, .. } = imported;
    let row = |row: usize| {
        let name = customers.get(table.customer[row]).to_string();
        let cell = |column: &quintile::core::table::Column| match &column.data {
            quintile::core::table::ColumnData::Days(days) => days[row].to_string(),
            quintile::core::table::ColumnData::Money(money) => money[row].to_string(),
            data => format!("{:?} {:?}", data.text(row), data.number(row)),
        };
        [name].into_iter().chain(table.columns.iter().map(cell)).collect::<Vec<_>>().join("|")
    };
    (0..table.rows()).map(row).collect()
}

const ORDERS: &str = "會員編號,訂單編號,交易日期,實付金額,商品名稱,門市\r\n\
    A001,T1,2024-02-29,\"1,200\",綠茶(大),台北門市\r\n\
    A002,T2,2024-03-01,350.5,\"紅茶, 無糖\",高雄門市\r\n\
    A001,T3,2024-03-02,-80,退貨,台北門市\r\n";

#[test]
fn the_same_rows_in_every_encoding_give_the_same_table() {
    let expected = import_as_guessed(ORDERS.as_bytes());
    assert_eq!(expected.report.used, 3);
    assert_eq!(expected.table.money(Role::Amount).unwrap(), [120_000, 35_050, -8_000]);
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { ORDERS.encode_utf16().flat_map(bytes).collect() };
    let files: Vec<(Encoding, Vec<u8>)> = vec![
        (Encoding::Utf8, ["\u{feff}".as_bytes(), ORDERS.as_bytes()].concat()),
        (Encoding::Utf16Le, [&b"\xff\xfe"[..], &utf16(u16::to_le_bytes)].concat()),
        (Encoding::Utf16Be, [&b"\xfe\xff"[..], &utf16(u16::to_be_bytes)].concat()),
        (Encoding::Utf16Le, utf16(u16::to_le_bytes)),
        (Encoding::Utf16Be, utf16(u16::to_be_bytes)),
        (Encoding::Big5, BIG5.encode(ORDERS).0.into_owned()),
        (Encoding::Gb18030, GB18030.encode(ORDERS).0.into_owned()),
    ];
    for (encoding, file) in files {
        let preview = preview(&file);
        assert_eq!(preview.encoding.encoding, encoding);
        assert_eq!(preview.encoding.sure, !encoding.is_foreign() && preview.encoding.bom_len > 0);
        for piece in [1, 2, 3, 7, 1 << 16] {
            let imported = import_in_pieces(&preview.plan, &file, piece).unwrap();
            assert_eq!(cells(&imported), cells(&expected), "{encoding:?} in pieces of {piece}");
            assert_eq!(imported.report.notes, []);
        }
    }
}

#[test]
fn an_uncertain_encoding_is_asked_with_the_other_ones() {
    let guess = preview(&BIG5.encode(ORDERS).0);
    let asked = guess.questions.iter().find_map(|question| match question {
        Question::Encoding { guessed, alternatives } => {
            Some((*guessed, alternatives.contains(&Encoding::Gb18030)))
        }
        _ => None,
    });
    assert_eq!(asked, Some((Encoding::Big5, true)));
    let overrides = Overrides { encoding: Some(Encoding::Gb18030), ..Overrides::default() };
    let other = import::preview(&BIG5.encode(ORDERS).0, true, &overrides, &decoder).unwrap();
    assert_eq!((other.plan.encoding, other.encoding.sure), (Encoding::Gb18030, true));
    let none = import::preview(&BIG5.encode(ORDERS).0, true, &Overrides::default(), &|_| None);
    assert_eq!(none.unwrap_err(), FileProblem::NoDecoder { encoding: Encoding::Big5 });
}

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
fn damaged_characters_are_counted_with_their_first_line() {
    let imported = import_as_guessed(
        "customer,date,amount\n王,2024-01-01,5\n李小明大王,2024-01-01,5\n"
            .as_bytes()
            .iter()
            .copied()
            .chain(*b"A\xff,2024-01-02,5\n")
            .collect::<Vec<u8>>()
            .as_slice(),
    );
    assert_eq!(imported.report.notes, [Note::ReplacedCharacters { count: 1, first_line: 4 }]);
    assert_eq!(imported.customers.get(2), "A\u{fffd}");
}

#[test]
fn taiwanese_forms_are_read_without_help() {
    let file = "會員編號;日期;金額\nA1;民國113年2月29日;ＮＴ＄１，２００\nA2;113/03/01;(80)\nA3;113/3/2 下午 03:00;1,234.5元\n";
    let imported = import_as_guessed(file.as_bytes());
    assert_eq!(imported.table.money(Role::Amount).unwrap(), [120_000, -8_000, 123_450]);
    assert_eq!(imported.report.period, Day::parse_iso("2024-02-29").zip(Day::parse_iso("2024-03-02")));
}

#[test]
fn pasted_cells_and_european_files_are_read_without_help() {
    let pasted = "customer\tdate\tamount\nA\t2024/1/5\t1,200\nB\t2024/1/6\t1,350.50\n";
    assert_eq!(import_as_guessed(pasted.as_bytes()).table.money(Role::Amount).unwrap(), [120_000, 135_050]);
    let german = "sep=;\nKunde;Datum;Betrag\nA;31.12.2023;1.200,50 €\nB;05.01.2024;80,5-\n";
    let imported = import_as_guessed(german.as_bytes());
    assert_eq!(imported.table.money(Role::Amount).unwrap(), [120_050, -8_050]);
    assert_eq!(imported.report.header_lines, 2);
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
fn a_doubtful_date_and_number_are_asked_with_an_example() {
    let guess = preview(b"customer,date,amount\nA,3/4/2024,\"1,234\"\nB,5/6/2024,\"2,345\"\n");
    assert!(
        matches!(&guess.questions[0], Question::DateForm { column: 1, doubt } if doubt.cell == "3/4/2024")
    );
    assert!(matches!(&guess.questions[1], Question::NumberStyle { column: 2, cell, .. } if cell == "1,234"));
    for lang in Lang::ALL {
        guess.questions.iter().for_each(|question| assert!(question.say(&[], lang).len() > 10));
    }
}

#[test]
fn summaries_and_customer_tables_are_told_apart() {
    let summary = preview(
        "會員編號,最近購買日期,購買次數,累計消費金額\nA,2024-01-01,3,1200\nB,2024-02-01,1,90\n".as_bytes(),
    );
    use Role::*;
    assert_eq!(summary.kind, TableKind::Summary);
    assert_eq!(roles(&summary), [Customer, LastPurchase, Purchases, TotalSpend].map(Some));
    let rfm =
        preview(b"customer_id,recency,frequency,monetary\n1,30,3,1200\n2,60,1,90\n2,9,1,9\n3,9,1.5,9\n");
    assert_eq!(roles(&rfm), [Customer, DaysSince, Purchases, TotalSpend].map(Some));
    let file = b"customer_id,recency,frequency,monetary\n1,30,3,1200\n2,60,1,90\n2,9,1,9\n3,9,1.5,9\n";
    let reasons: Vec<Reason> =
        import_as_guessed(file).report.set_aside.iter().map(|row| row.reason).collect();
    assert_eq!(reasons, [Reason::RepeatedCustomer, Reason::NotACount]);
    let customers = preview(
        "會員編號,姓名,手機,城市,年齡\nA,王小明,0912345678,台北,31\nB,李大華,0987654321,高雄,40\n".as_bytes(),
    );
    assert_eq!(customers.kind, TableKind::Customers);
    assert!(customers.plan.columns[1].pseudonymise && customers.plan.columns[2].pseudonymise);
    assert_eq!(roles(&customers), [Customer, Attribute, Attribute, Region, Attribute].map(Some));
}

#[test]
fn a_file_without_a_header_is_guessed_from_its_contents() {
    let guess = preview(b"A1,2024-01-05,120.5\nA2,2024-01-06,80\nA1,2024-01-07,15\n");
    assert!(!guess.dialect.header);
    assert_eq!(roles(&guess), [Role::Customer, Role::Date, Role::Amount].map(Some));
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

fn check(result: Result<Imported, FileProblem>) -> Option<(Vec<String>, import::Report)> {
    match result {
        Ok(imported) => {
            let report = &imported.report;
            assert_eq!(report.read, report.used + report.set_aside_count);
            assert_eq!(report.set_aside.len() as u64, report.set_aside_count);
            assert_eq!(imported.table.rows() as u64, report.used);
            assert!(imported.table.columns.iter().all(|column| column.data.len() == imported.table.rows()));
            Some((cells(&imported), imported.report))
        }
        Err(problem) => {
            Lang::ALL.into_iter().for_each(|lang| assert!(!problem.say(lang).is_empty()));
            None
        }
    }
}

/// Reads any bytes as they are guessed, whole and in pieces: the same result or the same error.
fn read_any(file: &[u8], piece: usize) {
    let Ok(guess) = import::preview(file, true, &Overrides::default(), &decoder) else { return };
    if !guess.plan.problems().is_empty() {
        return;
    }
    let whole = check(import_in_pieces(&guess.plan, file, file.len().max(1)));
    let pieces = check(import_in_pieces(&guess.plan, file, piece));
    assert_eq!(whole, pieces);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_give_a_result_or_an_error(file in prop::collection::vec(any::<u8>(), 0..400), piece in 1_usize..20) {
        read_any(&file, piece);
        let mut plan = preview(ORDERS.as_bytes()).plan;
        for encoding in Encoding::ALL {
            plan.encoding = encoding;
            let whole = check(import_in_pieces(&plan, &file, file.len().max(1)));
            prop_assert_eq!(whole, check(import_in_pieces(&plan, &file, piece)));
        }
    }

    #[test]
    fn a_mutated_file_gives_a_result_or_an_error(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..12),
        piece in 1_usize..20,
        big5 in any::<bool>(),
    ) {
        let mut file = if big5 { BIG5.encode(ORDERS).0.into_owned() } else { ORDERS.as_bytes().to_vec() };
        for (at, byte, how) in edits {
            let at = at.index(file.len());
            match how {
                0 => file[at] = byte,
                1 => file.insert(at, b"\",;\r\n\t\0\xff"[usize::from(byte % 8)]),
                _ if file.len() > 1 => drop(file.remove(at)),
                _ => {}
            }
        }
        read_any(&file, piece);
    }

    #[test]
    fn amounts_come_back_as_they_were(minor in -amounts::MAX_MINOR..=amounts::MAX_MINOR) {
        let plain = Currency::default().decimal(minor);
        let (sign, size) = plain.strip_prefix('-').map_or(("", plain.as_str()), |size| ("-", size));
        let (whole, decimals) = size.split_once('.').unwrap();
        let mut grouped = String::new();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let european = format!("{sign}{},{decimals}", grouped.replace(',', "."));
        let bracketed = if minor < 0 { format!("(NT${grouped}.{decimals})") } else { format!("NT${grouped}.{decimals}") };
        let read = |cell: &str, style| amounts::amount(cell, style, 2).map(|amount| (amount.minor, amount.rounded));
        prop_assert_eq!(read(&plain, NumberStyle::DotDecimal), Ok((minor, false)));
        prop_assert_eq!(read(&european, NumberStyle::CommaDecimal), Ok((minor, false)));
        prop_assert_eq!(read(&bracketed, NumberStyle::DotDecimal), Ok((minor, false)));
    }

    #[test]
    fn days_come_back_in_every_form(number in -25_567_i32..=47_846) {
        let day = Day(number);
        let (y, m, d) = day.ymd();
        let mut forms = vec![
            (DateForm::Ymd, day.to_string()),
            (DateForm::Ymd, format!("{y}年{m}月{d}日")),
            (DateForm::Compact, format!("{y}{m:02}{d:02}")),
            (DateForm::Dmy, format!("{d}/{m}/{y} 08:26")),
            (DateForm::Mdy, format!("{m:02}-{d:02}-{y}")),
            (DateForm::ExcelSerial, (number + 25_569 - i32::from(number < -25_508)).to_string()),
        ];
        if y > 1920 {
            forms.push((DateForm::Roc, format!("民國{}年{m}月{d}日", y - 1911)));
            forms.push((DateForm::Roc, format!("{:03}{m:02}{d:02}", y - 1911)));
            forms.push((DateForm::Roc, format!("{:02}/{m:02}/{d:02}", y - 1911)));
        }
        for (form, text) in forms {
            prop_assert_eq!(form.parse(&text), Ok(day), "{:?} {}", form, text);
        }
    }

    #[test]
    fn any_cell_is_a_value_or_a_problem(cell in "\\PC{0,40}") {
        for form in DateForm::ALL {
            let _ = form.parse(&cell);
        }
        for style in [NumberStyle::DotDecimal, NumberStyle::CommaDecimal] {
            let _ = amounts::amount(&cell, style, 2);
            if let Ok(number) = amounts::number(&cell, style) {
                prop_assert!(number.is_finite());
            }
        }
    }
}

const RESPONSES: &str = "key code,customer id,response date,revenue,campaign\n\
    K1,A001,2026-03-02,1200,Spring\nK1,,2026-03-03,,Spring\n,A002,soon,80,Spring\n,,2026-03-04,5,Spring\nK2,A001,,,\n";

#[test]
fn a_response_is_known_by_its_customer_or_by_its_key_code() {
    let guess = preview(RESPONSES.as_bytes());
    assert_eq!((guess.kind, guess.problems.len()), (TableKind::Responses, 0));
    let told = [Role::KeyCode, Role::Customer, Role::Date, Role::Amount, Role::Campaign];
    assert_eq!(roles(&guess), told.map(Some));
    let imported = import_as_guessed(RESPONSES.as_bytes());
    let report = &imported.report;
    assert_eq!((report.read, report.used, report.set_aside_count, report.customers), (5, 4, 1, 2));
    assert_eq!(report.set_aside.get(0).unwrap().reason, Reason::MissingCustomerAndKeyCode);
    assert!(report.notes.contains(&Note::ByKeyCodeAlone { count: 1, first_line: 3 }));
    let unreadable = |note: &Note| matches!(note, Note::UnreadableOptional { column: 2, count: 1, .. });
    assert!(report.notes.iter().any(unreadable), "the date is optional: {:?}", report.notes);
    assert_eq!(report.period, Some((Day::from_ymd(2026, 3, 2).unwrap(), Day::from_ymd(2026, 3, 3).unwrap())));
    assert_eq!(imported.table.customer, [0, NO_CODE, 1, 0]);
    assert_eq!(imported.table.money(Role::Amount).unwrap(), [120_000, NO_MONEY, 8_000, NO_MONEY]);
}

#[test]
fn responses_by_key_code_alone_need_no_customer_column() {
    let file = "關鍵碼,回應日期\nK1,2026/3/2\nK1,2026/3/2\n,2026/3/2\n";
    let guess = preview(file.as_bytes());
    assert_eq!((guess.kind, guess.problems.len()), (TableKind::Responses, 0));
    assert_eq!(roles(&guess), [Some(Role::KeyCode), Some(Role::Date)]);
    let imported = import_as_guessed(file.as_bytes());
    assert_eq!((imported.report.used, imported.customers.len()), (2, 0));
    assert_eq!(imported.table.customer, [NO_CODE; 2]);
    let neither = Plan { columns: guess.plan.columns[1..].to_vec(), ..guess.plan };
    let needs =
        PlanProblem::Needs { kind: TableKind::Responses, one_of: vec![Role::Customer, Role::KeyCode] };
    assert_eq!(neither.problems(), [needs]);
}

#[test]
fn a_list_is_one_of_responses_only_when_its_headers_say_so() {
    let cases = [
        ("responder\nA\nB\n", TableKind::Responses),
        ("customer,response date\nA,2026-01-02\nB,2026-01-03\n", TableKind::Responses),
        ("顧客編號,回應日期,營收\nA,2026-01-02,30\nB,2026-01-03,40\n", TableKind::Responses),
        ("customer,key code\nA,K1\nB,K2\n", TableKind::Responses),
        ("customer,revenue\nA,100\nB,200\n", TableKind::Customers),
        ("customer\nA\nB\n", TableKind::Customers),
        ("customer,date,amount,key code\nA,2026-01-02,5,K1\n", TableKind::Transactions),
        ("customer,age,responded\nA,30,1\nB,40,0\n", TableKind::Customers),
        ("customer,campaign,wave,key code\nA,Spring,test,K1\n", TableKind::Contacts),
        ("顧客編號,寄送日期,行銷活動,梯次,區塊代碼\nA,2026-01-02,春季,測試,555\n", TableKind::Contacts),
        ("customer,date,amount,microwave\nA,2026-01-02,5,1\n", TableKind::Transactions),
    ];
    for (file, kind) in cases {
        let guess = preview(file.as_bytes());
        assert_eq!((guess.kind, guess.problems), (kind, vec![]), "{file}");
    }
    let overrides = Overrides { kind: Some(TableKind::Responses), ..Overrides::default() };
    let picked = import::preview(b"customer,revenue\nA,100\nB,\n", true, &overrides, &decoder).unwrap();
    assert_eq!(roles(&picked), [Some(Role::Customer), Some(Role::Amount)]);
}

#[test]
fn contacts_take_a_customer_in_several_rows_and_none_without() {
    let file = "customer,contact date,campaign,wave,cell\nA,2026-01-02,Spring,test,555\n\
                A,2026-02-02,Spring,roll-out,555\n,2026-02-02,Spring,roll-out,551\n";
    let mut plan = preview(file.as_bytes()).plan;
    plan.missing_customer = MissingCustomer::OneUnknown { name: "?".into() };
    assert!(!plan.can_be_unknown());
    let imported = import_in_pieces(&plan, file.as_bytes(), 16).unwrap();
    assert_eq!((imported.report.used, imported.report.set_aside_count), (2, 1));
    assert_eq!(imported.report.set_aside.get(0).unwrap().reason, Reason::MissingCustomer);
    assert_eq!(imported.table.customer, [0, 0]);
    assert_eq!(imported.table.texts(Role::Wave).unwrap().1.len(), 2);
}

#[test]
fn appended_responses_repeat_only_with_the_same_key_code() {
    let of = |file: &str| {
        let overrides = Overrides { kind: Some(TableKind::Responses), ..Overrides::default() };
        let plan = import::preview(file.as_bytes(), true, &overrides, &decoder).unwrap().plan;
        import_in_pieces(&plan, file.as_bytes(), 1 << 16).unwrap().table
    };
    let mut before = of("key code,date\nK1,2026-01-02\nK2,2026-01-02\n");
    let new = of("key code,date\nK2,2026-01-02\nK3,2026-01-02\nK2,2026-01-02\n");
    assert_eq!(import::overlap(&before, &new).repeated_rows, 1);
    import::append(&mut before, new);
    assert_eq!(before.customer, [NO_CODE; 5]);
    let (codes, texts) = before.texts(Role::KeyCode).unwrap();
    let told: Vec<&str> = codes.iter().map(|&code| texts.get(code)).collect();
    assert_eq!(told, ["K1", "K2", "K2", "K3", "K2"]);
}
