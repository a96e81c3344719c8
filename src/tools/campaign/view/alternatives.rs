//! These cells, everyone, nobody, what the raw rates promised, and the truth, side by side.

use super::numbers::{DASH, Numbers};
use super::page::Page;
use crate::tools::campaign::answer::{Alternative, Ranged, RollOutSums};
use crate::tools::campaign::chart;
use crate::tools::campaign::options::CampaignOptions;
use crate::tools::campaign::page_text::{RollOutWords, roll_out};
use crate::ui::chart_frame::ChartFrame;
use leptos::prelude::*;

/// One line of the comparison.
struct Choice {
    name: &'static str,
    mailed: u64,
    responses: Option<f64>,
    cost: f64,
    profit: f64,
    interval: Option<Ranged>,
}

#[component]
pub fn Alternatives(page: Page) -> impl IntoView {
    let words = move || roll_out(page.lang());
    let rows = move || {
        let (words, options) = (words(), page.options.get());
        page.read(|plan, n| {
            let sums = plan.roll_out.as_ref()?;
            Some(choices(sums, &options, words).into_iter().map(|choice| line(choice, n)).collect_view())
        })
    };
    let level = move || page.numbers().level(page.options.with(|options| options.confidence));
    view! {
        <section class="card">
            <ChartFrame spec=page.draw(chart::alternatives)
                file_name=Signal::derive(move || page.file_name(words().compare))/>
            <div class="table-box" tabindex="0" role="region" aria-label=move || words().compare>
                <table class="campaign-table alternatives">
                    <caption>{move || words().projected_by}</caption>
                    <thead><tr>
                        <th scope="col">{move || words().choice}</th>
                        <th scope="col" class="number">{move || words().mailed}</th>
                        <th scope="col" class="number">{move || words().expected_responses}</th>
                        <th scope="col" class="number">{move || words().rate}</th>
                        <th scope="col" class="number">{move || words().cost}</th>
                        <th scope="col" class="number">{move || words().profit}</th>
                        <th scope="col" class="number">{move || (words().interval)(&level())}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn choices(sums: &RollOutSums, options: &CampaignOptions, words: &'static RollOutWords) -> Vec<Choice> {
    let price = options.cost_per_piece;
    let profit = options.profit_per_response;
    let Alternative { mailed, responses, profit: everyone } = sums.everyone;
    // A profit says how many responses stand behind it.
    let behind = |earned: f64| (earned + sums.cost) / profit;
    let same = |name, earned: f64| Choice {
        name,
        mailed: sums.mailed,
        responses: Some(behind(earned)),
        cost: sums.cost,
        profit: earned,
        interval: None,
    };
    let mut choices = vec![
        Choice {
            responses: Some(sums.responses.value),
            interval: Some(sums.profit),
            ..same(words.this, sums.profit.value)
        },
        Choice {
            name: words.everyone,
            mailed,
            responses: Some(responses),
            cost: mailed as f64 * price,
            profit: everyone.value,
            interval: Some(everyone),
        },
        Choice { name: words.nobody, mailed: 0, responses: None, cost: 0.0, profit: 0.0, interval: None },
        same(words.raw, sums.raw_profit),
    ];
    choices.extend(sums.true_profit.map(|truth| same(words.truth, truth)));
    choices
}

fn line(choice: Choice, n: &Numbers) -> impl IntoView + use<> {
    let rate = choice.responses.map(|responses| responses / choice.mailed as f64);
    view! {
        <tr>
            <th scope="row">{choice.name}</th>
            <td class="number">{n.count(choice.mailed)}</td>
            <td class="number">{n.or_dash(choice.responses, |n, responses| n.about(responses))}</td>
            <td class="number">{n.or_dash(rate, |n, rate| n.rate(rate))}</td>
            <td class="number">{n.money(choice.cost)}</td>
            <td class="number"><strong>{n.money(choice.profit)}</strong></td>
            <td class="number">{choice.interval.map_or(DASH.to_string(), |interval| n.amounts(&interval))}</td>
        </tr>
    }
}
