//! The forecast in the worker: a fit is kept until what it hangs on changes.

use super::answer::{Check, CustomerPage, Explanation, Forecast, Origin, Refusal};
use super::base::Base;
use super::check::check;
use super::explain::explain;
use super::files;
use super::forecast::{Fitted, Scored, customer_row, fit, forecast, score};
use super::options::ForecastOptions;
use super::publish::{publish, withdraw};
use super::request::{ForecastAnswer, ForecastAsk, ForecastRequest, SortBy};
use crate::core::lang::Lang;
use crate::core::problem::Problem;
use crate::core::summary::{AnalysisFrame, CustomerSummary, SummaryError, customer_summary};
use crate::core::table::TableKind;
use crate::jobs::{Progress, Reply, Session, input};
use serde_json::Value;

/// Customers on one page of the list.
const PAGE: usize = 20;

/// The request that publishes what the workspace's record says. A record that was never set is the defaults.
pub fn publish_request(record: &Value) -> Value {
    let options: ForecastOptions = serde_json::from_value(record.clone()).unwrap_or_default();
    serde_json::to_value(ForecastRequest { options, ask: ForecastAsk::Publish }).expect("a request is JSON")
}

/// What is kept between requests.
#[derive(Default)]
struct Store {
    analysis: Option<Analysis>,
    refused: Option<(ForecastOptions, Refusal)>,
    check: Option<(ForecastOptions, Check)>,
}

struct Analysis {
    options: ForecastOptions,
    base: Base,
    fitted: Fitted,
    scored: Scored,
    /// Made when the page asks.
    forecast: Option<Forecast>,
    order: Option<(SortBy, Vec<u32>)>,
    /// RFM's frequencies, for the list.
    rfm: Option<CustomerSummary>,
}

/// Runs a request as JSON.
pub fn job(session: &mut Session, value: Value, progress: &mut dyn Progress) -> Result<Reply, Problem> {
    let request: ForecastRequest = input(value)?;
    let (answer, bytes) = answer(session, &request, progress)?;
    Ok(match bytes {
        Some(bytes) => Reply::file(&answer, bytes),
        None => Reply::of(&answer),
    })
}

/// Runs a request in a session; an export also gives the bytes of the file.
pub fn answer(
    session: &mut Session,
    request: &ForecastRequest,
    progress: &mut dyn Progress,
) -> Result<(ForecastAnswer, Option<Vec<u8>>), Problem> {
    let options = request.options.clone().tidy();
    let drawn = options.from == super::options::Customers::Simulated;
    if session.dataset.is_empty() && !drawn {
        return Err(Problem::NoData);
    }
    let mut store: Store = session.take();
    let result = match request.ask {
        ForecastAsk::Check => checked(session, &mut store, &options, progress),
        _ => analyse(session, &mut store, &options, progress)
            .map(|()| reply(session, &mut store, &options, &request.ask, progress)),
    };
    session.keep(store);
    match result {
        Ok(reply) => Ok(reply),
        Err(Refusal::Summary { error: SummaryError::NoTable }) => {
            Err(Problem::NoTable { needed: vec![TableKind::Transactions] })
        }
        Err(refusal) => Ok((ForecastAnswer::Refused(refusal), None)),
    }
}

fn checked(
    session: &Session,
    store: &mut Store,
    options: &ForecastOptions,
    progress: &mut dyn Progress,
) -> Result<(ForecastAnswer, Option<Vec<u8>>), Refusal> {
    let options = options.of_check();
    if store.check.as_ref().is_none_or(|known| known.0 != options) {
        let mut report = |done: f64| progress.report(done);
        let found = check(&session.dataset, &session.rules, &session.currency, &options, &mut report)?;
        store.check = Some((options, found));
    }
    let check = store.check.as_ref().map(|known| Box::new(known.1.clone()));
    Ok((ForecastAnswer::Check(check.expect("a finished check is in the store")), None))
}

/// Brings the store up to the options; what they do not touch is kept.
fn analyse(
    session: &mut Session,
    store: &mut Store,
    options: &ForecastOptions,
    progress: &mut dyn Progress,
) -> Result<(), Refusal> {
    let options = options.without_check();
    if store.analysis.as_ref().is_some_and(|known| known.options == options) {
        return Ok(());
    }
    if let Some((_, refusal)) = store.refused.as_ref().filter(|known| known.0 == options) {
        return Err(refusal.clone());
    }
    // Another horizon, discount or margin needs no new fit.
    let known = store.analysis.take().filter(|known| known.options.of_check() == options.of_check());
    let found = match known {
        Some(Analysis { base, fitted, rfm, .. }) => Ok((base, fitted, rfm)),
        None => begin(session, &options, progress).map(|(base, fitted)| (base, fitted, None)),
    };
    let (base, fitted, rfm) = match found {
        Ok(found) => found,
        Err(refusal) => {
            withdraw(&mut session.dataset);
            store.refused = Some((options, refusal.clone()));
            return Err(refusal);
        }
    };
    let scored = score(&base, &fitted, &options);
    progress.report(0.9);
    publish(&mut session.dataset, &base, &scored, &options);
    store.refused = None;
    store.analysis = Some(Analysis { options, base, fitted, scored, forecast: None, order: None, rfm });
    Ok(())
}

