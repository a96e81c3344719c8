//! Purchase rules, summaries and the list of customers, case by case.

use quintile::core::codec::Meta;
use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::dictionary::{Dictionary, NO_CODE};
use quintile::core::lang::Lang;
use quintile::core::problem::Problem;
use quintile::core::rules::{
    AfterAnalysisDate, Duplicates, PurchaseRules, PurchaseUnit, Refunds, RuleCounts, ZeroAmounts,
};
use quintile::core::summary::{
    AnalysisFrame, CustomerSummary, SummaryError, Treatment, Window, customer_summary, default_analysis_date,
    purchases_of, rule_counts,
};
use quintile::core::table::{Column, ColumnData, NO_DAY, NO_MONEY, Role, Table, TableKind};
use quintile::jobs::protocol::{DataInfo, Settings};
use quintile::jobs::{self, Session, Silent, ToolRequest};
use quintile::tools::customers::job::{CustomersAnswer, CustomersRequest, Page, answer};
use quintile::tools::customers::model::{ClassFilter, MeasuresFrom, Selection, SortBy};
use quintile::tools::rfm;

/// Customer, day, amount, order.
type Row = (&'static str, i32, i64, &'static str);

fn column(role: Role, data: ColumnData) -> Column {
    Column { role, name: format!("{role:?}"), data }
}

fn texts(values: &[&str]) -> ColumnData {
    let mut dictionary = Dictionary::default();
    let mut code = |text: &&str| if text.is_empty() { NO_CODE } else { dictionary.intern(text) };
    ColumnData::Texts { codes: values.iter().map(&mut code).collect(), dictionary }
}

fn add(dataset: &mut Dataset, kind: TableKind, ids: &[&str], columns: Vec<Column>) {
    let mut code = |id: &&str| if id.is_empty() { NO_CODE } else { dataset.customers.intern(id) };
    let customer = ids.iter().map(&mut code).collect();
    dataset.tables.insert(kind, Table { kind, customer, columns });
}

fn transactions(rows: &[Row]) -> Dataset {
    let ids: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let mut columns = vec![
        column(Role::Date, ColumnData::Days(rows.iter().map(|row| row.1).collect())),
        column(Role::Amount, ColumnData::Money(rows.iter().map(|row| row.2).collect())),
    ];
    if rows.iter().any(|row| !row.3.is_empty()) {
        columns.push(column(Role::Order, texts(&rows.iter().map(|row| row.3).collect::<Vec<_>>())));
    }
    let mut dataset = Dataset::default();
    add(&mut dataset, TableKind::Transactions, &ids, columns);
    dataset
}

fn summed(dataset: &Dataset, rules: PurchaseRules, frame: AnalysisFrame) -> CustomerSummary {
    customer_summary(dataset, &rules, &frame).unwrap()
}

fn plain(rows: &[Row]) -> CustomerSummary {
    summed(&transactions(rows), PurchaseRules::default(), AnalysisFrame::default())
}

#[test]
fn two_lines_of_one_order_are_one_purchase() {
    let summary = plain(&[("A", 100, 5, "o1"), ("A", 100, 7, "o1"), ("A", 101, 1, "o2")]);
    assert_eq!((summary.frequency, summary.monetary, summary.days_since_last), (vec![2], vec![13], vec![0]));
}

#[test]
fn one_order_id_of_two_customers_is_a_purchase_of_each() {
    let summary = plain(&[("A", 100, 5, "o"), ("B", 100, 7, "o"), ("B", 100, 7, "o"), ("A", 100, 1, "o")]);
    assert_eq!(summary.frequency, [1, 1]);
}

#[test]
fn rows_without_an_order_id_are_purchases_of_their_own() {
    let summary = plain(&[("A", 100, 5, "o"), ("A", 100, 7, ""), ("A", 100, 7, "")]);
    assert_eq!(summary.frequency, [3]);
}

