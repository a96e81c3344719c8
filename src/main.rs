//! The page: mounts the application.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::document;
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        tell_loader(&info.to_string());
    }));
    name_parts();
    let place = document().create_element("div").expect("a page can have another element");
    place.set_id("app");
    document().body().expect("a page has a body").append_child(&place).expect("the body takes an element");
    leptos::mount::mount_to(wasm_bindgen::JsCast::unchecked_into(place), quintile::ui::app::App).forget();
    // The loader takes its own screen away when it sees this.
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-ready", "1");
    }
}

/// Where `io::parts` finds the files of what is fetched later.
#[cfg(target_arch = "wasm32")]
fn name_parts() {
    use quintile::io::parts::{PARTS, list_of};
    let parts = list_of("page").and_then(|list| js_sys::JSON::parse(&list));
    let _ = js_sys::Reflect::set(&js_sys::global(), &PARTS.into(), &parts.unwrap_or_default());
}

/// The crash screen belongs to the loader, outside of what has just crashed.
#[cfg(target_arch = "wasm32")]
fn tell_loader(message: &str) {
    use wasm_bindgen::{JsCast, JsValue};
    let crashed = js_sys::Reflect::get(&js_sys::global(), &"quintileCrashed".into());
    if let Some(crashed) = crashed.ok().and_then(|value| value.dyn_into::<js_sys::Function>().ok()) {
        let _ = crashed.call1(&JsValue::NULL, &message.into());
    }
}

/// The page runs in a browser only; `cargo xtask serve` builds and serves it.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Quintile runs in the browser: cargo xtask serve");
}
