//! What is stale or missing, each with the way to where it is put right.

use super::Page;
use crate::tools;
use crate::tools::overview::todo::{Todo, Weight};
use leptos::prelude::*;

/// What makes a part of the page missing or wrong stands above everything else.
#[component]
pub fn Broken(page: Page) -> impl IntoView {
    move || {
        let found =
            page.overview.with(|overview| of_weight(&overview.todos, |weight| weight == Weight::Broken));
        (!found.is_empty()).then(|| view! { <ul class="todos">{items(page, &found)}</ul> })
    }
}

/// The rest.
#[component]
pub fn Todos(page: Page) -> impl IntoView {
    let list = move || {
        let (all, found) = page.overview.with(|overview| {
            (overview.todos.len(), of_weight(&overview.todos, |weight| weight != Weight::Broken))
        });
        if all == 0 {
            view! { <p>{page.text().nothing_to_do}</p> }.into_any()
        } else {
            view! { <ul class="todos">{items(page, &found)}</ul> }.into_any()
        }
    };
    let has_some = move || {
        page.overview
            .with(|o| o.todos.is_empty() || o.todos.iter().any(|todo| todo.weight() != Weight::Broken))
    };
    view! {
        <Show when=has_some>
            <section class="card" aria-labelledby="todos-title">
                <h2 id="todos-title">{move || page.text().todos}</h2>
                {list}
            </section>
        </Show>
    }
}

fn of_weight(todos: &[Todo], is_wanted: impl Fn(Weight) -> bool) -> Vec<Todo> {
    todos.iter().filter(|todo| is_wanted(todo.weight())).cloned().collect()
}

fn items(page: Page, todos: &[Todo]) -> impl IntoView + use<> {
    let formats = page.app.formats.get();
    let item = |todo: &Todo| {
        let class = match todo.weight() {
            Weight::Broken => "problem",
            Weight::Waiting => "warning",
            Weight::Missing => "info",
        };
        let link = tools::find(todo.tool()).map(|tool| {
            view! {
                <a href=format!("#/{}", tool.id)>{todo.action(formats.lang)}</a>
            }
        });
        view! { <li class=class><span>{todo.say(formats.lang, &formats)}</span>" "{link}</li> }
    };
    todos.iter().map(item).collect_view()
}
