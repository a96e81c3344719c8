//! IndexedDB: workspaces as JSON, datasets as binary sections that never change once written.
//!
//! A dataset is written under a new id; only then does a workspace's record point at it. An interrupted import
//! therefore leaves orphans, which [`sweep`] removes at the next start, and never half a dataset.

use crate::core::codec::Section;
use crate::core::problem::Problem;
use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

/// All projects of one host share its storage, so every name starts with the program's.
pub const NAME: &str = "quintile";
const WORKSPACES: &str = "workspaces";
const SECTIONS: &str = "sections";

/// Sections of one dataset lie between `id/` and `id0`: `0` is the character after `/`.
fn range(id: &str) -> KeyRange<String> {
    KeyRange::Bound(format!("{id}/"), false, format!("{id}0"), true)
}

pub async fn open() -> Result<Database, Problem> {
    Database::open(NAME)
        .with_version(1u8)
        .with_on_upgrade_needed(|_, db| {
            db.create_object_store(WORKSPACES).build()?;
            db.create_object_store(SECTIONS).build()?;
            Ok(())
        })
        .await
        .map_err(|error| match error {
            OpenDbError::Base(error) => problem(error, 0),
            other => Problem::StorageDenied { detail: other.to_string() },
        })
}

/// Asks the browser not to clear the data when it runs short of space. It may decline; nothing depends on it.
#[cfg(feature = "ui")]
pub fn ask_to_persist() {
    if let Some(window) = web_sys::window() {
        let _ = window.navigator().storage().persist();
    }
}

/// Removes the whole database: "erase everything on this device".
pub async fn erase() -> Result<(), Problem> {
    let denied = |error: String| Problem::StorageDenied { detail: error };
    Database::delete_by_name(NAME)
        .map_err(|e| denied(e.to_string()))?
        .await
        .map_err(|e| denied(e.to_string()))
}

pub async fn put_workspace(db: &Database, id: &str, json: &str) -> Result<(), Problem> {
    let size = json.len() as u64;
    write(db, WORKSPACES, size, |tx| {
        tx.object_store(WORKSPACES)?.put(json).with_key(id).primitive()?;
        Ok(())
    })
    .await
}

pub async fn delete_workspace(db: &Database, id: &str) -> Result<(), Problem> {
    write(db, WORKSPACES, 0, |tx| {
        tx.object_store(WORKSPACES)?.delete(id).primitive()?;
        Ok(())
    })
    .await
}

/// The JSON of every stored workspace.
pub async fn workspaces(db: &Database) -> Result<Vec<String>, Problem> {
    let all = async {
        let tx = db.transaction(WORKSPACES).build()?;
        let store = tx.object_store(WORKSPACES)?;
        let all: Vec<String> = store.get_all::<String>().await?.collect::<Result<_, _>>()?;
        Ok::<_, Error>(all)
    };
    all.await.map_err(|error| problem(error, 0))
}

/// Writes sections of a dataset. Call it as often as sections come; nothing points at them yet.
pub async fn put_sections(db: &Database, id: &str, sections: &[Section]) -> Result<(), Problem> {
    let size = sections.iter().map(|section| section.bytes.len() as u64).sum();
    write(db, SECTIONS, size, |tx| {
        let store = tx.object_store(SECTIONS)?;
        for section in sections {
            // The checksum stands before the bytes.
            let value = Uint8Array::new_with_length(section.bytes.len() as u32 + 4);
            value.subarray(0, 4).copy_from(&section.crc32.to_le_bytes());
            value.subarray(4, value.length()).copy_from(&section.bytes);
            store.put(JsValue::from(value)).with_key(format!("{id}/{}", section.name)).primitive()?;
        }
        Ok(())
    })
    .await
}

/// Every section of a dataset.
pub async fn sections(db: &Database, id: &str) -> Result<Vec<Section>, Problem> {
    let all = async {
        let tx = db.transaction(SECTIONS).build()?;
        let store = tx.object_store(SECTIONS)?;
        let keys: Vec<String> =
            store.get_all_keys().with_query::<String, _>(range(id)).await?.collect::<Result<_, _>>()?;
        let values: Vec<JsValue> =
            store.get_all::<JsValue>().with_query::<String, _>(range(id)).await?.collect::<Result<_, _>>()?;
        Ok::<_, Error>(keys.into_iter().zip(values).collect::<Vec<_>>())
    };
    let found = all.await.map_err(|error| problem(error, 0))?;
    let section = |(key, value): (String, JsValue)| {
        let name = key[id.len() + 1..].to_string();
        match value.dyn_into::<Uint8Array>() {
            Ok(value) if value.length() >= 4 => {
                let mut crc = [0; 4];
                value.subarray(0, 4).copy_to(&mut crc);
                let bytes = value.subarray(4, value.length()).to_vec();
                Ok(Section { name, bytes, crc32: u32::from_le_bytes(crc) })
            }
            _ => Err(Problem::Damaged { part: name }),
        }
    };
    found.into_iter().map(section).collect()
}

/// A dataset younger than this may still be on its way into another tab's workspace.
const LEAST_AGE_MS: u64 = 3_600_000;

/// When a dataset was begun: its id starts with the time in hexadecimal milliseconds.
fn begun(id: &str) -> u64 {
    u64::from_str_radix(id.split('-').next().unwrap_or_default(), 16).unwrap_or(0)
}

/// Removes every dataset that no workspace needs any more.
pub async fn sweep(db: &Database, keep: &[String], now_ms: u64) -> Result<(), Problem> {
    let keys = async {
        let tx = db.transaction(SECTIONS).build()?;
        let keys: Vec<String> = tx.object_store(SECTIONS)?.get_all_keys().await?.collect::<Result<_, _>>()?;
        Ok::<_, Error>(keys)
    };
    let mut ids: Vec<String> = keys
        .await
        .map_err(|error| problem(error, 0))?
        .iter()
        .filter_map(|key| key.split_once('/').map(|(id, _)| id.to_string()))
        .collect();
    ids.dedup();
    ids.retain(|id| !keep.contains(id) && begun(id) + LEAST_AGE_MS < now_ms);
    if ids.is_empty() {
        return Ok(());
    }
    write(db, SECTIONS, 0, |tx| {
        let store = tx.object_store(SECTIONS)?;
        ids.iter().try_for_each(|id| store.delete::<String, _>(range(id)).primitive().map(drop))
    })
    .await
}

/// One writing transaction: everything is put without waiting in between, then the commit is awaited. What is
/// reported as done is on the disk.
async fn write(
    db: &Database,
    store: &str,
    size: u64,
    put: impl FnOnce(&Transaction<'_>) -> Result<(), Error>,
) -> Result<(), Problem> {
    let mut options = TransactionOptions::new();
    options.set_durability(TransactionDurability::Strict);
    let done = async {
        let tx = db.transaction(store).with_mode(TransactionMode::Readwrite).with_options(options).build()?;
        put(&tx)?;
        tx.commit().await
    };
    done.await.map_err(|error| problem(error, size))
}

/// Quota errors arrive as an exception of that name, or as an aborted transaction without any.
fn problem(error: Error, size: u64) -> Problem {
    let text = error.to_string();
    let quota = match &error {
        Error::DomException(DomException::AbortError(_)) => size > 0,
        Error::MissingData(_) => size > 0,
        _ => text.contains("Quota"),
    };
    match quota {
        true => Problem::StorageFull { needed_bytes: size, free_bytes: None },
        false => Problem::StorageDenied { detail: text },
    }
}
