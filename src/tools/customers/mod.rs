//! All customers in one list: search, filter by published classes, one customer's purchases, export.

#[cfg(feature = "ui")]
mod customer_view;
#[cfg(feature = "ui")]
mod filters_view;
pub mod job;
pub mod link;
pub mod model;
pub mod text;
#[cfg(feature = "ui")]
pub mod view;

use crate::tools::{Group, Link, Reads, Tool, in_worker};

pub const TOOL: Tool = Tool {
    id: "customers",
    group: Group::Identify,
    title: |lang| lang.pick("Customers", "顧客一覽"),
    question: |lang| {
        lang.pick("Who are our customers, and what has each one bought?", "我們的顧客是誰，各自買過什麼？")
    },
    slides: &["A34", "A60", "A61", "A62"],
    help: |lang| {
        lang.pick(
            include_str!(concat!(env!("OUT_DIR"), "/help/customers/help.en.html")),
            include_str!(concat!(env!("OUT_DIR"), "/help/customers/help.zh.html")),
        )
    },
    link: Link { write: link::write, read: link::read, keep: Link::KEEP_NOTHING },
    job: in_worker(job::job),
    answers_soon: false,
    publish: None,
    reads: Reads::All,
    measures: &[],
    demo: Some(job::demo),
    #[cfg(feature = "ui")]
    view: view::view,
};
