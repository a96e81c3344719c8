//! Fitting models of repeat buying to CDNOW and to the customers of a million transactions, and what they expect of each.
//! `cargo bench --no-default-features --bench clv`

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use quintile::core::clv::beta_geometric::{BetaGeometric, Dropout};
use quintile::core::clv::gamma_gamma::GammaGamma;
use quintile::core::clv::kind::Kind;
use quintile::core::clv::model::Purchases;
use quintile::core::clv::rows::{History, Rows};
use quintile::core::codec::Meta;
use quintile::core::dataset::Dataset;
use quintile::core::dictionary::Dictionary;
use quintile::core::money::Currency;
use quintile::core::random::Random;
use quintile::core::rules::PurchaseRules;
use quintile::core::summary::{RepeatFrame, repeat_summary};
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent};
use quintile::tools::clv_forecast::base::Base;
use quintile::tools::clv_forecast::forecast::{fit, score};
use quintile::tools::clv_forecast::job::answer;
use quintile::tools::clv_forecast::options::ForecastOptions;
use quintile::tools::clv_forecast::request::{ForecastAsk, ForecastRequest};
use std::hint::black_box;
use std::path::Path;

const BUYERS: u64 = 363_000;
const DAYS: i32 = 730;

/// About a million transactions, drawn from BG/NBD purchases and Gamma–Gamma spend.
fn transactions() -> Dataset {
    let model = BetaGeometric::new(Dropout::AfterRepeat, [0.6, 9.0, 0.6, 2.2]);
    let spend = GammaGamma { p: 6.0, q: 4.0, gamma: 15_000.0 };
    let mut customers = Dictionary::default();
    let mut rows: Vec<(u32, i32, i64)> = Vec::new();
    for id in 0..BUYERS {
        let mut random = Random::stream(7, id);
        let customer = customers.intern(&format!("C{id:07}"));
        let first = random.below(DAYS as u32) as i32;
        let mean = spend.draw(&mut random, 1);
        let weeks = f64::from(DAYS - first) / 7.0;
        let times = model.draw(&mut random, weeks);
        let days = std::iter::once(first).chain(times.iter().map(|week| first + (week * 7.0) as i32));
        rows.extend(days.map(|day| (customer, 18_000 + day, (mean * (0.5 + random.uniform())) as i64 + 1)));
    }
    println!("{} transactions of {BUYERS} customers", rows.len());
    let columns = vec![
        Column {
            role: Role::Date,
            name: "date".into(),
            data: ColumnData::Days(rows.iter().map(|row| row.1).collect()),
        },
        Column {
            role: Role::Amount,
            name: "amount".into(),
            data: ColumnData::Money(rows.iter().map(|row| row.2).collect()),
        },
    ];
    let customer = rows.iter().map(|row| row.0).collect();
    let table = Table { kind: TableKind::Transactions, customer, columns };
    Dataset { customers, tables: [(TableKind::Transactions, table)].into(), ..Dataset::default() }
}

fn million(c: &mut Criterion) {
    let dataset = transactions();
    let (rules, options) = (PurchaseRules::default(), ForecastOptions::default());
    let base = Base::new(&dataset, &rules, &Currency::default(), &options, None).expect("a summary");
    println!("{} distinct rows", base.rows.rows.len());
    let mut group = c.benchmark_group("a million transactions");
    group.sample_size(10);
    group.bench_function("repeat summary", |b| {
        b.iter(|| black_box(repeat_summary(&dataset, &rules, &RepeatFrame::default()).is_ok()))
    });
    group.bench_function("equal customers put together", |b| {
        b.iter(|| black_box(Rows::new(&base.summary.histories).rows.len()))
    });
    for kind in [Kind::BgNbd, Kind::MbgNbd, Kind::ParetoNbd] {
        group.bench_function(format!("{}, three starts, standard errors", kind.name()), |b| {
            b.iter(|| black_box(kind.fit(&base.rows, &mut |_| ()).is_ok()))
        });
    }
    group.bench_function("both fits, purchases and spend", |b| {
        b.iter(|| black_box(fit(&base, &options, &mut |_| ()).is_ok()))
    });
    let fitted = fit(&base, &options, &mut |_| ()).expect("a fit");
    group.bench_function("every customer's value", |b| {
        b.iter(|| black_box(score(&base, &fitted, &options).alive.len()))
    });
    let whole = || Session::new(dataset.clone(), Meta::new(), Settings::default());
    let ask = |mut session: Session| {
        let request = ForecastRequest { options: ForecastOptions::default(), ask: ForecastAsk::Forecast };
        black_box(answer(&mut session, &request, &mut Silent).is_ok())
    };
    group.bench_function("the whole answer", |b| b.iter_batched(whole, ask, BatchSize::PerIteration));
    group.finish();
}

fn cdnow(c: &mut Criterion) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/datasets/cdnow_customers_summary.csv");
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: the data of CDNOW are not beside this checkout");
        return;
    };
    let customer = |line: &str| {
        let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
        History { repeat_frequency: cells[1] as u32, recency: cells[2], age: cells[3] }
    };
    let customers: Vec<History> = text.lines().skip(1).map(customer).collect();
    let rows = Rows::new(&customers);
    for kind in [Kind::BgNbd, Kind::MbgNbd, Kind::ParetoNbd] {
        c.bench_function(&format!("CDNOW: {}", kind.name()), |b| {
            b.iter(|| black_box(kind.fit(&rows, &mut |_| ()).is_ok()))
        });
    }
}

criterion_group!(benches, cdnow, million);
criterion_main!(benches);
