//! How long a million transactions take to become customers, and a million customers to become cells.
//! `cargo bench --no-default-features --bench rfm`

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use quintile::core::dataset::Dataset;
use quintile::core::dictionary::Dictionary;
use quintile::core::rules::{Duplicates, PurchaseRules, PurchaseUnit};
use quintile::core::summary::{AnalysisFrame, CustomerSummary, customer_summary, rule_counts};
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::tools::customers::model::{List, Selection, SortBy, select};
use quintile::tools::rfm::model::overview;
use quintile::tools::rfm::options::{Method, Monetary, QuantileEdge, RfmOptions, Thresholds, Ties, Variable};
use quintile::tools::rfm::scoring::{Base, score};
use std::hint::black_box;

const ROWS: usize = 1_000_000;
const BUYERS: u64 = 363_000;

/// A fixed sequence of numbers that look random (Weyl sequence with a final mix).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (mixed ^ (mixed >> 29)) % limit
    }
}

fn transactions() -> Dataset {
    let mut numbers = Numbers(1);
    let (mut customers, mut orders) = (Dictionary::default(), Dictionary::default());
    let (mut customer, mut codes, mut days, mut amounts) = (vec![], vec![], vec![], vec![]);
    // Ten rows make seven orders; an order's customer and day follow from its number.
    for row in 0..ROWS {
        let order = row * 7 / 10;
        let mut of_order = Numbers(order as u64);
        customer.push(customers.intern(&format!("C{:07}", of_order.below(BUYERS))));
        codes.push(orders.intern(&format!("A{order:08}")));
        days.push(18_000 + of_order.below(730) as i32);
        amounts.push(numbers.below(500_000) as i64 - 10_000);
    }
    let columns = vec![
        Column { role: Role::Date, name: "date".into(), data: ColumnData::Days(days) },
        Column { role: Role::Amount, name: "amount".into(), data: ColumnData::Money(amounts) },
        Column {
            role: Role::Order,
            name: "order".into(),
            data: ColumnData::Texts { codes, dictionary: orders },
        },
    ];
    let mut dataset = Dataset { customers, ..Dataset::default() };
    let table = Table { kind: TableKind::Transactions, customer, columns };
    dataset.tables.insert(TableKind::Transactions, table);
    dataset
}

fn million_customers() -> (Dataset, CustomerSummary) {
    let mut numbers = Numbers(2);
    let mut dataset = Dataset::default();
    let mut summary = CustomerSummary::default();
    for customer in 0..1_000_000u32 {
        dataset.customers.intern(&format!("C{:07}", u64::from(customer) * 7_654_321 % 9_999_991));
        let purchases = 1 + numbers.below(20) * numbers.below(20) / 20;
        summary.customer.push(customer);
        summary.days_since_last.push(numbers.below(1_000) as u32);
        summary.frequency.push(purchases as u32);
        summary.monetary.push((purchases * numbers.below(300_000)) as i64);
    }
    (dataset, summary)
}

fn summaries(c: &mut Criterion) {
    let dataset = transactions();
    let frame = AnalysisFrame::default();
    let rules = PurchaseRules::default();
    let mut group = c.benchmark_group("summary of 1M rows");
    group.sample_size(20);
    group.bench_function("orders", |b| b.iter(|| black_box(customer_summary(&dataset, &rules, &frame))));
    let by_day = PurchaseRules { purchase: PurchaseUnit::CustomerDay, ..rules };
    group.bench_function("days", |b| b.iter(|| black_box(customer_summary(&dataset, &by_day, &frame))));
    let no_duplicates = PurchaseRules { duplicates: Duplicates::Ignore, ..rules };
    group.bench_function("without duplicates", |b| {
        b.iter(|| black_box(customer_summary(&dataset, &no_duplicates, &frame)))
    });
    let table = dataset.table(TableKind::Transactions).expect("made above");
    group.bench_function("rule counts", |b| b.iter(|| black_box(rule_counts(table, None))));
    group.finish();
}

fn methods(c: &mut Criterion) {
    let (dataset, summary) = million_customers();
    let options = RfmOptions::default();
    let thresholds =
        Thresholds { recency: vec![30, 90, 365], frequency: vec![2, 5, 9], monetary: vec![100_000, 900_000] };
    let methods = [
        ("minimum ranks", Method::Independent { ties: Ties::MinRank }),
        ("equal groups", Method::Independent { ties: Ties::EqualGroups }),
        ("nested", Method::Nested),
        ("quantile cuts", Method::QuantileCuts { edge: QuantileEdge::AtOrBelow }),
        ("thresholds", Method::Thresholds(thresholds)),
    ];
    let mut group = c.benchmark_group("1M customers");
    group.sample_size(20);
    let fresh = || Base::new(summary.clone(), &dataset, &Monetary::Total, 100).expect("values");
    group.bench_function("values and their order", |b| {
        b.iter_batched(
            || summary.clone(),
            |s| black_box(Base::new(s, &dataset, &Monetary::Total, 100).expect("values")),
            BatchSize::PerIteration,
        )
    });
    group.bench_function("order by ids and values", |b| {
        let order = |base: Base| black_box(base.ascending(&dataset, Variable::Recency).next());
        b.iter_batched(fresh, order, BatchSize::PerIteration)
    });
    let base = fresh();
    for (name, method) in &methods {
        group.bench_function(*name, |b| b.iter(|| black_box(score(&base, &dataset, &options, method))));
    }
    let scored = score(&base, &dataset, &options, &options.method).expect("five groups");
    group.bench_function("overview", |b| b.iter(|| black_box(overview(&base, &scored, &options))));
    group.finish();
}

fn customers(c: &mut Criterion) {
    let (dataset, _) = million_customers();
    let list = List::new(&dataset, &PurchaseRules::default()).expect("a list of ids");
    let order = list.order(&dataset, &SortBy::Id, true);
    let selection = Selection { search: "12345".into(), ..Selection::default() };
    let mut group = c.benchmark_group("list of 1M customers");
    group.sample_size(20);
    group.bench_function("search ids", |b| b.iter(|| black_box(select(&dataset, &order, &selection))));
    group.bench_function("sort", |b| b.iter(|| black_box(list.order(&dataset, &SortBy::Monetary, true))));
    group.finish();
}

criterion_group!(benches, summaries, methods, customers);
criterion_main!(benches);
