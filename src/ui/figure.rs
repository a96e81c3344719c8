//! One of the few figures that matter: what it is, the number, and a note.

use leptos::prelude::*;

#[component]
pub fn Figure(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] note: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="card">
            <p class="figure-label">{label}</p>
            <p class="figure-value">{value}</p>
            <p class="figure-note">{note}</p>
        </div>
    }
}
