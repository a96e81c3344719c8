//! The answer in large, what goes with it, the charts, the working, and what it hangs on; or why there is none.

use super::TOOL;
use super::page::Page;
use crate::charts::spec::ChartSpec;
use crate::core::inputs::Typed;
use crate::core::sensitivity::{Model, Sensitivity};
use crate::io::download;
use crate::tools::break_even::answer::Answer;
use crate::tools::break_even::{files, link};
use crate::ui::chart_frame::ChartFrame;
use crate::ui::explain_panel::{CoursePanel, ExplainPanel};
use crate::ui::figure::Figure;
use crate::ui::sensitivity::SensitivityPanel;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Answered(page: Page) -> impl IntoView {
    let has_answer = Memo::new(move |_| page.result.with(Result::is_ok));
    // The last answer stays until the parts that show it have gone.
    let last = Memo::new(move |before: Option<&Option<Arc<Answer>>>| {
        let found = page.result.with(|result| result.as_ref().ok().cloned());
        found.or_else(|| before.cloned().flatten())
    });
    view! {
        <Show when=move || has_answer.get() fallback=move || view! { <NoAnswer page/> }>
            <Results page answer=Signal::derive(move || last.get().expect("shown when there is one"))/>
        </Show>
        {page.calculator.model.map(|model| view! { <HangsOn page model/> })}
        <section class="card assumes">
            <h2>{move || page.text().assumes}</h2>
            <p>{move || page.words(page.calculator.assumes)}</p>
            <p class="slides">{move || {
                let slides = page.calculator.slides.join(page.lang().pick(", ", "、"));
                (page.app.text().from_slides)(&slides)
            }}</p>
        </section>
    }
}

/// Why there is no answer, with the picture where that shows why.
#[component]
fn NoAnswer(page: Page) -> impl IntoView {
    let said = move || {
        page.result
            .with(|result| result.as_ref().err().map(|refused| page.read(|reader| refused.why.say(reader))))
    };
    let chart = Memo::new(move |before: Option<&Option<ChartSpec>>| {
        let now =
            page.result.with(|result| result.as_ref().err().map(|refused| refused.chart.as_deref().cloned()));
        now.unwrap_or_else(|| before.cloned().flatten())
    });
    let has_chart = Memo::new(move |_| chart.with(Option::is_some));
    view! {
        <section class="card">
            <p class="figure-label">{move || page.text().no_answer}</p>
            <p class="problem" role="alert">{said}</p>
        </section>
        <Show when=move || has_chart.get()>
            <section class="card">
                <ChartFrame spec=Signal::derive(move || chart.get().expect("shown when there is one"))
                    file_name=Signal::derive(move || page.words(page.calculator.title).to_string())/>
            </section>
        </Show>
        <CoursePanel tool=TOOL/>
    }
}

#[component]
fn Results(page: Page, answer: Signal<Arc<Answer>>) -> impl IntoView {
    let steps = Signal::derive(move || answer.with(|answer| answer.steps.clone()));
    let charts = Memo::new(move |_| answer.with(|answer| answer.charts.len()));
    let chart = move |at: usize| {
        let spec = Signal::derive(move || {
            answer.with(|answer| answer.charts[at.min(answer.charts.len() - 1)].clone())
        });
        let file_name = Signal::derive(move || match at {
            0 => page.words(page.calculator.title).to_string(),
            _ => format!("{} {}", page.words(page.calculator.title), at + 1),
        });
        view! { <section class="card"><ChartFrame spec file_name/></section> }
    };
    let save = move |_| {
        let formats = page.app.formats.get_untracked();
        let reader = formats.reader();
        let bytes = page.given.with_untracked(|given| {
            answer.with_untracked(|answer| files::calculation(page.calculator, given, answer, reader))
        });
        let (en, zh) = page.calculator.title;
        download::save(&format!("{}.csv", reader.pick(en, zh)), "text/csv;charset=utf-8", &bytes);
    };
    view! {
        <Main page answer/>
        <section class="figures" aria-label=move || page.text().answer>
            {move || answer.with(|answer| answer.figures.iter().map(|figure| {
                let figure = figure.clone();
                view! { <Figure label=figure.label value=figure.value note=figure.note/> }
            }).collect_view())}
        </section>
        {move || answer.with(|answer| {
            let note = |note: &String| view! { <p class="info">{note.clone()}</p> };
            answer.notes.iter().map(note).collect_view()
        })}
        {move || (0..charts.get()).map(chart).collect_view()}
        <div class="actions">
            <button type="button" on:click=save>{move || page.text().download}</button>
        </div>
        <ExplainPanel steps tool=TOOL/>
    }
}

/// The number that matters. A class that is led through the steps sees it with the last one.
#[component]
fn Main(page: Page, answer: Signal<Arc<Answer>>) -> impl IntoView {
    let led = move || {
        page.app.presenting.get().is_some_and(|revealed| answer.with(|answer| revealed < answer.steps.len()))
    };
    let of = move |pick: fn(&Answer) -> &String| answer.with(|answer| pick(answer).clone());
    view! {
        <section class="card main-answer">
            <p class="figure-label">{move || of(|answer| &answer.main.label)}</p>
            <p class="figure-value large" role="status">{move || if led() { "…".into() } else { of(|answer| &answer.main.value) }}</p>
            <p class="figure-note">{move || if led() { String::new() } else { of(|answer| &answer.main.note) }}</p>
        </section>
    }
}

/// What the answer hangs on, with scenarios.
#[component]
fn HangsOn(page: Page, model: &'static Model) -> impl IntoView {
    let typed = Signal::derive(move || page.typed.with(|typed| typed.typed.clone()));
    let sensitivity = Signal::derive(move || page.typed.with(|typed| typed.sensitivity.clone()));
    let change = move |sensitivity: Sensitivity| page.edit(None, |now| now.sensitivity = sensitivity);
    let load = move |typed: Typed| page.edit(None, |now| now.typed = typed);
    let carried = Signal::derive(move || page.options.with(link::carried));
    view! { <SensitivityPanel model typed sensitivity on_change=change on_load=load carried/> }
}
