//! Reading a file of a million transactions (six columns): bytes in, typed columns and report out; what is in the columns.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use quintile::core::dictionary::Dictionary;
use quintile::core::import::{Imported, Importer, Overrides, Plan, preview};
use quintile::core::money::Currency;
use quintile::core::profile::profile;
use std::fmt::Write;
use std::hint::black_box;

/// A file of transactions from a fixed seed.
fn transactions(rows: u64) -> String {
    let mut file = String::from("customer_id,order_id,order_date,amount,product,channel\n");
    let mut state = 42_u64;
    for row in 0..rows {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let pick = |shift: u32, below: u64| (state >> shift) % below;
        let day = quintile::core::day::Day(18_000 + pick(20, 730) as i32);
        let channel = ["store", "web", "phone"][pick(50, 3) as usize];
        let (customer, units, cents, product) =
            (pick(33, 120_000), pick(13, 5_000), pick(7, 100), pick(40, 500));
        let _ = writeln!(
            file,
            "C{customer:06},T{row:08},{day},{units}.{cents:02},product-{product:03},{channel}"
        );
    }
    file
}

fn read(plan: &Plan, file: &[u8]) -> Imported {
    let mut importer =
        Importer::new(plan.clone(), &Currency::default(), Dictionary::default(), [0; 16], None)
            .expect("a good plan");
    file.chunks(1 << 20).for_each(|piece| importer.push(piece).expect("a good file"));
    importer.finish().expect("a good file")
}

fn import(criterion: &mut Criterion) {
    let rows = 1_000_000;
    let file = transactions(rows);
    let plan = preview(file.as_bytes(), false, &Overrides::default(), &|_| None).expect("a good file").plan;
    let imported = read(&plan, file.as_bytes());
    assert_eq!(imported.report.used, rows);
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10).throughput(Throughput::Bytes(file.len() as u64));
    group.bench_function("1M rows of 6 columns", |bench| {
        bench.iter(|| black_box(read(&plan, file.as_bytes())));
    });
    group.bench_function("profile of the columns", |bench| {
        bench.iter(|| profile(black_box(&imported.table), &imported.customers));
    });
    group.bench_function("preview of 1 MB", |bench| {
        bench.iter(|| {
            preview(black_box(file.as_bytes()), false, &Overrides::default(), &|_| None).expect("a good file")
        });
    });
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);
