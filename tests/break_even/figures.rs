//! Figures that a hand can check, the course's own, and textbook examples.

use crate::{figure, found, near, number};
use quintile::core::response::EconomicsError;
use quintile::tools::break_even::refusal::Refusal;

fn why(id: &str, numbers: &[(&str, f64)]) -> Refusal {
    found(id, numbers).expect_err("a refusal").why
}

#[test]
fn the_courses_mailing_needs_709_sales_of_100_or_1_77_percent() {
    let units = found("units", &[]).unwrap();
    near(units.crossing.unwrap().x, 24_800.0 / 35.0);
    assert_eq!((units.main.value.as_str(), units.main.number), ("709", Some(709.0)));
    near(number(&units, "Break-even revenue"), 24_800.0 / 0.35);
    assert_eq!(number(&units, "For the target profit"), 1_000.0);
    near(number(&units, "Margin of safety"), 1.0 - 24_800.0 / 35.0 / 800.0);
    near(number(&units, "Operating leverage"), 8.75);
    near(number(&units, "Profit at expected sales"), 3_200.0);

    let response = found("response", &[]).unwrap();
    assert_eq!(response.main.number, Some(0.62 / 35.0), "unrounded");
    assert_eq!(response.main.value, "1.77%");
    assert_eq!(number(&response, "Responses needed"), 709.0);
    assert_eq!(number(&response, "Test size per cell"), 226.0);
    near(number(&response, "Profit at the expected rate"), 40_000.0 * (0.02 * 35.0 - 0.62));
    near(number(&response, "Break-even index"), (0.02 / (0.62 / 35.0) - 1.0) * 100.0);
}

/// `numeric-checks.json`, deck and hughes: printed figures with the tolerance of their digits.
#[test]
fn published_break_even_rates() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reference/numeric-checks.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: no numeric-checks.json");
        return;
    };
    let all: serde_json::Value = serde_json::from_str(&text).unwrap();
    let given = |value: &serde_json::Value| value.as_f64().unwrap();
    let deck = &all["deck"]["break_even_rate"];
    let answer =
        found("response", &[("cost", given(&deck["cost"])), ("profit", given(&deck["profit"]))]).unwrap();
    assert!((answer.main.number.unwrap() - given(&deck["exact"])).abs() < 5e-11);
    assert_eq!(answer.main.value, deck["shown"].as_str().unwrap());
    let hughes = &all["hughes"];
    let numbers = [
        ("cost", given(&hughes["BE"][0])),
        ("profit", given(&hughes["BE"][1])),
        ("rate", given(&hughes["BEI"]["r"])),
    ];
    let answer = found("response", &numbers).unwrap();
    near(answer.main.number.unwrap(), given(&hughes["BE"][2]));
    assert!((number(&answer, "Break-even index") - given(&hughes["BEI"]["value"])).abs() < 0.005);
}

#[test]
fn rates_are_compared_unrounded() {
    // 1.77 % is below 0.62 / 35 = 1.7714 %, although both are shown as 1.77 %.
    let just_below = found("response", &[("rate", 0.0177)]).unwrap();
    assert!(number(&just_below, "Profit at the expected rate") < 0.0);
    assert_eq!(figure(&just_below, "Profit at the expected rate").note, "1.77% does not pay");
}

#[test]
fn fixed_costs_are_spread_and_offers_paid_per_response() {
    let answer = found("response", &[("mailed", 1_000.0), ("fixed", 380.0), ("offer", 10.0)]).unwrap();
    near(answer.main.number.unwrap(), 1.0 / 25.0);
    assert_eq!(number(&answer, "Responses needed"), 40.0);
    assert_eq!(why("response", &[("offer", 35.0)]), Refusal::OfferTakesProfit { profit: 35.0, offer: 35.0 });
    assert_eq!(why("response", &[("profit", 0.5)]), Refusal::NoRateIsEnough { rate: 1.24 });
    assert_eq!(
        why("response", &[("profit", 0.0)]),
        Refusal::Economics(EconomicsError::Profit { found: 0.0 })
    );
    assert_eq!(found("response", &[("cost", 0.0)]).unwrap().main.number, Some(0.0));
}

#[test]
fn fixed_cost_1000_contribution_10_needs_100() {
    let answer = found(
        "units",
        &[("fixed", 1_000.0), ("price", 25.0), ("variable", 15.0), ("target", 500.0), ("expected", 100.0)],
    )
    .unwrap();
    assert_eq!((answer.main.number, number(&answer, "For the target profit")), (Some(100.0), 150.0));
    assert_eq!(number(&answer, "Margin of safety"), 0.0);
    assert_eq!(figure(&answer, "Operating leverage").number, None, "at break-even it is without bound");
    assert_eq!(
        why("units", &[("price", 65.0)]),
        Refusal::NoContribution { price: 65.0, variable_cost: 65.0 }
    );
    assert_eq!(found("units", &[("fixed", 0.0)]).unwrap().main.number, Some(0.0));
    assert_eq!(why("units", &[("fixed", 1e9), ("price", 1e-9), ("variable", 0.0)]), Refusal::BeyondCounting);
}

