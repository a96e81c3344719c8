//! Who is still a customer, how often each will buy, and what that is worth: fitted models of repeat buying.

pub mod answer;
pub mod base;
pub mod chart;
pub mod check;
pub mod explain;
pub mod files;
pub mod forecast;
pub mod job;
pub mod link;
pub mod options;
pub mod publish;
pub mod reading;
pub mod request;
pub mod simulated;
pub mod text;
pub mod timeline;
pub mod totals;
#[cfg(feature = "ui")]
pub mod view;
pub mod words;

use crate::tools::{Group, Link, Reads, Tool, in_worker};

pub const TOOL: Tool = Tool {
    id: "clv_forecast",
    group: Group::Value,
    title: |lang| text::text(lang).title,
    question: |lang| text::text(lang).question,
    slides: &["A5", "A25", "A27", "A57"],
    help: |lang| {
        lang.pick(
            include_str!(concat!(env!("OUT_DIR"), "/help/clv_forecast/help.en.html")),
            include_str!(concat!(env!("OUT_DIR"), "/help/clv_forecast/help.zh.html")),
        )
    },
    link: Link { write: link::write, read: link::read, keep: Link::KEEP_NOTHING },
    job: in_worker(job::job),
    answers_soon: false,
    publish: Some(job::publish_request),
    reads: Reads::Nothing,
    measures: &publish::MEASURES,
    demo: Some(job::demo),
    #[cfg(feature = "ui")]
    view: view::view,
};
