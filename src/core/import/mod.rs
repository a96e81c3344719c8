//! Reading customer files: bytes → text → rows of cells → typed columns and a report. Pure and streamed.
//!
//! The way of a file: [`mod@sniff`] tells text from a spreadsheet, [`preview()`] reads the head and guesses a [`Plan`]
//! with its reasons, the person confirms, and an [`Importer`] takes the bytes in pieces of any size. Rows are all
//! that the typed part sees ([`builder::TableBuilder`] takes a [`rows::Row`]), so that another source of rows than
//! CSV fits in.
//!
//! A row is used, or it is set aside with its line, column, value and reason: `read = used + set aside`.
//! Refunds, zero amounts and repeated rows are used: whether they count is a matter of [`crate::core::rules`].
//!
//! ```
//! use quintile::core::{dictionary::Dictionary, import, money::Currency};
//! let file = "顧客編號,交易日期,金額\nA01,113/02/29,\"1,200\"\nA02,113/03/01,(80)\nA03,113/02/30,5\n".as_bytes();
//! let preview = import::preview(file, true, &Default::default(), &|_| None).unwrap();
//! let mut importer =
//!     import::Importer::new(preview.plan, &Currency::default(), Dictionary::default(), [0; 16], None).unwrap();
//! importer.push(file).unwrap();
//! let imported = importer.finish().unwrap();
//! assert_eq!((imported.report.read, imported.report.used), (3, 2));
//! assert_eq!(imported.report.set_aside.get(0).unwrap().value, "113/02/30");
//! ```

pub mod amounts;
pub mod append;
pub mod builder;
pub mod cells;
pub mod columns;
pub mod dates;
pub mod decode;
pub mod dialect;
pub mod encoding;
pub mod guess;
pub mod header_names;
pub mod importer;
pub mod plan;
pub mod preview;
pub mod problem;
pub mod pseudonym;
pub mod report;
pub mod rows;
mod scan;
pub mod sniff;
pub mod words;

pub use append::{Overlap, append, overlap};
pub use decode::ForeignDecoder;
pub use encoding::Encoding;
pub use importer::{Imported, Importer};
pub use plan::{ColumnPlan, MissingCustomer, Plan, PlanProblem};
pub use preview::{Overrides, Preview, preview};
pub use problem::FileProblem;
pub use report::{Note, Reason, Report, SetAside};
pub use sniff::{FileKind, sniff};
