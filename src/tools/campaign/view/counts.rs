//! Counts of responses typed for each cell: pasted as text, or one by one.

use super::page::{Page, written};
use super::responses::Wave;
use crate::core::typed::whole_or_none;
use crate::tools::campaign::answer::CellRow;
use crate::tools::campaign::counts::{FaultKind, LineFault, read_counts};
use crate::tools::campaign::options::Responses;
use crate::tools::campaign::page_text::{ResponseWords, responses};
use crate::ui::fields::{ParsedField, unique_id};
use crate::ui::notices::Notice;
use crate::ui::pager::Pager;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Rows on one page.
const PAGE: usize = 25;
/// Faults told at once.
const FAULTS: usize = 8;

fn set_counts(page: Page, wave: Wave, burst: Option<u64>, change: impl FnOnce(&mut BTreeMap<String, u64>)) {
    page.edit(burst, |options| {
        let responses = wave.get_mut(options);
        let mut counts = match std::mem::take(responses) {
            Responses::Typed(counts) => counts,
            _ => BTreeMap::new(),
        };
        change(&mut counts);
        *responses = Responses::Typed(counts);
    });
}

/// Text with a cell and a count on each line. It stays as it was typed until it is taken whole.
#[component]
pub fn PasteCounts(page: Page, wave: Wave) -> impl IntoView {
    let words = move || responses(page.lang());
    let pasted = RwSignal::new(String::new());
    let faults = RwSignal::new(Vec::<LineFault>::new());
    let take = move |_| {
        let text = pasted.get_untracked();
        let Some(plan) = page.last.get_untracked() else { return };
        let mailed = plan.cells.iter().map(|cell| (cell.label.en.as_str(), wave.mailed(cell))).collect();
        match read_counts(&text, &mailed) {
            Ok(counts) => {
                let cells = counts.len() as u64;
                set_counts(page, wave, None, |all| all.extend(counts));
                faults.set(Vec::new());
                pasted.set(String::new());
                let (app, words) = (page.app, responses(page.app.lang.get_untracked()));
                let notice = Notice::plain((words.pasted)(&untrack(|| page.numbers().count(cells))));
                app.notices.show(notice.with_action(app.text().undo, move || app.undo()));
            }
            Err(found) => faults.set(found),
        }
    };
    let clear = move |_| set_counts(page, wave, None, BTreeMap::clear);
    let is_empty = Memo::new(move |_| {
        page.options.with(|options| match wave.get(options) {
            Responses::Typed(counts) => counts.is_empty(),
            _ => true,
        })
    });
    let id = unique_id("counts");
    let (help_id, problem_id) = (format!("{id}-help"), format!("{id}-problem"));
    let described = format!("{help_id} {problem_id}");
    view! {
        <div class="field" class:field-wrong=move || faults.with(|faults| !faults.is_empty())>
            <label for=id.clone()>{move || words().paste}</label>
            <textarea id=id rows="4" prop:value=pasted aria-describedby=described
                aria-invalid=move || faults.with(|faults| !faults.is_empty()).then_some("true")
                on:input=move |event| pasted.set(event_target_value(&event))></textarea>
            <p class="field-help" id=help_id>{move || words().paste_help}</p>
            <div class="field-problem" id=problem_id role="alert">{move || told(words(), &faults.get())}</div>
        </div>
        <div class="actions">
            <button type="button" disabled=move || pasted.with(|text| text.trim().is_empty()) on:click=take>
                {move || words().paste_use}</button>
            <button type="button" disabled=is_empty on:click=clear>
                {move || words().clear}</button>
        </div>
    }
}

fn told(words: &ResponseWords, faults: &[LineFault]) -> Option<impl IntoView + use<>> {
    let say = |fault: &LineFault| {
        let what = match &fault.kind {
            FaultKind::Shape => words.line_shape.to_string(),
            FaultKind::Count { found } => (words.line_count)(found),
            FaultKind::UnknownCell { cell } => (words.line_unknown)(cell),
            FaultKind::Twice { cell } => (words.line_twice)(cell),
            FaultKind::TooMany { cell, mailed } => (words.line_too_many)(cell, &mailed.to_string()),
        };
        (words.line)(&fault.line.to_string(), &what)
    };
    let mut lines: Vec<String> = faults.iter().take(FAULTS).map(say).collect();
    if faults.len() > FAULTS {
        lines.push((words.more_lines)(&(faults.len() - FAULTS).to_string()));
    }
    (!faults.is_empty()).then(|| {
        view! {
            <p>{(words.nothing_taken)(&faults.len().to_string())}</p>
            <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        }
    })
}

/// A field for each cell that was mailed. The rows stay while plans come and go, so that typing is not interrupted.
#[component]
pub fn CountFields(page: Page, wave: Wave) -> impl IntoView {
    let words = move || responses(page.lang());
    let open_page = RwSignal::new(0_u64);
    let cells = Memo::new(move |_| {
        let mailed = |cell: &&CellRow| wave.mailed(cell) > 0;
        let named = |cell: &CellRow| (cell.label.clone(), wave.mailed(cell));
        page.read(|plan, _| plan.cells.iter().filter(mailed).map(named).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let pages = Memo::new(move |_| cells.with(|cells| cells.len().div_ceil(PAGE) as u64));
    let shown = move || {
        let from = open_page.get().min(pages.get().saturating_sub(1)) as usize * PAGE;
        cells.with(|cells| cells.iter().skip(from).take(PAGE).cloned().collect::<Vec<_>>())
    };
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=move || words().counts_caption>
            <table class="counts">
                <caption>{move || words().counts_caption}</caption>
                <thead><tr>
                    <th scope="col">{move || page.frame().cell}</th>
                    <th scope="col" class="number">{move || words().mailed}</th>
                    <th scope="col">{move || words().responses}</th>
                </tr></thead>
                <tbody>
                    <For each=shown key=|(label, mailed)| (label.en.clone(), *mailed) let:cell>
                        <tr>
                            <th scope="row" class="code">{
                                let label = cell.0.clone();
                                move || label.get(page.lang()).to_string()
                            }</th>
                            <td class="number">{move || page.numbers().count(cell.1)}</td>
                            <td><CountField page wave cell=cell.0.en.clone() mailed=cell.1/></td>
                        </tr>
                    </For>
                </tbody>
            </table>
        </div>
        <Pager page=open_page pages/>
    }
}

#[component]
fn CountField(page: Page, wave: Wave, cell: String, mailed: u64) -> impl IntoView {
    let words = move || responses(page.lang());
    let cell = StoredValue::new(cell);
    let count = Memo::new(move |_| {
        page.options.with(|options| match wave.get(options) {
            Responses::Typed(counts) => cell.with_value(|cell| counts.get(cell).copied()),
            _ => None,
        })
    });
    let change = move |(count, burst): (Option<u64>, u64)| {
        set_counts(page, wave, Some(burst), |counts| {
            match count {
                Some(count) => counts.insert(cell.get_value(), count),
                None => counts.remove(&cell.get_value()),
            };
        });
    };
    view! {
        <ParsedField label=Signal::derive(move || cell.with_value(|cell| (words().responses_of)(cell)))
            value=count write=written
            read=Callback::new(move |typed: String| {
                whole_or_none(&typed, 0..=mailed).ok_or_else(|| (words().count_wrong)(&page.numbers().count(mailed)))
            })
            on_change=Callback::new(change) input_mode="numeric"/>
    }
}
