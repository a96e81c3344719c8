//! Presenter mode: one key makes the type large, hides the chrome, and reveals the explanation step by step.

use crate::ui::state::{AppState, app};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Listens for the keys of the whole page: P presents; arrows, space, page keys and Escape while presenting;
/// Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) undo and redo, with Cmd on a Mac.
pub fn listen_to_keys(app: AppState) {
    let inputs = StoredValue::new(0_u64);
    window_event_listener(ev::input, move |_| inputs.update_value(|inputs| *inputs += 1));
    window_event_listener(ev::keydown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is = |selector: &str| target.as_ref().is_some_and(|t| t.matches(selector).unwrap_or(false));
        let in_dialog = document().query_selector("dialog[open]").ok().flatten().is_some();
        if in_dialog {
            return;
        }
        let command = event.ctrl_key() || event.meta_key();
        if let Some(step) = undo_or_redo(&event).filter(|_| command && !event.alt_key()) {
            if is(TEXT_FIELDS) {
                // What is being typed is the browser's to undo. Where nothing came of that, it is the program's.
                let before = inputs.get_value();
                let nothing_came = move || inputs.get_value() == before;
                set_timeout(
                    move || {
                        if nothing_came() {
                            step(app)
                        }
                    },
                    std::time::Duration::ZERO,
                );
            } else {
                event.prevent_default();
                step(app);
            }
            return;
        }
        let typing = is("input, textarea, select, [contenteditable]");
        // The space bar belongs to a button that has the focus.
        let pressing = event.key() == " " && is("button, summary, a");
        if typing || pressing || command || event.alt_key() {
            return;
        }
        match (event.key().as_str(), app.presenting.get_untracked()) {
            ("p" | "P", None) => start(app),
            ("p" | "P" | "Escape", Some(_)) => app.presenting.set(None),
            ("ArrowRight" | "PageDown" | " ", Some(step)) => reveal(app, step + 1),
            ("ArrowLeft" | "PageUp", Some(step)) => reveal(app, step.saturating_sub(1)),
            _ => return,
        }
        event.prevent_default();
    });
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            let _ = root.class_list().toggle_with_force("presenting", app.presenting.get().is_some());
        }
    });
}

/// Fields that have an undo of their own.
const TEXT_FIELDS: &str = "textarea, [contenteditable], \
    input:not([type=checkbox], [type=radio], [type=range], [type=file], [type=button], [type=color])";

fn undo_or_redo(event: &web_sys::KeyboardEvent) -> Option<fn(AppState)> {
    match event.key().as_str() {
        "z" | "Z" if event.shift_key() => Some(AppState::redo),
        "z" | "Z" => Some(AppState::undo),
        "y" | "Y" => Some(AppState::redo),
        _ => None,
    }
}

pub fn start(app: AppState) {
    app.presenting.set(Some(0));
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Shows so many steps and brings the newest into view.
fn reveal(app: AppState, steps: usize) {
    app.presenting.set(Some(steps));
    request_animation_frame(|| {
        if let Ok(Some(last)) = document().query_selector(".steps li:last-child") {
            last.scroll_into_view();
        }
    });
}

/// The few buttons of presenter mode, for those who have no keyboard at hand.
#[component]
pub fn PresenterBar() -> impl IntoView {
    let app = app();
    let step = move || app.presenting.get().unwrap_or_default();
    view! {
        <Show when=move || app.presenting.get().is_some()>
            // A landmark of its own: the bar stands outside of the page's content.
            <section aria-label=move || app.text().present>
                <div class="presenter-bar" role="toolbar" aria-label=move || app.text().present>
                    <button type="button" on:click=move |_| reveal(app, step().saturating_sub(1))>
                        "← " {move || app.text().previous_step}
                    </button>
                    <button type="button" on:click=move |_| reveal(app, step() + 1)>
                        {move || app.text().next_step} " →"
                    </button>
                    <button type="button" on:click=move |_| app.presenting.set(None)>{move || app.text().leave_presenting}</button>
                </div>
            </section>
        </Show>
    }
}
