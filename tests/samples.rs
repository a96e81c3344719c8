//! The generated samples: reproducible, of the promised size, and drawn from the parameters that they claim.

use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::sample::{self, Truth, mailer, shop, teaching};
use quintile::core::table::{ColumnData, Role, Table, TableKind};
use quintile::core::workspace::SampleId;
use std::collections::{BTreeMap, BTreeSet};

fn make(id: SampleId, seed: u64) -> Dataset {
    sample::make(id, seed, &mut |_| ())
}

/// A fingerprint of all values of a table.
fn values(table: &Table) -> Vec<(Role, u64)> {
    let crc = |bytes: Vec<u8>| u64::from(crc32fast::hash(&bytes));
    let print = |data: &ColumnData| match data {
        ColumnData::Days(v) => crc(v.iter().flat_map(|x| x.to_le_bytes()).collect()),
        ColumnData::Money(v) => crc(v.iter().flat_map(|x| x.to_le_bytes()).collect()),
        ColumnData::Numbers(v) => crc(v.iter().flat_map(|x| x.to_le_bytes()).collect()),
        ColumnData::Texts { codes, dictionary } => {
            crc(codes.iter().flat_map(|x| x.to_le_bytes()).chain(dictionary.parts().0.to_vec()).collect())
        }
    };
    let customers = crc(table.customer.iter().flat_map(|x| x.to_le_bytes()).collect());
    let columns = table.columns.iter().map(|column| (column.role, print(&column.data)));
    [(Role::Customer, customers)].into_iter().chain(columns).collect()
}

#[test]
fn the_same_seed_makes_the_same_dataset_and_another_seed_another() {
    for (id, kind) in [(SampleId::Shop, TableKind::Transactions), (SampleId::Mailer, TableKind::Summary)] {
        let of = |seed| values(make(id, seed).table(kind).unwrap());
        let first = of(1);
        assert_eq!(first, of(1));
        assert!(first.iter().zip(of(2)).any(|(a, b)| *a != b));
    }
}

#[test]
fn samples_do_not_change_between_versions() {
    let print = |id, kind| values(make(id, sample::SEED).table(kind).unwrap())[2].1;
    let found = [print(SampleId::Shop, TableKind::Transactions), print(SampleId::Mailer, TableKind::Summary)];
    assert_eq!(
        found,
        [2_276_439_246, 2_554_668_637],
        "links and screenshots of a sample would show other numbers"
    );
}

#[test]
fn counts_are_exact() {
    assert_eq!(make(SampleId::Teaching, 1).customers.len(), 25);
    let mailer = make(SampleId::Mailer, 1);
    assert_eq!(
        (mailer.customers.len(), mailer.table(TableKind::Summary).unwrap().rows()),
        (800_000, 800_000)
    );
    let shop = make(SampleId::Shop, 1);
    let buyers: BTreeSet<u32> =
        shop.table(TableKind::Transactions).unwrap().customer.iter().copied().collect();
    assert_eq!((buyers.len(), shop.customers.len()), (3_000, 3_240));
    assert_eq!(shop.table(TableKind::Customers).unwrap().rows(), 3_240);
    assert_eq!(shop.customers.get(0), "C00001");
    assert_eq!(mailer.customers.get(799_999), "M800000");
}

#[test]
fn progress_only_grows_and_ends_at_one() {
    for id in SampleId::ALL {
        let mut seen = vec![0.0];
        sample::make(id, 1, &mut |done| seen.push(done));
        assert!(seen.is_sorted() && seen.last() == Some(&1.0), "{seen:?}");
    }
}

/// One customer's orders in the shop: date and amount of what was bought, without refunds.
fn orders(shop: &Dataset) -> BTreeMap<u32, BTreeMap<u32, (i32, i64)>> {
    let table = shop.table(TableKind::Transactions).unwrap();
    let (days, amounts) = (table.days(Role::Date).unwrap(), table.money(Role::Amount).unwrap());
    let (codes, _) = table.texts(Role::Order).unwrap();
    let mut customers: BTreeMap<u32, BTreeMap<u32, (i32, i64)>> = BTreeMap::new();
    for row in (0..table.rows()).filter(|&row| amounts[row] >= 0) {
        let order =
            customers.entry(table.customer[row]).or_default().entry(codes[row]).or_insert((days[row], 0));
        assert_eq!(order.0, days[row], "an order is of one day");
        order.1 += amounts[row];
    }
    customers
}

