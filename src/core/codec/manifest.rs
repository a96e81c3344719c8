//! The manifest of a stored dataset.

use super::{FORMAT, MANIFEST, damaged};
use crate::core::problem::Problem;
use crate::core::table::{Role, TableKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    pub format: u32,
    pub customers: DictionaryForm,
    pub tables: Vec<TableForm>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct DictionaryForm {
    /// The length of each text in bytes.
    pub lengths: Stream,
    /// All texts one after the other.
    pub bytes: Stream,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TableForm {
    pub kind: TableKind,
    pub rows: u64,
    pub customer: Stream,
    pub columns: Vec<ColumnForm>,
    pub meta: Value,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ColumnForm {
    pub role: Role,
    pub name: String,
    pub data: DataForm,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DataForm {
    Days { values: Stream },
    Money { values: Stream },
    Numbers { values: Stream },
    Texts { codes: Stream, dictionary: DictionaryForm },
}

/// A stream of values of one width, cut into the sections `name.0`, `name.1` and so on.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Stream {
    pub name: String,
    /// Bytes of one value.
    pub width: u8,
    /// How many values there are.
    pub len: u64,
    /// The checksum of each section.
    pub chunks: Vec<u32>,
}

impl Manifest {
    pub fn read(json: &[u8]) -> Result<Manifest, Problem> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        // The version first: the rest of a later manifest may have another shape.
        let Version { format } = serde_json::from_slice(json).map_err(|_| damaged(MANIFEST))?;
        if format > FORMAT {
            return Err(Problem::NewerFormat { found: format, known: FORMAT });
        }
        serde_json::from_slice(json).map_err(|_| damaged(MANIFEST))
    }
}
