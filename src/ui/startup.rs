//! From an empty page to the last state: read the stored workspaces, open the data, follow the address, save.

use crate::core::lang::Lang;
use crate::core::sample::SEED;
use crate::core::snapshot::Stored;
use crate::core::workspace::{self, SampleId, Source, Workspace};
use crate::ui::notices::Notice;
use crate::ui::routing::Router;
use crate::ui::state::AppState;
use crate::ui::text::ShellText;
use crate::ui::topbar::{is_dark, system_dark};
use crate::ui::{saving, tabs};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
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
        let sweepable = match app.keeps_nothing.get_untracked() {
            true => None,
            false => match saving::open(app).await {
                Ok(stored) => take_stored(app, stored),
                Err(problem) => {
                    saving::fail(app, problem);
                    None
                }
            },
        };
        let id = app.workspace.with_untracked(|workspace| workspace.id.clone());
        tabs::claim(app, id).await;
        app.started.set(true);
        router.follow(app);
        app.reopen();
        saving::watch(app);
        tabs::watch(app);
        if let Some(keep) = sweepable {
            saving::sweep(app, keep).await;
        }
    });
    keep_theme(app);
    tabs::listen(app);
}

/// Before everything is erased: nothing may hold the database open, nor write to it again.
pub fn let_go(app: AppState) {
    app.keeps_nothing.set(true);
    app.worker.with_value(|worker| worker.cancel());
    saving::close(app);
}

/// Sorts the stored workspaces into the open one, the others and the bin, and tells which could not be read. Gives the
/// datasets in use; none where that is not known.
fn take_stored(app: AppState, stored: BTreeMap<String, Stored>) -> Option<Vec<String>> {
    let mut keep = Some(Vec::new());
    let (mut all, mut bin) = (BTreeMap::new(), BTreeMap::new());
    for (id, Stored { workspace, restored, needs, .. }) in stored {
        match workspace {
            Ok(workspace) => {
                if restored {
                    let text = (app.text().restored)(&workspace.name());
                    app.notices.show(Notice::warning(text));
                }
                if let Some(keep) = &mut keep {
                    keep.extend(needs);
                }
                let place = if workspace.deleted_at_ms().is_some() { &mut bin } else { &mut all };
                place.insert(id, workspace);
            }
            Err(problem) => {
                // It stays as it is, and so do its data: a later version may read it.
                keep = None;
                app.tell(&problem);
            }
        }
    }
    let last = app.preferences.with_untracked(|p| p.workspace.clone());
    let current =
        last.and_then(|id| all.remove(&id)).or_else(|| all.pop_first().map(|(_, workspace)| workspace));
    if let Some(workspace) = current {
        app.workspace.set(workspace);
    }
    let now = js_sys::Date::now() as u64;
    let outlived: Vec<Workspace> =
        workspace::outlived(bin.values(), now).iter().filter_map(|id| bin.remove(id)).collect();
    app.others.set(all);
    app.bin.set(bin);
    spawn_local(async move {
        for workspace in outlived {
            // What could not be removed is tried again at the next start.
            let _ = saving::forget(app, &workspace).await;
        }
    });
    keep
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