#[test]
fn a_refund_nets_money_and_is_neither_a_purchase_nor_the_last_one() {
    let rows = [("A", 100, 50, ""), ("A", 110, -20, ""), ("B", 105, 5, "")];
    let summary = plain(&rows);
    assert_eq!(summary.analysis_date, Some(Day(110)));
    assert_eq!((summary.days_since_last[0], summary.frequency[0], summary.monetary[0]), (10, 1, 30));
    let ignoring = PurchaseRules { refunds: Refunds::Ignore, ..PurchaseRules::default() };
    let summary = summed(&transactions(&rows), ignoring, AnalysisFrame::default());
    assert_eq!((summary.monetary[0], summary.rows.refunds_ignored), (50, 1));
}

#[test]
fn a_customer_with_only_refunds_is_counted_and_left_out() {
    let summary = plain(&[("A", 100, 50, ""), ("B", 100, -20, "")]);
    assert_eq!(summary.customer, [0]);
    assert_eq!((summary.rows.customers_without_purchase, summary.rows.money_without_purchase), (1, -20));
}

#[test]
fn a_net_of_zero_or_less_stays_in() {
    assert_eq!(plain(&[("A", 100, 50, ""), ("A", 100, -80, "")]).monetary, [-30]);
}

#[test]
fn the_window_is_for_frequency_and_money_and_not_for_recency() {
    let rows = [("A", 100, 50, ""), ("B", 195, 5, ""), ("B", 200, 6, "")];
    let window = Window::Between { from: Day(190), to: Day(199) };
    let frame = AnalysisFrame { analysis_date: Some(Day(200)), window };
    let summary = summed(&transactions(&rows), PurchaseRules::default(), frame);
    assert_eq!(summary.days_since_last, [100, 0]);
    assert_eq!((summary.frequency, summary.monetary), (vec![0, 1], vec![0, 5]));
    assert_eq!(summary.rows.outside_window, 2);
}

#[test]
fn the_last_month_before_31_march_starts_on_1_march() {
    let date = Day::from_ymd(2023, 3, 31).unwrap();
    let frame = AnalysisFrame { analysis_date: Some(date), window: Window::LastMonths(1) };
    let summary = summed(&transactions(&[("A", date.0, 1, "")]), PurchaseRules::default(), frame);
    assert_eq!(summary.window, Day::from_ymd(2023, 3, 1).map(|from| (from, date)));
}

#[test]
fn a_window_that_ends_before_it_starts_is_refused() {
    let window = Window::Between { from: Day(5), to: Day(4) };
    let frame = AnalysisFrame { analysis_date: None, window };
    let found = customer_summary(&transactions(&[("A", 1, 1, "")]), &PurchaseRules::default(), &frame);
    assert_eq!(found, Err(SummaryError::WindowBackwards { from: Day(5), to: Day(4) }));
}

#[test]
fn rows_after_the_analysis_date_are_left_out_or_count_as_today() {
    let rows = [("A", 100, 5, ""), ("A", 120, 7, "")];
    let frame = AnalysisFrame { analysis_date: Some(Day(110)), window: Window::All };
    let ignoring = summed(&transactions(&rows), PurchaseRules::default(), frame);
    assert_eq!((ignoring.days_since_last, ignoring.monetary), (vec![10], vec![5]));
    assert_eq!(ignoring.rows.after_analysis_date, 1);
    let today =
        PurchaseRules { after_analysis_date: AfterAnalysisDate::CountAsToday, ..PurchaseRules::default() };
    let counting = summed(&transactions(&rows), today, frame);
    assert_eq!((counting.days_since_last, counting.monetary), (vec![0], vec![12]));
}

