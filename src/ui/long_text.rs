//! A text of somebody else's in a cell: cut where it is long, with the whole a press away.

use crate::core::excerpt::{excerpt, is_cut};
use leptos::prelude::*;

#[component]
pub fn LongText(text: String) -> impl IntoView {
    if !is_cut(&text) {
        return view! { <bdi>{text}</bdi> }.into_any();
    }
    let open = RwSignal::new(false);
    let short = excerpt(&text).into_owned();
    let text = StoredValue::new(text);
    view! {
        <details class="long-text" on:toggle=move |event| open.set(event_target::<web_sys::HtmlElement>(&event).has_attribute("open"))>
            <summary><bdi>{short}</bdi></summary>
            <Show when=move || open.get()><bdi>{text.get_value()}</bdi></Show>
        </details>
    }
    .into_any()
}
