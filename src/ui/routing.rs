//! The address and the page: the fragment says which page is open and carries its tool's inputs.

use crate::core::link::{Address, MAX_LENGTH};
use crate::core::problem::Problem;
use crate::core::workspace::Workspace;
use crate::io::parts;
use crate::tools::{self, Listed, Tool};
use crate::ui::notices::Notice;
use crate::ui::state::{AppState, Role, app};
use crate::ui::tabs;
use crate::ui::text::ShellText;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

/// A page that can be open.
#[derive(Clone, Copy)]
pub enum Page {
    Tool(&'static Listed),
    Settings,
    Glossary,
}

pub const SETTINGS: &str = "settings";
pub const GLOSSARY: &str = "glossary";
/// Where a first visit begins.
pub const HOME: &str = "overview";

impl Page {
    fn find(id: &str) -> Option<Page> {
        match id {
            SETTINGS => Some(Page::Settings),
            GLOSSARY => Some(Page::Glossary),
            id => tools::find(id).map(Page::Tool),
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            Page::Tool(tool) => tool.id,
            Page::Settings => SETTINGS,
            Page::Glossary => GLOSSARY,
        }
    }
}

impl PartialEq for Page {
    fn eq(&self, other: &Page) -> bool {
        self.id() == other.id()
    }
}

/// Which page is open.
#[derive(Clone, Copy)]
pub struct Router {
    pub page: RwSignal<Page>,
    /// The tool that is open, as soon as its code is here; or why it is not.
    pub tool: RwSignal<Option<Result<&'static Tool, Problem>>>,
    /// The fragment that was opened or written last. Where the address has another one, somebody is on the way to
    /// another page, which must not be written over.
    seen: StoredValue<String>,
}

pub fn router() -> Router {
    expect_context()
}

fn home() -> Page {
    Page::find(HOME).or_else(|| tools::TOOLS.first().copied().map(Page::Tool)).unwrap_or(Page::Settings)
}

/// The fragment of the address now.
fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

impl Default for Router {
    fn default() -> Router {
        let page = Page::find(&Address::parse(&fragment()).page).unwrap_or_else(home);
        if let Page::Tool(tool) = page {
            // On its way while the stored workspaces are read.
            spawn_local(async move { drop(parts::load(&tool.part).await) });
        }
        Router { page: RwSignal::new(page), tool: RwSignal::new(None), seen: StoredValue::new(fragment()) }
    }
}

impl Router {
    /// Follows the address from now on. Call it when the stored workspace is there, so that a link's inputs change
    /// that one and not the one it replaces.
    pub fn follow(self, app: AppState) {
        self.open_fragment(app);
        window_event_listener(ev::hashchange, move |_| self.open_fragment(app));
        // The address always says what is on the screen, so that copying it is sharing it.
        Effect::new(move |_| {
            let (address, now) = (self.address(app), fragment());
            if now != address && self.seen.with_value(|seen| *seen == now) {
                let history = window().history();
                let _ = history
                    .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
                self.seen.set_value(fragment());
            }
        });
    }

    /// The address of the open page with its inputs.
    pub fn address(self, app: AppState) -> String {
        let page = self.page.get();
        let fields = match (page, self.tool.get()) {
            (Page::Tool(_), Some(Ok(tool))) => app.workspace.with(|workspace| {
                workspace.records.get(tool.id).map(|record| (tool.link.write)(record)).unwrap_or_default()
            }),
            // The inputs are still to be taken from the address.
            (Page::Tool(_), _) => return self.seen.get_value(),
            _ => Vec::new(),
        };
        let full = Address { page: page.id().into(), fields }.to_string();
        if full.len() <= MAX_LENGTH {
            full
        } else {
            Address { page: page.id().into(), fields: vec![] }.to_string()
        }
    }

