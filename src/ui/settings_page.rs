//! Language, theme, calendar, currency, and what stays on this device.

use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::core::workspace::key;
use crate::io::db;
use crate::io::other_tabs::{self, Word};
use crate::io::prefs::{self, Theme};
use crate::ui::fields::{CheckField, ParsedField, Segmented, SelectField};
use crate::ui::notices::Notice;
use crate::ui::offline::OfflineCard;
use crate::ui::startup::let_go;
use crate::ui::state::{AppState, SaveState, app};
use crate::ui::tabs;
use crate::ui::workspace_menu::save_problem;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn SettingsPage() -> impl IntoView {
    let app = app();
    let text = move || app.text();
    view! {
        <header class="page-head">
            <h1 tabindex="-1">{move || text().settings}</h1>
            <p class="question">{move || text().settings_question}</p>
        </header>
        <div class="settings">
            <section class="card">
                <h2>{move || text().language}</h2>
                <Segmented label=Signal::derive(move || text().language.to_string()) value=app.lang
                    choices=Signal::stored(vec![(Lang::ZhHant, "繁體中文".to_string()), (Lang::En, "English".to_string())])
                    on_change=Callback::new(move |lang| app.prefer(|p| p.lang = Some(lang))) />
                <h2>{move || text().theme}</h2>
                <Segmented label=Signal::derive(move || text().theme.to_string())
                    value=Signal::derive(move || app.preferences.with(|p| p.theme))
                    choices=Signal::derive(move || Theme::ALL.into_iter().zip(text().theme_names.map(String::from)).collect())
                    on_change=Callback::new(move |theme| app.prefer(|p| p.theme = theme)) />
                <h2>{move || text().calendar}</h2>
                <CheckField label=Signal::derive(move || text().roc_years.to_string())
                    value=Signal::derive(move || app.preferences.with(|p| p.roc_years))
                    on_change=Callback::new(move |on| app.prefer(|p| p.roc_years = on)) />
                <p class="field-help">{move || text().roc_years_help}</p>
            </section>
            <CurrencyCard/>
            <DeviceCard/>
            <OfflineCard/>
        </div>
    }
}

#[component]
fn CurrencyCard() -> impl IntoView {
    let app = app();
    let text = move || app.text();
    let currency = Memo::new(move |_| app.workspace.with(|workspace| workspace.currency()));
    let change = move |currency: Currency, burst: Option<u64>| match burst {
        Some(burst) => {
            app.set_in_burst(key::CURRENCY, &currency, burst);
            app.settle();
        }
        None => app.set_and_settle(key::CURRENCY, &currency),
    };
    view! {
        <section class="card">
            <h2>{move || text().currency}</h2>
            <p class="field-help">{move || text().currency_help}</p>
            <ParsedField label=Signal::derive(move || text().currency_symbol.to_string())
                value=Signal::derive(move || currency.get().symbol)
                write=|symbol: &String| symbol.clone()
                read=Callback::new(move |typed: String| {
                    let symbol = typed.trim().to_string();
                    match symbol.chars().count() {
                        0..=5 => Ok(symbol),
                        _ => Err(app.lang.get_untracked().pick("At most 5 characters.", "最多 5 個字元。").to_string()),
                    }
                })
                on_change=Callback::new(move |(symbol, burst)| change(Currency { symbol, ..currency.get_untracked() }, Some(burst))) />
            <SelectField label=Signal::derive(move || text().currency_digits.to_string())
                value=Signal::derive(move || currency.get().shown_digits)
                choices=Signal::derive(move || (0..=currency.get().minor_digits).map(|d| (d, d.to_string())).collect())
                on_change=Callback::new(move |shown_digits| change(Currency { shown_digits, ..currency.get_untracked() }, None)) />
        </section>
    }
}

#[component]
fn DeviceCard() -> impl IntoView {
    let app = app();
    let text = move || app.text();
    let confirming = RwSignal::new(false);
    view! {
        <section class="card">
            <h2>{move || text().this_device}</h2>
            {move || save_problem(app).map(|problem| view! { <p class="problem" role="alert">{problem}</p> })}
            <CheckField label=Signal::derive(move || text().keep_nothing.to_string()) value=app.keeps_nothing
                on_change=Callback::new(move |on| keep_nothing(app, on)) />
            <p class="field-help">{move || text().keep_nothing_help}</p>
            <h3>{move || text().erase}</h3>
            <p class="field-help">{move || text().erase_help}</p>
            <Show when=move || confirming.get() fallback=move || view! {
                <button type="button" class="danger" on:click=move |_| confirming.set(true)>{move || text().erase}</button>
            }>
                <p role="alert">{move || text().erase_confirm}</p>
                <div class="actions">
                    <button type="button" class="danger" on:click=move |_| erase(app)>{move || text().erase}</button>
                    <button type="button" on:click=move |_| confirming.set(false)>{move || text().cancel}</button>
                </div>
            </Show>
        </section>
    }
}

fn keep_nothing(app: AppState, on: bool) {
    prefs::set_keeps_nothing(on);
    app.keeps_nothing.set(on);
    if on {
        tabs::let_go(app);
        app.notices.show(Notice::plain(app.text().kept_nothing_on.to_string()));
    } else {
        // Storing begins again with a page that has opened its database.
        app.saved.set(SaveState::Saving);
        let _ = window().location().reload();
    }
}

/// Removes all stored data and starts afresh.
fn erase(app: AppState) {
    spawn_local(async move {
        let_go(app);
        other_tabs::tell(&Word::Erase);
        match db::erase().await {
            Ok(()) => {
                prefs::erase();
                let _ = window().location().reload();
            }
            Err(problem) => app.tell(&problem),
        }
    });
}
