//! The campaign in the worker: cells and sample are kept until what they depend on changes.

use super::answer::Refusal;
use super::cells::Cells;
use super::options::CampaignOptions;
use super::plan::{Parts, plan};
use super::request::{CampaignAnswer, CampaignAsk, CampaignRequest};
use super::sampling::Sample;
use crate::core::problem::Problem;
use crate::core::stats::sort::order_by_text;
use crate::jobs::{Progress, Reply, Session, input};
use serde_json::Value;

/// The request that publishes what the workspace's record says. A record that was never set is the defaults.
pub fn publish_request(record: &Value) -> Value {
    let options: CampaignOptions = serde_json::from_value(record.clone()).unwrap_or_default();
    serde_json::to_value(CampaignRequest { options, ask: CampaignAsk::Publish }).expect("a request is JSON")
}

/// What is kept between requests; the session forgets it when data or rules change.
#[derive(Default)]
struct Store {
    /// All customer codes in the order of their ids.
    by_id: Option<Vec<u32>>,
}

/// Runs a request as JSON.
pub fn job(session: &mut Session, value: Value, progress: &mut dyn Progress) -> Result<Reply, Problem> {
    let request: CampaignRequest = input(value)?;
    if session.dataset.is_empty() {
        return Err(Problem::NoData);
    }
    let mut store: Store = session.take();
    let reply = answer(session, &mut store, &request, progress);
    session.keep(store);
    Ok(reply.unwrap_or_else(|refusal| Reply::of(&CampaignAnswer::Refused(refusal))))
}

fn answer(
    session: &mut Session,
    store: &mut Store,
    request: &CampaignRequest,
    progress: &mut dyn Progress,
) -> Result<Reply, Refusal> {
    let options = &request.options;
    let dataset = &session.dataset;
    let by_id = store.by_id.get_or_insert_with(|| {
        let codes: Vec<u32> = (0..dataset.customers.len() as u32).collect();
        order_by_text(&dataset.customers, &codes)
    });
    progress.report(0.2);
    let cells = Cells::of(&dataset.gradings, &options.cells_from, by_id, &[])
        .ok_or_else(|| Refusal::NoCells { cells_from: options.cells_from.clone() })?;
    progress.report(0.5);
    let sample = Sample::draw(&cells, options)?;
    let parts = Parts { dataset, options, cells: &cells, sample: &sample };
    let plan = plan(&parts);
    Ok(Reply::of(&CampaignAnswer::Plan(Box::new(plan))))
}

/// A request for the teaching sample: one in two, so that cells of three customers have a test.
pub fn demo() -> Value {
    let options = CampaignOptions { interval: 2, ..CampaignOptions::default() };
    serde_json::to_value(CampaignRequest { options, ask: CampaignAsk::Plan }).expect("a request is JSON")
}
