//! Whatever the inputs: everybody is in one part of the campaign, and no list names somebody twice.

use crate::{ask, plan, publish_cells, teaching, teaching_cells};
use proptest::prelude::*;
use quintile::charts::spec::ChartSpec;
use quintile::core::contacts::{Contact, Wave, append_contacts};
use quintile::core::day::Day;
use quintile::core::grading::GradingData;
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::show::Plain;
use quintile::jobs::Reply;
use quintile::tools::campaign::answer::Plan;
use quintile::tools::campaign::chart::{self, Reader};
use quintile::tools::campaign::options::{CampaignOptions, Guard, Responses, Rule, Start};
use quintile::tools::campaign::request::{CampaignAnswer, CampaignAsk};
use quintile::tools::rfm::options::{Method, RfmOptions, Ties};
use std::collections::BTreeSet;

prop_compose! {
    fn options()(
        interval in 2u32..40,
        control_interval in prop::option::of(2u32..12),
        start in prop_oneof![Just(Start::First), any::<u64>().prop_map(|seed| Start::Random { seed })],
        seed in any::<u64>(),
        rule in prop::sample::select(vec![Rule::Point, Rule::Interval, Rule::Shrunken]),
        cost_per_piece in 0.0f64..4.0,
        (days, campaigns) in (prop::option::of(0u16..400), prop::option::of(1u8..3)),
        by_hand in prop::collection::btree_map("[1-3][1-3][1-2]", any::<bool>(), 0..6),
    ) -> CampaignOptions {
        CampaignOptions {
            interval, control_interval, start, rule, cost_per_piece, by_hand,
            responses: Responses::Simulated { seed },
            review: Responses::Simulated { seed: !seed },
            guard: Guard { days, campaigns },
            ..CampaignOptions::default()
        }
    }
}

fn ids(answer: CampaignAnswer, reply: Reply) -> Vec<String> {
    let CampaignAnswer::List { rows } = answer else { return Vec::new() };
    let text = String::from_utf8(reply.bytes.unwrap()).unwrap();
    let ids: Vec<String> = text.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().into()).collect();
    assert_eq!(ids.len() as u64, rows);
    ids
}

fn charts(plan: &Plan, lang: Lang) -> Vec<ChartSpec> {
    let (show, currency) = (Plain::default(), Currency::default());
    let reader = Reader { lang, show: &show, currency: &currency };
    let makers = [chart::cells, chart::sizes, chart::gains, chart::lift, chart::alternatives, chart::review];
    makers.into_iter().filter_map(|make| make(plan, reader)).collect()
}

fn check(plan: &Plan) {
    let (sample, customers) = (&plan.sample, plan.sample.customers);
    let sum =
        |of: fn(&quintile::tools::campaign::answer::CellRow) -> u64| plan.cells.iter().map(of).sum::<u64>();
    assert_eq!(sum(|cell| cell.customers), customers);
    assert_eq!((sum(|cell| cell.tested), sum(|cell| cell.control)), (sample.tested, sample.control));
    assert!(plan.cells.iter().all(|cell| cell.tested + cell.control <= cell.customers));
    let Some(sums) = &plan.roll_out else { return };
    assert_eq!(sums.mailed + sums.tested + sums.control + sums.guarded + sums.not_mailed, customers);
    assert_eq!(sums.customers, customers);
    let rows = || plan.cells.iter().filter_map(|cell| cell.roll_out.as_ref());
    assert_eq!(rows().map(|row| row.mailed).sum::<u64>(), sums.mailed);
    assert_eq!(rows().map(|row| row.guarded).sum::<u64>(), sums.guarded);
    assert!(sums.everyone.mailed >= sums.mailed);
    for ranged in
        rows().flat_map(|row| [row.responses, row.profit]).chain([sums.profit, sums.everyone.profit])
    {
        assert!(ranged.low <= ranged.value && ranged.value <= ranged.high, "{ranged:?}");
    }
    let expected: f64 = rows().map(|row| row.responses.value).sum();
    assert!((expected - sums.responses.value).abs() < 1e-6);
    let gains = &plan.test.as_ref().unwrap().gains;
    assert!(gains.is_sorted_by(|a, b| a.share_responses <= b.share_responses && a.lift >= b.lift));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn everybody_is_in_one_part(
        options in options(),
        contacts in prop::collection::vec((0u32..25, 20_000i32..20_460, 0usize..3), 0..30),
        nested in any::<bool>(),
    ) {
        let mut session = teaching();
        let names = ["Winter", "Autumn", ""];
        let rows = contacts.iter().map(|&(customer, day, name)| Contact {
            customer,
            day: Some(Day(day)),
            campaign: Some(names[name]).filter(|name| !name.is_empty()),
            wave: Some(if day % 5 == 0 { Wave::Control } else { Wave::RollOut }),
            key_code: None,
            cell: None,
        });
        append_contacts(&mut session.dataset, rows);
        let method = if nested { Method::Nested } else { Method::Independent { ties: Ties::MinRank } };
        publish_cells(&mut session, RfmOptions { method, ..teaching_cells() });
        let plan = plan(&mut session, &options);
        check(&plan);
        // JSON has no number that is not finite: a plan with one would not have come back.
        for lang in Lang::ALL {
            for spec in charts(&plan, lang) {
                prop_assert!(!spec.title.is_empty() && !spec.each_mark().is_empty());
                prop_assert!(spec.each_mark().iter().all(|mark| mark.amount.is_finite()));
            }
        }
        let (answer, reply) = ask(&mut session, &options, CampaignAsk::TestList { lang: Lang::En });
        let test = ids(answer, reply);
        let listed = if plan.sample.tested > 0 { plan.sample.tested + plan.sample.control } else { 0 };
        prop_assert_eq!(test.len() as u64, listed);
        let (answer, reply) = ask(&mut session, &options, CampaignAsk::RollOutList { lang: Lang::ZhHant });
        let roll_out = ids(answer, reply);
        prop_assert_eq!(roll_out.len() as u64, plan.roll_out.as_ref().map_or(0, |sums| sums.mailed));
        let both: BTreeSet<&String> = test.iter().chain(&roll_out).collect();
        prop_assert_eq!(both.len(), test.len() + roll_out.len());
        ask(&mut session, &options, CampaignAsk::Publish);
        let role = session.dataset.gradings.get("campaign.role").unwrap();
        let GradingData::Classes { class, .. } = &role.data else { panic!("roles are classes") };
        let count = |wanted: u16| class.iter().filter(|class| **class == Some(wanted)).count() as u64;
        if let Some(sums) = &plan.roll_out {
            let found = [0, 1, 2, 3, 4].map(count);
            prop_assert_eq!(found, [sums.tested, sums.control, sums.mailed, sums.guarded, sums.not_mailed]);
        }
    }
}
