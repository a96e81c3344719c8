//! The forecast in a session: the shop's truth comes back, other tools use the columns, a finished summary is read.

use quintile::core::clv::kind::Kind;
use quintile::core::codec::Meta;
use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::dictionary::Dictionary;
use quintile::core::grading::GradingData;
use quintile::core::lang::Lang;
use quintile::core::sample;
use quintile::core::sample::shop::TRUTH;
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::core::workspace::SampleId;
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Progress, Session, Silent};
use quintile::tools::clv_forecast::answer::{Check, Forecast, NoSpend, Origin, Refusal, Warning};
use quintile::tools::clv_forecast::job::answer;
use quintile::tools::clv_forecast::options::{Customers, ForecastOptions};
use quintile::tools::clv_forecast::publish::name;
use quintile::tools::clv_forecast::reading::Reader;
use quintile::tools::clv_forecast::request::{ForecastAnswer, ForecastAsk, ForecastRequest, SortBy};
use quintile::tools::clv_forecast::simulated::truth_in;
use quintile::tools::clv_forecast::{chart, words};

fn shop() -> Session {
    let dataset = sample::make(SampleId::Shop, sample::SEED, &mut |_| ());
    Session::new(dataset, Meta::new(), Settings::default())
}

fn ask(
    session: &mut Session,
    options: &ForecastOptions,
    ask: ForecastAsk,
) -> (ForecastAnswer, Option<Vec<u8>>) {
    let request = ForecastRequest { options: options.clone(), ask };
    answer(session, &request, &mut Silent).unwrap()
}

fn forecast(session: &mut Session, options: &ForecastOptions) -> Forecast {
    match ask(session, options, ForecastAsk::Forecast).0 {
        ForecastAnswer::Forecast(forecast) => *forecast,
        other => panic!("{other:?}"),
    }
}

