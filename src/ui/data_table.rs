//! A table of results in a card of its own: heading, rows, and a download as CSV.

use crate::charts::table::{Cell, Table, csv};
use crate::io::download::save;
use crate::ui::state::app;
use leptos::prelude::*;

#[component]
pub fn DataTable(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] table: Signal<Table>,
    /// Said between heading and table; empty for nothing.
    #[prop(into, optional)]
    note: Signal<String>,
) -> impl IntoView {
    let app = app();
    let download = move |_| {
        let name = format!("{}.csv", title.get_untracked());
        save(&name, "text/csv;charset=utf-8", &table.with_untracked(csv));
    };
    view! {
        <h2>{title}</h2>
        {move || Some(note.get()).filter(|note| !note.is_empty()).map(|note| view! { <p class="field-help">{note}</p> })}
        // A box that scrolls must be reached by the keyboard.
        <div class="table-box" tabindex="0" role="region" aria-label=title>
            <table class="data-table">
                <thead><tr>{move || table.with(heads)}</tr></thead>
                <tbody>{move || table.with(|table| rows(&table.rows))}</tbody>
            </table>
        </div>
        <div class="actions">
            <button type="button" on:click=download>{move || app.text().download_table}</button>
        </div>
    }
}

/// The heads of a table; a column of numbers is set flush right.
pub(super) fn heads(table: &Table) -> impl IntoView + use<> {
    let numeric = |column: usize| {
        table.rows.iter().any(|row| row.get(column).is_some_and(|cell| cell.number.is_some()))
    };
    let head = |(column, name): (usize, &String)| {
        let (number, name) = (numeric(column), name.clone());
        view! { <th scope="col" class:number=number>{name}</th> }
    };
    table.headers.iter().enumerate().map(head).collect_view()
}

/// The rows of a table; the first cell of each is its head.
pub(super) fn rows(rows: &[Vec<Cell>]) -> impl IntoView + use<> {
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
