//! Lists of numbers: survivors, and probabilities of buying.

use super::page::Page;
use crate::tools::clv::options::{HIGH_END, REGULAR};
use crate::tools::clv::typed::{read_numbers, read_percents, write_numbers, write_percents};
use crate::ui::fields::{ParsedField, unique_id};
use leptos::prelude::*;

/// A text of several lines, so that a pasted column keeps its line breaks. What cannot be read is said beside it.
#[component]
pub fn Survivors(page: Page) -> impl IntoView {
    let value = Memo::new(move |_| page.options.with(|options| options.survivors.clone()));
    let typed = RwSignal::new(None::<String>);
    let burst = StoredValue::new(0_u64);
    let problem = Memo::new(move |_| {
        let lang = page.lang();
        typed.with(|typed| {
            typed.as_ref().and_then(|text| read_numbers(text).err()).map(|error| error.say(lang))
        })
    });
    // The typed text stays as long as it means the numbers in force; after an undo or a link it gives way.
    let shown = move || {
        let value = value.get();
        match typed.get() {
            Some(text) if read_numbers(&text).map_or(true, |meant| meant == value) => text,
            _ => write_numbers(&value),
        }
    };
    let put = move |numbers: &'static [f64]| {
        typed.set(None);
        page.set(None, |options| options.survivors = numbers.into());
    };
    let id = unique_id("survivors");
    let (help_id, problem_id) = (format!("{id}-help"), format!("{id}-problem"));
    let described = format!("{help_id} {problem_id}");
    view! {
        <div class="field" class:field-wrong=move || problem.get().is_some()>
            <label for=id.clone()>{move || page.text().survivors}</label>
            <textarea id=id rows="4" prop:value=shown aria-describedby=described
                aria-invalid=move || problem.get().is_some().then_some("true")
                on:focus=move |_| burst.set_value(page.app.new_burst())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    if let Ok(numbers) = read_numbers(&text) && numbers != value.get_untracked() {
                        page.set(Some(burst.get_value()), |options| options.survivors = numbers);
                    }
                    typed.set(Some(text));
                }></textarea>
            <p class="field-help" id=help_id>{move || page.text().survivors_help}</p>
            <p class="field-problem" id=problem_id role="alert">{problem}</p>
            <div class="actions">
                <button type="button" on:click=move |_| put(&REGULAR)>{move || page.text().regular}</button>
                <button type="button" on:click=move |_| put(&HIGH_END)>{move || page.text().high_end}</button>
            </div>
        </div>
    }
}

#[component]
pub fn Probabilities(page: Page) -> impl IntoView {
    view! {
        <ParsedField label=Signal::derive(move || page.text().probabilities.to_string())
            value=Signal::derive(move || page.options.with(|options| options.probabilities.clone()))
            write=written
            read=Callback::new(move |text: String| read_percents(&text).map_err(|error| error.say(page.lang())))
            on_change=Callback::new(move |(shares, burst)| page.set(Some(burst), |options| options.probabilities = shares))
            help=Signal::derive(move || page.text().probabilities_help.to_string())/>
    }
}

/// A field writes what it keeps, and it keeps a list.
#[allow(clippy::ptr_arg)]
fn written(shares: &Vec<f64>) -> String {
    write_percents(shares)
}
