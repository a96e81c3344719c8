//! The list of responders against the test: every row is counted, and each customer responds once.

use crate::steps::{bins_are_the_plan, shop_in_nested_cells};
use crate::{ask, day, near, plan, refusal, teaching};
use quintile::core::day::Day;
use quintile::core::dictionary::{Dictionary, NO_CODE};
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::table::{Column, ColumnData, NO_DAY, NO_MONEY, Role, Table, TableKind};
use quintile::jobs::Session;
use quintile::tools::campaign::answer::{Matching, Refusal, Warning};
use quintile::tools::campaign::options::{CampaignOptions, Responses, Rule};
use quintile::tools::campaign::request::{CampaignAnswer, CampaignAsk};
use quintile::tools::rfm::options::RfmOptions;

/// Customer, campaign, key code, day, revenue in minor units.
type Row = (Option<&'static str>, Option<&'static str>, Option<&'static str>, Option<Day>, Option<i64>);

fn texts(values: impl Iterator<Item = Option<&'static str>>) -> ColumnData {
    let mut dictionary = Dictionary::default();
    let codes = values.map(|text| text.map_or(NO_CODE, |text| dictionary.intern(text))).collect();
    ColumnData::Texts { codes, dictionary }
}

fn import(session: &mut Session, rows: &[Row]) {
    let customers = &session.dataset.customers;
    let customer = rows.iter().map(|row| row.0.map_or(NO_CODE, |id| customers.find(id).unwrap())).collect();
    let column = |role, data| Column { role, name: format!("{role:?}"), data };
    let columns = vec![
        column(Role::Campaign, texts(rows.iter().map(|row| row.1))),
        column(Role::KeyCode, texts(rows.iter().map(|row| row.2))),
        column(
            Role::Date,
            ColumnData::Days(rows.iter().map(|row| row.3.map_or(NO_DAY, |day| day.0)).collect()),
        ),
        column(Role::Amount, ColumnData::Money(rows.iter().map(|row| row.4.unwrap_or(NO_MONEY)).collect())),
    ];
    session
        .dataset
        .tables
        .insert(TableKind::Responses, Table { kind: TableKind::Responses, customer, columns });
}

fn options() -> CampaignOptions {
    CampaignOptions {
        name: "Spring".into(),
        interval: 2,
        control_interval: Some(3),
        responses: Responses::Imported,
        ..CampaignOptions::default()
    }
}

/// The ids on the test list, those tested and those held back, and the key codes of those tested.
fn listed(session: &mut Session, options: &CampaignOptions) -> [Vec<String>; 3] {
    let (_, reply) = ask(session, options, CampaignAsk::TestList { lang: Lang::En });
    let text = String::from_utf8(reply.bytes.unwrap()).unwrap();
    let mut lists = [Vec::new(), Vec::new(), Vec::new()];
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let is_control = cells[4] == "test-control";
        lists[usize::from(is_control)].push(cells[1].to_string());
        assert_eq!(cells[3].is_empty(), is_control, "nothing is printed for the control group");
        if !is_control {
            lists[2].push(cells[3].to_string());
        }
    }
    lists
}

fn leak(id: &str) -> &'static str {
    Box::leak(id.to_string().into_boxed_str())
}

#[test]
fn every_row_of_the_responses_is_matched_or_counted() {
    let mut session = teaching();
    let [tested, held, codes] = listed(&mut session, &options());
    assert_eq!((tested.len(), held.len()), (13, 4));
    let (one, two, control) = (leak(&tested[0]), leak(&tested[1]), leak(&held[0]));
    let left = (b'A'..=b'Y').map(|id| (id as char).to_string());
    let stranger = leak(&left.into_iter().find(|id| !tested.contains(id) && !held.contains(id)).unwrap());
    let spring = Some("Spring");
    assert!(codes[1] != codes[0]);
    let code = leak(&format!(" {} ", codes[1].to_lowercase()));
    let day = Some(Day(20_500));
    import(
        &mut session,
        &[
            (Some(one), spring, None, day, Some(50_000)),
            // The same customer again: more revenue, no further response.
            (Some(one), spring, None, day, Some(7_000)),
            (Some(two), Some("Summer"), None, day, Some(9_999)),
            (Some(control), None, None, None, None),
            // Nobody's name, but the code of a tested cell, in small letters.
            (None, spring, Some(code), day, None),
            (None, spring, Some("R332"), day, None),
            (None, spring, Some("T999"), day, None),
            (Some(stranger), spring, None, day, Some(1)),
        ],
    );
    let plan = plan(&mut session, &options());
    let sums = plan.test.as_ref().unwrap();
    let found = sums.matching.clone().unwrap();
    let expected = Matching {
        rows: 8,
        matched_customer: 2,
        matched_key_code: 1,
        repeated: 1,
        other_campaign: 1,
        other_wave: 1,
        before_mailing: 0,
        unmatched: 2,
        unmatched_examples: vec!["T999".into(), stranger.into()],
    };
    assert_eq!(found, expected);
    assert_eq!((sums.responses, sums.revenue), (2, Some(57_000)));
    // One of four held back bought unasked: a cell must beat that, too.
    near(sums.baseline.unwrap().value, 0.25);
    let break_even = plan.break_even.unwrap();
    near(break_even.threshold, 0.62 / 35.0 + 0.25);
    near(sums.profit, (2.0 - 0.25 * 13.0) * 35.0 - 13.0 * 0.62);
    // A key code names no customer, so the answers cannot be put into other cells.
    let CampaignAnswer::Bins(rows) = ask(&mut session, &options(), CampaignAsk::Bins).0 else {
        panic!("bins")
    };
    assert!(rows.iter().all(|row| row.profit.is_none()));
}

