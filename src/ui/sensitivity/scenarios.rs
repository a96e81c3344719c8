//! Scenarios: kept under a name, side by side, used again, removed.

use super::Panel;
use super::text::SensitivityText;
use crate::charts::sensitivity::scenarios as table_of;
use crate::core::inputs::Typed;
use crate::core::sensitivity::LONGEST_NAME;
use crate::core::show::Show;
use crate::ui::data_table::DataTable;
use crate::ui::fields::unique_id;
use crate::ui::notices::Notice;
use leptos::prelude::*;

#[component]
pub(super) fn Scenarios(panel: Panel, on_load: Callback<Typed>, carried: Signal<usize>) -> impl IntoView {
    let Panel { app, model, sensitivity, .. } = panel;
    let table = move || {
        let values = panel.values();
        let formats = app.formats.get();
        sensitivity.with(|kept| table_of(model, &values, &kept.scenarios, formats.reader()))
    };
    let names = Memo::new(move |_| {
        sensitivity.with(|kept| kept.scenarios.iter().map(|each| each.name.clone()).collect::<Vec<_>>())
    });
    let word = move |pick: fn(&SensitivityText) -> &'static str| {
        Signal::derive(move || pick(panel.text()).to_string())
    };
    let left_out = move || {
        let (carried, all) = (carried.get(), names.with(Vec::len));
        let count = |count: usize| app.formats.with(|formats| formats.count(count as i64));
        (carried < all).then(|| (panel.text().carried)(&count(carried), &count(all)))
    };
    view! {
        <h3>{move || panel.text().scenarios}</h3>
        <p class="field-help">{move || panel.text().scenarios_help}</p>
        <KeepField panel/>
        {move || left_out().map(|text| view! { <p class="warning">{text}</p> })}
        <Show when=move || !names.with(Vec::is_empty)>
            <ul class="scenario-list">
                {move || names.get().into_iter().map(|name| view! { <Kept panel name on_load/> }).collect_view()}
            </ul>
            <DataTable title=word(|text| text.table) table=Signal::derive(table)/>
        </Show>
    }
}

/// The name for the inputs as they stand; what is wrong with it is said beside it.
#[component]
fn KeepField(panel: Panel) -> impl IntoView {
    let Panel { app, sensitivity, on_change, .. } = panel;
    let name = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let attempt = move || {
        let mut kept = sensitivity.get();
        let values = panel.values();
        name.with(|name| kept.keep(name, &values)).map(|()| kept)
    };
    let problem = Memo::new(move |_| {
        let lang = app.lang.get();
        // An empty field is told only when somebody has tried to keep it.
        let told = tried.get() || name.with(|name| !name.is_empty());
        told.then(|| attempt().err().map(|error| error.say(lang))).flatten()
    });
    let keep = move || match untrack(attempt) {
        Ok(kept) => {
            on_change.run(kept);
            name.set(String::new());
            tried.set(false);
        }
        Err(_) => tried.set(true),
    };
    let id = unique_id("scenario");
    let problem_id = format!("{id}-problem");
    let described = {
        let problem_id = problem_id.clone();
        move || problem.get().is_some().then(|| problem_id.clone())
    };
    view! {
        <form class="field scenario-name" class:field-wrong=move || problem.get().is_some()
            on:submit=move |event| { event.prevent_default(); keep(); }>
            <label for=id.clone()>{move || panel.text().name}</label>
            <div class="field-row">
                <input id=id type="text" autocomplete="off" maxlength=(LONGEST_NAME * 2).to_string() prop:value=name
                    aria-invalid=move || problem.get().is_some().then_some("true") aria-describedby=described
                    on:input=move |event| { tried.set(false); name.set(event_target_value(&event)); } />
                <button type="submit">{move || panel.text().keep}</button>
            </div>
            <p class="field-problem" id=problem_id role="alert">{problem}</p>
        </form>
    }
}

#[component]
fn Kept(panel: Panel, name: String, on_load: Callback<Typed>) -> impl IntoView {
    let Panel { app, sensitivity, .. } = panel;
    let name = StoredValue::new(name);
    let load = move |_| {
        let typed = sensitivity.with_untracked(|kept| {
            let of_name = kept.scenarios.iter().find(|each| name.with_value(|name| each.name == *name));
            of_name.map(|scenario| scenario.typed.clone())
        });
        if let Some(typed) = typed {
            let told = name.with_value(|name| (untrack(|| panel.text()).loaded)(name));
            on_load.run(typed);
            let undo = untrack(|| app.text().undo);
            app.notices.show(Notice::plain(told).with_action(undo, move || app.undo()));
        }
    };
    let remove = move |_| {
        panel.set(|kept| kept.scenarios.retain(|each| name.with_value(|name| each.name != *name)));
    };
    view! {
        <li>
            <span>{name.get_value()}</span>
            <button type="button" aria-label=move || name.with_value(|name| (panel.text().load)(name)) on:click=load>
                {move || panel.text().load_short}</button>
            <button type="button" class="quiet" aria-label=move || name.with_value(|name| (panel.text().remove)(name))
                on:click=remove>{move || panel.text().remove_short}</button>
        </li>
    }
}
