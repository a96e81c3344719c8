//! RFM in the worker: analyses are kept until their options change, and their columns are published for other tools.

use super::compare::{Comparison, compare};
use super::explain::{Explained, median_customer};
use super::model::{Overview, Refusal, overview};
use super::options::{Best, Method, Monetary, RfmOptions};
use super::publish::publish;
use super::scoring::{Base, Scored, score};
use crate::core::explain::Step;
use crate::core::lang::Lang;
use crate::core::part::Part;
use crate::core::problem::Problem;
use crate::core::summary::{AnalysisFrame, SummaryError, customer_summary};
use crate::core::table::TableKind;
use crate::jobs::{Progress, Reply, Session, input};
use crate::part;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RfmRequest {
    pub options: RfmOptions,
    pub ask: RfmAsk,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RfmAsk {
    /// The whole page, with the middle customer explained. It publishes nothing: see [`RfmAsk::Publish`].
    Overview,
    /// How one customer, by id, came to the cell.
    Explain { customer: String },
    /// Only the columns for other tools, which ask for them before they read them.
    Publish,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RfmAnswer {
    Overview {
        overview: Box<Overview>,
        comparison: Option<Box<Comparison>>,
        explanation: Explanation,
    },
    Explanation(Explanation),
    Published,
    /// The customer is not in this analysis.
    NoSuchCustomer {
        customer: String,
    },
    /// The customer has bought, but the published column that *monetary* is has no value.
    WithoutValue {
        customer: String,
    },
    Refused(Refusal),
}

/// The steps in both languages, so that switching the language asks for nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    pub customer: String,
    pub code: String,
    pub en: Vec<Step>,
    pub zh: Vec<Step>,
}

impl Explanation {
    pub fn steps(&self, lang: Lang) -> &[Step] {
        lang.pick(&self.en, &self.zh)
    }
}

/// The request that publishes what the workspace's record says. A record that was never set is the defaults.
pub fn publish_request(record: &Value) -> Value {
    let options: RfmOptions = serde_json::from_value(record.clone()).unwrap_or_default();
    serde_json::to_value(RfmRequest { options, ask: RfmAsk::Publish }).expect("a request is JSON")
}

/// What a base is made from: with a published column, also what that was made with.
type BaseKey = (AnalysisFrame, Monetary, Option<String>);

/// What is kept between requests.
#[derive(Default)]
struct Store {
    base: Option<(BaseKey, Base)>,
    scored: Option<(RfmOptions, Scored)>,
    /// Made when the page asks.
    told: Option<(Overview, Option<Comparison>)>,
    /// The columns of the analysis are published: only once somebody wants to read them.
    is_published: bool,
}

/// Runs a request as JSON. Who reads the columns need not load what the page shows.
pub fn job(session: &mut Session, value: Value, progress: &mut dyn Progress) -> Result<Reply, Problem> {
    let request: RfmRequest = input(value)?;
    if request.ask == RfmAsk::Publish {
        return Ok(Reply::of(&publish_columns(session, &request.options, progress)?));
    }
    session.part(&ANSWER)?(session, &request, progress)
}

type Answer = fn(&mut Session, &RfmRequest, &mut dyn Progress) -> Result<Reply, Problem>;

static ANSWER: Part<Answer> = part!(worker "rfm_answer", Answer, |session, request, progress| {
    Ok(Reply::of(&answer(session, request, progress)?))
});

/// Runs a request in a session.
pub fn answer(
    session: &mut Session,
    request: &RfmRequest,
    progress: &mut dyn Progress,
) -> Result<RfmAnswer, Problem> {
    if request.ask == RfmAsk::Publish {
        return Ok(match publish_columns(session, &request.options, progress)? {
            Columns::Published => RfmAnswer::Published,
            Columns::Refused(refusal) => RfmAnswer::Refused(refusal),
        });
    }
    let found = with_scores(session, &request.options, progress, |session, store, progress| {
        tell(session, store, progress)?;
        Ok(reply(session, store, &request.ask))
    });
    Ok(found?.unwrap_or_else(RfmAnswer::Refused))
}

/// Of [`RfmAnswer`] what comes of [`RfmAsk::Publish`], in the same form.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Columns {
    Published,
    Refused(Refusal),
}

fn publish_columns(
    session: &mut Session,
    options: &RfmOptions,
    progress: &mut dyn Progress,
) -> Result<Columns, Problem> {
    let published = with_scores(session, options, progress, |session, store, _| {
        if let (Some((_, base)), Some((options, scored)), false) =
            (&store.base, &store.scored, store.is_published)
        {
            publish(&mut session.dataset, base, scored, options);
            store.is_published = true;
        }
        Ok(Columns::Published)
    });
    Ok(published?.unwrap_or_else(Columns::Refused))
}