fn check(session: &mut Session, options: &ForecastOptions) -> Check {
    match ask(session, options, ForecastAsk::Check).0 {
        ForecastAnswer::Check(check) => *check,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_parameters_that_the_shop_is_drawn_from_lie_in_the_intervals() {
    let found = forecast(&mut shop(), &ForecastOptions::default());
    assert_eq!((found.customers, found.origin), (3_000, Origin::Transactions));
    let truth = [TRUTH.r, TRUTH.alpha, TRUTH.a, TRUTH.b];
    for (parameter, truth) in found.fit.parameters.iter().zip(truth) {
        // Days are whole and two purchases of a day are one, so that 3 standard errors are allowed.
        let off = (parameter.value - truth).abs() / parameter.standard_error;
        assert!(
            off < 3.0,
            "{}: {} ± {}, true {truth}",
            parameter.symbol,
            parameter.value,
            parameter.standard_error
        );
    }
    let spend = found.spend.as_ref().unwrap();
    let mean = TRUTH.p * TRUTH.gamma / (TRUTH.q - 1.0);
    assert!((spend.mean / 100.0 / mean - 1.0).abs() < 0.08, "{} against {mean}", spend.mean / 100.0);
    let (actual, expected) =
        found.counts.iter().fold((0.0, 0.0), |(a, e), bin| (a + bin.actual, e + bin.expected));
    assert!((actual - 3_000.0).abs() < 1e-9 && (expected - 3_000.0).abs() < 1e-6);
    assert_eq!(found.alive_bins.iter().sum::<u64>(), 3_000);
    let value = found.value.unwrap();
    let error = value.standard_error.unwrap();
    assert!(value.value > 0.0 && error > 0.0 && error < value.value / 2.0);
    assert!(found.purchases.standard_error.unwrap() < found.purchases.value / 5.0);
}

#[test]
fn simulated_customers_of_every_model_give_their_parameters_back() {
    let mut session = Session::default();
    for model in Kind::ALL {
        let options = ForecastOptions { from: Customers::Simulated, model, ..ForecastOptions::default() };
        let found = forecast(&mut session, &options);
        assert_eq!((found.customers, found.origin), (5_000, Origin::Simulated));
        for (parameter, truth) in found.fit.parameters.iter().zip(truth_in(model, found.unit)) {
            let off = (parameter.value / truth).ln().abs() / (parameter.standard_error / parameter.value);
            assert!(off < 3.0, "{model:?} {}: {} against {truth}", parameter.symbol, parameter.value);
        }
        assert!(found.spend.is_ok() && found.value.is_some());
    }
    // Nobody of the workspace is graded by them.
    assert_eq!(session.dataset.gradings.names().count(), 0);
}

#[test]
fn the_check_holds_time_out_and_the_true_model_is_near() {
    let mut session = shop();
    let found = check(&mut session, &ForecastOptions::default());
    assert!(found.from < found.calibration_end && found.calibration_end < found.end);
    assert_eq!(found.models.len(), 4);
    let score = |model: Kind| {
        let check = found.models.iter().find(|check| check.model == model).unwrap();
        check.outcome.as_ref().unwrap_or_else(|why| panic!("{model:?}: {why:?}"))
    };
    let bg = score(Kind::BgNbd);
    assert!((bg.expected / bg.actual - 1.0).abs() < 0.15, "{} for {}", bg.expected, bg.actual);
    assert!(
        bg.hit_rate > found.rule.hit_rate - 0.03
            && bg.hit_rate > found.bought_again.max(1.0 - found.bought_again)
    );
    assert!((bg.aic - bg.bic).abs() > 1.0);
    // The models of days saw the same purchases.
    assert_eq!(score(Kind::MbgNbd).actual, bg.actual);
    assert_eq!(found.by_frequency.iter().map(|bin| bin.customers).sum::<u64>(), found.customers);
    let held: f64 = found.by_frequency.iter().map(|bin| bin.actual * bin.customers as f64).sum();
    assert!((held - bg.actual).abs() < 1e-6);
    // The curve of expectations follows what happened, held out or not.
    let (actual, expected) =
        found.tracked.iter().fold((0.0, 0.0), |(a, e), t| (a + t.actual, e + t.expected));
    assert!((expected / actual - 1.0).abs() < 0.1, "{expected} for {actual}");
    let groups = &found.calibration;
    assert!(
        groups.len() == 10 && groups.iter().all(|group| (group.actual - group.expected).abs() < 0.12),
        "{groups:?}"
    );
}

#[test]
fn other_tools_find_the_columns_and_lose_them_when_they_no_longer_hold() {
    let mut session = shop();
    let options = ForecastOptions::default();
    let found = forecast(&mut session, &options);
    let sum = |session: &Session| match &session.dataset.gradings.get(name::VALUE).unwrap().data {
        GradingData::Money(values) => values.iter().flatten().sum::<i64>() as f64,
        other => panic!("{other:?}"),
    };
    assert!((sum(&session) / found.value.unwrap().value - 1.0).abs() < 1e-4);
    let alive = session.dataset.gradings.get(name::ALIVE).unwrap();
    let GradingData::Numbers(alive) = &alive.data else { panic!("numbers") };
    assert_eq!(alive.iter().flatten().count(), 3_000);
    // Half the margin, half the value, without another fit.
    forecast(&mut session, &ForecastOptions { margin: 50.0, ..options.clone() });
    assert!((sum(&session) * 2.0 / found.value.unwrap().value - 1.0).abs() < 1e-4);
    // The pyramid offers what is money or a number.
    let measures = quintile::tools::published::measures(&session.dataset.gradings, "pyramid");
    assert!(
        [name::VALUE, name::PURCHASES, name::ALIVE]
            .iter()
            .all(|name| measures.iter().any(|m| m.name == *name))
    );
    let early = ForecastOptions { end: Day::parse_iso("2024-07-02"), ..options };
    assert!(matches!(
        ask(&mut session, &early, ForecastAsk::Publish).0,
        ForecastAnswer::Refused(Refusal::Model { .. })
    ));
    assert!(session.dataset.gradings.get(name::VALUE).is_none());
}

#[test]
fn pages_are_sorted_and_files_hold_every_customer() {
    let mut session = shop();
    let options = ForecastOptions::default();
    let page = |session: &mut Session, sort, page| match ask(
        session,
        &options,
        ForecastAsk::Customers { sort, page },
    )
    .0
    {
        ForecastAnswer::Customers(page) => page,
        other => panic!("{other:?}"),
    };
    let first = page(&mut session, SortBy::Value, 0);
    assert_eq!((first.rows.len(), first.pages), (20, 150));
    assert!(first.rows.windows(2).all(|pair| pair[0].value >= pair[1].value));
    assert!(first.rows.iter().all(|row| row.frequency.unwrap() > row.repeat_frequency));
    let last = page(&mut session, SortBy::Alive, 9_999);
    assert_eq!((last.page, last.rows.len()), (149, 20));
    let (answer, bytes) = ask(&mut session, &options, ForecastAsk::Export { lang: Lang::En, summary: false });
    assert_eq!(answer, ForecastAnswer::Exported { rows: 3_000 });
    let file = String::from_utf8(bytes.unwrap()).unwrap();
    assert_eq!((file.lines().count(), file.contains("NaN")), (3_001, false));
    assert!(file.lines().nth(1).unwrap().starts_with(&first.rows[0].id));
}

/// A customer table as an import leaves it: attributes under the file's own names.
fn finished(names: [&str; 4], customers: &[[f64; 4]]) -> Session {
    let dictionary: Dictionary = (0..customers.len())
        .map(|at| format!("C{at}"))
        .collect::<Vec<_>>()
        .iter()
        .map(String::as_str)
        .collect();
    let column = |at: usize| Column {
        role: Role::Attribute,
        name: names[at].into(),
        data: ColumnData::Numbers(customers.iter().map(|customer| customer[at]).collect()),
    };
    let table = Table {
        kind: TableKind::Customers,
        customer: (0..customers.len() as u32).collect(),
        columns: (0..4).map(column).collect(),
    };
    let mut dataset = Dataset { customers: dictionary, ..Dataset::default() };
    dataset.tables.insert(TableKind::Customers, table);
    Session::new(dataset, Meta::new(), Settings::default())
}

#[test]
fn an_exported_summary_comes_back_to_the_same_forecast_under_both_packages_names() {
    let mut session = shop();
    let options = ForecastOptions::default();
    let before = forecast(&mut session, &options);
    let bytes = ask(&mut session, &options, ForecastAsk::Export { lang: Lang::En, summary: true }).1.unwrap();
    let file = String::from_utf8(bytes).unwrap();
    let customers: Vec<[f64; 4]> = file
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            std::array::from_fn(|at| cells[at + 1].parse().unwrap())
        })
        .collect();
    for names in [["frequency", "recency", "T", "monetary_value"], ["x", "t.x", "T.cal", "m.x"]] {
        let after = forecast(&mut finished(names, &customers), &options);
        assert_eq!((after.origin, after.customers), (Origin::Summary, before.customers));
        assert!((after.fit.log_likelihood - before.fit.log_likelihood).abs() < 1e-6);
        assert!((after.value.unwrap().value / before.value.unwrap().value - 1.0).abs() < 1e-9);
    }
}

