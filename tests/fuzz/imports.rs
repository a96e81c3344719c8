//! Any bytes as a file: guessed, imported, stored, exported, imported again, and worked on by every tool.

use crate::chance::{below, corpus, mutate, one_of, text};
use crate::files::{Writing, check, dataset, decoder, import, sections};
use crate::harness::Input;
use crate::links;
use csv_core::ReadRecordResult;
use quintile::core::codec::{self, Meta};
use quintile::core::dataset::Dataset;
use quintile::core::export::unguard;
use quintile::core::import::amounts::NumberStyle;
use quintile::core::import::dates::DateForm;
use quintile::core::import::{
    self, ColumnPlan, Encoding, FileProblem, Imported, MissingCustomer, Overrides, Plan,
};
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::random::Random;
use quintile::core::table::{ColumnData, Role, Table, TableKind};
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent, ToolRequest};
use quintile::tools::{TOOLS, data::table_file};

pub fn case(random: &mut Random, input: &Input) {
    let file = file(random);
    input.is(&file);
    let overrides = overrides(random);
    let guess = match import::preview(&file, random.chance(0.9), &overrides, &decoder) {
        Ok(guess) => guess,
        Err(problem) => return say(&problem),
    };
    for lang in Lang::ALL {
        guess.questions.iter().for_each(|question| assert!(!question.say(&[], lang).is_empty()));
        guess.warnings.iter().for_each(|warning| assert!(!warning.say(&[], lang).is_empty()));
    }
    let mut plan = guess.plan;
    if !plan.problems().is_empty() || random.chance(0.2) {
        force(random, &mut plan);
    }
    let problems = plan.problems();
    if !problems.is_empty() {
        for lang in Lang::ALL {
            assert!(problems.iter().all(|problem| !problem.say(&[], lang).is_empty()));
        }
        return;
    }
    let whole = import(&plan, &file, || usize::MAX);
    let pieces = import(&plan, &file, || 1 + below(random, 60));
    match (&whole, &pieces) {
        (Ok(whole), Ok(pieces)) => {
            assert_eq!((sections(whole), &whole.report), (sections(pieces), &pieces.report));
            imported(random, whole);
        }
        (Err(whole), Err(pieces)) => {
            assert_eq!(whole, pieces);
            say(whole);
        }
        _ => panic!("whole: {whole:?}, in pieces: {pieces:?}"),
    }
}

fn say(problem: &FileProblem) {
    Lang::ALL.into_iter().for_each(|lang| assert!(!problem.say(lang).is_empty()));
}

fn file(random: &mut Random) -> Vec<u8> {
    thread_local!(static KEPT: Vec<Vec<u8>> = corpus("import"));
    if random.chance(0.6) {
        let mut file = KEPT.with(|kept| one_of(random, kept));
        if random.chance(0.9) {
            mutate(random, &mut file);
        }
        return file;
    }
    const HEADERS: [&str; 12] = [
        "customer",
        "date",
        "amount",
        "product",
        "quantity",
        "unit price",
        "關鍵碼",
        "回應日期",
        "最近購買日期",
        "購買次數",
        "累計消費金額",
        "=header",
    ];
    let width = 1 + below(random, 7);
    let mut rows: Vec<Vec<String>> = vec![(0..width).map(|_| one_of(random, &HEADERS).to_string()).collect()];
    for _ in 0..1 + random.below(20) {
        let width = if random.chance(0.1) { below(random, 10) } else { width };
        rows.push((0..width).map(|_| cell(random)).collect());
    }
    let mut file = Writing::any(random).bytes(&rows);
    if random.chance(0.3) {
        mutate(random, &mut file);
    }
    file
}

fn cell(random: &mut Random) -> String {
    match random.below(5) {
        0 => format!("2024-{:02}-{:02}", 1 + random.below(13), 1 + random.below(31)),
        1 => format!("{}", random.below(100_000) as f64 / 100.0),
        2 => format!("C{}", random.below(9)),
        _ => text(random),
    }
}

fn overrides(random: &mut Random) -> Overrides {
    let mut overrides = Overrides::default();
    if random.chance(0.1) {
        overrides.encoding = Some(one_of(random, &Encoding::ALL));
    }
    if random.chance(0.1) {
        overrides.delimiter = Some(one_of(random, b",;\t|x"));
    }
    if random.chance(0.1) {
        overrides.quoting = Some(random.chance(0.5));
    }
    if random.chance(0.1) {
        overrides.header = Some(random.chance(0.5));
    }
    if random.chance(0.2) {
        overrides.kind = Some(one_of(random, &TableKind::ALL));
    }
    overrides
}

/// Gives the columns roles at random, as a person could.
fn force(random: &mut Random, plan: &mut Plan) {
    let mut free: Vec<Role> = import::plan::roles(plan.kind).to_vec();
    for column in &mut plan.columns {
        let role =
            if free.is_empty() { Role::Attribute } else { free.remove(below(random, free.len().min(4))) };
        *column = ColumnPlan {
            header: std::mem::take(&mut column.header),
            role: Some(role),
            pseudonymise: random.chance(0.1),
            date_form: Some(one_of(random, &DateForm::ALL)),
            number_style: Some(one_of(random, &[NumberStyle::DotDecimal, NumberStyle::CommaDecimal])),
        };
        if role == Role::Attribute && random.chance(0.7) {
            (column.date_form, column.number_style) = (None, None);
        }
    }
    if random.chance(0.3) {
        plan.missing_customer = MissingCustomer::OneUnknown { name: "不明顧客".into() };
    }
}

