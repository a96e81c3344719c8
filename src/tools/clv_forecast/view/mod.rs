//! The forecast page.

mod charts;
mod check;
mod customers;
mod figures;
mod inputs;
mod page;
mod parameters;
mod timeline;

use super::answer::{Forecast, Refusal};
use super::options::ForecastOptions;
use super::request::{ForecastAnswer, ForecastAsk, ForecastRequest};
use super::text::text;
use crate::tools::Tool;
use crate::ui::explain_panel::{CoursePanel, ExplainPanel};
use crate::ui::job::{Job, JobStatus, use_job};
use crate::ui::state::app;
use leptos::prelude::*;
use page::Page;
use std::sync::Arc;

static TOOL: &Tool = &super::TOOL;

pub fn view() -> AnyView {
    let app = app();
    let options = app.record::<ForecastOptions>(TOOL.id);
    let job = use_job::<_, ForecastAnswer>(TOOL.id, move || ForecastRequest {
        options: options.get().without_check(),
        ask: ForecastAsk::Forecast,
    });
    let result = Memo::new(move |_| {
        let answered = job.answer.with(|answer| match answer {
            Some(ForecastAnswer::Forecast(forecast)) => Some(Arc::new(Forecast::clone(forecast))),
            _ => None,
        });
        answered.filter(|_| job.problem.with(Option::is_none))
    });
    let has_result = Memo::new(move |_| result.with(Option::is_some));
    view! {
        <div class="tool forecast">
            <inputs::Inputs options/>
            <div class="forecast-answer">
                <JobStatus job/>
                <Refused job/>
                <Show when=move || has_result.get() fallback=|| view! { <CoursePanel tool=TOOL/> }>
                    <Results options result/>
                </Show>
            </div>
        </div>
    }
    .into_any()
}

/// Why there is no forecast, and where to go.
#[component]
fn Refused(job: Job<ForecastAnswer>) -> impl IntoView {
    let app = app();
    let refusal = move || -> Option<Refusal> {
        job.answer.with(|answer| match answer {
            Some(ForecastAnswer::Refused(refusal)) if job.problem.with(Option::is_none) => {
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
            <p><a class="button" href="#/data">{move || text(app.lang.get()).to_data}</a></p>
        </Show>
    }
}

/// Everything that follows from a forecast. The last one stays in place while the page is being left.
#[component]
fn Results(options: Memo<ForecastOptions>, result: Memo<Option<Arc<Forecast>>>) -> impl IntoView {
    let last = Memo::new(move |before: Option<&Arc<Forecast>>| {
        result.get().or_else(|| before.cloned()).expect("results are shown when there is a forecast")
    });
    let page = Page { app: app(), options, result: last.into() };
    let steps = move || last.with(|forecast| forecast.explanation.steps(page.lang()).to_vec());
    view! {
        <figures::Figures page/>
        <charts::Fit page/>
        <timeline::TimeLine page/>
        <charts::Maps page/>
        <parameters::Parameters page/>
        <charts::Heterogeneity page/>
        <check::Checked page/>
        <customers::Customers page/>
        <ExplainPanel steps=Signal::derive(steps) tool=TOOL/>
    }
}
