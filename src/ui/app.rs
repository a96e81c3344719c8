//! The frame of the page.

use crate::core::part::Part;
use crate::core::workspace::SampleId;
use crate::io::prefs::{self, Preferences};
use crate::part;
use crate::tools::Listed;
use crate::ui::file_drop::listen_to_drops;
use crate::ui::glossary_page::GlossaryPage;
use crate::ui::job::DataProblem;
use crate::ui::later::{Later, Loading, NotLoaded, View};
use crate::ui::navigation::Navigation;
use crate::ui::notices::NoticeList;
use crate::ui::offline;
use crate::ui::presenter::{PresenterBar, listen_to_keys};
use crate::ui::routing::{Page, Router, keep_title, router};
use crate::ui::settings_page::SettingsPage;
use crate::ui::startup::{sample_workspace, start};
use crate::ui::state::{AppState, app};
use crate::ui::tabs::ReadOnlyBanner;
use crate::ui::topbar::TopBar;
use leptos::prelude::*;

#[component]
pub fn App() -> impl IntoView {
    // A first visit sees the sample shop at once; a stored workspace takes its place as soon as it is read.
    let lang = prefs::starting_lang(Preferences::load().lang);
    let app = AppState::new(sample_workspace(SampleId::Shop, lang));
    provide_context(app);
    let router = Router::default();
    provide_context(router);
    start(app, router);
    listen_to_keys(app);
    listen_to_drops(app);
    offline::follow(app);
    keep_title();
    let nav_open = RwSignal::new(false);
    view! {
        <a class="skip" href="#content" on:click=|event| {
            // The fragment belongs to the router: move the focus, leave the address.
            event.prevent_default();
            focus_heading();
        }>{move || app.text().skip_to_content}</a>
        <Navigation open=nav_open/>
        <div class="page">
            <TopBar nav_open/>
            <ReadOnlyBanner/>
            <main id="content">
                <DataProblem/>
                <Show when=move || app.started.get()
                    fallback=move || view! { <p class="job-status">{move || app.text().loading_data}</p> }>
                    {move || {
                        // After a refused change every control shows again what is.
                        app.refused.track();
                        match router.page.get() {
                        Page::Tool(tool) => view! { <ToolPage tool/> }.into_any(),
                        Page::Settings => view! { <Later part=&SETTINGS/> }.into_any(),
                        Page::Glossary => view! { <Later part=&GLOSSARY/> }.into_any(),
                    }}}
                </Show>
            </main>
        </div>
        <NoticeList/>
        <PresenterBar/>
    }
}

static SETTINGS: Part<View> = part!("settings", View, || view! { <SettingsPage/> }.into_any());
static GLOSSARY: Part<View> = part!("glossary", View, || view! { <GlossaryPage/> }.into_any());

/// A tool's page: its name, the question it answers, and its view as soon as its code is here.
#[component]
fn ToolPage(tool: &'static Listed) -> impl IntoView {
    let (app, router) = (app(), router());
    view! {
        <header class="page-head">
            <h1 tabindex="-1">{move || (tool.title)(app.lang.get())}</h1>
            <p class="question">{move || (tool.question)(app.lang.get())}</p>
        </header>
        {move || match router.tool.get() {
            // On the way to another page, its tool may be here before this page has gone.
            Some(Ok(open)) if open.id == tool.id => (open.view)(),
            Some(Err(problem)) => view! { <NotLoaded problem again=move || router.again(app)/> }.into_any(),
            _ => view! { <Loading/> }.into_any(),
        }}
    }
}

fn focus_heading() {
    if let Ok(Some(heading)) = document().query_selector("main h1") {
        let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(heading).focus();
    }
}
