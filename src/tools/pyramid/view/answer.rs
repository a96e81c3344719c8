//! The figures that matter, and what to know before trusting them.

use super::page::Page;
use crate::tools::pyramid::answer::Pyramid;
use crate::tools::pyramid::chart::top_20;
use crate::tools::pyramid::reading::Reader;
use crate::tools::pyramid::words::say_warnings;
use leptos::prelude::*;

#[component]
pub fn Answer(page: Page) -> impl IntoView {
    let read = move |make: fn(&Pyramid, Reader) -> String| Signal::derive(move || page.read(make));
    view! {
        <section class="figures" aria-label=move || page.text().title>
            <Figure label=Signal::derive(move || page.text().active.to_string())
                value=read(|p, reader| reader.count(p.all.customers))
                note=read(|p, reader| {
                    let known = reader.count(p.all.customers + p.inactive.sums.customers);
                    match p.window {
                        Some((from, to)) => reader.lang.pick(
                            format!("of {known}, {} – {}", reader.show.day(from), reader.show.day(to)),
                            format!("共 {known} 位，{} – {}", reader.show.day(from), reader.show.day(to)),
                        ),
                        None => reader.lang.pick("the whole history", "全部歷史").to_string(),
                    }
                })/>
            <Figure label=Signal::derive(move || page.text().top_20.to_string())
                value=read(|p, reader| reader.share(top_20(p)))
                note=read(|p, reader| {
                    let noun = reader.noun(&p.measure_title);
                    reader.lang.pick(format!("of {noun}"), format!("的{noun}"))
                })/>
            <Figure label=Signal::derive(move || page.text().revenue.to_string())
                value=read(|p, reader| reader.show.money(p.all.revenue))
                note=read(|p, reader| {
                    let each = reader.money(p.all.revenue_per_customer());
                    reader.lang.pick(format!("{each} per customer"), format!("每位顧客 {each}"))
                })/>
            <Show when=move || page.result.with(|p| p.has_margin)>
                <Figure label=Signal::derive(move || page.text().margin.to_string())
                    value=read(|p, reader| reader.money(p.all.margin.map(|margin| margin as f64)))
                    note=read(|p, reader| {
                        let share = p.all.margin.filter(|_| p.all.revenue > 0);
                        let share = reader.share(share.map(|margin| margin as f64 / p.all.revenue as f64));
                        reader.lang.pick(format!("{share} of revenue"), format!("營收的 {share}"))
                    })/>
            </Show>
        </section>
        {move || {
            let (lang, currency) = (page.lang(), page.app.formats.get().currency);
            page.result.with(|p| {
                let warnings = say_warnings(p, lang, &currency);
                let whole = p.tiers.iter().all(|row| row.sums.customers > 0);
                let item = |text: String| view! { <li class="warning">{text}</li> };
                (!warnings.is_empty())
                    .then(|| view! { <ul class="warnings">{warnings.into_iter().map(item).collect_view()}</ul> }.into_any())
                    .or_else(|| whole.then(|| view! { <p class="info">{page.text().nothing_to_warn}</p> }.into_any()))
            })
        }}
    }
}

#[component]
fn Figure(label: Signal<String>, value: Signal<String>, note: Signal<String>) -> impl IntoView {
    view! {
        <div class="card">
            <p class="figure-label">{label}</p>
            <p class="figure-value">{value}</p>
            <p class="figure-note">{note}</p>
        </div>
    }
}
