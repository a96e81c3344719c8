//! The campaign from cells to review: on the course's example, on cases for the head, and on simulated campaigns.

mod curse;
mod deck;
mod imported;
mod partition;
mod recorded;
mod steps;

use quintile::core::workspace::{SampleId, Source};
use quintile::core::{day::Day, sample};
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Reply, Session, Silent, ToolRequest, data};
use quintile::tools::campaign::answer::{Plan, Refusal};
use quintile::tools::campaign::options::{CampaignOptions, Responses};
use quintile::tools::campaign::request::{CampaignAnswer, CampaignAsk, CampaignRequest};
use quintile::tools::rfm::job::{RfmAsk, RfmRequest};
use quintile::tools::rfm::options::{Method, RfmOptions};
use serde_json::{Value, json};

/// A sample with the cells of these options.
fn session(id: SampleId, rfm: RfmOptions) -> Session {
    let source = Source::sample(id, sample::SEED);
    let mut session = Session::open(&source, &[], Settings::default(), &mut |_| ()).expect("a sample opens");
    publish_cells(&mut session, rfm);
    session
}

fn publish_cells(session: &mut Session, rfm: RfmOptions) {
    let input = json!(RfmRequest { options: rfm, ask: RfmAsk::Publish });
    data::change(session, ToolRequest { tool: "rfm".into(), input }, &mut Silent)
        .expect("cells are published");
}

/// Three groups of recency and frequency each: nine cells of the 25 customers.
fn teaching() -> Session {
    session(SampleId::Teaching, teaching_cells())
}

fn teaching_cells() -> RfmOptions {
    RfmOptions { bins: [3, 3, 2], method: Method::Nested, ..RfmOptions::default() }
}

fn ask(session: &mut Session, options: &CampaignOptions, ask: CampaignAsk) -> (CampaignAnswer, Reply) {
    let input: Value = json!(CampaignRequest { options: options.clone(), ask });
    let reply =
        data::change(session, ToolRequest { tool: "campaign".into(), input }, &mut Silent).expect("a reply");
    (serde_json::from_str(&reply.json).expect("an answer"), reply)
}

fn plan(session: &mut Session, options: &CampaignOptions) -> Plan {
    match ask(session, options, CampaignAsk::Plan).0 {
        CampaignAnswer::Plan(plan) => *plan,
        other => panic!("no plan: {other:?}"),
    }
}

fn refusal(session: &mut Session, options: &CampaignOptions, what: CampaignAsk) -> Refusal {
    match ask(session, options, what).0 {
        CampaignAnswer::Refused(refusal) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn typed<const N: usize>(counts: [(&str, u64); N]) -> Responses {
    Responses::Typed(counts.map(|(label, count)| (label.to_string(), count)).into())
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day")
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{found}, expected {expected}");
}
