//! Saving: what changes is stored after a moment, and at once when the page goes out of sight. "Saved" is shown when it
//! is on the disk; what cannot be stored is told, stays here, and is tried again.

use crate::core::problem::Problem;
use crate::core::snapshot::Stored;
use crate::core::workspace::Workspace;
use crate::io::db::{self, Database, Lost};
use crate::io::intl;
use crate::io::other_tabs::{self, Word};
use crate::io::worker_client::Attached;
use crate::jobs::protocol::Request;
use crate::ui::job::wait;
use crate::ui::notices::Notice;
use crate::ui::state::{AppState, Role, SaveState, parse};
use crate::ui::tabs;
use crate::ui::workspace_menu::save_file;
use js_sys::{Array, Promise};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, HashMap};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::VisibilityState;

/// How long a change waits for others that are stored with it.
pub const MOMENT_MS: i32 = 250;
/// After this a failed attempt is repeated.
const AGAIN_MS: i32 = 10_000;

/// What is stored, and what is not yet.
#[derive(Default)]
pub struct Store {
    database: Option<Database>,
    /// Nothing can be stored as long as this page is open.
    unavailable: bool,
    kept: HashMap<String, Kept>,
    /// States that are to be stored, by workspace.
    unsaved: HashMap<String, Workspace>,
    /// Somebody waits for the moment to pass.
    waiting: bool,
    /// Somebody waits to try again what has failed.
    trying_again: bool,
    /// Resolved when everything begun so far is stored or has failed.
    writing: Option<Promise>,
    /// Datasets that the worker has and the disk not yet, by id. The promise is there once the worker was asked to store
    /// them; it is rejected, with the problem, where it could not.
    unstored: BTreeMap<String, Option<Promise>>,
}

/// What is on the disk of a workspace.
struct Kept {
    turn: u64,
    workspace: Option<Workspace>,
}

impl Kept {
    fn of(stored: &Stored) -> Kept {
        // A state that was restored is not the newest on the disk: it is to be stored again.
        let workspace = stored.workspace.as_ref().ok().filter(|_| !stored.restored).cloned();
        Kept { turn: stored.turn, workspace }
    }
}

/// Opens the database and reads every workspace.
pub async fn open(app: AppState) -> Result<BTreeMap<String, Stored>, Problem> {
    let opened = connect(app).await;
    if opened.is_err() {
        app.store.update_value(|store| store.unavailable = true);
    }
    opened
}

async fn connect(app: AppState) -> Result<BTreeMap<String, Stored>, Problem> {
    let blocked = move || app.notices.show(Notice::warning(app.text().other_tab_is_older.to_string()));
    let database = db::open(blocked, move |lost| lose(app, lost)).await?;
    let all = db::workspaces(&database).await?;
    app.store.update_value(|store| {
        store.database = Some(database);
        store.kept = all.iter().map(|(id, stored)| (id.clone(), Kept::of(stored))).collect();
    });
    Ok(all)
}

/// The connection, had again where it was lost.
async fn database(app: AppState) -> Result<Database, Problem> {
    if let Some(database) = app.store.with_value(|store| store.database.clone()) {
        return Ok(database);
    }
    connect(app).await?;
    let known = app.workspaces_known();
    for workspace in known {
        // Where the storage was cleared, what is open here is all there is.
        note(app, workspace);
    }
    spawn_local(store_data_again(app));
    app.store.with_value(|store| store.database.clone()).ok_or(Problem::StorageLost { detail: String::new() })
}

/// Stores the open data again where they have vanished with the storage: the worker still has them.
async fn store_data_again(app: AppState) {
    let id = app.workspace.with_untracked(|workspace| workspace.source().stored_id().map(String::from));
    let (Some(id), Some(database)) = (id, app.store.with_value(|store| store.database.clone())) else {
        return;
    };
    if matches!(db::has_dataset(&database, &id).await, Ok(false))
        && let Err(problem) = app.ask(Request::Keep { id }, Attached::default(), |_| {}).await
    {
        app.tell(&problem);
    }
}

fn lose(app: AppState, lost: Lost) {
    if lost == Lost::Newer {
        // The connection ends after what is put now.
        save(app);
        app.store.update_value(|store| store.unavailable = true);
        app.saved.set(SaveState::Failed(Problem::NewerStorage));
        let notice = Notice::warning(Problem::NewerStorage.say(app.lang.get_untracked()));
        app.notices.show(notice.with_action(app.text().reload, || drop(window().location().reload())));
    }
    app.store.update_value(|store| store.database = None);
    if lost == Lost::Closed && app.keeps() {
        spawn_local(async move {
            if let Err(problem) = database(app).await {
                fail(app, problem);
            }
        });
    }
}

