//! What the data page asks of the worker.

use crate::core::day::Day;
use crate::core::import::Report;
use crate::core::import::report::SetAsideRow;
use crate::core::lang::Lang;
use crate::core::problem::Problem;
use crate::core::profile::{self, ColumnProfile};
use crate::core::rules::RuleCounts;
use crate::core::summary;
use crate::core::table::TableKind;
use crate::jobs::protocol::StoredReport;
use crate::jobs::{Progress, Reply, Session, input};
use crate::tools::data::table_file;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataRequest {
    /// Every table with the profile of each column: `Vec<TableProfile>`.
    Profiles,
    /// How many transactions each purchase rule is about: `Option<RuleCounts>`.
    RuleCounts { analysis_date: Option<Day> },
    /// A page of the rows set aside: `Vec<SetAsideRow>`.
    SetAside { kind: TableKind, first: usize, count: usize },
    /// All rows set aside, as a CSV file.
    SetAsideFile { kind: TableKind, lang: Lang },
    /// A whole table as a CSV file that can be imported again.
    TableFile { kind: TableKind },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableProfile {
    pub kind: TableKind,
    pub rows: u64,
    /// The customer first, then the columns in their order.
    pub columns: Vec<ColumnProfile>,
    /// The report of its import; a generated sample has none.
    pub report: Option<Report>,
}

pub fn run(session: &mut Session, value: Value, progress: &mut dyn Progress) -> Result<Reply, Problem> {
    match input(value)? {
        DataRequest::Profiles => {
            let tables = session.dataset.tables.values();
            let profiles: Vec<TableProfile> = tables
                .map(|table| TableProfile {
                    kind: table.kind,
                    rows: table.rows() as u64,
                    columns: profile::profile(table, &session.dataset.customers),
                    report: report(session, table.kind),
                })
                .collect();
            Ok(Reply::of(&profiles))
        }
        DataRequest::RuleCounts { analysis_date } => {
            let table = session.dataset.table(TableKind::Transactions);
            // A table whose columns do not fit is refused by the tool that needs it, with the reason.
            let counts: Option<RuleCounts> =
                table.and_then(|table| summary::rule_counts(table, analysis_date).ok());
            Ok(Reply::of(&counts))
        }
        DataRequest::SetAside { kind, first, count } => {
            let rows: Vec<SetAsideRow> = stored_report(session, kind)
                .map(|stored| stored.set_aside.page(first, count))
                .unwrap_or_default();
            Ok(Reply::of(&rows))
        }
        DataRequest::SetAsideFile { kind, lang } => {
            let stored = stored_report(session, kind).ok_or(Problem::NoTable { needed: vec![kind] })?;
            Ok(Reply::file(&(), stored.set_aside.csv(&stored.report.headers, lang)))
        }
        DataRequest::TableFile { kind } => {
            let table = session.dataset.table(kind).ok_or(Problem::NoTable { needed: vec![kind] })?;
            let report = &mut |done| progress.report(done);
            Ok(Reply::file(
                &(),
                table_file::write(table, &session.dataset.customers, &session.currency, report),
            ))
        }
    }
}

/// What is kept beside a table: the report with the list of rows set aside.
fn stored_report(session: &Session, kind: TableKind) -> Option<StoredReport> {
    StoredReport::deserialize(session.meta.get(&kind)?).ok()
}

/// The report alone: the list can be as long as the table.
fn report(session: &Session, kind: TableKind) -> Option<Report> {
    Report::deserialize(session.meta.get(&kind)?.get("report")?).ok()
}
