//! The campaign in the worker. What takes long and depends on the data alone is kept between requests.

use super::answer::Refusal;
use super::options::CampaignOptions;
use super::plan::plan;
use super::publish::{Columns, Published, has_begun};
use super::request::{CampaignAnswer, CampaignAsk, CampaignRequest};
use super::steps::{Campaign, Given};
use super::{bins, files, record};
use crate::core::part::Part;
use crate::core::problem::Problem;
use crate::core::sample::campaign::response_rates;
use crate::core::stats::sort::order_by_text;
use crate::core::table::TableKind;
use crate::jobs::{Progress, Reply, Session, input};
use crate::part;
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
    /// The true response rates of a generated sample.
    rates: Option<Option<Vec<f64>>>,
    published: Published,
}

/// Runs a request as JSON.
pub fn job(session: &mut Session, value: Value, progress: &mut dyn Progress) -> Result<Reply, Problem> {
    let request: CampaignRequest = input(value)?;
    if session.dataset.is_empty() {
        return Err(Problem::NoData);
    }
    let mut store: Store = session.take();
    if request.ask == CampaignAsk::Publish && publish_at_once(session, &mut store, &request.options) {
        session.keep(store);
        return Ok(Reply::of(&CampaignAnswer::Published));
    }
    let answer = match session.part(&ANSWER) {
        Ok(answer) => answer,
        Err(problem) => {
            session.keep(store);
            return Err(problem);
        }
    };
    let reply = answer(session, &mut store, &request, progress);
    session.keep(store);
    Ok(reply.unwrap_or_else(|refusal| Reply::of(&CampaignAnswer::Refused(refusal))))
}

/// Publishes what needs no campaign: what is published already, or what the contacts alone say.
fn publish_at_once(session: &mut Session, store: &mut Store, options: &CampaignOptions) -> bool {
    if store.published.is_current(&session.dataset, options) {
        return true;
    }
    if has_begun(options) {
        return false;
    }
    let columns = Columns::of_contacts(&session.dataset, options);
    store.published.publish(&mut session.dataset, options, columns);
    true
}

type Answer = fn(&mut Session, &mut Store, &CampaignRequest, &mut dyn Progress) -> Result<Reply, Refusal>;

/// The start page has every campaign publish: it need not load all of it for one that has not begun.
static ANSWER: Part<Answer> = part!(worker "campaign_answer", Answer, answer);

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
    let rates = store
        .rates
        .get_or_insert_with(|| session.sample().map(|(sample, seed)| response_rates(sample, seed)));
    progress.report(0.5);
    let given = Given { dataset, currency: &session.currency, options, by_id, rates: rates.as_deref() };
    Ok(match request.ask {
        CampaignAsk::Plan => Reply::of(&CampaignAnswer::Plan(Box::new(plan(given)?))),
        CampaignAsk::Bins => Reply::of(&CampaignAnswer::Bins(bins::bins(given, progress)?)),
        CampaignAsk::TestList { lang } => {
            let (rows, bytes) = files::test_list(&Campaign::new(given)?, lang)?;
            Reply::file(&CampaignAnswer::List { rows }, bytes)
        }
        CampaignAsk::RollOutList { lang } => {
            let (rows, bytes) = files::roll_out_list(&Campaign::new(given)?, lang)?;
            Reply::file(&CampaignAnswer::List { rows }, bytes)
        }
        CampaignAsk::RecordTest { on } => {
            let (kept, rows) = record::test(&Campaign::new(given)?, on)?;
            rows.append(&mut session.dataset);
            store.published = Default::default();
            Reply::changing(&CampaignAnswer::TestRecorded(kept), &[TableKind::Contacts])
        }
        CampaignAsk::RecordRollOut { on } => {
            let (kept, rows) = record::roll_out(&Campaign::new(given)?, on)?;
            rows.append(&mut session.dataset);
            store.published = Default::default();
            Reply::changing(&CampaignAnswer::RollOutRecorded(kept), &[TableKind::Contacts])
        }
        CampaignAsk::Publish => {
            let columns = Columns::of_campaign(given);
            store.published.publish(&mut session.dataset, options, columns);
            Reply::of(&CampaignAnswer::Published)
        }
    })
}

/// A request for the teaching sample: one in two, so that cells of three customers have a test.
pub fn demo() -> Value {
    let options = CampaignOptions { interval: 2, ..CampaignOptions::default() };
    serde_json::to_value(CampaignRequest { options, ask: CampaignAsk::Plan }).expect("a request is JSON")
}
