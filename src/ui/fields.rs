//! Input fields. A field keeps the text as it was typed; the value is derived from it, and what cannot be read is
//! said beside the field without taking the text away.

use crate::ui::state::app;
use leptos::prelude::*;

/// A labelled text field whose content means a value of type `T`.
///
/// While the text cannot be read the last good value stays in force, and the problem is shown.
#[component]
pub fn ParsedField<T>(
    #[prop(into)] label: Signal<String>,
    /// The value in force.
    #[prop(into)]
    value: Signal<T>,
    /// The value as text, when it was changed by other means than typing.
    write: fn(&T) -> String,
    /// The text as a value, or what is wrong with it and what to try.
    #[prop(into)]
    read: Callback<String, Result<T, String>>,
    /// Called with a new value and the number of this burst of typing.
    #[prop(into)]
    on_change: Callback<(T, u64)>,
    #[prop(into, optional)] help: Option<Signal<String>>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "text")] input_mode: &'static str,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let app = app();
    let typed = RwSignal::new(None::<String>);
    let burst = StoredValue::new(0_u64);
    let problem = Memo::new(move |_| {
        app.lang.track();
        typed.get().and_then(|text| read.run(text).err())
    });
    // The typed text stays as long as it means the value in force; after an undo or a link it gives way.
    let shown = move || {
        let value = value.get();
        match typed.get() {
            Some(text) => match read.run(text.clone()) {
                Ok(meant) if meant != value => write(&value),
                _ => text,
            },
            None => write(&value),
        }
    };
    let id = unique_id("field");
    let (help_id, problem_id) = (format!("{id}-help"), format!("{id}-problem"));
    let described = {
        let (help_id, problem_id, has_help) = (help_id.clone(), problem_id.clone(), help.is_some());
        move || match (problem.get().is_some(), has_help) {
            (true, _) => Some(problem_id.clone()),
            (false, true) => Some(help_id.clone()),
            (false, false) => None,
        }
    };
    view! {
        <div class="field" class:field-wrong=move || problem.get().is_some()>
            <label for=id.clone()>{label}</label>
            <input id=id.clone() type=kind inputmode=input_mode prop:value=shown autocomplete="off"
                readonly=move || app.is_read_only()
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=described
                on:focus=move |_| burst.set_value(app.new_burst())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    let meant = read.run(text.clone());
                    typed.set(Some(text));
                    if let Ok(meant) = meant && meant != value.get_untracked() {
                        on_change.run((meant, burst.get_value()));
                    }
                }
                on:blur=move |_| if problem.get_untracked().is_none() { typed.set(None) } />
            {help.map(|help| view! { <p class="field-help" id=help_id.clone()>{help}</p> })}
            <p class="field-problem" id=problem_id role="alert">{problem}</p>
        </div>
    }
}

/// One choice of several, as a native list: the best there is on phones and for screen readers.
#[component]
pub fn SelectField<T>(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<T>,
    /// The choices with their names in the reader's language.
    #[prop(into)]
    choices: Signal<Vec<(T, String)>>,
    #[prop(into)] on_change: Callback<T>,
    #[prop(into, optional)] help: Option<Signal<String>>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let id = unique_id("select");
    let help_id = format!("{id}-help");
    let described = help.is_some().then(|| help_id.clone());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id aria-describedby=described disabled=move || app().is_read_only()
                on:change=move |event| {
                    let index = event_target_value(&event).parse::<usize>().unwrap_or_default();
                    if let Some((choice, _)) = choices.get_untracked().into_iter().nth(index) {
                        on_change.run(choice);
                    }
                }>
                {move || {
                    let now = value.get();
                    choices.get().into_iter().enumerate().map(|(index, (choice, name))| view! {
                        <option value=index.to_string() selected=choice == now prop:selected=choice == now>{name}</option>
                    }).collect_view()
                }}
            </select>
            {help.map(|help| view! { <p class="field-help" id=help_id>{help}</p> })}
        </div>
    }
}

/// A switch with its label.
#[component]
pub fn CheckField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<bool>,
    #[prop(into)] on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=value
                on:change=move |event| on_change.run(event_target_checked(&event)) />
            <span>{label}</span>
        </label>
    }
}

/// A few choices side by side, one of them pressed.
#[component]
pub fn Segmented<T>(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<T>,
    #[prop(into)] choices: Signal<Vec<(T, String)>>,
    #[prop(into)] on_change: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    view! {
        <div class="segmented" role="group" aria-label=label>
            {move || choices.get().into_iter().map(|(choice, name)| {
                let pressed = { let choice = choice.clone(); move || value.get() == choice };
                view! {
                    <button type="button" aria-pressed=move || if pressed() { "true" } else { "false" }
                        on:click=move |_| on_change.run(choice.clone())>{name}</button>
                }
            }).collect_view()}
        </div>
    }
}

/// From this width on inputs and answer stand side by side; the style-sheet has the same number.
const SIDE_BY_SIDE: f64 = 1060.0;

/// The inputs of a tool. On a narrow screen they begin folded away, so that the answer comes first.
#[component]
pub fn ToolInputs(#[prop(into)] title: Signal<String>, children: Children) -> impl IntoView {
    let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(0.0);
    view! {
        <details class="tool-inputs card" open={width > SIDE_BY_SIDE}>
            <summary>{title}</summary>
            {children()}
        </details>
    }
}

/// An id that no other element of the page has.
pub fn unique_id(prefix: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
