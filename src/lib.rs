//! **Quintile（客層）**: a customer-relationship-management toolkit that runs wholly in the browser.
//!
//! # The code map
//! | module | what it is | may use |
//! |---|---|---|
//! | [`core`] | the data model, import, and the shared mathematics; knows no browser | nothing of ours |
//! | [`charts`] | what to draw ([`charts::spec`], `layout`, `table`: pure) and how (`svg`: page only) | `core` |
//! | [`tools`] | one folder per tool: `model`, `chart`, `text` are pure, `view` is the page | `core`, pure `charts`, `jobs` |
//! | [`jobs`] | what page and worker say to each other, and the worker's state | `core`, the list of tools |
//! | `io` | the browser: files, IndexedDB, the worker, downloads, code that comes later | `core`, `jobs`, the list of tools |
//! | `ui` | the shell and the shared components | all of the above |
//!
//! `tests/layers.rs` keeps this table true, `tests/registry.rs` walks the list of tools.
//!
//! # The way of the data
//! A dropped file goes **once** to the worker, which guesses its columns; the person confirms; the worker streams
//! the file into a [`core::table::Table`] and a report of every row that it set aside, and stores the columns in
//! IndexedDB. A tool asks the worker a [`jobs::protocol::Request`] and gets a small result. The page never holds raw rows.
//! A generated sample is made again from its seed; only what was added to it is stored ([`core::added`]). Tables of
//! campaigns (contacts, responses) lie beside the customer data and never make anybody a customer.
//!
//! # What is loaded when
//! The program starts with the shell alone. A tool is a [`core::part::Part`]: its code lies in files of its own, one set for
//! the page and one for the worker, which are fetched when the tool is opened or asked for something.
//!
//! # The four mechanisms
//! 1. [`core::dataset::Dataset`]: several tables that share one customer dictionary.
//! 2. [`core::grading`]: per-customer columns that one tool publishes and another uses; who may read whose, and what can
//!    be a measure, is in [`tools::published`].
//! 3. [`core::explain`]: an explanation is data; the panel, the presenter and the print-out draw the same steps.
//! 4. [`core::changelog`]: every edit is a change with its inverse; undo, autosave and "stale" follow from it.
//!
//! # Invariants
//! - Money is `i64` minor units: sums do not depend on the order of rows.
//! - Today's date, seeds and language are arguments; nothing in the pure part asks the environment.
//! - A row is used, or it is set aside with its line, column, value and reason.

pub mod charts;
pub mod core;
pub mod jobs;
pub mod tools;

#[cfg(feature = "browser")]
pub mod io;
#[cfg(feature = "ui")]
pub mod ui;
