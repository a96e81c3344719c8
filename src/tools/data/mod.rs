//! 交易與顧客 · Transactions and customers: what data there are, where they came from, and how to bring in others.

#[cfg(feature = "ui")]
mod confirm_view;
#[cfg(feature = "ui")]
mod flow_view;
#[cfg(feature = "ui")]
mod import_view;
pub mod job;
#[cfg(feature = "ui")]
mod report_view;
#[cfg(feature = "ui")]
mod rules_view;
pub mod table_file;
#[cfg(feature = "ui")]
mod tables_view;
pub mod text;
#[cfg(feature = "ui")]
pub mod view;

use crate::tools::{Group, Link, Reads, Tool, in_worker};
use job::DataRequest;

pub const TOOL: Tool = Tool {
    id: "data",
    group: Group::Data,
    title: |lang| lang.pick("Transactions and customers", "交易與顧客"),
    question: |lang| {
        lang.pick(
            "Which data are here, how good are they, and what counts as a purchase?",
            "有哪些資料、品質如何，怎樣才算一次購買？",
        )
    },
    slides: &["A32", "A33", "A57", "A62"],
    help: |lang| {
        lang.pick(
            include_str!(concat!(env!("OUT_DIR"), "/help/data/help.en.html")),
            include_str!(concat!(env!("OUT_DIR"), "/help/data/help.zh.html")),
        )
    },
    link: Link::NONE,
    job: in_worker(job::run),
    answers_soon: true,
    publish: None,
    reads: Reads::Nothing,
    measures: &[],
    demo: Some(|| serde_json::to_value(DataRequest::Profiles).expect("a request is JSON")),
    #[cfg(feature = "ui")]
    view: view::view,
};
