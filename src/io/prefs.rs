//! Preferences of this device, in localStorage.

use crate::core::lang::Lang;
use gloo_storage::{LocalStorage, SessionStorage, Storage};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

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
        if local_is_denied() { Preferences::default() } else { LocalStorage::get(KEY).unwrap_or_default() }
    }

    /// Storage may be denied; the preferences then last as long as the page.
    pub fn store(&self) {
        if !local_is_denied() && !keeps_nothing() {
            let _ = LocalStorage::set(KEY, self);
        }
    }
}

// The browser throws at whoever asks for a storage that it denies, and `gloo_storage` panics at that.
fn local_is_denied() -> bool {
    !web_sys::window().is_some_and(|window| window.local_storage().is_ok_and(|storage| storage.is_some()))
}

fn session_is_denied() -> bool {
    !web_sys::window().is_some_and(|window| window.session_storage().is_ok_and(|storage| storage.is_some()))
}

/// A session that keeps nothing lasts until the tab is closed, through reloads.
pub fn keeps_nothing() -> bool {
    !session_is_denied() && SessionStorage::get(EPHEMERAL).unwrap_or(false)
}

pub fn set_keeps_nothing(on: bool) {
    if session_is_denied() {
        return;
    }
    if on {
        let _ = SessionStorage::set(EPHEMERAL, true);
    } else {
        SessionStorage::delete(EPHEMERAL);
    }
}

/// Removes everything of the program's from this device's storage but the database.
pub fn erase() {
    if !local_is_denied() {
        LocalStorage::delete(KEY);
    }
    set_keeps_nothing(false);
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
