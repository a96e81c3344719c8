//! The pyramid in the worker: an analysis is kept until its options or the columns that it reads change.

use super::answer::{Explanation, Pyramid, Refusal, TierRow};
use super::base::Base;
use super::explain::Explained;
use super::files::customers;
use super::model::pyramid;
use super::options::{Line, PyramidOptions};
use super::publish::publish;
use super::request::{PyramidAnswer, PyramidAsk, PyramidRequest};
use super::tiering::Tiered;
use crate::core::grading::Label;
use crate::core::lang::Lang;
use crate::core::problem::Problem;
use crate::core::summary::{AnalysisFrame, SummaryError};
use crate::core::table::TableKind;
use crate::jobs::{Progress, Reply, Session, input};
use crate::tools::published::fingerprint;
use serde_json::Value;

/// The request that publishes what the workspace's record says. A record that was never set is the defaults.
pub fn publish_request(record: &Value) -> Value {
    let options: PyramidOptions = serde_json::from_value(record.clone()).unwrap_or_default();
    serde_json::to_value(PyramidRequest { options, ask: PyramidAsk::Publish }).expect("a request is JSON")
}

/// What is kept between requests.
#[derive(Default)]
struct Store {
    base: Option<(AnalysisFrame, Base)>,
    analysis: Option<Analysis>,
}

struct Analysis {
    /// Without strategies, which change nothing but words.
    options: PyramidOptions,
    read: Vec<(String, String)>,
    tiered: Tiered,
    pyramid: Pyramid,
}

/// Runs a request as JSON.
pub fn job(session: &mut Session, value: Value, progress: &mut dyn Progress) -> Result<Reply, Problem> {
    let request: PyramidRequest = input(value)?;
    let (answer, bytes) = answer(session, &request, progress)?;
    Ok(match bytes {
        Some(bytes) => Reply::file(&answer, bytes),
        None => Reply::of(&answer),
    })
}

/// Runs a request in a session; an export also gives the bytes of the file.
pub fn answer(
    session: &mut Session,
    request: &PyramidRequest,
    progress: &mut dyn Progress,
) -> Result<(PyramidAnswer, Option<Vec<u8>>), Problem> {
    if session.dataset.is_empty() {
        return Err(Problem::NoData);
    }
    let mut store: Store = session.take();
    let result = match analyse(session, &mut store, &request.options, progress) {
        Ok(()) => Ok(reply(session, &store, request)),
        Err(Refusal::Summary { error: SummaryError::NoTable }) => {
            Err(Problem::NoTable { needed: vec![TableKind::Transactions, TableKind::Summary] })
        }
        Err(refusal) => {
            // What no longer holds is in no list.
            session.dataset.gradings.withdraw_all(super::TOOL.id);
            Ok((PyramidAnswer::Refused(refusal), None))
        }
    };
    session.keep(store);
    result
}

/// Brings the store up to the options; what they do not touch is kept.
fn analyse(
    session: &mut Session,
    store: &mut Store,
    options: &PyramidOptions,
    progress: &mut dyn Progress,
) -> Result<(), Refusal> {
    let options = options.without_strategies();
    let read = fingerprint(&session.dataset.gradings, super::TOOL.id);
    if store.analysis.as_ref().is_some_and(|known| known.options == options && known.read == read) {
        return Ok(());
    }
    store.analysis = None;
    let frame = options.frame();
    if store.base.as_ref().is_none_or(|known| known.0 != frame) {
        store.base = None;
        let base = Base::new(&session.dataset, &session.rules, &frame)
            .map_err(|error| Refusal::Summary { error })?;
        progress.report(0.4);
        store.base = Some((frame, base));
    }
    let Some((_, base)) = &store.base else { return Ok(()) };
    let (tiered, pyramid) = pyramid(base, &session.dataset, &options)?;
    progress.report(0.8);
    publish(&mut session.dataset, base, &tiered, &options);
    store.analysis = Some(Analysis { options, read, tiered, pyramid });
    Ok(())
}

fn reply(session: &Session, store: &Store, request: &PyramidRequest) -> (PyramidAnswer, Option<Vec<u8>>) {
    let (Some((_, base)), Some(analysis)) = (&store.base, &store.analysis) else {
        unreachable!("a finished analysis is in the store");
    };
    let Analysis { tiered, pyramid, .. } = analysis;
    match request.ask {
        PyramidAsk::Publish => (PyramidAnswer::Published, None),
        PyramidAsk::Pyramid => {
            let mut pyramid = pyramid.clone();
            pyramid.fill_strategies(&request.options);
            let explained = Explained { base, tiered, pyramid: &pyramid, session };
            pyramid.explanation =
                Explanation { en: explained.steps(Lang::En), zh: explained.steps(Lang::ZhHant) };
            (PyramidAnswer::Pyramid(Box::new(pyramid)), None)
        }
        PyramidAsk::Export { lang } => {
            let mut pyramid = pyramid.clone();
            pyramid.fill_strategies(&request.options);
            let (rows, bytes) = customers(session, base, tiered, &pyramid, lang);
            (PyramidAnswer::Exported { rows }, Some(bytes))
        }
    }
}

impl Pyramid {
    /// Puts what was typed in place of the suggestions.
    pub fn fill_strategies(&mut self, options: &PyramidOptions) {
        let typed = |row: &mut TierRow, line: Line| {
            let text = options.strategies.get(line);
            if !text.trim().is_empty() {
                row.strategy = Label::code(text);
            }
        };
        self.tiers.iter_mut().enumerate().for_each(|(tier, row)| typed(row, Line::Tier(tier)));
        typed(&mut self.inactive, Line::Inactive);
        self.prospects.iter_mut().for_each(|row| typed(row, Line::Prospects));
    }
}

/// A request for the teaching sample, where a hand can check five equal tiers.
pub fn demo() -> Value {
    let options = PyramidOptions { tiers: super::options::Tiers::Equal { tiers: 5 }, ..Default::default() };
    let request = PyramidRequest { options, ask: PyramidAsk::Pyramid };
    serde_json::to_value(request).expect("a request is JSON")
}
