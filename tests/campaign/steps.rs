//! Each step on the 25 customers of the teaching sample, where a hand can check it.

use crate::{ask, near, plan, refusal, session, teaching, typed};
use quintile::core::grading::GradingData;
use quintile::core::lang::Lang;
use quintile::core::stats::proportion::Interval;
use quintile::core::workspace::SampleId;
use quintile::jobs::{Progress, Session, ToolRequest, data};
use quintile::tools::campaign::answer::{CellRow, Plan, Refusal, Verdict, Warning};
use quintile::tools::campaign::options::{CampaignOptions, Responses, Rule, Stage, Start};
use quintile::tools::campaign::request::{CampaignAnswer, CampaignAsk, CampaignRequest};
use quintile::tools::rfm::options::{Method, RfmOptions};
use serde_json::json;

fn one_in_two() -> CampaignOptions {
    CampaignOptions { interval: 2, ..CampaignOptions::default() }
}

fn cell<'a>(plan: &'a Plan, label: &str) -> &'a CellRow {
    plan.cells.iter().find(|cell| cell.label.en == label).unwrap_or_else(|| panic!("cell {label}"))
}

#[test]
fn cells_stand_best_first_and_hold_everybody_once() {
    let plan = plan(&mut teaching(), &one_in_two());
    assert_eq!(plan.cells.iter().map(|cell| cell.customers).sum::<u64>(), 25);
    let codes: Vec<&str> = plan.cells.iter().map(|cell| cell.label.en.as_str()).collect();
    assert!(codes.is_sorted_by(|a, b| a > b), "{codes:?}");
    assert_eq!((codes[0], plan.sample.customers, plan.sample.tested), ("332", 25, 13));
    let mut sizes: Vec<u64> = plan.cells.iter().map(|cell| cell.tested).collect();
    sizes.sort_unstable();
    let of_sample = (plan.sample.smallest, plan.sample.median, plan.sample.largest);
    assert_eq!(of_sample, (sizes[0], sizes[sizes.len() / 2], sizes[sizes.len() - 1]));
    assert!(plan.sample.median > 0);
    // A and B are in the best cell, in the order of their ids; every second of the list is tested.
    let first: Vec<(u64, &str)> =
        plan.sample.first.iter().map(|c| (c.number, c.id.as_str())).take(2).collect();
    assert_eq!(first[0], (1, "A"));
    assert_eq!(first[1].0, 3);
    assert!(plan.can_simulate && !plan.has_responses_table && !plan.has_contacts_table);
    assert!(plan.test.is_none() && plan.roll_out.is_none() && plan.review.is_none());
    assert!(plan.choices.iter().any(|choice| choice.name == "rfm.segment"));
    assert!(plan.choices.iter().all(|choice| choice.name != "rfm.r"), "parts are no cells");
}

#[test]
fn typed_counts_make_rates_verdicts_and_profits() {
    let mut session = teaching();
    let before = plan(&mut session, &one_in_two());
    let tested: Vec<(&str, u64)> =
        before.cells.iter().map(|cell| (cell.label.en.as_str(), cell.tested)).collect();
    // The first cell that leaves customers to mail.
    let left = before.cells.iter().position(|cell| cell.customers > cell.tested && cell.tested > 0).unwrap();
    let (first, n) = tested[left];
    let counts = tested.iter().map(|&(label, n)| (label.to_string(), if label == first { n } else { 0 }));
    let options = CampaignOptions { responses: Responses::Typed(counts.collect()), ..one_in_two() };
    let plan = plan(&mut session, &options);
    let test = cell(&plan, first).test.as_ref().unwrap();
    assert_eq!((test.responses, test.verdict, test.mailed), (n, Verdict::RollOut, true));
    near(test.rate.unwrap().value, 1.0);
    near(test.profit, n as f64 * (35.0 - 0.62));
    near(test.break_even_index.unwrap(), (1.0 - 0.62 / 35.0) / (0.62 / 35.0) * 100.0);
    near(test.lift.unwrap(), 13.0 / n as f64);
    let (label, n) = *tested.iter().find(|(label, n)| *label != first && *n > 0).unwrap();
    let other = cell(&plan, label).test.as_ref().unwrap();
    assert_eq!((other.verdict, other.mailed), (Verdict::DontMail, false));
    near(other.profit, -0.62 * n as f64);
    let sums = plan.test.as_ref().unwrap();
    near(sums.profit, sums.responses as f64 * 35.0 - 13.0 * 0.62);
    near(sums.gains.last().unwrap().share_responses, 1.0);
    assert!(plan.warnings.contains(&Warning::FewResponses { responses: sums.responses }));
    // The rest of the one cell is mailed: nobody who was tested.
    let roll_out = plan.roll_out.as_ref().unwrap();
    let row = cell(&plan, first);
    assert_eq!((roll_out.cells, roll_out.mailed), (1, row.customers - row.tested));
    let promised = row.roll_out.as_ref().unwrap();
    near(promised.raw_profit, promised.mailed as f64 * (35.0 - 0.62));
    assert!(promised.profit.value < promised.raw_profit, "the shrunken rate promises less");
}

