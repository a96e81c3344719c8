//! The page: the ways to a lifetime value, and the one that is open.

mod fields;
mod matrix;
mod page;

use super::answer::ClvAnswer;
use super::inputs::DATA;
use super::job::ClvRequest;
use super::options::{ClvOptions, Part};
use super::{five, formula, link, sheet};
use crate::charts::sheet::Sheet;
use crate::core::sensitivity::Model;
use crate::tools::Tool;
use crate::ui::explain_panel::{CoursePanel, ExplainPanel};
use crate::ui::fields::ToolInputs;
use crate::ui::inputs::InputFields;
use crate::ui::job::{JobStatus, use_job};
use crate::ui::sensitivity::SensitivityPanel;
use crate::ui::sheet::SheetView;
use crate::ui::state::app;
use leptos::prelude::*;
use page::Page;

static TOOL: &Tool = &super::TOOL;

pub fn view() -> AnyView {
    let app = app();
    let options = app.record::<ClvOptions>(TOOL.id);
    let page = Page { app, options };
    let part = Memo::new(move |_| options.with(|options| options.part));
    let job = use_job::<_, ClvAnswer>(TOOL.id, move || options.with(ClvRequest::of));
    let from_data = Memo::new(move |_| {
        options.with(|options| {
            let values = options.values(options.part);
            values.place("from").is_some() && values.choice("from") == DATA
        })
    });
    // Nothing while the data have not been asked; a refusal of the data, or of the numbers.
    let worked = Memo::new(move |_| -> Option<Result<Sheet, String>> {
        let formats = app.formats.get();
        let lang = formats.lang;
        job.answer.with(|answer| {
            let fits = |answer: &&ClvAnswer| from_data.get() && answer.is_for(part.get());
            let data = answer.as_ref().filter(fits);
            match data {
                Some(ClvAnswer::Refused(why)) => return Some(Err(why.say(lang))),
                None if from_data.get() => return None,
                _ => {}
            }
            let made = options.with(|options| sheet(options, data, formats.reader()));
            Some(made.map_err(|why| why.get(lang).to_string()))
        })
    });
    let has_sheet = Memo::new(move |_| {
        let failed = from_data.get() && job.problem.with(Option::is_some);
        !failed && worked.with(|worked| matches!(worked, Some(Ok(_))))
    });
    // The last good sheet stays while its successor is on the way.
    let last = Memo::new(move |before: Option<&Sheet>| {
        let now = worked.with(|worked| worked.clone().and_then(Result::ok));
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let problem =
        move || worked.with(|worked| worked.as_ref().and_then(|worked| worked.as_ref().err().cloned()));
    view! {
        <Ways page part/>
        <div class="tool clv">
            {move || view! { <Inputs page part=part.get() from_data/> }}
            <div class="clv-answer">
                <Show when=move || from_data.get()><JobStatus job/></Show>
                {move || problem().map(|problem| view! { <p class="problem" role="alert">{problem}</p> })}
                <Show when=move || part.get() == Part::Chain && !from_data.get()><matrix::Matrix page/></Show>
                <Show when=move || has_sheet.get()><SheetView sheet=last/></Show>
                {move || sensitivity(page, part.get())}
                <Show when=move || has_sheet.get() fallback=|| view! { <CoursePanel tool=TOOL/> }>
                    <ExplainPanel steps=Signal::derive(move || last.with(|sheet| sheet.steps.clone())) tool=TOOL/>
                </Show>
            </div>
        </div>
    }
    .into_any()
}

/// The parts of the page with the question that each answers.
#[component]
fn Ways(page: Page, part: Memo<Part>) -> impl IntoView {
    let way = move |each: Part| {
        view! {
            <li>
                <button type="button" aria-current=move || (part.get() == each).then_some("step")
                    on:click=move |_| page.open(each)>
                    <span class="step-name">{move || page.text().part(each).0}</span>
                    <span class="step-note">{move || page.text().part(each).1}</span>
                </button>
            </li>
        }
    };
    view! {
        <nav class="campaign-steps clv-ways" aria-label=move || page.text().steps>
            <ol>{Part::ALL.map(way).into_iter().collect_view()}</ol>
        </nav>
    }
}

/// What is typed for a part: its inputs, and a list where it has one.
#[component]
fn Inputs(page: Page, part: Part, from_data: Memo<bool>) -> impl IntoView {
    let typed = Signal::derive(move || page.options.with(|options| options.of(part).typed.clone()));
    let change =
        Callback::new(move |(typed, burst)| page.set(burst, |options| options.of_mut(part).typed = typed));
    view! {
        <ToolInputs title=Signal::derive(move || page.text().settings.to_string())>
            {match part {
                Part::Years => view! { <Show when=move || !from_data.get()><fields::Survivors page/></Show> }.into_any(),
                Part::Migration => view! { <Show when=move || !from_data.get()><fields::Probabilities page/></Show> }.into_any(),
                _ => ().into_any(),
            }}
            <InputFields inputs=part.inputs() typed on_change=change/>
            <Show when=move || from_data.get()>
                <p class="field-help">{move || page.text().private}</p>
                <p><a class="button" href="#/data">{move || page.text().to_data}</a></p>
            </Show>
        </ToolInputs>
    }
}

fn sensitivity(page: Page, part: Part) -> Option<impl IntoView> {
    let model: &'static Model = match part {
        Part::Formula => &formula::MODEL,
        Part::Five => &five::MODEL,
        _ => return None,
    };
    let options = page.options;
    Some(view! {
        <SensitivityPanel model
            typed=Signal::derive(move || options.with(|options| options.of(part).typed.clone()))
            sensitivity=Signal::derive(move || options.with(|options| options.of(part).sensitivity.clone()))
            on_change=Callback::new(move |now| page.set(None, |options| options.of_mut(part).sensitivity = now))
            on_load=Callback::new(move |typed| page.set(None, |options| options.of_mut(part).typed = typed))
            carried=Signal::derive(move || options.with(link::carried))/>
    })
}
