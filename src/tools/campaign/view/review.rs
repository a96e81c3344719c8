//! The fifth step: what the roll-out brought, against what was expected of it.

use super::page::Page;
use super::responses::{ResponsesCard, Wave};
use super::review_cells::ReviewCells;
use crate::tools::campaign::answer::ReviewSums;
use crate::tools::campaign::chart;
use crate::tools::campaign::options::Stage;
use crate::tools::campaign::page_text::{ReviewWords, review};
use crate::ui::chart_frame::ChartFrame;
use crate::ui::figure::Figure;
use leptos::prelude::*;

#[component]
pub fn ReviewStep(page: Page) -> impl IntoView {
    let words = move || review(page.lang());
    let rolled_out = Memo::new(move |_| {
        page.kept_roll_out_on().is_some() || page.read(|plan, _| plan.roll_out.is_some()).unwrap_or_default()
    });
    let has = Memo::new(move |_| page.read(|plan, _| plan.review.is_some()).unwrap_or_default());
    // A roll-out to no cell at all has sums, of nobody, and no picture.
    let has_cells = Memo::new(move |_| {
        page.read(|plan, _| plan.cells.iter().any(|cell| cell.review.is_some())).unwrap_or_default()
    });
    view! {
        <Show when=move || rolled_out.get() fallback=move || view! {
            <section class="card">
                <p>{move || words().nothing_yet}</p>
                <div class="actions">
                    <button type="button" on:click=move |_| page.look(Stage::RollOut)>
                        {move || words().to_roll_out}</button>
                </div>
            </section>
        }>
            <ResponsesCard page wave=Wave::RollOut/>
            <Show when=move || has.get()>
                <Figures page/>
                <Show when=move || has_cells.get()>
                    <section class="card">
                        <ChartFrame spec=page.draw(chart::review)
                            file_name=Signal::derive(move || page.file_name(words().table))/>
                    </section>
                </Show>
                <ReviewCells page/>
            </Show>
        </Show>
    }
}

fn say(page: Page, make: impl FnOnce(&ReviewSums, &super::numbers::Numbers) -> String) -> String {
    page.say(|plan, n| plan.review.as_ref().map(|sums| make(sums, n)).unwrap_or_default())
}

#[component]
fn Figures(page: Page) -> impl IntoView {
    let words = move || review(page.lang());
    let label =
        move |of: fn(&'static ReviewWords) -> &'static str| Signal::derive(move || of(words()).to_string());
    let has_control = Memo::new(move |_| {
        page.read(|plan, _| plan.review.as_ref().is_some_and(|sums| sums.incremental.is_some()))
            .unwrap_or_default()
    });
    view! {
        <section class="figures" aria-label=move || page.frame().figures>
            <Figure label=label(|words| words.responses)
                value=Signal::derive(move || say(page, |sums, n| n.count(sums.responses)))
                note=Signal::derive(move || say(page, |sums, n| {
                    let expected = &sums.expected;
                    (words().responses_note)(&n.about(expected.value), &n.about(expected.low), &n.about(expected.high))
                }))/>
            <Figure label=label(|words| words.rate)
                value=Signal::derive(move || say(page, |sums, n| n.or_dash(sums.rate, |n, rate| n.rate(rate.value))))
                note=Signal::derive(move || say(page, |sums, n| n.or_dash(sums.rate, |n, rate| n.rates(&rate))))/>
            <Figure label=label(|words| words.profit)
                value=Signal::derive(move || say(page, |sums, n| n.money(sums.profit)))
                note=Signal::derive(move || say(page, |sums, n| {
                    let expected = &sums.expected_profit;
                    (words().profit_note)(&format!("{} ({})", n.money(expected.value), n.amounts(expected)))
                }))/>
            <Figure label=label(|words| words.within)
                value=Signal::derive(move || say(page, |sums, n| n.count(sums.cells_within)))
                note=Signal::derive(move || say(page, |sums, n| (words().within_note)(&n.count(sums.cells))))/>
            <Show when=move || has_control.get()>
                <Figure label=label(|words| words.incremental)
                    value=Signal::derive(move || say(page, |sums, n| n.or_dash(sums.incremental, |n, rate| n.rate(rate))))
                    note=Signal::derive(move || say(page, |sums, n| {
                        (words().incremental_note)(&n.or_dash(sums.baseline, |n, rate| n.rate(rate.value)))
                    }))/>
            </Show>
        </section>
    }
}
