//! A workspace: everything a person has entered, as named records, and where its data come from.

use crate::core::changelog::ChangeLog;
use crate::core::money::Currency;
use crate::core::problem::Problem;
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deletion: Option<Deletion>,
}

/// The deletion of a workspace: a step of undo that is in no workspace's log, because it is about a whole one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deletion {
    /// The workspace is in the bin. It was deleted last as long as nothing has changed since in the workspace that
    /// was `opened` in its place.
    InBin { at_ms: u64, opened: String, revision: u64 },
    /// Undone, and nothing has been changed since as long as the log is at this revision.
    Undone { revision: u64 },
}

/// How long a deleted workspace can be brought back, and how many are kept at most.
pub const BIN_DAYS: u64 = 30;
pub const BIN_SIZE: usize = 20;

impl Workspace {
    pub fn new(id: &str, name: &str, source: Source) -> Workspace {
        let mut records = BTreeMap::new();
        records.insert(key::NAME.into(), Value::from(name));
        records.insert(key::SOURCE.into(), serde_json::to_value(source).expect("a source is JSON"));
        Workspace { format: FORMAT, id: id.into(), records, log: ChangeLog::default(), deletion: None }
    }

    /// Puts the workspace into the bin; `opened` is the one that is open from now on.
    pub fn delete(&mut self, now_ms: u64, opened: &Workspace) {
        let (opened, revision) = (opened.id.clone(), opened.log.revision);
        self.deletion = Some(Deletion::InBin { at_ms: now_ms, opened, revision });
    }

    /// Takes the workspace out of the bin.
    pub fn bring_back(&mut self) {
        self.deletion = Some(Deletion::Undone { revision: self.log.revision });
    }

    /// When the workspace was put into the bin, where it is in it.
    pub fn deleted_at_ms(&self) -> Option<u64> {
        match self.deletion {
            Some(Deletion::InBin { at_ms, .. }) => Some(at_ms),
            _ => None,
        }
    }

    /// Whether the deletion of this workspace is the step that undo takes back while `open` is the open one.
    pub fn was_deleted_last(&self, open: &Workspace) -> bool {
        let Some(Deletion::InBin { opened, revision, .. }) = &self.deletion else { return false };
        *opened == open.id && *revision == open.log.revision
    }

    /// Whether redo deletes the workspace again: its deletion was undone, and it has not changed since.
    pub fn can_delete_again(&self) -> bool {
        self.deletion == Some(Deletion::Undone { revision: self.log.revision })
    }

    /// Reads the stored form of this version or an earlier one. The version comes first: the rest of a later workspace
    /// may have another shape.
    pub fn from_json(json: &[u8]) -> Result<Workspace, Problem> {
        let damaged = |_| Problem::Damaged { part: "workspace".into() };
        let value: Value = serde_json::from_slice(json).map_err(damaged)?;
        match value.get("format").and_then(Value::as_u64) {
            Some(found) if found > u64::from(FORMAT) => {
                Err(Problem::NewerFormat { found: u32::try_from(found).unwrap_or(u32::MAX), known: FORMAT })
            }
            _ => serde_json::from_value(value).map_err(damaged),
        }
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

    /// The last state that does not point at these data: this one, where it points at others; `None` where no step leads
    /// back that far.
    pub fn before_data(&self, data: &Source) -> Option<Workspace> {
        let mut before = self.clone();
        while before.source() == *data {
            if before.undo().is_empty() {
                return None;
            }
        }
        Some(before)
    }

    /// The state before it pointed at data that could not be stored, with no way back to them; `None` where it points at
    /// others, or where no step leads back that far.
    pub fn without_data(&self, id: &str) -> Option<Workspace> {
        let mut before = Some(self.clone());
        while let Some(one) = before.as_ref().filter(|one| one.source().stored_id() == Some(id)) {
            before = one.before_data(&one.source());
        }
        let mut before = before?;
        before.log.forget_undone();
        (before.source() != self.source()).then_some(before)
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

/// The ids of those in a bin that are kept no longer: too old, or older than the newest [`BIN_SIZE`].
pub fn outlived<'a>(bin: impl Iterator<Item = &'a Workspace>, now_ms: u64) -> Vec<String> {
    let mut deleted: Vec<(u64, &str)> =
        bin.filter_map(|workspace| Some((workspace.deleted_at_ms()?, workspace.id.as_str()))).collect();
    deleted.sort_unstable_by(|a, b| b.cmp(a));
    let kept = |(index, (at_ms, _)): &(usize, (u64, &str))| {
        *index < BIN_SIZE && at_ms + BIN_DAYS * 86_400_000 > now_ms
    };
    deleted.into_iter().enumerate().filter(|one| !kept(one)).map(|(_, (_, id))| id.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: &str) -> Workspace {
        Workspace::new(id, id, Source::Empty)
    }

    #[test]
    fn a_deletion_is_undone_first_until_the_workspace_opened_in_its_place_changes() {
        let (mut gone, mut open) = (named("gone"), named("open"));
        open.set("rfm", &5, None);
        gone.delete(7, &open);
        assert!(gone.was_deleted_last(&open) && gone.deleted_at_ms() == Some(7));
        assert!(!gone.was_deleted_last(&named("another")));
        open.set("rfm", &4, None);
        assert!(!gone.was_deleted_last(&open), "the change comes first now");
    }

    #[test]
    fn a_deletion_that_was_undone_is_done_again_until_the_workspace_changes() {
        let mut gone = named("gone");
        gone.delete(7, &named("open"));
        assert!(!gone.can_delete_again());
        gone.bring_back();
        assert!(gone.can_delete_again() && gone.deleted_at_ms().is_none());
        gone.set("rfm", &4, None);
        assert!(!gone.can_delete_again());
    }

    #[test]
    fn data_that_could_not_be_stored_are_left_behind_with_all_that_was_done_on_them() {
        let mut open = named("shop");
        open.set("rfm", &5, None);
        let before = open.clone();
        let imported = Source::Stored { id: "new".into() };
        open.set(key::SOURCE, &imported, Some(1));
        open.set(key::NAME, &"spring", Some(1));
        open.set("rfm", &4, None);
        assert_eq!(open.before_data(&Source::Empty).unwrap(), open, "points at others already");
        assert_eq!(open.without_data("other"), None);
        let mut back = open.without_data("new").unwrap();
        assert_eq!(back.records, before.records);
        assert!(back.redo().is_empty() && !back.undo().is_empty());
        assert_eq!(Workspace::new("w", "w", imported).without_data("new"), None, "nothing to go back to");
    }

    #[test]
    fn the_bin_keeps_the_newest_and_for_some_days() {
        let open = named("open");
        let deleted = |index: u64| {
            let mut gone = named(&format!("w{index:02}"));
            gone.delete(index * 1_000, &open);
            gone
        };
        let mut bin: Vec<Workspace> = (0..BIN_SIZE as u64 + 2).map(deleted).collect();
        assert_eq!(outlived(bin.iter(), 30_000), ["w01", "w00"]);
        assert_eq!(outlived(bin.iter(), 20_000 + BIN_DAYS * 86_400_000).len(), BIN_SIZE + 1);
        bin[0].bring_back();
        assert_eq!(outlived(bin.iter(), 30_000), ["w01"]);
    }
}