/// Does something with a store that is brought up to the options.
fn with_scores<T>(
    session: &mut Session,
    options: &RfmOptions,
    progress: &mut dyn Progress,
    then: impl FnOnce(&mut Session, &mut Store, &mut dyn Progress) -> Result<T, Refusal>,
) -> Result<Result<T, Refusal>, Problem> {
    if session.dataset.is_empty() {
        return Err(Problem::NoData);
    }
    let mut store: Store = session.take();
    let result = match divide(session, &mut store, options, progress) {
        Ok(()) => Ok(then(session, &mut store, progress)),
        Err(Refusal::Summary { error: SummaryError::NoTable }) => {
            Err(Problem::NoTable { needed: vec![TableKind::Transactions, TableKind::Summary] })
        }
        Err(refusal) => {
            // What no longer holds is in no list.
            session.dataset.gradings.withdraw_all(super::TOOL.id);
            Ok(Err(refusal))
        }
    };
    session.keep(store);
    result
}

/// Brings the levels of all customers up to the options; what these do not touch is kept.
fn divide(
    session: &Session,
    store: &mut Store,
    options: &RfmOptions,
    progress: &mut dyn Progress,
) -> Result<(), Refusal> {
    let frame = options.frame();
    let column = options.monetary.column().and_then(|name| session.dataset.gradings.get(name));
    let key = (frame, options.monetary.clone(), column.map(|column| column.made_with.clone()));
    let has_base = store.base.as_ref().is_some_and(|known| known.0 == key);
    if has_base && store.scored.as_ref().is_some_and(|(known, _)| known == options) {
        return Ok(());
    }
    (store.scored, store.told, store.is_published) = (None, None, false);
    if !has_base {
        store.base = None;
        let summary = customer_summary(&session.dataset, &session.rules, &frame)
            .map_err(|error| Refusal::Summary { error })?;
        progress.report(0.3);
        let base = Base::new(summary, &session.dataset, &options.monetary, session.currency.scale())?;
        store.base = Some((key, base));
    }
    let Some((_, base)) = &store.base else { return Ok(()) };
    if let (true, Some(name)) = (base.is_empty() && !base.outside.is_empty(), options.monetary.column()) {
        return Err(Refusal::NobodyHasValue { name: name.into(), customers: base.outside.len() as u64 });
    }
    if base.is_empty() {
        let (analysis_date, rows) = (base.summary.analysis_date, base.summary.rows);
        return Err(Refusal::NoCustomers { analysis_date, rows });
    }
    progress.report(0.5);
    let scored = score(base, &session.dataset, options, &options.method)
        .map_err(|error| Refusal::Options { error })?;
    progress.report(0.7);
    store.scored = Some((options.clone(), scored));
    Ok(())
}

/// Makes of the levels what the page shows.
fn tell(session: &Session, store: &mut Store, progress: &mut dyn Progress) -> Result<(), Refusal> {
    let (Some((_, base)), Some((options, scored)), None) = (&store.base, &store.scored, &store.told) else {
        return Ok(());
    };
    let comparison = match &options.compare_with {
        Some(method) => {
            let second = score(base, &session.dataset, options, method);
            Some(compare(scored, &second.map_err(|error| Refusal::Options { error })?))
        }
        None => None,
    };
    let told = (overview(base, scored, options), comparison);
    progress.report(0.9);
    store.told = Some(told);
    Ok(())
}

fn reply(session: &Session, store: &Store, ask: &RfmAsk) -> RfmAnswer {
    let (Some((_, base)), Some((options, scored)), Some((overview, comparison))) =
        (&store.base, &store.scored, &store.told)
    else {
        unreachable!("a finished analysis is in the store");
    };
    let (dataset, currency) = (&session.dataset, &session.currency);
    let explain = |position: usize| {
        let explained = Explained { base, scored, options, dataset, currency, position };
        Explanation {
            customer: dataset.customers.get(base.summary.customer[position]).to_string(),
            code: options.best.code(scored.levels_at(position), scored.bins),
            en: explained.steps(Lang::En),
            zh: explained.steps(Lang::ZhHant),
        }
    };
    match ask {
        RfmAsk::Overview => RfmAnswer::Overview {
            overview: Box::new(overview.clone()),
            comparison: comparison.clone().map(Box::new),
            explanation: explain(median_customer(base, dataset).unwrap_or(0)),
        },
        RfmAsk::Publish => RfmAnswer::Published,
        RfmAsk::Explain { customer } => {
            let code = dataset.customers.find(customer);
            let customer = customer.clone();
            match code.and_then(|code| base.summary.position(code)) {
                Some(position) => RfmAnswer::Explanation(explain(position)),
                None if code.is_some_and(|code| base.outside.position(code).is_some()) => {
                    RfmAnswer::WithoutValue { customer }
                }
                None => RfmAnswer::NoSuchCustomer { customer },
            }
        }
    }
}

/// A request for the teaching sample: three groups per variable, so that a hand can check it.
pub fn demo() -> Value {
    let options = RfmOptions {
        bins: [3; 3],
        best: Best::Highest,
        compare_with: Some(Method::Nested),
        ..RfmOptions::default()
    };
    let request = RfmRequest { options, ask: RfmAsk::Overview };
    serde_json::to_value(request).expect("a request is JSON")
}