#[test]
fn a_rate_at_the_threshold_is_not_mailed_and_rates_are_compared_unrounded() {
    use quintile::tools::campaign::test::verdict;
    let be = 0.62 / 35.0;
    assert_eq!(verdict(Rule::Point, be, Some(be), None, 0.0), Verdict::DontMail);
    assert_eq!(verdict(Rule::Point, be, Some(0.01772), None, 0.0), Verdict::RollOut);
    // 1.771 % would be above a threshold rounded to 1.77 %.
    assert_eq!(verdict(Rule::Point, be, Some(0.01771), None, 0.0), Verdict::DontMail);
    assert_eq!(verdict(Rule::Point, be, None, None, 0.5), Verdict::CantTell);
    assert_eq!(verdict(Rule::Interval, be, None, None, 0.5), Verdict::CantTell);
    assert_eq!(verdict(Rule::Shrunken, be, None, None, 0.5), Verdict::RollOut);
    assert_eq!(verdict(Rule::Shrunken, be, None, None, be), Verdict::DontMail);
    // An interval that only touches the threshold has it inside.
    for (low, high) in [(be, 0.5), (0.0, be), (be, be)] {
        let interval = Some(Interval { low, high });
        assert_eq!(verdict(Rule::Interval, be, None, interval, 0.5), Verdict::CantTell);
    }
    assert_eq!(
        verdict(Rule::Interval, be, None, Some(Interval { low: 0.02, high: 0.5 }), 0.0),
        Verdict::RollOut
    );
    assert_eq!(
        verdict(Rule::Interval, be, None, Some(Interval { low: 0.0, high: 0.01 }), 0.5),
        Verdict::DontMail
    );
}

#[test]
fn thirty_responses_are_no_longer_few() {
    let mut session = shop_in_nested_cells();
    let label = plan(&mut session, &one_in_two()).cells[0].label.en.clone();
    for (responses, are_few) in [(29, true), (30, false)] {
        let responses = Responses::Typed([(label.clone(), responses)].into());
        let plan = plan(&mut session, &CampaignOptions { responses, ..one_in_two() });
        let few = plan.warnings.iter().any(|warning| matches!(warning, Warning::FewResponses { .. }));
        assert_eq!(few, are_few);
    }
}

#[test]
fn choices_are_counted_against_the_true_rates() {
    let mut session = shop_in_nested_cells();
    let options = CampaignOptions {
        responses: Responses::Simulated { seed: 5 },
        rule: Rule::Point,
        interval: 20,
        ..CampaignOptions::default()
    };
    let plan = plan(&mut session, &options);
    let sums = plan.test.unwrap();
    let threshold = options.cost_per_piece / options.profit_per_response;
    let count = |pays: bool, mailed: bool| {
        let tests = plan.cells.iter().filter_map(|cell| cell.test.as_ref());
        tests.filter(|test| (test.true_rate.unwrap() > threshold) == pays && test.mailed == mailed).count()
    };
    let truth = sums.truth.unwrap();
    let told = [truth.right_mailed, truth.wrong_mailed, truth.wrong_left, truth.right_left];
    let counted = [count(true, true), count(false, true), count(true, false), count(false, false)];
    assert_eq!(told, counted.map(|count| count as u64));
    assert!(told.iter().filter(|&&cells| cells > 1).count() >= 2, "{told:?}");
}

/// Three nested groups of each measure: 27 cells of some hundred customers.
pub fn shop_in_nested_cells() -> Session {
    session(SampleId::Shop, RfmOptions { bins: [3; 3], method: Method::Nested, ..RfmOptions::default() })
}

