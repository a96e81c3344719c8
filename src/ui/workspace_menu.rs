//! Workspaces: rename, create, duplicate, delete with undo, switch; samples; files.

use crate::core::problem::Problem;
use crate::core::workspace::{SampleId, Source, Workspace, key};
use crate::io::download;
use crate::io::worker_client::Attached;
use crate::jobs::protocol::Request;
use crate::ui::dialog::Dialog;
use crate::ui::fields::ParsedField;
use crate::ui::file_drop::chosen;
use crate::ui::notices::Notice;
use crate::ui::saving;
use crate::ui::startup::{new_id, sample_workspace};
use crate::ui::state::{AppState, SaveState, app, parse};
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

#[component]
pub fn WorkspaceMenu(open: RwSignal<bool>) -> impl IntoView {
    let app = app();
    let text = move || app.text();
    let do_and_close = move |action: fn(AppState)| {
        move |_| {
            open.set(false);
            action(app);
        }
    };
    view! {
        <Dialog open title=Signal::derive(move || text().workspaces.to_string())>
            <ParsedField label=Signal::derive(move || text().name.to_string())
                value=Signal::derive(move || app.workspace.with(Workspace::name))
                write=|name: &String| name.clone()
                read=Callback::new(move |typed: String| read_name(app, &typed))
                on_change=Callback::new(move |(name, burst): (String, u64)| app.set_in_burst(key::NAME, &name, burst)) />
            <div class="actions">
                <button type="button" on:click=do_and_close(duplicate)>{move || text().duplicate}</button>
                <button type="button" on:click=do_and_close(|app| save_file(app, true))>{move || text().save_file}</button>
                <button type="button" on:click=do_and_close(|app| save_file(app, false))>{move || text().save_file_settings}</button>
                <button type="button" class="danger" on:click=do_and_close(delete_current)>{move || text().delete}</button>
            </div>
            <h3>{move || text().other_workspaces}</h3>
            <ul class="workspace-list">
                {move || app.others.get().into_values().map(|workspace| {
                    let (id, name) = (workspace.id.clone(), workspace.name());
                    view! {
                        <li>
                            <button type="button" class="row-button"
                                on:click=move |_| { open.set(false); switch_to(app, &id) }>{name}</button>
                        </li>
                    }
                }).collect_view()}
            </ul>
            <div class="actions">
                <button type="button" on:click=do_and_close(new_empty)>{move || text().new_workspace}</button>
                <label class="button">
                    {move || text().open_file}
                    <input type="file" class="visually-hidden" accept=".quintile,application/octet-stream"
                        on:change=move |event| {
                            open.set(false);
                            if let Some(file) = chosen(&event) {
                                open_file(app, file);
                            }
                        } />
                </label>
            </div>
            <Show when=move || app.bin.with(|bin| !bin.is_empty())><Bin open/></Show>
            <h3>{move || text().open_sample}</h3>
            <ul class="sample-list">
                {SampleId::ALL.into_iter().enumerate().map(|(index, sample)| view! {
                    <li>
                        <button type="button" class="row-button" on:click=move |_| {
                            open.set(false);
                            add(app, sample_workspace(sample, app.lang.get_untracked()));
                        }>{move || text().sample_names[index]}</button>
                        <span class="field-help">{move || text().sample_notes[index]}</span>
                    </li>
                }).collect_view()}
            </ul>
        </Dialog>
    }
}

/// The deleted workspaces: brought back one by one, or deleted for good together.
#[component]
fn Bin(open: RwSignal<bool>) -> impl IntoView {
    let app = app();
    let text = move || app.text();
    let confirming = RwSignal::new(false);
    view! {
        <h3>{move || text().bin}</h3>
        <p class="field-help">{move || text().bin_help}</p>
        <ul class="workspace-list bin">
            {move || app.bin.get().into_values().map(|workspace| {
                let (id, name) = (workspace.id.clone(), workspace.name());
                let label = { let name = name.clone(); move || (text().bring_back_named)(&name) };
                view! {
                    <li>
                        <span>{name}</span>
                        <button type="button" class="quiet" aria-label=label
                            on:click=move |_| { open.set(false); bring_back(app, &id) }>{move || text().bring_back}</button>
                    </li>
                }
            }).collect_view()}
        </ul>
        <div class="actions">
            <Show when=move || confirming.get() fallback=move || view! {
                <button type="button" class="danger" on:click=move |_| confirming.set(true)>{move || text().empty_bin}</button>
            }>
                <p role="alert">{move || text().empty_bin_confirm}</p>
                <button type="button" class="danger" on:click=move |_| empty_bin(app)>{move || text().empty_bin}</button>
                <button type="button" on:click=move |_| confirming.set(false)>{move || text().cancel}</button>
            </Show>
        </div>
    }
}

fn read_name(app: AppState, typed: &str) -> Result<String, String> {
    let name = typed.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(app
            .lang
            .get_untracked()
            .pick("Type a name of 1 to 80 characters.", "請輸入 1 到 80 個字的名稱。")
            .into());
    }
    Ok(name.to_string())
}

/// Makes a workspace the open one; the one open so far joins the others.
pub fn add(app: AppState, workspace: Workspace) {
    let before = app.workspace.get_untracked();
    app.others.update(|others| {
        others.remove(&workspace.id);
        others.insert(before.id.clone(), before);
    });
    app.workspace.set(workspace);
    app.reopen();
}

