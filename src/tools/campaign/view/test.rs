//! The third step: what the test says of each cell, and what it can and cannot tell.

use super::page::Page;
use super::responses::{ResponsesCard, Wave};
use super::test_table::TestTable;
use super::truth::Truth;
use crate::tools::campaign::answer::Plan;
use crate::tools::campaign::chart;
use crate::tools::campaign::options::Rule;
use crate::tools::campaign::page_text::{TestWords, test};
use crate::ui::chart_frame::ChartFrame;
use crate::ui::fields::SelectField;
use crate::ui::figure::Figure;
use leptos::prelude::*;

const RULES: [Rule; 3] = [Rule::Point, Rule::Interval, Rule::Shrunken];

#[component]
pub fn RuleField(page: Page) -> impl IntoView {
    let words = move || test(page.lang());
    let rule = page.option(|options| options.rule);
    view! {
        <SelectField label=Signal::derive(move || words().rule.to_string()) value=rule
            choices=Signal::derive(move || RULES.map(|rule| (rule, words().rule_name(rule).to_string())).to_vec())
            on_change=Callback::new(move |rule| page.edit(None, |options| options.rule = rule))
            help=Signal::derive(move || words().rule_help(rule.get()).to_string())/>
    }
}

#[component]
pub fn TestStep(page: Page) -> impl IntoView {
    let has_test = Memo::new(move |_| page.read(|plan, _| plan.test.is_some()).unwrap_or_default());
    // The cell whose bar was picked.
    let picked = RwSignal::new(None::<String>);
    view! {
        <ResponsesCard page wave=Wave::Test/>
        <Show when=move || has_test.get()>
            <Figures page/>
            <section class="card">
                <ChartFrame
                    spec=page.draw(chart::cells)
                    file_name=Signal::derive(move || page.file_name(test(page.lang()).table))
                    selected=picked
                    on_pick=Callback::new(move |cell: String| {
                        picked.update(|now| *now = (now.as_ref() != Some(&cell)).then_some(cell));
                    })/>
            </section>
            <TestTable page picked/>
            <Truth page/>
            <Gains page/>
        </Show>
    }
}

#[component]
fn Figures(page: Page) -> impl IntoView {
    let words = move || test(page.lang());
    let label =
        move |of: fn(&'static TestWords) -> &'static str| Signal::derive(move || of(words()).to_string());
    let has_baseline = Memo::new(move |_| {
        page.read(|plan, _| plan.test.as_ref().is_some_and(|test| test.baseline.is_some()))
            .unwrap_or_default()
    });
    view! {
        <section class="figures" aria-label=move || page.frame().figures>
            <Figure label=label(|words| words.rate)
                value=Signal::derive(move || say(page, |test, n| n.or_dash(test.rate, |n, rate| n.rate(rate.value))))
                note=Signal::derive(move || say(page, |test, n| {
                    let between = |rate: &crate::tools::campaign::answer::Ranged| {
                        (words().rate_note)(&n.rate(rate.low), &n.rate(rate.high))
                    };
                    test.rate.as_ref().map(between).unwrap_or_default()
                }))/>
            <Figure label=label(|words| words.responses)
                value=Signal::derive(move || say(page, |test, n| n.count(test.responses)))
                note=Signal::derive(move || page.say(|plan, n| responses_note(plan, words(), n)))/>
            <Figure label=label(|words| words.verdicts_title)
                value=Signal::derive(move || say(page, |test, n| {
                    [test.roll_out, test.cant_tell, test.dont_mail].map(|cells| n.count(cells)).join(" · ")
                }))
                note=label(|words| words.verdicts_note)/>
            <Figure label=label(|words| words.test_profit)
                value=Signal::derive(move || say(page, |test, n| n.money(test.profit)))
                note=label(|words| words.test_profit_note)/>
            <Show when=move || has_baseline.get()>
                <Figure label=label(|words| words.baseline)
                    value=Signal::derive(move || say(page, |test, n| n.or_dash(test.baseline, |n, rate| n.rate(rate.value))))
                    note=label(|words| words.baseline_note)/>
            </Show>
        </section>
        <p class="field-help">{move || say(page, |test, n| (words().shrunk)(&n.rate(test.mean_rate)))}</p>
    }
}

fn responses_note(plan: &Plan, words: &TestWords, n: &super::numbers::Numbers) -> String {
    let tested = plan.test.as_ref().map_or(0, |test| test.tested);
    let cells = plan.cells.iter().filter(|cell| cell.test.is_some()).count();
    (words.responses_note)(&n.count(tested), &n.count(cells as u64))
}

/// A text about the test, while there is one.
fn say(
    page: Page,
    make: impl FnOnce(&crate::tools::campaign::answer::TestSums, &super::numbers::Numbers) -> String,
) -> String {
    page.say(|plan, n| plan.test.as_ref().map(|test| make(test, n)).unwrap_or_default())
}

/// How much of all responses the best cells hold, and how far above the mean they are.
#[component]
fn Gains(page: Page) -> impl IntoView {
    let has_gains = Memo::new(move |_| {
        page.read(|plan, _| plan.test.as_ref().is_some_and(|test| !test.gains.is_empty())).unwrap_or_default()
    });
    view! {
        <Show when=move || has_gains.get()>
            <div class="two-charts">
                <section class="card">
                    <ChartFrame spec=page.draw(chart::gains)
                        file_name=Signal::derive(move || page.file_name(page.lang().pick("gains", "增益")))/>
                </section>
                <section class="card">
                    <ChartFrame spec=page.draw(chart::lift)
                        file_name=Signal::derive(move || page.file_name(page.lang().pick("lift", "提升度")))/>
                </section>
            </div>
        </Show>
    }
}
