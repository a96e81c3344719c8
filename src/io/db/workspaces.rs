//! What the page stores and removes: states of workspaces, and datasets that nobody needs any more.

use super::{Database, SECTIONS, WORKSPACES, all, begin, finish, problem, range, result, write};
use crate::core::problem::Problem;
use crate::core::snapshot::{self, Snapshot, Stored};
use crate::core::workspace::Workspace;
use js_sys::{Array, Uint8Array};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;
use web_sys::{IdbKeyRange, IdbObjectStore};

/// The key of a workspace's state; the one of version 1 has no turn.
fn workspace_key(id: &str, turn: u64) -> String {
    if turn == 0 { id.to_string() } else { format!("{id}/{turn:012}") }
}

fn id_and_turn(key: &str) -> (&str, u64) {
    key.split_once('/').map_or((key, 0), |(id, turn)| (id, turn.parse().unwrap_or(0)))
}

/// Stores a state of a workspace beside the one before it. Everything is put before this returns, so that a page that
/// is being closed can still call it.
pub fn put_workspace(
    db: &Database,
    workspace: &Workspace,
    turn: u64,
) -> impl Future<Output = Result<(), Problem>> + use<> {
    let record = snapshot::seal(workspace);
    let put = |store: &IdbObjectStore| {
        let (bytes, key) = (Uint8Array::from(&record[..]), workspace_key(&workspace.id, turn));
        store.add_with_key(&bytes, &key.into())?;
        let before_last = turn.checked_sub(2).map(|turn| workspace_key(&workspace.id, turn));
        before_last.map_or(Ok(()), |key| store.delete(&key.into()).map(drop))
    };
    finish(begin(db, WORKSPACES, put), record.len() as u64)
}

/// Removes every state of a workspace.
pub async fn delete_workspace(db: &Database, id: &str) -> Result<(), Problem> {
    write(db, WORKSPACES, 0, |store| {
        store.delete(&id.into())?;
        store.delete(&range(id)?.into()).map(drop)
    })
    .await
}

/// What is stored of every workspace, by its id.
pub async fn workspaces(db: &Database) -> Result<BTreeMap<String, Stored>, Problem> {
    let mut records = BTreeMap::<String, Vec<Snapshot>>::new();
    for (key, value) in all(db, WORKSPACES, None).await? {
        let (id, turn) = id_and_turn(&key);
        records.entry(id.to_string()).or_default().push(Snapshot { turn, bytes: bytes_of(value) });
    }
    Ok(records.into_iter().filter_map(|(id, records)| Some((id, snapshot::read(records)?))).collect())
}

/// What is stored of one workspace.
pub async fn workspace(db: &Database, id: &str) -> Result<Option<Stored>, Problem> {
    let part = IdbKeyRange::bound(&id.into(), &format!("{id}0").into());
    let found = all(db, WORKSPACES, Some(part.map_err(|error| problem(&error, 0))?)).await?;
    let record = |(key, value): (String, JsValue)| {
        let (of, turn) = id_and_turn(&key);
        (of == id).then(|| Snapshot { turn, bytes: bytes_of(value) })
    };
    Ok(snapshot::read(found.into_iter().filter_map(record).collect()))
}

/// A record of version 1 is the workspace's JSON as a text.
fn bytes_of(record: JsValue) -> Vec<u8> {
    match record.as_string() {
        Some(json) => snapshot::seal_json(json.as_bytes()),
        None => record.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default(),
    }
}

/// Whether anything is stored of a dataset.
pub async fn has_dataset(db: &Database, id: &str) -> Result<bool, Problem> {
    Ok(dataset_ids(db).await?.iter().any(|stored| stored == id))
}

/// Removes datasets at once.
pub async fn delete_datasets(db: &Database, ids: &[String]) -> Result<(), Problem> {
    write(db, SECTIONS, 0, |store| ids.iter().try_for_each(|id| store.delete(&range(id)?.into()).map(drop)))
        .await
}

/// Every dataset of which anything is stored.
async fn dataset_ids(db: &Database) -> Result<Vec<String>, Problem> {
    let keys = async {
        let store = db.0.transaction_with_str(SECTIONS)?.object_store(SECTIONS)?;
        result(&store.get_all_keys()?).await
    };
    let keys = Array::from(&keys.await.map_err(|error| problem(&error, 0))?);
    let keys = keys.iter().filter_map(|key| key.as_string());
    let mut ids: Vec<String> =
        keys.filter_map(|key| key.split_once('/').map(|(id, _)| id.to_string())).collect();
    ids.dedup();
    Ok(ids)
}

/// A dataset younger than this may still be on its way into another tab's workspace.
const LEAST_AGE_MS: u64 = 3_600_000;

/// When a dataset was begun: its id starts with the time in hexadecimal milliseconds.
fn begun(id: &str) -> u64 {
    u64::from_str_radix(id.split('-').next().unwrap_or_default(), 16).unwrap_or(0)
}

/// Removes every dataset that no workspace needs any more.
pub async fn sweep(db: &Database, keep: &[String], now_ms: u64) -> Result<(), Problem> {
    let mut ids = dataset_ids(db).await?;
    ids.retain(|id| !keep.contains(id) && begun(id) + LEAST_AGE_MS < now_ms);
    if ids.is_empty() { Ok(()) } else { delete_datasets(db, &ids).await }
}