#[test]
fn the_mix_of_the_example_needs_whole_units_of_each() {
    // (60 · 35 + 30 · 80 + 10 · 150) / 100 = 60 a unit: 24,800 / 60 = 413.3, in parts 248, 124 and 41.3.
    let answer = found("mix", &[]).unwrap();
    near(answer.crossing.unwrap().x, 24_800.0 / 60.0);
    assert_eq!(answer.main.number, Some(248.0 + 124.0 + 42.0));
    near(number(&answer, "Contribution of an average unit"), 60.0);
    assert_eq!(answer.charts.len(), 2);
}

#[test]
fn ten_percent_off_a_contribution_of_35_needs_40_percent_more() {
    let answer = found("discount", &[]).unwrap();
    near(answer.main.number.unwrap(), 0.4);
    assert_eq!((answer.main.value.as_str(), number(&answer, "Units at the new price")), ("+40.0%", 1_400.0));
    // Nagle & Holden: −ΔP / (CM + ΔP), 5 off a price of 10 with a contribution of 4.5… here 10 % of 10 with 5.5: 1 / 4.5.
    let textbook = found("discount", &[("price", 10.0), ("variable", 4.5), ("units", 4_000.0)]).unwrap();
    near(textbook.main.number.unwrap(), 1.0 / 4.5);
    // A rise of 10 % on a contribution of 35: 35 / 45 − 1.
    let rise = found("discount", &[("cut", -0.1)]).unwrap();
    near(rise.main.number.unwrap(), 35.0 / 45.0 - 1.0);
    assert_eq!(rise.main.note, "so much volume may be lost");
    assert!(matches!(why("discount", &[("cut", 0.35)]), Refusal::CutTakesContribution { .. }));
    assert!(matches!(why("discount", &[("variable", 100.0)]), Refusal::NoContribution { .. }));
    // Advertising it for 2,500 takes 100 units more, at 25 each.
    assert_eq!(number(&found("discount", &[("extra", 2_500.0)]).unwrap(), "Units at the new price"), 1_500.0);
}

#[test]
fn a_customer_won_for_600_pays_back_in_14_months_when_5_percent_leave() {
    let answer = found("acquisition", &[]).unwrap();
    near(answer.crossing.unwrap().x, 0.5_f64.ln() / 0.95_f64.ln());
    assert_eq!((answer.main.number, answer.main.value.as_str()), (Some(14.0), "14 months"));
    assert_eq!(number(&answer, "If nobody left"), 10.0);
    near(number(&answer, "Lifetime margin"), 1_200.0);
    near(number(&answer, "Lifetime margin : CAC"), 2.0);
    // Added up month by month: 13 months bring less than 600, 14 more.
    let earned = |months: i32| (0..months).map(|month| 60.0 * 0.95_f64.powi(month)).sum::<f64>();
    assert!(earned(13) < 600.0 && earned(14) >= 600.0);
    assert!(matches!(why("acquisition", &[("retention", 0.9)]), Refusal::NeverPaysBack { .. }));
    assert!(matches!(why("acquisition", &[("margin", 0.0)]), Refusal::NeverPaysBack { .. }));
    assert_eq!(found("acquisition", &[("retention", 1.0)]).unwrap().main.number, Some(10.0));
    assert_eq!(
        found("acquisition", &[("retention", 0.0), ("margin", 601.0)]).unwrap().main.number,
        Some(1.0)
    );
    assert_eq!(why("acquisition", &[("retention", 1.0), ("margin", 0.0)]), Refusal::BeyondCounting);
    assert_eq!(found("acquisition", &[("spend", 0.0)]).unwrap().main.number, Some(0.0));
}