fn begin(
    session: &Session,
    options: &ForecastOptions,
    progress: &mut dyn Progress,
) -> Result<(Base, Fitted), Refusal> {
    let base = Base::new(&session.dataset, &session.rules, &session.currency, options, None)?;
    progress.report(0.2);
    let fitted = fit(&base, options, &mut |done| progress.report(0.2 + 0.6 * done));
    let customers = base.len() as u64;
    let fitted = fitted.map_err(|reason| Refusal::Model { model: options.model, reason, customers })?;
    Ok((base, fitted))
}

fn reply(
    session: &Session,
    store: &mut Store,
    options: &ForecastOptions,
    ask: &ForecastAsk,
    progress: &mut dyn Progress,
) -> (ForecastAnswer, Option<Vec<u8>>) {
    let analysis = store.analysis.as_mut().expect("a finished analysis is in the store");
    match *ask {
        ForecastAsk::Check => unreachable!("a check is answered apart"),
        ForecastAsk::Publish => (ForecastAnswer::Published, None),
        ForecastAsk::Forecast => {
            let Analysis { base, fitted, scored, forecast: made, .. } = analysis;
            let made = made.get_or_insert_with(|| {
                let mut made = forecast(base, fitted, scored, options, &session.dataset);
                made.explanation = Explanation {
                    en: explain(&made, fitted, options, &session.currency, Lang::En),
                    zh: explain(&made, fitted, options, &session.currency, Lang::ZhHant),
                };
                made
            });
            progress.report(1.0);
            (ForecastAnswer::Forecast(Box::new(made.clone())), None)
        }
        ForecastAsk::Customers { sort, page } => {
            (ForecastAnswer::Customers(analysis.page(session, options, sort, page)), None)
        }
        ForecastAsk::Export { summary: true, .. } => {
            let (rows, bytes) = files::summary(session, &analysis.base);
            (ForecastAnswer::Exported { rows }, Some(bytes))
        }
        ForecastAsk::Export { lang, .. } => {
            analysis.sort(SortBy::Value);
            let order = analysis.order.as_ref().map_or(&[][..], |(_, order)| order);
            let (rows, bytes) =
                files::customers(session, &analysis.base, &analysis.scored, options, order, lang);
            (ForecastAnswer::Exported { rows }, Some(bytes))
        }
    }
}

impl Analysis {
    /// Positions by falling value; where there is none by expected purchases. Equal ones stay in the order of the data.
    fn sort(&mut self, sort: SortBy) {
        if self.order.as_ref().is_some_and(|known| known.0 == sort) {
            return;
        }
        let scored = &self.scored;
        let values = match (sort, &scored.value) {
            (SortBy::Value, Some(value)) => value,
            (SortBy::Value | SortBy::Purchases, _) => &scored.purchases,
            (SortBy::Alive, _) => &scored.alive,
        };
        let mut order: Vec<u32> = (0..self.base.len() as u32).collect();
        order.sort_by(|&a, &b| values[b as usize].total_cmp(&values[a as usize]));
        self.order = Some((sort, order));
    }

    fn page(
        &mut self,
        session: &Session,
        options: &ForecastOptions,
        sort: SortBy,
        page: u64,
    ) -> CustomerPage {
        self.sort(sort);
        if self.rfm.is_none() && self.base.origin == Origin::Transactions {
            let frame = AnalysisFrame { analysis_date: options.end, ..AnalysisFrame::default() };
            self.rfm = customer_summary(&session.dataset, &session.rules, &frame).ok();
        }
        let pages = self.base.len().div_ceil(PAGE).max(1) as u64;
        let page = page.min(pages - 1);
        let order = self.order.as_ref().map_or(&[][..], |(_, order)| order);
        let row = |&position: &u32| {
            let at = position as usize;
            let frequency = self
                .rfm
                .as_ref()
                .and_then(|rfm| Some(rfm.frequency[rfm.position(self.base.summary.customer[at])?]));
            customer_row(&self.base, &self.scored, options.unit, at, &session.dataset, frequency)
        };
        CustomerPage {
            rows: order.iter().skip(page as usize * PAGE).take(PAGE).map(row).collect(),
            page,
            pages,
        }
    }
}

/// A request for the teaching sample, whose few customers may be too few: then it is refused with the reason.
pub fn demo() -> Value {
    let request = ForecastRequest { options: ForecastOptions::default(), ask: ForecastAsk::Forecast };
    serde_json::to_value(request).expect("a request is JSON")
}
