//! The pyramid itself, and its tiers in figures.

use super::page::Page;
use crate::tools::pyramid::answer::{Pyramid, TierRow};
use crate::tools::pyramid::chart::tiers;
use crate::tools::pyramid::reading::Reader;
use crate::ui::chart_frame::ChartFrame;
use leptos::prelude::*;

/// The picture; a picked tier opens as a list of its customers.
#[component]
pub fn Slices(page: Page) -> impl IntoView {
    let measure = Memo::new(move |_| page.options.get().measure);
    view! {
        <section class="card">
            <ChartFrame
                spec=Signal::derive(move || page.read(|pyramid, reader| tiers(pyramid, &measure.get(), reader)))
                file_name=Signal::derive(move || page.text().title.to_string())
                on_pick=Callback::new(move |tier| page.list(tier))/>
            <div class="actions">
                <button type="button" on:click=move |_| page.save_customers()>
                    {move || page.text().download_customers}</button>
            </div>
        </section>
    }
}

/// What each tier amounts to.
#[component]
pub fn Figures(page: Page) -> impl IntoView {
    let rows = move || {
        page.read(|pyramid, reader| {
            pyramid.rows().map(|row| figures_row(page, pyramid, row, reader)).collect_view()
        })
    };
    let margin = move || page.result.with(|pyramid| pyramid.has_margin);
    let head = move |name: &'static str| view! { <th scope="col" class="number">{name}</th> };
    view! {
        <section class="card">
            <h2>{move || page.text().tiers_title}</h2>
            <p class="field-help">{move || page.text().figures_hint}</p>
            <div class="table-box" tabindex="0" role="region" aria-label=move || page.text().tiers_title>
                <table class="pyramid-figures">
                    <thead><tr>
                        <th scope="col">{move || page.text().tier}</th>
                        {move || head(page.text().customers)}
                        {move || head(page.text().revenue)}
                        {move || margin().then(|| head(page.text().margin))}
                        {move || head(page.text().per_purchase)}
                        {move || head(page.text().purchases_each)}
                        {move || head(page.text().days_ago)}
                        {move || head(page.text().range)}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="actions">
                <button type="button" on:click=move |_| page.save_tiers()>
                    {move || page.text().download_tiers}</button>
            </div>
        </section>
    }
}

fn figures_row(page: Page, pyramid: &Pyramid, row: &TierRow, reader: Reader) -> impl IntoView + use<> {
    let sums = row.sums;
    let shown = row.label.get(reader.lang).to_string();
    let (class, title) = (
        row.label.en.clone(),
        format!("{}{}{shown}", page.text().see_customers, reader.lang.pick(": ", "：")),
    );
    let name = if sums.customers > 0 {
        let open = move |_| page.list(class.clone());
        view! { <button type="button" class="link-button" title=title on:click=open>{shown}</button> }
            .into_any()
    } else {
        shown.into_any()
    };
    // Who is not there, and prospects, who have bought nothing, have no figures: none of theirs is a zero.
    let cells = if sums.customers == 0 || pyramid.is_prospects(row) {
        vec![("–".to_string(), None); if pyramid.has_margin { 6 } else { 5 }]
    } else {
        let share = |share: Option<f64>| share.map(|share| reader.percent(share));
        let mut cells = vec![(reader.show.money(sums.revenue), share(row.share_of_revenue))];
        if pyramid.has_margin {
            let margin = reader.money(sums.margin.map(|margin| margin as f64));
            cells.push((margin, share(row.share_of_margin)));
        }
        let (low, high) = reader.range(pyramid, row.found);
        cells.extend([
            (reader.money(sums.average_order_value()), None),
            (reader.number(sums.orders_per_customer(), 1), None),
            (reader.number(sums.average_days_since_last(), 0), None),
            (low, high),
        ]);
        cells
    };
    let customers = (reader.count(sums.customers), Some(reader.percent(row.share_of_customers)));
    let cell = |(value, below): (String, Option<String>)| {
        view! {
            <td class="number">{value}{below.map(|below| view! { " "<small>{below}</small> })}</td>
        }
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            {std::iter::once(customers).chain(cells).map(cell).collect_view()}
        </tr>
    }
}
