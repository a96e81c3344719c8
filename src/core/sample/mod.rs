//! Generated samples whose true parameters are known, so that an estimate can be held against the truth.
//!
//! A sample is made again from its seed whenever it is needed and never stored. Its texts are bilingual, because one
//! dataset serves both languages.

pub mod campaign;
pub mod mailer;
pub mod shop;
mod shop_goods;
mod shop_rows;
pub mod teaching;

use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::table::{Column, ColumnData, Role};
use crate::core::workspace::SampleId;
use serde::Serialize;

/// The seed of a sample that a first visit opens.
pub const SEED: u64 = 2_026;

/// What is true of a sample, where an analysis could only estimate it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    Shop(shop::ShopTruth),
    Mailer(mailer::MailerTruth),
    /// The teaching sample is typed in by hand: nothing in it is drawn from a distribution. Its response rates follow
    /// a rule, too.
    Teaching,
}

/// The parameters that a sample is drawn from; they do not depend on the seed.
pub fn truth(sample: SampleId) -> Truth {
    match sample {
        SampleId::Shop => Truth::Shop(shop::TRUTH),
        SampleId::Mailer => Truth::Mailer(mailer::TRUTH),
        SampleId::Teaching => Truth::Teaching,
    }
}

/// Makes a sample. `progress` is told how far it is, from 0 to 1. The same seed always makes the same dataset; the
/// teaching sample is the same for every seed.
///
/// ```
/// use quintile::core::{sample, table::TableKind, workspace::SampleId};
/// let teaching = sample::make(SampleId::Teaching, sample::SEED, &mut |_| ());
/// assert_eq!(teaching.customers.len(), 25);
/// assert_eq!(teaching.table(TableKind::Transactions).unwrap().rows(), 60);
/// ```
pub fn make(sample: SampleId, seed: u64, progress: &mut dyn FnMut(f64)) -> Dataset {
    let dataset = match sample {
        SampleId::Shop => shop::make(seed, progress),
        SampleId::Mailer => mailer::make(seed, progress),
        SampleId::Teaching => teaching::make(),
    };
    progress(1.0);
    dataset
}

/// The day on which the data of a sample end.
pub fn last_day(sample: SampleId) -> Day {
    match sample {
        SampleId::Shop => shop::LAST_DAY,
        SampleId::Mailer => mailer::LAST_DAY,
        SampleId::Teaching => teaching::LAST_DAY,
    }
}

fn column(role: Role, name: &str, data: ColumnData) -> Column {
    Column { role, name: name.into(), data }
}
