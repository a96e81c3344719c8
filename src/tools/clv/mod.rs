//! What a customer is worth: from the textbook formula to a Markov chain, and five points of retention.

pub mod answer;
pub mod chain;
pub mod complaints;
pub mod draw;
pub mod estimate;
pub mod five;
pub mod formula;
pub mod inputs;
pub mod job;
pub mod link;
pub mod migration;
pub mod options;
pub mod text;
pub mod typed;
#[cfg(feature = "ui")]
pub mod view;
pub mod years;

use crate::charts::sheet::Sheet;
use crate::core::grading::Label;
use crate::core::reader::Reader;
use crate::tools::{Group, Link, Reads, Tool, in_worker};
use answer::ClvAnswer;
use options::{ClvOptions, Part};

pub const TOOL: Tool = Tool {
    id: "clv",
    group: Group::Value,
    title: |lang| text::text(lang).title,
    question: |lang| text::text(lang).question,
    slides: &["A5", "A27", "A28", "A29", "A30", "A31", "A57", "A58", "A59"],
    help: |lang| {
        lang.pick(
            include_str!(concat!(env!("OUT_DIR"), "/help/clv/help.en.html")),
            include_str!(concat!(env!("OUT_DIR"), "/help/clv/help.zh.html")),
        )
    },
    link: Link { write: link::write, read: link::read, keep: link::keep },
    job: in_worker(job::job),
    answers_soon: false,
    publish: None,
    reads: Reads::Nothing,
    measures: &[],
    demo: Some(job::demo),
    #[cfg(feature = "ui")]
    view: view::view,
};

/// The open part, worked out for a reader; `data` is what the worker found for it.
///
/// # Errors
/// Why there is no answer, in both languages.
pub fn sheet(options: &ClvOptions, data: Option<&ClvAnswer>, reader: Reader) -> Result<Sheet, Label> {
    let values = options.values(options.part);
    match options.part {
        Part::Formula => formula::sheet(&values, reader),
        Part::Years => {
            let found =
                data.and_then(|data| if let ClvAnswer::Cohorts(found) = data { Some(found) } else { None });
            years::sheet(options, &values, found, reader)
        }
        Part::Migration => {
            let found =
                data.and_then(|data| if let ClvAnswer::Recency(found) = data { Some(found) } else { None });
            migration::sheet(options, &values, found, reader)
        }
        Part::Chain => {
            let found =
                data.and_then(|data| if let ClvAnswer::Tiers(found) = data { Some(found) } else { None });
            chain::sheet(options, &values, found, reader)
        }
        Part::Five => five::sheet(&values, reader),
        Part::Complaints => complaints::sheet(&values, reader),
    }
}
