//! The customer pyramid: tiers of customers by what they bring, and how much hangs on how few.

pub mod answer;
pub mod base;
pub mod chart;
pub mod cut;
pub mod explain;
pub mod files;
pub mod job;
pub mod link;
pub mod model;
pub mod options;
pub mod presets;
pub mod publish;
pub mod published;
pub mod reading;
pub mod request;
pub mod text;
pub mod tiering;
pub mod typed;
#[cfg(feature = "ui")]
pub mod view;
pub mod words;

use crate::tools::{Group, Link, Reads, Tool, in_worker};

pub const TOOL: Tool = Tool {
    id: "pyramid",
    group: Group::Differentiate,
    title: |lang| text::text(lang).title,
    question: |lang| text::text(lang).question,
    slides: &["A24", "A25", "A26", "A27", "A28", "A29", "A30", "A31"],
    help: |lang| {
        lang.pick(
            include_str!(concat!(env!("OUT_DIR"), "/help/pyramid/help.en.html")),
            include_str!(concat!(env!("OUT_DIR"), "/help/pyramid/help.zh.html")),
        )
    },
    link: Link { write: link::write, read: link::read, keep: link::keep },
    job: in_worker(job::job),
    answers_soon: false,
    publish: Some(job::publish_request),
    reads: Reads::All,
    measures: &[],
    demo: Some(job::demo),
    #[cfg(feature = "ui")]
    view: view::view,
};