    fn open_fragment(self, app: AppState) {
        let fragment = fragment();
        self.seen.set_value(fragment.clone());
        let address = Address::parse(&fragment);
        let page = match Page::find(&address.page) {
            Some(page) => page,
            None => {
                if !address.page.is_empty() {
                    let text = ShellText::of(app.lang.get_untracked());
                    app.notices.show(Notice::warning((text.link_unknown_page)(&address.page)));
                }
                home()
            }
        };
        match page {
            Page::Tool(tool) => match tool.part.get() {
                Some(tool) => self.enter(app, page, Some(Ok(tool)), &fragment, &address),
                None => {
                    self.enter(app, page, None, &fragment, &address);
                    spawn_local(async move {
                        let loaded = parts::load(&tool.part).await;
                        if self.seen.with_value(|seen| *seen == fragment) {
                            self.enter(app, page, Some(loaded), &fragment, &address);
                        }
                    });
                }
            },
            _ => self.enter(app, page, None, &fragment, &address),
        }
    }

    /// Loads the open tool again, after a failure.
    pub fn again(self, app: AppState) {
        self.open_fragment(app);
    }

    fn enter(
        self,
        app: AppState,
        page: Page,
        tool: Option<Result<&'static Tool, Problem>>,
        fragment: &str,
        address: &Address,
    ) {
        if let Some(Ok(tool)) = &tool
            && !address.fields.is_empty()
        {
            take_inputs(app, tool, fragment, address);
        }
        let other = self.page.get_untracked() != page;
        let same_tool = |now: &Option<Result<&'static Tool, Problem>>| match (now, &tool) {
            (Some(Ok(now)), Some(Ok(tool))) => now.id == tool.id,
            (now, tool) => now.is_none() && tool.is_none(),
        };
        // The view of a tool stays when only its inputs change.
        if !self.tool.with_untracked(same_tool) {
            self.tool.set(tool);
        }
        if other {
            self.page.set(page);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
}

/// Puts a link's inputs into the workspace, as one step that can be undone.
fn take_inputs(app: AppState, tool: &'static Tool, fragment: &str, address: &Address) {
    let text = ShellText::of(app.lang.get_untracked());
    if fragment.len() > MAX_LENGTH {
        app.notices.show(Notice::warning(text.link_too_long.to_string()));
        return;
    }
    let had = app.workspace.with_untracked(|w: &Workspace| w.records.get(tool.id).cloned());
    let (record, refused) = tool.link.take(had.as_ref(), &address.fields);
    if !refused.is_empty() {
        app.notices.show(Notice::warning((text.link_unknown_fields)(&refused.join(", "))));
    }
    // Compared as addresses: a record that was never set and one of nothing but defaults are the same inputs.
    let fields_now = had.as_ref().map(|had| (tool.link.write)(had)).unwrap_or_default();
    if fields_now != (tool.link.write)(&record) {
        if app.role.get_untracked() == Role::Reader {
            let (fragment, address) = (fragment.to_string(), address.clone());
            let take = move || {
                let (fragment, address) = (fragment.clone(), address.clone());
                spawn_local(async move {
                    tabs::take_over(app).await;
                    take_inputs(app, tool, &fragment, &address);
                });
            };
            let notice = Notice::warning(text.link_read_only.to_string());
            return app.notices.show(notice.with_action(text.take_over_for_link, take));
        }
        app.set(tool.id, &record);
        app.notices
            .show(Notice::plain(text.link_applied.to_string()).with_action(text.undo, move || app.undo()));
    }
}

/// Sets the title of the browser's tab and the language of the document, whatever page is open.
pub fn keep_title() {
    let (app, router) = (app(), router());
    Effect::new(move |_| {
        let lang = app.lang.get();
        let text = app.text();
        let name = match router.page.get() {
            Page::Tool(tool) => (tool.title)(lang),
            Page::Settings => text.settings,
            Page::Glossary => text.glossary,
        };
        document().set_title(&format!("{name} · Quintile 客層"));
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", lang.tag());
        }
    });
}
