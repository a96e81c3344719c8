//! Which calculator is open: buttons side by side, or a list where there is no room for them.

use super::TOOL;
use crate::tools::break_even::calculator::Calculator;
use crate::tools::break_even::calculators::CALCULATORS;
use crate::tools::break_even::options::BreakEvenOptions;
use crate::tools::break_even::text::text;
use crate::ui::fields::SelectField;
use crate::ui::state::app;
use leptos::prelude::*;

#[component]
pub fn Chooser(options: Memo<BreakEvenOptions>, open: Memo<&'static str>) -> impl IntoView {
    let app = app();
    // Where one looks is no step of undo.
    let look = move |id: &str| {
        let looked_at = BreakEvenOptions { open: id.into(), ..options.get_untracked() };
        app.look(TOOL.id, &looked_at);
    };
    let label = Signal::derive(move || text(app.lang.get()).choose.to_string());
    let title = move |calculator: &Calculator| app.lang.get().pick(calculator.title.0, calculator.title.1);
    let choices =
        move || CALCULATORS.iter().map(|each| (each.id, title(each).to_string())).collect::<Vec<_>>();
    view! {
        <nav class="calculators" aria-label=label>
            <ul>
                {CALCULATORS.iter().map(|each| view! {
                    <li><button type="button" aria-current=move || (open.get() == each.id).then_some("true")
                        on:click=move |_| look(each.id)>{move || title(each)}</button></li>
                }).collect_view()}
            </ul>
        </nav>
        <div class="calculators-list">
            <SelectField label value=open choices=Signal::derive(choices) on_change=look/>
        </div>
    }
}
