//! The page of the calculators: which one is open, its inputs, its answer.

mod answer;
mod chooser;
mod inputs;
mod page;
mod rows;

use super::calculator::Calculator;
use super::calculators::{CALCULATORS, find};
use super::options::BreakEvenOptions;
use crate::tools::Tool;
use crate::ui::state::app;
use leptos::prelude::*;
use page::Page;

static TOOL: &Tool = &super::TOOL;

pub fn view() -> AnyView {
    let options = app().record::<BreakEvenOptions>(TOOL.id);
    let open = Memo::new(move |_| options.with(|options| options.calculator().id));
    let calculator = move || find(open.get()).unwrap_or(CALCULATORS[0]);
    view! {
        <chooser::Chooser options open/>
        {move || view! { <Calculation calculator=calculator() options/> }}
    }
    .into_any()
}

/// One calculator. Another one is another page: nothing of this is used again.
#[component]
fn Calculation(calculator: &'static Calculator, options: Memo<BreakEvenOptions>) -> impl IntoView {
    let page = Page::new(calculator, options);
    view! {
        <header class="calculator-head">
            <h2>{move || page.words(calculator.title)}</h2>
            <p>{move || page.words(calculator.question)}</p>
        </header>
        <div class="tool break-even-tool">
            <inputs::Inputs page/>
            <div class="break-even-answer"><answer::Answered page/></div>
        </div>
    }
}
