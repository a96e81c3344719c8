//! Pages of a long table: back, forward, and a jump to any page.

use crate::core::show::Show as _;
use crate::ui::state::app;
use leptos::prelude::*;

#[component]
pub fn Pager(
    /// The open page, counted from 0.
    page: RwSignal<u64>,
    /// How many pages there are.
    #[prop(into)]
    pages: Signal<u64>,
) -> impl IntoView {
    let app = app();
    let last = move || pages.get().saturating_sub(1);
    let count = move |n: u64| app.formats.get().count(n as i64);
    view! {
        <Show when=move || { pages.get() > 1 }>
            <div class="pager" role="group" aria-label=move || app.text().pages>
                <button type="button" disabled=move || page.get() == 0 on:click=move |_| page.update(|p| *p = p.saturating_sub(1))>
                    {move || app.text().previous_page}</button>
                <label>
                    <span class="visually-hidden">{move || app.text().page_number}</span>
                    <input type="number" min="1" max=move || pages.get().to_string() prop:value=move || (page.get() + 1).to_string()
                        on:change=move |event| {
                            if let Ok(wanted) = event_target_value(&event).parse::<u64>() {
                                page.set(wanted.saturating_sub(1).min(last()));
                            }
                        } />
                </label>
                <span>{move || (app.text().of_pages)(&count(pages.get()))}</span>
                <button type="button" disabled=move || { page.get() >= last() } on:click=move |_| page.update(|p| *p = (*p + 1).min(last()))>
                    {move || app.text().next_page}</button>
            </div>
        </Show>
    }
}
