//! The tool in the worker: estimates from the data for the part that is open.

use super::answer::{ClvAnswer, DataRefusal};
use super::estimate::{cohorts, moves, recency};
use super::inputs::{DATA, PERIOD_MONTHS};
use super::options::{ClvOptions, Part};
use crate::core::inputs::Typed;
use crate::core::problem::Problem;
use crate::core::summary::{PeriodPurchases, SummaryError, purchases_by_period};
use crate::core::table::TableKind;
use crate::jobs::{Progress, Reply, Session, input};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the page asks: its options, as far as they say what to estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClvRequest {
    pub options: ClvOptions,
}

impl ClvRequest {
    /// Only what the estimate depends on, so that a typed margin asks nothing new.
    pub fn of(options: &ClvOptions) -> ClvRequest {
        let part = options.part;
        let mut asked = ClvOptions { part, ..ClvOptions::default() };
        let depends = ["from", "period", "cells", "tiers"];
        let kept = options.of(part).typed.iter().filter(|(name, _)| depends.contains(&name.as_str()));
        asked.of_mut(part).typed = kept.map(|(name, number)| (name.clone(), *number)).collect::<Typed>();
        ClvRequest { options: asked }
    }
}

/// The periods of one length are kept until the data change.
#[derive(Default)]
struct Store(Option<(i32, PeriodPurchases)>);

/// Runs a request as JSON.
pub fn job(session: &mut Session, value: Value, progress: &mut dyn Progress) -> Result<Reply, Problem> {
    let request: ClvRequest = input(value)?;
    answer(session, &request, progress).map(|answer| Reply::of(&answer))
}

pub fn answer(
    session: &mut Session,
    request: &ClvRequest,
    progress: &mut dyn Progress,
) -> Result<ClvAnswer, Problem> {
    let part = request.options.part;
    let takes_data = matches!(part, Part::Years | Part::Migration | Part::Chain);
    let values = request.options.values(part);
    if !takes_data || values.choice("from") != DATA {
        return Ok(ClvAnswer::Nothing);
    }
    if session.dataset.is_empty() {
        return Err(Problem::NoData);
    }
    let months = PERIOD_MONTHS[values.choice("period")];
    let Store(known) = session.take();
    let found = match known.filter(|(length, _)| *length == months) {
        Some((_, found)) => found,
        None => match purchases_by_period(&session.dataset, &session.rules, months) {
            Ok(found) => found,
            Err(SummaryError::NoTable) => {
                return Err(Problem::NoTable { needed: vec![TableKind::Transactions] });
            }
            Err(error) => return Ok(ClvAnswer::Refused(DataRefusal::Summary { error })),
        },
    };
    progress.report(0.7);
    let answer = match part {
        Part::Years => cohorts(&found).map(ClvAnswer::Cohorts),
        Part::Migration => recency(&found, values.get("cells") as usize).map(ClvAnswer::Recency),
        _ => moves(&found, values.choice("tiers"), &session.currency).map(ClvAnswer::Tiers),
    };
    session.keep(Store(Some((months, found))));
    Ok(answer.unwrap_or_else(ClvAnswer::Refused))
}

/// A request for the samples: buying by recency, month by month.
pub fn demo() -> Value {
    let mut options = ClvOptions { part: Part::Migration, ..ClvOptions::default() };
    options.migration.typed = [("from".to_string(), DATA as f64), ("period".to_string(), 0.0)].into();
    serde_json::to_value(ClvRequest { options }).expect("a request is JSON")
}
