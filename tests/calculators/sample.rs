//! The estimates from data, on the shop's sample, and what the page makes of them.

use super::sheets::texts;
use quintile::core::codec::Meta;
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::problem::Problem;
use quintile::core::reader::Reader;
use quintile::core::sample;
use quintile::core::show::Plain;
use quintile::core::workspace::SampleId;
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent};
use quintile::tools::clv::answer::{ClvAnswer, DataRefusal};
use quintile::tools::clv::job::{ClvRequest, answer};
use quintile::tools::clv::options::{ClvOptions, Part};
use quintile::tools::clv::sheet;

fn shop() -> Session {
    Session::new(sample::make(SampleId::Shop, sample::SEED, &mut |_| ()), Meta::new(), Settings::default())
}

fn from_data(part: Part, typed: &[(&str, f64)]) -> ClvOptions {
    let mut options = ClvOptions { part, ..ClvOptions::default() };
    options.of_mut(part).typed = typed.iter().map(|&(name, number)| (name.to_string(), number)).collect();
    options.of_mut(part).typed.insert("from".into(), 1.0);
    options
}

fn asked(session: &mut Session, options: &ClvOptions) -> ClvAnswer {
    answer(session, &ClvRequest::of(options), &mut Silent).unwrap()
}

fn shown(options: &ClvOptions, answer: &ClvAnswer) -> String {
    let (plain, currency) = (Plain::default(), Currency::default());
    let sheets = Lang::ALL.map(|lang| {
        sheet(options, Some(answer), Reader { lang, show: &plain, currency: &currency }).unwrap()
    });
    let text = sheets.iter().map(texts).collect::<Vec<_>>().join("\n");
    assert!(!text.contains("NaN") && !text.contains("inf"));
    text
}

#[test]
fn cohorts_of_the_shop_are_counted_once_and_survivors_fall() {
    let options = from_data(Part::Years, &[("fit", 3.0)]);
    let mut session = shop();
    let found = asked(&mut session, &options);
    let ClvAnswer::Cohorts(cohorts) = &found else { panic!("{found:?}") };
    let customers: u64 = cohorts.cohorts.iter().map(|cohort| cohort.customers).sum();
    assert_eq!(customers, 3_000, "everybody who bought has one first purchase");
    for cohort in &cohorts.cohorts {
        assert_eq!((cohort.active[0], cohort.left[0]), (cohort.customers, cohort.customers));
        assert!(cohort.left.is_sorted_by(|a, b| a >= b));
        assert!(cohort.active.iter().zip(&cohort.left).all(|(active, left)| active <= left));
    }
    assert!(cohorts.survivors.is_sorted_by(|a, b| a >= b) && cohorts.survivors.len() >= 3);
    assert!(shown(&options, &found).contains("Cohorts: who buys again"));
}

#[test]
fn buying_by_recency_falls_with_recency_in_the_shop() {
    let options = from_data(Part::Migration, &[]);
    let found = asked(&mut shop(), &options);
    let ClvAnswer::Recency(recency) = &found else { panic!("{found:?}") };
    assert_eq!(recency.cells.len(), 4);
    assert!(recency.cells.windows(2).all(|pair| pair[0].at_risk >= pair[1].at_risk));
    assert!(recency.cells[0].rate() > recency.cells[3].rate());
    shown(&options, &found);
}

#[test]
fn moves_between_tiers_of_the_shop_leave_nobody_out() {
    let mut session = shop();
    for (tiers, states) in [(0.0, 5), (1.0, 5), (2.0, 4)] {
        let options = from_data(Part::Chain, &[("tiers", tiers)]);
        let found = asked(&mut session, &options);
        let ClvAnswer::Tiers(moves) = &found else { panic!("{found:?}") };
        assert_eq!(moves.states.len(), states);
        let now: u64 = moves.states.iter().map(|state| state.now).sum();
        let moved: u64 = moves.states.iter().flat_map(|state| &state.moved).sum();
        assert_eq!(now, 3_000);
        assert_eq!(moved + moves.new.iter().sum::<u64>(), 3_000);
        for (at, state) in moves.states.iter().enumerate() {
            let arrived: u64 = moves.states.iter().map(|from| from.moved[at]).sum();
            assert_eq!(arrived + moves.new[at], state.now);
        }
        assert!(moves.states[0].mean_spend > moves.states[states - 2].mean_spend);
        // Refunds of earlier purchases may fall into the period.
        assert!(moves.states[states - 1].mean_spend <= 0.0);
        shown(&options, &found);
    }
}

#[test]
fn data_that_are_too_short_or_missing_say_so() {
    let mut session = shop();
    let long = from_data(Part::Years, &[("period", 3.0)]);
    assert_eq!(
        asked(&mut session, &long),
        ClvAnswer::Refused(DataRefusal::TooShort { periods: 2, needed: 4 })
    );
    let typed = ClvOptions { part: Part::Years, ..ClvOptions::default() };
    assert_eq!(asked(&mut session, &typed), ClvAnswer::Nothing);
    let mut empty = Session::default();
    assert_eq!(answer(&mut empty, &ClvRequest::of(&long), &mut Silent), Err(Problem::NoData));
    assert_eq!(asked(&mut empty, &typed), ClvAnswer::Nothing, "typed numbers need no data");
}
