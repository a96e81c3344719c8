//! Which campaign this is; the course's example in one click; a new campaign.

use super::TOOL;
use super::page::{Page, RFM};
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::core::workspace::{SampleId, Workspace, key};
use crate::tools::campaign::options::{CampaignOptions, Responses, Stage};
use crate::tools::campaign::page_text::frame;
use crate::ui::dialog::Dialog;
use crate::ui::fields::ParsedField;
use crate::ui::notices::Notice;
use crate::ui::startup::sample_workspace;
use crate::ui::state::AppState;
use crate::ui::workspace_menu::{add, switch_to};
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Head(page: Page) -> impl IntoView {
    let asking = RwSignal::new(false);
    let name = page.option(|options| options.name.clone());
    let campaign = move || {
        let named = Some(name.get()).filter(|name| !name.is_empty());
        (page.frame().campaign)(&named.unwrap_or_else(|| page.frame().unnamed.into()))
    };
    view! {
        <div class="campaign-head">
            <p class="campaign-name">{campaign}</p>
            <div class="actions">
                <button type="button" title=move || page.frame().example_help
                    on:click=move |_| open_example(page)>{move || page.frame().example}</button>
                <button type="button" on:click=move |_| asking.set(true)>{move || page.frame().new_campaign}</button>
            </div>
        </div>
        <NewCampaign page open=asking/>
    }
}

/// Opens the course's example beside the workspace that is open. One that is open already, or was opened before and
/// left as it was, is shown again.
fn open_example(page: Page) {
    let app = page.app;
    let is_untouched = |workspace: &Workspace| is_example(workspace) && !workspace.log.can_undo();
    if app.workspace.with_untracked(is_untouched) {
        return page.look(Stage::Sample);
    }
    let (before, before_name) = app.workspace.with_untracked(|open| (open.id.clone(), open.name()));
    let kept = app.others.with_untracked(|others| others.values().find(|w| is_untouched(w)).cloned());
    add(app, kept.unwrap_or_else(|| example(app.lang.get_untracked())));
    page.look(Stage::Sample);
    let words = frame(app.lang.get_untracked());
    let notice = Notice::plain((words.example_opened)(&before_name));
    app.notices.show(notice.with_action(&(words.back_to)(&before_name), move || switch_to(app, &before)));
}

/// The names that the example has in both languages.
fn is_example(workspace: &Workspace) -> bool {
    [Lang::En, Lang::ZhHant].iter().any(|lang| workspace.name() == frame(*lang).example_name)
}

/// 800,000 customers of a direct mailer in 125 cells of 6,400, one in twenty, 0.62 a piece, 35 a response, in dollars.
fn example(lang: Lang) -> Workspace {
    let mut workspace = sample_workspace(SampleId::Mailer, lang);
    let dollars = Currency { symbol: "$".into(), ..Currency::default() };
    let records = [
        (key::NAME, serde_json::to_value(frame(lang).example_name)),
        (key::CURRENCY, serde_json::to_value(dollars)),
        // Nested groups make cells of equal size, as the deck counts them.
        (RFM, Ok(json!({ "method": "nested" }))),
        (TOOL.id, serde_json::to_value(CampaignOptions::default())),
    ];
    for (key, value) in records {
        workspace.records.insert(key.into(), value.expect("a record is JSON"));
    }
    workspace
}

/// Asks for the name of a new campaign.
#[component]
fn NewCampaign(page: Page, open: RwSignal<bool>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let begin = move |_| {
        let named = name.get_untracked();
        page.edit(None, |options| *options = begun_anew(options, &named));
        open.set(false);
        name.set(String::new());
        let (app, words) = (page.app, frame(page.app.lang.get_untracked()));
        let notice = Notice::plain((words.started)(&named));
        app.notices.show(notice.with_action(app.text().undo, move || app.undo()));
    };
    view! {
        <Dialog open title=Signal::derive(move || page.frame().new_campaign.trim_end_matches('…').to_string())>
            <p>{move || page.frame().new_help}</p>
            <ParsedField label=Signal::derive(move || page.frame().name.to_string())
                value=name write=String::clone read=Callback::new(move |typed: String| read_name(page.app, &typed))
                on_change=Callback::new(move |(typed, _)| name.set(typed))/>
            <div class="actions">
                <button type="button" class="primary" disabled=move || name.with(String::is_empty) on:click=begin>
                    {move || page.frame().start}</button>
            </div>
        </Dialog>
    }
}

/// The economics and the settings of the sample go on; what belongs to the old campaign does not.
fn begun_anew(old: &CampaignOptions, name: &str) -> CampaignOptions {
    CampaignOptions {
        name: name.into(),
        stage: Stage::Cells,
        responses: Responses::NotYet,
        by_hand: Default::default(),
        mailing_date: None,
        review: Responses::NotYet,
        typed_test: Default::default(),
        typed_review: Default::default(),
        kept_test: None,
        kept_roll_out: None,
        ..old.clone()
    }
}

/// A campaign's name, or what is wrong with it.
pub fn read_name(app: AppState, typed: &str) -> Result<String, String> {
    let words = frame(app.lang.get_untracked());
    match typed.trim() {
        "" => Err(words.name_missing.into()),
        name if name.chars().count() > 60 => Err(words.name_too_long.into()),
        name => Ok(name.into()),
    }
}
