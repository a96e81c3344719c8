//! Results against expectation, cell by cell.

use super::numbers::Numbers;
use super::page::Page;
use crate::core::grading::Label;
use crate::tools::campaign::answer::{CellReview, CellRow};
use crate::tools::campaign::page_text::{ReviewWords, review};
use crate::ui::pager::Pager;
use leptos::prelude::*;

/// Rows on one page.
const PAGE: usize = 25;

#[component]
pub fn ReviewCells(page: Page) -> impl IntoView {
    let words = move || review(page.lang());
    let open_page = RwSignal::new(0_u64);
    let cells = Memo::new(move |_| {
        let row = |cell: &CellRow| Some((cell.label.clone(), cell.review.clone()?));
        page.read(|plan, _| plan.cells.iter().filter_map(row).collect::<Vec<_>>()).unwrap_or_default()
    });
    let pages = Memo::new(move |_| cells.with(|cells| cells.len().div_ceil(PAGE) as u64));
    let rows = move || {
        let (n, lang, words) = (page.numbers(), page.lang(), words());
        let from = open_page.get().min(pages.get().saturating_sub(1)) as usize * PAGE;
        let row = |(label, result): &(Label, CellReview)| row(label.get(lang), result, words, &n);
        cells.with(|cells| cells.iter().skip(from).take(PAGE).map(row).collect_view())
    };
    let total = move || {
        page.read(|plan, n| {
            let sums = plan.review.as_ref()?;
            Some(view! {
                <tr>
                    <th scope="row">{page.frame().total}</th>
                    <td class="number">{n.count(sums.mailed)}</td>
                    <td class="number">{n.about(sums.expected.value)}</td>
                    <td class="number">{n.counts(&sums.expected)}</td>
                    <td class="number">{n.count(sums.responses)}</td>
                    <td class="number">{n.or_dash(sums.rate, |n, rate| n.rate(rate.value))}</td>
                    <td class="number">{n.money(sums.expected_profit.value)}</td>
                    <td class="number">{n.money(sums.profit)}</td>
                    <td></td>
                </tr>
            })
        })
    };
    let caption = move || (words().caption)(&page.numbers().count(cells.with(|cells| cells.len() as u64)));
    view! {
        <section class="card">
            <h2>{move || words().table}</h2>
            <div class="table-box" tabindex="0" role="region" aria-label=move || words().table>
                <table class="campaign-table">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">{move || page.frame().cell}</th>
                        <th scope="col" class="number">{move || words().mailed}</th>
                        <th scope="col" class="number">{move || words().expected}</th>
                        <th scope="col" class="number">{move || words().expected_range}</th>
                        <th scope="col" class="number">{move || words().actual}</th>
                        <th scope="col" class="number">{move || words().rate}</th>
                        <th scope="col" class="number">{move || words().expected_profit}</th>
                        <th scope="col" class="number">{move || words().actual_profit}</th>
                        <th scope="col">{move || words().outcome}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                    <tfoot>{total}</tfoot>
                </table>
            </div>
            <Pager page=open_page pages/>
        </section>
    }
}

fn row(label: &str, result: &CellReview, words: &ReviewWords, n: &Numbers) -> impl IntoView + use<> {
    let (class, outcome) = if result.within {
        ("verdict verdict-neutral", words.as_expected)
    } else if result.responses as f64 > result.expected.value {
        ("verdict verdict-above", words.more)
    } else {
        ("verdict verdict-below", words.fewer)
    };
    view! {
        <tr>
            <th scope="row" class="code">{label.to_string()}</th>
            <td class="number">{n.count(result.mailed)}</td>
            <td class="number">{n.about(result.expected.value)}</td>
            <td class="number">{n.counts(&result.expected)}</td>
            <td class="number">{n.count(result.responses)}</td>
            <td class="number">{n.or_dash(result.rate, |n, rate| n.rate(rate.value))}</td>
            <td class="number">{n.money(result.expected_profit)}</td>
            <td class="number">{n.money(result.profit)}</td>
            <td><span class=class>{outcome}</span></td>
        </tr>
    }
}
