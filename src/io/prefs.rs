//! Preferences of this device, in localStorage.

use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::Storage;

const KEY: &str = "quintile.preferences";
const EPHEMERAL: &str = "quintile.keep-nothing";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];
}

/// What belongs to the device and not to a workspace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// `None` until the person chooses: then the browser's own languages decide.
    pub lang: Option<Lang>,
    pub theme: Theme,
    /// Years of the Republic (民國) in dates.
    pub roc_years: bool,
    /// The workspace that was open last.
    pub workspace: Option<String>,
}

impl Preferences {
    /// The stored preferences; defaults where there are none or storage is denied.
    pub fn load() -> Preferences {
        let stored = local().and_then(|storage| storage.get_item(KEY).ok()?);
        stored.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
    }

    /// Storage may be denied; the preferences then last as long as the page.
    pub fn store(&self) {
        if let Some(storage) = local().filter(|_| !keeps_nothing()) {
            let json = serde_json::to_string(self).expect("preferences are JSON");
            let _ = storage.set_item(KEY, &json);
        }
    }
}

// The browser throws at whoever asks for a storage that it denies.
fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// A session that keeps nothing lasts until the tab is closed, through reloads.
pub fn keeps_nothing() -> bool {
    session().and_then(|storage| storage.get_item(EPHEMERAL).ok()?).is_some()
}

pub fn set_keeps_nothing(on: bool) {
    if let Some(storage) = session() {
        let _ = if on { storage.set_item(EPHEMERAL, "true") } else { storage.remove_item(EPHEMERAL) };
    }
}

/// Removes everything of the program's from this device's storage but the database.
pub fn erase() {
    set_keeps_nothing(false);
    if let Some(storage) = local() {
        let _ = storage.remove_item(KEY);
    }
}

/// The language to start with: the chosen one, else the best of the browser's list.
pub fn starting_lang(chosen: Option<Lang>) -> Lang {
    chosen.unwrap_or_else(|| {
        let tags: Vec<String> = web_sys::window()
            .map(|window| {
                window.navigator().languages().iter().filter_map(|tag: JsValue| tag.as_string()).collect()
            })
            .unwrap_or_default();
        Lang::choose(tags.iter().map(String::as_str))
    })
}