#[test]
fn wrong_counts_are_told_and_not_used() {
    let mut session = teaching();
    let options = CampaignOptions { responses: typed([("332", 99), ("999", 1), ("111", 0)]), ..one_in_two() };
    let plan = plan(&mut session, &options);
    let mailed = cell(&plan, "332").tested;
    let label = "332".to_string();
    assert!(plan.warnings.contains(&Warning::TypedTooMany { label, responses: 99, mailed }));
    assert!(plan.warnings.contains(&Warning::TypedUnknown { labels: vec!["999".into()] }));
    assert!(cell(&plan, "332").test.is_none());
    assert!(plan.warnings.iter().any(|warning| matches!(warning, Warning::NotCounted { .. })));
    for lang in Lang::ALL {
        assert!(plan.warnings.iter().all(|warning| !warning.say(lang).is_empty()));
    }
}

#[test]
fn what_a_person_says_of_a_cell_beats_the_rule() {
    let mut session = teaching();
    let by_hand = [("332".to_string(), false), ("111".to_string(), true)].into();
    let options = CampaignOptions { responses: Responses::Simulated { seed: 5 }, by_hand, ..one_in_two() };
    let plan = plan(&mut session, &options);
    let (best, worst) =
        (cell(&plan, "332").test.as_ref().unwrap(), cell(&plan, "111").test.as_ref().unwrap());
    assert!(best.by_hand && !best.mailed && worst.by_hand && worst.mailed);
    assert!(cell(&plan, "332").roll_out.is_none());
    assert!(cell(&plan, "111").roll_out.is_some());
}

#[test]
fn unusable_costs_still_show_cells_and_sample() {
    let mut session = teaching();
    for (cost, profit) in [(-1.0, 35.0), (0.62, 0.0), (0.62, -5.0)] {
        let options = CampaignOptions {
            cost_per_piece: cost,
            profit_per_response: profit,
            responses: Responses::Simulated { seed: 1 },
            ..one_in_two()
        };
        let plan = plan(&mut session, &options);
        assert_eq!((plan.sample.tested, plan.break_even, plan.test), (13, None, None));
        let refused = refusal(&mut session, &options, CampaignAsk::Bins);
        assert!(matches!(refused, Refusal::Economics(_)));
    }
    let free =
        CampaignOptions { cost_per_piece: 0.0, responses: Responses::Simulated { seed: 1 }, ..one_in_two() };
    let plan = plan(&mut session, &free);
    assert_eq!(plan.break_even.map(|b| (b.rate, b.hughes_size)), Some((0.0, 0)));
    assert!(plan.cells.iter().flat_map(|cell| &cell.test).all(|test| test.break_even_index.is_none()));
}

#[test]
fn what_cannot_be_planned_is_refused_with_what_was_found() {
    let mut session = teaching();
    let mut refused = |options: CampaignOptions| refusal(&mut session, &options, CampaignAsk::Plan);
    let cells_from = "no.such".to_string();
    assert_eq!(
        refused(CampaignOptions { cells_from: cells_from.clone(), ..one_in_two() }),
        Refusal::NoCells { cells_from }
    );
    assert_eq!(refused(CampaignOptions { interval: 1, ..one_in_two() }), Refusal::Interval { found: 1 });
    let control = CampaignOptions { control_interval: Some(0), ..one_in_two() };
    assert_eq!(refused(control), Refusal::ControlInterval { found: 0 });
    let half = CampaignOptions { half_width: 0.0, ..one_in_two() };
    assert_eq!(refused(half), Refusal::HalfWidth { found: 0.0 });
    let sure = CampaignOptions { confidence: 1.0, ..one_in_two() };
    assert_eq!(refused(sure), Refusal::Confidence { found: 1.0 });
}

#[test]
fn a_simulation_is_the_same_for_a_seed_and_another_for_another() {
    let mut session = teaching();
    let run = |session: &mut Session, seed: u64| {
        let options = CampaignOptions {
            responses: Responses::Simulated { seed },
            start: Start::Random { seed: 3 },
            review: Responses::Simulated { seed: seed + 100 },
            rule: Rule::Shrunken,
            cost_per_piece: 0.1,
            ..one_in_two()
        };
        plan(session, &options)
    };
    let (one, same) = (run(&mut session, 1), run(&mut session, 1));
    assert_eq!(one, same);
    let counts: Vec<u64> = (1..40).map(|seed| run(&mut session, seed).test.unwrap().responses).collect();
    assert!(counts.iter().any(|&count| count != counts[0]), "{counts:?}");
    let review = one.review.unwrap();
    assert_eq!(review.mailed, one.roll_out.unwrap().mailed);
    assert!(one.explanation.steps(Lang::En, Stage::Review).len() >= 2);
}

