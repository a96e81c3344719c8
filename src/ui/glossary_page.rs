//! The course's words in both languages, with their slides.

use crate::core::glossary::all;
use crate::ui::fields::unique_id;
use crate::ui::state::app;
use leptos::prelude::*;

#[component]
pub fn GlossaryPage() -> impl IntoView {
    let app = app();
    let text = move || app.text();
    let wanted = RwSignal::new(String::new());
    let found = move || {
        let wanted = wanted.get().trim().to_lowercase();
        let matches = move |term: &&crate::core::glossary::Term| {
            [term.en, term.zh_hant, term.meaning_en, term.meaning_zh_hant]
                .iter()
                .any(|text| text.to_lowercase().contains(&wanted))
        };
        all().filter(matches).collect::<Vec<_>>()
    };
    let id = unique_id("search");
    view! {
        <header class="page-head">
            <h1 tabindex="-1">{move || text().glossary}</h1>
            <p class="question">{move || text().glossary_question}</p>
        </header>
        <section class="card">
            <div class="field">
                <label for=id.clone()>{move || text().glossary_search}</label>
                <input id=id type="search" prop:value=wanted on:input=move |event| wanted.set(event_target_value(&event)) />
            </div>
            <Show when=move || found().is_empty()><p role="status">{move || text().glossary_none}</p></Show>
            <dl class="glossary">
                {move || { let lang = app.lang.get(); found().into_iter().map(|term| view! {
                    <div>
                        <dt>
                            <span lang="zh-Hant">{term.zh_hant}</span>" · "<span lang="en">{term.en}</span>
                            <span class="slides">{term.slides.join(" ")}</span>
                        </dt>
                        <dd>{lang.pick(term.meaning_en, term.meaning_zh_hant)}</dd>
                    </div>
                }).collect_view() }}
            </dl>
        </section>
    }
}
