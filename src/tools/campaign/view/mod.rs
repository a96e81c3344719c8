//! The campaign page.

use super::economics::Economics;
use super::explain::break_even_steps;
use super::options::CampaignOptions;
use super::request::{CampaignAnswer, CampaignAsk, CampaignRequest};
use super::text::text;
use crate::core::format;
use crate::tools::Tool;
use crate::ui::explain_panel::ExplainPanel;
use crate::ui::job::{JobStatus, use_job};
use crate::ui::state::app;
use leptos::prelude::*;

static TOOL: &Tool = &super::TOOL;

pub fn view() -> AnyView {
    let app = app();
    let options = app.record::<CampaignOptions>(TOOL.id);
    let job = use_job::<_, CampaignAnswer>(TOOL.id, move || CampaignRequest {
        options: options.get(),
        ask: CampaignAsk::Plan,
    });
    let break_even = move || match options.with(Economics::of) {
        Ok(economics) => format::percent(economics.break_even(), 2),
        Err(refusal) => refusal.say(app.lang.get()),
    };
    let steps = Signal::derive(move || {
        let formats = app.formats.get();
        options.with(|options| break_even_steps(options, formats.lang, &formats.currency))
    });
    let refused = move || match job.answer.get() {
        Some(CampaignAnswer::Refused(refusal)) => Some(refusal.say(app.lang.get())),
        _ => None,
    };
    view! {
        <section class="card">
            <h2>{move || text(app.lang.get()).break_even}</h2>
            <p class="figure-value">{break_even}</p>
            <JobStatus job/>
            {move || refused().map(|why| view! { <p class="problem" role="alert">{why}</p> })}
        </section>
        <ExplainPanel steps tool=TOOL/>
    }
    .into_any()
}
