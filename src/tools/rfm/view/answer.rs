//! The answer: the figures that matter, and what to know before trusting them.

use super::page::Page;
use crate::ui::figure::Figure;
use leptos::prelude::*;

#[component]
pub fn Answer(page: Page) -> impl IntoView {
    let app = page.app;
    view! {
        <section class="figures" aria-label=move || page.text().title>
            <Figure label=Signal::derive(move || page.text().customers.to_string())
                value=Signal::derive(move || page.read(|o, reader| reader.count(o.all.customers)))
                note=Signal::derive(move || page.read(|o, reader| {
                    (page.words().rows_note)(&reader.count(o.rows.used), &reader.count(o.rows.set_aside()))
                }))/>
            <Figure label=Signal::derive(move || page.words().active.to_string())
                value=Signal::derive(move || page.read(|o, reader| reader.count(o.all.customers - o.inactive)))
                note=Signal::derive(move || page.read(|o, reader| o.window.map_or_else(
                    || page.words().whole_history.to_string(),
                    |(from, to)| (page.words().active_note)(&reader.show.day(from), &reader.show.day(to)),
                )))/>
            <Figure label=Signal::derive(move || page.words().cells_filled.to_string())
                value=Signal::derive(move || page.read(|o, reader| reader.count(o.cells.len() as u64)))
                note=Signal::derive(move || page.read(|o, reader| {
                    let average = o.all.customers as f64 / o.cells.len().max(1) as f64;
                    (page.words().of_possible)(&reader.count(o.possible_cells), &reader.show.number(average, 1))
                }))/>
            <Figure label=Signal::derive(move || page.words().cell_sizes.to_string())
                value=Signal::derive(move || page.read(|o, reader| {
                    let mut sizes: Vec<u64> = o.cells.iter().map(|cell| cell.sums.customers).collect();
                    sizes.sort_unstable();
                    let at = |place: usize| sizes.get(place).map_or("–".into(), |&size| reader.count(size));
                    format!("{} · {}", at(0), at(sizes.len() / 2))
                }))
                note=Signal::derive(move || page.words().cell_sizes_note.to_string())/>
        </section>
        {move || {
            let (lang, currency) = (page.lang(), app.formats.get().currency);
            page.result.with(|result| {
                let warnings = &result.overview.warnings;
                if warnings.is_empty() {
                    view! { <p class="info">{page.words().nothing_to_warn}</p> }.into_any()
                } else {
                    let say = |warning: &super::super::warnings::Warning| warning.say(lang, &result.overview.monetary, &currency);
                    let item = |text: String| view! { <li class="warning">{text}</li> };
                    view! { <ul class="warnings">{warnings.iter().map(say).map(item).collect_view()}</ul> }.into_any()
                }
            })
        }}
    }
}