fn imported(random: &mut Random, imported: &Imported) {
    check(imported);
    let list = imported.report.set_aside.csv(&imported.report.headers, Lang::ZhHant);
    assert_eq!(parse(&list).len(), imported.report.set_aside.len() + 1);
    assert!(parse(&list).iter().flatten().all(|cell| is_inert(cell)), "the list of rows set aside");

    let data = dataset(imported);
    let (read, _) = codec::decode(&sections(imported)).expect("what is stored comes back");
    assert_eq!(codec::encode(&read, &Meta::new()), sections(imported));
    exported(imported);
    if random.chance(0.3) {
        every_tool(random, data);
    }
}

/// An export holds the same table, and no cell that a spreadsheet would run.
fn exported(imported: &Imported) {
    let Imported { table, customers, .. } = imported;
    let file = table_file::write(table, customers, &Currency::default(), &mut |_| ());
    let rows = parse(&file);
    assert_eq!(rows.len(), table.rows() + 1);
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row.len(), table.columns.len() + 1);
        for (cell, column) in row[1..].iter().zip(&table.columns) {
            let is_number = at > 0 && !matches!(column.data, ColumnData::Texts { .. });
            if is_number {
                assert!(cell.bytes().all(|b| b.is_ascii_digit() || b"-+.e".contains(&b)), "{cell:?}");
            } else {
                assert!(is_inert(cell), "{cell:?}");
            }
            if let Some(text) = at.checked_sub(1).and_then(|row| column.data.text(row)) {
                assert_eq!(unguard(cell), text);
            }
        }
        assert!(is_inert(&row[0]));
    }
    let again = import(&plan_of(table), &file, || usize::MAX).expect("our own file");
    assert_eq!((again.report.read, again.report.set_aside_count), (table.rows() as u64, 0));
    assert_eq!(sections(&again), sections(imported), "import, export, import");
}

/// How our own file of a table is read.
fn plan_of(table: &Table) -> Plan {
    let customer =
        ColumnPlan { header: "customer_id".into(), role: Some(Role::Customer), ..ColumnPlan::default() };
    let columns = table.columns.iter().map(|column| ColumnPlan {
        header: column.name.clone(),
        role: Some(column.role),
        pseudonymise: false,
        date_form: matches!(column.data, ColumnData::Days(_)).then_some(DateForm::Ymd),
        number_style: matches!(column.data, ColumnData::Numbers(_) | ColumnData::Money(_))
            .then_some(NumberStyle::DotDecimal),
    });
    Plan {
        encoding: Encoding::Utf8,
        delimiter: b',',
        quoting: true,
        header: true,
        kind: table.kind,
        columns: std::iter::once(customer).chain(columns).collect(),
        missing_customer: MissingCustomer::SetAside,
    }
}

/// Whether no spreadsheet takes the cell for a formula.
fn is_inert(cell: &str) -> bool {
    !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// The cells of a CSV file of ours.
fn parse(file: &[u8]) -> Vec<Vec<String>> {
    let mut rest = file.strip_prefix(b"\xef\xbb\xbf").expect("a mark for spreadsheets");
    let (mut reader, mut rows) = (csv_core::Reader::new(), Vec::new());
    let (mut text, mut ends) = (vec![0; file.len() + 1], vec![0; 2_000]);
    loop {
        let (result, read, _, count) = reader.read_record(rest, &mut text, &mut ends);
        rest = &rest[read..];
        match result {
            ReadRecordResult::Record => {
                let starts = std::iter::once(0).chain(ends.iter().copied());
                let pieces = starts.zip(ends.iter().copied()).take(count);
                rows.push(
                    pieces.map(|(from, to)| String::from_utf8(text[from..to].to_vec()).unwrap()).collect(),
                );
            }
            ReadRecordResult::End => return rows,
            ReadRecordResult::InputEmpty => {}
            full => panic!("{full:?}"),
        }
    }
}

/// Each tool answers or says why not; none panics, whatever was imported and whatever the options are.
fn every_tool(random: &mut Random, data: Dataset) {
    let mut session = Session::new(data, Meta::new(), Settings::default());
    for tool in TOOLS.iter().filter_map(|listed| listed.part.get()).filter(|tool| tool.job.is_some()) {
        let mut input = tool.demo.expect("a job has a demo")();
        if let Some(options) = input.get_mut("options")
            && random.chance(0.5)
        {
            *options = (tool.link.read)(&links::fields(random, tool)).0;
        }
        let request = ToolRequest { tool: tool.id.into(), input };
        match quintile::jobs::run(&mut session, request, &mut Silent) {
            Ok(reply) => drop(serde_json::from_str::<serde_json::Value>(&reply.json).expect("an answer")),
            Err(problem) => Lang::ALL.into_iter().for_each(|lang| assert!(!problem.say(lang).is_empty())),
        }
    }
}
