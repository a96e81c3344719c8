//! The heat map of recency and frequency; a picked field filters the cells.

use super::page::Page;
use crate::tools::rfm::chart::{HeatMeasure, field_key, field_of, heat_map};
use crate::tools::rfm::options::Variable;
use crate::tools::rfm::publish::name;
use crate::tools::rfm::reading::{digit, field_name};
use crate::ui::chart_frame::ChartFrame;
use crate::ui::fields::Segmented;
use leptos::prelude::*;

#[component]
pub fn Heat(page: Page) -> impl IntoView {
    let measure = RwSignal::new(HeatMeasure::default());
    let names = move || {
        page.read(|_, reader| HeatMeasure::ALL.map(|each| (each, each.name(reader).to_string())).to_vec())
    };
    let pick = move |key: String| {
        let picked = field_of(&key);
        page.field.update(|field| *field = if *field == picked { None } else { picked });
    };
    // A field that this analysis does not have cannot stay picked.
    Effect::new(move |_| {
        let bins = page.result.with(|result| result.overview.bins);
        if page.field.get().is_some_and(|(r, f)| r > bins[0] || f > bins[1]) {
            page.field.set(None);
        }
    });
    view! {
        <section class="card">
            <Segmented label=Signal::derive(move || page.words().shown.to_string()) value=measure
                choices=Signal::derive(names) on_change=move |chosen| measure.set(chosen)/>
            <ChartFrame
                spec=Signal::derive(move || page.read(|overview, reader| heat_map(overview, measure.get(), reader)))
                file_name=Signal::derive(move || format!("RFM {}", page.text().heat_map_title))
                selected=Signal::derive(move || page.field.get().map(|(r, f)| field_key(r, f)))
                on_pick=Callback::new(pick)/>
            <PickedField page/>
        </section>
    }
}

/// The field in force, with the way back and the way to its customers.
#[component]
pub fn PickedField(page: Page) -> impl IntoView {
    let field_words = move |(r, f)| page.read(|overview, _| field_name(overview, r, f));
    let customers = move |(r, f)| {
        let digits = page.result.with_untracked(|result| {
            [(Variable::Recency, r), (Variable::Frequency, f)]
                .map(|(v, level)| digit(&result.overview, v, level))
        });
        page.list_customers(&[
            (name::LEVELS[0], digits[0].to_string()),
            (name::LEVELS[1], digits[1].to_string()),
        ]);
    };
    view! {
        {move || page.field.get().map(|field| view! {
            <div class="actions">
                <span class="tag">{move || (page.words().only_field)(&field_words(field))}</span>
                <button type="button" on:click=move |_| page.field.set(None)>{move || page.words().show_all}</button>
                <button type="button" on:click=move |_| customers(field)>{move || page.words().see_customers}</button>
            </div>
        })}
    }
}
