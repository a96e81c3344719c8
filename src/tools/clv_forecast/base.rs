//! Whose purchases a model is fitted to, from transactions, a finished summary, or drawn.

use super::answer::{Origin, Refusal};
use super::options::{Customers, ForecastOptions};
use super::simulated;
use crate::core::clv::rows::{History, Rows};
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::import::header_names::normalise;
use crate::core::money::Currency;
use crate::core::rules::PurchaseRules;
use crate::core::summary::{RepeatFrame, RepeatSummary, SummaryError, repeat_summary};
use crate::core::table::{ColumnData, Table, TableKind};

/// The customers, and the distinct histories among them.
pub struct Base {
    pub origin: Origin,
    pub summary: RepeatSummary,
    pub rows: Rows,
    /// Customers of a finished summary that cannot be, and the id of the first.
    pub impossible: (u64, String),
}

impl Base {
    /// What a model sees up to `cut`; all where it is `None`.
    pub fn new(
        dataset: &Dataset,
        rules: &PurchaseRules,
        currency: &Currency,
        options: &ForecastOptions,
        cut: Option<Day>,
    ) -> Result<Base, Refusal> {
        let whole_periods = options.model.is_discrete();
        let (origin, summary, impossible) = match options.from {
            Customers::Simulated => {
                let cut = cut.map(|day| day.0);
                let drawn = simulated::draw(options.model, options.unit, cut, whole_periods);
                (Origin::Simulated, drawn, (0, String::new()))
            }
            Customers::Data => {
                let frame =
                    RepeatFrame { unit: options.unit, whole_periods, end: options.end, calibration_end: cut };
                match (repeat_summary(dataset, rules, &frame), finished(dataset)) {
                    (Ok(found), _) => (Origin::Transactions, found, (0, String::new())),
                    (Err(SummaryError::NoTable), Some(columns)) if cut.is_none() => {
                        let (found, impossible) = columns.read(dataset, currency);
                        if whole_periods {
                            whole(&found)?;
                        }
                        (Origin::Summary, found, impossible)
                    }
                    (Err(SummaryError::NoTable), Some(_)) => return Err(Refusal::NothingHeldOut),
                    (Err(error), _) => return Err(Refusal::Summary { error }),
                }
            }
        };
        let rows = Rows::new(&summary.histories);
        Ok(Base { origin, summary, rows, impossible })
    }

    pub fn len(&self) -> usize {
        self.summary.customer.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of the customer at a position.
    pub fn id(&self, dataset: &Dataset, position: usize) -> String {
        let code = self.summary.customer[position];
        match self.origin {
            Origin::Simulated => format!("S{:04}", code + 1),
            _ => dataset.customers.get(code).to_string(),
        }
    }
}

fn whole(summary: &RepeatSummary) -> Result<(), Refusal> {
    let is_whole = |history: &History| {
        history.age.fract() == 0.0
            && history.recency.fract() == 0.0
            && f64::from(history.repeat_frequency) <= history.recency
    };
    let customers = summary.histories.iter().filter(|history| !is_whole(history)).count() as u64;
    if customers > 0 { Err(Refusal::NotWholePeriods { customers }) } else { Ok(()) }
}

/// The columns of a finished summary.
struct Finished<'a> {
    table: &'a Table,
    frequency: &'a [f64],
    recency: &'a [f64],
    age: &'a [f64],
    spend: Option<&'a [f64]>,
}

/// Looks for a finished summary among the attributes of the customer table, under the names of the Python and R packages.
fn finished(dataset: &Dataset) -> Option<Finished<'_>> {
    let table = dataset.table(TableKind::Customers)?;
    let find = |names: &[&str]| {
        table.columns.iter().find_map(|column| match &column.data {
            ColumnData::Numbers(numbers) if names.contains(&normalise(&column.name).as_str()) => {
                Some(numbers.as_slice())
            }
            _ => None,
        })
    };
    Some(Finished {
        table,
        frequency: find(&["x", "frequency", "repeatfrequency"])?,
        recency: find(&["tx", "recency"])?,
        age: find(&["t", "tcal", "age"])?,
        spend: find(&["monetaryvalue", "monetary", "mx", "zbar", "meanspend"]),
    })
}

impl Finished<'_> {
    /// The customers that can be, and how many cannot, with the first of these.
    fn read(&self, dataset: &Dataset, currency: &Currency) -> (RepeatSummary, (u64, String)) {
        let mut summary = RepeatSummary::default();
        let mut impossible = (0, String::new());
        for (row, &code) in self.table.customer.iter().enumerate() {
            summary.rows.read += 1;
            let x = self.frequency[row];
            let history = History {
                repeat_frequency: if (0.0..=1e6).contains(&x) { x as u32 } else { u32::MAX },
                recency: self.recency[row],
                age: self.age[row],
            };
            if f64::from(history.repeat_frequency) != x || !history.is_possible() {
                impossible.0 += 1;
                if impossible.1.is_empty() {
                    impossible.1 = dataset.customers.get(code).to_string();
                }
                continue;
            }
            summary.rows.used += 1;
            let spend = self.spend.map(|spend| spend[row] * currency.scale() as f64);
            summary.customer.push(code);
            summary.mean_spend.push(spend.filter(|&minor| minor > 0.0 && minor < 1e15 && x > 0.0));
            summary.histories.push(history);
        }
        (summary, impossible)
    }
}
