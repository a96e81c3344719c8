//! Several tabs: for each workspace one tab writes, the others show what it saves and can take over.

use crate::io::locks::{self, Ask, Lock, NoLocks};
use crate::io::other_tabs::{self, Word};
use crate::ui::job::wait;
use crate::ui::saving;
use crate::ui::startup;
use crate::ui::state::{AppState, Role, app};
use crate::ui::workspace_menu::leave_deleted;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long the writer has to answer before the workspace is taken from it: it may be asleep in the background.
const PATIENCE_MS: i32 = 2_000;

/// This tab's claim on the open workspace.
#[derive(Default)]
pub struct Claim {
    lock: Option<Lock>,
    /// Counts claims: what belongs to an earlier one has no say any more.
    number: u64,
    /// The writer has let go of this workspace.
    given: Option<String>,
}

fn lock_name(id: &str) -> String {
    format!("quintile.workspace.{id}")
}

/// Lets other tabs write the open workspace.
pub fn let_go(app: AppState) {
    begin(app);
}

/// A new claim; the lock of the one before is let go.
fn begin(app: AppState) -> u64 {
    let number = app.claim.try_update_value(|claim| {
        claim.lock = None;
        claim.number += 1;
        claim.number
    });
    number.unwrap_or_default()
}

fn is_current(app: AppState, number: u64) -> bool {
    app.claim.try_with_value(|claim| claim.number) == Some(number)
}

async fn ask(app: AppState, id: &str, how: Ask, number: u64) -> Result<bool, NoLocks> {
    let on_taken = {
        let id = id.to_string();
        move || {
            if is_current(app, number) && app.role.get_untracked() == Role::Writer {
                follow_from_now_on(app, &id);
            }
        }
    };
    let lock = locks::ask(&lock_name(id), how, on_taken).await?;
    let has = lock.is_some();
    if is_current(app, number) {
        app.claim.update_value(|claim| claim.lock = lock);
    }
    Ok(has)
}

/// Finds out whether this tab writes the open workspace, whenever another is opened.
pub fn watch(app: AppState) {
    let open = Memo::new(move |_| app.workspace.with(|workspace| workspace.id.clone()));
    Effect::new(move |before: Option<String>| {
        let id = open.get();
        if before.is_some_and(|before| before != id) {
            app.role.set(Role::Asking);
            spawn_local(claim(app, id.clone()));
        }
        id
    });
}

/// Claims the open workspace. The tab that comes second shows what the first one saves, until that one is closed or
/// the person takes over.
pub async fn claim(app: AppState, id: String) {
    // The workspace that was left is on its way to the disk before another tab may write it.
    saving::save(app);
    let number = begin(app);
    if !app.keeps() {
        return app.role.set(Role::Writer);
    }
    let mut answer = ask(app, &id, Ask::IfFree, number).await;
    // The tab that deleted what is brought back here is about to let go of it.
    for _ in 0..PATIENCE_MS / 50 {
        if answer != Ok(false) || !is_current(app, number) || !saving::brings_back(app, &id) {
            break;
        }
        wait(50).await;
        answer = ask(app, &id, Ask::IfFree, number).await;
    }
    match answer {
        // Without locks the turns of the stored states keep two tabs from writing over each other.
        Ok(true) | Err(NoLocks) => write_from_now_on(app, &id, number).await,
        Ok(false) if is_current(app, number) => follow_from_now_on(app, &id),
        Ok(false) => {}
    }
}

/// This tab may write: first it takes the newest state from the disk.
async fn write_from_now_on(app: AppState, id: &str, number: u64) {
    refresh(app, id).await;
    if is_current(app, number) {
        app.role.set(Role::Writer);
        saving::save(app);
    }
}

/// This tab only shows the workspace, and waits for its turn to write.
pub fn follow_from_now_on(app: AppState, id: &str) {
    let id = id.to_string();
    if app.workspace.with_untracked(|open| open.id != id) {
        return;
    }
    app.role.set(Role::Reader);
    saving::drop_unsaved(app, &id);
    let number = begin(app);
    spawn_local(async move {
        refresh(app, &id).await;
        if let Ok(true) = ask(app, &id, Ask::InTurn, number).await
            && is_current(app, number)
        {
            write_from_now_on(app, &id, number).await;
        }
    });
}

