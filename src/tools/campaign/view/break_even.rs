//! The break-even rate, always in sight. It needs no data: two numbers that the person types, divided on the page.

use super::page::Page;
use crate::core::response::break_even_rate;
use crate::core::typed::{LARGEST, number};
use crate::ui::fields::ParsedField;
use leptos::prelude::*;

/// How many steps the division has while it is presented: what a piece costs, what a response brings, the quotient.
const STEPS: usize = 3;

#[component]
pub fn BreakEvenCard(page: Page) -> impl IntoView {
    let costs = page.option(|options| (options.cost_per_piece, options.profit_per_response));
    let rate = Memo::new(move |_| {
        let (cost, profit) = costs.get();
        break_even_rate(cost, profit).ok()
    });
    let revealed = move || page.app.presenting.get().map_or(STEPS, |steps| steps.min(STEPS));
    // A class that is led through the division sees the result last.
    let result = move || match rate.get() {
        Some(rate) if revealed() == STEPS => page.numbers().rate(rate),
        _ => "…".to_string(),
    };
    let division = move || {
        let (numbers, (cost, profit)) = (page.numbers(), costs.get());
        let quotient = numbers.or_dash(rate.get(), |numbers, rate| numbers.significant(rate));
        let parts = [numbers.exact(cost), format!(" ÷ {}", numbers.exact(profit)), format!(" = {quotient}")];
        parts[..revealed()].concat()
    };
    let says = move || match rate.get() {
        Some(rate) if rate > 1.0 => page.frame().over_one.to_string(),
        Some(rate) => (page.frame().break_even_says)(&page.numbers().rate(rate)),
        None => String::new(),
    };
    let with_control = move || {
        page.read(|plan, numbers| {
            let break_even = plan.break_even?;
            let baseline = plan.test.as_ref()?.baseline?;
            let threshold = numbers.rate(break_even.threshold);
            Some((page.frame().with_control)(&numbers.rate(baseline.value), &threshold))
        })
        .flatten()
    };
    view! {
        <section class="card break-even" aria-labelledby="break-even-title">
            <h2 id="break-even-title">{move || page.frame().break_even}</h2>
            <p class="figure-value large" role="status">{result}</p>
            <p class="division">{division}</p>
            <Show when=move || revealed() == STEPS><p class="figure-note">{says}</p></Show>
            {move || with_control().map(|text| view! { <p class="figure-note">{text}</p> })}
            <CostFields page/>
        </section>
    }
}

#[component]
fn CostFields(page: Page) -> impl IntoView {
    let symbol = move || page.app.formats.get().currency.symbol;
    let labelled = move |label: &str| {
        let symbol = symbol();
        page.lang().pick(format!("{label} ({symbol})"), format!("{label}（{symbol}）"))
    };
    view! {
        <div class="field-row costs">
            <ParsedField label=Signal::derive(move || labelled(page.frame().cost))
                value=page.option(|options| options.cost_per_piece) write=f64::to_string
                read=Callback::new(move |typed: String| {
                    number(&typed).filter(|cost| (0.0..=LARGEST).contains(cost)).ok_or_else(|| page.frame().cost_wrong.to_string())
                })
                on_change=Callback::new(move |(cost, burst)| {
                    page.edit(burst, |options| options.cost_per_piece = cost)
                })
                input_mode="decimal"/>
            <ParsedField label=Signal::derive(move || labelled(page.frame().profit))
                value=page.option(|options| options.profit_per_response) write=f64::to_string
                read=Callback::new(move |typed: String| {
                    number(&typed).filter(|profit| *profit > 0.0 && *profit <= LARGEST).ok_or_else(|| page.frame().profit_wrong.to_string())
                })
                on_change=Callback::new(move |(profit, burst)| {
                    page.edit(burst, |options| options.profit_per_response = profit)
                })
                input_mode="decimal"/>
        </div>
        <p class="field-help costs">{move || page.frame().profit_help}</p>
    }
}
