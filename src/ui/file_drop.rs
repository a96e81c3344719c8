//! A file dropped anywhere on the page goes to the data page, or opens as a workspace.

use crate::core::table::TableKind;
use crate::ui::state::AppState;
use crate::ui::workspace_menu;
use leptos::ev;
use leptos::prelude::*;

pub fn listen_to_drops(app: AppState) {
    window_event_listener(ev::dragover, |event| event.prevent_default());
    window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            take(app, file, None);
        }
    });
}

/// Takes a file by what it is; `kind` is what the person says that a table holds.
pub fn take(app: AppState, file: web_sys::File, kind: Option<TableKind>) {
    let name = file.name();
    if name.to_lowercase().ends_with(".quintile") {
        workspace_menu::open_file(app, file);
    } else {
        app.pick(&name, file.into(), kind);
        let _ = window().location().set_hash("#/data");
    }
}

/// The file of an `<input type="file">`; the input is emptied, so that the same file can be chosen again.
pub fn chosen(event: &web_sys::Event) -> Option<web_sys::File> {
    let input = event_target::<web_sys::HtmlInputElement>(event);
    let file = input.files().and_then(|files| files.get(0));
    input.set_value("");
    file
}
