//! Contacts and responses of campaigns.

use crate::{decoder, import_as_guessed, import_in_pieces, preview, roles};
use quintile::core::day::Day;
use quintile::core::dictionary::NO_CODE;
use quintile::core::import::{self, MissingCustomer, Note, Overrides, Plan, PlanProblem, Reason};
use quintile::core::table::{NO_MONEY, Role, TableKind};

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
