//! What stands where code will be that is still on its way.

use crate::core::problem::Problem;
use crate::ui::state::app;
use leptos::prelude::*;

/// It shows itself only when loading takes longer than a moment (CSS).
#[component]
pub fn Loading() -> impl IntoView {
    let app = app();
    view! {
        <div class="job-status" role="status">
            <div class="running">
                <progress aria-label=move || app.text().loading_part></progress>
                <span>{move || app.text().loading_part}</span>
            </div>
        </div>
    }
}

#[component]
pub fn NotLoaded(problem: Problem, again: impl Fn() + Send + Sync + 'static) -> impl IntoView {
    let app = app();
    view! {
        <div class="job-status">
            <p class="problem" role="alert">{move || problem.say(app.lang.get())}</p>
            <button type="button" on:click=move |_| again()>{move || app.text().again}</button>
        </div>
    }
}
