//! Break-even: small calculators of one shape, each asking from where on something pays.

pub mod answer;
pub mod calculator;
pub mod calculators;
pub mod files;
pub mod link;
pub mod options;
pub mod picture;
pub mod refusal;
pub mod text;
#[cfg(feature = "ui")]
pub mod view;

use crate::tools::{Group, Link, Reads, Tool};

pub const TOOL: Tool = Tool {
    id: "break_even",
    group: Group::Value,
    title: |lang| text::text(lang).title,
    question: |lang| text::text(lang).question,
    slides: &["A5", "A27", "A28", "A31", "A59", "A65–70", "A82"],
    help: |lang| {
        lang.pick(
            include_str!(concat!(env!("OUT_DIR"), "/help/break_even/help.en.html")),
            include_str!(concat!(env!("OUT_DIR"), "/help/break_even/help.zh.html")),
        )
    },
    link: Link { write: link::write, read: link::read, keep: link::keep },
    job: None,
    answers_soon: false,
    publish: None,
    reads: Reads::Nothing,
    measures: &[],
    demo: None,
    #[cfg(feature = "ui")]
    view: view::view,
};
