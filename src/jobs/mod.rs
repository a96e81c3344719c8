//! What page and worker say to each other, and the state that the worker keeps. Pure: the same session runs
//! natively in tests and benchmarks.
//!
//! The worker's own work (opening, importing and storing data) is asked for by a [`protocol::Request`]; what a
//! tool computes is a [`protocol::Request::Tool`] with the tool's own typed input, so that this module knows no tool.

pub mod data;
pub mod protocol;
pub mod queue;

use crate::core::codec::Meta;
use crate::core::dataset::Dataset;
use crate::core::money::Currency;
use crate::core::part::Part;
use crate::core::problem::Problem;
use crate::core::rules::PurchaseRules;
use crate::core::table::TableKind;
use crate::jobs::protocol::Settings;
use crate::tools::{self, Job, Tool};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::any::{Any, TypeId};
use std::collections::HashMap;

/// Page and worker check at the start that they speak the same version.
pub const PROTOCOL: u32 = 3;

/// What a job answers: a small typed result, and bytes where it makes a file.
#[derive(Debug, Default)]
pub struct Reply {
    pub json: String,
    pub bytes: Option<Vec<u8>>,
    /// The kinds of table that the job has put in, changed or removed in the session's dataset; see
    /// [`protocol::Request::Change`].
    pub changed: Vec<TableKind>,
}

impl Reply {
    pub fn of<T: Serialize>(value: &T) -> Reply {
        Reply { json: serde_json::to_string(value).expect("a reply is JSON"), ..Reply::default() }
    }

    pub fn file<T: Serialize>(value: &T, bytes: Vec<u8>) -> Reply {
        Reply { bytes: Some(bytes), ..Reply::of(value) }
    }

    /// The answer of a job that has changed tables of the session's dataset.
    pub fn changing<T: Serialize>(value: &T, kinds: &[TableKind]) -> Reply {
        Reply { changed: kinds.to_vec(), ..Reply::of(value) }
    }
}

/// Where a job tells how far it is. Cancelling needs no question here: the page ends the worker and starts another.
pub trait Progress {
    /// `done` is from 0 to 1.
    fn report(&mut self, done: f64);
}

/// For callers that do not show progress.
pub struct Silent;

impl Progress for Silent {
    fn report(&mut self, _: f64) {}
}

/// The data a worker holds, what the page has told about them, and what tools have computed from them.
#[derive(Default)]
pub struct Session {
    pub dataset: Dataset,
    /// What is kept beside each table: the report of its import.
    pub meta: Meta,
    pub rules: PurchaseRules,
    pub currency: Currency,
    untouched: Option<data::Untouched>,
    /// The part that a job has asked for and that is not here.
    pub missing: Option<&'static str>,
    cache: HashMap<TypeId, Box<dyn Any>>,
}

impl Session {
    pub fn new(dataset: Dataset, meta: Meta, settings: Settings) -> Session {
        let Settings { rules, currency } = settings;
        Session { dataset, meta, rules, currency, ..Session::default() }
    }

    /// Other rules or another currency. What was computed under the old ones is forgotten.
    pub fn settle(&mut self, settings: Settings) {
        self.rules = settings.rules;
        self.currency = settings.currency;
        self.forget();
    }

    /// Other data or other rules: everything computed so far is forgotten.
    pub fn forget(&mut self) {
        self.cache.clear();
        self.dataset.gradings = Default::default();
    }

    /// A tool's own store between two requests, empty at first and after [`Session::forget`]. It is taken out, so
    /// that the tool can use the session beside it; put it back with [`Session::keep`].
    pub fn take<T: Default + 'static>(&mut self) -> T {
        let found = self.cache.remove(&TypeId::of::<T>()).and_then(|boxed| boxed.downcast::<T>().ok());
        found.map(|boxed| *boxed).unwrap_or_default()
    }

    /// Code that a job seldom needs. While it is not here, the job ends with this problem, having done nothing; it is
    /// run again as soon as the code is loaded.
    pub fn part<T>(&mut self, part: &'static Part<T>) -> Result<&'static T, Problem> {
        part.get().ok_or_else(|| {
            self.missing = Some(part.name());
            Problem::NotLoaded { detail: part.name().into() }
        })
    }

    pub fn keep<T: 'static>(&mut self, store: T) {
        self.cache.insert(TypeId::of::<T>(), Box::new(store));
    }
}

/// Reads a tool's typed input.
pub fn input<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(|error| Problem::BadRequest { detail: error.to_string() })
}

/// A request to a tool's job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolRequest {
    pub tool: String,
    pub input: Value,
}

/// Runs a tool's job in a session. A job that changes the data is asked by [`data::change`].
pub fn run(
    session: &mut Session,
    request: ToolRequest,
    progress: &mut dyn Progress,
) -> Result<Reply, Problem> {
    let reply = job_of(&request)?(session, request.input, progress)?;
    // What a question changed would be lost with the worker.
    if reply.changed.is_empty() { Ok(reply) } else { Err(Problem::BadRequest { detail: request.tool }) }
}

fn job_of(request: &ToolRequest) -> Result<Job, Problem> {
    let job = tools::find(&request.tool).and_then(|tool| tool.part.get()?.job);
    job.ok_or_else(|| Problem::BadRequest { detail: request.tool.clone() })
}

/// The request that makes a tool publish its per-customer columns, from its record in the workspace.
pub fn publishing(tool: &Tool, record: &Value) -> Result<ToolRequest, Problem> {
    let publish = tool.publish.ok_or_else(|| Problem::BadRequest { detail: tool.id.into() })?;
    Ok(ToolRequest { tool: tool.id.into(), input: publish(record) })
}
