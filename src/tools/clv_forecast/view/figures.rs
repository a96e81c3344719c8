//! The figures that matter, and what to know before trusting them.

use super::page::Page;
use crate::core::stats::proportion::Interval;
use crate::tools::clv_forecast::answer::{Forecast, Origin, Total};
use crate::tools::clv_forecast::reading::Reader;
use crate::tools::clv_forecast::words::span;
use crate::ui::figure::Figure;
use leptos::prelude::*;

/// The ends of the 95 % interval, written.
fn interval(total: &Total, reader: Reader, write: &dyn Fn(f64) -> String) -> String {
    match total.interval() {
        Some(Interval { low, high }) => reader.lang.pick(
            format!("95%: {} – {}", write(low), write(high)),
            format!("95%：{} – {}", write(low), write(high)),
        ),
        None => reader.text().no_interval.into(),
    }
}

fn observed(forecast: &Forecast, reader: Reader) -> String {
    let customers = reader.count(forecast.customers);
    let again = reader.count(forecast.repeat_customers);
    match (forecast.origin, forecast.from, forecast.end) {
        (Origin::Transactions, Some(from), Some(end)) => {
            let (from, end) = (reader.show.day(from), reader.show.day(end));
            reader.lang.pick(
                format!("of {customers}; {again} bought again, {from} – {end}"),
                format!("共 {customers} 位，{again} 位再購，{from} – {end}"),
            )
        }
        _ => reader.lang.pick(
            format!("of {customers}; {again} bought again"),
            format!("共 {customers} 位，{again} 位再購"),
        ),
    }
}

#[component]
pub fn Figures(page: Page) -> impl IntoView {
    let read = move |make: fn(&Forecast, Reader) -> String| Signal::derive(move || page.read(make));
    view! {
        <section class="figures" aria-label=move || page.text().title>
            <Figure label=page.word(|text| text.alive_total)
                value=read(|forecast, reader| reader.show.count(forecast.alive.round() as i64))
                note=read(observed)/>
            <Figure label=page.word(|text| text.purchases_total)
                value=read(|forecast, reader| reader.show.count(forecast.purchases.value.round() as i64))
                note=read(|forecast, reader| {
                    let ahead = span(&reader.count(forecast.horizon.into()), forecast.unit, reader.lang);
                    let between = interval(&forecast.purchases, reader, &|n| reader.show.count(n.round() as i64));
                    reader.lang.pick(
                        format!("in the next {ahead}; {between}"),
                        format!("未來 {ahead}；{between}"),
                    )
                })/>
            <Figure label=page.word(|text| text.value_total)
                value=read(|forecast, reader| reader.money(forecast.value.map(|total| total.value)))
                note=read(|forecast, reader| match &forecast.value {
                    Some(total) => {
                        let between = interval(total, reader, &|minor| reader.money(Some(minor)));
                        reader.lang.pick(
                            format!("discounted; the first payment is the next purchase; {between}"),
                            format!("折現後，從下一次購買算起；{between}"),
                        )
                    }
                    None => reader.text().no_value.into(),
                })/>
        </section>
        {move || page.options.with(|options| page.read(|forecast, reader| {
            let no_spend = forecast.spend.as_ref().err().map(|none| none.say(reader));
            let warnings = forecast.warnings.iter().map(|warning| warning.say(options, reader));
            let all: Vec<String> = no_spend.into_iter().chain(warnings).collect();
            let item = |text: String| view! { <li class="warning">{text}</li> };
            (!all.is_empty()).then(|| view! { <ul class="warnings">{all.into_iter().map(item).collect_view()}</ul> })
        }))}
    }
}
