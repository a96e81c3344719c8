//! The one list of tools. To add one: a folder, a `mod` line, its name in [`TOOLS`].
//!
//! A tool is one constant, [`Tool`]. The list keeps of it what the shell shows of every tool ([`Listed`]); all else is
//! a [`Part`]: in a release it lies in files of its own, for the page and for the worker, which are fetched when the
//! tool is opened or asked. Its author has nothing to do for that.

pub mod break_even;
pub mod campaign;
pub mod clv;
pub mod clv_forecast;
pub mod customers;
pub mod data;
pub mod overview;
pub mod published;
pub mod pyramid;
pub mod rfm;

use crate::core::lang::Lang;
use crate::core::part::Part;
use crate::core::problem::Problem;
use crate::jobs::{Progress, Reply, Session};
use published::Measure;
use serde_json::Value;
use std::collections::BTreeMap;

/// A tool's work in the worker: typed input in, typed reply out.
pub type Job = fn(&mut Session, Value, &mut dyn Progress) -> Result<Reply, Problem>;

/// The navigation is the course's own model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Data,
    Identify,
    Differentiate,
    Value,
    Interact,
    Customize,
    Adopt,
}

impl Group {
    pub const ALL: [Group; 7] = [
        Group::Data,
        Group::Identify,
        Group::Differentiate,
        Group::Value,
        Group::Interact,
        Group::Customize,
        Group::Adopt,
    ];

    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Group::Data => lang.pick("Data", "資料"),
            Group::Identify => lang.pick("Identify", "瞭解"),
            Group::Differentiate => lang.pick("Differentiate", "區隔"),
            Group::Value => lang.pick("Value", "價值"),
            Group::Interact => lang.pick("Interact", "互動"),
            Group::Customize => lang.pick("Customize", "量身訂製"),
            Group::Adopt => lang.pick("Adopt", "導入"),
        }
    }
}

/// What a tool is.
pub struct Tool {
    /// Its address in the fragment, the key of its inputs in a workspace, and its name in requests.
    pub id: &'static str,
    pub group: Group,
    pub title: fn(Lang) -> &'static str,
    /// The one question that its page answers.
    pub question: fn(Lang) -> &'static str,
    /// The slides of the course that teach it: `A63`.
    pub slides: &'static [&'static str],
    /// What the course says about it and its limits, as HTML made from `help.*.md` at build time.
    pub help: fn(Lang) -> &'static str,
    /// Whitelisted, typed fields between the address and the tool's inputs.
    pub link: Link,
    pub job: Option<Job>,
    /// Its job takes well under a second for a million customers: a question to it need not wait until what was imported
    /// is on the disk.
    pub answers_soon: bool,
    /// The request that makes the job publish its per-customer columns, from the tool's record in the workspace. The
    /// worker makes it, so that the page needs no code of a tool that is not open.
    pub publish: Option<fn(&Value) -> Value>,
    /// Which columns of other tools its job reads.
    pub reads: Reads,
    /// What it publishes that others can name as a measure before it is worked out.
    pub measures: &'static [Measure],
    /// A request that the registry test runs on the teaching sample.
    pub demo: Option<fn() -> Value>,
    #[cfg(feature = "ui")]
    pub view: fn() -> leptos::prelude::AnyView,
}

/// Which published columns a tool's job reads: their tools are asked to publish first, in the order of
/// [`publishers_before`].
#[derive(Clone, Copy)]
pub enum Reads {
    Nothing,
    /// All that there are.
    All,
    /// The one that its record names; none where it names none.
    Named(fn(&Value) -> Option<&str>),
}

impl Reads {
    pub fn nothing(self) -> bool {
        matches!(self, Reads::Nothing)
    }
}

/// The fields of an address.
pub type Fields = [(String, String)];

/// The page asks the worker for a tool's job and does not carry it; the worker, and everything native, does.
pub const fn in_worker(job: Job) -> Option<Job> {
    if cfg!(all(target_arch = "wasm32", not(feature = "worker"))) { None } else { Some(job) }
}

/// How a tool's inputs travel in an address. Parameters only, never anything computed from data.
#[derive(Clone, Copy)]
pub struct Link {
    /// The inputs of a workspace record as address fields; defaults are left out.
    pub write: fn(&Value) -> Vec<(String, String)>,
    /// Address fields as a workspace record, and the names of those that were not understood.
    pub read: fn(&Fields) -> (Value, Vec<String>),
    /// Carries over, from the record there was into the one that a link brings, what no link carries: names and counts
    /// that a person has typed, what is on record.
    pub keep: fn(old: &Value, new: Value) -> Value,
}