#[test]
fn the_roll_out_is_expected_to_bring_the_revenue_of_a_response_of_the_test() {
    let mut session = teaching();
    let options =
        CampaignOptions { rule: Rule::Shrunken, cost_per_piece: 0.1, control_interval: None, ..options() };
    let [tested, ..] = listed(&mut session, &options);
    let bought = |at: usize, minor: i64| (Some(leak(&tested[at])), None, None, None, Some(minor));
    import(&mut session, &[bought(0, 50_000), bought(1, 7_000)]);
    let roll_out = plan(&mut session, &options).roll_out.unwrap();
    assert!(roll_out.mailed > 0);
    let mean = Currency::default().to_units(57_000) / 2.0;
    near(roll_out.revenue.unwrap(), mean * roll_out.responses.value);
}

#[test]
fn the_incremental_rate_of_the_review_is_what_the_control_group_did_not_buy() {
    let mut session = teaching();
    crate::publish_cells(&mut session, RfmOptions { bins: [2, 2, 2], ..crate::teaching_cells() });
    let cells = plan(&mut session, &options()).cells;
    let options = CampaignOptions {
        review: Responses::Imported,
        by_hand: cells.into_iter().map(|cell| (cell.label.en, true)).collect(),
        ..options()
    };
    let ids = (b'A'..=b'Y').map(|id| leak(&(id as char).to_string()));
    import(&mut session, &ids.map(|id| (Some(id), None, None, None, None)).collect::<Vec<Row>>()[..20]);
    let review = plan(&mut session, &options).review.unwrap();
    let (rate, baseline) = (review.rate.unwrap().value, review.baseline.unwrap().value);
    assert!(rate > 0.0 && baseline > rate, "{rate}, {baseline}");
    near(review.incremental.unwrap(), rate - baseline);
}

#[test]
fn bins_take_off_what_the_control_group_bought_as_the_plan_does() {
    let mut session = shop_in_nested_cells();
    let ids: Vec<&'static str> = session.dataset.customers.iter().map(leak).collect();
    // One in seven buys, in some cells more.
    let bought = ids.into_iter().enumerate().filter(|(at, _)| at % 7 == 0 || at % 40 < 9);
    import(&mut session, &bought.map(|(_, id)| (Some(id), None, None, None, None)).collect::<Vec<Row>>());
    let options = CampaignOptions { rule: Rule::Point, ..options() };
    let plan = bins_are_the_plan(&mut session, &options);
    let (test, roll_out) = (plan.test.unwrap(), plan.roll_out.unwrap());
    let (baseline, break_even) = (test.baseline.unwrap().value, 0.62 / 35.0);
    assert!(baseline > 0.0);
    for test in plan.cells.iter().filter_map(|cell| cell.test.as_ref()) {
        let gained = test.rate.unwrap().value - baseline;
        near(test.break_even_index.unwrap(), (gained - break_even) / break_even * 100.0);
    }
    assert!(roll_out.mailed > 0 && roll_out.mailed < roll_out.everyone.mailed);
}

#[test]
fn answers_before_the_mailing_do_not_count() {
    let mut session = teaching();
    let mut options = options();
    let on = day("2026-02-01");
    let CampaignAnswer::TestRecorded(kept) = ask(&mut session, &options, CampaignAsk::RecordTest { on }).0
    else {
        panic!("recorded")
    };
    crate::publish_cells(&mut session, crate::teaching_cells());
    options.kept_test = Some(kept);
    let [tested, ..] = listed(&mut session, &options);
    let (one, two) = (leak(&tested[0]), leak(&tested[1]));
    import(
        &mut session,
        &[
            (Some(one), None, None, Some(day("2026-01-31")), Some(100)),
            (Some(two), None, None, Some(day("2026-02-01")), Some(100)),
        ],
    );
    let plan = plan(&mut session, &options);
    let sums = plan.test.unwrap();
    assert_eq!((sums.responses, sums.revenue), (1, Some(100)));
    assert_eq!(sums.matching.unwrap().before_mailing, 1);
}

#[test]
fn more_answers_by_key_code_than_pieces_are_told_and_not_used() {
    let mut session = teaching();
    let rows = [(None, None, Some("T332"), None, None); 20];
    import(&mut session, &rows);
    let plan = plan(&mut session, &options());
    let mailed = plan.cells[0].tested;
    let told = Warning::TooManyResponses { label: "332".into(), responses: 20, mailed };
    assert!(plan.warnings.contains(&told), "{:?}", plan.warnings);
    assert!(plan.cells[0].test.is_none());
}

#[test]
fn without_a_list_of_responses_the_plan_says_so_and_there_is_nobody_to_mail() {
    let mut session = teaching();
    let plan = plan(&mut session, &options());
    assert!(plan.test.is_none() && plan.warnings.contains(&Warning::NoResponseTable));
    let refused = refusal(&mut session, &options(), CampaignAsk::RollOutList { lang: Lang::ZhHant });
    assert_eq!(refused, Refusal::NobodyToMail);
}

#[test]
fn revenue_that_cannot_be_counted_exactly_is_told_and_not_shown() {
    let mut session = teaching();
    let [tested, ..] = listed(&mut session, &options());
    import(&mut session, &[(Some(leak(&tested[0])), None, None, None, Some(i64::MAX)); 2]);
    let plan = plan(&mut session, &options());
    assert!(plan.warnings.contains(&Warning::TooMuchRevenue));
    let sums = plan.test.unwrap();
    assert_eq!((sums.responses, sums.revenue), (1, None));
}
