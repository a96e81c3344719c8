//! What the scripts outside of the app (`public`) do for it: they load the worker's parts, keep the site on the device,
//! and show the crash screen.

use crate::core::problem::Problem;
use crate::io::{get, js_error};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// What a worker is made of.
pub struct WorkerParts {
    pub script: String,
    /// The compiled module, which is handed over as it is.
    pub module: JsValue,
}

/// The worker's parts, checked against their hashes; loaded once, and again where they did not arrive.
pub async fn worker_parts() -> Result<WorkerParts, Problem> {
    let loaded = async {
        let promise: Promise = call(&js_sys::global(), "quintileWorkerParts")?.dyn_into()?;
        JsFuture::from(promise).await
    };
    let parts = loaded.await.map_err(|error| Problem::NotLoaded { detail: js_error(&error) })?;
    Ok(WorkerParts { script: get(&parts, "0").as_string().unwrap_or_default(), module: get(&parts, "1") })
}

/// How the keeping of the site stands: one of the attributes that `offline.js` names.
pub fn offline_state(name: &str) -> String {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    root.and_then(|root| root.get_attribute(&format!("data-{name}"))).unwrap_or_default()
}

/// Calls `heard` whenever one of those attributes changes, as long as the page lives.
pub fn on_offline_change(heard: impl Fn() + 'static) {
    let heard = Closure::<dyn Fn()>::new(heard);
    if let Some(window) = web_sys::window() {
        let listener = heard.as_ref().unchecked_ref();
        let _ = window.add_event_listener_with_callback("quintile-offline", listener);
    }
    heard.forget();
}

/// Loads the page in the version that is on the device.
pub fn update() {
    act("update");
}

/// Asks the person whether to install the app.
pub fn install() {
    act("install");
}

fn act(name: &str) {
    // Without that script there is nothing to act upon, and nothing that would offer to.
    let _ = call(&get(&js_sys::global(), "quintileOffline"), name);
}

fn call(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &name.into())?.dyn_into::<Function>()?.call0(object)
}