impl Link {
    /// The record that opening a link leaves in a workspace, and the names of the fields that were not understood.
    ///
    /// The link decides what links carry (a field it lacks is a default); all else stays as it is in `old`.
    ///
    /// ```
    /// use quintile::tools;
    /// use serde_json::json;
    /// let link = tools::campaign::TOOL.link;
    /// let old = json!({ "name": "Spring", "interval": 10 });
    /// let (record, unknown) = link.take(Some(&old), &[("cost".into(), "0.5".into())]);
    /// assert_eq!((&record["name"], &record["cost_per_piece"]), (&json!("Spring"), &json!(0.5)));
    /// assert_eq!((&record["interval"], unknown), (&json!(20), vec![]));
    /// ```
    pub fn take(&self, old: Option<&Value>, fields: &Fields) -> (Value, Vec<String>) {
        let (new, unknown) = (self.read)(fields);
        let record = match old {
            Some(old) => (self.keep)(old, new),
            None => new,
        };
        (record, unknown)
    }

    /// For a tool whose links carry all that there is to keep.
    pub const KEEP_NOTHING: fn(&Value, Value) -> Value = |_, new| new;

    /// For a tool without inputs.
    pub const NONE: Link = Link {
        write: |_| Vec::new(),
        read: |fields| (Value::Null, fields.iter().map(|(name, _)| name.clone()).collect()),
        keep: Link::KEEP_NOTHING,
    };
}

impl Tool {
    /// Without what the worker never asks: it then does not carry the code of it.
    const fn without_unused(self) -> Tool {
        if !cfg!(all(target_arch = "wasm32", not(feature = "ui"))) {
            return self;
        }
        Tool { help: |_| "", link: Link::NONE, demo: None, ..self }
    }
}

/// What is known of a tool before its code is here.
pub struct Listed {
    pub id: &'static str,
    pub group: Group,
    pub title: fn(Lang) -> &'static str,
    pub question: fn(Lang) -> &'static str,
    /// It publishes columns that other tools may read.
    pub publishes: bool,
    pub reads: Reads,
    pub measures: &'static [Measure],
    pub answers_soon: bool,
    /// The tool itself.
    pub part: Part<Tool>,
}

/// The list from the names of the tools' folders.
macro_rules! list {
    ($($tool:ident),*) => {
        &[$(&Listed {
            id: $tool::TOOL.id,
            group: $tool::TOOL.group,
            title: $tool::TOOL.title,
            question: $tool::TOOL.question,
            publishes: $tool::TOOL.publish.is_some(),
            reads: $tool::TOOL.reads,
            measures: $tool::TOOL.measures,
            answers_soon: $tool::TOOL.answers_soon,
            part: crate::part!(stringify!($tool), Tool, $tool::TOOL.without_unused()),
        }),*]
    };
}

/// Every tool, in the order of the navigation.
pub static TOOLS: &[&Listed] =
    list![overview, data, customers, rfm, pyramid, clv, clv_forecast, break_even, campaign];

/// The tools that publish before a tool reads what is published. Publishers that read nothing come first, then those
/// that read, in the order of the list; one that reads and publishes is preceded by those before it only, so that
/// none ever waits for itself.
pub fn publishers_before(id: &str) -> Vec<&'static Listed> {
    publishers_of(TOOLS, id)
}

/// Of [`publishers_before`], those that a tool needs in a workspace with these records. One that reads what its record
/// names needs only who publishes that. What the start page shows comes of three publishers; it need not wait for all
/// others to be loaded and to calculate, unless one of the three has been set up to read what they publish.
pub fn publishers_needed(id: &str, records: &BTreeMap<String, Value>) -> Vec<&'static Listed> {
    const SHOWN_AT_THE_START: [&str; 3] = ["rfm", "pyramid", "campaign"];
    let mut needed = publishers_before(id);
    let Some(tool) = find(id) else { return needed };
    let named = |tool: &Listed| match tool.reads {
        Reads::Named(column) => records.get(tool.id).and_then(column).and_then(publisher),
        _ => None,
    };
    let mut wanted: Vec<&str> = named(tool).into_iter().collect();
    if id == overview::TOOL.id {
        let reads_all =
            |id: &&str| records.contains_key(*id) && find(id).is_some_and(|t| matches!(t.reads, Reads::All));
        if SHOWN_AT_THE_START.iter().any(reads_all) {
            return needed;
        }
        wanted.extend(SHOWN_AT_THE_START);
        wanted.extend(SHOWN_AT_THE_START.iter().filter_map(|id| named(find(id)?)));
    } else if matches!(tool.reads, Reads::All) {
        return needed;
    }
    needed.retain(|tool| wanted.contains(&tool.id));
    needed
}

