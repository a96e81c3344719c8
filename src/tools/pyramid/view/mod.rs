//! The pyramid page.

mod answer;
mod curves;
mod inputs;
mod page;
mod strategy;
mod tier_fields;
mod tiers;

use super::answer::{Pyramid, Refusal};
use super::options::PyramidOptions;
use super::request::{PyramidAnswer, PyramidAsk, PyramidRequest};
use super::text::text;
use crate::tools::Tool;
use crate::tools::published::say_open;
use crate::ui::explain_panel::{CoursePanel, ExplainPanel};
use crate::ui::job::{Job, JobStatus, use_job};
use crate::ui::state::app;
use leptos::prelude::*;
use page::Page;
use std::sync::Arc;

static TOOL: &Tool = &super::TOOL;

pub fn view() -> AnyView {
    let app = app();
    let options = app.record::<PyramidOptions>(TOOL.id);
    // What is typed about a tier changes no number: it is not asked, it is laid over the answer.
    let job = use_job::<_, PyramidAnswer>(TOOL.id, move || PyramidRequest {
        options: options.get().without_strategies(),
        ask: PyramidAsk::Pyramid,
    });
    // The last pyramid stays while options cannot be used, so that inputs have something to begin with.
    let last = Memo::new(move |before: Option<&Option<Arc<Pyramid>>>| {
        let found = job.answer.with(|answer| match answer {
            Some(PyramidAnswer::Pyramid(pyramid)) => Some(Arc::new(Pyramid::clone(pyramid))),
            _ => None,
        });
        found.or_else(|| before.cloned().flatten())
    });
    let has_result = Memo::new(move |_| {
        let answered = job.answer.with(|answer| matches!(answer, Some(PyramidAnswer::Pyramid(_))));
        answered && job.problem.with(Option::is_none)
    });
    view! {
        <div class="tool pyramid">
            <inputs::Inputs options last/>
            <div class="pyramid-answer">
                <JobStatus job/>
                <Refused job/>
                <Show when=move || has_result.get() fallback=|| view! { <CoursePanel tool=TOOL/> }>
                    <Results options last/>
                </Show>
            </div>
        </div>
    }
    .into_any()
}

/// Why there is no pyramid, and where to go.
#[component]
fn Refused(job: Job<PyramidAnswer>) -> impl IntoView {
    let app = app();
    let refusal = move || -> Option<Refusal> {
        job.answer.with(|answer| match answer {
            Some(PyramidAnswer::Refused(refusal)) if job.problem.with(Option::is_none) => {
                Some(refusal.clone())
            }
            _ => None,
        })
    };
    let stuck = move || refusal().is_some() || job.problem.with(Option::is_some);
    view! {
        {move || refusal().map(|refusal| view! {
            <p class="problem" role="alert">{move || refusal.say(app.lang.get())}</p>
        })}
        <Show when=stuck>
            <p>{move || {
                let lang = app.lang.get();
                // Where a column is missing, the way leads to the page that makes it.
                let (page, name) = match refusal().and_then(|refusal| refusal.comes_from()) {
                    Some(tool) => (tool.id, say_open(tool, lang)),
                    None => ("data", text(lang).to_data.to_string()),
                };
                view! { <a class="button" href=format!("#/{page}")>{name}</a> }
            }}</p>
        </Show>
    }
}

/// Everything that follows from a pyramid.
#[component]
fn Results(options: Memo<PyramidOptions>, last: Memo<Option<Arc<Pyramid>>>) -> impl IntoView {
    let result = Signal::derive(move || last.get().expect("results are shown when there is a pyramid"));
    let page = Page { app: app(), options, result };
    let steps = move || result.with(|pyramid| pyramid.explanation.steps(page.lang()).to_vec());
    view! {
        <answer::Answer page/>
        <tiers::Slices page/>
        <strategy::Strategies page/>
        <tiers::Figures page/>
        <curves::Curves page/>
        <ExplainPanel steps=Signal::derive(steps) tool=TOOL/>
    }
}
