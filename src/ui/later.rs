//! What stands where code will be that is still on its way.

use crate::core::part::Part;
use crate::core::problem::Problem;
use crate::io::parts;
use crate::ui::state::app;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A view whose code comes when it is first shown.
pub type View = fn() -> AnyView;

#[component]
pub fn Later(part: &'static Part<View>) -> impl IntoView {
    let loaded = RwSignal::new(part.get().map(Ok));
    let load = move || {
        loaded.set(None);
        spawn_local(async move {
            let view = parts::load(part).await;
            // Nobody waits for it when its place has gone.
            let _ = loaded.try_set(Some(view));
        });
    };
    if loaded.with_untracked(Option::is_none) {
        load();
    }
    move || match loaded.get() {
        Some(Ok(view)) => view(),
        Some(Err(problem)) => view! { <NotLoaded problem again=load/> }.into_any(),
        None => view! { <Loading/> }.into_any(),
    }
}

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
            <button type="button" on:click=move |_| again()>{move || app.text().try_again}</button>
        </div>
    }
}
