//! A customer's time line, onto which purchases are clicked.

use super::page::Page;
use crate::tools::clv_forecast::chart;
use crate::tools::clv_forecast::timeline::{LENGTH, alive};
use crate::tools::clv_forecast::words::in_units;
use crate::ui::chart_frame::ChartFrame;
use leptos::prelude::*;

/// A customer to begin with: steady for a while, then silent.
const EXAMPLE: [u32; 6] = [3, 7, 10, 14, 18, 21];

#[component]
pub fn TimeLine(page: Page) -> impl IntoView {
    let bought = RwSignal::new(EXAMPLE.to_vec());
    let spec = Signal::derive(move || {
        let bought = bought.get();
        page.read(|forecast, reader| {
            let values = std::array::from_fn(|i| forecast.fit.parameters[i].value);
            let line = alive(forecast.model, values, &bought);
            chart::timeline(forecast, &line, &bought, reader)
        })
    });
    let toggle = move |unit: u32| {
        bought.update(|bought| match bought.binary_search(&unit) {
            Ok(at) => {
                bought.remove(at);
            }
            Err(at) => bought.insert(at, unit),
        });
    };
    let button = move |unit: u32| {
        let pressed = move || if bought.with(|bought| bought.contains(&unit)) { "true" } else { "false" };
        view! {
            <button type="button" class="time-unit" aria-pressed=pressed
                on:click=move |_| toggle(unit)>{unit}</button>
        }
    };
    let axis = move || {
        let unit = page.result.with(|forecast| forecast.unit);
        in_units(page.text().timeline_axis, unit, page.lang())
    };
    view! {
        <section class="card">
            <h2>{move || page.text().timeline_title}</h2>
            <p>{move || page.text().timeline_hint}</p>
            <div class="time-line" role="group"
                aria-label=axis>
                {(1..=LENGTH).map(button).collect_view()}
            </div>
            <div class="actions">
                <button type="button" on:click=move |_| bought.set(Vec::new())>
                    {move || page.text().timeline_clear}</button>
                <button type="button" on:click=move |_| bought.set(EXAMPLE.to_vec())>
                    {move || page.text().timeline_example}</button>
            </div>
            <ChartFrame spec file_name=page.word(|text| text.timeline_title)/>
        </section>
    }
}
