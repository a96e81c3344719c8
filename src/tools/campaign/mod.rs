//! The course's campaign: cells, sample, test, roll-out, review.

pub mod advice;
pub mod answer;
pub mod bins;
pub mod cells;
pub mod chart;
pub mod counts;
pub mod explain;
pub mod files;
pub mod guard;
pub mod job;
pub mod key_codes;
pub mod link;
pub mod matching;
pub mod options;
pub mod page_text;
pub mod plan;
pub mod problems;
pub mod projection;
pub mod publish;
pub mod record;
pub mod recorded;
pub mod request;
pub mod responses;
pub mod review;
pub mod roll_out;
pub mod sampling;
pub mod steps;
pub mod test;
pub mod text;
#[cfg(feature = "ui")]
pub mod view;
pub mod words;

use crate::tools::{Group, Link, Reads, Tool, in_worker};

pub const TOOL: Tool = Tool {
    id: "campaign",
    group: Group::Interact,
    title: |lang| text::text(lang).title,
    question: |lang| text::text(lang).question,
    slides: &["A63", "A64", "A65", "A66", "A67", "A68", "A69", "A70", "A71"],
    help: |lang| {
        lang.pick(
            include_str!(concat!(env!("OUT_DIR"), "/help/campaign/help.en.html")),
            include_str!(concat!(env!("OUT_DIR"), "/help/campaign/help.zh.html")),
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
