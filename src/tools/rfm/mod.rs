//! RFM analysis: customers in cells by recency, frequency and monetary value.

pub mod amount;
pub mod chart;
pub mod compare;
pub mod explain;
pub mod files;
pub mod job;
pub mod link;
pub mod model;
pub mod options;
pub mod page_text;
pub mod publish;
pub mod reading;
pub mod scoring;
pub mod segments;
pub mod text;
pub mod typed;
#[cfg(feature = "ui")]
pub mod view;
pub mod warnings;
pub mod words;

use crate::tools::{Group, Link, Reads, Tool, in_worker};

pub const TOOL: Tool = Tool {
    id: "rfm",
    group: Group::Differentiate,
    title: |lang| text::text(lang).title,
    question: |lang| text::text(lang).question,
    slides: &["A63", "A64", "A65", "A66", "A67", "A68", "A69", "A70", "A71"],
    help: |lang| {
        lang.pick(
            include_str!(concat!(env!("OUT_DIR"), "/help/rfm/help.en.html")),
            include_str!(concat!(env!("OUT_DIR"), "/help/rfm/help.zh.html")),
        )
    },
    link: Link { write: link::write, read: link::read, keep: link::keep },
    job: in_worker(job::job),
    answers_soon: true,
    publish: Some(job::publish_request),
    // Only then: an analysis of what was bought need not wait for a forecast.
    reads: Reads::Named(options::Monetary::column_of),
    measures: &[],
    demo: Some(job::demo),
    #[cfg(feature = "ui")]
    view: view::view,
};
