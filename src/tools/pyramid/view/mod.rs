//! The pyramid page.

use super::answer::{Pyramid, TierRow};
use super::options::PyramidOptions;
use super::request::{PyramidAnswer, PyramidAsk, PyramidRequest};
use super::text::text;
use crate::core::show::Show as _;
use crate::tools::Tool;
use crate::ui::explain_panel::{CoursePanel, ExplainPanel};
use crate::ui::job::{JobStatus, use_job};
use crate::ui::state::app;
use leptos::prelude::*;

static TOOL: &Tool = &super::TOOL;

pub fn view() -> AnyView {
    let app = app();
    let options = app.record::<PyramidOptions>(TOOL.id);
    let job = use_job::<_, PyramidAnswer>(TOOL.id, move || PyramidRequest {
        options: options.get(),
        ask: PyramidAsk::Pyramid,
    });
    let pyramid = Memo::new(move |_| {
        job.answer.with(|answer| match answer {
            Some(PyramidAnswer::Pyramid(pyramid)) => Some(Pyramid::clone(pyramid)),
            _ => None,
        })
    });
    let steps = move || pyramid.get().map_or(Vec::new(), |p| p.explanation.steps(app.lang.get()).to_vec());
    view! {
        <JobStatus job/>
        <Show when=move || pyramid.with(Option::is_some) fallback=|| view! { <CoursePanel tool=TOOL/> }>
            <section class="card"><Tiers pyramid/></section>
            <ExplainPanel steps=Signal::derive(steps) tool=TOOL/>
        </Show>
    }
    .into_any()
}

#[component]
fn Tiers(pyramid: Memo<Option<Pyramid>>) -> impl IntoView {
    let app = app();
    let row = move |row: &TierRow| {
        let (lang, formats) = (app.lang.get(), app.formats.get());
        view! {
            <tr>
                <th scope="row">{row.label.get(lang).to_string()}</th>
                <td class="number">{formats.count(row.sums.customers as i64)}</td>
                <td class="number">{formats.money(row.sums.revenue)}</td>
                <td>{row.strategy.get(lang).to_string()}</td>
            </tr>
        }
    };
    view! {
        <table>
            <thead><tr>
                <th scope="col">{move || text(app.lang.get()).tier}</th>
                <th scope="col" class="number">{move || text(app.lang.get()).customers}</th>
                <th scope="col" class="number">{move || text(app.lang.get()).revenue}</th>
                <th scope="col">{move || text(app.lang.get()).strategy}</th>
            </tr></thead>
            <tbody>{move || pyramid.get().map(|p| p.rows().map(row).collect_view())}</tbody>
        </table>
    }
}
