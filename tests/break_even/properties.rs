//! What always holds: 10,000 random inputs a calculator give a number or a named refusal, money has no scale, and at the
//! crossing both sides are equal.

use crate::{found, reading};
use proptest::prelude::*;
use quintile::charts::spec::Marks;
use quintile::core::grading::Label;
use quintile::core::inputs::{Input, Kind, Typed};
use quintile::core::lang::Lang;
use quintile::tools::break_even::answer::{Answer, Refused};
use quintile::tools::break_even::calculator::Calculator;
use quintile::tools::break_even::calculators::CALCULATORS;
use quintile::tools::break_even::options::{CalculatorOptions, Row};

/// A number that an input takes: from its whole range, near where it begins, or an end.
fn number(input: &'static Input) -> BoxedStrategy<f64> {
    let (least, most, start) = (input.least, input.most, input.start);
    let whole = input.kind == Kind::Whole;
    let round = move |number: f64| {
        if whole { number.round().clamp(least.ceil(), most) } else { number.clamp(least, most) }
    };
    let small = (-9.0..9.0f64).prop_map(|exponent| 10f64.powf(exponent));
    prop_oneof![
        4 => (0.2..3.0f64).prop_map(move |factor| round(start * factor)),
        2 => (0.0..=1.0f64).prop_map(move |share| round(least + share * (most - least))),
        2 => small.prop_map(round),
        1 => prop::sample::select(vec![least, most, start]),
    ]
    .boxed()
}

fn numbers(inputs: &'static [Input]) -> BoxedStrategy<Typed> {
    let each: Vec<BoxedStrategy<f64>> = inputs.iter().map(number).collect();
    each.prop_map(|numbers| {
        inputs.iter().zip(numbers).map(|(input, number)| (input.name.to_string(), number)).collect()
    })
    .boxed()
}

fn options(calculator: &'static Calculator) -> BoxedStrategy<CalculatorOptions> {
    let typed = numbers(calculator.inputs);
    let Some(grid) = calculator.grid else {
        return typed.prop_map(|typed| CalculatorOptions { typed, ..Default::default() }).boxed();
    };
    let row = ("[a-z]{0,5}", numbers(grid.columns)).prop_map(|(name, typed)| Row { name, typed });
    let rows = prop::collection::vec(row, grid.least_rows..=grid.most_rows);
    (typed, rows)
        .prop_map(|(typed, rows)| CalculatorOptions { typed, rows: Some(rows), ..Default::default() })
        .boxed()
}

fn answer(calculator: &Calculator, options: &CalculatorOptions, lang: Lang) -> Result<Answer, Refused> {
    let given = options.given(calculator, lang);
    for (input, at) in calculator.inputs.iter().zip(0..) {
        assert!(input.takes(given.values.at(at)), "{}", input.name);
    }
    reading(lang, |reader| (calculator.answer)(&given, reader))
}

/// No number that is none in what is shown.
fn check(answer: &Answer) -> Result<(), TestCaseError> {
    let main = answer.main.number.expect("the answer is a number");
    prop_assert!(main.is_finite());
    for figure in std::iter::once(&answer.main).chain(&answer.figures) {
        prop_assert!(figure.number.is_none_or(f64::is_finite), "{:?}", figure);
        prop_assert!(figure.number.is_some() || !figure.note.is_empty(), "{:?} says not why", figure);
        for text in [&figure.label, &figure.value, &figure.note] {
            prop_assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
        }
    }
    for chart in &answer.charts {
        prop_assert!(chart.each_mark().iter().all(|mark| mark.amount.is_finite()), "{}", chart.title);
        if let Marks::Lines(lines) = &chart.marks {
            prop_assert!(lines.x.ticks.iter().chain(&lines.y.ticks).all(|tick| tick.at.is_finite()));
            prop_assert!(lines.x.ticks.len() < 20 && lines.y.ticks.len() < 20);
        }
    }
    prop_assert!(!answer.steps.is_empty());
    for formula in answer.steps.iter().flat_map(|step| &step.formulas) {
        let mathml = formula.mathml();
        prop_assert!(!mathml.contains("NaN") && !mathml.contains("<mi></mi>"), "{mathml}");
    }
    Ok(())
}

/// At the crossing both sides are as high as each other.
fn level(answer: &Answer) -> Result<(), TestCaseError> {
    if let Some(crossing) = answer.crossing {
        let [left, right] = crossing.sides;
        prop_assert!((left - right).abs() <= 1e-6 * left.abs().max(right.abs()).max(1e-6), "{crossing:?}");
    }
    Ok(())
}

/// Everything that is money, ten times as much.
fn ten_times(inputs: &'static [Input], typed: &Typed) -> Option<Typed> {
    let scaled = |input: &Input| {
        let number = typed.get(input.name).copied().unwrap_or(input.start);
        let number = if input.kind == Kind::Money { number * 10.0 } else { number };
        input.takes(number).then(|| (input.name.to_string(), number))
    };
    inputs.iter().map(scaled).collect()
}

/// Whether the answer is an amount of money; else ten times the money leaves it as it is.
const IN_MONEY: [&str; 1] = ["system"];

