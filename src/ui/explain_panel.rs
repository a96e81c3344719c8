//! "How this is worked out": the steps of a calculation with the reader's own numbers, what the course says, and
//! the limits. In presenter mode the steps appear one by one.

use crate::core::explain::Step;
use crate::tools::Tool;
use crate::ui::state::app;
use leptos::prelude::*;

#[component]
pub fn ExplainPanel(#[prop(into)] steps: Signal<Vec<Step>>, tool: &'static Tool) -> impl IntoView {
    let app = app();
    let all = move || steps.with(Vec::len);
    let revealed = move || app.presenting.get().map_or(all(), |count| count.min(all()));
    // The presenter's keys need to know how many steps there are to reveal.
    Effect::new(move |_| {
        if let Some(count) = app.presenting.get()
            && count > all()
            && all() > 0
        {
            app.presenting.set(Some(all()));
        }
    });
    view! {
        <section class="card explain" aria-labelledby="worked-out">
            <h2 id="worked-out">{move || app.text().worked_out}</h2>
            <ol class="steps" aria-live="polite">
                {move || steps.get().into_iter().take(revealed()).map(|step| view! {
                    <li>
                        <p>{step.say}</p>
                        {step.formulas.iter().map(|formula| view! {
                            <div class="formula" tabindex="0" inner_html=formula.mathml()></div>
                        }).collect_view()}
                    </li>
                }).collect_view()}
            </ol>
            <Show when=move || app.presenting.get().is_some()>
                <p class="step-count">{move || (app.text().step_of)(revealed(), all())}</p>
            </Show>
            <Course tool/>
        </section>
    }
}

/// The panel of a page that has no calculation to explain.
#[component]
pub fn CoursePanel(tool: &'static Tool) -> impl IntoView {
    view! { <section class="card explain"><Course tool/></section> }
}

/// What the course says about a tool, and the tool's limits.
#[component]
fn Course(tool: &'static Tool) -> impl IntoView {
    let app = app();
    view! {
        <details class="course">
            <summary>{move || app.text().course_says}</summary>
            <div class="prose" inner_html=move || (tool.help)(app.lang.get())></div>
            <p class="slides">{move || (app.text().from_slides)(&tool.slides.join(app.lang.get().pick(", ", "、")))}</p>
        </details>
    }
}
