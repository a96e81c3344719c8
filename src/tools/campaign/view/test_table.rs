//! The table of all cells with what the test says of each: sorted, filtered by verdict, mailed or not by hand.

use super::page::Page;
use super::sort_head::SortHead;
use super::verdict::{VERDICTS, chip};
use crate::tools::campaign::answer::{CellRow, CellTest, Plan, Verdict};
use crate::tools::campaign::page_text::{TestWords, test};
use crate::ui::fields::Segmented;
use crate::ui::pager::Pager;
use leptos::prelude::*;
use std::cmp::Ordering;

/// Rows on one page.
const PAGE: usize = 25;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Cell,
    Tested,
    Responses,
    Rate,
    Shrunken,
    Index,
    Profit,
    Verdict,
    TrueRate,
}

impl Column {
    fn name(self, page: Page) -> &'static str {
        let words = test(page.lang());
        match self {
            Column::Cell => page.frame().cell,
            Column::Tested => words.tested,
            Column::Responses => words.responses,
            Column::Rate => words.rate_head,
            Column::Shrunken => words.shrunken,
            Column::Index => words.index,
            Column::Profit => words.profit,
            Column::Verdict => words.verdict,
            Column::TrueRate => words.true_rate,
        }
    }

    fn compare(self, (a, x): (&CellRow, &CellTest), (b, y): (&CellRow, &CellTest)) -> Ordering {
        let number = |a: Option<f64>, b: Option<f64>| {
            a.unwrap_or(f64::NEG_INFINITY).total_cmp(&b.unwrap_or(f64::NEG_INFINITY))
        };
        let rate = |test: &CellTest| test.rate.map(|rate| rate.value);
        match self {
            // Cells come in their own order, the best first, which is "the largest first".
            Column::Cell => Ordering::Equal,
            Column::Tested => a.tested.cmp(&b.tested),
            Column::Responses => x.responses.cmp(&y.responses),
            Column::Rate => number(rate(x), rate(y)),
            Column::Shrunken => number(x.shrunken.map(|rate| rate.value), y.shrunken.map(|rate| rate.value)),
            Column::Index => number(x.break_even_index, y.break_even_index),
            Column::Profit => x.profit.total_cmp(&y.profit),
            Column::Verdict => (y.verdict as u8, rate(x).unwrap_or(0.0))
                .partial_cmp(&(x.verdict as u8, rate(y).unwrap_or(0.0)))
                .unwrap_or(Ordering::Equal),
            Column::TrueRate => number(x.true_rate, y.true_rate),
        }
    }
}

/// The labels of the cells that are listed, in the chosen order; equal ones stay best cell first.
fn listed(plan: &Plan, verdict: Option<Verdict>, (by, descending): (Column, bool)) -> Vec<String> {
    let mut cells: Vec<(&CellRow, &CellTest)> =
        plan.cells.iter().filter_map(|cell| Some((cell, cell.test.as_ref()?))).collect();
    cells.retain(|(_, test)| verdict.is_none_or(|verdict| test.verdict == verdict));
    match (by, descending) {
        (Column::Cell, false) => cells.reverse(),
        (_, true) => cells.sort_by(|a, b| by.compare(*b, *a)),
        (_, false) => cells.sort_by(|a, b| by.compare(*a, *b)),
    }
    cells.into_iter().map(|(cell, _)| cell.label.en.clone()).collect()
}

