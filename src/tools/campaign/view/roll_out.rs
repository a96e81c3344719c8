//! The fourth step: what the roll-out is expected to bring, beside what else could be done.

use super::alternatives::Alternatives;
use super::page::Page;
use super::record::RollOutList;
use super::roll_out_cells::RollOutCells;
use crate::tools::campaign::answer::RollOutSums;
use crate::tools::campaign::options::Stage;
use crate::tools::campaign::page_text::{RollOutWords, roll_out};
use crate::ui::figure::Figure;
use leptos::prelude::*;

#[component]
pub fn RollOutStep(page: Page) -> impl IntoView {
    let words = move || roll_out(page.lang());
    let has = Memo::new(move |_| page.read(|plan, _| plan.roll_out.is_some()).unwrap_or_default());
    let none_chosen = Memo::new(move |_| {
        page.read(|plan, _| plan.roll_out.as_ref().is_some_and(|sums| sums.cells == 0)).unwrap_or_default()
    });
    view! {
        <Show when=move || has.get() fallback=move || view! {
            <section class="card">
                <p>{move || words().nothing_yet}</p>
                <div class="actions">
                    <button type="button" on:click=move |_| page.look(Stage::Test)>{move || words().to_test}</button>
                </div>
            </section>
        }>
            <Show when=move || none_chosen.get()><p class="warning">{move || words().none_chosen}</p></Show>
            <Figures page/>
            <Partition page/>
            <Alternatives page/>
            <Curse page/>
            <RollOutList page/>
            <RollOutCells page/>
        </Show>
    }
}

/// A text about the roll-out, while there is one.
pub fn say(page: Page, make: impl FnOnce(&RollOutSums, &super::numbers::Numbers) -> String) -> String {
    page.say(|plan, n| plan.roll_out.as_ref().map(|sums| make(sums, n)).unwrap_or_default())
}

#[component]
fn Figures(page: Page) -> impl IntoView {
    let words = move || roll_out(page.lang());
    let label =
        move |of: fn(&'static RollOutWords) -> &'static str| Signal::derive(move || of(words()).to_string());
    let level = move || page.options.with(|options| options.confidence);
    view! {
        <section class="figures" aria-label=move || page.frame().figures>
            <Figure label=label(|words| words.mailed)
                value=Signal::derive(move || say(page, |sums, n| n.count(sums.mailed)))
                note=Signal::derive(move || say(page, |sums, n| {
                    (words().mailed_note)(&n.share(sums.mailed, sums.customers), &n.count(sums.cells))
                }))/>
            <Figure label=label(|words| words.responses)
                value=Signal::derive(move || say(page, |sums, n| n.about(sums.responses.value)))
                note=Signal::derive(move || say(page, |sums, n| {
                    let rate = n.or_dash(sums.rate, |n, rate| n.rate(rate));
                    (words().responses_note)(&rate, &n.counts(&sums.responses))
                }))/>
            <Figure label=label(|words| words.profit)
                value=Signal::derive(move || say(page, |sums, n| n.money(sums.profit.value)))
                note=Signal::derive(move || say(page, |sums, n| {
                    let (low, high) = (n.money(sums.profit.low), n.money(sums.profit.high));
                    (words().profit_note)(&n.level(level()), &low, &high)
                }))/>
            <Figure label=label(|words| words.more)
                value=Signal::derive(move || say(page, |sums, n| {
                    n.money(sums.profit.value - sums.everyone.profit.value)
                }))
                note=Signal::derive(move || say(page, |sums, n| {
                    (words().more_note)(&n.money(sums.everyone.profit.value))
                }))/>
        </section>
    }
}

/// Mailed + tested + control + held back + not mailed = all customers in cells.
#[component]
fn Partition(page: Page) -> impl IntoView {
    let words = move || roll_out(page.lang());
    let equation = move || {
        say(page, |sums, n| {
            let counts = [sums.mailed, sums.tested, sums.control, sums.guarded, sums.not_mailed];
            let part = |(count, name): (u64, &str)| (words().part)(name, &n.count(count));
            let parts: Vec<String> = counts.into_iter().zip(words().parts).map(part).collect();
            format!("{} = {}", parts.join(" + "), n.count(sums.customers))
        })
    };
    view! {
        <section class="card">
            <h2>{move || words().partition}</h2>
            <p class="read-equals partition">{equation}</p>
        </section>
    }
}

/// The winner's curse, with the reader's own numbers.
#[component]
fn Curse(page: Page) -> impl IntoView {
    let words = move || roll_out(page.lang());
    let has_cells = Memo::new(move |_| {
        page.read(|plan, _| plan.roll_out.as_ref().is_some_and(|sums| sums.mailed > 0)).unwrap_or_default()
    });
    let says = move || {
        say(page, |sums, n| {
            let (raw, expected) = (n.money(sums.raw_profit), n.money(sums.profit.value));
            let is_cursed = sums.raw_profit > sums.profit.value;
            let say = if is_cursed { words().curse_says } else { words().curse_none };
            say(&raw, &expected)
        })
    };
    let gap = move || {
        say(page, |sums, n| {
            let gap = sums.raw_profit - sums.profit.value;
            if gap > 0.0 { (words().curse_gap)(&n.money(gap)) } else { String::new() }
        })
    };
    let truth = move || {
        say(page, |sums, n| {
            sums.true_profit.map(|truth| (words().curse_true)(&n.money(truth))).unwrap_or_default()
        })
    };
    view! {
        <Show when=move || has_cells.get()>
            <section class="card">
                <h2>{move || words().curse}</h2>
                <p>{says}</p>
                <p>{gap}{move || page.gap()}{truth}</p>
            </section>
        </Show>
    }
}
