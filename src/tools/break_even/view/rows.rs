//! A small table of inputs: a block of fields for each row.

use super::page::Page;
use crate::core::inputs::Typed;
use crate::tools::break_even::calculator::{Grid, RowName};
use crate::tools::break_even::options::{LONGEST_NAME, Row};
use crate::ui::fields::ParsedField;
use crate::ui::inputs::InputFields;
use leptos::prelude::*;

/// The rows in force, which language their first names are in included.
fn rows(page: Page, grid: &Grid) -> Vec<Row> {
    page.typed.with(|typed| typed.rows(grid, page.lang()))
}

fn edit(page: Page, grid: &'static Grid, burst: impl Into<Option<u64>>, change: impl FnOnce(&mut Vec<Row>)) {
    let mut now = untrack(|| rows(page, grid));
    change(&mut now);
    page.edit(burst, |typed| typed.rows = Some(now));
}

#[component]
pub fn Rows(page: Page, grid: &'static Grid) -> impl IntoView {
    // How many there are; typing in one of them must not build the others anew.
    let count = Memo::new(move |_| rows(page, grid).len());
    // A further row begins with the numbers of the last one.
    let add = move |_| {
        edit(page, grid, None, |rows| {
            let typed = rows.last().map(|row| row.typed.clone()).unwrap_or_default();
            rows.push(Row { name: String::new(), typed });
        });
    };
    view! {
        <h3>{move || page.words(grid.title)}</h3>
        <p class="field-help">{move || page.words(grid.help)}</p>
        {move || (0..count.get()).map(|at| view! { <RowFields page grid at/> }).collect_view()}
        <div class="actions">
            <button type="button" disabled=move || { count.get() >= grid.most_rows }
                on:click=add>
                {move || page.text().add_row}</button>
            <button type="button" disabled=move || { count.get() <= grid.least_rows }
                on:click=move |_| edit(page, grid, None, |rows| drop(rows.pop()))>
                {move || page.text().remove_row}</button>
        </div>
    }
}

#[component]
fn RowFields(page: Page, grid: &'static Grid, at: usize) -> impl IntoView {
    let row = Memo::new(move |_| rows(page, grid).into_iter().nth(at).unwrap_or_default());
    let called = move || row.with(|row| grid.row_name(&row.name, at, page.lang()));
    let change = move |(typed, burst): (Typed, Option<u64>)| {
        edit(page, grid, burst, |rows| rows[at].typed = typed);
    };
    let read_name = move |typed: String| match typed.chars().count() <= LONGEST_NAME {
        true => Ok(typed),
        false => Err(page.text().name_too_long.to_string()),
    };
    let named = matches!(grid.name, RowName::Typed(_));
    view! {
        <fieldset class="grid-row">
            <legend>{called}</legend>
            {named.then(|| view! {
                <ParsedField label=page.word(|text| text.row_name) value=Signal::derive(move || row.get().name)
                    write=String::clone read=Callback::new(read_name)
                    on_change=Callback::new(move |(name, burst): (String, u64)| {
                        edit(page, grid, burst, |rows| rows[at].name = name);
                    })/>
            })}
            <InputFields inputs=grid.columns typed=Signal::derive(move || row.get().typed) on_change=change/>
        </fieldset>
    }
}
