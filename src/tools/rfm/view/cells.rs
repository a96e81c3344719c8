//! The table of all cells with customers: sorted by any column, filtered by the picked field, paged.

use super::heat::PickedField;
use super::page::Page;
use crate::tools::rfm::files::{self, segment_name};
use crate::tools::rfm::model::{CellRow, Overview};
use crate::tools::rfm::publish::name;
use crate::tools::rfm::reading::Reader;
use crate::ui::pager::Pager;
use leptos::prelude::*;
use std::cmp::Ordering;

/// Rows on one page.
const PAGE: usize = 25;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Code,
    Customers,
    Share,
    Orders,
    Revenue,
    PerCustomer,
    /// The mean of M, where it is a published column.
    Monetary,
    Days,
    Segment,
}

impl Column {
    const ALL: [Column; 9] = [
        Column::Code,
        Column::Customers,
        Column::Share,
        Column::Orders,
        Column::Revenue,
        Column::PerCustomer,
        Column::Monetary,
        Column::Days,
        Column::Segment,
    ];

    fn name(self, page: Page) -> String {
        let text = page.text();
        let name = match self {
            Column::Monetary => return page.read(|_, reader| reader.mean_title()),
            Column::Code => text.cell_code,
            Column::Customers => text.customers,
            Column::Share => text.share,
            Column::Orders => text.orders,
            Column::Revenue => text.revenue,
            Column::PerCustomer => text.revenue_per_customer,
            Column::Days => text.average_days,
            Column::Segment => text.segment,
        };
        name.into()
    }

    fn is_number(self) -> bool {
        !matches!(self, Column::Code | Column::Segment)
    }

    fn compare(self, a: &CellRow, b: &CellRow) -> Ordering {
        let number = |of: fn(&CellRow) -> Option<f64>| {
            of(a).unwrap_or(f64::NEG_INFINITY).total_cmp(&of(b).unwrap_or(f64::NEG_INFINITY))
        };
        match self {
            Column::Code => a.levels.cmp(&b.levels),
            Column::Customers | Column::Share => a.sums.customers.cmp(&b.sums.customers),
            Column::Orders => a.sums.orders.cmp(&b.sums.orders),
            Column::Revenue => a.sums.revenue.cmp(&b.sums.revenue),
            Column::PerCustomer => number(|cell| cell.sums.revenue_per_customer()),
            Column::Monetary => number(|cell| cell.sums.average_monetary()),
            Column::Days => number(|cell| cell.sums.average_days_since_last()),
            // Segments in the order of their rules, the first on top when descending as the others' largest is.
            Column::Segment => b.segment.cmp(&a.segment),
        }
    }
}

/// The cells of the picked field in the chosen order; equal ones stay best code first.
fn listed(overview: &Overview, field: Option<(u8, u8)>, by: Column, descending: bool) -> Vec<CellRow> {
    let inside = |cell: &&CellRow| field.is_none_or(|(r, f)| (cell.levels[0], cell.levels[1]) == (r, f));
    let mut cells: Vec<CellRow> = overview.cells.iter().filter(inside).cloned().collect();
    cells.sort_by(|a, b| if descending { by.compare(b, a) } else { by.compare(a, b) });
    cells
}

#[component]
pub fn Cells(page: Page) -> impl IntoView {
    let order = RwSignal::new((Column::Code, true));
    let open_page = RwSignal::new(0_u64);
    let cells = Memo::new(move |_| {
        let (by, descending) = order.get();
        page.result.with(|result| listed(&result.overview, page.field.get(), by, descending))
    });
    let pages = Memo::new(move |_| cells.with(|cells| cells.len().div_ceil(PAGE) as u64));
    // A list that got shorter must not leave an empty page.
    let shown_page = move || open_page.get().min(pages.get().saturating_sub(1));
    Effect::new(move |_| {
        page.field.track();
        open_page.set(0);
    });
    let by_column = page.by_column();
    let caption = move || {
        page.read(|overview, reader| {
            let shown = cells.with(|cells| cells.len() as u64);
            (page.words().cells_caption)(&reader.count(shown), &reader.count(overview.cells.len() as u64))
        })
    };
    let rows = move || {
        let from = shown_page() as usize * PAGE;
        page.read(|overview, reader| {
            cells.with(|cells| {
                let visible = cells.iter().skip(from).take(PAGE);
                visible.map(|cell| cell_row(page, overview, cell, reader)).collect_view()
            })
        })
    };
    view! {
        <section class="card">
            <h2>{move || page.text().cells_title}</h2>
            <p class="field-help">{move || page.text().not_a_scoring_model}</p>
            <PickedField page/>
            <div class="table-box" tabindex="0" role="region" aria-label=move || page.text().cells_title>
                <table class="many-columns">
                    <caption>{caption}</caption>
                    <thead><tr>
                        {move || {
                            let shown = Column::ALL.into_iter().filter(|&column| column != Column::Monetary || by_column.get());
                            shown.map(|column| view! { <SortHead page column order/> }).collect_view()
                        }}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Pager page=open_page pages/>
            <div class="actions">
                <button type="button" on:click=move |_| page.save(page.text().cells_title, files::cells)>
                    {move || page.words().download_csv}</button>
            </div>
        </section>
    }
}

#[component]
fn SortHead(page: Page, column: Column, order: RwSignal<(Column, bool)>) -> impl IntoView {
    let direction = move || match order.get() {
        (by, true) if by == column => Some("descending"),
        (by, false) if by == column => Some("ascending"),
        _ => None,
    };
    let sort = move |_| order.update(|order| *order = (column, order.0 != column || !order.1));
    view! {
        <th scope="col" class:number=column.is_number() aria-sort=direction>
            <button type="button" class="sort" on:click=sort>
                {move || column.name(page)}
                <span aria-hidden="true">{move || match direction() {
                    Some("descending") => "▾",
                    Some(_) => "▴",
                    None => "",
                }}</span>
            </button>
        </th>
    }
}

fn cell_row(page: Page, overview: &Overview, cell: &CellRow, reader: Reader) -> impl IntoView + use<> {
    let code = cell.code.clone();
    let label = (reader.page().see_customers_of)(&code);
    let open = move |_| page.list_customers(&[(name::CELL, code.clone())]);
    view! {
        <tr>
            <th scope="row" class="code">
                <button type="button" class="link-button" title=label on:click=open>{cell.code.clone()}</button>
            </th>
            <td class="number">{reader.count(cell.sums.customers)}</td>
            <td class="number">{reader.percent(cell.share)}</td>
            <td class="number">{reader.count(cell.sums.orders)}</td>
            <td class="number">{reader.show.money(cell.sums.revenue)}</td>
            <td class="number">{reader.mean_money(cell.sums.revenue_per_customer())}</td>
            {reader.mean_cell(&cell.sums).map(|mean| view! { <td class="number">{mean}</td> })}
            <td class="number">{reader.days(cell.sums.average_days_since_last())}</td>
            <td>{segment_name(overview, cell.segment, reader.lang).to_string()}</td>
        </tr>
    }
}
