//! Recording the test and the roll-out, the guard against mailing the same customers again, and the review.

use crate::{ask, day, near, plan, publish_cells, refusal, teaching, teaching_cells};
use quintile::core::contacts::{Contact, Contacts, Wave, append_contacts};
use quintile::core::lang::Lang;
use quintile::jobs::Session;
use quintile::tools::campaign::answer::{Refusal, Warning};
use quintile::tools::campaign::options::{
    CampaignOptions, Guard, KeptRollOut, KeptRollOutCell, KeptTest, Responses, Rule,
};
use quintile::tools::campaign::request::{CampaignAnswer, CampaignAsk};
use quintile::tools::rfm::options::RfmOptions;

fn spring() -> CampaignOptions {
    CampaignOptions {
        name: "Spring".into(),
        interval: 3,
        control_interval: Some(5),
        responses: Responses::Simulated { seed: 4 },
        rule: Rule::Shrunken,
        cost_per_piece: 0.1,
        ..CampaignOptions::default()
    }
}

fn record_test(session: &mut Session, options: &CampaignOptions) -> KeptTest {
    let on = day("2026-01-10");
    match ask(session, options, CampaignAsk::RecordTest { on }).0 {
        CampaignAnswer::TestRecorded(kept) => {
            publish_cells(session, teaching_cells());
            kept
        }
        other => panic!("not recorded: {other:?}"),
    }
}

fn record_roll_out(session: &mut Session, options: &CampaignOptions) -> KeptRollOut {
    let on = day("2026-02-10");
    match ask(session, options, CampaignAsk::RecordRollOut { on }).0 {
        CampaignAnswer::RollOutRecorded(kept) => {
            publish_cells(session, teaching_cells());
            kept
        }
        other => panic!("not recorded: {other:?}"),
    }
}

fn waves(session: &Session) -> [usize; 4] {
    let contacts = Contacts::of(&session.dataset).unwrap();
    let count = |wave: Wave| contacts.iter().filter(|contact| contact.wave == Some(wave)).count();
    [Wave::Test, Wave::TestControl, Wave::RollOut, Wave::Control].map(count)
}

#[test]
fn a_recorded_test_no_longer_follows_the_settings() {
    let mut session = teaching();
    let before = plan(&mut session, &spring());
    let kept = record_test(&mut session, &spring());
    assert_eq!(waves(&session), [9, 4, 0, 0]);
    assert_eq!(kept.cells.iter().map(|cell| cell.tested).sum::<u64>(), 9);
    let again = refusal(&mut session, &spring(), CampaignAsk::RecordTest { on: day("2026-03-01") });
    assert_eq!(again, Refusal::AlreadyRecorded { name: "Spring".into(), on: Some(day("2026-01-10")) });
    let options = CampaignOptions { kept_test: Some(kept), interval: 7, control_interval: None, ..spring() };
    let after = plan(&mut session, &options);
    assert_eq!((after.sample.tested, after.sample.control), (before.sample.tested, before.sample.control));
    assert_eq!(after.sample.kept_on, Some(day("2026-01-10")));
    assert_eq!(after.cells, before.cells, "the same customers answer the same");
    // Other cells: those tested stay in the cells of their test, the others move.
    publish_cells(&mut session, RfmOptions { bins: [2, 2, 2], ..teaching_cells() });
    let moved = plan(&mut session, &options);
    assert!(moved.warnings.iter().any(|warning| matches!(warning, Warning::CellsChanged { .. })));
    assert_eq!(moved.cells.iter().map(|cell| cell.customers).sum::<u64>(), 25);
    assert_eq!((moved.sample.tested, moved.sample.control), (9, 4));
}

#[test]
fn recording_needs_a_name_and_somebody_to_mail() {
    let mut session = teaching();
    let on = day("2026-01-10");
    let nameless = CampaignOptions { name: " ".into(), ..spring() };
    assert_eq!(refusal(&mut session, &nameless, CampaignAsk::RecordTest { on }), Refusal::NoName);
    let unanswered = CampaignOptions { responses: Responses::NotYet, ..spring() };
    let refused = refusal(&mut session, &unanswered, CampaignAsk::RecordRollOut { on });
    assert_eq!(refused, Refusal::NobodyToMail);
    assert!(Contacts::of(&session.dataset).is_none());
    for lang in Lang::ALL {
        assert!(!refused.say(lang).is_empty());
    }
}