#[test]
fn shop_columns_are_whole_and_within_the_two_years() {
    let shop = make(SampleId::Shop, 5);
    let table = shop.table(TableKind::Transactions).unwrap();
    let days = table.days(Role::Date).unwrap();
    assert!(days.is_sorted());
    assert_eq!(shop::FIRST_DAY.to_string(), "2024-07-01");
    assert_eq!((days[0], Day(days[days.len() - 1]).to_string()), (shop::FIRST_DAY.0, "2026-06-30".into()));
    for role in [Role::Order, Role::Product, Role::Category, Role::Channel, Role::Region] {
        let (codes, names) = table.texts(role).unwrap();
        let used: BTreeSet<u32> = codes.iter().copied().collect();
        assert_eq!((used.len(), used.last()), (names.len(), Some(&(names.len() as u32 - 1))), "{role:?}");
    }
    assert!(table.numbers(Role::Quantity).unwrap().iter().all(|&q| q >= 1.0));
    let amounts = table.money(Role::Amount).unwrap();
    let rows = table.rows() as f64;
    let share = |test: fn(&i64) -> bool| amounts.iter().filter(|a| test(a)).count() as f64 / rows;
    assert!((0.02..0.04).contains(&share(|&a| a < 0)), "refunds {}", share(|&a| a < 0));
    assert!((0.005..0.02).contains(&share(|&a| a == 0)), "gifts {}", share(|&a| a == 0));
    assert!(amounts.iter().all(|a| a % 100 == 0), "whole NT$");
    assert!((15_000.0..40_000.0).contains(&rows), "rows {rows}");
}

#[test]
fn some_shop_customers_lose_money() {
    let shop = make(SampleId::Shop, 5);
    let table = shop.table(TableKind::Transactions).unwrap();
    let (amounts, costs) = (table.money(Role::Amount).unwrap(), table.money(Role::Cost).unwrap());
    let mut profit = vec![0; shop.customers.len()];
    (0..table.rows()).for_each(|row| profit[table.customer[row] as usize] += amounts[row] - costs[row]);
    let losing = profit.iter().filter(|&&p| p < 0).count();
    assert!((100..450).contains(&losing), "{losing} customers lose money");
    assert!(profit.iter().sum::<i64>() > 0);
}

/// Moments of the shop against its true parameters, over several seeds.
#[test]
fn the_shop_is_drawn_from_its_true_parameters() {
    let truth = shop::TRUTH;
    let (mut buyers, mut single, mut repeats, mut expected_repeats, mut expected_single) =
        (0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut customer_means, mut within) = (Vec::new(), Vec::new());
    for seed in 10..20 {
        for orders in orders(&make(SampleId::Shop, seed)).values() {
            let first = orders.values().map(|order| order.0).min().unwrap();
            // A purchase falls at any hour of its day.
            let weeks = (f64::from(shop::LAST_DAY.0 - first) + 0.5) / 7.0;
            buyers += 1.0;
            repeats += orders.len() as f64 - 1.0;
            single += f64::from(u8::from(orders.len() == 1));
            expected_repeats += expected_purchases(weeks);
            expected_single += (truth.alpha / (truth.alpha + weeks)).powf(truth.r);
            let amounts: Vec<f64> = orders.values().map(|order| order.1 as f64 / 100.0).collect();
            let mean = amounts.iter().sum::<f64>() / amounts.len() as f64;
            customer_means.push(mean);
            if amounts.len() >= 5 {
                let variance =
                    amounts.iter().map(|a| (a - mean).powi(2)).sum::<f64>() / (amounts.len() - 1) as f64;
                within.push(variance / mean.powi(2));
            }
        }
    }
    let near = |name: &str, found: f64, expected: f64, tolerance: f64| {
        let off = found / expected - 1.0;
        assert!(off.abs() < tolerance, "{name}: {found} for {expected}");
    };
    near("repeat purchases", repeats / buyers, expected_repeats / buyers, 0.02);
    near("share of one purchase", single / buyers, expected_single / buyers, 0.02);
    let mean = customer_means.iter().sum::<f64>() / buyers;
    near("mean spend", mean, truth.mean_spend(), 0.015);
    // Var(z) / E(z)² of one customer is 1 / p; the squared mean of n purchases overstates E(z)² a little.
    near(
        "variation within a customer",
        within.iter().sum::<f64>() / within.len() as f64,
        1.0 / truth.p,
        0.06,
    );
}

