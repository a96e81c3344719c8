//! How long a campaign and its mathematics take for 800,000 customers.
//! `cargo bench --no-default-features --bench campaign`

use criterion::{Criterion, criterion_group, criterion_main};
use quintile::core::concentration::Concentration;
use quintile::core::lang::Lang;
use quintile::core::random::Random;
use quintile::core::sample::SEED;
use quintile::core::sample::campaign::{response_rates, simulate_responses};
use quintile::core::stats::beta_binomial::fit;
use quintile::core::stats::proportion::Tally;
use quintile::core::stats::sampling::Nth;
use quintile::core::stats::sort::order_by_text;
use quintile::core::workspace::{SampleId, Source};
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent, ToolRequest, run};
use quintile::tools::campaign::options::{CampaignOptions, Guard, Responses};
use quintile::tools::campaign::request::{CampaignAsk, CampaignRequest};
use quintile::tools::campaign::steps::{Campaign, Given};
use quintile::tools::campaign::{bins::bins, cells::Cells, plan::plan, sampling::Sample};
use quintile::tools::rfm::job::{RfmAsk, RfmRequest};
use quintile::tools::rfm::options::{Method, RfmOptions};
use serde_json::json;
use std::hint::black_box;

const CUSTOMERS: usize = 800_000;
const CELLS: u64 = 1_000;

/// Tests of 1,000 cells whose rates differ; the sizes are equal, or all different.
fn cells(equal: bool) -> Vec<Tally> {
    let mut random = Random::new(SEED);
    let cell = |number: u64| {
        let rate = random.beta(1.8, 98.2);
        let trials = if equal { 40 } else { 20 + 3 * number };
        Tally::new((0..trials).filter(|_| random.chance(rate)).count() as u64, trials)
    };
    (0..CELLS).map(cell).collect()
}

fn statistics(criterion: &mut Criterion) {
    let (equal, different) = (cells(true), cells(false));
    criterion.bench_function("fit of 1,000 cells of one size", |bench| {
        bench.iter(|| fit(black_box(&equal)).expect("cells with customers"));
    });
    criterion.bench_function("fit of 1,000 cells of 1,000 sizes", |bench| {
        bench.iter(|| fit(black_box(&different)).expect("cells with customers"));
    });
    let fitted = fit(&different).expect("cells with customers");
    criterion.bench_function("intervals and chances of 1,000 cells", |bench| {
        bench.iter(|| {
            let verdict = |&cell: &Tally| {
                let posterior = fitted.prior.shrink(cell);
                (posterior.interval(0.95), posterior.probability_above(0.0177))
            };
            black_box(&different).iter().map(verdict).collect::<Vec<_>>()
        });
    });
}

fn customers(criterion: &mut Criterion) {
    let mut random = Random::new(SEED);
    let spend: Vec<i64> = (0..CUSTOMERS).map(|_| (1e5 * libm::exp(1.5 * random.normal())) as i64).collect();
    let nth = Nth::new(20, 1).expect("a start within the interval");
    criterion.bench_function("every 20th of 800,000", |bench| {
        bench.iter(|| black_box(nth).positions(black_box(CUSTOMERS)).map(|p| p as u32).collect::<Vec<_>>());
    });
    criterion.bench_function("concentration of 800,000", |bench| {
        bench.iter(|| {
            let concentration = Concentration::new(black_box(&spend));
            (concentration.curve(100), concentration.gini(), concentration.share_of_top(0.2))
        });
    });
    let rates = response_rates(SampleId::Mailer, SEED);
    let everyone: Vec<u32> = (0..CUSTOMERS as u32).collect();
    let mut group = criterion.benchmark_group("sample");
    group.sample_size(10);
    group.bench_function("response rates of 800,000", |bench| {
        bench.iter(|| response_rates(SampleId::Mailer, black_box(SEED)));
    });
    group.bench_function("answers of 800,000", |bench| {
        bench.iter(|| simulate_responses(&rates, black_box(&everyone), SEED));
    });
    group.finish();
}

/// The course's mailer in 125 nested cells.
fn mailer() -> Session {
    let source = Source::sample(SampleId::Mailer, SEED);
    let mut session = Session::open(&source, &[], Settings::default(), &mut |_| ()).expect("a sample opens");
    let options = RfmOptions { method: Method::Nested, ..RfmOptions::default() };
    let input = json!(RfmRequest { options, ask: RfmAsk::Publish });
    run(&mut session, ToolRequest { tool: "rfm".into(), input }, &mut Silent).expect("cells are published");
    session
}

fn campaign(criterion: &mut Criterion) {
    let mut session = mailer();
    let rates = response_rates(SampleId::Mailer, SEED);
    let options = CampaignOptions {
        responses: Responses::Simulated { seed: 1 },
        review: Responses::Simulated { seed: 2 },
        guard: Guard { days: Some(30), campaigns: Some(1) },
        ..CampaignOptions::default()
    };
    let mut group = criterion.benchmark_group("campaign of 800,000");
    group.sample_size(10);
    {
        let (dataset, currency) = (&session.dataset, &session.currency);
        let codes: Vec<u32> = (0..dataset.customers.len() as u32).collect();
        let by_id = order_by_text(&dataset.customers, &codes);
        let given = Given { dataset, currency, options: &options, by_id: &by_id, rates: Some(&rates) };
        let cells = || Cells::of(&dataset.gradings, "rfm.cell", 10, black_box(&by_id), &[]).expect("cells");
        let list = cells();
        group.bench_function("order of ids, once for the data", |bench| {
            bench.iter(|| order_by_text(&dataset.customers, black_box(&codes)));
        });
        group.bench_function("cells", |bench| bench.iter(cells));
        group.bench_function("sample", |bench| {
            bench.iter(|| Sample::draw(black_box(&list), &options).expect("a sample"));
        });
        let campaign = Campaign::new(given).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        group.bench_function("verdicts", |bench| bench.iter(|| campaign.test(&mut Vec::new())));
        let test = campaign.test(&mut Vec::new()).expect("a test");
        group.bench_function("roll-out", |bench| bench.iter(|| campaign.roll_out(black_box(&test))));
        group.bench_function("whole plan", |bench| bench.iter(|| plan(black_box(given)).expect("a plan")));
        group.bench_function("2 to 10 groups", |bench| {
            bench.iter(|| bins(black_box(given), &mut Silent).expect("rows"));
        });
    }
    let mut ask = |group: &mut criterion::BenchmarkGroup<_>, name: &str, ask: CampaignAsk| {
        let input = json!(CampaignRequest { options: options.clone(), ask });
        group.bench_function(name, |bench| {
            bench.iter(|| {
                let request = ToolRequest { tool: "campaign".into(), input: input.clone() };
                run(&mut session, request, &mut Silent).expect("a reply")
            });
        });
    };
    ask(&mut group, "final mailing list as CSV", CampaignAsk::RollOutList { lang: Lang::En });
    ask(&mut group, "publish, unchanged", CampaignAsk::Publish);
    group.finish();
}

criterion_group!(benches, statistics, customers, campaign);
criterion_main!(benches);