#[test]
fn five_points_fewer_defections_pay_only_without_cannibalised_rewards() {
    // 50,000 + 5 · 10,000 + 50 · 0.3 · 8,000 = 220,000, over 400 − 50.
    let answer = found("retention", &[]).unwrap();
    near(answer.crossing.unwrap().x, 220_000.0 / 350.0);
    assert_eq!((answer.main.number, number(&answer, "Without cannibalised rewards")), (Some(629.0), 286.0));
    near(number(&answer, "Of those who would leave"), 220_000.0 / 350.0 / 2_000.0);
    assert!(answer.notes[0].contains("lose NT$45,000"), "{:?}", answer.notes);
    let without = found("retention", &[("cannibalised", 0.0)]).unwrap();
    assert!(without.notes[0].contains("earn NT$75,000"), "{:?}", without.notes);
    assert!(matches!(why("retention", &[("reward", 400.0)]), Refusal::RewardTakesValue { .. }));
    assert!(matches!(why("retention", &[("defection", 0.05)]), Refusal::TooFewLeavers { .. }));
    let free = [("fixed", 0.0), ("contact", 0.0), ("reward", 0.0), ("defection", 0.0)];
    assert_eq!(found("retention", &free).unwrap().main.number, Some(0.0));
}

#[test]
fn points_of_two_percent_need_a_small_uplift_and_owe_420000() {
    // ρ = 1 · 0.02 · 0.7 = 1.4 %; 300,000 of 60 million are 0.5 %: 1.9 / (35 − 1.4).
    let answer = found("loyalty", &[]).unwrap();
    near(answer.main.number.unwrap(), 0.019 / 0.336);
    near(number(&answer, "Points liability"), 420_000.0);
    near(number(&answer, "Breakage"), 9_000_000.0);
    near(number(&answer, "Revenue to defer"), 0.014 / 1.014);
    assert!(matches!(why("loyalty", &[("points", 30.0)]), Refusal::RewardsTakeMargin { .. }));
    assert!(matches!(why("loyalty", &[("margin", 0.0)]), Refusal::RewardsTakeMargin { .. }));
    assert_eq!(why("loyalty", &[("spend", 0.0)]), Refusal::BeyondCounting);
}

#[test]
fn in_house_wins_for_good_after_eleven_agents_and_for_the_first_time_with_six() {
    let answer = found("service", &[]).unwrap();
    near(answer.crossing.unwrap().x, (500_000.0 + 11.0 * 480_000.0) / 48.0);
    assert_eq!(answer.main.number, Some(120_417.0));
    assert_eq!(number(&answer, "Cheaper for the first time"), 70_417.0);
    // Nine agents and 100,000 contacts.
    assert_eq!(number(&answer, "In-house at the expected volume"), 600_000.0 + 1_200_000.0 + 9.0 * 480_000.0);
    assert_eq!(number(&answer, "Outsourced at the expected volume"), 6_100_000.0);

    let plain = found("service", &[("agent", 0.0)]).unwrap();
    near(plain.crossing.unwrap().x, 500_000.0 / 48.0);
    let no_steps = found("service", &[("capacity", 0.0)]).unwrap();
    assert_eq!(no_steps.main.number, plain.main.number);
}

#[test]
fn costs_that_never_cross_say_which_is_cheaper_and_show_it() {
    for (numbers, first_is_dearer) in [
        (&[("agent", 0.0), ("each", 12.0)][..], true),
        (&[("agent", 0.0), ("each", 5.0)][..], true),
        (&[("agent", 0.0), ("own", 50_000.0)][..], false),
        // An agent who costs more than 12,000 contacts save.
        (&[("agent", 600_000.0)][..], true),
        // An agent who costs just what they save, with a dearer start.
        (&[("agent", 576_000.0)][..], true),
        (&[("agent", 576_000.0), ("own", 0.0), ("outside", 600_000.0)][..], false),
    ] {
        let refused = found("service", numbers).unwrap_err();
        assert_eq!(refused.why, Refusal::NoCrossing { first_is_dearer }, "{numbers:?}");
        assert!(refused.chart.is_some());
    }
    assert_eq!(why("service", &[("agent", 0.0), ("each", 12.0), ("own", 100_000.0)]), Refusal::Equal);
    assert_eq!(
        why("service", &[("agent", 576_000.0), ("own", 0.0)]),
        Refusal::Alternates { every: 12_000.0 }
    );
}

#[test]
fn outsourcing_can_win_at_large_volumes() {
    // In-house starts 100,000 cheaper; each agent loses 24,000: with the fifth there is no contact at which it is cheaper.
    let answer = found("service", &[("own", 0.0), ("agent", 600_000.0)]).unwrap();
    assert_eq!(answer.crossing.unwrap().x, 4.0 * 12_000.0);
    assert!(answer.main.note.contains("outsourcing is cheaper for good"));
    // A dearer contact, too: 100,000 − 10,000 n − 7 x is 0 with the sixth agent.
    let numbers = [("own", 0.0), ("agent", 10_000.0), ("capacity", 1_000.0), ("contact", 67.0)];
    near(found("service", &numbers).unwrap().crossing.unwrap().x, 40_000.0 / 7.0);
}