#[component]
pub fn TestTable(page: Page, picked: RwSignal<Option<String>>) -> impl IntoView {
    let words = move || test(page.lang());
    let order = RwSignal::new((Column::Cell, true));
    let verdict = RwSignal::new(None::<Verdict>);
    let open_page = RwSignal::new(0_u64);
    let labels = Memo::new(move |_| {
        let (verdict, order) = (verdict.get(), order.get());
        page.read(|plan, _| listed(plan, verdict, order)).unwrap_or_default()
    });
    let pages = Memo::new(move |_| labels.with(|labels| labels.len().div_ceil(PAGE) as u64));
    let shown = move || {
        let from = open_page.get().min(pages.get().saturating_sub(1)) as usize * PAGE;
        labels.with(|labels| labels.iter().skip(from).take(PAGE).cloned().collect::<Vec<_>>())
    };
    Effect::new(move |_| {
        order.track();
        verdict.track();
        open_page.set(0);
    });
    // A picked bar opens its row, whatever is filtered.
    Effect::new(move |_| {
        let Some(cell) = picked.get() else { return };
        let place = || labels.with_untracked(|labels| labels.iter().position(|label| *label == cell));
        if place().is_none() {
            verdict.set(None);
        }
        let picked = picked;
        request_animation_frame(move || {
            let at = labels.with_untracked(|labels| {
                picked.with_untracked(|cell| labels.iter().position(|label| Some(label) == cell.as_ref()))
            });
            if let Some(at) = at {
                open_page.set((at / PAGE) as u64);
            }
        });
    });
    let has_truth = Memo::new(move |_| {
        let knows = |cell: &CellRow| cell.test.as_ref().is_some_and(|test| test.true_rate.is_some());
        page.read(|plan, _| plan.cells.iter().any(knows)).unwrap_or_default()
    });
    let caption = move || {
        page.say(|plan, n| {
            let shown = labels.with(|labels| labels.len() as u64);
            let all = plan.cells.iter().filter(|cell| cell.test.is_some()).count();
            (words().caption)(&n.count(shown), &n.count(all as u64))
        })
    };
    let filters = move || {
        let mut choices = vec![(None, words().all.to_string())];
        choices.extend(VERDICTS.map(|verdict| (Some(verdict), words().verdict(verdict).to_string())));
        choices
    };
    let confidence = move || page.numbers().level(page.options.with(|options| options.confidence));
    let head = move |column: Column, number: bool| {
        view! {
            <SortHead name=Signal::derive(move || column.name(page).to_string()) column order number/>
        }
    };
    view! {
        <section class="card">
            <h2>{move || words().table}</h2>
            <p class="field-help">{move || words().not_scores}</p>
            <Segmented label=Signal::derive(move || words().filter.to_string()) value=verdict
                choices=Signal::derive(filters) on_change=Callback::new(move |chosen| verdict.set(chosen))/>
            <ByHand page/>
            {move || picked.get().map(|cell| view! {
                <div class="actions">
                    <span class="tag">{(words().picked)(&cell)}</span>
                    <button type="button" on:click=move |_| picked.set(None)>{words().show_all}</button>
                </div>
            })}
            <div class="table-box" tabindex="0" role="region" aria-label=move || words().table>
                <table class="campaign-table">
                    <caption>{caption}</caption>
                    <thead><tr>
                        {head(Column::Cell, false)}
                        {head(Column::Verdict, false)}
                        <th scope="col">{move || words().mail}</th>
                        {head(Column::Tested, true)}
                        {head(Column::Responses, true)}
                        {head(Column::Rate, true)}
                        <th scope="col" class="number">{move || (words().interval)(&confidence())}</th>
                        {head(Column::Shrunken, true)}
                        {head(Column::Index, true)}
                        {head(Column::Profit, true)}
                        {move || has_truth.get().then(|| head(Column::TrueRate, true))}
                    </tr></thead>
                    <tbody>
                        <For each=shown key=String::clone let:label>
                            <TestRow page label picked has_truth/>
                        </For>
                    </tbody>
                </table>
            </div>
            <Show when=move || labels.with(Vec::is_empty)><p role="status">{move || words().none_such}</p></Show>
            <Pager page=open_page pages/>
        </section>
    }
}

