//! Why a file cannot be read at all, as facts; `words.rs` puts them into words.

use super::encoding::Encoding;
use super::report::Reason;
use super::sniff::FileKind;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileProblem {
    /// Not a text file.
    NotText {
        kind: FileKind,
    },
    /// The browser has no decoder for this encoding.
    NoDecoder {
        encoding: Encoding,
    },
    /// A row does not end: most likely a quotation mark that is never closed.
    RowTooLong {
        line: u64,
    },
    TooManyColumns {
        line: u64,
        most: usize,
    },
    /// More than there is memory for.
    TooLarge {
        bytes: u64,
        /// How large a file of such rows may be.
        most: u64,
    },
    /// Only a header, or nothing.
    NoRows,
    /// Every row was set aside; most of them for this reason.
    NothingUsable {
        read: u64,
        reason: Reason,
        line: u64,
        value: String,
    },
}
