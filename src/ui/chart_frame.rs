//! One frame for every chart: the finding as its heading, the picture, marks that can be reached, the table behind
//! it, and its downloads.

use crate::charts::layout::{Canvas, Scene, place};
use crate::charts::spec::ChartSpec;
use crate::charts::svg;
use crate::charts::theme::Theme;
use crate::ui::chart_marks::ChartMarks;
use crate::ui::chart_save::ChartSave;
use crate::ui::chart_table::ChartTable;
use crate::ui::chart_words::ChartWords;
use crate::ui::fields::unique_id;
use crate::ui::state::app;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// How much larger type is while presenting; the picture grows with it.
const PRESENTING: f64 = 1.6;

/// A chart with everything around it.
#[component]
pub fn ChartFrame(
    #[prop(into)] spec: Signal<ChartSpec>,
    /// The name of downloaded files, without its ending.
    #[prop(into)]
    file_name: Signal<String>,
    /// The key of the mark that is picked now.
    #[prop(into, optional)]
    selected: Signal<Option<String>>,
    /// Told the key of a mark that is clicked, tapped or entered.
    #[prop(into, optional)]
    on_pick: Option<Callback<String>>,
) -> impl IntoView {
    let app = app();
    let words = move || ChartWords::of(app.lang.get());
    let stage = NodeRef::<Div>::new();
    let stage_width = width_of(stage);
    let scene = Memo::new(move |_| {
        let zoom = if app.presenting.get().is_some() { PRESENTING } else { 1.0 };
        let canvas = Canvas {
            width: stage_width.get() / zoom,
            heading: false,
            nothing: words().nothing,
            crowded: words().crowded,
        };
        spec.with(|spec| place(spec, canvas))
    });
    let id = StoredValue::new(unique_id("chart"));
    let heading_id = StoredValue::new(id.with_value(|id| format!("{id}-title")));
    let table_id = StoredValue::new(id.with_value(|id| format!("{id}-table")));
    let table_open = RwSignal::new(false);
    view! {
        <figure class="chart" aria-labelledby=heading_id.get_value()>
            <div class="chart-head">
                <div class="chart-words">
                    <h2 id=heading_id.get_value()>{move || spec.with(|spec| spec.title.clone())}</h2>
                    <p class="chart-subtitle">{move || spec.with(|spec| spec.subtitle.clone())}</p>
                </div>
                <div class="chart-actions">
                    <button type="button" aria-expanded=move || table_open.get().to_string()
                        aria-controls=move || table_open.get().then(|| table_id.get_value())
                        on:click=move |_| table_open.update(|open| *open = !*open)>
                        {move || words().table}
                    </button>
                    <ChartSave spec file_name />
                </div>
            </div>
            <div class="chart-stage" node_ref=stage>
                <Show when=move || { stage_width.get() > 0.0 }>
                    <ChartPicture spec scene id=id.get_value() />
                    <ChartMarks spec scene selected on_pick />
                </Show>
            </div>
            <Show when=move || table_open.get()>
                <ChartTable spec id=table_id.get_value() />
            </Show>
        </figure>
    }
}

/// The picture in the colours of the page; a dark one has a light twin for paper.
#[component]
fn ChartPicture(spec: Signal<ChartSpec>, scene: Memo<Scene>, id: String) -> impl IntoView {
    let app = app();
    let draw = move |theme: &Theme, id: &str| {
        spec.with(|spec| scene.with(|scene| svg::picture(spec, scene, theme, id, false)))
    };
    let paper_id = format!("{id}-paper");
    let on_screen = Memo::new(move |_| draw(if app.dark.get() { &Theme::DARK } else { &Theme::LIGHT }, &id));
    let on_paper = Memo::new(move |_| app.dark.get().then(|| draw(&Theme::PRINT, &paper_id)));
    view! {
        <div class="chart-picture" class:screen-only=move || app.dark.get() inner_html=on_screen></div>
        {move || on_paper.get().map(|picture| view! {
            <div class="chart-picture paper-only" aria-hidden="true" inner_html=picture></div>
        })}
    }
}

/// The width of an element in CSS pixels, followed as it changes; zero until it is known.
fn width_of(element: NodeRef<Div>) -> RwSignal<f64> {
    let width = RwSignal::new(0.0);
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let measured = element.clone();
        let measure = move || {
            let now = f64::from(measured.client_width());
            if now > 0.0 && width.try_get_untracked().is_some_and(|before| before != now) {
                width.set(now);
            }
        };
        measure();
        // In the next frame: a picture that changes its height while sizes are told is an error to browsers.
        let changed = Closure::<dyn FnMut()>::new(move || request_animation_frame(measure.clone()));
        if let Ok(observer) = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&element);
            // The closure must live as long as the observer can call it.
            let kept = StoredValue::new_local((observer, changed));
            on_cleanup(move || {
                kept.with_value(|(observer, _)| observer.disconnect());
            });
        }
    });
    width
}
