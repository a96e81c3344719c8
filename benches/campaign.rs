//! How long the mathematics of a campaign takes for 800,000 customers in 1,000 cells.
//! `cargo bench --no-default-features --bench campaign`

use criterion::{Criterion, criterion_group, criterion_main};
use quintile::core::concentration::Concentration;
use quintile::core::random::Random;
use quintile::core::sample::SEED;
use quintile::core::sample::campaign::{response_rates, simulate_responses};
use quintile::core::stats::beta_binomial::fit;
use quintile::core::stats::proportion::Tally;
use quintile::core::stats::sampling::Nth;
use quintile::core::workspace::SampleId;
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

criterion_group!(benches, statistics, customers);
criterion_main!(benches);
