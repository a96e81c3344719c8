//! Downloads of a chart: SVG and PNG with their heading in the colours of paper, and the table as CSV.

use crate::charts::layout::{Canvas, place};
use crate::charts::spec::ChartSpec;
use crate::charts::svg;
use crate::charts::table::{csv, table};
use crate::charts::theme::Theme;
use crate::io::download::save;
use crate::ui::chart_words::ChartWords;
use crate::ui::notices::Notice;
use crate::ui::state::app;
use js_sys::{Promise, Uint8Array};
use leptos::html::Details;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// The width of a saved picture: a page of a report or a slide.
const FILE_WIDTH: f64 = 900.0;
/// PNG has twice as many pixels, for sharp print.
const PNG_SCALE: f64 = 2.0;

#[component]
pub(super) fn ChartSave(spec: Signal<ChartSpec>, file_name: Signal<String>) -> impl IntoView {
    let app = app();
    let words = move || ChartWords::of(app.lang.get());
    let menu = NodeRef::<Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let name = move |ending: &str| format!("{}.{ending}", file_name.get_untracked());
    let drawn = move || {
        let canvas =
            Canvas { width: FILE_WIDTH, heading: true, nothing: words().nothing, crowded: words().crowded };
        spec.with_untracked(|spec| svg::picture(spec, &place(spec, canvas), &Theme::PRINT, "chart", true))
    };
    let save_svg = move |_| {
        save(&name("svg"), "image/svg+xml", untrack(drawn).as_bytes());
        close();
    };
    let save_png = move |_| {
        let (svg, name) = (untrack(drawn), name("png"));
        close();
        spawn_local(async move {
            match png(&svg).await {
                Ok(bytes) => save(&name, "image/png", &bytes),
                Err(_) => app.notices.show(Notice::warning(untrack(words).png_failed.to_owned())),
            }
        });
    };
    let save_csv = move |_| {
        save(&name("csv"), "text/csv;charset=utf-8", &csv(&spec.with_untracked(table)));
        close();
    };
    view! {
        <details class="chart-save" node_ref=menu
            on:keydown=move |event| if event.key() == "Escape" { close() }>
            <summary class="button">{move || words().save}</summary>
            <div class="chart-save-menu">
                <button type="button" on:click=save_svg>"SVG"</button>
                <button type="button" on:click=save_png>"PNG"</button>
                <button type="button" on:click=save_csv>"CSV"</button>
            </div>
        </details>
    }
}

/// The picture as PNG, drawn by the browser from the SVG.
async fn png(svg: &str) -> Result<Vec<u8>, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{}", js_sys::encode_uri_component(svg)));
    JsFuture::from(image.decode()).await?;
    let (width, height) =
        (f64::from(image.natural_width()) * PNG_SCALE, f64::from(image.natural_height()) * PNG_SCALE);
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or("no canvas")?.dyn_into().map_err(JsValue::from)?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let drawn = Promise::new(&mut |resolve, reject| {
        let given = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        if let Err(problem) = canvas.to_blob(given.unchecked_ref()) {
            let _ = reject.call1(&JsValue::NULL, &problem);
        }
    });
    // A canvas that is too large gives null instead of a blob.
    let blob: Blob = JsFuture::from(drawn).await?.dyn_into()?;
    let bytes = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&bytes).to_vec())
}
