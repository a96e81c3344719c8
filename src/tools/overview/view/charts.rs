//! The small pyramid and the heat map; a picked tier or field opens the list of its customers.

use super::Page;
use crate::tools;
use crate::tools::overview::chart::{Filters, HeatMeasure, field_filters, heat_map, pyramid, tier_filters};
use crate::ui::chart_frame::ChartFrame;
use crate::ui::customers_link::list_customers;
use crate::ui::fields::Segmented;
use leptos::prelude::*;

fn open(page: Page, filters: Option<Filters>) {
    if let Some(filters) = filters {
        list_customers(page.app, &filters);
    }
}

#[component]
pub fn Pyramid(page: Page) -> impl IntoView {
    // A memo, so that the chart is not made anew with every answer.
    let is_there = Memo::new(move |_| page.overview.with(|overview| overview.tiers.is_some()));
    view! { <Show when=move || is_there.get()><PyramidCard page/></Show> }
}

#[component]
fn PyramidCard(page: Page) -> impl IntoView {
    let spec = Memo::new(move |before: Option<&_>| {
        page.read(pyramid).or_else(|| before.cloned()).expect("a pyramid is shown when there are tiers")
    });
    let pick = move |key: String| open(page, page.overview.with_untracked(|o| tier_filters(o, &key)));
    view! {
        <section class="card">
            <ChartFrame spec=spec file_name=Signal::derive(move || page.text().pyramid_file.to_string())
                on_pick=Callback::new(pick)/>
            <More page tool="pyramid" label=Signal::derive(move || page.text().to_pyramid)/>
        </section>
    }
}

#[component]
pub fn Heat(page: Page) -> impl IntoView {
    let is_there = Memo::new(move |_| page.overview.with(|overview| overview.heat_map.is_some()));
    view! { <Show when=move || is_there.get()><HeatCard page/></Show> }
}

#[component]
fn HeatCard(page: Page) -> impl IntoView {
    let measure = RwSignal::new(HeatMeasure::default());
    let names = move || HeatMeasure::ALL.map(|each| (each, each.name(page.lang()).to_string())).to_vec();
    let spec = Memo::new(move |before: Option<&_>| {
        let made = page.read(|o, reader| o.heat_map.as_ref().map(|map| heat_map(map, measure.get(), reader)));
        made.or_else(|| before.cloned()).expect("a heat map is shown when there are cells")
    });
    let pick = move |key: String| {
        open(page, page.overview.with_untracked(|o| field_filters(o.heat_map.as_ref()?, &key)));
    };
    view! {
        <section class="card">
            <ChartFrame spec=spec file_name=Signal::derive(move || page.text().heat_file.to_string())
                on_pick=Callback::new(pick)/>
            <Segmented label=Signal::derive(move || page.text().shown.to_string()) value=measure
                choices=Signal::derive(names) on_change=move |chosen| measure.set(chosen)/>
            <More page tool="rfm" label=Signal::derive(move || page.text().to_rfm)/>
        </section>
    }
}

/// What picking does, and the way to the whole tool.
#[component]
fn More(page: Page, tool: &'static str, label: Signal<&'static str>) -> impl IntoView {
    view! {
        <p class="field-help overview-more">
            <span>{move || page.text().pick_hint}</span>
            {tools::find(tool).map(|tool| view! { <a href=format!("#/{}", tool.id)>{label}</a> })}
        </p>
    }
}
