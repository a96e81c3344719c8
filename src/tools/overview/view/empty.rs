//! A workspace without data: what to do first.

use crate::core::workspace::SampleId;
use crate::tools;
use crate::tools::overview::text::OverviewText;
use crate::ui::explain_panel::CoursePanel;
use crate::ui::file_drop::{chosen, take};
use crate::ui::startup::sample_workspace;
use crate::ui::state::app;
use crate::ui::workspace_menu;
use leptos::prelude::*;

#[component]
pub fn Welcome() -> impl IntoView {
    let app = app();
    let text = move || OverviewText::of(app.lang.get());
    let open_sample =
        move |sample| workspace_menu::add(app, sample_workspace(sample, app.lang.get_untracked()));
    view! {
        <section aria-labelledby="welcome-title">
            <h2 id="welcome-title">{move || text().welcome}</h2>
            <p>{move || text().welcome_text}</p>
            <div class="welcome">
                <section class="card">
                    <h3>{move || text().own_data}</h3>
                    <p>{move || text().own_data_text}</p>
                    <div class="actions">
                        <label class="button primary-label">
                            {move || text().choose_file}
                            <input type="file" class="visually-hidden" on:change=move |event| {
                                if let Some(file) = chosen(&event) {
                                    take(app, file, None);
                                }
                            }/>
                        </label>
                        <a class="button" href="#/data">{move || text().data_page}</a>
                    </div>
                </section>
                <section class="card">
                    <h3>{move || text().sample}</h3>
                    <p>{move || text().sample_text}</p>
                    <div class="actions">
                        {SampleId::ALL.into_iter().enumerate().map(|(index, sample)| view! {
                            <button type="button" on:click=move |_| open_sample(sample)>
                                {move || app.text().sample_names[index]}</button>
                        }).collect_view()}
                    </div>
                </section>
                {tools::find("campaign").map(|tool| view! {
                    <section class="card">
                        <h3>{move || text().course}</h3>
                        <p>{move || text().course_text}</p>
                        <div class="actions">
                            <a class="button" href=format!("#/{}", tool.id)>{move || text().course_link}</a>
                        </div>
                    </section>
                })}
            </div>
        </section>
        <CoursePanel tool=super::TOOL/>
    }
}
