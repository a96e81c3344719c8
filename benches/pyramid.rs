//! How long 800,000 customers take to become a pyramid. `cargo bench --no-default-features --bench pyramid`

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use quintile::core::codec::Meta;
use quintile::core::rules::PurchaseRules;
use quintile::core::sample;
use quintile::core::summary::{AnalysisFrame, customer_margins};
use quintile::core::workspace::SampleId;
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent};
use quintile::tools::pyramid::base::Base;
use quintile::tools::pyramid::job::answer;
use quintile::tools::pyramid::model::pyramid;
use quintile::tools::pyramid::options::{Measure, PyramidOptions, Tiers};
use quintile::tools::pyramid::request::{PyramidAsk, PyramidRequest};
use std::hint::black_box;

fn mailer(c: &mut Criterion) {
    let dataset = sample::make(SampleId::Mailer, sample::SEED, &mut |_| ());
    let (rules, frame) = (PurchaseRules::default(), AnalysisFrame::default());
    let base = Base::new(&dataset, &rules, &frame).expect("the mailer is a summary");
    let mut group = c.benchmark_group("pyramid of 800,000 customers");
    group.sample_size(10);
    group.bench_function("summary and margins", |b| {
        b.iter(|| black_box(Base::new(&dataset, &rules, &frame).map(|base| base.active.len())))
    });
    let measured = [
        ("Curry by revenue", PyramidOptions::default()),
        // Half of all have bought once: nearly every boundary goes through equal values.
        (
            "ten tiers by purchases",
            PyramidOptions {
                measure: Measure::Orders,
                tiers: Tiers::Equal { tiers: 10 },
                ..Default::default()
            },
        ),
    ];
    for (name, options) in &measured {
        group.bench_function(*name, |b| b.iter(|| black_box(pyramid(&base, &dataset, options).is_ok())));
    }
    let whole = || Session::new(dataset.clone(), Meta::new(), Settings::default());
    let ask = |mut session: Session| {
        let request = PyramidRequest { options: PyramidOptions::default(), ask: PyramidAsk::Pyramid };
        black_box(answer(&mut session, &request, &mut Silent).is_ok())
    };
    group.bench_function("the whole answer", |b| b.iter_batched(whole, ask, BatchSize::PerIteration));
    group.finish();
}

fn shop(c: &mut Criterion) {
    let shop = sample::make(SampleId::Shop, sample::SEED, &mut |_| ());
    let (rules, frame) = (PurchaseRules::default(), AnalysisFrame::default());
    c.bench_function("margins of the sample shop", |b| {
        b.iter(|| black_box(customer_margins(&shop, &rules, &frame)))
    });
}

criterion_group!(benches, mailer, shop);
criterion_main!(benches);
