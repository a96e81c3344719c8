//! IndexedDB: the states of workspaces under a checksum each, and datasets as binary sections that never change once
//! written.
//!
//! A dataset is written under a new id; only then does a workspace point at it. An interrupted import therefore
//! leaves orphans, which are removed at the next start, and never half a dataset. A workspace's new state is *added*
//! under its next turn: of two tabs that save after the same state only one succeeds.

#[cfg(feature = "worker")]
mod sections;
#[cfg(feature = "ui")]
mod workspaces;

#[cfg(feature = "worker")]
pub use sections::{put_sections, sections};
#[cfg(feature = "ui")]
pub use workspaces::{
    delete_datasets, delete_workspace, has_dataset, put_workspace, sweep, workspace, workspaces,
};

use crate::core::problem::Problem;
use crate::io::{get, js_error, set};
use js_sys::{Array, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbVersionChangeEvent,
};

/// All projects of one host share its storage, so every name starts with the program's.
pub const NAME: &str = "quintile";
/// Version 1 kept one record for each workspace, without a checksum.
const VERSION: u32 = 2;
const WORKSPACES: &str = "workspaces";
const SECTIONS: &str = "sections";

#[wasm_bindgen]
extern "C" {
    /// `IDBDatabase` with the options of a transaction.
    #[wasm_bindgen(extends = IdbDatabase)]
    type WithOptions;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &WithOptions,
        store: &str,
        mode: &str,
        options: &JsValue,
    ) -> Result<Transaction, JsValue>;

    #[wasm_bindgen(extends = IdbTransaction)]
    type Transaction;

    #[wasm_bindgen(method, catch)]
    fn commit(this: &Transaction) -> Result<(), JsValue>;
}

/// An open connection; clones share it.
#[derive(Clone)]
pub struct Database(IdbDatabase);

impl Database {
    pub fn close(&self) {
        self.0.close();
    }
}

/// Why an open connection has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The browser has closed it: the site's data were cleared, or the storage failed.
    Closed,
    /// Another tab is about to open a newer version of the database, and waits for this connection to end.
    Newer,
    /// Another tab is about to delete the database.
    Deleted,
}