/// E[X(t)] of the BG/NBD model, with the integral over p and λ done numerically, apart from the generator:
/// E[X(t) | λ, p] = (1 − e^(−λpt)) / p.
fn expected_purchases(weeks: f64) -> f64 {
    let truth = shop::TRUTH;
    const STEPS: usize = 400;
    let (mut sum, mut weight) = (0.0, 0.0);
    for step in 0..STEPS {
        let u = (step as f64 + 0.5) / STEPS as f64;
        // p = u² takes the peak of the density at 0 away (a < 1).
        let p = u * u;
        let density = p.powf(truth.a - 1.0) * (1.0 - p).powf(truth.b - 1.0) * u;
        // The integral over λ is the Laplace transform of the gamma density.
        sum += density * (1.0 - (truth.alpha / (truth.alpha + p * weeks)).powf(truth.r)) / p;
        weight += density;
    }
    sum / weight
}

#[test]
fn the_mailer_answers_as_often_as_promised_and_cells_differ() {
    let Truth::Mailer(truth) = sample::truth(SampleId::Mailer) else { panic!("the mailer's truth") };
    for seed in [1, sample::SEED] {
        let all: Vec<_> = (0..truth.customers).map(|c| mailer::customer(seed, c)).collect();
        let rate = |test: &dyn Fn(&mailer::MailerCustomer) -> bool| {
            let rates: Vec<f64> = all.iter().filter(|c| test(c)).map(|c| c.response_rate).collect();
            (rates.iter().sum::<f64>() / rates.len() as f64, rates.len() as f64 / 800_000.0)
        };
        let (mean, _) = rate(&|_| true);
        assert!((mean - truth.mean_response_rate).abs() < 0.0002, "mean response rate {mean}");
        let best = rate(&|c| c.days_since_last < 90 && c.purchases > 5);
        let worst = rate(&|c| c.days_since_last > 800 && c.purchases == 1);
        assert!(best.0 > 0.05 && best.1 > 0.02, "best {best:?}");
        assert!(worst.0 < 0.004 && worst.1 > 0.02, "worst {worst:?}");
        let above = rate(&|c| c.days_since_last < 300);
        assert!(above.0 > 0.62 / 35.0);
        for (from, to) in [(0, 10_000), (10_000, 100_000), (100_000, 500_000), (500_000, i64::MAX / 100)] {
            let band = rate(&|c| (from * 100..to * 100).contains(&c.total_spend)).1;
            assert!(band > 0.003, "{from} to {to}: {band}");
        }
    }
}

#[test]
fn the_mailers_truth_belongs_to_its_rows() {
    let dataset = make(SampleId::Mailer, 3);
    let table = dataset.table(TableKind::Summary).unwrap();
    for customer in [0, 1, 40_000, 799_999_u32] {
        let drawn = mailer::customer(3, customer);
        let row = customer as usize;
        assert_eq!(table.money(Role::TotalSpend).unwrap()[row], drawn.total_spend);
        assert_eq!(table.numbers(Role::Purchases).unwrap()[row], f64::from(drawn.purchases));
        assert_eq!(mailer::response_rate(3, customer), drawn.response_rate);
        let days = mailer::LAST_DAY.0 - table.days(Role::LastPurchase).unwrap()[row];
        assert_eq!(days, drawn.days_since_last as i32);
    }
}

/// The table in the documentation of the teaching sample, read back and held against the rows.
#[test]
fn the_teaching_table_in_the_documentation_is_right() {
    let source = include_str!("../src/core/sample/teaching.rs");
    let mut documented = BTreeMap::new();
    for line in source.lines().filter(|line| line.starts_with("/// | ") && !line.contains("id")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        for four in [&cells[1..5], &cells[6..10]].iter().filter(|four| !four[0].is_empty()) {
            let number = |text: &str| text.replace(',', "").parse::<i64>().unwrap();
            documented.insert(four[0].to_string(), (number(four[1]), number(four[2]), number(four[3])));
        }
    }
    let counted: BTreeMap<String, (i64, i64, i64)> = teaching::CUSTOMERS
        .iter()
        .map(|(id, rows)| {
            let bought = rows.iter().filter(|row| row.1 > 0);
            let since = bought.clone().map(|row| i64::from(row.0)).min().unwrap();
            (id.to_string(), (since, bought.count() as i64, rows.iter().map(|row| row.1).sum()))
        })
        .collect();
    assert_eq!(documented, counted);
    assert_eq!(counted.values().map(|c| c.1).sum::<i64>(), 59);
    assert_eq!(counted.values().map(|c| c.2).sum::<i64>(), 57_100);
}

#[test]
fn the_teaching_sample_ends_on_its_analysis_date_within_one_year() {
    let teaching = make(SampleId::Teaching, 9);
    let days = teaching.table(TableKind::Transactions).unwrap().days(Role::Date).unwrap();
    assert_eq!(teaching::LAST_DAY.to_string(), "2025-12-31");
    assert_eq!(days.last(), Some(&teaching::LAST_DAY.0));
    assert!(days[0] > teaching::LAST_DAY.0 - 365);
}