#[test]
fn zero_amounts_same_days_and_duplicates_follow_their_rules() {
    let rows = [("A", 100, 0, "o1"), ("A", 100, 5, "o2"), ("A", 100, 5, "o2"), ("A", 101, 5, "o3")];
    let dataset = transactions(&rows);
    let with = |rules: PurchaseRules| summed(&dataset, rules, AnalysisFrame::default());
    let rules = PurchaseRules::default();
    assert_eq!(with(rules).frequency, [3]);
    assert_eq!(with(PurchaseRules { zero_amounts: ZeroAmounts::Ignore, ..rules }).frequency, [2]);
    assert_eq!(with(PurchaseRules { purchase: PurchaseUnit::CustomerDay, ..rules }).frequency, [2]);
    let without = with(PurchaseRules { duplicates: Duplicates::Ignore, ..rules });
    assert_eq!((without.monetary, without.rows.duplicates), (vec![10], 1));
    let table = dataset.table(TableKind::Transactions).unwrap();
    let counts = rule_counts(table, Some(Day(100))).unwrap();
    let expected = RuleCounts {
        rows: 4,
        refunds: 0,
        zero_amounts: 1,
        same_day: 1,
        duplicates: 1,
        after_analysis_date: 1,
    };
    assert_eq!(counts, expected);
}

#[test]
fn rows_without_customer_date_or_amount_are_counted_apart() {
    let rows = [("", 100, 5, ""), ("A", NO_DAY, 5, ""), ("A", 100, NO_MONEY, ""), ("A", 100, 5, "")];
    let used = plain(&rows).rows;
    assert_eq!((used.without_customer, used.without_date, used.without_amount, used.used), (1, 1, 1, 1));
    assert_eq!(used.read, used.used + used.set_aside());
}

#[test]
fn sums_beyond_i64_are_refused() {
    let rows = [("A", 100, i64::MAX, ""), ("A", 100, 1, "")];
    let found = customer_summary(&transactions(&rows), &PurchaseRules::default(), &AnalysisFrame::default());
    assert_eq!(found, Err(SummaryError::TooMuchMoney));
}

#[test]
fn mean_spend_rounds_half_away_from_zero() {
    let summary = CustomerSummary {
        customer: vec![0, 1, 2],
        frequency: vec![2, 2, 0],
        monetary: vec![5, -5, -7],
        ..CustomerSummary::default()
    };
    assert_eq!([0, 1, 2].map(|i| summary.mean_spend(i)), [3, -3, -7]);
}

fn finished_summary(since: bool) -> Dataset {
    let last = if since {
        column(Role::DaysSince, ColumnData::Numbers(vec![10.0, 0.0, f64::NAN]))
    } else {
        column(Role::LastPurchase, ColumnData::Days(vec![100, 110, NO_DAY]))
    };
    let columns = vec![
        last,
        column(Role::Purchases, ColumnData::Numbers(vec![3.0, 1.0, 1.0])),
        column(Role::TotalSpend, ColumnData::Money(vec![300, 50, 5])),
    ];
    let mut dataset = Dataset::default();
    add(&mut dataset, TableKind::Summary, &["A", "B", "C"], columns);
    dataset
}

#[test]
fn a_finished_summary_gives_the_same_columns_with_dates_or_days() {
    let frame = AnalysisFrame { analysis_date: None, window: Window::LastMonths(3) };
    for since in [false, true] {
        let dataset = finished_summary(since);
        let summary = summed(&dataset, PurchaseRules::default(), frame);
        assert_eq!(summary.days_since_last, [10, 0]);
        assert_eq!((summary.frequency.clone(), summary.monetary.clone()), (vec![3, 1], vec![300, 50]));
        assert_eq!(summary.rows.without_date, 1);
        assert!(summary.window_not_applicable);
        let date = if since { None } else { Some(Day(110)) };
        assert_eq!((summary.analysis_date, default_analysis_date(&dataset)), (date, date));
    }
}

#[test]
fn the_history_of_a_customer_says_how_each_row_was_treated() {
    let dataset = transactions(&[("A", 100, 5, "o1"), ("B", 100, 5, "o2"), ("A", 103, -5, "o3")]);
    let history = purchases_of(&dataset, 0, &PurchaseRules::default(), &AnalysisFrame::default()).unwrap();
    let seen: Vec<_> = history.iter().map(|row| (row.date, row.treatment)).collect();
    let expected = [(Some(Day(103)), Treatment::RefundNetted), (Some(Day(100)), Treatment::Purchase)];
    assert_eq!(seen, expected);
    assert_eq!(history[1].order.as_deref(), Some("o1"));
}

