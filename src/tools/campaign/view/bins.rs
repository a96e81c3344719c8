//! Too few and too many cells: the same data with 2 to 10 groups for each variable. Worked out when it is opened.

use super::TOOL;
use super::numbers::Numbers;
use super::page::{Page, RFM};
use crate::tools::campaign::answer::BinsRow;
use crate::tools::campaign::chart;
use crate::tools::campaign::page_text::{CellsWords, cells};
use crate::tools::campaign::request::{CampaignAnswer, CampaignAsk, CampaignRequest};
use crate::ui::chart_frame::ChartFrame;
use crate::ui::fields::unique_id;
use crate::ui::figure::Figure;
use crate::ui::job::{JobStatus, use_job};
use crate::ui::notices::Notice;
use leptos::prelude::*;
use serde_json::{Value, json};

#[component]
pub fn TooFewTooMany(page: Page) -> impl IntoView {
    let opened = RwSignal::new(false);
    let words = move || cells(page.lang());
    view! {
        <details class="card bins" on:toggle=move |event| {
            let details = event_target::<web_sys::Element>(&event);
            opened.set(details.has_attribute("open"));
        }>
            <summary><h2>{move || words().bins_title}</h2></summary>
            <p class="field-help">{move || words().bins_help}</p>
            <Show when=move || opened.get()><Bins page/></Show>
        </details>
    }
}

#[component]
fn Bins(page: Page) -> impl IntoView {
    let words = move || cells(page.lang());
    let job = use_job::<_, CampaignAnswer>(TOOL.id, move || CampaignRequest {
        options: page.asked(),
        ask: CampaignAsk::Bins,
    });
    let rows = Memo::new(move |_| match job.answer.get() {
        Some(CampaignAnswer::Bins(rows)) => rows,
        _ => Vec::new(),
    });
    let refused = move || match job.answer.get() {
        Some(CampaignAnswer::Refused(refusal)) => Some(refusal.say(page.lang())),
        _ => None,
    };
    // The slider begins where the RFM analysis stands.
    let now = Memo::new(move |_| page.app.workspace.with(|workspace| bins_of(workspace.records.get(RFM))));
    let chosen = RwSignal::new(now.get_untracked().unwrap_or(5));
    let row = Memo::new(move |_| rows.with(|rows| rows.iter().find(|row| row.bins == chosen.get()).cloned()));
    let id = unique_id("bins");
    view! {
        <JobStatus job/>
        {move || refused().map(|why| view! { <p class="problem" role="alert">{why}</p> })}
        <Show when=move || rows.with(|rows| !rows.is_empty())>
            <div class="field slider">
                <label for=id.clone()>{move || words().bins}</label>
                <div class="slider-row">
                    <input id=id.clone() type="range" min="2" max="10" step="1" list="bins-marks"
                        prop:value=move || chosen.get().to_string()
                        aria-valuetext=move || (words().groups)(&chosen.get().to_string())
                        on:input=move |event| if let Ok(k) = event_target_value(&event).parse() { chosen.set(k) }/>
                    <output for=id.clone()>{move || chosen.get()}</output>
                </div>
                <datalist id="bins-marks">
                    {(2..=10).map(|k: u8| view! { <option value=k.to_string()></option> }).collect_view()}
                </datalist>
            </div>
            {move || row.get().map(|row| figures(page, row))}
            <UseGroups page chosen now/>
            <ChartFrame
                spec=page.draw_with(move |page| {
                    let numbers = page.numbers();
                    rows.with(|rows| chart::bins(rows, chosen.get(), numbers.reader()))
                })
                file_name=Signal::derive(move || page.file_name(words().bins_title))/>
            <BinsTable page rows chosen/>
        </Show>
    }
}

/// The numbers of groups in the RFM analysis, where they are alike.
fn bins_of(record: Option<&Value>) -> Option<u8> {
    let bins = match record.and_then(|record| record.get("bins")) {
        Some(bins) => serde_json::from_value::<[u8; 3]>(bins.clone()).ok()?,
        None => [5; 3],
    };
    (bins[0] == bins[1] && bins[1] == bins[2]).then_some(bins[0])
}

fn figures(page: Page, row: BinsRow) -> impl IntoView {
    let words = cells(page.lang());
    let n = page.numbers();
    let text = |text: &str| Signal::stored(text.to_string());
    let profit = n.or_dash(row.profit, |n, profit| n.money(profit.value));
    let profit_note = match &row.profit {
        Some(profit) => format!("{} · {}", words.profit_note, n.amounts(profit)),
        None => words.profit_unknown.into(),
    };
    let both = |a: String, b: String| format!("{a} · {b}");
    let colon = page.lang().pick(": ", "：");
    let rules = both(words.by_hughes.into(), words.by_precision.into());
    view! {
        <div class="figures" aria-live="polite">
            <Figure label=text(words.bins_cells) value=text(&n.count(row.cells))
                note=text(&format!("{}{colon}{}", words.per_cell, n.about(row.customers_per_cell)))/>
            <Figure label=text(words.to_test)
                value=text(&both(n.count(row.needed_hughes), n.count(row.needed_precision))) note=text(&rules)/>
            <Figure label=text(words.test_costs)
                value=text(&both(n.money(row.cost_hughes), n.money(row.cost_precision))) note=text(&rules)/>
            <Figure label=text(words.expected_profit) value=text(&profit) note=text(&profit_note)/>
        </div>
    }
}

