//! Files of orders whose every row is known beforehand: the import must find exactly those.

use crate::cells::{write_amount, write_day};
use crate::chance::{HOSTILE, below, between, one_of, text};
use crate::files::{Writing, check, import, sections};
use crate::harness::Input;
use quintile::core::day::Day;
use quintile::core::import::amounts::NumberStyle;
use quintile::core::import::cells::{self, is_missing};
use quintile::core::import::dates::DateForm;
use quintile::core::import::{ColumnPlan, MissingCustomer, Plan, Reason};
use quintile::core::random::Random;
use quintile::core::table::{Role, TableKind};

struct Expected {
    customers: Vec<String>,
    days: Vec<i32>,
    amounts: Vec<i64>,
    products: Vec<String>,
    aside: Vec<Reason>,
}

pub fn case(random: &mut Random, input: &Input) {
    let form = one_of(random, &DateForm::ALL);
    let style = one_of(random, &[NumberStyle::DotDecimal, NumberStyle::CommaDecimal]);
    let mut expected =
        Expected { customers: vec![], days: vec![], amounts: vec![], products: vec![], aside: vec![] };
    let mut rows = vec![["who", "when", "how much", "what"].map(String::from).to_vec()];
    let mut names: Vec<String> = (0..1 + random.below(6)).map(|_| customer(random)).collect();
    names.push("A1".into());
    for _ in 0..1 + random.below(30) {
        rows.push(row(random, form, style, &names, &mut expected));
    }
    let writing = Writing::any(random);
    let file = writing.bytes(&rows);
    input.is(&file);

    let column =
        |header: &str, role| ColumnPlan { header: header.into(), role: Some(role), ..ColumnPlan::default() };
    let plan = Plan {
        encoding: writing.encoding,
        delimiter: writing.delimiter,
        quoting: true,
        header: true,
        kind: TableKind::Transactions,
        columns: vec![
            column("who", Role::Customer),
            ColumnPlan { date_form: Some(form), ..column("when", Role::Date) },
            ColumnPlan { number_style: Some(style), ..column("how much", Role::Amount) },
            column("what", Role::Product),
        ],
        missing_customer: MissingCustomer::SetAside,
    };
    let whole = import(&plan, &file, || usize::MAX);
    let pieces = import(&plan, &file, || 1 + below(random, 40));
    let (whole, pieces) = match (whole, pieces) {
        (Ok(whole), Ok(pieces)) => (whole, pieces),
        (whole, pieces) => {
            assert!(expected.days.is_empty(), "{whole:?}");
            assert_eq!(whole.unwrap_err(), pieces.unwrap_err());
            return;
        }
    };
    check(&whole);
    assert_eq!((sections(&whole), &whole.report), (sections(&pieces), &pieces.report));
    let table = &whole.table;
    let customers: Vec<&str> = table.customer.iter().map(|&code| whole.customers.get(code)).collect();
    assert_eq!(customers, expected.customers);
    assert_eq!(table.days(Role::Date).unwrap(), expected.days);
    assert_eq!(table.money(Role::Amount).unwrap(), expected.amounts);
    let products = &table.column(Role::Product).unwrap().data;
    let products: Vec<&str> = (0..table.rows()).map(|row| products.text(row).unwrap_or_default()).collect();
    assert_eq!(products, expected.products);
    let aside: Vec<Reason> = whole.report.set_aside.iter().map(|row| row.reason).collect();
    assert_eq!(aside, expected.aside);
}

/// A name that says that there is a customer.
fn customer(random: &mut Random) -> String {
    loop {
        let name = if random.chance(0.5) { format!("C{:03}", random.below(50)) } else { text(random) };
        if !is_missing(cells::text(&name)) {
            return name;
        }
    }
}

fn row(
    random: &mut Random,
    form: DateForm,
    style: NumberStyle,
    names: &[String],
    expected: &mut Expected,
) -> Vec<String> {
    let name = one_of(random, names);
    let first = if form == DateForm::Roc { -21_000 } else { -25_567 };
    let day = Day(between(random, first, 47_846) as i32);
    let minor = between(random, -99_999_999, 99_999_999);
    let mut row = vec![
        name.clone(),
        write_day(random, form, day).expect("a day that the form can write"),
        write_amount(random, style, minor),
        text(random),
    ];
    // Now and then one thing is wrong with the row; the first that is wrong is told.
    let wrong = match random.below(12) {
        0 => Some((0, one_of(random, &["", " ", "NULL", "-"]), Reason::MissingCustomer)),
        1 => Some((1, "", Reason::MissingDate)),
        2 => Some((1, one_of(random, &["soon", "=NOW()", "NaN", "<b>2024</b>"]), Reason::NotADate)),
        3 => Some((2, one_of(random, &["", "NaN", "N/A"]), Reason::MissingAmount)),
        4 => Some((2, one_of(random, &["inf", "five", "=1+1", "1e", "∞"]), Reason::NotANumber)),
        5 => Some((2, "5%", Reason::Percent)),
        6 => Some((2, "1e300", Reason::AmountTooLarge)),
        _ => None,
    };
    // `NaN` is also what databases write for a missing date.
    let wrong = match wrong {
        Some((1, "NaN", _)) => Some((1, "NaN", Reason::MissingDate)),
        wrong => wrong,
    };
    if let Some((at, cell, reason)) = wrong {
        row[at] = cell.into();
        expected.aside.push(reason);
    } else if random.chance(0.05) {
        row.push(one_of(random, HOSTILE).into());
        if cells::trim(&row[4]).is_empty() {
            use_row(expected, &row, day, minor);
        } else {
            expected.aside.push(Reason::TooManyCells);
        }
    } else {
        use_row(expected, &row, day, minor);
    }
    row
}

fn use_row(expected: &mut Expected, row: &[String], day: Day, minor: i64) {
    expected.customers.push(cells::text(&row[0]).into());
    expected.products.push(cells::text(&row[3]).into());
    expected.days.push(day.0);
    expected.amounts.push(minor);
}
