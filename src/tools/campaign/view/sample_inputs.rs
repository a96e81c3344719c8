//! How the sample is drawn: one name in so many, where it begins, the control group, and how exact it shall be.

use super::page::{Page, new_seed};
use crate::core::day::Day;
use crate::core::typed::{number, whole};
use crate::tools::campaign::options::{CONFIDENCES, CampaignOptions, INTERVALS, Start};
use crate::tools::campaign::page_text::{record, sample};
use crate::ui::fields::{ParsedField, SelectField};
use leptos::prelude::*;

/// A control group of one in ten, to begin with.
const CONTROL: u32 = 10;

#[component]
pub fn SampleInputs(page: Page) -> impl IntoView {
    let words = move || sample(page.lang());
    view! {
        <KeptNote page/>
        <IntervalField page label=Signal::derive(move || words().interval.to_string())
            help=Signal::derive(move || words().interval_help.to_string())
            value=page.option(|options| options.interval)
            set=|options, interval| options.interval = interval/>
        <StartField page/>
        <ControlField page/>
        <ParsedField label=Signal::derive(move || words().precision.to_string())
            value=page.option(|options| points(options.half_width)) write=f64::to_string
            read=Callback::new(move |typed: String| {
                let points = number(&typed).filter(|points| *points > 0.0 && *points <= 50.0);
                points.ok_or_else(|| words().precision_wrong.to_string())
            })
            on_change=Callback::new(move |(points, burst)| {
                page.edit(burst, |options| options.half_width = points / 100.0)
            })
            help=Signal::derive(move || words().precision_help.to_string()) input_mode="decimal"/>
        <ConfidenceField page/>
    }
}

/// A share as percentage points, without the digits that binary fractions add.
fn points(share: f64) -> f64 {
    (share * 1e8).round() / 1e6
}

#[component]
pub fn ConfidenceField(page: Page) -> impl IntoView {
    view! {
        <SelectField label=Signal::derive(move || sample(page.lang()).confidence.to_string())
            value=page.option(|options| options.confidence)
            choices=Signal::derive(move || {
                let numbers = page.numbers();
                CONFIDENCES.map(|level| (level, numbers.level(level))).to_vec()
            })
            on_change=Callback::new(move |level| page.edit(None, |options| options.confidence = level))/>
    }
}

/// The test was recorded: it stays as it was mailed.
#[component]
pub fn KeptNote(page: Page) -> impl IntoView {
    let kept = Memo::new(move |_| page.kept_test_on());
    let says = move |day: Day| {
        let day = crate::core::show::Show::day(&page.app.formats.get(), day);
        (record(page.lang()).test_kept)(&day)
    };
    view! { {move || kept.get().map(|day| view! { <p class="info">{says(day)}</p> })} }
}

/// One name in so many.
#[component]
fn IntervalField(
    page: Page,
    label: Signal<String>,
    help: Signal<String>,
    value: Memo<u32>,
    set: fn(&mut CampaignOptions, u32),
) -> impl IntoView {
    view! {
        <ParsedField label value write=u32::to_string
            read=Callback::new(move |typed: String| {
                whole(&typed, INTERVALS).ok_or_else(|| sample(page.lang()).interval_wrong.to_string())
            })
            on_change=Callback::new(move |(interval, burst)| page.edit(burst, |options| set(options, interval)))
            help input_mode="numeric"/>
    }
}

#[component]
fn StartField(page: Page) -> impl IntoView {
    let words = move || sample(page.lang());
    let random = page.option(|options| matches!(options.start, Start::Random { .. }));
    let draw = move || page.edit(None, |options| options.start = Start::Random { seed: new_seed() });
    let choose = move |random: bool| match random {
        true => draw(),
        false => page.edit(None, |options| options.start = Start::First),
    };
    let starts_at =
        move || page.say(|plan, numbers| (words().starts_at)(&numbers.count(plan.sample.start.into())));
    view! {
        <SelectField label=Signal::derive(move || words().start.to_string()) value=random
            choices=Signal::derive(move || vec![
                (false, words().start_first.to_string()),
                (true, words().start_random.to_string()),
            ])
            on_change=choose help=Signal::derive(starts_at)/>
        <Show when=move || random.get()>
            <div class="actions"><button type="button" on:click=move |_| draw()>{move || words().draw_again}</button></div>
        </Show>
    }
}

#[component]
fn ControlField(page: Page) -> impl IntoView {
    let words = move || sample(page.lang());
    let has_control = page.option(|options| options.control_interval.is_some());
    view! {
        <SelectField label=Signal::derive(move || words().control.to_string()) value=has_control
            choices=Signal::derive(move || vec![
                (false, words().control_none.to_string()),
                (true, words().control_some.to_string()),
            ])
            on_change=Callback::new(move |some: bool| {
                page.edit(None, |options| options.control_interval = some.then_some(CONTROL))
            })
            help=Signal::derive(move || words().control_help.to_string())/>
        <Show when=move || has_control.get()>
            <IntervalField page label=Signal::derive(move || words().control_interval.to_string())
                help=Signal::derive(String::new)
                value=page.option(|options| options.control_interval.unwrap_or(CONTROL))
                set=|options, interval| options.control_interval = Some(interval)/>
        </Show>
    }
}
