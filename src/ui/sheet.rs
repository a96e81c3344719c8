//! A worked calculation on the page: figures, notes, charts and tables of a [`Sheet`].

use crate::charts::sheet::{Sheet, SheetFigure};
use crate::ui::chart_frame::ChartFrame;
use crate::ui::data_table::DataTable;
use crate::ui::figure::Figure;
use leptos::prelude::*;

/// Everything of a sheet but its steps. Charts and tables keep their places while the numbers in them change, so that an
/// open table stays open and the keyboard stays where it is.
#[component]
pub fn SheetView(sheet: Memo<Sheet>) -> impl IntoView {
    let count = move |of: fn(&Sheet) -> usize| Memo::new(move |_| sheet.with(of));
    let (figures, charts, tables) = (
        count(|sheet| sheet.figures.len()),
        count(|sheet| sheet.charts.len()),
        count(|sheet| sheet.tables.len()),
    );
    let said = move |of: fn(&Sheet) -> &Vec<String>, class: &'static str| {
        move || {
            let lines = sheet.with(|sheet| of(sheet).clone());
            lines.into_iter().map(|line| view! { <p class=class>{line}</p> }).collect_view()
        }
    };
    view! {
        {said(|sheet| &sheet.warnings, "warning")}
        <div class="figures" role="status">
            {move || (0..figures.get()).map(|at| view! { <OneFigure sheet at/> }).collect_view()}
        </div>
        {said(|sheet| &sheet.notes, "info")}
        {move || (0..charts.get()).map(|at| view! { <OneChart sheet at/> }).collect_view()}
        {move || (0..tables.get()).map(|at| view! { <OneTable sheet at/> }).collect_view()}
    }
}

#[component]
fn OneFigure(sheet: Memo<Sheet>, at: usize) -> impl IntoView {
    let part = move |of: fn(&SheetFigure) -> &String| {
        Signal::derive(move || sheet.with(|sheet| sheet.figures.get(at).map(of).cloned()).unwrap_or_default())
    };
    view! { <Figure label=part(|f| &f.label) value=part(|f| &f.value) note=part(|f| &f.note)/> }
}

#[component]
fn OneChart(sheet: Memo<Sheet>, at: usize) -> impl IntoView {
    // A chart that goes keeps its last picture until its frame has gone.
    let spec = Memo::new(move |before: Option<&Option<_>>| {
        sheet.with(|sheet| sheet.charts.get(at).cloned()).or_else(|| before.cloned().flatten())
    });
    let file_name =
        move || spec.with(|spec| spec.as_ref().map_or_else(String::new, |spec| spec.title.clone()));
    view! {
        <section class="card">
            <ChartFrame spec=Signal::derive(move || spec.get().expect("a frame stands where there is a chart"))
                file_name=Signal::derive(file_name)/>
        </section>
    }
}

#[component]
fn OneTable(sheet: Memo<Sheet>, at: usize) -> impl IntoView {
    let part = Memo::new(move |_| sheet.with(|sheet| sheet.tables.get(at).cloned()));
    let title = move || part.with(|part| part.as_ref().map_or_else(String::new, |part| part.title.clone()));
    let note = move || part.with(|part| part.as_ref().map_or_else(String::new, |part| part.note.clone()));
    let table = move || part.with(|part| part.as_ref().map(|part| part.table.clone()).unwrap_or_default());
    view! {
        <section class="card">
            <DataTable title=Signal::derive(title) table=Signal::derive(table) note=Signal::derive(note)/>
        </section>
    }
}