fn shop() -> Session {
    let mut dataset = transactions(&[
        ("C2", 100, 500, ""),
        ("C1", 109, 100, ""),
        ("C1", 110, 100, ""),
        ("=C3", 110, 900, ""),
    ]);
    let names = column(Role::Attribute, texts(&["王小明", "Ann Lee"]));
    add(&mut dataset, TableKind::Customers, &["C1", "P9"], vec![names]);
    Session::new(dataset, Meta::new(), Settings::default())
}

fn page(session: &mut Session, selection: Selection, page: u64, page_size: u32) -> Page {
    let request = CustomersRequest::Page { selection, page, page_size };
    match answer(session, &request, &mut Silent).unwrap().0 {
        CustomersAnswer::Page(page) => page,
        other => panic!("{other:?}"),
    }
}

fn ids(page: &Page) -> Vec<&str> {
    page.rows.iter().map(|row| row.id.as_str()).collect()
}

#[test]
fn customers_are_sorted_with_those_without_a_value_last_in_both_directions() {
    let mut session = shop();
    let by = |descending| Selection { sort: SortBy::Monetary, descending, ..Selection::default() };
    assert_eq!(ids(&page(&mut session, by(false), 0, 10)), ["C1", "C2", "=C3", "P9"]);
    let down = page(&mut session, by(true), 0, 10);
    assert_eq!(ids(&down), ["=C3", "C2", "C1", "P9"]);
    assert_eq!((down.rows[3].monetary, down.rows[2].last_purchase), (None, Some(Day(110))));
    assert_eq!(down.measures_from, MeasuresFrom::WholeHistory);
    let ties = Selection { sort: SortBy::DaysSince, ..Selection::default() };
    assert_eq!(ids(&page(&mut session, ties, 0, 10)), ["=C3", "C1", "C2", "P9"]);
}

#[test]
fn search_finds_ids_and_names_and_a_late_page_gives_the_last() {
    let mut session = shop();
    let search = |text: &str| Selection { search: text.into(), ..Selection::default() };
    assert_eq!(ids(&page(&mut session, search("c1"), 0, 10)), ["C1"]);
    assert_eq!(ids(&page(&mut session, search("小明"), 0, 10)), ["C1"]);
    assert_eq!(ids(&page(&mut session, search(" ANN "), 0, 10)), ["P9"]);
    let last = page(&mut session, search(""), 99, 3);
    assert_eq!((last.page, last.pages, last.selected, last.rows.len()), (1, 2, 4, 1));
    assert_eq!(page(&mut session, search("nobody"), 0, 3).selected, 0);
}

#[test]
fn after_an_analysis_customers_can_be_filtered_by_its_classes() {
    let mut session = shop();
    assert!(page(&mut session, Selection::default(), 0, 10).classes.is_empty());
    let request = rfm::job::RfmRequest { options: Default::default(), ask: rfm::job::RfmAsk::Publish };
    rfm::job::answer(&mut session, &request, &mut Silent).unwrap();
    let all = page(&mut session, Selection::default(), 0, 10);
    assert_eq!(all.measures_from, MeasuresFrom::Published);
    assert_eq!(all.classes.len(), 5);
    let best = ClassFilter { grading: "rfm.m".into(), any_of: vec!["4".into(), "5".into()] };
    let selection = Selection { filters: vec![best], ..Selection::default() };
    assert_eq!(ids(&page(&mut session, selection, 0, 10)), ["=C3"]);
    let unknown = ClassFilter { grading: "other.tier".into(), any_of: vec!["1".into()] };
    let selection = Selection { filters: vec![unknown], ..Selection::default() };
    assert_eq!(page(&mut session, selection, 0, 10).selected, 0);
}

#[test]
fn one_customer_comes_with_attributes_and_purchases() {
    let mut session = shop();
    let request = CustomersRequest::Customer { id: "C1".into() };
    let CustomersAnswer::Customer(customer) = answer(&mut session, &request, &mut Silent).unwrap().0 else {
        panic!("no customer")
    };
    assert_eq!(customer.attributes, [("Attribute".to_string(), "王小明".to_string())]);
    assert_eq!(customer.purchases.len(), 2);
    assert_eq!(customer.row.frequency, Some(2));
}