/// Ends the connection: nothing is stored any more.
pub fn close(app: AppState) {
    app.store.update_value(|store| {
        store.unsaved.clear();
        store.unstored.clear();
        if let Some(database) = store.database.take() {
            database.close();
        }
    });
}

/// Stores the open workspace after every change from now on.
pub fn watch(app: AppState) {
    Effect::new(move |_| {
        let workspace = app.workspace.get();
        if app.preferences.with_untracked(|p| p.workspace.as_ref() != Some(&workspace.id)) {
            app.prefer(|p| p.workspace = Some(workspace.id.clone()));
        }
        if app.keeps_nothing.get() {
            return app.saved.set(SaveState::KeepsNothing);
        }
        if app.role.get() != Role::Reader {
            note(app, workspace);
        }
    });
    window_event_listener(ev::pagehide, move |_| save(app));
    let hidden = move || document().visibility_state() == VisibilityState::Hidden;
    document_event_listener(ev::visibilitychange, move || {
        if hidden() {
            save(app);
        }
    });
    window_event_listener(ev::beforeunload, move |event| {
        let changed = app.workspace.with_untracked(|workspace| workspace.log.can_undo());
        if matches!(app.saved.get_untracked(), SaveState::Failed(_)) && changed {
            event.prevent_default();
        }
    });
}

fn document_event_listener<E: ev::EventDescriptor + 'static>(event: E, heard: impl Fn() + 'static) {
    let heard = wasm_bindgen::closure::Closure::<dyn Fn()>::new(heard);
    let target = wasm_bindgen::JsCast::unchecked_ref(heard.as_ref());
    let _ = document().add_event_listener_with_callback(&event.name(), target);
    heard.forget();
}

/// Takes note of a state that is to be stored, of the open workspace or another.
pub fn note(app: AppState, workspace: Workspace) {
    if !app.keeps() {
        return;
    }
    let is_kept = app.store.with_value(|store| {
        let kept = store.kept.get(&workspace.id).and_then(|kept| kept.workspace.as_ref());
        kept == Some(&workspace)
    });
    let waits = app.store.try_update_value(|store| {
        if is_kept {
            store.unsaved.remove(&workspace.id);
        } else {
            store.unsaved.insert(workspace.id.clone(), workspace);
        }
        std::mem::replace(&mut store.waiting, true)
    });
    show(app);
    if waits == Some(false) {
        spawn_local(async move {
            wait(MOMENT_MS).await;
            app.store.update_value(|store| store.waiting = false);
            save(app);
        });
    }
}

/// Shows whether the open workspace is on the disk as it is on the screen.
fn show(app: AppState) {
    let is_kept = app.store.with_value(|store| {
        app.workspace.with_untracked(|open| {
            store.kept.get(&open.id).is_some_and(|kept| kept.workspace.as_ref() == Some(open))
        })
    });
    match (is_kept, app.saved.get_untracked()) {
        (true, SaveState::Saved(_)) => {}
        (true, _) => app.saved.set(SaveState::Saved(intl::time_now())),
        (false, SaveState::Failed(_)) => {}
        (false, _) => app.saved.set(SaveState::Saving),
    }
}

/// Begins, before it returns, to store everything that is to be stored.
pub fn save(app: AppState) {
    // Whether this tab may write is about to be known: then it is asked again.
    let open = app.workspace.with_untracked(|open| open.id.clone());
    let waits_for_role = app.role.get_untracked() == Role::Asking;
    let now = app.store.try_update_value(|store| {
        let all = std::mem::take(&mut store.unsaved);
        let (later, now): (HashMap<_, _>, HashMap<_, _>) =
            all.into_iter().partition(|(id, _)| waits_for_role && *id == open);
        store.unsaved = later;
        now
    });
    let writing = Array::new();
    if let Some(before) = app.store.with_value(|store| store.writing.clone()) {
        writing.push(&before);
    }
    for workspace in now.unwrap_or_default().into_values() {
        writing.push(&put(app, workspace));
    }
    app.store.update_value(|store| store.writing = Some(Promise::all(&writing)));
}

