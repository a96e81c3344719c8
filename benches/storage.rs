//! How long it takes to make the samples, to store and load a million transactions, and to add contacts to a sample.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use quintile::core::codec::{self, Meta};
use quintile::core::contacts::{Contact, Wave, append_contacts, last_contact_day};
use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::dictionary::Dictionary;
use quintile::core::random::Random;
use quintile::core::sample;
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::core::workspace::{SampleId, Source, Workspace};
use quintile::core::workspace_file;
use quintile::jobs::Session;
use quintile::jobs::data::ToStore;
use quintile::jobs::protocol::Settings;
use std::hint::black_box;

const ROWS: u32 = 1_000_000;

fn numbered(prefix: &str, count: u32) -> Dictionary {
    let mut names = Dictionary::default();
    (0..count).for_each(|n| {
        names.intern(&format!("{prefix}{n:06}"));
    });
    names
}

/// A million transactions of 70,000 customers: date, amount, order, product, channel, quantity.
fn transactions() -> Dataset {
    let mut random = Random::new(1);
    let mut codes = |bound: u32| (0..ROWS).map(|_| random.below(bound)).collect::<Vec<u32>>();
    let texts = |codes, dictionary| ColumnData::Texts { codes, dictionary };
    let customer = codes(70_000);
    let columns = [
        (Role::Date, ColumnData::Days(codes(730).into_iter().map(|d| 20_000 + d as i32).collect())),
        (Role::Amount, ColumnData::Money(codes(500_000).into_iter().map(i64::from).collect())),
        (Role::Order, texts((0..ROWS).map(|row| row / 2).collect(), numbered("T", ROWS / 2))),
        (Role::Product, texts(codes(2_000), numbered("P", 2_000))),
        (Role::Channel, texts(codes(4), numbered("channel ", 4))),
        (Role::Quantity, ColumnData::Numbers(codes(9).into_iter().map(f64::from).collect())),
    ];
    let columns = columns.map(|(role, data)| Column { role, name: format!("{role:?}"), data });
    let table = Table { kind: TableKind::Transactions, customer, columns: columns.into() };
    let customers = numbered("C", 70_000);
    Dataset { customers, tables: [(TableKind::Transactions, table)].into(), ..Dataset::default() }
}

fn storage(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("storage");
    group.sample_size(10);
    let dataset = transactions();
    let sections = codec::encode(&dataset, &Meta::new());
    let workspace = Workspace::new("w", "bench", Source::Empty);
    let file = workspace_file::write(&workspace, true, &sections);
    println!("1 million transactions take {} bytes", file.len());
    group.bench_function("encode_1m_rows", |b| b.iter(|| codec::encode(black_box(&dataset), &Meta::new())));
    group.bench_function("decode_1m_rows", |b| b.iter(|| codec::decode(black_box(&sections)).unwrap()));
    group.bench_function("read_file_1m_rows", |b| b.iter(|| workspace_file::read(black_box(&file)).unwrap()));
    group.finish();
}

fn samples(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sample");
    group.sample_size(10);
    for id in SampleId::ALL {
        group.bench_function(format!("{id:?}").to_lowercase(), |b| {
            b.iter(|| sample::make(black_box(id), sample::SEED, &mut |_| ()))
        });
    }
    group.finish();
}

/// A test of 300,000 of the mailer's 800,000 customers, added to the sample and stored beside it.
fn contacts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("contacts");
    group.sample_size(10);
    let open = |source: &Source, sections: &[codec::Section]| {
        Session::open(source, sections, Settings::default(), &mut |_| ()).expect("whole data")
    };
    let cells: Vec<String> = (0..125).map(|cell| format!("{cell:03}")).collect();
    let row = |n: u32| Contact {
        customer: n * 2,
        day: Some(Day(20_000)),
        campaign: Some("Spring"),
        wave: Some(Wave::Test),
        key_code: Some("S1"),
        cell: Some(&cells[n as usize % cells.len()]),
    };
    let bare = open(&Source::sample(SampleId::Mailer, sample::SEED), &[]);
    group.bench_function("append_300k_rows", |b| {
        let clone = || bare.dataset.clone();
        let append = |mut data| append_contacts(&mut data, (0..300_000).map(row));
        b.iter_batched(clone, append, BatchSize::LargeInput)
    });
    let mut session = bare;
    append_contacts(&mut session.dataset, (0..300_000).map(row));
    session.changed(&[TableKind::Contacts]);
    group.bench_function("last_contact_day", |b| b.iter(|| last_contact_day(black_box(&session.dataset))));
    group.bench_function("encode_added", |b| b.iter(|| session.to_store(black_box("id"))));
    let ToStore { source, sections } = session.to_store("id");
    group.bench_function("open_sample_with_added", |b| b.iter(|| open(&source, black_box(&sections))));
    group.finish();
}

criterion_group!(benches, storage, samples, contacts);
criterion_main!(benches);