#[test]
fn every_stage_is_explained_in_both_languages() {
    let mut session = teaching();
    let options = CampaignOptions {
        responses: Responses::Simulated { seed: 2 },
        review: Responses::Simulated { seed: 3 },
        control_interval: Some(4),
        cost_per_piece: 0.2,
        rule: Rule::Shrunken,
        ..one_in_two()
    };
    let plan = plan(&mut session, &options);
    for stage in Stage::ALL {
        let (en, zh) = (plan.explanation.steps(Lang::En, stage), plan.explanation.steps(Lang::ZhHant, stage));
        assert!(!en.is_empty() && en.len() == zh.len(), "{stage:?}");
        for step in en.iter().chain(zh) {
            assert!(!step.say.contains("NaN") && !step.say.contains("inf"), "{}", step.say);
        }
    }
}

#[test]
fn bins_show_too_few_and_too_many_cells() {
    let mut session = teaching();
    let options = CampaignOptions { responses: Responses::Simulated { seed: 1 }, ..one_in_two() };
    let CampaignAnswer::Bins(rows) = ask(&mut session, &options, CampaignAsk::Bins).0 else { panic!("bins") };
    assert_eq!(rows.iter().map(|row| row.bins).collect::<Vec<_>>(), (2..=10).collect::<Vec<u8>>());
    assert_eq!(rows[0].cells, 8);
    assert!(rows.iter().all(|row| row.cells <= 25 && row.needed_hughes <= 25));
    near(rows[0].customers_per_cell, 25.0 / 8.0);
    near(rows[0].tested_per_cell, 13.0 / 8.0);
    assert!(rows.iter().all(|row| row.profit.is_some() && row.true_profit.is_some()));
    let unknown = CampaignOptions { responses: typed([("332", 1)]), ..one_in_two() };
    let CampaignAnswer::Bins(rows) = ask(&mut session, &unknown, CampaignAsk::Bins).0 else { panic!("bins") };
    assert!(rows.iter().all(|row| row.profit.is_none()), "typed counts name no customers");
}

#[test]
fn bins_tell_how_far_they_are() {
    struct Heard(Vec<f64>);
    impl Progress for Heard {
        fn report(&mut self, done: f64) {
            self.0.push(done);
        }
    }
    let mut heard = Heard(Vec::new());
    let input = json!(CampaignRequest { options: one_in_two(), ask: CampaignAsk::Bins });
    data::change(&mut teaching(), ToolRequest { tool: "campaign".into(), input }, &mut heard).unwrap();
    assert!(heard.0.is_sorted_by(|a, b| a < b), "{:?}", heard.0);
    // Each number of groups is a step of the second half.
    let steps: Vec<f64> = heard.0.into_iter().filter(|&done| done > 0.5).collect();
    assert_eq!(steps.len(), 9);
    near(steps[0], 0.5 + 0.5 / 9.0);
    near(steps[8], 1.0);
}

#[test]
fn bins_of_three_groups_are_the_plan_of_as_many_nested_cells() {
    let mut session = shop_in_nested_cells();
    let cases = [
        (Rule::Point, None, 0.62),
        (Rule::Interval, None, 0.62),
        (Rule::Shrunken, None, 0.62),
        (Rule::Shrunken, Some(10), 0.62),
        // At this cost no cell is mailed.
        (Rule::Point, None, 34.0),
    ];
    for (rule, control_interval, cost_per_piece) in cases {
        let responses = Responses::Simulated { seed: 5 };
        let options = CampaignOptions { responses, rule, control_interval, cost_per_piece, ..one_in_two() };
        let roll_out = bins_are_the_plan(&mut session, &options).roll_out.unwrap();
        assert_eq!(
            (roll_out.mailed == 0, roll_out.rate.is_none()),
            (cost_per_piece > 1.0, cost_per_piece > 1.0)
        );
    }
}

