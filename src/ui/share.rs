//! The current link: copied, or as a QR code for a lecture hall.

use crate::core::part::Part;
use crate::part;
use crate::ui::dialog::Dialog;
use crate::ui::later::{Later, View};
use crate::ui::routing::router;
use crate::ui::state::app;
use leptos::prelude::*;
use leptos::task::spawn_local;
use qrcodegen::{QrCode, QrCodeEcc};

#[component]
pub fn ShareDialog(open: RwSignal<bool>) -> impl IntoView {
    let app = app();
    view! {
        <Dialog open title=Signal::derive(move || app.text().share.to_string())>
            <Later part=&SHARE/>
        </Dialog>
    }
}

static SHARE: Part<View> = part!("share", View, || view! { <Share/> }.into_any());

#[component]
fn Share() -> impl IntoView {
    let (app, router) = (app(), router());
    let link = move || {
        let location = window().location();
        let page = location.href().unwrap_or_default();
        let base = page.split('#').next().unwrap_or_default().to_string();
        format!("{base}{}", router.address(app))
    };
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = link();
        spawn_local(async move {
            let promise = window().navigator().clipboard().write_text(&text);
            copied.set(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
        });
    };
    view! {
        <p>{move || app.text().share_help}</p>
        <div class="qr" role="img" aria-label=move || app.text().qr_alt inner_html=move || qr_svg(&link())></div>
        <input class="link" type="text" readonly aria-label=move || app.text().share prop:value=link />
        <p class="field-help">{move || app.text().share_private}</p>
        <div class="actions">
            <button type="button" class="primary" on:click=copy>{move || app.text().copy_link}</button>
            <span role="status">{move || copied.get().then(|| app.text().copied)}</span>
        </div>
    }
}

/// A QR code as SVG, dark on white in every theme: cameras want it so.
fn qr_svg(text: &str) -> String {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Low) else { return String::new() };
    let margin = 4;
    let side = code.size() + 2 * margin;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                path.push_str(&format!("M{},{}h1v1h-1z", x + margin, y + margin));
            }
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    )
}