/// Opens the database. `on_blocked` is called when another tab keeps an older version open, and opening goes on once
/// it is closed; `on_lost` when this connection has ended.
pub async fn open(
    on_blocked: impl Fn() + 'static,
    on_lost: impl Fn(Lost) + 'static,
) -> Result<Database, Problem> {
    let request = factory()?.open_with_u32(NAME, VERSION).map_err(|error| problem(&error, 0))?;
    let upgrade = {
        let request = request.clone();
        Closure::<dyn Fn()>::new(move || make_stores(&request))
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let blocked = Closure::<dyn Fn()>::new(on_blocked);
    request.set_onblocked(Some(blocked.as_ref().unchecked_ref()));
    let database: IdbDatabase = result(&request).await.map_err(|error| problem(&error, 0))?.unchecked_into();

    let on_lost = std::rc::Rc::new(on_lost);
    let closed = {
        let on_lost = on_lost.clone();
        Closure::<dyn Fn()>::new(move || on_lost(Lost::Closed))
    };
    database.set_onclose(Some(closed.as_ref().unchecked_ref()));
    closed.forget();
    let changes = Closure::<dyn Fn(_)>::new(move |event: IdbVersionChangeEvent| {
        on_lost(if event.new_version().is_some() { Lost::Newer } else { Lost::Deleted });
        // What is being written is finished first.
        if let Some(database) = event.target() {
            database.unchecked_into::<IdbDatabase>().close();
        }
    });
    database.set_onversionchange(Some(changes.as_ref().unchecked_ref()));
    changes.forget();
    Ok(Database(database))
}

fn factory() -> Result<IdbFactory, Problem> {
    get(&js_sys::global(), "indexedDB")
        .dyn_into()
        .map_err(|_| Problem::StorageDenied { detail: "IndexedDB".into() })
}

fn make_stores(request: &IdbOpenDbRequest) {
    let Ok(database) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
    for store in [WORKSPACES, SECTIONS] {
        if !database.object_store_names().contains(store) {
            // Where it fails, opening fails too, with the browser's reason.
            let _ = database.create_object_store(store);
        }
    }
}

/// Asks the browser not to clear the data when it runs short of space. It may decline; nothing depends on it.
#[cfg(feature = "ui")]
pub fn ask_to_persist() {
    wasm_bindgen_futures::spawn_local(async {
        let _ = storage_manager("persist").await;
    });
}

/// Removes the whole database: "erase everything on this device".
#[cfg(feature = "ui")]
pub async fn erase() -> Result<(), Problem> {
    let request = factory()?.delete_database(NAME).map_err(|error| problem(&error, 0))?;
    result(&request).await.map(drop).map_err(|error| problem(&error, 0))
}

/// Keys that begin with `id/` lie between that and `id0`: `0` is the character after `/`.
fn range(id: &str) -> Result<IdbKeyRange, JsValue> {
    let (from, to) = (format!("{id}/"), format!("{id}0"));
    IdbKeyRange::bound_with_lower_open_and_upper_open(&from.into(), &to.into(), false, true)
}

/// Keys and values of a store, or of a part of it.
async fn all(
    db: &Database,
    store: &str,
    part: Option<IdbKeyRange>,
) -> Result<Vec<(String, JsValue)>, Problem> {
    let part = part.map_or(JsValue::UNDEFINED, JsValue::from);
    let found = async {
        let store = db.0.transaction_with_str(store)?.object_store(store)?;
        let (keys, values) = (store.get_all_keys_with_key(&part)?, store.get_all_with_key(&part)?);
        let (keys, values) = (settled(&keys), settled(&values));
        Ok::<_, JsValue>((Array::from(&keys.await?), Array::from(&values.await?)))
    };
    let (keys, values) = found.await.map_err(|error| problem(&error, 0))?;
    Ok(keys.iter().filter_map(|key| key.as_string()).zip(values.iter()).collect())
}

/// One writing transaction: everything is put without waiting in between, then the commit is awaited. What is
/// reported as done is on the disk.
async fn write(
    db: &Database,
    store: &str,
    size: u64,
    put: impl FnOnce(&IdbObjectStore) -> Result<(), JsValue>,
) -> Result<(), Problem> {
    finish(begin(db, store, put), size).await
}

/// Waits until a transaction is committed.
async fn finish(begun: Result<Begun, JsValue>, size: u64) -> Result<(), Problem> {
    let done = async {
        let Begun { transaction, finished } = begun?;
        let finished = JsFuture::from(finished).await;
        finished.map(drop).map_err(|_| transaction.error().map_or(JsValue::NULL, JsValue::from))
    };
    let Err(error) = done.await else { return Ok(()) };
    match problem(&error, size) {
        Problem::StorageFull { needed_bytes, .. } => {
            // Browsers that hide how much there is say more than there can be.
            let free_bytes = free_bytes().await.filter(|free| *free < needed_bytes);
            Err(Problem::StorageFull { needed_bytes, free_bytes })
        }
        problem => Err(problem),
    }
}

/// A transaction in which everything is put; `finished` is resolved when it is committed and rejected when it is
/// aborted.
struct Begun {
    transaction: Transaction,
    finished: Promise,
}

fn begin(
    db: &Database,
    store: &str,
    put: impl FnOnce(&IdbObjectStore) -> Result<(), JsValue>,
) -> Result<Begun, JsValue> {
    let options = Object::new();
    set(&options, "durability", "strict".into());
    let transaction = db.0.unchecked_ref::<WithOptions>().transaction(store, "readwrite", &options)?;
    let finished = Promise::new(&mut |complete, abort| {
        transaction.set_oncomplete(Some(&complete));
        transaction.set_onabort(Some(&abort));
    });
    if let Err(error) = transaction.object_store(store).and_then(|store| put(&store)) {
        transaction.set_onabort(None);
        let _ = transaction.abort();
        return Err(error);
    }
    // It would commit by itself; said aloud, it also does where the page is being closed.
    let _ = transaction.commit();
    Ok(Begun { transaction, finished })
}

/// Listens to a request at once, so that its answer cannot come before somebody waits for it.
fn settled(request: &IdbRequest) -> impl Future<Output = Result<JsValue, JsValue>> + use<> {
    let done = Promise::new(&mut |success, error| {
        request.set_onsuccess(Some(&success));
        request.set_onerror(Some(&error));
    });
    let request = request.clone();
    async move {
        match JsFuture::from(done).await {
            Ok(_) => request.result(),
            Err(_) => Err(request.error()?.map_or(JsValue::NULL, JsValue::from)),
        }
    }
}

async fn result(request: &IdbRequest) -> Result<JsValue, JsValue> {
    settled(request).await
}

/// What a failure means. A transaction that was aborted without a reason has lost its connection.
fn problem(error: &JsValue, size: u64) -> Problem {
    let detail = if error.is_null() { "AbortError".to_string() } else { js_error(error) };
    match get(error, "name").as_string().as_deref() {
        Some("QuotaExceededError") => Problem::StorageFull { needed_bytes: size, free_bytes: None },
        Some("ConstraintError") => Problem::SavedElsewhere,
        Some("VersionError") => Problem::NewerStorage,
        Some("InvalidStateError" | "AbortError") | None => Problem::StorageLost { detail },
        Some(_) => Problem::StorageDenied { detail },
    }
}

/// What the browser still gives this site, by its own estimate.
async fn free_bytes() -> Option<u64> {
    let estimate = storage_manager("estimate").await.ok()?;
    let number = |key| get(&estimate, key).as_f64();
    Some((number("quota")? - number("usage")?).max(0.0) as u64)
}

/// Asks `navigator.storage`, of the page or of a worker.
async fn storage_manager(method: &str) -> Result<JsValue, JsValue> {
    let manager = get(&get(&js_sys::global(), "navigator"), "storage");
    let method: js_sys::Function = get(&manager, method).dyn_into()?;
    JsFuture::from(method.call0(&manager)?.dyn_into::<Promise>()?).await
}