/// Stores everything and waits until it is on the disk or has failed.
pub async fn saved(app: AppState) {
    save(app);
    if let Some(writing) = app.store.with_value(|store| store.writing.clone()) {
        let _ = JsFuture::from(writing).await;
    }
}

/// Begins to store a state; data that are not on the disk yet go before it.
fn put(app: AppState, workspace: Workspace) -> Promise {
    if app.store.with_value(|store| store.unstored.is_empty()) {
        return put_now(app, workspace);
    }
    future_to_promise(async move {
        // A state that points at what could not be stored has been taken back.
        match store_data(app).await {
            Ok(()) => JsFuture::from(put_now(app, workspace)).await,
            Err(_) => Ok(JsValue::UNDEFINED),
        }
    })
}

/// Data were imported that the disk does not have yet.
pub fn note_data(app: AppState, id: &str) {
    app.store.update_value(|store| drop(store.unstored.insert(id.to_string(), None)));
}

/// Has the worker store what it alone has, and waits for that: before a state is stored that points at it, and before the
/// worker opens or makes other data.
pub async fn store_data(app: AppState) -> Result<(), Problem> {
    let unstored = app.store.with_value(|store| store.unstored.clone());
    for (id, asked) in unstored {
        let asked = asked.unwrap_or_else(|| {
            let asked = future_to_promise(keep(app, id.clone()));
            app.store.update_value(|store| drop(store.unstored.insert(id, Some(asked.clone()))));
            asked
        });
        JsFuture::from(asked).await.map_err(|problem| {
            let problem = problem.as_string().unwrap_or_default();
            parse(&problem).unwrap_or(Problem::StorageLost { detail: problem })
        })?;
    }
    Ok(())
}

/// Asks the worker once; what it cannot store is taken back.
async fn keep(app: AppState, id: String) -> Result<JsValue, JsValue> {
    let worker = app.worker.get_value();
    let answer = worker.ask(&Request::Keep { id: id.clone() }, Attached::default(), |_| {}).await;
    let was_wanted = app.store.try_update_value(|store| store.unstored.remove(&id).is_some());
    match answer {
        Ok(_) => Ok(JsValue::UNDEFINED),
        Err(problem) => {
            if was_wanted == Some(true) {
                app.take_back(&id, &problem);
            }
            Err(serde_json::to_string(&problem).expect("a problem is JSON").into())
        }
    }
}

/// Begins to store a state.
fn put_now(app: AppState, workspace: Workspace) -> Promise {
    let begun = app.store.try_update_value(|store| {
        let kept = store.kept.entry(workspace.id.clone()).or_insert(Kept { turn: 0, workspace: None });
        // Reserved: another state may follow before this one is on the disk.
        kept.turn += 1;
        let database = store.database.as_ref()?;
        Some(db::put_workspace(database, &workspace, kept.turn))
    });
    future_to_promise(async move {
        let result = match begun.flatten() {
            Some(begun) => begun.await,
            None => Err(Problem::StorageLost { detail: String::new() }),
        };
        let result = match result {
            Err(Problem::StorageLost { .. }) if app.keeps() => put_again(app, &workspace).await,
            result => result,
        };
        settle(app, workspace, result).await;
        Ok(JsValue::UNDEFINED)
    })
}

/// Once more, over a new connection.
async fn put_again(app: AppState, workspace: &Workspace) -> Result<(), Problem> {
    app.store.update_value(|store| store.database = None);
    let database = database(app).await?;
    let turn = app.store.try_update_value(|store| {
        let kept = store.kept.entry(workspace.id.clone()).or_insert(Kept { turn: 0, workspace: None });
        kept.turn += 1;
        kept.turn
    });
    db::put_workspace(&database, workspace, turn.unwrap_or(1)).await
}

/// What follows from an attempt to store a state.
async fn settle(app: AppState, workspace: Workspace, result: Result<(), Problem>) {
    let id = workspace.id.clone();
    match result {
        Ok(()) => {
            app.store.update_value(|store| {
                if let Some(kept) = store.kept.get_mut(&id) {
                    kept.workspace = Some(workspace);
                }
            });
            if app.keeps() {
                app.saved.set(SaveState::Saving);
                show(app);
            }
            other_tabs::tell(&Word::Changed(id));
        }
        Err(Problem::SavedElsewhere) => {
            // It may have been this tab, whose connection was lost before it heard of it.
            if let Ok(Some(stored)) = look_up(app, &id).await
                && stored.workspace.as_ref() != Ok(&workspace)
            {
                app.tell(&Problem::SavedElsewhere);
                tabs::follow_from_now_on(app, &id);
            }
        }
        Err(problem) => {
            app.store.update_value(|store| {
                if let Some(kept) = store.kept.get_mut(&id) {
                    kept.turn = kept.turn.saturating_sub(1);
                }
                store.unsaved.entry(id).or_insert(workspace);
            });
            fail(app, problem);
        }
    }
}

