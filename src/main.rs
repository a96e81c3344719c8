//! The page: mounts the application.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    if let Some(place) = leptos::prelude::document().get_element_by_id("app") {
        place.set_inner_html("");
        leptos::mount::mount_to(wasm_bindgen::JsCast::unchecked_into(place), quintile::ui::app::App).forget();
        if let Some(root) = leptos::prelude::document().document_element() {
            let _ = root.set_attribute("data-ready", "1");
        }
    }
}

/// The page runs in a browser only; `cargo xtask serve` builds and serves it.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Quintile runs in the browser: cargo xtask serve");
}
