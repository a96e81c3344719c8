//! How well the model fits, what it says of whom, and how customers differ.

use super::page::Page;
use crate::charts::spec::ChartSpec;
use crate::tools::clv_forecast::chart;
use crate::tools::clv_forecast::words::story;
use crate::ui::chart_frame::ChartFrame;
use leptos::prelude::*;

#[component]
fn Card(spec: Signal<ChartSpec>, file: Signal<String>) -> impl IntoView {
    view! { <section class="card"><ChartFrame spec file_name=file/></section> }
}

#[component]
pub fn Fit(page: Page) -> impl IntoView {
    view! { <Card spec=page.chart(chart::counts) file=page.word(|text| text.counts_title)/> }
}

#[component]
pub fn Maps(page: Page) -> impl IntoView {
    view! {
        <div class="forecast-pair">
            <Card spec=page.chart(|forecast, reader| chart::map(forecast, true, reader))
                file=page.word(|text| text.alive_map)/>
            <Card spec=page.chart(|forecast, reader| chart::map(forecast, false, reader))
                file=page.word(|text| text.purchases_map)/>
        </div>
    }
}

#[component]
pub fn Heterogeneity(page: Page) -> impl IntoView {
    let story = move || page.result.with(|forecast| story(forecast.model, page.lang()));
    view! {
        <section class="card">
            <h2>{move || page.text().heterogeneity}</h2>
            <p>{story}</p>
            <div class="forecast-pair">
                <ChartFrame spec=page.chart(|forecast, reader| {
                    let [buying, _] = chart::heterogeneity(forecast, reader);
                    buying
                }) file_name=page.word(|text| text.heterogeneity)/>
                <ChartFrame spec=page.chart(|forecast, reader| {
                    let [_, leaving] = chart::heterogeneity(forecast, reader);
                    leaving
                }) file_name=page.word(|text| text.heterogeneity)/>
            </div>
        </section>
    }
}
