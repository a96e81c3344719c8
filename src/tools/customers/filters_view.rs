//! Search and class filters beside the list.

use super::job::{Classes, Page};
use super::model::{ClassFilter, Selection};
use super::text::CustomersText;
use crate::ui::fields::{ParsedField, SelectField, ToolInputs};
use crate::ui::state::app;
use leptos::prelude::*;

const ID: &str = "customers";

#[component]
pub fn Filters(selection: Memo<Selection>, answer: Memo<Option<Page>>) -> impl IntoView {
    let app = app();
    let text = move || CustomersText::of(app.lang.get());
    let classes = Memo::new(move |_| answer.get().map(|page| page.classes).unwrap_or_default());
    let is_filtered = move || selection.with(|s| !s.search.is_empty() || !s.filters.is_empty());
    let clear = move |_| {
        app.set(ID, &Selection { search: String::new(), filters: Vec::new(), ..selection.get_untracked() });
    };
    view! {
        <ToolInputs title=Signal::derive(move || text().inputs.to_string())>
            <ParsedField label=Signal::derive(move || text().search.to_string()) kind="search"
                value=Signal::derive(move || selection.with(|s| s.search.clone()))
                write=|search: &String| search.clone()
                read=Callback::new(|typed: String| Ok(typed))
                on_change=Callback::new(move |(search, burst): (String, u64)| {
                    app.set_in_burst(ID, &Selection { search, ..selection.get_untracked() }, burst);
                })
                help=Signal::derive(move || text().search_help.to_string()) />
            <Show when=move || !classes.with(Vec::is_empty)><h2>{move || text().filters}</h2></Show>
            {move || classes.get().into_iter().map(|classes| view! { <ClassField selection classes/> }).collect_view()}
            <Show when=is_filtered><button type="button" on:click=clear>{move || text().clear}</button></Show>
        </ToolInputs>
    }
}

/// The filter by one published column: any of the classes chosen so far.
#[component]
fn ClassField(selection: Memo<Selection>, classes: Classes) -> impl IntoView {
    let app = app();
    let text = move || CustomersText::of(app.lang.get());
    let classes = StoredValue::new(classes);
    let chosen = Memo::new(move |_| {
        let name = classes.with_value(|c| c.name.clone());
        selection.with(|s| {
            s.filters.iter().find(|f| f.grading == name).map(|f| f.any_of.clone()).unwrap_or_default()
        })
    });
    let set = move |any_of: Vec<String>| {
        let mut now = selection.get_untracked();
        let grading = classes.with_value(|c| c.name.clone());
        now.filters.retain(|filter| filter.grading != grading);
        if !any_of.is_empty() {
            now.filters.push(ClassFilter { grading, any_of });
        }
        app.set(ID, &now);
    };
    let choices = Signal::derive(move || {
        let first = if chosen.with(Vec::is_empty) { text().all_classes } else { text().add_class };
        let lang = app.lang.get();
        let rest = classes.with_value(|c| {
            let open = c.labels.iter().filter(|label| !chosen.with(|chosen| chosen.contains(&label.en)));
            open.map(|label| (Some(label.en.clone()), label.get(lang).to_string())).collect::<Vec<_>>()
        });
        std::iter::once((None, first.to_string())).chain(rest).collect::<Vec<(Option<String>, String)>>()
    });
    view! {
        <SelectField label=Signal::derive(move || classes.with_value(|c| c.title.get(app.lang.get()).to_string()))
            value=Signal::stored(None::<String>) choices
            on_change=Callback::new(move |label: Option<String>| {
                if let Some(label) = label {
                    set(chosen.get_untracked().into_iter().chain([label]).collect());
                }
            }) />
        <div class="chosen">
            {move || chosen.get().into_iter().map(|wanted| {
                let lang = app.lang.get();
                let shown = classes.with_value(|c| {
                    c.labels.iter().find(|l| l.en == wanted).map_or(wanted.clone(), |l| l.get(lang).to_string())
                });
                let label = (text().remove)(&shown);
                view! {
                    <button type="button" class="tag" aria-label=label on:click=move |_| {
                        set(chosen.get_untracked().into_iter().filter(|other| *other != wanted).collect());
                    }>{shown}" ×"</button>
                }
            }).collect_view()}
        </div>
    }
}
