//! The overview page.

mod charts;
mod empty;
mod figures;
mod todos;

use super::chart::Reader;
use super::explain::steps;
use super::facts::Facts;
use super::job::{Overview, OverviewRequest};
use super::text::OverviewText;
use super::words::table_title;
use crate::core::lang::Lang;
use crate::core::show::Show as _;
use crate::io::intl::{self, Formats};
use crate::jobs::protocol::TableInfo;
use crate::tools::Tool;
use crate::ui::explain_panel::{CoursePanel, ExplainPanel};
use crate::ui::job::{JobStatus, use_job};
use crate::ui::state::{AppState, DataState, app};
use leptos::prelude::*;
use std::sync::Arc;

static TOOL: &Tool = &super::TOOL;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    app: AppState,
    facts: Memo<Facts>,
    overview: Signal<Arc<Overview>>,
}

impl Page {
    fn lang(self) -> Lang {
        self.app.lang.get()
    }

    fn text(self) -> &'static OverviewText {
        OverviewText::of(self.lang())
    }

    /// Makes something of the overview in the reader's language and formats; reactive.
    fn read<T>(self, make: impl FnOnce(&Overview, Reader) -> T) -> T {
        let formats: Formats = self.app.formats.get();
        self.overview.with(|overview| make(overview, Reader { lang: formats.lang, show: &formats }))
    }
}

pub fn view() -> AnyView {
    let app = app();
    let is_empty = Memo::new(move |_| {
        app.data.with(|data| match data {
            DataState::Ready(info) => info.tables.is_empty(),
            _ => false,
        })
    });
    view! {
        {move || if is_empty.get() {
            view! { <empty::Welcome/> }.into_any()
        } else {
            view! { <Filled/> }.into_any()
        }}
    }
    .into_any()
}

/// The page of a workspace that has data.
#[component]
fn Filled() -> impl IntoView {
    let app = app();
    let today = intl::today();
    let facts = Memo::new(move |_| app.workspace.with(|workspace| Facts::of(workspace, today)));
    let job = use_job::<_, Overview>(TOOL.id, move || OverviewRequest { facts: facts.get() });
    // The last figures stay while the next are on their way, but not those of other data.
    let last = Memo::new(move |_| {
        let failed = job.problem.with(Option::is_some);
        job.answer.with(|answer| answer.clone().filter(|_| !failed)).map(Arc::new)
    });
    let has_result = Memo::new(move |_| last.with(Option::is_some));
    view! {
        <DataLine/>
        <JobStatus job/>
        <Show when=move || has_result.get() fallback=|| view! { <CoursePanel tool=TOOL/> }>
            <Results facts last/>
        </Show>
    }
}

#[component]
fn Results(facts: Memo<Facts>, last: Memo<Option<Arc<Overview>>>) -> impl IntoView {
    // The memo may run once more while the page is being taken down.
    let overview = Memo::new(move |before: Option<&Arc<Overview>>| {
        last.get().or_else(|| before.cloned()).expect("results are shown when there are some")
    });
    let page = Page { app: app(), facts, overview: overview.into() };
    let explained = move || {
        let symbol = page.app.formats.with(|formats| formats.currency.symbol.clone());
        page.read(|overview, reader| facts.with(|facts| steps(overview, facts, reader, &symbol)))
    };
    view! {
        <todos::Broken page/>
        <figures::Figures page/>
        <div class="overview-parts">
            <charts::Pyramid page/>
            <div>
                <charts::Heat page/>
                <todos::Todos page/>
            </div>
        </div>
        <ExplainPanel steps=Signal::derive(explained) tool=TOOL/>
    }
}

/// Which tables there are, how many rows, and of which days.
#[component]
fn DataLine() -> impl IntoView {
    let app = app();
    let line = move || {
        let formats = app.formats.get();
        let text = OverviewText::of(formats.lang);
        let table = |table: &TableInfo| {
            let rows = formats.count(i64::try_from(table.rows).unwrap_or(i64::MAX));
            let named = (text.rows_of)(&rows, &table_title(table.kind, formats.lang));
            match table.first_day.zip(table.last_day) {
                Some((first, last)) => {
                    let days = (text.from_to)(&formats.day(first), &formats.day(last));
                    formats.lang.pick(format!("{named} ({days})"), format!("{named}（{days}）"))
                }
                None => named,
            }
        };
        app.data.with(|data| match data {
            DataState::Ready(info) => info.tables.iter().map(table).collect::<Vec<_>>().join(" · "),
            _ => String::new(),
        })
    };
    view! {
        <p class="data-line">
            <a href="#/data">{move || OverviewText::of(app.lang.get()).data_since}</a>
            <span>{line}</span>
        </p>
    }
}
