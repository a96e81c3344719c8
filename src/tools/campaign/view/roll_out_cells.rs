//! The roll-out, cell by cell.

use super::page::Page;
use crate::tools::campaign::answer::{CellRollOut, CellRow};
use crate::tools::campaign::page_text::roll_out;
use crate::ui::pager::Pager;
use leptos::prelude::*;

/// Rows on one page.
const PAGE: usize = 25;

#[component]
pub fn RollOutCells(page: Page) -> impl IntoView {
    let words = move || roll_out(page.lang());
    let open_page = RwSignal::new(0_u64);
    let cells = Memo::new(move |_| {
        let row = |cell: &CellRow| Some((cell.label.clone(), cell.roll_out.clone()?));
        let mailed = |(_, out): &(_, CellRollOut)| out.mailed > 0 || out.guarded > 0;
        page.read(|plan, _| plan.cells.iter().filter_map(row).filter(mailed).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let pages = Memo::new(move |_| cells.with(|cells| cells.len().div_ceil(PAGE) as u64));
    let has_truth =
        Memo::new(move |_| cells.with(|cells| cells.iter().any(|(_, out)| out.true_profit.is_some())));
    let rows = move || {
        let (n, lang, truth) = (page.numbers(), page.lang(), has_truth.get());
        let from = open_page.get().min(pages.get().saturating_sub(1)) as usize * PAGE;
        cells.with(|cells| {
            let shown = cells.iter().skip(from).take(PAGE);
            let row = |(label, out): &(crate::core::grading::Label, CellRollOut)| {
                view! {
                    <tr>
                        <th scope="row" class="code">{label.get(lang).to_string()}</th>
                        <td class="number">{n.count(out.mailed)}</td>
                        <td class="number">{n.count(out.guarded)}</td>
                        <td class="number">{n.about(out.responses.value)}</td>
                        <td class="number">{n.money(out.profit.value)}</td>
                        <td class="number">{n.amounts(&out.profit)}</td>
                        <td class="number">{n.money(out.raw_profit)}</td>
                        {truth.then(|| view! {
                            <td class="number">{n.or_dash(out.true_profit, |n, profit| n.money(profit))}</td>
                        })}
                    </tr>
                }
            };
            shown.map(row).collect_view()
        })
    };
    let level = move || page.numbers().level(page.options.with(|options| options.confidence));
    let caption =
        move || (words().cells_caption)(&page.numbers().count(cells.with(|cells| cells.len() as u64)));
    view! {
        <section class="card">
            <h2>{move || words().cells_table}</h2>
            <div class="table-box" tabindex="0" role="region" aria-label=move || words().cells_table>
                <table class="campaign-table">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">{move || page.frame().cell}</th>
                        <th scope="col" class="number">{move || words().mailed}</th>
                        <th scope="col" class="number">{move || words().guarded}</th>
                        <th scope="col" class="number">{move || words().responses}</th>
                        <th scope="col" class="number">{move || words().profit}</th>
                        <th scope="col" class="number">{move || (words().interval)(&level())}</th>
                        <th scope="col" class="number">{move || words().raw_profit}</th>
                        {move || has_truth.get().then(|| view! {
                            <th scope="col" class="number">{words().true_profit}</th>
                        })}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Pager page=open_page pages/>
        </section>
    }
}
