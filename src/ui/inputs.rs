//! Fields for the inputs of a calculation, as [`crate::core::inputs`] describes them.

use crate::core::inputs::{Input, Kind, Typed, Values};
use crate::io::intl::Formats;
use crate::ui::fields::{ParsedField, SelectField, unique_id};
use crate::ui::state::app;
use leptos::prelude::*;

/// The fields of all inputs that are asked, in their order. `on_change` gets what is typed now and the number of the
/// burst of typing, to be kept as one step of undo.
#[component]
pub fn InputFields(
    inputs: &'static [Input],
    #[prop(into)] typed: Signal<Typed>,
    #[prop(into)] on_change: Callback<(Typed, Option<u64>)>,
) -> impl IntoView {
    let values = Memo::new(move |_| typed.with(|typed| Values::of(inputs, typed)));
    let change = move |place: usize, number: f64, burst: Option<u64>| {
        on_change.run((values.get_untracked().with_at(place, number).typed(), burst));
    };
    let field = move |(place, input): (usize, &'static Input)| {
        let value = Memo::new(move |_| values.with(|values| values.at(place)));
        let asked = Memo::new(move |_| values.with(|values| values.asks(input)));
        let set = Callback::new(move |(number, burst)| change(place, number, burst));
        view! { <Show when=move || asked.get()><InputField input value on_change=set/></Show> }
    };
    view! { <div class="input-fields">{inputs.iter().enumerate().map(field).collect_view()}</div> }
}

/// One input: a list for a choice, else a field, with a slider beside it where the input has one.
#[component]
fn InputField(
    input: &'static Input,
    value: Memo<f64>,
    on_change: Callback<(f64, Option<u64>)>,
) -> impl IntoView {
    let app = app();
    let help = (!input.help.0.is_empty())
        .then(|| Signal::derive(move || app.lang.get().pick(input.help.0, input.help.1).to_string()));
    if let Kind::Choice(choices) = input.kind {
        let named = move || {
            let lang = app.lang.get();
            let name = |(at, words): (usize, &(&str, &str))| (at, lang.pick(words.0, words.1).to_string());
            choices.iter().enumerate().map(name).collect::<Vec<_>>()
        };
        let label = Signal::derive(move || input.label(app.lang.get()).to_string());
        let choose = move |at: usize| on_change.run((at as f64, None));
        let chosen = Signal::derive(move || value.get() as usize);
        return match help {
            Some(help) => view! {
                <SelectField label value=chosen choices=Signal::derive(named) on_change=choose help/>
            }
            .into_any(),
            None => {
                view! { <SelectField label value=chosen choices=Signal::derive(named) on_change=choose/> }
                    .into_any()
            }
        };
    }
    let label = Signal::derive(move || app.formats.with(|formats| input.labelled(formats.reader())));
    // The field keeps the text; what it means and how a number is written are the input's to say.
    let text = Signal::derive(move || input.write(value.get()));
    let read = move |typed: String| {
        app.formats.with(|formats: &Formats| {
            let number = input.read(&typed).map_err(|error| error.say(input, formats.reader()))?;
            Ok(input.write(number))
        })
    };
    let change = move |(text, burst): (String, u64)| {
        if let Ok(number) = input.read(&text) {
            on_change.run((number, Some(burst)));
        }
    };
    let read = Callback::new(read);
    let change = Callback::new(change);
    let field = match help {
        Some(help) => view! {
            <ParsedField label value=text write=String::clone read on_change=change help input_mode="decimal"/>
        }
        .into_any(),
        None => view! {
            <ParsedField label value=text write=String::clone read on_change=change input_mode="decimal"/>
        }
        .into_any(),
    };
    if input.slider { view! { {field}<Slider input value on_change/> }.into_any() } else { field }
}

/// Rates move by whole points, other numbers by a hundredth of their range.
#[component]
fn Slider(input: &'static Input, value: Memo<f64>, on_change: Callback<(f64, Option<u64>)>) -> impl IntoView {
    let app = app();
    let burst = StoredValue::new(0_u64);
    let step = match input.kind {
        Kind::Rate => 0.01,
        _ => (input.most - input.least) / 100.0,
    };
    let label = move || {
        let name = input.label(app.lang.get());
        app.lang.get().pick(format!("{name}, slider"), format!("{name}（滑桿）"))
    };
    let said = move || app.formats.with(|formats| input.show(value.get(), formats.reader()));
    let id = unique_id("slider");
    view! {
        <input type="range" class="input-slider" id=id min=input.least.to_string() max=input.most.to_string()
            step=step.to_string() aria-label=label aria-valuetext=said
            prop:value=move || value.get().to_string()
            on:pointerdown=move |_| burst.set_value(app.new_burst())
            on:focus=move |_| burst.set_value(app.new_burst())
            on:input=move |event| {
                if let Ok(number) = event_target_value(&event).parse::<f64>() {
                    // 0.7 + 0.01 is 0.71, as a person would type it.
                    on_change.run(((number * 1e9).round() / 1e9, Some(burst.get_value())));
                }
            } />
    }
}
