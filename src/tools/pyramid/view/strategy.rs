//! What we do for each tier: a suggestion that can be typed over.

use super::page::Page;
use crate::core::lang::{Lang, several};
use crate::tools::pyramid::answer::{Pyramid, TierRow};
use crate::tools::pyramid::options::{Line, PyramidOptions};
use crate::ui::fields::unique_id;
use leptos::prelude::*;

/// The lines that have a strategy: the tiers, and who is in none but could be.
fn lines(pyramid: &Pyramid) -> Vec<Line> {
    let tiers = (0..pyramid.tiers.len()).map(Line::Tier);
    let prospects = pyramid.prospects.as_ref().map(|_| Line::Prospects);
    tiers.chain([Line::Inactive]).chain(prospects).collect()
}

fn row(pyramid: &Pyramid, line: Line) -> Option<&TierRow> {
    match line {
        Line::Tier(tier) => pyramid.tiers.get(tier),
        Line::Inactive => Some(&pyramid.inactive),
        Line::Prospects => pyramid.prospects.as_ref(),
    }
}

#[component]
pub fn Strategies(page: Page) -> impl IntoView {
    let all = Memo::new(move |_| page.result.with(|pyramid| lines(pyramid)));
    view! {
        <section class="card strategies">
            <h2>{move || page.text().strategies_title}</h2>
            <p class="field-help">{move || page.text().strategies_hint}</p>
            <ul class="strategy-list">
                <For each=move || all.get() key=|line| *line children=move |line| view! { <Strategy page line/> }/>
            </ul>
        </section>
    }
}

#[component]
fn Strategy(page: Page, line: Line) -> impl IntoView {
    let app = page.app;
    let burst = StoredValue::new(0_u64);
    // An emptied field stays empty while it is typed in; left empty, it shows the suggestion again.
    let emptied = RwSignal::new(false);
    let of_row = move |get: fn(&TierRow, Lang) -> String| {
        let lang = page.lang();
        page.result.with(|pyramid| row(pyramid, line).map_or_else(String::new, |row| get(row, lang)))
    };
    let suggestion = move || of_row(|row, lang| row.strategy.get(lang).to_string());
    let shown = move || {
        let typed = page.options.with(|options| options.strategies.get(line).to_string());
        if !typed.trim().is_empty() || emptied.get() { typed } else { suggestion() }
    };
    let figures = move || {
        page.read(|pyramid, reader| {
            row(pyramid, line).map_or_else(String::new, |row| {
                let n = reader.count(row.sums.customers);
                let people = reader.lang.pick(several(&n, "customer"), format!("{n} 位"));
                match row.share_of_revenue {
                    Some(share) => {
                        let share = reader.percent(share);
                        reader.lang.pick(
                            format!("{people} · {share} of revenue"),
                            format!("{people} · 營收 {share}"),
                        )
                    }
                    None => people,
                }
            })
        })
    };
    let id = unique_id("strategy");
    let note = format!("{id}-note");
    view! {
        <li class="field">
            <label for=id.clone()>
                <strong>{move || of_row(|row, lang| row.label.get(lang).to_string())}</strong>
                " " <span id=note.clone()>{figures}</span>
            </label>
            <textarea id=id rows="2" prop:value=shown aria-describedby=note
                placeholder=move || page.text().no_suggestion
                on:focus=move |_| burst.set_value(app.new_burst())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    emptied.set(text.trim().is_empty());
                    app.edit(super::TOOL.id, burst.get_value(), |options: &mut PyramidOptions| {
                        options.strategies.set(line, text);
                    });
                }
                on:blur=move |_| emptied.set(false)></textarea>
        </li>
    }
}