/// Opens another of the workspaces.
pub fn switch_to(app: AppState, id: &str) {
    if let Some(workspace) = app.others.with_untracked(|others| others.get(id).cloned()) {
        add(app, workspace);
    }
}

fn new_empty(app: AppState) {
    let name = app.text().new_workspace_name;
    add(app, Workspace::new(&new_id(), name, Source::Empty));
}

fn duplicate(app: AppState) {
    let mut copy = app.workspace.get_untracked();
    let name = (app.text().copy_of)(&copy.name());
    copy.id = new_id();
    copy.deletion = None;
    copy.records.insert(key::NAME.into(), name.into());
    add(app, copy);
}

/// The workspace that is opened in place of one that is deleted.
fn next(app: AppState) -> Workspace {
    let next = app.others.with_untracked(|others| others.values().next().cloned());
    next.unwrap_or_else(|| sample_workspace(SampleId::Shop, app.lang.get_untracked()))
}

/// Opens `next`; the open one is not kept among the others.
fn leave_for(app: AppState, next: Workspace) {
    let left = app.workspace.with_untracked(|workspace| workspace.id.clone());
    add(app, next);
    app.others.update(|others| drop(others.remove(&left)));
}

/// Leaves a workspace that was deleted in another tab.
pub fn leave_deleted(app: AppState, workspace: &Workspace) {
    let (id, text) = (workspace.id.clone(), app.text());
    leave_for(app, next(app));
    let notice = Notice::warning((text.deleted_elsewhere)(&workspace.name()));
    app.notices.show(notice.with_action(text.bring_back, move || bring_back(app, &id)));
}

/// Puts the open workspace into the bin, from which undo or the person brings it back.
pub fn delete_current(app: AppState) {
    if !app.may_edit() {
        return;
    }
    let (mut deleted, next, text) = (app.workspace.get_untracked(), next(app), app.text());
    let id = deleted.id.clone();
    deleted.delete(js_sys::Date::now() as u64, &next);
    app.bin.update(|bin| drop(bin.insert(id.clone(), deleted.clone())));
    let notice = Notice::plain((text.deleted)(&deleted.name()));
    // On its way to the disk before another tab may write it.
    saving::note(app, deleted);
    saving::save(app);
    leave_for(app, next);
    app.notices.show(notice.with_action(text.undo, move || bring_back(app, &id)));
}

/// Brings a deleted workspace back and opens it.
pub fn bring_back(app: AppState, id: &str) {
    let Some(mut workspace) = app.bin.with_untracked(|bin| bin.get(id).cloned()) else { return };
    app.bin.update(|bin| drop(bin.remove(id)));
    workspace.bring_back();
    let notice = Notice::plain((app.text().brought_back)(&workspace.name()));
    add(app, workspace);
    app.notices.show(notice);
}

/// Deletes what is in the bin for good.
fn empty_bin(app: AppState) {
    let bin = app.bin.try_update(std::mem::take).unwrap_or_default();
    spawn_local(async move {
        for workspace in bin.into_values() {
            if app.keeps()
                && let Err(problem) = saving::forget(app, &workspace).await
            {
                app.tell(&problem);
            }
        }
    });
}

pub fn save_file(app: AppState, with_data: bool) {
    spawn_local(async move {
        let workspace = app.workspace.get_untracked();
        let name = format!("{}.quintile", workspace.name());
        let request = Request::Save { workspace: Box::new(workspace), with_data };
        match app.ask(request, Attached::default(), |_| {}).await {
            Ok(answer) => {
                let bytes = answer.file();
                download::save(&name, "application/octet-stream", &bytes);
            }
            Err(problem) => app.tell(&problem),
        }
    });
}

/// Opens a workspace file that was chosen or dropped.
pub fn open_file(app: AppState, file: web_sys::File) {
    spawn_local(async move {
        // A file dropped while the stored workspaces are still being read has to wait for them.
        while !app.started.get_untracked() {
            crate::ui::job::wait(20).await;
        }
        let read = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
        let opened = match read {
            Ok(buffer) => open_bytes(app, Uint8Array::new(buffer.unchecked_ref())).await,
            Err(error) => Err(Problem::Unreadable { detail: crate::io::js_error(&error) }),
        };
        if let Err(problem) = opened {
            app.tell(&problem);
        }
    });
}

/// Opens a workspace file beside the others. Its data are stored before the workspace points at them.
async fn open_bytes(app: AppState, bytes: Uint8Array) -> Result<(), Problem> {
    let id = new_id();
    let keep = app.keeps();
    let attached = Attached { file: None, bytes: Some(bytes) };
    let answer = app.ask(Request::Load { id: id.clone(), keep }, attached, |_| {}).await?;
    let workspace: Workspace = parse(&answer.json)?;
    app.keep_unkept(&id, answer.bytes);
    let name = workspace.name();
    add(app, Workspace { id: new_id(), ..workspace });
    app.notices.show(Notice::plain((app.text().file_opened)(&name)));
    Ok(())
}

/// What a problem of saving means for the person, where the reason should be readable beside the button.
pub fn save_problem(app: AppState) -> Option<String> {
    match app.saved.get() {
        SaveState::Failed(problem) => Some(problem.say(app.lang.get())),
        _ => None,
    }
}
