//! The table behind a chart, a hundred rows at a time.

use crate::charts::spec::ChartSpec;
use crate::charts::table::table;
use crate::ui::chart_words::ChartWords;
use crate::ui::data_table::{heads, rows};
use crate::ui::state::app;
use leptos::prelude::*;

const PAGE: usize = 100;

#[component]
pub(super) fn ChartTable(spec: Signal<ChartSpec>, id: String) -> impl IntoView {
    let app = app();
    let words = move || ChartWords::of(app.lang.get());
    let data = Memo::new(move |_| spec.with(table));
    let count = move || data.with(|table| table.rows.len());
    let asked = RwSignal::new(0_usize);
    // Another chart may have fewer pages.
    let page = Memo::new(move |_| asked.get().min(count().saturating_sub(1) / PAGE));
    let from = move || page.get() * PAGE;
    let to = move || (from() + PAGE).min(count());
    view! {
        <div class="chart-table" id=id>
            // A box that scrolls must be reached by the keyboard.
            <div class="table-box" tabindex="0" role="group" aria-label=move || spec.with(|spec| spec.title.clone())>
                <table>
                    <caption>{move || spec.with(|spec| spec.title.clone())}</caption>
                    <thead><tr>{move || data.with(heads)}</tr></thead>
                    <tbody>{move || data.with(|table| rows(&table.rows[from()..to()]))}</tbody>
                </table>
            </div>
            <Show when=move || { count() > PAGE }>
                <div class="pager">
                    <button type="button" disabled=move || page.get() == 0
                        on:click=move |_| asked.set(page.get_untracked().saturating_sub(1))>{move || words().previous}</button>
                    <span>{move || words().rows(from() + 1, to(), count())}</span>
                    <button type="button" disabled=move || to() == count()
                        on:click=move |_| asked.set(page.get_untracked() + 1)>{move || words().next}</button>
                </div>
            </Show>
        </div>
    }
}
