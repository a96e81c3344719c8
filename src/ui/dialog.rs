//! The browser's own modal dialog: it traps the focus, closes with Escape and gives the focus back.

use crate::ui::state::app;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Dialog(
    /// Open while true; set to false when the person closes it.
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let app = app();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            match (open.get(), dialog.open()) {
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    view! {
        <dialog class="dialog" node_ref=node on:close=move |_| open.set(false) aria-label=title>
            <div class="dialog-head">
                <h2>{title}</h2>
                <button type="button" class="icon" aria-label=move || app.text().close
                    on:click=move |_| open.set(false)>"×"</button>
            </div>
            <Show when=move || open.get()>{children()}</Show>
        </dialog>
    }
}
