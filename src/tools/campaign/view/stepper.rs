//! The five steps with their numbers, and the way from one to the next.

use super::cells::filled;
use super::numbers::Numbers;
use super::page::Page;
use crate::tools::campaign::answer::Plan;
use crate::tools::campaign::options::{CampaignOptions, Stage};
use crate::tools::campaign::page_text::FrameWords;
use crate::tools::campaign::text::text;
use leptos::prelude::*;

#[component]
pub fn Stepper(page: Page) -> impl IntoView {
    let open = page.option(|options| options.stage);
    let note = move |stage: Stage| {
        let (words, numbers) = (page.frame(), page.numbers());
        page.options
            .with(|options| page.last.with(|plan| note(stage, options, plan.as_deref(), words, &numbers)))
    };
    let step = move |stage: Stage| {
        let name = move || format!("{} {}", stage.index() + 1, text(page.lang()).stage(stage));
        view! {
            <li>
                <button type="button" aria-current=move || (open.get() == stage).then_some("step")
                    on:click=move |_| page.look(stage)>
                    <span class="step-name">{name}</span>
                    <span class="step-note">{move || note(stage)}</span>
                </button>
            </li>
        }
    };
    view! {
        <nav class="campaign-steps" aria-label=move || page.frame().steps>
            <ol>{Stage::ALL.map(step).into_iter().collect_view()}</ol>
        </nav>
    }
}

/// The numbers of a step in a few words.
fn note(
    stage: Stage,
    options: &CampaignOptions,
    plan: Option<&Plan>,
    words: &FrameWords,
    numbers: &Numbers,
) -> String {
    let interval = numbers.count(options.interval.into());
    match (stage, plan) {
        (Stage::Cells, Some(plan)) if filled(&plan.cells).next().is_some() => {
            cells_note(plan, words, numbers)
        }
        (Stage::Cells, _) => words.cells_unknown.into(),
        (Stage::Sample, Some(plan)) => (words.one_in_makes)(&interval, &numbers.count(plan.sample.tested)),
        (Stage::Sample, None) => (words.one_in)(&interval),
        (Stage::Test, plan) => match plan.and_then(|plan| plan.test.as_ref()) {
            Some(test) => {
                let rate = numbers.or_dash(test.rate, |numbers, rate| numbers.rate(rate.value));
                (words.responses_of)(&numbers.count(test.responses), &rate)
            }
            None => words.no_responses.into(),
        },
        (Stage::RollOut, plan) => match plan.and_then(|plan| plan.roll_out.as_ref()) {
            Some(roll_out) => (words.cells_chosen)(&numbers.count(roll_out.cells)),
            None => words.not_chosen.into(),
        },
        (Stage::Review, plan) => match plan.and_then(|plan| plan.review.as_ref()) {
            Some(review) => {
                let rate = numbers.or_dash(review.rate, |numbers, rate| numbers.rate(rate.value));
                (words.responses_of)(&numbers.count(review.responses), &rate)
            }
            None => words.actual.into(),
        },
    }
}

/// Cells that are equally large are told so; others by their mean.
fn cells_note(plan: &Plan, words: &FrameWords, numbers: &Numbers) -> String {
    let cells = filled(&plan.cells).count() as u64;
    let customers: u64 = plan.cells.iter().map(|cell| cell.customers).sum();
    let even = filled(&plan.cells).all(|cell| cell.customers * cells == customers);
    let each = numbers.about(customers as f64 / cells as f64);
    let write = if even { words.cells_even } else { words.cells_mean };
    write(&numbers.count(cells), &each)
}

/// Back and on, at the end of each step.
#[component]
pub fn StepEnds(page: Page) -> impl IntoView {
    let open = page.option(|options| options.stage);
    let beside = move |by: isize| {
        let at = open.get().index() as isize + by;
        usize::try_from(at).ok().and_then(|at| Stage::ALL.get(at).copied())
    };
    let name = move |stage| text(page.lang()).stage(stage);
    view! {
        <div class="actions step-ends">
            {move || beside(-1).map(|stage| view! {
                <button type="button" on:click=move |_| page.look(stage)>{(page.frame().back)(name(stage))}</button>
            })}
            {move || beside(1).map(|stage| view! {
                <button type="button" class="primary" on:click=move |_| page.look(stage)>
                    {(page.frame().next)(name(stage))}</button>
            })}
        </div>
    }
}
