//! The browser: storage, the worker, files and formats of the place. Thin: nothing here calculates.

pub mod db;
#[cfg(feature = "ui")]
pub mod download;
#[cfg(feature = "worker")]
mod import_host;
#[cfg(feature = "ui")]
pub mod intl;
#[cfg(feature = "ui")]
pub mod loader;
#[cfg(feature = "ui")]
pub mod locks;
#[cfg(feature = "ui")]
pub mod other_tabs;
pub mod parts;
#[cfg(feature = "ui")]
pub mod prefs;
#[cfg(feature = "ui")]
pub mod worker_client;
#[cfg(feature = "worker")]
pub mod worker_host;

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A property of a JavaScript object; `undefined` where it has none.
pub fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

pub fn set(object: &Object, key: &str, value: JsValue) {
    // A plain object takes any property.
    let _ = Reflect::set(object, &key.into(), &value);
}

/// What a JavaScript error says, for a [`Problem`](crate::core::problem::Problem)'s detail.
pub fn js_error(value: &JsValue) -> String {
    match get(value, "message").as_string() {
        Some(message) => message,
        None => value.as_string().unwrap_or_else(|| format!("{value:?}")),
    }
}