/// One cell. The row stays while plans come and go, so that the focus stays where it was.
#[component]
fn TestRow(
    page: Page,
    label: String,
    picked: RwSignal<Option<String>>,
    has_truth: Memo<bool>,
) -> impl IntoView {
    let words = move || test(page.lang());
    let label = StoredValue::new(label);
    let cell = Memo::new(move |_| {
        label.with_value(|label| {
            page.read(|plan, _| plan.cells.iter().find(|cell| cell.label.en == *label).cloned()).flatten()
        })
    });
    let is_picked = move || picked.with(|picked| label.with_value(|label| picked.as_ref() == Some(label)));
    let say = move |make: fn(&CellTest, &super::numbers::Numbers) -> String| {
        move || {
            let n = page.numbers();
            cell.with(|cell| cell.as_ref().and_then(|cell| Some(make(cell.test.as_ref()?, &n))))
        }
    };
    let tested = move || cell.with(|cell| cell.as_ref().map(|cell| page.numbers().count(cell.tested)));
    let of_test = move |get: fn(&CellTest) -> bool| {
        cell.with(|cell| cell.as_ref().and_then(|cell| cell.test.as_ref()).is_some_and(get))
    };
    let shown = move || cell.with(|cell| cell.as_ref().map(|cell| cell.label.get(page.lang()).to_string()));
    let verdict = move || cell.with(|cell| cell.as_ref()?.test.as_ref().map(|test| test.verdict));
    view! {
        <tr class:picked=is_picked>
            <th scope="row" class="code">{shown}</th>
            <td>{move || verdict().map(|verdict| chip(page, verdict))}</td>
            <td>
                <label class="check">
                    <input type="checkbox" prop:checked=move || of_test(|test| test.mailed)
                        aria-label=move || label.with_value(|label| (words().mail_cell)(label))
                        on:change=move |event| mail(page, &label.get_value(), event_target_checked(&event))/>
                    <span>{move || of_test(|test| test.by_hand).then(|| words().by_hand)}</span>
                </label>
            </td>
            <td class="number">{tested}</td>
            <td class="number">{say(|test, n| n.count(test.responses))}</td>
            <td class="number">{say(|test, n| n.or_dash(test.rate, |n, rate| n.rate(rate.value)))}</td>
            <td class="number">{say(|test, n| n.or_dash(test.rate, |n, rate| n.rates(&rate)))}</td>
            <td class="number">{say(|test, n| n.or_dash(test.shrunken, |n, rate| n.rate(rate.value)))}</td>
            <td class="number">{say(|test, n| n.or_dash(test.break_even_index, |n, index| n.signed(index)))}</td>
            <td class="number">{say(|test, n| n.money(test.profit))}</td>
            {move || has_truth.get().then(|| view! {
                <td class="number">{say(|test, n| n.or_dash(test.true_rate, |n, rate| n.rate(rate)))}</td>
            })}
        </tr>
    }
}

/// Mails a cell, or does not, whatever the rule says; a choice that agrees with the rule is none.
fn mail(page: Page, label: &str, mailed: bool) {
    let by_rule = page.last.with_untracked(|plan| {
        let cell = plan.as_ref()?.cells.iter().find(|cell| cell.label.en == label)?;
        Some(cell.test.as_ref()?.verdict == Verdict::RollOut)
    });
    page.edit(None, |options| {
        match by_rule == Some(mailed) {
            true => options.by_hand.remove(label),
            false => options.by_hand.insert(label.to_string(), mailed),
        };
    });
}

/// Takes all choices by hand back.
#[component]
fn ByHand(page: Page) -> impl IntoView {
    let chosen = page.option(|options| options.by_hand.len() as u64);
    let words: fn(Page) -> &'static TestWords = |page| test(page.lang());
    view! {
        <Show when=move || { chosen.get() > 0 }>
            <div class="actions">
                <button type="button" on:click=move |_| page.edit(None, |options| options.by_hand.clear())>
                    {move || (words(page).by_rule_again)(&page.numbers().count(chosen.get()))}</button>
            </div>
        </Show>
    }
}
