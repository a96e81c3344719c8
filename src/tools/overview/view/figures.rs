//! The handful of figures that matter; each leads to its tool.

use super::Page;
use crate::tools;
use crate::tools::overview::words::quotient;
use leptos::prelude::*;

#[component]
pub fn Figures(page: Page) -> impl IntoView {
    let text = move || page.text();
    let symbol = move || page.app.formats.with(|formats| formats.currency.symbol.clone());
    let dash = || "–".to_string();
    // Value and note of a figure that needs the RFM analysis.
    let not_known = move || (dash(), text().not_known.to_string());
    let customers = move || {
        page.read(|o, reader| {
            o.figures.as_ref().map_or_else(not_known, |figures| {
                let note = match o.gaps.prospects {
                    Some(prospects) => (text().prospects_note)(&reader.count(prospects)),
                    None => text().no_prospects_note.to_string(),
                };
                (reader.count(figures.customers), note)
            })
        })
    };
    let active = move || {
        page.read(|o, reader| {
            o.figures.as_ref().map_or_else(not_known, |figures| {
                let note = match o.rfm_period.window {
                    Some((from, to)) => (text().active_note)(&reader.show.day(from), &reader.show.day(to)),
                    None => reader.period(o.rfm_period),
                };
                (reader.count(figures.active), note)
            })
        })
    };
    let revenue = move || {
        page.read(|o, reader| {
            o.figures.as_ref().map_or_else(not_known, |figures| {
                let mean = figures.revenue as f64 / figures.active as f64;
                let note = match figures.active {
                    0 => String::new(),
                    _ => (text().revenue_note)(&reader.show.money(mean.round() as i64)),
                };
                (reader.show.money(figures.revenue), note)
            })
        })
    };
    let top_fifth = move || {
        page.read(|o, reader| {
            o.figures.as_ref().map_or_else(not_known, |figures| match figures.top_fifth {
                Some(share) => (reader.percent(share), text().top_fifth_note.to_string()),
                None => (dash(), text().no_shares.to_string()),
            })
        })
    };
    let break_even = move || {
        page.read(|o, reader| match o.break_even {
            Some(rate) => {
                let (cost, profit) = page.facts.with(|facts| quotient(facts, reader.show, &symbol()));
                (reader.show.percent(rate, 2), (text().break_even_note)(&cost, &profit))
            }
            None => (dash(), text().break_even_refused.to_string()),
        })
    };
    view! {
        <section class="figures overview-figures" aria-label=move || text().title>
            <Figure tool="customers" label=Signal::derive(move || text().customers) figure=Signal::derive(customers)/>
            <Figure tool="rfm" label=Signal::derive(move || text().active) figure=Signal::derive(active)/>
            <Figure tool="rfm" label=Signal::derive(move || text().revenue) figure=Signal::derive(revenue)/>
            <Figure tool="pyramid" label=Signal::derive(move || text().top_fifth) figure=Signal::derive(top_fifth)/>
            <Figure tool="campaign" label=Signal::derive(move || text().break_even) figure=Signal::derive(break_even)/>
        </section>
    }
}

/// Longer values are written smaller.
const LONG: usize = 11;

#[component]
fn Figure(
    tool: &'static str,
    label: Signal<&'static str>,
    /// The value and what to know of it.
    figure: Signal<(String, String)>,
) -> impl IntoView {
    let content = view! {
        <span class="figure-label">{label}</span>
        <span class="figure-value" class:long=move || figure.with(|(value, _)| value.chars().count() > LONG)>
            {move || figure.get().0}</span>
        <span class="figure-note">{move || figure.get().1}</span>
    };
    match tools::find(tool) {
        Some(tool) => view! { <a class="card figure" href=format!("#/{}", tool.id)>{content}</a> }.into_any(),
        None => view! { <p class="card figure">{content}</p> }.into_any(),
    }
}
