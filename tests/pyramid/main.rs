//! The customer pyramid on data that a hand can check, and what always holds.

mod columns;
mod links;
mod properties;
mod tiers;
mod words;

use quintile::core::codec::Meta;
use quintile::core::dataset::Dataset;
use quintile::core::grading::GradingData;
use quintile::core::sample;
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::core::workspace::SampleId;
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent};
use quintile::tools::pyramid::answer::{Pyramid, Refusal};
use quintile::tools::pyramid::job::answer;
use quintile::tools::pyramid::options::{Measure, PyramidOptions, Tiers};
use quintile::tools::pyramid::publish::name;
use quintile::tools::pyramid::request::{PyramidAnswer, PyramidAsk, PyramidRequest};

fn session(dataset: Dataset) -> Session {
    Session::new(dataset, Meta::new(), Settings::default())
}

fn teaching() -> Session {
    session(sample::make(SampleId::Teaching, sample::SEED, &mut |_| ()))
}

fn ask(session: &mut Session, options: &PyramidOptions, ask: PyramidAsk) -> (PyramidAnswer, Option<Vec<u8>>) {
    let request = PyramidRequest { options: options.clone(), ask };
    answer(session, &request, &mut Silent).unwrap()
}

fn pyramid(session: &mut Session, options: &PyramidOptions) -> Pyramid {
    match ask(session, options, PyramidAsk::Pyramid).0 {
        PyramidAnswer::Pyramid(pyramid) => *pyramid,
        other => panic!("{other:?}"),
    }
}

fn refusal(session: &mut Session, options: &PyramidOptions) -> Refusal {
    match ask(session, options, PyramidAsk::Pyramid).0 {
        PyramidAnswer::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

fn of(measure: Measure, tiers: Tiers) -> PyramidOptions {
    PyramidOptions { measure, tiers, ..PyramidOptions::default() }
}

fn equal(tiers: u8) -> Tiers {
    Tiers::Equal { tiers }
}

fn shares(shares: &[f64]) -> Tiers {
    Tiers::Shares { shares: shares.to_vec(), names: Vec::new() }
}

/// Customers in each tier, and their revenue in NT$.
fn tiers(pyramid: &Pyramid) -> Vec<(u64, i64)> {
    pyramid.tiers.iter().map(|row| (row.sums.customers, row.sums.revenue / 100)).collect()
}

/// The class of every customer of the published tiers, by id.
fn published(session: &Session, id: &str) -> Option<String> {
    let code = session.dataset.customers.find(id).unwrap() as usize;
    match &session.dataset.gradings.get(name::TIER).unwrap().data {
        GradingData::Classes { class, labels } => {
            class[code].map(|class| labels[usize::from(class)].en.clone())
        }
        other => panic!("{other:?}"),
    }
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.expect("a number");
    assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
}

/// Customer, day, amount in minor units.
fn shop(rows: &[(&str, i32, i64)]) -> Dataset {
    let mut dataset = Dataset::default();
    let customer = rows.iter().map(|row| dataset.customers.intern(row.0)).collect();
    let column = |role: Role, data| Column { role, name: format!("{role:?}"), data };
    let columns = vec![
        column(Role::Date, ColumnData::Days(rows.iter().map(|row| row.1).collect())),
        column(Role::Amount, ColumnData::Money(rows.iter().map(|row| row.2).collect())),
    ];
    let kind = TableKind::Transactions;
    dataset.tables.insert(kind, Table { kind, customer, columns });
    dataset
}

fn with_costs(mut dataset: Dataset, costs: &[i64]) -> Dataset {
    let columns = &mut dataset.tables.get_mut(&TableKind::Transactions).unwrap().columns;
    columns.push(Column { role: Role::Cost, name: "cost".into(), data: ColumnData::Money(costs.to_vec()) });
    dataset
}

fn with_customer_table(mut dataset: Dataset, ids: &[&str]) -> Dataset {
    let customer = ids.iter().map(|id| dataset.customers.intern(id)).collect();
    let kind = TableKind::Customers;
    dataset.tables.insert(kind, Table { kind, customer, columns: Vec::new() });
    dataset
}