/// With the cells of [`shop_in_nested_cells`].
pub fn bins_are_the_plan(session: &mut Session, options: &CampaignOptions) -> Plan {
    let CampaignAnswer::Bins(rows) = ask(session, options, CampaignAsk::Bins).0 else { panic!("bins") };
    let (row, plan) = (&rows[1], plan(session, options));
    let (test, roll_out) = (plan.test.as_ref().unwrap(), plan.roll_out.as_ref().unwrap());
    let needed = |of: fn(&CellRow) -> Option<u64>| plan.cells.iter().filter_map(of).sum::<u64>();
    let (hughes, precision) = (needed(|cell| cell.needed_hughes), needed(|cell| cell.needed_precision));
    assert_eq!((row.bins, row.cells, row.mailed), (3, 27, Some(roll_out.mailed)));
    assert_eq!((row.needed_hughes, row.needed_precision), (hughes, precision));
    near(row.tested_per_cell, test.tested as f64 / 27.0);
    near(row.cost_hughes, hughes as f64 * options.cost_per_piece);
    near(row.cost_precision, precision as f64 * options.cost_per_piece);
    // The row tells what the whole campaign brings, the plan what its roll-out does.
    let test_cost = test.tested as f64 * options.cost_per_piece;
    let profit = row.profit.unwrap();
    near(profit.value, roll_out.profit.value - test_cost);
    near(profit.low, roll_out.profit.low - test_cost);
    near(profit.high, roll_out.profit.high - test_cost);
    near(row.raw_profit.unwrap(), roll_out.raw_profit - test_cost);
    near(row.true_profit.unwrap(), roll_out.true_profit.unwrap() - test_cost);
    near(plan.sample.cost.unwrap(), test_cost);
    near(roll_out.cost, roll_out.mailed as f64 * options.cost_per_piece);
    assert_eq!(roll_out.customers, plan.sample.customers);
    plan
}

#[test]
fn bins_are_of_the_customers_that_have_a_cell_and_all_measures() {
    let mut session = teaching();
    let mut without = |name: &str, customer: usize| {
        let mut grading = session.dataset.gradings.get(name).unwrap().clone();
        match &mut grading.data {
            GradingData::Classes { class, .. } => class[customer] = None,
            GradingData::Money(values) => values[customer] = None,
            GradingData::Numbers(values) => values[customer] = None,
            GradingData::Days(_) => unreachable!("no measure"),
        }
        session.dataset.gradings.publish(name, grading);
    };
    without("rfm.cell", 3);
    without("rfm.frequency", 4);
    without("rfm.monetary", 4);
    without("rfm.monetary", 5);
    let CampaignAnswer::Bins(rows) = ask(&mut session, &one_in_two(), CampaignAsk::Bins).0 else {
        panic!("bins")
    };
    for row in rows {
        near(row.customers_per_cell * row.cells as f64, 22.0);
    }
}

#[test]
fn the_published_role_follows_the_campaign() {
    let mut session = teaching();
    ask(&mut session, &one_in_two(), CampaignAsk::Publish);
    assert!(session.dataset.gradings.get("campaign.role").is_none(), "nothing has begun");
    let begun = CampaignOptions { responses: Responses::Simulated { seed: 1 }, ..one_in_two() };
    ask(&mut session, &begun, CampaignAsk::Publish);
    assert!(session.dataset.gradings.get("campaign.role").is_some());
    ask(&mut session, &one_in_two(), CampaignAsk::Publish);
    assert!(session.dataset.gradings.get("campaign.role").is_none());
}

#[test]
fn classes_without_customers_have_no_verdict() {
    // Independent groups leave some of the 125 codes to nobody.
    let mut session = session(SampleId::Shop, RfmOptions::default());
    for rule in [Rule::Point, Rule::Interval, Rule::Shrunken] {
        let options = CampaignOptions { responses: Responses::Simulated { seed: 5 }, rule, ..one_in_two() };
        let plan = plan(&mut session, &options);
        let sums = plan.test.unwrap();
        let verdicts = sums.roll_out + sums.cant_tell + sums.dont_mail;
        assert_eq!(verdicts, plan.cells.len() as u64, "{rule:?}");
        assert!(verdicts < 125, "{rule:?}: {verdicts}");
    }
}

#[test]
fn a_choice_by_hand_for_what_is_no_cell_is_told() {
    let by_hand = [("332".to_string(), true), ("999".to_string(), true)].into();
    let plan = plan(&mut teaching(), &CampaignOptions { by_hand, ..one_in_two() });
    assert!(plan.warnings.contains(&Warning::ByHandUnknown { labels: vec!["999".into()] }));
}

#[test]
fn costs_too_large_for_finite_sums_are_refused() {
    let mut session = teaching();
    for (cost_per_piece, profit_per_response) in [(1e308, 35.0), (0.62, 1e308), (0.62, 1e-308)] {
        let options = CampaignOptions { cost_per_piece, profit_per_response, ..one_in_two() };
        let found = refusal(&mut session, &options, CampaignAsk::Bins);
        assert!(matches!(found, Refusal::Economics(_)), "{found:?}");
        let plan = plan(&mut session, &options);
        assert_eq!((plan.sample.cost, plan.break_even), (None, None));
    }
}
