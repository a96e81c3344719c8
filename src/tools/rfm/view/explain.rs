//! How one customer came to the cell code: the customer in the middle, or one that the reader names.

use super::page::Page;
use crate::tools::rfm::job::{Explanation, RfmAnswer, RfmAsk, RfmRequest};
use crate::ui::explain_panel::ExplainPanel;
use crate::ui::fields::unique_id;
use crate::ui::job::ask_tool;
use crate::ui::state::parse;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Why a customer cannot be explained.
#[derive(Clone, Copy, PartialEq)]
enum Why {
    NotThere,
    WithoutValue,
}

#[component]
pub fn Explain(page: Page) -> impl IntoView {
    let asked = RwSignal::new(String::new());
    let other = RwSignal::new(None::<Explanation>);
    let missing = RwSignal::new(None::<Why>);
    // A named customer is explained again whenever the analysis changes.
    Effect::new(move |_| {
        page.result.track();
        let customer = asked.get();
        missing.set(None);
        if customer.is_empty() {
            return other.set(None);
        }
        let options = page.options.get_untracked();
        let request = RfmRequest { options, ask: RfmAsk::Explain { customer: customer.clone() } };
        spawn_local(async move {
            let answer = ask_tool(page.app, super::TOOL.id, &request, |_| {}).await;
            // The reader may have named another one, or left the page.
            if asked.try_get_untracked() != Some(customer) {
                return;
            }
            match answer.and_then(|answer| parse::<RfmAnswer>(&answer.json)) {
                Ok(RfmAnswer::Explanation(explanation)) => other.set(Some(explanation)),
                Ok(RfmAnswer::NoSuchCustomer { .. }) => {
                    other.set(None);
                    missing.set(Some(Why::NotThere));
                }
                Ok(RfmAnswer::WithoutValue { .. }) => {
                    other.set(None);
                    missing.set(Some(Why::WithoutValue));
                }
                Ok(_) => {}
                Err(problem) => page.app.tell(&problem),
            }
        });
    });
    let explanation = move || match other.get() {
        Some(explanation) if !asked.get().is_empty() => explanation,
        _ => page.result.with(|result| result.explanation.clone()),
    };
    let middle = move || page.result.with(|result| result.explanation.customer.clone());
    let problem = move || {
        missing.get().map(|why| match why {
            Why::NotThere => (page.words().no_such_customer)(&asked.get()),
            Why::WithoutValue => (page.words().without_value)(&asked.get()),
        })
    };
    let id = unique_id("explained");
    let (help_id, problem_id) = (format!("{id}-help"), format!("{id}-problem"));
    let described = format!("{help_id} {problem_id}");
    view! {
        <section class="card tool-inputs">
            <div class="field rfm-explained" class:field-wrong=move || missing.get().is_some()>
                <label for=id.clone()>{move || page.text().explain_customer}</label>
                <input id=id type="text" autocomplete="off" aria-describedby=described
                    aria-invalid=move || missing.get().map(|_| "true")
                    on:change=move |event| asked.set(event_target_value(&event).trim().to_string())/>
                <p class="field-help" id=help_id>{move || (page.words().explain_help)(&middle())}</p>
                <p class="field-problem" id=problem_id role="alert">{problem}</p>
            </div>
        </section>
        <ExplainPanel steps=Signal::derive(move || explanation().steps(page.lang()).to_vec()) tool=super::TOOL/>
    }
}
