//! The bar above the page: which workspace, which data, whether saved; share, present, language, theme.

use crate::core::excerpt::excerpt;
use crate::core::lang::Lang;
use crate::core::show::Show as _;
use crate::io::prefs::Theme;
use crate::ui::presenter;
use crate::ui::share::ShareDialog;
use crate::ui::state::{DataState, Role, SaveState, app};
use crate::ui::workspace_menu::WorkspaceMenu;
use leptos::prelude::*;

#[component]
pub fn TopBar(nav_open: RwSignal<bool>) -> impl IntoView {
    let app = app();
    let sharing = RwSignal::new(false);
    let choosing = RwSignal::new(false);
    let other_lang = move || app.lang.get().pick(Lang::ZhHant, Lang::En);
    let next_theme = move |_| {
        app.prefer(|p| p.theme = if is_dark(p.theme) { Theme::Light } else { Theme::Dark });
    };
    view! {
        <header class="topbar">
            <button type="button" class="icon menu-button" aria-controls="navigation"
                aria-expanded=move || if nav_open.get() { "true" } else { "false" }
                aria-label=move || app.text().menu on:click=move |_| nav_open.update(|open| *open = !*open)>"☰"</button>
            <button type="button" class="workspace-name" on:click=move |_| choosing.set(true)
                aria-haspopup="dialog" title=move || app.text().workspaces>
                {move || app.workspace.with(|workspace| excerpt(&workspace.name()).into_owned())}<span aria-hidden="true">" ▾"</span>
            </button>
            <span class="chip chip-data">{data_chip}</span>
            <span class="chip chip-saved" role="status">{saved_chip}</span>
            <div class="topbar-actions">
                <button type="button" class="icon" disabled=move || !app.can_undo() aria-label=move || app.text().undo
                    title=move || app.text().undo on:click=move |_| app.undo()>"↶"</button>
                <button type="button" class="icon" disabled=move || !app.can_redo() aria-label=move || app.text().redo
                    title=move || app.text().redo on:click=move |_| app.redo()>"↷"</button>
                <button type="button" on:click=move |_| sharing.set(true)>{move || app.text().share}</button>
                <button type="button" title=move || app.text().present_help on:click=move |_| presenter::start(app)>
                    {move || app.text().present}</button>
                <button type="button" class="language" lang=move || other_lang().tag()
                    on:click=move |_| { let lang = other_lang(); app.prefer(|p| p.lang = Some(lang)) }>
                    {move || app.text().other_language}</button>
                <button type="button" class="icon" aria-label=move || app.text().theme title=move || app.text().theme
                    on:click=next_theme>"◐"</button>
            </div>
            <ShareDialog open=sharing/>
            <WorkspaceMenu open=choosing/>
        </header>
    }
}

fn data_chip() -> String {
    let (app, text) = (app(), app().text());
    let formats = app.formats.get();
    match app.data.get() {
        DataState::Loading { .. } => text.loading_data.to_string(),
        DataState::Failed(_) => text.data_not_open.to_string(),
        DataState::Ready(info) if info.tables.is_empty() => text.no_data.to_string(),
        DataState::Ready(info) => {
            let customers = formats.count(info.customers as i64);
            match info.last_day() {
                Some(day) => (text.customers_as_of)(&customers, &formats.day(day)),
                None => (text.customers_only)(&customers),
            }
        }
    }
}

fn saved_chip() -> String {
    let (app, text) = (app(), app().text());
    if app.role.get() == Role::Reader {
        return text.read_only.to_string();
    }
    match app.saved.get() {
        SaveState::Saving => text.saving.to_string(),
        SaveState::Saved(time) => (text.saved)(&time),
        SaveState::KeepsNothing => text.not_kept.to_string(),
        SaveState::Failed(_) => text.not_saved.to_string(),
    }
}

/// Whether the page is dark now, by choice or by the system.
pub fn is_dark(theme: Theme) -> bool {
    match theme {
        Theme::Light => false,
        Theme::Dark => true,
        Theme::System => system_dark().is_some_and(|query| query.matches()),
    }
}

pub fn system_dark() -> Option<web_sys::MediaQueryList> {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten()
}
