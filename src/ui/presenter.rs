//! Presenter mode: one key makes the type large, hides the chrome, and reveals the explanation step by step.

use crate::ui::state::{AppState, app};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Listens for the keys of the whole page: P presents; arrows, space, page keys and Escape while presenting;
/// Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) outside text fields.
pub fn listen_to_keys(app: AppState) {
    window_event_listener(ev::keydown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is = |selector: &str| target.as_ref().is_some_and(|t| t.matches(selector).unwrap_or(false));
        let typing = is("input, textarea, select, [contenteditable]");
        // The space bar belongs to a button that has the focus.
        let pressing = event.key() == " " && is("button, summary, a");
        let in_dialog = document().query_selector("dialog[open]").ok().flatten().is_some();
        if typing || pressing || in_dialog {
            return;
        }
        let command = event.ctrl_key() || event.meta_key();
        let presenting = app.presenting.get_untracked();
        match (event.key().as_str(), presenting) {
            ("z" | "Z", _) if command && event.shift_key() => app.redo(),
            ("z", _) if command => app.undo(),
            ("y", _) if command => app.redo(),
            _ if command || event.alt_key() => return,
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
