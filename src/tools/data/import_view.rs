//! Bringing a file in: drop, choose or paste; then confirm; then what became of its rows.

use super::confirm_view::ConfirmView;
use super::flow_view::{Flow, Stage};
use super::report_view::DoneView;
use super::text::DataText;
use crate::core::excerpt::excerpt;
use crate::core::show::Show as _;
use crate::core::workspace::SampleId;
use crate::ui::fields::unique_id;
use crate::ui::file_drop::{chosen, take};
use crate::ui::in_turn::InTurn;
use crate::ui::startup::sample_workspace;
use crate::ui::state::app;
use crate::ui::workspace_menu;
use js_sys::Array;
use leptos::prelude::*;

#[component]
pub fn ImportCard() -> impl IntoView {
    let app = app();
    let flow = Flow::new(app);
    let stage = flow.stage.clone();
    // A file that was dropped or chosen, here or on another page.
    Effect::new({
        let flow = flow.clone();
        move |_| {
            if app.picked.get().is_some() {
                flow.look_at_picked();
            }
        }
    });
    let kind = Memo::new(move |_| std::mem::discriminant(&stage.get()));
    move || {
        // Read, not only tracked: a memo that was never read follows nothing.
        kind.get();
        let flow = flow.clone();
        let stage = flow.stage.get_untracked();
        match stage {
            Stage::Idle => view! { <BringIn/> }.into_any(),
            Stage::Looking => view! { <section class="card"><p role="status">{move || DataText::of(app.lang.get()).reading_head}</p></section> }.into_any(),
            Stage::Confirm(_) => view! { <ConfirmView flow/> }.into_any(),
            Stage::Reading { .. } => view! { <Reading flow/> }.into_any(),
            Stage::Done(done) => view! { <DoneView done=*done/> <InTurn><BringIn/></InTurn> }.into_any(),
            Stage::Refused(why) => view! {
                <section class="card" role="alert">
                    <h2><bdi>{app.picked.get_untracked().map(|name| excerpt(&name).into_owned())}</bdi></h2>
                    <p class="problem">{move || why.get(app.lang.get()).to_string()}</p>
                </section>
                <BringIn/>
            }.into_any(),
        }
    }
}

/// Drop, choose, paste, or try a sample.
#[component]
fn BringIn() -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let pasted = RwSignal::new(String::new());
    let use_pasted = move |_| {
        let parts = Array::of1(&pasted.get_untracked().into());
        if let Ok(blob) = web_sys::Blob::new_with_str_sequence(&parts) {
            app.pick(text().pasted_name, blob, None);
        }
    };
    let id = unique_id("paste");
    view! {
        <section class="card bring-in">
            <h2>{move || text().bring_in}</h2>
            <div class="drop">
                <p aria-hidden="true" class="drop-hint">{move || text().drop_here}</p>
                <label class="button primary-label">
                    {move || text().choose_file}
                    <input type="file" id="choose-file" class="visually-hidden"
                        on:change=move |event| if let Some(file) = chosen(&event) { take(app, file, None) } />
                </label>
                <p class="field-help">{move || text().formats}</p>
            </div>
            <details>
                <summary>{move || text().or_paste}</summary>
                <div class="field">
                    <label for=id.clone()>{move || text().paste_label}</label>
                    <textarea id=id rows="6" prop:value=pasted on:input=move |event| pasted.set(event_target_value(&event))></textarea>
                </div>
                <button type="button" disabled=move || pasted.with(|text| text.trim().is_empty()) on:click=use_pasted>
                    {move || text().paste_use}</button>
            </details>
            <p class="samples">
                {move || text().try_sample}" "
                {SampleId::ALL.into_iter().enumerate().map(|(index, sample)| view! {
                    <button type="button" class="quiet" on:click=move |_| {
                        workspace_menu::add(app, sample_workspace(sample, app.lang.get_untracked()));
                    }>{move || app.text().sample_names[index]}</button>
                }).collect_view()}
            </p>
        </section>
    }
}

/// Progress while the whole file is read, with a stop that answers at once.
#[component]
fn Reading(flow: Flow) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let stage = flow.stage.clone();
    let done = Memo::new(move |_| match stage.get() {
        Stage::Reading { done } => done,
        _ => 1.0,
    });
    view! {
        <section class="card" aria-live="polite">
            <h2>{move || (text().importing)(&app.picked.get().unwrap_or_default())}</h2>
            <div class="running">
                <progress max="1" prop:value=done aria-label=move || text().import></progress>
                <span>{move || app.formats.get().percent(done.get(), 0)}</span>
                <button type="button" on:click=move |_| app.cancel()>{move || text().stop}</button>
            </div>
        </section>
    }
}
