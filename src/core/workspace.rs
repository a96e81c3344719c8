//! A workspace: everything a person has entered, as named records, and where its data come from.

use crate::core::changelog::ChangeLog;
use crate::core::money::Currency;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The version of the stored form. Raise it when an older program could misread a newer workspace.
pub const FORMAT: u32 = 1;

/// The generated samples that come with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SampleId {
    /// A shop of about 3,000 customers over two years, with products, channels and costs.
    Shop,
    /// The deck's direct mailer: a summary of 800,000 customers.
    Mailer,
    /// 25 customers whose every number can be checked by hand.
    Teaching,
}

impl SampleId {
    pub const ALL: [SampleId; 3] = [SampleId::Shop, SampleId::Mailer, SampleId::Teaching];
}

/// Where the data of a workspace are: made again from a seed, or stored under an id that never changes its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Empty,
    /// A sample, and the id of the stored tables that were added to it.
    Sample {
        sample: SampleId,
        seed: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        added: Option<String>,
    },
    Stored {
        id: String,
    },
}

impl Source {
    pub fn sample(sample: SampleId, seed: u64) -> Source {
        Source::Sample { sample, seed, added: None }
    }

    /// The id of what is stored of these data.
    pub fn stored_id(&self) -> Option<&str> {
        match self {
            Source::Empty => None,
            Source::Sample { added, .. } => added.as_deref(),
            Source::Stored { id } => Some(id),
        }
    }
}

/// Names of the records that the shell itself keeps; a tool keeps its inputs under its own id.
pub mod key {
    pub const NAME: &str = "name";
    pub const SOURCE: &str = "source";
    pub const CURRENCY: &str = "currency";
}

/// A named set of records with the log of their changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workspace {
    pub format: u32,
    pub id: String,
    pub records: BTreeMap<String, Value>,
    pub log: ChangeLog,
}

impl Workspace {
    pub fn new(id: &str, name: &str, source: Source) -> Workspace {
        let mut records = BTreeMap::new();
        records.insert(key::NAME.into(), Value::from(name));
        records.insert(key::SOURCE.into(), serde_json::to_value(source).expect("a source is JSON"));
        Workspace { format: FORMAT, id: id.into(), records, log: ChangeLog::default() }
    }

    /// A record in its type; `None` when it was never set or is of an older shape.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        T::deserialize(self.records.get(key)?).ok()
    }

    pub fn name(&self) -> String {
        self.get(key::NAME).unwrap_or_default()
    }

    pub fn source(&self) -> Source {
        self.get(key::SOURCE).unwrap_or(Source::Empty)
    }

    pub fn currency(&self) -> Currency {
        self.get(key::CURRENCY).unwrap_or_default()
    }

    /// Sets a record through the change log. Edits of one record with the same `burst` undo as one step.
    pub fn set<T: Serialize>(&mut self, key: &str, value: &T, burst: Option<u64>) {
        let value = serde_json::to_value(value).expect("a record is JSON");
        self.log.record(&mut self.records, key, Some(value), burst);
    }

    /// Takes the last step back; the keys of the records that changed.
    pub fn undo(&mut self) -> Vec<String> {
        self.log.undo(&mut self.records)
    }

    pub fn redo(&mut self) -> Vec<String> {
        self.log.redo(&mut self.records)
    }

    /// Every stored dataset that the workspace or a step of its undo log still needs.
    pub fn stored_ids(&self) -> Vec<String> {
        let now = self.records.get(key::SOURCE).into_iter();
        let mut ids: Vec<String> = now
            .chain(self.log.values_of(key::SOURCE))
            .filter_map(|value| Source::deserialize(value).ok()?.stored_id().map(String::from))
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }
}
