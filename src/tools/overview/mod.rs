//! The start page of a workspace: the figures that matter, and what is stale or missing.

pub mod chart;
pub mod explain;
pub mod facts;
pub mod job;
pub mod model;
pub mod text;
pub mod todo;
#[cfg(feature = "ui")]
pub mod view;
pub mod words;

use crate::tools::{Group, Link, Reads, Tool, in_worker};

pub const TOOL: Tool = Tool {
    id: "overview",
    group: Group::Data,
    title: |lang| text::OverviewText::of(lang).title,
    question: |lang| text::OverviewText::of(lang).question,
    slides: &["A24", "A29–31", "A63–71"],
    help: |lang| {
        lang.pick(
            include_str!(concat!(env!("OUT_DIR"), "/help/overview/help.en.html")),
            include_str!(concat!(env!("OUT_DIR"), "/help/overview/help.zh.html")),
        )
    },
    link: Link::NONE,
    job: in_worker(job::job),
    answers_soon: false,
    publish: None,
    reads: Reads::All,
    measures: &[],
    demo: Some(job::demo),
    #[cfg(feature = "ui")]
    view: view::view,
};
