//! The list of customers: search, filter, sort, page, export; one customer's purchases on a click.

use super::customer_view::CustomerDialog;
use super::filters_view::Filters;
use super::job::{CustomersAnswer, CustomersRequest, Page};
use super::model::{CustomerRow, MeasuresFrom, Selection, SortBy};
use super::text::CustomersText;
use crate::core::day::Day;
use crate::core::excerpt::excerpt;
use crate::core::lang::Lang;
use crate::core::show::Show as _;
use crate::io::download;
use crate::io::intl::Formats;
use crate::tools::Tool;
use crate::ui::explain_panel::CoursePanel;
use crate::ui::job::{JobStatus, ask_tool, use_job};
use crate::ui::notices::Notice;
use crate::ui::pager::Pager;
use crate::ui::state::{AppState, app, parse};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The record of the selection in a workspace, and the tool's name.
const ID: &str = "customers";
const PAGE_SIZE: u32 = 50;

pub fn view() -> AnyView {
    static TOOL: &Tool = &super::TOOL;
    let app = app();
    let text = move || CustomersText::of(app.lang.get());
    let selection = app.record::<Selection>(ID);
    let page = RwSignal::new(0_u64);
    // Another selection begins at its first page.
    Effect::new(move |before: Option<Selection>| {
        let now = selection.get();
        if before.is_some_and(|before| before != now) {
            page.set(0);
        }
        now
    });
    let job = use_job::<_, CustomersAnswer>(ID, move || CustomersRequest::Page {
        selection: selection.get(),
        page: page.get(),
        page_size: PAGE_SIZE,
    });
    let answer = Memo::new(move |_| match job.answer.get() {
        Some(CustomersAnswer::Page(page)) => Some(page),
        _ => None,
    });
    let refused = move || match job.answer.get() {
        Some(CustomersAnswer::Refused(error)) => Some(error.say(app.lang.get())),
        _ => None,
    };
    let opened = RwSignal::new(None::<String>);
    view! {
        <div class="tool">
            <Filters selection answer/>
            <div>
                <JobStatus job/>
                {move || refused().map(|why| view! { <p class="problem" role="alert">{why}</p> })}
                <section class="card">
                    <div class="list-head">
                        <p class="figure-value" role="status">{move || answer.get().map(|page| {
                            let count = |n: u64| app.formats.get().count(n as i64);
                            (text().selected_of)(&count(page.selected), &count(page.all))
                        })}</p>
                        <button type="button" disabled=move || answer.get().is_none_or(|page| page.selected == 0)
                            on:click=move |_| export(app, selection.get_untracked())>{move || text().export}</button>
                    </div>
                    <p class="field-help">{move || answer.get().map(|page| measures(&page, text(), &app.formats.get()))}</p>
                    <CustomerTable selection answer opened/>
                    <Pager page pages=Signal::derive(move || answer.get().map_or(0, |page| page.pages))/>
                </section>
            </div>
        </div>
        <CustomerDialog opened/>
        <CoursePanel tool=TOOL/>
    }
    .into_any()
}

fn measures(page: &Page, text: &CustomersText, formats: &Formats) -> String {
    match page.measures_from {
        MeasuresFrom::Published => text.measures_published.into(),
        MeasuresFrom::WholeHistory => {
            (text.measures_whole)(&page.analysis_date.map_or_else(|| "–".into(), |day| formats.day(day)))
        }
        MeasuresFrom::Nothing => text.measures_nothing.into(),
    }
}

#[component]
fn CustomerTable(
    selection: Memo<Selection>,
    answer: Memo<Option<Page>>,
    opened: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = app();
    let text = move || CustomersText::of(app.lang.get());
    let classes = Memo::new(move |_| answer.get().map(|page| page.classes).unwrap_or_default());
    let columns = move || {
        let (text, lang) = (text(), app.lang.get());
        let mut columns = vec![(SortBy::Id, text.customer.to_string(), false)];
        columns.extend(
            listed(&classes.get())
                .map(|(_, c)| (SortBy::Grading(c.name.clone()), c.title.get(lang).to_string(), false)),
        );
        columns.push((SortBy::DaysSince, text.days_since.to_string(), true));
        columns.push((SortBy::Frequency, text.frequency.to_string(), true));
        columns.push((SortBy::Monetary, text.monetary.to_string(), true));
        columns
    };
    let rows = move || answer.get().map(|page| page.rows).unwrap_or_default();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=move || text().caption>
            <table class="customers many-columns">
                <caption>{move || text().caption}</caption>
                <thead><tr>
                    {move || columns().into_iter().map(|(sort, name, number)| view! {
                        <SortHead selection sort name number/>
                    }).collect_view()}
                </tr></thead>
                <tbody>
                    {move || {
                        let (formats, lang, classes) = (app.formats.get(), app.lang.get(), classes.get());
                        rows().into_iter().map(|row| {
                            let shown: Vec<usize> = listed(&classes).map(|(index, _)| index).collect();
                            customer_row(row, &shown, &formats, lang, opened)
                        }).collect_view()
                    }}
                </tbody>
            </table>
        </div>
        <Show when=move || answer.get().is_some_and(|page| page.selected == 0)><p role="status">{move || text().none}</p></Show>
    }
}