#[test]
fn an_export_holds_the_selection_and_no_formula() {
    let mut session = shop();
    let selection = Selection { sort: SortBy::Id, ..Selection::default() };
    let request = CustomersRequest::Export { selection, lang: Lang::En };
    let (answer, bytes) = answer(&mut session, &request, &mut Silent).unwrap();
    assert_eq!(answer, CustomersAnswer::Exported { rows: 4 });
    let expected = "\u{feff}Customer,Last purchase,Days since last purchase,Purchases,Total spend\r\n\
                    '=C3,1970-04-21,0,1,9.00\r\n\
                    C1,1970-04-21,0,2,2.00\r\n\
                    C2,1970-04-11,10,1,5.00\r\n\
                    P9,,,,\r\n";
    assert_eq!(String::from_utf8(bytes.unwrap()).unwrap(), expected);
}

#[test]
fn a_link_to_the_list_carries_order_and_codes_but_no_search() {
    let filter = ClassFilter { grading: "rfm.cell".into(), any_of: vec!["555".into(), "10-3-2".into()] };
    let selection =
        Selection { search: "Ann".into(), filters: vec![filter], sort: SortBy::Frequency, descending: true };
    let link = quintile::tools::customers::TOOL.link;
    let fields = (link.write)(&serde_json::to_value(&selection).unwrap());
    let (read, unknown) = (link.read)(&fields);
    let read: Selection = serde_json::from_value(read).unwrap();
    assert!(unknown.is_empty());
    assert_eq!(read, Selection { search: String::new(), ..selection });
}

#[test]
fn who_only_responded_is_neither_in_the_list_nor_in_rfm() {
    let mut data = transactions(&[("B", 1, 500, "1"), ("D", 2, 700, "2")]);
    let before = plain_summary(&data);
    add(&mut data, TableKind::Responses, &["A", "", "C", "B"], vec![]);
    add(&mut data, TableKind::Contacts, &["C", "D", "E"], vec![]);
    assert_eq!(plain_summary(&data), before);
    let mut session = Session::new(data, Meta::new(), Settings::default());
    for descending in [false, true] {
        let selection = Selection { descending, ..Selection::default() };
        let page = page(&mut session, selection, 0, 10);
        let mut expected = ["B", "D"];
        if descending {
            expected.reverse();
        }
        assert_eq!((ids(&page), page.all, page.selected), (expected.to_vec(), 2, 2));
    }
    let found = page(&mut session, Selection { search: "c".into(), ..Selection::default() }, 0, 10);
    assert_eq!(found.selected, 0);
    for (id, is_in) in [("B", true), ("A", false), ("E", false), ("none", false)] {
        let request = CustomersRequest::Customer { id: id.into() };
        let (answer, _) = answer(&mut session, &request, &mut Silent).unwrap();
        assert_eq!(matches!(answer, CustomersAnswer::Customer(_)), is_in, "{id}");
    }
    let rfm = jobs::run(
        &mut session,
        ToolRequest { tool: "rfm".into(), input: (rfm::TOOL.demo.unwrap())() },
        &mut Silent,
    );
    assert!(rfm.is_ok());
    assert_eq!(DataInfo::of(&session.dataset).customers, 2);
}

#[test]
fn responses_alone_are_no_customer_data() {
    let mut data = Dataset::default();
    add(&mut data, TableKind::Responses, &["A", ""], vec![]);
    assert_eq!(
        customer_summary(&data, &PurchaseRules::default(), &AnalysisFrame::default()),
        Err(SummaryError::NoTable)
    );
    let mut session = Session::new(data, Meta::new(), Settings::default());
    let request = CustomersRequest::Customer { id: "A".into() };
    let problem = answer(&mut session, &request, &mut Silent).unwrap_err();
    assert!(matches!(problem, Problem::NoTable { needed } if needed.len() == 3));
}

fn plain_summary(data: &Dataset) -> CustomerSummary {
    summed(data, PurchaseRules::default(), AnalysisFrame::default())
}