#[test]
fn the_review_holds_what_came_against_what_was_expected_when_it_was_mailed() {
    let mut session = teaching();
    let mut options = spring();
    options.kept_test = Some(record_test(&mut session, &options));
    let projected = plan(&mut session, &options).roll_out.unwrap();
    let kept = record_roll_out(&mut session, &options);
    assert_eq!(kept.expected.profit, projected.profit.value);
    assert_eq!(waves(&session)[2], projected.mailed as usize);
    let in_mailed_cells: u64 = kept.cells.iter().map(|cell| cell.control).sum();
    assert_eq!(waves(&session)[3], in_mailed_cells as usize);
    options.kept_roll_out = Some(kept.clone());
    options.review = Responses::Simulated { seed: 77 };
    // Costs typed later change neither the list nor what was expected of it.
    options.cost_per_piece = 30.0;
    let reviewed = plan(&mut session, &options);
    let (sums, roll_out) = (reviewed.review.unwrap(), reviewed.roll_out.unwrap());
    assert_eq!((roll_out.kept_on, roll_out.mailed), (Some(day("2026-02-10")), projected.mailed));
    assert_eq!(sums.expected_profit.value, kept.expected.profit);
    assert_eq!((sums.mailed, sums.cells), (projected.mailed, kept.cells.len() as u64));
    let profit = sums.responses as f64 * kept.profit_per_response - sums.mailed as f64 * kept.cost_per_piece;
    assert!((sums.profit - profit).abs() < 1e-9);
    let rate = projected.rate.unwrap();
    assert!((rate * projected.mailed as f64 - projected.responses.value).abs() < 1e-9);
    let refused = refusal(&mut session, &options, CampaignAsk::RecordRollOut { on: day("2026-03-01") });
    assert_eq!(refused, Refusal::AlreadyRecorded { name: "Spring".into(), on: Some(day("2026-02-10")) });
}

#[test]
fn the_guard_leaves_out_who_was_contacted_lately_by_other_campaigns() {
    let mut session = teaching();
    let mut first = spring();
    first.kept_test = Some(record_test(&mut session, &first));
    let mailed = plan(&mut session, &first).roll_out.unwrap().mailed;
    first.kept_roll_out = Some(record_roll_out(&mut session, &first));
    let second = |days: Option<u16>, campaigns: Option<u8>, date: &str| CampaignOptions {
        name: "Summer".into(),
        interval: 1_000,
        control_interval: None,
        by_hand: Default::default(),
        guard: Guard { days, campaigns },
        mailing_date: Some(day(date)),
        ..spring()
    };
    let free = |session: &mut Session, days: Option<u16>, campaigns: Option<u8>, date: &str| {
        plan(session, &second(days, campaigns, date)).roll_out.unwrap().everyone.mailed
    };
    // One customer is tested; of the others those of the spring's test (9) and roll-out are held back.
    let all = free(&mut session, None, None, "2026-02-20");
    assert_eq!(all, 24);
    let of_roll_out = free(&mut session, Some(10), None, "2026-02-20");
    assert!((24 - mailed..=25 - mailed).contains(&of_roll_out), "{of_roll_out} of {mailed}");
    let of_both = free(&mut session, Some(41), None, "2026-02-20");
    assert!((15 - mailed..=16 - mailed).contains(&of_both));
    assert_eq!(free(&mut session, Some(9), None, "2026-02-20"), 24, "ten days ago is not in the last nine");
    assert_eq!(free(&mut session, None, Some(1), "2026-02-20"), of_both);
    assert_eq!(free(&mut session, None, Some(1), "2026-01-01"), 24, "the spring had not begun");
    // The spring's own contacts never hold its own customers back.
    first.kept_roll_out = None;
    first.guard = Guard { days: Some(400), campaigns: Some(3) };
    let own = plan(&mut session, &first).roll_out.unwrap();
    assert_eq!((own.guarded, own.mailed), (0, mailed));
}

#[test]
fn a_guard_without_contacts_is_told() {
    let mut session = teaching();
    let guard = Guard { days: Some(30), campaigns: None };
    let plan = plan(&mut session, &CampaignOptions { guard, ..spring() });
    assert!(plan.warnings.contains(&Warning::GuardWithoutContacts));
}

