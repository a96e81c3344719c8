//! How much hangs on how few: the Pareto curve of the measure, and the whale curve of the margin.

use super::page::Page;
use crate::charts::spec::ChartSpec;
use crate::tools::pyramid::answer::Pyramid;
use crate::tools::pyramid::chart::{pareto, rule_of_20, whale};
use crate::tools::pyramid::options::Measure;
use crate::tools::pyramid::reading::Reader;
use crate::ui::chart_frame::ChartFrame;
use leptos::prelude::*;

#[component]
pub fn Curves(page: Page) -> impl IntoView {
    // By margin, both curves would be the same: the whale is shown.
    let by_margin = Memo::new(move |_| page.options.get().measure == Measure::Margin);
    let has_margin = move || page.result.with(|pyramid| pyramid.has_margin);
    view! {
        <div class="pyramid-curves">
            <Show when=move || !(by_margin.get() && has_margin())>
                <Curve page make=pareto file=Signal::derive(move || page.text().curve_title.to_string())/>
            </Show>
            <Show when=has_margin fallback=move || view! {
                <section class="card">
                    <h2>{move || page.text().whale_curve_title}</h2>
                    <p>{move || page.text().no_whale}</p>
                    <p><a class="button" href="#/data">{move || page.text().to_data}</a></p>
                </section>
            }>
                <Curve page make=whale file=Signal::derive(move || page.text().whale_curve_title.to_string())/>
            </Show>
        </div>
        {move || page.read(rule_of_20).map(|finding| view! {
            <section class="card">
                <h2>{page.text().whale_title}</h2>
                <p>{finding}</p>
                <p class="field-help">{page.text().whale_rules}</p>
            </section>
        })}
    }
}

/// A curve, where there is one: without a positive total the warning above says so.
#[component]
fn Curve(page: Page, make: fn(&Pyramid, Reader) -> Option<ChartSpec>, file: Signal<String>) -> impl IntoView {
    let exists = Memo::new(move |_| page.read(make).is_some());
    let spec = Signal::derive(move || page.read(make).expect("a curve is shown when there is one"));
    view! {
        <Show when=move || exists.get()>
            <section class="card"><ChartFrame spec file_name=file/></section>
        </Show>
    }
}