#[test]
fn a_summary_with_customers_that_cannot_be_says_which_and_spend_may_be_missing() {
    let mut customers: Vec<[f64; 4]> = (0..400)
        .map(|i| [f64::from(i % 4), f64::from(i % 4) * 5.0 + f64::from(i % 4 * (i % 3)), 30.0, 0.0])
        .collect();
    customers.extend([
        [2.0, 40.0, 30.0, 0.0],
        [1.5, 3.0, 30.0, 0.0],
        [0.0, 2.0, 30.0, 0.0],
        [1.0, f64::NAN, 30.0, 0.0],
    ]);
    let mut session = finished(["frequency", "recency", "T", "monetary_value"], &customers);
    let options = ForecastOptions { model: Kind::ParetoNbd, ..ForecastOptions::default() };
    let (found, _) = ask(&mut session, &options, ForecastAsk::Forecast);
    match found {
        ForecastAnswer::Forecast(found) => {
            assert_eq!((found.customers, found.spend), (400, Err(NoSpend::NoMoney)));
            assert!(
                found.warnings.contains(&Warning::ImpossibleCustomers { customers: 4, first: "C400".into() })
            );
        }
        ForecastAnswer::Refused(Refusal::Model { customers, .. }) => assert_eq!(customers, 400),
        other => panic!("{other:?}"),
    }
    assert_eq!(
        ask(&mut session, &options, ForecastAsk::Check).0,
        ForecastAnswer::Refused(Refusal::NothingHeldOut)
    );
    let discrete = ForecastOptions { model: Kind::BgBb, ..ForecastOptions::default() };
    customers.truncate(400);
    customers.push([1.0, 2.5, 30.0, 0.0]);
    let mut session = finished(["x", "t_x", "T", "m"], &customers);
    assert_eq!(
        ask(&mut session, &discrete, ForecastAsk::Forecast).0,
        ForecastAnswer::Refused(Refusal::NotWholePeriods { customers: 1 })
    );
}

