//! The editable transition matrix: names, what each state brings, and rows that are checked to sum to 100 %.

use super::page::Page;
use crate::core::clv::markov::MOST_STATES;
use crate::core::inputs::Input;
use crate::core::show::Show as _;
use crate::core::typed::LARGEST;
use crate::tools::clv::chain::state_name;
use crate::tools::clv::options::{ClvOptions, LONGEST_STATE, State};
use crate::ui::fields::ParsedField;
use leptos::prelude::*;

static SHARE: Input = Input::rate("share", ("Share", "佔比"), 0.0);
static REWARD: Input =
    Input::money("reward", ("Brings in a period", "每期收益"), 0.0).between(-LARGEST, LARGEST);

#[component]
pub fn Matrix(page: Page) -> impl IntoView {
    // Typing in a cell must not build the others anew.
    let count = Memo::new(move |_| page.options.with(|options| options.states.len()));
    let name = move |at: usize| {
        page.app.formats.with(|formats| {
            page.options.with(|options| {
                options
                    .states
                    .get(at)
                    .map_or_else(String::new, |state| state_name(state, at, formats.reader()))
            })
        })
    };
    let example = move |_| page.set(None, |options| options.states = ClvOptions::default().states);
    view! {
        <section class="card">
            <h2 id="matrix-title">{move || page.text().matrix}</h2>
            <p class="field-help">{move || page.text().matrix_help}</p>
            <div class="table-box" tabindex="0" role="region" aria-labelledby="matrix-title">
                <table class="matrix counts">
                    <thead><tr>
                        <th scope="col">{move || page.text().state}</th>
                        <th scope="col" class="number">{move || page.text().reward}</th>
                        {move || (0..count.get()).map(|at| view! {
                            <th scope="col" class="number">{move || format!("→ {}", name(at))}</th>
                        }).collect_view()}
                        <th scope="col" class="number">{move || page.text().sum}</th>
                        <td></td>
                    </tr></thead>
                    <tbody>{move || {
                        let states = count.get();
                        (0..states).map(|at| view! { <Row page at states name=Callback::new(name)/> }).collect_view()
                    }}</tbody>
                </table>
            </div>
            <div class="actions">
                <button type="button" disabled=move || { count.get() >= MOST_STATES }
                    on:click=move |_| page.set(None, add)>{move || page.text().add_state}</button>
                <button type="button" on:click=example>{move || page.text().example}</button>
            </div>
        </section>
    }
}

#[component]
fn Row(page: Page, at: usize, states: usize, name: Callback<usize, String>) -> impl IntoView {
    let state = move |of: fn(&State) -> f64| {
        Signal::derive(move || page.options.with(|options| options.states.get(at).map_or(0.0, of)))
    };
    let sum = Memo::new(move |_| {
        page.options.with(|options| options.states.get(at).map_or(0.0, |state| state.to.iter().sum::<f64>()))
    });
    let wrong = move || (sum.get() - 1.0).abs() > 5e-4;
    let rename = move |(text, burst): (String, u64)| {
        let short: String = text.chars().filter(|c| !c.is_control()).take(LONGEST_STATE).collect();
        page.set(Some(burst), |options| options.states[at].name = short);
    };
    let cells = move |to: usize| {
        let label = move || (page.text().from_to)(&name.run(at), &name.run(to));
        let value = Signal::derive(move || {
            page.options.with(|options| {
                options.states.get(at).and_then(|state| state.to.get(to)).copied().unwrap_or(0.0)
            })
        });
        let set = move |(share, burst)| page.set(Some(burst), |options| options.states[at].to[to] = share);
        view! {
            <td class="number"><NumberField page input=&SHARE label=Signal::derive(label) value set=Callback::new(set)/></td>
        }
    };
    view! {
        <tr>
            <th scope="row">
                <ParsedField label=Signal::derive(move || (page.text().name_of)(&(at + 1).to_string()))
                    value=Signal::derive(move || page.options.with(|options| {
                        options.states.get(at).map_or_else(String::new, |state| state.name.clone())
                    }))
                    write=String::clone read=Callback::new(Ok) on_change=Callback::new(rename)/>
            </th>
            <td class="number">
                <NumberField page input=&REWARD label=Signal::derive(move || (page.text().reward_of)(&name.run(at)))
                    value=state(|state| state.reward)
                    set=Callback::new(move |(reward, burst)| page.set(Some(burst), |options| options.states[at].reward = reward))/>
            </td>
            {(0..states).map(cells).collect_view()}
            <td class="number row-sum" class:row-wrong=wrong>
                {move || page.app.formats.with(|formats| formats.percent(sum.get(), if wrong() { 2 } else { 0 }))}
                {move || wrong().then_some(" ≠ 100%")}
            </td>
            <td>
                <button type="button" class="quiet" disabled={states < 2}
                    aria-label=move || (page.text().remove_state)(&name.run(at))
                    on:click=move |_| page.set(None, |options| remove(options, at))>
                    {move || page.text().remove}</button>
            </td>
        </tr>
    }
}

#[component]
fn NumberField(
    page: Page,
    input: &'static Input,
    label: Signal<String>,
    value: Signal<f64>,
    set: Callback<(f64, u64)>,
) -> impl IntoView {
    let text = Signal::derive(move || input.write(value.get()));
    let read = move |typed: String| {
        page.app.formats.with(|formats| {
            let number = input.read(&typed).map_err(|error| error.say(input, formats.reader()))?;
            Ok(input.write(number))
        })
    };
    let change = move |(text, burst): (String, u64)| {
        if let Ok(number) = input.read(&text) {
            set.run((number, burst));
        }
    };
    view! {
        <ParsedField label value=text write=String::clone read=Callback::new(read) on_change=Callback::new(change)
            input_mode="decimal"/>
    }
}

/// A new state that nobody goes to and nobody leaves.
fn add(options: &mut ClvOptions) {
    options.states.iter_mut().for_each(|state| state.to.push(0.0));
    let mut to = vec![0.0; options.states.len() + 1];
    if let Some(own) = to.last_mut() {
        *own = 1.0;
    }
    options.states.push(State { name: String::new(), reward: 0.0, to });
}

/// Whoever would have gone to the state that goes is no longer in the row's sum, which then says so.
fn remove(options: &mut ClvOptions, at: usize) {
    options.states.remove(at);
    for state in &mut options.states {
        state.to.remove(at);
    }
}
