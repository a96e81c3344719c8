//! The inputs of a calculator. On a narrow screen they are folded away, so that the answer comes first.

use super::page::Page;
use super::rows::Rows;
use crate::core::inputs::Typed;
use crate::tools::break_even::options::CalculatorOptions;
use crate::ui::fields::ToolInputs;
use crate::ui::inputs::InputFields;
use crate::ui::notices::Notice;
use leptos::prelude::*;

#[component]
pub fn Inputs(page: Page) -> impl IntoView {
    let Page { app, calculator, typed, .. } = page;
    let numbers = Signal::derive(move || typed.with(|typed| typed.typed.clone()));
    let change = move |(numbers, burst): (Typed, Option<u64>)| page.edit(burst, |now| now.typed = numbers);
    let as_begun = Memo::new(move |_| typed.with(|typed| typed.typed.is_empty() && typed.rows.is_none()));
    let reset = move |_| {
        // Scenarios are no inputs: they stay.
        page.edit(None, |now| {
            *now = CalculatorOptions { sensitivity: now.sensitivity.clone(), ..Default::default() }
        });
        let (said, undo) = untrack(|| (page.text().was_reset, app.text().undo));
        app.notices.show(Notice::plain(said.to_string()).with_action(undo, move || app.undo()));
    };
    view! {
        <ToolInputs title=page.word(|text| text.settings)>
            <InputFields inputs=calculator.inputs typed=numbers on_change=change/>
            {calculator.grid.map(|grid| view! { <Rows page grid/> })}
            <div class="actions">
                <button type="button" disabled=move || as_begun.get() on:click=reset>{move || page.text().reset}</button>
            </div>
        </ToolInputs>
    }
}