#[test]
fn a_review_of_some_cells_is_held_against_what_was_expected_of_those() {
    let mut session = teaching();
    let mut options = spring();
    options.kept_test = Some(record_test(&mut session, &options));
    options.by_hand = kept_cells(&options).map(|label| (label, true)).collect();
    let kept = record_roll_out(&mut session, &options);
    let [one, rest @ ..] = kept.cells.as_slice() else { panic!("no cell was mailed") };
    assert!(!rest.is_empty());
    options.kept_roll_out = Some(kept.clone());
    options.review = Responses::Typed([(one.label.clone(), 1)].into());
    let sums = plan(&mut session, &options).review.unwrap();
    assert_eq!((sums.mailed, sums.responses, sums.cells), (one.mailed, 1, 1));
    assert_eq!(
        (sums.expected.value, sums.expected.low, sums.expected.high),
        (one.expected, one.low, one.high)
    );
    assert_eq!(sums.expected_profit.value, one.profit);
    let below = one.profit - sums.expected_profit.low;
    assert!((below - (one.expected - one.low) * kept.profit_per_response).abs() < 1e-9);
    // Of several the intervals are added up end by end.
    let (_, counted) = kept.cells.split_last().unwrap();
    assert!(counted.len() > 1);
    options.review = Responses::Typed(counted.iter().map(|cell| (cell.label.clone(), 0)).collect());
    let sums = plan(&mut session, &options).review.unwrap();
    let sum = |of: fn(&KeptRollOutCell) -> f64| counted.iter().map(of).sum::<f64>();
    near(sums.expected.value, sum(|cell| cell.expected));
    near(sums.expected.low, sum(|cell| cell.low));
    near(sums.expected.high, sum(|cell| cell.high));
    let profit = sum(|cell| cell.profit);
    near(sums.expected_profit.value, profit);
    near(sums.expected_profit.low, profit - sum(|cell| cell.expected - cell.low) * kept.profit_per_response);
    near(
        sums.expected_profit.high,
        profit + sum(|cell| cell.high - cell.expected) * kept.profit_per_response,
    );
    options.review = Responses::Typed(kept.cells.iter().map(|cell| (cell.label.clone(), 0)).collect());
    let sums = plan(&mut session, &options).review.unwrap();
    assert_eq!(sums.expected.value, kept.expected.responses, "all counted: the projection of all");
}

fn kept_cells(options: &CampaignOptions) -> impl Iterator<Item = String> {
    options.kept_test.iter().flat_map(|kept| &kept.cells).map(|cell| cell.label.clone())
}

fn contact(session: &mut Session, customer: u32, wave: Option<Wave>, key_code: Option<&str>) {
    let campaign = Some("Spring");
    append_contacts(
        &mut session.dataset,
        [Contact { customer, day: None, campaign, wave, key_code, cell: None }],
    );
}

#[test]
fn a_name_that_contacts_bear_is_not_recorded_again_whatever_their_wave() {
    for wave in [None, Some(Wave::Other), Some(Wave::Control)] {
        let mut session = teaching();
        contact(&mut session, 3, wave, None);
        let refused = refusal(&mut session, &spring(), CampaignAsk::RecordTest { on: day("2026-03-01") });
        assert_eq!(refused, Refusal::AlreadyRecorded { name: "Spring".into(), on: None }, "{wave:?}");
    }
}

#[test]
fn who_is_listed_in_both_waves_answers_to_the_test() {
    let mut session = teaching();
    let mut options = spring();
    options.kept_test = Some(record_test(&mut session, &options));
    options.kept_roll_out = Some(record_roll_out(&mut session, &options));
    let counted = |session: &mut Session, seed: u64| {
        let options = CampaignOptions { responses: Responses::Simulated { seed }, ..options.clone() };
        plan(session, &options).test.unwrap().responses
    };
    let seed = (0..100).find(|&seed| counted(&mut session, seed) > 1).expect("some answer");
    let before = counted(&mut session, seed);
    let contacts = Contacts::of(&session.dataset).unwrap();
    let tested: Vec<u32> =
        contacts.iter().filter(|row| row.wave == Some(Wave::Test)).map(|row| row.customer).collect();
    tested.into_iter().for_each(|customer| contact(&mut session, customer, Some(Wave::RollOut), None));
    assert_eq!(counted(&mut session, seed), before);
}

#[test]
fn contacts_without_a_day_are_told_to_who_guards_by_days() {
    let mut session = teaching();
    contact(&mut session, 3, None, None);
    let guarded = |name: &str, days: Option<u16>| CampaignOptions {
        name: name.into(),
        guard: Guard { days, campaigns: None },
        ..spring()
    };
    let told = |session: &mut Session, options| {
        plan(session, &options).warnings.contains(&Warning::GuardUndated { contacts: 1 })
    };
    assert!(told(&mut session, guarded("Summer", Some(30))));
    assert!(!told(&mut session, guarded("Summer", None)));
    assert!(!told(&mut session, guarded("Spring", Some(30))), "its own contacts are not guarded against");
}
