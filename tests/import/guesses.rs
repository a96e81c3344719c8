//! What is read without help, and what is asked.

use crate::{import_as_guessed, preview, roles};
use quintile::core::day::Day;
use quintile::core::import::Reason;
use quintile::core::import::preview::Question;
use quintile::core::lang::Lang;
use quintile::core::table::{Role, TableKind};

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
