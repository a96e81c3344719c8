//! The stored form of a workspace on the device: its last two states, each under a checksum.
//!
//! A state has a turn, one more than the state before it. Each is stored as a record of its own, and the one before
//! the last is kept: where the newest is damaged, the other is the good one to go back to.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | CRC-32 (IEEE) of the rest, little endian |
//! | rest | the workspace as JSON |

use crate::core::problem::Problem;
use crate::core::workspace::Workspace;

/// A record of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub turn: u64,
    pub bytes: Vec<u8>,
}

/// What is stored of one workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The turn of the newest record, damaged or not: the next state comes after it.
    pub turn: u64,
    /// The newest state that can be read.
    pub workspace: Result<Workspace, Problem>,
    /// The newest state is damaged, and this is the one before.
    pub restored: bool,
    /// The datasets that any readable state needs.
    pub needs: Vec<String>,
}

/// The bytes of a record.
///
/// ```
/// use quintile::core::snapshot::{self, Snapshot};
/// use quintile::core::workspace::{Source, Workspace};
/// let mut workspace = Workspace::new("w1", "Spring", Source::Empty);
/// let first = Snapshot { turn: 1, bytes: snapshot::seal(&workspace) };
/// workspace.set("name", &"Summer", None);
/// let mut second = Snapshot { turn: 2, bytes: snapshot::seal(&workspace) };
/// second.bytes[20] ^= 1;
/// let stored = snapshot::read(vec![first, second]).unwrap();
/// assert_eq!((stored.workspace.unwrap().name(), stored.restored, stored.turn), ("Spring".into(), true, 2));
/// ```
pub fn seal(workspace: &Workspace) -> Vec<u8> {
    seal_json(&serde_json::to_vec(workspace).expect("a workspace is JSON"))
}

/// The bytes of a record from the workspace's JSON.
pub fn seal_json(json: &[u8]) -> Vec<u8> {
    let mut record = vec![0; 4];
    record.extend_from_slice(json);
    let crc32 = crc32fast::hash(&record[4..]).to_le_bytes();
    record[..4].copy_from_slice(&crc32);
    record
}

/// The JSON of a record, where its checksum is right.
fn unseal(record: &[u8]) -> Option<&[u8]> {
    let (crc32, json) = record.split_first_chunk()?;
    (crc32fast::hash(json) == u32::from_le_bytes(*crc32)).then_some(json)
}

/// The newest good one of a workspace's records; nothing where there are none.
pub fn read(mut records: Vec<Snapshot>) -> Option<Stored> {
    records.sort_by_key(|record| std::cmp::Reverse(record.turn));
    let turn = records.first()?.turn;
    let mut workspace = Err(Problem::Damaged { part: "workspace".into() });
    let (mut restored, mut needs) = (false, Vec::new());
    for record in &records {
        let read = unseal(&record.bytes).map(Workspace::from_json);
        if let Some(Ok(read)) = &read {
            needs.extend(read.stored_ids());
        }
        if let (Err(Problem::Damaged { .. }), Some(read)) = (&workspace, read) {
            restored = read.is_ok() && record.turn != turn;
            workspace = read;
        }
    }
    Some(Stored { turn, workspace, restored, needs })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::random::Random;
    use crate::core::workspace::{FORMAT, Source};

    fn state(name: &str, data: &str) -> Workspace {
        Workspace::new("w1", name, Source::Stored { id: data.into() })
    }

    fn record(turn: u64, workspace: &Workspace) -> Snapshot {
        Snapshot { turn, bytes: seal(workspace) }
    }

    #[test]
    fn the_newest_state_is_read_and_the_data_of_both_are_needed() {
        let (old, new) = (state("old", "d1"), state("new", "d2"));
        for records in [[record(8, &old), record(9, &new)], [record(9, &new), record(8, &old)]] {
            let stored = read(records.to_vec()).unwrap();
            assert_eq!(
                (stored.turn, stored.restored, stored.needs),
                (9, false, vec!["d2".into(), "d1".into()])
            );
            assert_eq!(stored.workspace.unwrap(), new);
        }
        assert_eq!(read(vec![]), None);
    }

    #[test]
    fn every_flipped_byte_brings_the_state_before_back() {
        let (old, new) = (state("老店", "d1"), state("新店", "d2"));
        let whole = record(2, &new);
        let mut random = Random::new(4);
        for at in 0..whole.bytes.len() {
            let mut flipped = whole.clone();
            flipped.bytes[at] ^= 1 << random.below(8);
            let stored = read(vec![record(1, &old), flipped.clone()]).unwrap();
            assert_eq!(
                (stored.workspace.as_ref(), stored.restored, stored.turn),
                (Ok(&old), true, 2),
                "byte {at}"
            );
            let alone = read(vec![flipped]).unwrap();
            assert!(matches!(alone.workspace, Err(Problem::Damaged { .. })) && !alone.restored);
        }
        for len in 0..whole.bytes.len() {
            let cut = Snapshot { turn: 2, bytes: whole.bytes[..len].to_vec() };
            assert_eq!(read(vec![record(1, &old), cut]).unwrap().workspace.unwrap(), old);
        }
    }

    #[test]
    fn a_newer_workspace_is_told_and_the_older_state_does_not_take_its_place() {
        let old = state("old", "d1");
        let newer = Workspace { format: FORMAT + 1, ..state("new", "d2") };
        let stored = read(vec![record(1, &old), record(2, &newer)]).unwrap();
        assert_eq!(stored.workspace, Err(Problem::NewerFormat { found: FORMAT + 1, known: FORMAT }));
        assert!(!stored.restored && stored.turn == 2);
    }
}
