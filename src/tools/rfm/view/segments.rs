//! Named segments: what share of customers and revenue each has, and the way to its customers.

use super::page::Page;
use crate::tools::rfm::chart::{revenue_share, segments};
use crate::tools::rfm::files;
use crate::tools::rfm::model::{SegmentRow, Sums};
use crate::tools::rfm::publish::name;
use crate::tools::rfm::reading::Reader;
use crate::ui::chart_frame::ChartFrame;
use leptos::prelude::*;

#[component]
pub fn Segments(page: Page) -> impl IntoView {
    let caption = move || page.words().segments_caption;
    let by_column = page.by_column();
    let rows = move || {
        page.read(|overview, reader| {
            let row = |row: &SegmentRow| segment_row(page, row, &overview.all, reader);
            overview.segments.iter().map(row).collect_view()
        })
    };
    view! {
        <section class="card">
            <ChartFrame spec=Signal::derive(move || page.read(segments))
                file_name=Signal::derive(move || format!("RFM {}", page.text().segments_title))/>
            <div class="table-box" tabindex="0" role="region" aria-label=caption>
                <table class="many-columns">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">{move || page.text().segment}</th>
                        <th scope="col" class="number">{move || page.text().customers}</th>
                        <th scope="col" class="number">{move || page.text().share}</th>
                        <th scope="col" class="number">{move || page.text().orders}</th>
                        <th scope="col" class="number">{move || page.text().revenue}</th>
                        <th scope="col" class="number">{move || page.words().share_of_revenue}</th>
                        <th scope="col" class="number">{move || page.text().average_order_value}</th>
                        {move || by_column.get().then(|| view! {
                            <th scope="col" class="number">{page.read(|_, reader| reader.mean_title())}</th>
                        })}
                        <th scope="col" class="number">{move || page.text().average_days}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="actions">
                <button type="button" on:click=move |_| page.save(page.text().segments_title, files::segments)>
                    {move || page.words().download_csv}</button>
            </div>
        </section>
    }
}

fn segment_row(page: Page, row: &SegmentRow, all: &Sums, reader: Reader) -> impl IntoView + use<> {
    let shown = reader.lang.pick(&row.name_en, &row.name_zh).clone();
    // The published column is filtered by its classes' English names.
    let class = row.name_en.clone();
    let revenue_share = revenue_share(&row.sums, all).map_or("–".into(), |share| reader.percent(share));
    let label = (reader.page().see_customers_of)(&shown);
    let open = move |_| page.list_customers(&[(name::SEGMENT, class.clone())]);
    view! {
        <tr>
            <th scope="row">{if row.sums.customers > 0 {
                view! { <button type="button" class="link-button" title=label on:click=open>{shown}</button> }.into_any()
            } else {
                shown.into_any()
            }}</th>
            <td class="number">{reader.count(row.sums.customers)}</td>
            <td class="number">{reader.percent(row.share)}</td>
            <td class="number">{reader.count(row.sums.orders)}</td>
            <td class="number">{reader.show.money(row.sums.revenue)}</td>
            <td class="number">{revenue_share}</td>
            <td class="number">{reader.mean_money(row.sums.average_order_value())}</td>
            {reader.mean_cell(&row.sums).map(|mean| view! { <td class="number">{mean}</td> })}
            <td class="number">{reader.days(row.sums.average_days_since_last())}</td>
        </tr>
    }
}
