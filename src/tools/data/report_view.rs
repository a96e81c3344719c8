//! What became of every row of a file: read = used + set aside, and each row that was set aside.

use super::flow_view::Flow;
use super::job::DataRequest;
use super::text::DataText;
use crate::core::import::Report;
use crate::core::import::report::SetAsideRow;
use crate::core::import::words::column_name;
use crate::core::show::Show as _;
use crate::core::table::TableKind;
use crate::io::download;
use crate::jobs::protocol::ImportDone;
use crate::ui::job::{ask_tool, use_job};
use crate::ui::pager::Pager;
use crate::ui::state::app;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Rows of the list on one page.
const PAGE: usize = 20;

#[component]
pub fn DoneView(done: ImportDone) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let overlap = done.overlap;
    let has_purchases = done.kind.has_purchases();
    let of_campaign = !done.kind.is_customer_data();
    view! {
        <section class="card" aria-labelledby="done-title">
            <div role="status"><h2 id="done-title">{move || text().done_title}</h2></div>
            {move || overlap.map(|overlap| match overlap.repeated_rows {
                0 => view! { <p>{text().no_overlap}</p> }.into_any(),
                rows => {
                    let formats = app.formats.get();
                    let period = overlap.period.map(|(a, b)| format!("{} – {}", formats.day(a), formats.day(b)));
                    view! { <p class="warning">{(text().overlap)(&formats.count(rows as i64), &period.unwrap_or_default())}</p> }.into_any()
                }
            })}
            <ReportView report=done.report kind=done.kind/>
            <div class="actions">
                <Show when=move || has_purchases>
                    <a class="button" href="#/rfm" on:click=move |_| Flow::new(app).forget()>{move || text().see_cells}</a>
                </Show>
                <Show when=move || of_campaign>
                    <a class="button" href="#/campaign" on:click=move |_| Flow::new(app).forget()>{move || text().see_campaign}</a>
                </Show>
                <button type="button" on:click=move |_| Flow::new(app).forget()>{move || text().see_data}</button>
            </div>
        </section>
    }
}

/// The report of an import, as it stands beside its table too.
#[component]
pub fn ReportView(report: Report, kind: TableKind) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let report = StoredValue::new(report);
    let set_aside = report.with_value(|report| report.set_aside_count);
    let open = RwSignal::new(false);
    view! {
        <p class="read-equals">{move || report.with_value(|report| {
            let count = |n: u64| app.formats.get().count(n as i64);
            (text().read_equals)(&count(report.read), &count(report.used), &count(report.set_aside_count))
        })}</p>
        {move || report.with_value(|report| {
            let lang = app.lang.get();
            let notes = report.notes.iter().map(|note| note.say(&report.headers, lang));
            notes.map(|note| view! { <p class="info">{note}</p> }).collect_view()
        })}
        <Show when=move || { set_aside > 0 }>
            <ul>{move || report.with_value(|report| report.by_reason.iter().map(|(reason, count)| {
                let count = app.formats.get().count(*count as i64);
                view! { <li>{reason.say(app.lang.get())}" "<strong>{count}</strong></li> }
            }).collect_view())}</ul>
            <details on:toggle=move |event| open.set(event_target::<web_sys::HtmlElement>(&event).has_attribute("open"))>
                <summary>{move || text().set_aside}</summary>
                <Show when=move || open.get()><SetAsideTable report kind/></Show>
            </details>
        </Show>
    }
}

#[component]
fn SetAsideTable(report: StoredValue<Report>, kind: TableKind) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let all = report.with_value(|report| report.set_aside_count);
    let page = RwSignal::new(0_u64);
    let rows = use_job::<_, Vec<SetAsideRow>>("data", move || DataRequest::SetAside {
        kind,
        first: page.get() as usize * PAGE,
        count: PAGE,
    });
    let caption = move || {
        let count = |n: u64| app.formats.get().count(n as i64);
        let first = page.get() * PAGE as u64;
        (text().set_aside_caption)(&count(first + 1), &count((first + PAGE as u64).min(all)), &count(all))
    };
    let download = move |_| {
        let lang = app.lang.get_untracked();
        spawn_local(async move {
            match ask_tool(app, "data", &DataRequest::SetAsideFile { kind, lang }, |_| {}).await {
                Ok(answer) => {
                    let bytes = answer.file();
                    download::save(&format!("{}.csv", text().set_aside), "text/csv", &bytes);
                }
                Err(problem) => app.tell(&problem),
            }
        });
    };
    view! {
        <div class="actions"><button type="button" on:click=download>{move || text().set_aside_download}</button></div>
        <div class="table-box" tabindex="0" role="group" aria-label=move || text().set_aside>
            <table>
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col" class="number">{move || text().line}</th>
                    <th scope="col">{move || text().column}</th>
                    <th scope="col">{move || text().value}</th>
                    <th scope="col">{move || text().reason}</th>
                </tr></thead>
                <tbody>{move || rows.answer.get().unwrap_or_default().into_iter().map(|row| {
                    let lang = app.lang.get();
                    let column = row.column.map(|column| report.with_value(|r| column_name(&r.headers, column, lang)));
                    view! {
                        <tr>
                            <td class="number">{app.formats.get().count(row.line as i64)}</td>
                            <td>{column.unwrap_or_else(|| "–".into())}</td>
                            <td class="value">{row.value}</td>
                            <td>{row.reason.say(lang)}</td>
                        </tr>
                    }
                }).collect_view()}</tbody>
            </table>
        </div>
        <Pager page pages=Signal::stored(all.div_ceil(PAGE as u64))/>
    }
}
