//! The navigation: the course's own model. A group without tools is not shown.

use crate::tools::{Group, TOOLS};
use crate::ui::offline::InstallButton;
use crate::ui::routing::{GLOSSARY, SETTINGS, router};
use crate::ui::state::app;
use leptos::prelude::*;

#[component]
pub fn Navigation(open: RwSignal<bool>) -> impl IntoView {
    let app = app();
    let groups = Group::ALL.into_iter().filter(|group| TOOLS.iter().any(|tool| tool.group == *group));
    view! {
        <nav class="nav" id="navigation" class:nav-open=move || open.get() aria-label=move || app.text().navigation>
            <a class="brand" href="#/" aria-label="Quintile 客層"><BrandMark/><span>"Quintile 客層"</span></a>
            {groups.map(|group| view! {
                <div class="nav-group">
                    <h2>{move || group.name(app.lang.get())}</h2>
                    <ul>
                        {TOOLS.iter().filter(|tool| tool.group == group).map(|tool| view! {
                            <li><NavLink id=tool.id open>{move || (tool.title)(app.lang.get())}</NavLink></li>
                        }).collect_view()}
                    </ul>
                </div>
            }).collect_view()}
            <div class="nav-group nav-end">
                <ul>
                    <li><NavLink id=GLOSSARY open>{move || app.text().glossary}</NavLink></li>
                    <li><NavLink id=SETTINGS open>{move || app.text().settings}</NavLink></li>
                </ul>
            </div>
            <InstallButton/>
            <p class="private">{move || app.text().private}</p>
        </nav>
    }
}

#[component]
fn NavLink(id: &'static str, open: RwSignal<bool>, children: Children) -> impl IntoView {
    let router = router();
    view! {
        <a href=format!("#/{id}") aria-current=move || (router.page.get().id() == id).then_some("page")
            on:click=move |_| open.set(false)>{children()}</a>
    }
}

/// Three tiers of a pyramid.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path class="tier-1" d="M12 2l3.2 5.6H8.800z"/>
            <path class="tier-2" d="M8.200 8.800h7.600l3.400 5.900H4.800z"/>
            <path class="tier-3" d="M4.200 15.900h15.600l3.400 5.900H.8z"/>
        </svg>
    }
}