/// The best customers of each model's simulated ones, as `tests/browser/clv_forecast.test.mjs` finds them in the browser: both
/// must come to the same digits. `QUINTILE_WRITE_FIXTURES=1` writes them anew.
#[test]
fn simulated_forecasts_are_those_on_record() {
    let mut session = Session::default();
    for (model, file) in Kind::ALL.into_iter().zip(["bgnbd", "mbgnbd", "paretonbd", "bgbb"]) {
        let options = ForecastOptions { from: Customers::Simulated, model, ..ForecastOptions::default() };
        let bytes =
            ask(&mut session, &options, ForecastAsk::Export { lang: Lang::En, summary: false }).1.unwrap();
        let found: Vec<&str> = std::str::from_utf8(&bytes).unwrap().lines().take(25).collect();
        let path = format!("{}/tests/fixtures/forecast/{file}.csv", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("QUINTILE_WRITE_FIXTURES").is_some() {
            std::fs::write(&path, found.join("\n") + "\n").unwrap();
        }
        let recorded = std::fs::read_to_string(&path).unwrap();
        for (found, recorded) in found.iter().zip(recorded.lines()) {
            for (cell, other) in found.split(',').zip(recorded.split(',')) {
                match (cell.parse::<f64>(), other.parse::<f64>()) {
                    (Ok(number), Ok(other)) => {
                        assert!(
                            (number - other).abs() <= 1e-10 * other.abs(),
                            "{model:?}: {found}, {recorded}"
                        )
                    }
                    _ => assert_eq!(cell, other),
                }
            }
        }
        assert_eq!(recorded.lines().count(), found.len());
    }
}

struct Told(Vec<f64>);

impl Progress for Told {
    fn report(&mut self, done: f64) {
        self.0.push(done);
    }
}

#[test]
fn progress_only_goes_forward() {
    for ask in [ForecastAsk::Forecast, ForecastAsk::Check] {
        let mut told = Told(Vec::new());
        let request = ForecastRequest { options: ForecastOptions::default(), ask };
        answer(&mut shop(), &request, &mut told).unwrap();
        assert!(
            told.0.len() > 5 && told.0.is_sorted() && told.0.iter().all(|done| (0.0..=1.0).contains(done)),
            "{:?}",
            told.0
        );
    }
}

#[test]
fn words_charts_and_steps_have_no_slips_in_any_model_and_language() {
    let show = quintile::core::show::Plain::default();
    let mut session = shop();
    for model in Kind::ALL {
        let options = ForecastOptions { model, ..ForecastOptions::default() };
        let (found, checked) = (forecast(&mut session, &options), check(&mut session, &options));
        for lang in Lang::ALL {
            let reader = Reader { lang, show: &show };
            let mut specs = vec![
                chart::counts(&found, reader),
                chart::map(&found, true, reader),
                chart::map(&found, false, reader),
            ];
            specs.extend(chart::heterogeneity(&found, reader));
            // A model that the first part of the time cannot carry has nothing to draw.
            if !checked.tracked.is_empty() {
                specs.extend([
                    chart::tracking(&checked, true, reader),
                    chart::tracking(&checked, false, reader),
                    chart::by_frequency(&checked, reader),
                    chart::calibration(&checked, reader),
                ]);
            }
            for spec in &specs {
                assert!(!spec.title.is_empty() && !spec.each_mark().is_empty());
                let readable = spec
                    .each_mark()
                    .iter()
                    .all(|mark| !mark.value.contains("NaN") && !mark.value.contains("inf"));
                assert!(readable, "{}", spec.title);
            }
            let said: Vec<String> =
                found.warnings.iter().map(|warning| warning.say(&options, reader)).collect();
            let all =
                [words::recommend(&checked, reader), words::search(&found.fit.search, reader), said.concat()]
                    .concat();
            assert!(!all.contains("NaN"));
            assert!(found.explanation.steps(lang).len() == 6);
        }
    }
}