fn scales(
    calculator: &'static Calculator,
    options: &CalculatorOptions,
    answer_now: &Answer,
) -> Result<(), TestCaseError> {
    // A point's cost and points per unit of currency are one and the same scale.
    if calculator.id == "loyalty" {
        return Ok(());
    }
    let rows = |rows: &Vec<Row>| {
        let grid = calculator.grid?;
        rows.iter()
            .map(|row| Some(Row { name: row.name.clone(), typed: ten_times(grid.columns, &row.typed)? }))
            .collect::<Option<Vec<_>>>()
    };
    let Some(typed) = ten_times(calculator.inputs, &options.typed) else { return Ok(()) };
    let rows = match &options.rows {
        None => None,
        Some(these) => match rows(these) {
            None => return Ok(()),
            scaled => scaled,
        },
    };
    let Ok(scaled) = answer(calculator, &CalculatorOptions { typed, rows, ..Default::default() }, Lang::En)
    else {
        return Ok(());
    };
    let (before, after) = (answer_now.main.number.unwrap(), scaled.main.number.unwrap());
    let expected = if IN_MONEY.contains(&calculator.id) { before * 10.0 } else { before };
    // Rounding up may turn a last digit into one whole more, for each row.
    let slack = 1e-6 * expected.abs() + 8.0;
    prop_assert!((after - expected).abs() <= slack, "{expected} became {after}");
    Ok(())
}

#[test]
fn ten_thousand_random_inputs_give_a_number_or_a_named_refusal() {
    for calculator in CALCULATORS {
        let config = ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let mut answered = 0_u32;
        let count = std::cell::Cell::new(0_u32);
        runner
            .run(&options(calculator), |options| {
                match answer(calculator, &options, Lang::En) {
                    Ok(found) => {
                        count.set(count.get() + 1);
                        check(&found)?;
                        // One more contact can need one more agent: there the sides jump past each other.
                        if calculator.id != "service" {
                            level(&found)?;
                        }
                        scales(calculator, &options, &found)?;
                    }
                    Err(refused) => {
                        let said = Lang::ALL.map(|lang| reading(lang, |reader| refused.why.say(reader)));
                        prop_assert!(
                            said[0] != said[1]
                                && said.iter().all(|said| !said.contains("NaN") && !said.contains('–')),
                            "{said:?}"
                        );
                        let name = Label::from(refused.why);
                        prop_assert!(!name.en.is_empty() && name.en != name.zh);
                    }
                }
                Ok(())
            })
            .unwrap_or_else(|failure| panic!("{}: {failure}", calculator.id));
        answered += count.get();
        assert!(answered > 1_000, "{}: only {answered} of 10,000 have an answer", calculator.id);
    }
}

#[test]
fn what_is_varied_is_what_is_answered() {
    for calculator in CALCULATORS {
        let Some(model) = calculator.model else { continue };
        assert!(std::ptr::eq(model.inputs, calculator.inputs) || model.inputs == calculator.inputs);
        let answer = found(calculator.id, &[]).unwrap();
        let given = quintile::tools::break_even::calculator::Given::of(calculator, &Typed::new());
        let amount = (model.work)(&given.values).unwrap();
        let main = answer.main.number.unwrap();
        assert!(main >= amount - 1e-9 && main < amount + 1.0, "{}: {amount}, {main}", calculator.id);
    }
}

#[test]
fn one_unit_less_than_the_answer_is_a_loss() {
    use quintile::tools::break_even::calculators::{Service, UnitSales};
    let sales = UnitSales::new(24_800.0, 100.0, 65.0).unwrap();
    assert!(sales.profit(708.0) < 0.0 && sales.profit(709.0) >= 0.0);
    let service = Service {
        own_fixed: 600_000.0,
        own_per_contact: 12.0,
        agent_cost: 480_000.0,
        contacts_per_agent: 12_000.0,
        outside_fixed: 100_000.0,
        outside_per_contact: 60.0,
    };
    let beyond = service.crossover().unwrap().volume.ceil();
    for contacts in (0..200_000).step_by(7).map(f64::from) {
        let cheaper = service.own(contacts) <= service.outside(contacts);
        assert!(cheaper || contacts < beyond, "{contacts}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Against a search over all volumes.
    #[test]
    fn the_side_that_is_cheaper_for_good_stays_cheaper(
        own_fixed in 0.0..1_000.0f64, own_per_contact in 0.0..5.0f64, agent_cost in 0.0..300.0f64,
        contacts_per_agent in 10.0..100.0f64, outside_fixed in 0.0..1_000.0f64, outside_per_contact in 0.0..10.0f64,
    ) {
        use quintile::tools::break_even::calculators::Service;
        let contacts_per_agent = contacts_per_agent.round();
        let service = Service { own_fixed, own_per_contact, agent_cost, contacts_per_agent, outside_fixed, outside_per_contact };
        let own_is_cheaper = |contacts: f64| service.own(contacts) <= service.outside(contacts) + 1e-9;
        match service.crossover() {
            Ok(found) => {
                // Beyond it for 200 agents, in steps that meet every side of an agent.
                for step in 1..20_000 {
                    let contacts = found.volume + 0.01 + f64::from(step);
                    prop_assert_eq!(own_is_cheaper(contacts), found.own_is_cheaper_beyond, "at {} of {:?}", contacts, found);
                }
                // Just before it, with as many agents, in-house is not yet the cheaper one.
                let before = found.volume - 0.01;
                if found.own_is_cheaper_beyond && before > 0.0 && service.agents(before) == service.agents(found.volume) {
                    prop_assert!(!own_is_cheaper(before), "before {:?}", found);
                }
            }
            Err(refused) => {
                use quintile::tools::break_even::refusal::Refusal;
                if let Refusal::NoCrossing { first_is_dearer } = refused {
                    for contacts in (1..20_000).map(f64::from) {
                        prop_assert_eq!(own_is_cheaper(contacts), !first_is_dearer, "at {}", contacts);
                    }
                }
            }
        }
    }
}
