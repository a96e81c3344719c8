//! From an empty page to the last state: read the stored workspaces, open the data, follow the address, save.

use crate::core::lang::Lang;
use crate::core::problem::Problem;
use crate::core::sample::SEED;
use crate::core::workspace::{FORMAT, SampleId, Source, Workspace};
use crate::io::worker_client::Attached;
use crate::io::{db, intl, other_tabs};
use crate::jobs::protocol::Request;
use crate::ui::routing::Router;
use crate::ui::state::{AppState, SaveState};
use crate::ui::text::ShellText;
use crate::ui::topbar::{is_dark, system_dark};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;
use wasm_bindgen::prelude::*;

/// A new workspace on a sample, named in the reader's language.
pub fn sample_workspace(sample: SampleId, lang: Lang) -> Workspace {
    let index = SampleId::ALL.iter().position(|other| *other == sample).unwrap_or_default();
    let name = ShellText::of(lang).sample_names[index];
    Workspace::new(&new_id(), name, Source::sample(sample, SEED))
}

/// An id that no other workspace or dataset has.
pub fn new_id() -> String {
    format!("{:x}-{:08x}", js_sys::Date::now() as u64, (js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}

/// Reads what is stored and goes on where the person left off.
pub fn start(app: AppState, router: Router) {
    spawn_local(async move {
        let stored = match app.keeps_nothing.get_untracked() {
            true => Vec::new(),
            false => match read_stored(app).await {
                Ok(stored) => stored,
                Err(problem) => {
                    app.tell(&problem);
                    app.saved.set(SaveState::Failed(problem));
                    Vec::new()
                }
            },
        };
        let last = app.preferences.with_untracked(|p| p.workspace.clone());
        let mut all: std::collections::BTreeMap<String, Workspace> =
            stored.into_iter().map(|workspace| (workspace.id.clone(), workspace)).collect();
        let current =
            last.and_then(|id| all.remove(&id)).or_else(|| all.pop_first().map(|(_, workspace)| workspace));
        if let Some(workspace) = current {
            app.workspace.set(workspace);
        }
        app.others.set(all);
        // Before anything new can be stored: a dataset that no workspace knows now is an orphan.
        spawn_local(sweep(app));
        app.started.set(true);
        router.follow(app);
        app.reopen();
        save_from_now_on(app);
    });
    keep_theme(app);
    other_tabs::on_erase(move || {
        let_go(app);
        // The page begins anew as soon as the other tab is done: opening the database waits for its deletion.
        let _ = window().location().reload();
    });
}

/// Before everything is erased: nothing may hold the database open, nor write to it again.
pub fn let_go(app: AppState) {
    app.keeps_nothing.set(true);
    app.worker.with_value(|worker| worker.cancel());
    if let Some(database) = app.database.get_value() {
        database.close();
    }
    app.database.set_value(None);
}

async fn read_stored(app: AppState) -> Result<Vec<Workspace>, Problem> {
    let database = db::open().await?;
    let stored = db::workspaces(&database).await?;
    app.database.set_value(Some(database));
    let mut workspaces = Vec::new();
    for json in stored {
        match serde_json::from_str::<Workspace>(&json) {
            Ok(workspace) if workspace.format <= FORMAT => workspaces.push(workspace),
            Ok(workspace) => app.tell(&Problem::NewerFormat { found: workspace.format, known: FORMAT }),
            Err(error) => app.tell(&Problem::Damaged { part: error.to_string() }),
        }
    }
    Ok(workspaces)
}

/// Saves the open workspace after every change, once a burst of changes has settled. One that is left for another
/// within that moment is saved all the same.
fn save_from_now_on(app: AppState) {
    let revisions = StoredValue::new(HashMap::<String, u64>::new());
    Effect::new(move |_| {
        let workspace = app.workspace.get();
        let id = workspace.id.clone();
        app.prefer(|p| p.workspace = Some(id.clone()));
        if app.keeps_nothing.get() {
            return app.saved.set(SaveState::KeepsNothing);
        }
        let Some(database) = app.database.get_value() else { return };
        app.saved.set(SaveState::Saving);
        revisions.update_value(|all| *all.entry(id.clone()).or_default() += 1);
        let revision = move |id: &str| revisions.with_value(|all| all.get(id).copied());
        let mine = revision(&id);
        spawn_local(async move {
            crate::ui::job::wait(250).await;
            let is_open = || app.workspace.with_untracked(|open| open.id == id);
            let is_deleted = !is_open() && !app.others.with_untracked(|others| others.contains_key(&id));
            if revision(&id) != mine || is_deleted || app.keeps_nothing.get_untracked() {
                return;
            }
            let json = serde_json::to_string(&workspace).expect("a workspace is JSON");
            let result = db::put_workspace(&database, &id, &json).await;
            if let Err(problem) = &result {
                app.tell(problem);
            }
            if revision(&id) == mine && is_open() {
                app.saved.set(match result {
                    Ok(()) => SaveState::Saved(intl::time_now()),
                    Err(problem) => SaveState::Failed(problem),
                });
            }
        });
    });
}

/// Removes datasets that an interrupted import or a deleted workspace has left behind.
async fn sweep(app: AppState) {
    if app.database.with_value(Option::is_none) {
        return;
    }
    let mut keep = app.workspace.with_untracked(Workspace::stored_ids);
    app.others.with_untracked(|others| keep.extend(others.values().flat_map(Workspace::stored_ids)));
    // A failure leaves the orphans for the next start.
    let _ = app.ask(Request::Sweep { keep }, Attached::default(), |_| {}).await;
}

/// Light or dark: by the person's choice, else as the system, following it when it changes.
fn keep_theme(app: AppState) {
    let apply = move || {
        let dark = is_dark(app.preferences.with(|p| p.theme));
        if app.dark.get_untracked() != dark {
            app.dark.set(dark);
        }
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
        }
    };
    Effect::new(move |_| apply());
    if let Some(query) = system_dark() {
        let on_change = Closure::<dyn Fn()>::new(move || untrack(apply));
        let _ = query.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref());
        on_change.forget();
    }
}