/// Makes the cells of the whole workspace with the chosen number of groups.
#[component]
fn UseGroups(page: Page, chosen: RwSignal<u8>, now: Memo<Option<u8>>) -> impl IntoView {
    let words = move || cells(page.lang());
    let is_now = move || now.get() == Some(chosen.get());
    let use_them = move |_| {
        let k = chosen.get_untracked();
        let record = page.app.workspace.with_untracked(|w| w.records.get(RFM).cloned());
        page.app.set(RFM, &with_groups(record, k));
        let (app, words) = (page.app, cells(page.app.lang.get_untracked()));
        let notice = Notice::plain((words.now_used)(&k.to_string()));
        app.notices.show(notice.with_action(app.text().undo, move || app.undo()));
    };
    view! {
        <div class="actions">
            <button type="button" disabled=is_now on:click=use_them>
                {move || (words().use_groups)(&chosen.get().to_string())}</button>
            <Show when=is_now>
                <span class="field-help">{move || (words().in_use)(&chosen.get().to_string())}</span>
            </Show>
        </div>
    }
}

/// The RFM record with `k` groups for each variable. Typed thresholds make their own number of groups and give way.
fn with_groups(record: Option<Value>, k: u8) -> Value {
    let mut record = record.filter(Value::is_object).unwrap_or_else(|| json!({}));
    record["bins"] = json!([k, k, k]);
    let typed = record.get("method").is_some_and(|method| method.get("thresholds").is_some());
    if let (true, Some(fields)) = (typed, record.as_object_mut()) {
        fields.remove("method");
    }
    record
}

#[component]
fn BinsTable(page: Page, rows: Memo<Vec<BinsRow>>, chosen: RwSignal<u8>) -> impl IntoView {
    let words = move || cells(page.lang());
    let known = Memo::new(move |_| rows.with(|rows| Known::of(rows)));
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=move || words().bins_caption>
            <table class="campaign-table">
                <caption>{move || words().bins_caption}</caption>
                <thead><tr>
                    <th scope="col" class="number">{move || words().bins}</th>
                    {move || heads(words(), known.get()).into_iter().map(|name| view! {
                        <th scope="col" class="number">{name}</th>
                    }).collect_view()}
                </tr></thead>
                <tbody>{move || {
                    let (numbers, chosen, known) = (page.numbers(), chosen.get(), known.get());
                    rows.with(|rows| rows.iter().map(|row| bins_row(row, chosen, known, &numbers)).collect_view())
                }}</tbody>
            </table>
        </div>
    }
}

/// What can be told of the roll-out: its profit where responses are known by customer, the truth of a sample.
#[derive(Clone, Copy, PartialEq)]
struct Known {
    profit: bool,
    truth: bool,
}

impl Known {
    fn of(rows: &[BinsRow]) -> Known {
        Known {
            profit: rows.iter().any(|row| row.profit.is_some()),
            truth: rows.iter().any(|row| row.true_profit.is_some()),
        }
    }
}

fn heads(words: &'static CellsWords, known: Known) -> Vec<String> {
    let both = |what: &str, rule: &str| format!("{what} · {rule}");
    let mut names = vec![
        words.bins_cells.to_string(),
        words.per_cell.into(),
        words.tested_per_cell.into(),
        both(words.to_test, words.by_hughes),
        both(words.to_test, words.by_precision),
        both(words.test_costs, words.by_hughes),
    ];
    if known.profit {
        names.extend([words.mailed, words.expected_profit, words.raw_profit].map(String::from));
    }
    if known.truth {
        names.push(words.true_profit.into());
    }
    names
}

fn bins_row(row: &BinsRow, chosen: u8, known: Known, n: &Numbers) -> impl IntoView + use<> {
    let money = |value: Option<f64>| n.or_dash(value, |n, value| n.money(value));
    let mut texts = vec![
        n.count(row.cells),
        n.about(row.customers_per_cell),
        n.about(row.tested_per_cell),
        n.count(row.needed_hughes),
        n.count(row.needed_precision),
        n.money(row.cost_hughes),
    ];
    if known.profit {
        texts.push(n.or_dash(row.mailed, |n, mailed| n.count(mailed)));
        texts.extend([row.profit.map(|profit| profit.value), row.raw_profit].map(money));
    }
    if known.truth {
        texts.push(money(row.true_profit));
    }
    view! {
        <tr class:picked=row.bins == chosen>
            <th scope="row" class="number">{row.bins}</th>
            {texts.into_iter().map(|text| view! { <td class="number">{text}</td> }).collect_view()}
        </tr>
    }
}