/// Reads what is stored of a workspace; what is on the disk is known from then on.
pub async fn look_up(app: AppState, id: &str) -> Result<Option<Stored>, Problem> {
    let stored = db::workspace(&database(app).await?, id).await?;
    app.store.update_value(|store| match &stored {
        Some(stored) => drop(store.kept.insert(id.to_string(), Kept::of(stored))),
        None => drop(store.kept.remove(id)),
    });
    Ok(stored)
}

/// Tells what is wrong, offers the way out, and tries again after a while.
pub fn fail(app: AppState, problem: Problem) {
    let is_new = !matches!(app.saved.get_untracked(), SaveState::Failed(before) if before == problem);
    app.saved.set(SaveState::Failed(problem.clone()));
    if is_new {
        let notice = Notice::warning(problem.say(app.lang.get_untracked()));
        app.notices.show(notice.with_action(app.text().save_file, move || save_file(app, true)));
    }
    let tries = |store: &mut Store| std::mem::replace(&mut store.trying_again, true);
    if app.keeps() && app.store.try_update_value(tries) == Some(false) {
        spawn_local(async move {
            wait(AGAIN_MS).await;
            app.store.update_value(|store| store.trying_again = false);
            save(app);
        });
    }
}

/// Whether a state of the workspace waits to be stored.
pub fn is_unsaved(app: AppState, id: &str) -> bool {
    app.store.with_value(|store| store.unsaved.contains_key(id))
}

/// Whether a workspace that is deleted on the disk waits to be stored as one that is not.
pub fn brings_back(app: AppState, id: &str) -> bool {
    app.store.with_value(|store| {
        let kept = store.kept.get(id).and_then(|kept| kept.workspace.as_ref());
        let is_deleted = |workspace: &Workspace| workspace.deleted_at_ms().is_some();
        kept.is_some_and(is_deleted) && store.unsaved.get(id).is_some_and(|unsaved| !is_deleted(unsaved))
    })
}

/// What another tab has saved takes the place of what waits to be stored.
pub fn drop_unsaved(app: AppState, id: &str) {
    app.store.update_value(|store| drop(store.unsaved.remove(id)));
}

/// Removes a workspace and the data that no other needs, for good.
pub async fn forget(app: AppState, workspace: &Workspace) -> Result<(), Problem> {
    let database = database(app).await?;
    app.store.update_value(|store| {
        store.kept.remove(&workspace.id);
        store.unsaved.remove(&workspace.id);
    });
    db::delete_workspace(&database, &workspace.id).await?;
    let needed: Vec<String> =
        db::workspaces(&database).await?.into_values().flat_map(|stored| stored.needs).collect();
    let mut ids = workspace.stored_ids();
    ids.retain(|id| !needed.contains(id));
    if !ids.is_empty() {
        db::delete_datasets(&database, &ids).await?;
    }
    other_tabs::tell(&Word::Changed(workspace.id.clone()));
    Ok(())
}

/// Removes datasets that an interrupted import or a deleted workspace has left behind; `keep` are those in use.
pub async fn sweep(app: AppState, keep: Vec<String>) {
    if let Some(database) = app.store.with_value(|store| store.database.clone()) {
        // A failure leaves the orphans for the next start.
        let _ = db::sweep(&database, &keep, js_sys::Date::now() as u64).await;
    }
}

impl AppState {
    /// Whether what is entered and imported is stored on this device.
    pub fn keeps(self) -> bool {
        !self.keeps_nothing.get_untracked() && !self.store.with_value(|store| store.unavailable)
    }

    /// Every workspace of which this page has a state that belongs on the disk.
    fn workspaces_known(self) -> Vec<Workspace> {
        let mut known: Vec<Workspace> =
            self.others.with_untracked(|others| others.values().cloned().collect());
        known.extend(self.bin.with_untracked(|bin| bin.values().cloned().collect::<Vec<_>>()));
        if self.role.get_untracked() != Role::Reader {
            known.push(self.workspace.get_untracked());
        }
        known
    }
}