/// Lets this tab write: the writer is asked to save and to let go.
pub async fn take_over(app: AppState) {
    let id = app.workspace.with_untracked(|open| open.id.clone());
    app.claim.update_value(|claim| claim.given = None);
    other_tabs::tell(&Word::Wanted(id.clone()));
    for _ in 0..PATIENCE_MS / 50 {
        if app.claim.with_value(|claim| claim.given.as_ref() == Some(&id)) {
            break;
        }
        wait(50).await;
    }
    if app.workspace.with_untracked(|open| open.id != id) {
        return;
    }
    let number = begin(app);
    let _ = ask(app, &id, Ask::TakeOver, number).await;
    if is_current(app, number) {
        write_from_now_on(app, &id, number).await;
    }
}

/// Hears what other tabs say.
pub fn listen(app: AppState) {
    other_tabs::listen(move |word| match word {
        Word::Erase => {
            startup::let_go(app);
            // The page begins anew as soon as the other tab is done: opening the database waits for its deletion.
            let _ = window().location().reload();
        }
        Word::Yours(id) => app.claim.update_value(|claim| claim.given = Some(id)),
        Word::Changed(id) if writes(app, &id) => {
            // Only where the browser has no locks can two tabs believe that they write: the later one follows.
            if app.claim.with_value(|claim| claim.lock.is_none()) {
                follow_from_now_on(app, &id);
            }
        }
        Word::Changed(id) => {
            if app.keeps() {
                spawn_local(async move { refresh(app, &id).await });
            }
        }
        Word::Wanted(id) => {
            if writes(app, &id) && app.keeps() {
                // From here on nothing is entered that would not be stored.
                app.role.set(Role::Reader);
                spawn_local(async move {
                    saving::saved(app).await;
                    other_tabs::tell(&Word::Yours(id.clone()));
                    follow_from_now_on(app, &id);
                });
            }
        }
    });
}

fn writes(app: AppState, id: &str) -> bool {
    app.role.get_untracked() == Role::Writer && app.workspace.with_untracked(|open| open.id == id)
}

/// Takes a workspace from the disk: the open one unless this tab writes it, or one of the others.
async fn refresh(app: AppState, id: &str) {
    let is_open = || app.workspace.with_untracked(|open| open.id == id);
    let is_newest_here = || writes(app, id) || saving::is_unsaved(app, id);
    if is_newest_here() {
        return;
    }
    let stored = match saving::look_up(app, id).await {
        Ok(stored) => stored,
        Err(problem) => return app.tell(&problem),
    };
    // While the disk was read, the person may have brought it back, or changed it.
    if is_newest_here() {
        return;
    }
    match stored.map(|stored| stored.workspace) {
        Some(Ok(workspace)) if workspace.deleted_at_ms().is_some() => {
            app.others.update(|others| drop(others.remove(id)));
            app.bin.update(|bin| drop(bin.insert(id.to_string(), workspace.clone())));
            if is_open() {
                leave_deleted(app, &workspace);
            }
        }
        Some(Ok(workspace)) => {
            app.bin.update(|bin| drop(bin.remove(id)));
            if is_open() {
                app.show_state(workspace);
            } else {
                app.others.update(|others| drop(others.insert(id.to_string(), workspace)));
            }
        }
        // It cannot be read, and its own tab tells why; or it was never stored.
        Some(Err(_)) => {}
        None => {
            app.others.update(|others| drop(others.remove(id)));
            app.bin.update(|bin| drop(bin.remove(id)));
        }
    }
}

/// Says that the workspace is edited in another tab, and lets the person take over.
#[component]
pub fn ReadOnlyBanner() -> impl IntoView {
    let app = app();
    let asking = RwSignal::new(false);
    let take = move |_| {
        asking.set(true);
        spawn_local(async move {
            take_over(app).await;
            asking.set(false);
        });
    };
    view! {
        <div role="status">
            <Show when=move || app.role.get() == Role::Reader>
                <div class="read-only">
                    <p id="read-only-text">{move || app.text().read_only_help}</p>
                    <button type="button" id="take-over" aria-describedby="read-only-text" disabled=asking on:click=take>
                        {move || app.text().take_over}
                    </button>
                </div>
            </Show>
        </div>
    }
}