/// The published columns that are listed, with their place among all.
fn listed(classes: &[super::job::Classes]) -> impl Iterator<Item = (usize, &super::job::Classes)> {
    classes.iter().enumerate().filter(|(_, column)| !column.is_part)
}

/// A column head that sorts; a second press turns the order round.
#[component]
fn SortHead(selection: Memo<Selection>, sort: SortBy, name: String, number: bool) -> impl IntoView {
    let app = app();
    let sort = StoredValue::new(sort);
    let state = Memo::new(move |_| {
        let now = selection.get();
        sort.with_value(|sort| *sort == now.sort).then_some(now.descending)
    });
    let press = move |_| {
        let now = selection.get_untracked();
        // Measures are first wanted from the largest, names and cells from the first.
        let descending = match state.get_untracked() {
            Some(descending) => !descending,
            None => number && sort.with_value(|sort| *sort != SortBy::DaysSince),
        };
        app.set(ID, &Selection { sort: sort.get_value(), descending, ..now });
    };
    let label = name.clone();
    view! {
        <th scope="col" class:number=number aria-sort=move || match state.get() {
            Some(true) => "descending",
            Some(false) => "ascending",
            None => "none",
        }>
            <button type="button" class="sort" title=move || (CustomersText::of(app.lang.get()).sort_by)(&label) on:click=press>
                {name}<span aria-hidden="true">{move || match state.get() { Some(true) => " ▼", Some(false) => " ▲", None => "" }}</span>
            </button>
        </th>
    }
}

fn customer_row(
    row: CustomerRow,
    shown: &[usize],
    formats: &Formats,
    lang: Lang,
    opened: RwSignal<Option<String>>,
) -> impl IntoView + use<> {
    let dash = || "–".to_string();
    let days = row.days_since.map_or_else(dash, |days| formats.count(days));
    let last = row.last_purchase.map(|day: Day| formats.day(day));
    let classes: Vec<String> = shown
        .iter()
        .map(|&index| {
            row.classes
                .get(index)
                .and_then(|c| c.as_ref())
                .map_or_else(dash, |label| label.get(lang).to_string())
        })
        .collect();
    let id = row.id.clone();
    let label = (CustomersText::of(lang).open_customer)(&row.id);
    view! {
        <tr>
            <th scope="row">
                <button type="button" class="link-button" aria-label=label on:click=move |_| opened.set(Some(id.clone()))>
                    <bdi>{excerpt(&row.id).into_owned()}</bdi></button>
            </th>
            {classes.into_iter().map(|class| view! { <td>{class}</td> }).collect_view()}
            <td class="number" title=last>{days}</td>
            <td class="number">{row.frequency.map_or_else(dash, |n| formats.count(n))}</td>
            <td class="number">{row.monetary.map_or_else(dash, |minor| formats.money(minor))}</td>
        </tr>
    }
}

fn export(app: AppState, selection: Selection) {
    let lang = app.lang.get_untracked();
    let text = CustomersText::of(lang);
    spawn_local(async move {
        let answer = ask_tool(app, ID, &CustomersRequest::Export { selection, lang }, |_| {}).await;
        match answer.and_then(|answer| Ok((parse::<CustomersAnswer>(&answer.json)?, answer.bytes))) {
            Ok((CustomersAnswer::Exported { rows }, Some(bytes))) => {
                download::save(&format!("{}.csv", text.file_name), "text/csv", &bytes.to_vec());
                let rows = app.formats.get_untracked().count(rows as i64);
                app.notices.show(Notice::plain((text.exported)(&rows)));
            }
            Ok((CustomersAnswer::Refused(error), _)) => app.notices.show(Notice::warning(error.say(lang))),
            Ok(_) => {}
            Err(problem) => app.tell(&problem),
        }
    });
}
