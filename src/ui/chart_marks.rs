//! The marks of a chart under the finger, the pointer and the keyboard, and the readout that follows them.

use crate::charts::layout::{Move, Scene, moved};
use crate::charts::spec::ChartSpec;
use crate::charts::svg;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent, SvgElement};

/// An overlay with one option for each mark. One of them is in the tab order; arrows, page keys, Home and End move on, Enter
/// and Space pick. A pointer gets the nearest mark, so that thin bars can be touched.
#[component]
pub(super) fn ChartMarks(
    spec: Signal<ChartSpec>,
    scene: Memo<Scene>,
    selected: Signal<Option<String>>,
    on_pick: Option<Callback<String>>,
) -> impl IntoView {
    let overlay = NodeRef::<Div>::new();
    let active = RwSignal::new(None::<usize>);
    let marks = Memo::new(move |_| spec.with(|spec| scene.with(|scene| svg::overlay(spec, scene, 0))));
    // The options are a string of our own: what changes is told to the elements after they are drawn.
    Effect::new(move |_| {
        marks.track();
        let active = active.get();
        let picked = selected.with(|key| {
            let key = key.as_ref()?;
            spec.with(|spec| spec.each_mark().iter().position(|mark| mark.key.as_ref() == Some(key)))
        });
        request_animation_frame(move || show_state(overlay, active, picked));
    });
    let pick = move |at: usize| {
        let key = spec.with_untracked(|spec| spec.each_mark().get(at).and_then(|mark| mark.key.clone()));
        if let (Some(key), Some(on_pick)) = (key, on_pick) {
            on_pick.run(key);
        }
    };
    let near = move |event: &MouseEvent| {
        let rect = overlay.get_untracked()?.get_bounding_client_rect();
        if rect.width() <= 0.0 {
            return None;
        }
        scene.with_untracked(|scene| {
            let scale = scene.width / rect.width();
            let across = (f64::from(event.client_x()) - rect.left()) * scale;
            scene.nearest((across, (f64::from(event.client_y()) - rect.top()) * scale))
        })
    };
    let on_key = move |event: KeyboardEvent| {
        let Some(at) = event.target().and_then(mark_of) else { return };
        let moved = |step| spec.with_untracked(|spec| moved(spec, at, step));
        let to = match event.key().as_str() {
            "ArrowRight" => moved(Move::Next),
            "ArrowLeft" => moved(Move::Previous),
            "ArrowDown" => moved(Move::Down),
            "ArrowUp" => moved(Move::Up),
            "PageDown" => moved(Move::FarNext),
            "PageUp" => moved(Move::FarPrevious),
            "Home" => moved(Move::First),
            "End" => moved(Move::Last),
            "Enter" | " " => {
                pick(at);
                at
            }
            "Escape" if active.get_untracked().is_some() => {
                active.set(None);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if to != at {
            focus(overlay, to);
        }
    };
    view! {
        <div class="chart-marks" class:pickable=on_pick.is_some() node_ref=overlay inner_html=marks
            on:keydown=on_key
            on:focusin=move |event| active.set(event.target().and_then(mark_of))
            on:focusout=move |_| active.set(None)
            on:pointermove=move |event| {
                let near = near(&event);
                if active.get_untracked() != near {
                    active.set(near);
                }
            }
            on:pointerleave=move |event| if event.pointer_type() == "mouse" { active.set(None) }
            on:click=move |event| if let Some(at) = near(&event) {
                focus(overlay, at);
                active.set(Some(at));
                pick(at);
            }></div>
        <Readout spec scene active />
    }
}

/// Label and value of the active mark, beside it.
#[component]
fn Readout(spec: Signal<ChartSpec>, scene: Memo<Scene>, active: RwSignal<Option<usize>>) -> impl IntoView {
    let mark = Memo::new(move |_| {
        let at = active.get()?;
        spec.with(|spec| spec.each_mark().get(at).map(|mark| (mark.label.clone(), mark.reading())))
    });
    // In hundredths of the picture, so that it follows when the picture is scaled.
    let place = Memo::new(move |_| {
        let at = active.get()?;
        scene.with(|scene| {
            let (x, y) = scene.hits.get(at)?.tip;
            Some((x / scene.width * 100.0, y / scene.height.max(1.0) * 100.0))
        })
    });
    let across = move || place.get().map_or(0.0, |(x, _)| x);
    let down = move || place.get().map_or(0.0, |(_, y)| y);
    view! {
        <p class="chart-readout" role="status"
            class:shown=move || mark.with(Option::is_some)
            class:at-start=move || across() < 25.0
            class:at-end=move || { across() > 75.0 }
            class:under=move || down() < 22.0
            style:left=move || format!("{:.2}%", across())
            style:top=move || format!("{:.2}%", down())>
            {move || mark.get().map(|(label, value)| view! {
                <span class="chart-readout-label">{label}</span>" "<strong>{value}</strong>
            })}
        </p>
    }
}

fn mark_of(target: web_sys::EventTarget) -> Option<usize> {
    target.dyn_into::<Element>().ok()?.get_attribute("data-mark")?.parse().ok()
}

fn option(overlay: NodeRef<Div>, at: usize) -> Option<SvgElement> {
    let found = overlay.get_untracked()?.query_selector(&format!("[data-mark=\"{at}\"]")).ok()??;
    found.dyn_into().ok()
}

/// Moves the focus, and the one place in the tab order with it.
fn focus(overlay: NodeRef<Div>, at: usize) {
    let Some(next) = option(overlay, at) else { return };
    if let Some(before) =
        overlay.get_untracked().and_then(|all| all.query_selector("[tabindex=\"0\"]").ok()?)
    {
        let _ = before.set_attribute("tabindex", "-1");
    }
    let _ = next.set_attribute("tabindex", "0");
    let _ = next.focus();
}

fn show_state(overlay: NodeRef<Div>, active: Option<usize>, picked: Option<usize>) {
    let clear = |selector: &str, change: &dyn Fn(&Element)| {
        let Some(Ok(Some(element))) =
            overlay.try_get_untracked().flatten().map(|all| all.query_selector(selector))
        else {
            return;
        };
        change(&element);
    };
    clear("[data-active]", &|element| {
        let _ = element.remove_attribute("data-active");
    });
    clear("[aria-selected=\"true\"]", &|element| {
        let _ = element.set_attribute("aria-selected", "false");
    });
    for (at, name) in [(active, "data-active"), (picked, "aria-selected")] {
        if let Some(element) = at.and_then(|at| option(overlay, at)) {
            let _ = element.set_attribute(name, "true");
        }
    }
}
