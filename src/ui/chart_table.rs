//! The table behind a chart, a hundred rows at a time.

use crate::charts::spec::ChartSpec;
use crate::charts::table::{Cell, Table, table};
use crate::ui::chart_words::ChartWords;
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
                    <thead><tr>{move || data.with(headers)}</tr></thead>
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

fn headers(table: &Table) -> impl IntoView + use<> {
    let numeric = |column: usize| table.rows.iter().any(|row| row[column].number.is_some());
    let header = |(column, name): (usize, &String)| {
        let (number, name) = (numeric(column), name.clone());
        view! { <th scope="col" class:number=number>{name}</th> }
    };
    table.headers.iter().enumerate().map(header).collect_view()
}

fn rows(rows: &[Vec<Cell>]) -> impl IntoView + use<> {
    let cell = |(column, cell): (usize, &Cell)| {
        let (text, number) = (cell.text.clone(), cell.number.is_some());
        match column {
            0 => view! { <th scope="row">{text}</th> }.into_any(),
            _ => view! { <td class:number=number>{text}</td> }.into_any(),
        }
    };
    let row = |row: &Vec<Cell>| {
        let cells = row.iter().enumerate().map(cell).collect_view();
        view! { <tr>{cells}</tr> }
    };
    rows.iter().map(row).collect_view()
}
