//! The overview in the worker: what is published is added up once, until something else is published.

use super::facts::Facts;
use super::model::{self, Figures, Gaps, HeatMap, Tier};
use super::todo::{State, Todo, todos};
use crate::core::day::Day;
use crate::core::import::Report;
use crate::core::problem::Problem;
use crate::core::response::break_even_rate;
use crate::core::summary::{
    AnalysisFrame, SummaryError, customer_summary, default_analysis_date, window_days,
};
use crate::core::table::TableKind;
use crate::jobs::{Progress, Reply, Session, input};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OverviewRequest {
    pub facts: Facts,
}

/// What a tool looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub analysis_date: Option<Day>,
    /// First and last day; `None`: the whole history.
    pub window: Option<(Day, Day)>,
}

/// Everything that the page shows. What is not published is `None`, and among the things to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub figures: Option<Figures>,
    pub heat_map: Option<HeatMap>,
    pub tiers: Option<Vec<Tier>>,
    pub gaps: Gaps,
    /// Cost per piece over profit per response; `None` where they cannot be used.
    pub break_even: Option<f64>,
    pub rfm_period: Period,
    pub pyramid_period: Period,
    pub todos: Vec<Todo>,
}

/// What was added up, and what it was made of.
#[derive(Clone, Default)]
struct Store {
    published: Option<Vec<(String, String)>>,
    figures: Option<Figures>,
    heat_map: Option<HeatMap>,
    tiers: Option<Vec<Tier>>,
    gaps: Gaps,
    last_purchase: Option<Day>,
}

/// Runs a request as JSON.
pub fn job(session: &mut Session, value: Value, _: &mut dyn Progress) -> Result<Reply, Problem> {
    let request: OverviewRequest = input(value)?;
    Ok(Reply::of(&answer(session, &request)?))
}

/// Runs a request in a session.
pub fn answer(session: &mut Session, request: &OverviewRequest) -> Result<Overview, Problem> {
    if session.dataset.is_empty() {
        return Err(Problem::NoData);
    }
    let mut store: Store = session.take();
    refresh(session, &mut store);
    let overview = overview(session, &store, &request.facts);
    session.keep(store);
    Ok(overview)
}

fn refresh(session: &Session, store: &mut Store) {
    let dataset = &session.dataset;
    let made_with = |name: &str| dataset.gradings.get(name).map(|g| g.made_with.clone()).unwrap_or_default();
    let published = dataset.gradings.names().map(|name| (name.to_string(), made_with(name))).collect();
    if store.published.as_ref() == Some(&published) {
        return;
    }
    *store = Store {
        published: Some(published),
        figures: model::figures(dataset),
        heat_map: model::heat_map(dataset),
        tiers: model::tiers(dataset),
        gaps: model::gaps(dataset),
        last_purchase: default_analysis_date(dataset),
    };
}

fn overview(session: &Session, store: &Store, facts: &Facts) -> Overview {
    let has_purchases = has_purchases(session);
    let has_cells = store.heat_map.is_some();
    let state = State {
        has_purchases,
        has_cells,
        has_tiers: store.tiers.is_some(),
        has_contacts: session.dataset.table(TableKind::Contacts).is_some(),
        why_no_cells: if has_cells { None } else { refused(session, &facts.rfm_frame) },
        last_purchase: store.last_purchase,
        gaps: store.gaps,
        imports: imports(session),
    };
    let campaign = &facts.campaign;
    Overview {
        figures: store.figures.clone(),
        heat_map: store.heat_map.clone(),
        tiers: store.tiers.clone(),
        gaps: store.gaps,
        break_even: break_even_rate(campaign.cost_per_piece, campaign.profit_per_response).ok(),
        rfm_period: period(session, store, &facts.rfm_frame),
        pyramid_period: period(session, store, &facts.pyramid_frame),
        todos: todos(&state, facts),
    }
}

fn has_purchases(session: &Session) -> bool {
    [TableKind::Transactions, TableKind::Summary].iter().any(|kind| session.dataset.table(*kind).is_some())
}

/// Why customers cannot be summed up, where they cannot.
fn refused(session: &Session, frame: &AnalysisFrame) -> Option<SummaryError> {
    customer_summary(&session.dataset, &session.rules, frame).err()
}

/// A finished summary has no single purchases: no window applies to it.
fn period(session: &Session, store: &Store, frame: &AnalysisFrame) -> Period {
    let analysis_date = frame.analysis_date.or(store.last_purchase);
    let window = session.dataset.table(TableKind::Transactions).and(analysis_date);
    let window = window.and_then(|day| window_days(frame.window, day).ok().flatten());
    Period { analysis_date, window }
}

/// The reports kept beside tables, without their lists of rows.
fn imports(session: &Session) -> Vec<(TableKind, u64, u64)> {
    let report = |value: &Value| Report::deserialize(value.get("report")?).ok();
    let counts = |(&table, value): (&TableKind, &Value)| {
        report(value).map(|report| (table, report.set_aside_count, report.read))
    };
    let held = session.meta.iter().filter(|(table, _)| session.dataset.table(**table).is_some());
    held.filter_map(counts).collect()
}

/// A request with nothing entered.
pub fn demo() -> Value {
    let workspace = crate::core::workspace::Workspace::new("", "", crate::core::workspace::Source::Empty);
    serde_json::to_value(OverviewRequest { facts: Facts::of(&workspace, Day(0)) }).expect("a request is JSON")
}