/// The tool in the name of a published column.
pub fn publisher(column: &str) -> Option<&str> {
    Some(column.split_once('.')?.0)
}

fn publishers_of<'a>(tools: &[&'a Listed], id: &str) -> Vec<&'a Listed> {
    if !tools.iter().any(|tool| tool.id == id && !tool.reads.nothing()) {
        return Vec::new();
    }
    let mut publishers: Vec<&Listed> = tools.iter().copied().filter(|tool| tool.publishes).collect();
    publishers.sort_by_key(|tool| !tool.reads.nothing());
    publishers.into_iter().take_while(|tool| tool.id != id).collect()
}

pub fn find(id: &str) -> Option<&'static Listed> {
    TOOLS.iter().copied().find(|tool| tool.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tool(id: &'static str, reads: bool, publishes: bool) -> Listed {
        let Tool { group, title, question, .. } = data::TOOL;
        let part = crate::part!("data", Tool, data::TOOL);
        let reads = if reads { Reads::All } else { Reads::Nothing };
        Listed { id, group, title, question, publishes, reads, measures: &[], answers_soon: true, part }
    }

    #[test]
    fn readers_that_publish_come_after_those_that_only_publish_and_never_wait_for_themselves() {
        let tools = [
            tool("list", true, false),
            tool("pyramid", true, true),
            tool("rfm", false, true),
            tool("campaign", true, true),
            tool("value", false, true),
            tool("plain", false, false),
        ];
        let tools: Vec<&Listed> = tools.iter().collect();
        let before = |id| publishers_of(&tools, id).iter().map(|tool| tool.id).collect::<Vec<_>>();
        assert_eq!(before("list"), ["rfm", "value", "pyramid", "campaign"]);
        assert_eq!(before("pyramid"), ["rfm", "value"]);
        assert_eq!(before("campaign"), ["rfm", "value", "pyramid"]);
        assert!(before("rfm").is_empty() && before("plain").is_empty() && before("unknown").is_empty());
    }

    fn needed(id: &str, records: &[(&str, Value)]) -> Vec<&'static str> {
        let records = records.iter().map(|(id, record)| (id.to_string(), record.clone())).collect();
        publishers_needed(id, &records).iter().map(|tool| tool.id).collect()
    }

    #[test]
    fn the_start_page_asks_all_publishers_only_when_one_that_it_shows_may_read_them() {
        let set = |id| (id, json!({ "bins": [3, 3, 3] }));
        assert_eq!(needed("overview", &[]), ["rfm", "pyramid", "campaign"]);
        assert_eq!(needed("overview", &[set("rfm")]), ["rfm", "pyramid", "campaign"]);
        assert_eq!(needed("overview", &[set("pyramid")]).len(), publishers_before("overview").len());
        assert_eq!(needed("customers", &[]).len(), publishers_before("customers").len());
    }

    #[test]
    fn who_publishes_a_column_is_asked_where_a_record_names_it() {
        let by_forecast = ("rfm", json!({ "monetary": { "published": "clv_forecast.value" } }));
        assert!(needed("rfm", &[]).is_empty());
        assert!(needed("rfm", &[("rfm", json!({ "monetary": "mean" }))]).is_empty());
        assert_eq!(needed("rfm", std::slice::from_ref(&by_forecast)), ["clv_forecast"]);
        assert_eq!(needed("overview", &[by_forecast]), ["clv_forecast", "rfm", "pyramid", "campaign"]);
        // It is not asked of one that reads it back: that would go round in a circle.
        let round = ("rfm", json!({ "monetary": { "published": "pyramid.measure" } }));
        assert!(needed("rfm", &[round]).is_empty());
    }

    #[test]
    fn the_list_of_customers_asks_every_publisher_of_the_program() {
        let asked = publishers_before("customers");
        assert_eq!(asked.len(), TOOLS.iter().filter(|tool| tool.publishes).count());
        assert!(asked.iter().any(|tool| tool.id == "rfm"));
    }
}
