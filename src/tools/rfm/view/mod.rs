//! The RFM page.

mod answer;
mod cells;
mod compare;
mod explain;
mod groups;
mod heat;
mod inputs;
mod method;
mod page;
mod rules;
mod segments;

use super::job::{Explanation, RfmAnswer, RfmAsk, RfmRequest};
use super::model::{Overview, Refusal};
use super::options::RfmOptions;
use crate::tools::Tool;
use crate::tools::published::say_open;
use crate::ui::explain_panel::CoursePanel;
use crate::ui::in_turn::InTurn;
use crate::ui::job::{Job, JobStatus, use_job};
use crate::ui::state::app;
use leptos::prelude::*;
use page::{Analysis, Page};
use std::sync::Arc;

static TOOL: &Tool = &super::TOOL;

pub fn view() -> AnyView {
    let app = app();
    let options = app.record::<RfmOptions>(TOOL.id);
    let job = use_job::<_, RfmAnswer>(TOOL.id, move || RfmRequest {
        options: options.get(),
        ask: RfmAsk::Overview,
    });
    // The last analysis stays while options cannot be used, so that inputs have something to begin with.
    let last = Memo::new(move |before: Option<&Option<Arc<Analysis>>>| {
        let found = job.answer.with(|answer| answer.as_ref().and_then(analysis));
        found.map(Arc::new).or_else(|| before.cloned().flatten())
    });
    let has_result = Memo::new(move |_| {
        let answered = job.answer.with(|answer| matches!(answer, Some(RfmAnswer::Overview { .. })));
        answered && job.problem.with(Option::is_none)
    });
    view! {
        <div class="tool">
            <inputs::Inputs options last/>
            <div class="rfm-answer">
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

fn analysis(answer: &RfmAnswer) -> Option<Analysis> {
    match answer {
        RfmAnswer::Overview { overview, comparison, explanation } => Some(Analysis {
            overview: Overview::clone(overview),
            comparison: comparison.as_deref().cloned(),
            explanation: Explanation::clone(explanation),
        }),
        _ => None,
    }
}

/// Why there is no analysis, and where to go.
#[component]
fn Refused(job: Job<RfmAnswer>) -> impl IntoView {
    let app = app();
    let refusal = move || -> Option<Refusal> {
        job.answer.with(|answer| match answer {
            Some(RfmAnswer::Refused(refusal)) if job.problem.with(Option::is_none) => Some(refusal.clone()),
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
                    None => ("data", super::page_text::page_text(lang).to_data.to_string()),
                };
                view! { <a class="button" href=format!("#/{page}")>{name}</a> }
            }}</p>
        </Show>
    }
}

/// Everything that follows from an analysis.
#[component]
fn Results(options: Memo<RfmOptions>, last: Memo<Option<Arc<Analysis>>>) -> impl IntoView {
    let result = Signal::derive(move || last.get().expect("results are shown when there is an analysis"));
    let page = Page { app: app(), options, result, field: RwSignal::new(None) };
    view! {
        <answer::Answer page/>
        <InTurn><heat::Heat page/></InTurn>
        <InTurn><groups::Groups page/></InTurn>
        <InTurn><segments::Segments page/></InTurn>
        <InTurn><cells::Cells page/></InTurn>
        <InTurn>
            <Show when=move || result.with(|result| result.comparison.is_some())>
                <compare::Compare page/>
            </Show>
        </InTurn>
        <InTurn><rules::Rules page/></InTurn>
        <InTurn><explain::Explain page/></InTurn>
    }
}
