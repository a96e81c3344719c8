//! The second step: who is tested, what it costs, and whether the test can tell.

use super::cells::filled;
use super::page::Page;
use super::record::TestList;
use crate::tools::campaign::answer::SampledCustomer;
use crate::tools::campaign::chart;
use crate::tools::campaign::page_text::sample;
use crate::ui::chart_frame::ChartFrame;
use crate::ui::figure::Figure;
use leptos::prelude::*;

#[component]
pub fn SampleStep(page: Page) -> impl IntoView {
    let words = move || sample(page.lang());
    let label = move |of: fn(&'static crate::tools::campaign::page_text::SampleWords) -> &'static str| {
        Signal::derive(move || of(words()).to_string())
    };
    let tested_note = move || {
        let interval = page.options.with(|options| options.interval);
        page.say(|plan, n| {
            let note = (words().tested_note)(&n.count(interval.into()), &n.count(plan.sample.customers));
            match plan.sample.control {
                0 => note,
                control => format!("{note} · {}", (words().control_note)(&n.count(control))),
            }
        })
    };
    let cost_note = move || {
        let price = page.options.with(|options| options.cost_per_piece);
        page.say(|plan, n| (words().cost_note)(&n.count(plan.sample.tested), &n.price(price)))
    };
    view! {
        <section class="figures" aria-label=move || page.frame().figures>
            <Figure label=label(|words| words.tested)
                value=Signal::derive(move || page.say(|plan, n| n.count(plan.sample.tested)))
                note=Signal::derive(tested_note)/>
            <Figure label=label(|words| words.per_cell)
                value=Signal::derive(move || page.say(|plan, n| {
                    let sums = &plan.sample;
                    [sums.smallest, sums.median, sums.largest].map(|size| n.count(size)).join(" · ")
                }))
                note=label(|words| words.per_cell_note)/>
            <Figure label=label(|words| words.cost)
                value=Signal::derive(move || page.say(|plan, n| plan.sample.cost.map_or_else(|| "–".into(), |cost| n.money(cost))))
                note=Signal::derive(cost_note)/>
            <Figure label=label(|words| words.too_small)
                value=Signal::derive(move || page.say(|plan, n| {
                    format!("{} · {}", n.count(plan.sample.below_hughes), n.count(plan.sample.below_precision))
                }))
                note=label(|words| words.too_small_note)/>
        </section>
        <CanTell page/>
        <Sizes page/>
        <TestList page/>
        <FirstNames page/>
    }
}

/// What one rule asks for, and how near the sample comes to it.
struct Advice {
    name: &'static str,
    note: String,
    size: u64,
    below: u64,
    interval: Option<u32>,
}

/// Can the test tell? Both rules side by side.
#[component]
fn CanTell(page: Page) -> impl IntoView {
    let words = move || sample(page.lang());
    let accuracy = move || {
        page.say(|plan, n| match (plan.break_even, plan.sample.half_width) {
            (Some(break_even), Some(half_width)) => (words().half_width)(
                &n.count(plan.sample.median),
                &n.rate(break_even.rate),
                &n.number(half_width * 100.0, 1),
            ),
            _ => String::new(),
        })
    };
    let both = move || {
        let (half_width, confidence) = page.options.with(|options| (options.half_width, options.confidence));
        page.read(|plan, n| {
            let Some(break_even) = plan.break_even else { return Vec::new() };
            let (sums, words) = (&plan.sample, words());
            let points = n.exact((half_width * 1e8).round() / 1e6);
            vec![
                Advice {
                    name: words.hughes,
                    note: format!("4 ÷ {}", n.rate(break_even.rate)),
                    size: break_even.hughes_size,
                    below: sums.below_hughes,
                    interval: sums.interval_for_hughes,
                },
                Advice {
                    name: words.precise,
                    note: (words.precise_formula)(&points, &n.level(confidence)),
                    size: break_even.precision_size,
                    below: sums.below_precision,
                    interval: sums.interval_for_precision,
                },
            ]
        })
        .unwrap_or_default()
    };
    view! {
        <section class="card">
            <h2>{move || words().accurate}</h2>
            <p>{accuracy}</p>
            <div class="two-rules">
                {move || both().into_iter().map(|advice| rule(page, advice)).collect_view()}
            </div>
        </section>
    }
}

fn rule(page: Page, advice: Advice) -> impl IntoView {
    let (words, n) = (sample(page.lang()), page.numbers());
    let cells = page.read(|plan, _| filled(&plan.cells).count() as u64).unwrap_or_default();
    let now = page.options.with(|options| options.interval);
    let below = match advice.below {
        0 => words.all_enough.to_string(),
        below => (words.below)(&n.count(below), &n.count(cells)),
    };
    let better = advice.interval.filter(|interval| *interval < now);
    let says = match (advice.interval, better) {
        (None, _) => words.impossible.to_string(),
        (Some(_), None) => words.fits.to_string(),
        (_, Some(interval)) => (words.advice)(&n.count(interval.into()), &n.count(advice.size)),
    };
    let is_kept = page.kept_test_on().is_some();
    view! {
        <div class="rule-card">
            <h3>{advice.name}</h3>
            <p class="figure-value">{(words.needs)(&n.count(advice.size))}</p>
            <p class="figure-note">{advice.note}</p>
            <p>{below}{page.gap()}{says}</p>
            {better.filter(|_| !is_kept).map(|interval| view! {
                <div class="actions">
                    <button type="button" on:click=move |_| page.edit(None, |options| options.interval = interval)>
                        {(words.use_interval)(&n.count(interval.into()))}</button>
                </div>
            })}
        </div>
    }
}

/// What each cell tests beside what it needs, where the break-even rate asks for a test at all.
#[component]
fn Sizes(page: Page) -> impl IntoView {
    let spec = page.draw(chart::sizes);
    let needs_test = Memo::new(move |_| {
        page.read(|plan, _| plan.break_even.is_some_and(|b| b.hughes_size > 0)).unwrap_or_default()
    });
    view! {
        <Show when=move || needs_test.get()>
            <section class="card">
                <ChartFrame spec file_name=Signal::derive(move || page.file_name(sample(page.lang()).accurate))/>
            </section>
        </Show>
    }
}

/// The beginning of the test list.
#[component]
fn FirstNames(page: Page) -> impl IntoView {
    let words = move || sample(page.lang());
    let rows = move || {
        let lang = page.lang();
        page.read(|plan, n| {
            let row = |customer: &SampledCustomer| {
                view! {
                    <tr>
                        <td class="number">{n.count(customer.number)}</td>
                        <th scope="row">{customer.id.clone()}</th>
                        <td class="code">{customer.label.get(lang).to_string()}</td>
                    </tr>
                }
            };
            plan.sample.first.iter().map(row).collect_view()
        })
    };
    let caption = move || page.say(|plan, n| (words().first_caption)(&n.count(plan.sample.tested)));
    view! {
        <section class="card">
            <h2>{move || words().first}</h2>
            <div class="table-box" tabindex="0" role="region" aria-label=move || words().first>
                <table class="first-names">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col" class="number">{move || words().number}</th>
                        <th scope="col">{move || words().customer}</th>
                        <th scope="col">{move || page.frame().cell}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}
