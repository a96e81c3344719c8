//! The campaign page: the stepper, the break-even rate that is always in sight, and the open step.

mod alternatives;
mod bins;
mod break_even;
mod cells;
mod counts;
mod guard;
mod head;
mod numbers;
mod page;
mod record;
mod responses;
mod review;
mod review_cells;
mod roll_out;
mod roll_out_cells;
mod sample;
mod sample_inputs;
mod sort_head;
mod stepper;
mod test;
mod test_table;
mod truth;
mod verdict;

use super::answer::{Plan, Refusal, Warning};
use super::explain::break_even_steps;
use super::options::{CampaignOptions, Stage};
use super::request::{CampaignAnswer, CampaignAsk, CampaignRequest};
use crate::tools::Tool;
use crate::ui::explain_panel::ExplainPanel;
use crate::ui::fields::ToolInputs;
use crate::ui::job::{Job, JobStatus, use_job};
use crate::ui::state::app;
use leptos::prelude::*;
use page::Page;
use std::sync::Arc;

static TOOL: &Tool = &super::TOOL;

pub fn view() -> AnyView {
    let app = app();
    let options = app.record::<CampaignOptions>(TOOL.id);
    // Where one looks changes nothing that is calculated.
    let job = use_job::<_, CampaignAnswer>(TOOL.id, move || CampaignRequest {
        options: CampaignOptions { stage: Stage::default(), ..options.get() },
        ask: CampaignAsk::Plan,
    });
    // The last plan stays while the next is on its way; a refusal or a problem takes its place.
    let last = Memo::new(move |_| {
        job.answer.with(|answer| match answer {
            Some(CampaignAnswer::Plan(plan)) if job.problem.with(Option::is_none) => {
                Some(Arc::new(Plan::clone(plan)))
            }
            _ => None,
        })
    });
    let has_plan = Memo::new(move |_| last.with(Option::is_some));
    let page = Page { app, options, last };
    let stage = page.option(|options| options.stage);
    view! {
        <head::Head page/>
        <stepper::Stepper page/>
        <div class="tool campaign">
            <div class="campaign-side">
                <break_even::BreakEvenCard page/>
                {move || inputs(page, stage.get())}
            </div>
            <div class="campaign-answer">
                <JobStatus job/>
                <Refused page job/>
                <Show when=move || has_plan.get()>
                    <Warnings page/>
                    {move || step(page, stage.get())}
                </Show>
                <stepper::StepEnds page/>
                <Explain page stage/>
            </div>
        </div>
    }
    .into_any()
}

/// The inputs of a step.
fn inputs(page: Page, stage: Stage) -> AnyView {
    let fields = match stage {
        Stage::Cells => view! { <cells::CellsInputs page/> }.into_any(),
        Stage::Sample => view! { <sample_inputs::SampleInputs page/> }.into_any(),
        Stage::Test => view! { <test::RuleField page/><sample_inputs::ConfidenceField page/> }.into_any(),
        Stage::RollOut => view! { <guard::GuardInputs page/> }.into_any(),
        Stage::Review => return ().into_any(),
    };
    view! { <ToolInputs title=Signal::derive(move || page.frame().settings.to_string())>{fields}</ToolInputs> }
        .into_any()
}

fn step(page: Page, stage: Stage) -> AnyView {
    match stage {
        Stage::Cells => view! { <cells::CellsStep page/> }.into_any(),
        Stage::Sample => view! { <sample::SampleStep page/> }.into_any(),
        Stage::Test => view! { <test::TestStep page/> }.into_any(),
        Stage::RollOut => view! { <roll_out::RollOutStep page/> }.into_any(),
        Stage::Review => view! { <review::ReviewStep page/> }.into_any(),
    }
}

/// Why there is no plan, and where to go.
#[component]
fn Refused(page: Page, job: Job<CampaignAnswer>) -> impl IntoView {
    let refusal = move || -> Option<Refusal> {
        job.answer.with(|answer| match answer {
            Some(CampaignAnswer::Refused(refusal)) if job.problem.with(Option::is_none) => {
                Some(refusal.clone())
            }
            _ => None,
        })
    };
    let stuck = move || refusal().is_some() || job.problem.with(Option::is_some);
    view! {
        {move || refusal().map(|refusal| view! {
            <p class="problem" role="alert">{refusal.say(page.lang())}</p>
        })}
        <Show when=stuck>
            <p><a class="button" href="#/data">{move || page.frame().to_data}</a></p>
        </Show>
    }
}

/// What to know before trusting a number.
#[component]
fn Warnings(page: Page) -> impl IntoView {
    let said = move || {
        let lang = page.lang();
        let say = |warning: &Warning| warning.say(lang);
        page.read(|plan, _| plan.warnings.iter().map(say).collect::<Vec<_>>()).unwrap_or_default()
    };
    view! {
        <Show when=move || !said().is_empty()>
            <ul class="warnings">
                {move || said().into_iter().map(|text| view! { <li class="warning">{text}</li> }).collect_view()}
            </ul>
        </Show>
    }
}

/// The break-even division in its three steps, which need no data, then those of the open step.
#[component]
fn Explain(page: Page, stage: Memo<Stage>) -> impl IntoView {
    let steps = move || {
        let formats = page.app.formats.get();
        let mut steps =
            page.options.with(|options| break_even_steps(options, formats.lang, &formats.currency));
        let more = page.read(|plan, _| plan.explanation.steps(formats.lang, stage.get()).to_vec());
        let more = more.unwrap_or_default();
        steps.extend(more.into_iter().filter(|step| !steps.contains(step)).collect::<Vec<_>>());
        steps
    };
    view! { <ExplainPanel steps=Signal::derive(steps) tool=TOOL/> }
}
