//! The list of customers with what is expected of each.

use super::page::Page;
use crate::core::summary::TimeUnit;
use crate::tools::clv_forecast::answer::{CustomerPage, CustomerRow, Origin};
use crate::tools::clv_forecast::reading::Reader;
use crate::tools::clv_forecast::request::{ForecastAnswer, ForecastAsk, ForecastRequest, SortBy};
use crate::tools::clv_forecast::words::in_units;
use crate::ui::fields::Segmented;
use crate::ui::job::{JobStatus, use_job};
use crate::ui::pager::Pager;
use leptos::prelude::*;

#[component]
pub fn Customers(page: Page) -> impl IntoView {
    let (sort, at) = (RwSignal::new(SortBy::Value), RwSignal::new(0_u64));
    let job = use_job::<_, ForecastAnswer>(super::TOOL.id, move || ForecastRequest {
        options: page.options.get().without_check(),
        ask: ForecastAsk::Customers { sort: sort.get(), page: at.get() },
    });
    let list = Memo::new(move |_| {
        job.answer.with(|answer| match answer {
            Some(ForecastAnswer::Customers(list)) => Some(list.clone()),
            _ => None,
        })
    });
    let pages = Signal::derive(move || list.with(|list| list.as_ref().map_or(1, |list| list.pages)));
    let sorts = move || {
        let text = page.text();
        vec![
            (SortBy::Value, text.value.to_string()),
            (SortBy::Purchases, text.purchases.to_string()),
            (SortBy::Alive, text.alive.to_string()),
        ]
    };
    let published = move || page.result.with(|forecast| forecast.origin != Origin::Simulated);
    view! {
        <section class="card">
            <h2>{move || page.text().list_title}</h2>
            <p class="field-help">{move || page.text().list_hint}</p>
            <Segmented label=page.word(|text| text.sort) value=Signal::derive(move || sort.get())
                choices=Signal::derive(sorts)
                on_change=move |by| { sort.set(by); at.set(0); }/>
            <JobStatus job/>
            {move || list.get().map(|list| page.read(|forecast, reader| {
                table(page, &list, forecast.unit, reader)
            }))}
            <Pager page=at pages/>
            <div class="actions">
                <button type="button" on:click=move |_| page.save(false)>
                    {move || page.text().download_customers}</button>
                <button type="button" on:click=move |_| page.save(true)>
                    {move || page.text().download_summary}</button>
            </div>
            <Show when=published><p class="field-help">{move || page.text().published}</p></Show>
        </section>
    }
}

fn table(page: Page, list: &CustomerPage, unit: TimeUnit, reader: Reader) -> impl IntoView + use<> {
    let text = reader.text();
    let heads = [
        text.value.to_string(),
        text.alive.into(),
        text.purchases.into(),
        text.spend.into(),
        text.repeat_frequency.into(),
        in_units(text.recency, unit, reader.lang),
        in_units(text.age, unit, reader.lang),
        text.frequency.into(),
        text.days_since.into(),
    ];
    let row = |row: &CustomerRow| {
        let n = |value: f64| reader.show.number(value, 1);
        let cells = [
            reader.money(row.value),
            reader.percent(row.alive),
            reader.show.number(row.purchases, 2),
            reader.money(row.spend),
            reader.count(row.repeat_frequency.into()),
            n(row.recency),
            n(row.age),
            row.frequency.map_or_else(|| "–".into(), |frequency| reader.count(frequency.into())),
            reader.show.number(row.days_since_last, 0),
        ];
        view! {
            <tr>
                <th scope="row">{row.id.clone()}</th>
                {cells.into_iter().map(|cell| view! { <td class="number">{cell}</td> }).collect_view()}
            </tr>
        }
    };
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=page.text().list_title>
            <table class="forecast-list">
                <thead><tr>
                    <th scope="col">{text.customer}</th>
                    {heads.into_iter().map(|head| view! { <th scope="col" class="number">{head}</th> }).collect_view()}
                </tr></thead>
                <tbody>{list.rows.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
