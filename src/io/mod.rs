//! The browser: storage, the worker, files and formats of the place. Thin: nothing here calculates.

pub mod db;
#[cfg(feature = "ui")]
pub mod download;
#[cfg(feature = "ui")]
pub mod intl;
#[cfg(feature = "ui")]
pub mod prefs;
#[cfg(feature = "ui")]
pub mod worker_client;
#[cfg(feature = "worker")]
pub mod worker_host;

use wasm_bindgen::JsValue;

/// What a JavaScript error says, for a [`Problem`](crate::core::problem::Problem)'s detail.
pub fn js_error(value: &JsValue) -> String {
    match js_sys::Reflect::get(value, &"message".into()).ok().and_then(|message| message.as_string()) {
        Some(message) => message,
        None => value.as_string().unwrap_or_else(|| format!("{value:?}")),
    }
}
