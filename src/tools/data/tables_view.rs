//! The tables of the workspace: how many rows, which period, what each column holds; replace, append, delete, export.

use super::flow_view::Flow;
use super::job::{DataRequest, TableProfile};
use super::report_view::ReportView;
use super::text::{DataText, kind_title};
use crate::core::excerpt::excerpt;
use crate::core::import::words::role_name;
use crate::core::lang::Lang;
use crate::core::profile::{ColumnProfile, Values};
use crate::core::show::Show as _;
use crate::core::table::{Role, TableKind};
use crate::io::download;
use crate::io::intl::Formats;
use crate::io::worker_client::Attached;
use crate::jobs::protocol::{DataNow, Onto, Request};
use crate::ui::file_drop::{chosen, take};
use crate::ui::job::{JobStatus, ask_tool, use_job};
use crate::ui::notices::Notice;
use crate::ui::pager::Pager;
use crate::ui::startup::new_id;
use crate::ui::state::{AppState, app, parse};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Columns of a table on one page of its profile.
const COLUMNS: usize = 60;

#[component]
pub fn TableCards() -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let profiles = use_job::<_, Vec<TableProfile>>("data", || DataRequest::Profiles);
    let empty = move || profiles.answer.get().is_some_and(|tables| tables.is_empty());
    view! {
        <h2 class="section-title">{move || text().tables}</h2>
        <JobStatus job=profiles/>
        <Show when=empty><p class="card">{move || text().none_yet}</p></Show>
        {move || profiles.answer.get().unwrap_or_default().into_iter()
            .map(|profile| view! { <TableCard profile/> }).collect_view()}
    }
}

#[component]
fn TableCard(profile: TableProfile) -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let TableProfile { kind, rows, columns, report } = profile;
    let customers = columns.first().map_or(0, |customer| customer.distinct);
    let period = columns.iter().find_map(|column| match column.values {
        Values::Days { range } if matches!(column.role, Role::Date | Role::LastPurchase) => range,
        _ => None,
    });
    let page = RwSignal::new(0_u64);
    let pages = columns.len().div_ceil(COLUMNS) as u64;
    let columns = StoredValue::new(columns);
    view! {
        <section class="card table-card">
            <h3>{move || kind_title(kind, app.lang.get())}</h3>
            <p>
                {move || (text().rows_customers)(&app.formats.get().count(rows as i64), &app.formats.get().count(customers as i64))}
                {move || period.map(|(first, last)| format!(" · {}", (text().period)(&app.formats.get().day(first), &app.formats.get().day(last))))}
            </p>
            {report.map(|report| view! { <ReportView report kind/> })}
            <div class="table-box" tabindex="0" role="group" aria-label=move || text().profile_caption>
                <table>
                    <caption>{move || text().profile_caption}</caption>
                    <thead><tr>
                        <th scope="col">{move || text().column}</th>
                        <th scope="col">{move || text().means}</th>
                        <th scope="col" class="number">{move || text().filled}</th>
                        <th scope="col" class="number">{move || text().distinct}</th>
                        <th scope="col">{move || text().range}</th>
                        <th scope="col" class="number">{move || text().sum}</th>
                    </tr></thead>
                    <tbody>{move || columns.get_value().into_iter()
                        .skip(page.get() as usize * COLUMNS).take(COLUMNS)
                        .map(|column| profile_row(column, &app.formats.get(), app.lang.get())).collect_view()}</tbody>
                </table>
            </div>
            <Pager page pages=Signal::stored(pages)/>
            <div class="actions">
                <FileButton kind onto=Onto::Append label=Signal::derive(move || text().append.to_string())/>
                <FileButton kind onto=Onto::Replace label=Signal::derive(move || text().replace.to_string())/>
                <button type="button" on:click=move |_| export(app, kind)>{move || text().export}</button>
                <button type="button" class="danger" on:click=move |_| delete(app, kind)>{move || text().delete}</button>
            </div>
        </section>
    }
}

/// Chooses a file of a kind of table whose rows go where the button says.
#[component]
fn FileButton(kind: TableKind, onto: Onto, label: Signal<String>) -> impl IntoView {
    let app = app();
    view! {
        <label class="button">
            {label}
            <input type="file" class="visually-hidden" on:change=move |event| {
                if let Some(file) = chosen(&event) {
                    Flow::new(app).want(kind, onto);
                    take(app, file, None);
                }
            } />
        </label>
    }
}

fn profile_row(column: ColumnProfile, formats: &Formats, lang: Lang) -> impl IntoView + use<> {
    let dash = || "–".to_string();
    let between =
        |range: Option<(String, String)>| range.map_or_else(dash, |(from, to)| format!("{from} – {to}"));
    let count = |n: u64| formats.count(n as i64);
    let (range, sum) = match &column.values {
        Values::Days { range } => (between(range.map(|(a, b)| (formats.day(a), formats.day(b)))), dash()),
        Values::Money { range, sum, .. } => (
            between(range.map(|(a, b)| (formats.money(a), formats.money(b)))),
            sum.map_or_else(dash, |s| formats.money(s)),
        ),
        Values::Numbers { range, sum } => {
            let number = |n: f64| formats.number(n, if n.fract() == 0.0 { 0 } else { 2 });
            (between(range.map(|(a, b)| (number(a), number(b)))), sum.map_or_else(dash, number))
        }
        Values::Texts { most_frequent } => {
            let listed = most_frequent
                .iter()
                .take(3)
                .map(|(text, times)| format!("{} ({})", excerpt(text), count(*times)));
            (listed.collect::<Vec<_>>().join(lang.pick(", ", "、")), dash())
        }
    };
    let name =
        if column.role == Role::Customer { role_name(Role::Customer, lang).to_string() } else { column.name };
    view! {
        <tr>
            <th scope="row"><bdi>{excerpt(&name).into_owned()}</bdi></th>
            <td>{role_name(column.role, lang)}</td>
            <td class="number">{count(column.filled)}</td>
            <td class="number">{count(column.distinct)}</td>
            <td class="range">{range}</td>
            <td class="number">{sum}</td>
        </tr>
    }
}

fn export(app: AppState, kind: TableKind) {
    spawn_local(async move {
        match ask_tool(app, "data", &DataRequest::TableFile { kind }, |_| {}).await {
            Ok(answer) => {
                let name = format!("{}.csv", kind_title(kind, app.lang.get_untracked()));
                download::save(&name, "text/csv", &answer.file());
            }
            Err(problem) => app.tell(&problem),
        }
    });
}

/// Deletes a table: the workspace then points at data without it, and undo points it back.
fn delete(app: AppState, kind: TableKind) {
    spawn_local(async move {
        let before = app.open_data();
        let keep = app.keeps();
        let answer = app.ask(Request::Remove { kind, id: new_id(), keep }, Attached::default(), |_| {}).await;
        let taken = answer.and_then(|answer| {
            app.take_changed(&before, parse::<DataNow>(&answer.json)?, answer.bytes, None)
        });
        match taken {
            Ok(()) => {
                let (text, lang) = (DataText::of(app.lang.get_untracked()), app.lang.get_untracked());
                let notice = Notice::plain((text.deleted)(kind_title(kind, lang)));
                app.notices.show(notice.with_action(app.text().undo, move || app.undo()));
            }
            Err(problem) => {
                app.tell(&problem);
                app.reopen();
            }
        }
    });
}
