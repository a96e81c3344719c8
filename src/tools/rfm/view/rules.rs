//! The editor of segment rules: an ordered list, two built-in sets, and what the checker found.

use super::page::Page;
use crate::core::lang::Lang;
use crate::tools::rfm::link::left_out;
use crate::tools::rfm::options::Variable;
use crate::tools::rfm::segments::{Finding, Rule, SegmentRules};
use crate::ui::fields::{ParsedField, SelectField};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Which set is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    Vignette,
    TestSet,
    Custom,
}

/// The rules in use, and how to change them.
#[derive(Clone, Copy)]
struct Editor {
    page: Page,
    segments: Memo<SegmentRules>,
    rules: Memo<Vec<Rule>>,
    bins: Memo<[u8; 3]>,
}

impl Editor {
    fn set(self, segments: SegmentRules) {
        self.page.edit(None, |options| options.segments = segments);
    }

    /// Changes the list, which becomes the person's own.
    fn change(self, burst: Option<u64>, change: impl FnOnce(&mut Vec<Rule>)) {
        let mut rules = self.rules.get_untracked();
        change(&mut rules);
        let segments = SegmentRules::Custom { rules, bins: self.bins.get_untracked() };
        self.page.edit(burst, |options| options.segments = segments);
    }

    fn move_rule(self, from: usize, to: usize) {
        self.change(None, |rules| rules.swap(from, to));
        // The focus goes with the rule, so that it can be moved on by the same key.
        let end = if to < from { to == 0 } else { to + 1 == self.rules.with_untracked(Vec::len) };
        let up = (to < from) != end;
        focus(&button_id(to, up));
    }
}

fn button_id(rule: usize, up: bool) -> String {
    format!("rule-{rule}-{}", if up { "up" } else { "down" })
}

fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

#[component]
pub fn Rules(page: Page) -> impl IntoView {
    let segments = Memo::new(move |_| page.options.with(|options| options.segments.clone()));
    let rules = Memo::new(move |_| segments.with(SegmentRules::rules));
    let bins = Memo::new(move |_| segments.with(SegmentRules::written_for));
    let editor = Editor { page, segments, rules, bins };
    let set = move || match segments.get() {
        SegmentRules::Vignette => Chosen::Vignette,
        SegmentRules::TestSet => Chosen::TestSet,
        SegmentRules::Custom { .. } => Chosen::Custom,
    };
    let sets = move || {
        let text = page.text();
        vec![
            (Chosen::Vignette, text.rules_vignette.to_string()),
            (Chosen::TestSet, text.rules_test_set.to_string()),
            (Chosen::Custom, text.rules_custom.to_string()),
        ]
    };
    let choose = move |set| {
        editor.set(match set {
            Chosen::Vignette => SegmentRules::Vignette,
            Chosen::TestSet => SegmentRules::TestSet,
            Chosen::Custom => segments.with_untracked(SegmentRules::to_custom),
        })
    };
    let add = move |_| {
        let (en, zh) = (page.words().rule_new.0.to_string(), page.words().rule_new.1.to_string());
        let ranges = bins.get_untracked().map(|k| (1, k));
        editor.change(None, |rules| rules.push(Rule { name_en: en, name_zh: zh, ranges }));
    };
    let count = Memo::new(move |_| rules.with(Vec::len));
    view! {
        <details class="card rfm-rules">
            <summary><h2>{move || page.text().rules_title}</h2></summary>
            <p class="field-help">{move || page.text().rules_hint}</p>
            <p class="field-help">{move || {
                let written_for = bins.get().map(|k| k.to_string()).join(" × ");
                (page.words().rules_written_for)(&written_for)
            }}</p>
            <Show when=move || page.options.with(|options| !left_out(options).is_empty())>
                <p class="warning">{move || page.text().rules_do_not_fit_link}</p>
            </Show>
            <SelectField label=Signal::derive(move || page.words().rules_use.to_string()) value=Signal::derive(set)
                choices=Signal::derive(sets) on_change=choose/>
            <Findings editor/>
            <ol class="rule-list">
                <For each=move || 0..count.get() key=|index| *index let:index>
                    <RuleRow editor index count/>
                </For>
            </ol>
            <div class="actions">
                <button type="button" on:click=add>{move || page.text().rule_add}</button>
                <button type="button" on:click=move |_| editor.set(SegmentRules::default())>
                    {move || page.words().rules_reset}</button>
            </div>
        </details>
    }
}

/// One rule: its name in the reader's language (the other one is kept), its ranges, and its place.
#[component]
fn RuleRow(editor: Editor, index: usize, count: Memo<usize>) -> impl IntoView {
    let page = editor.page;
    let lang = move || page.lang();
    let name = move || {
        editor
            .rules
            .with(|rules| rules.get(index).map(|rule| rule.name(lang()).to_string()).unwrap_or_default())
    };
    let rename = move |(typed, burst): (String, u64)| {
        let lang = untrack(lang);
        editor.change(Some(burst), |rules| {
            if let Some(rule) = rules.get_mut(index) {
                match lang {
                    Lang::En => rule.name_en = typed,
                    Lang::ZhHant => rule.name_zh = typed,
                }
            }
        });
    };
    let read = move |typed: String| match typed.trim() {
        "" => Err(page.words().rule_name_missing.to_string()),
        name => Ok(name.to_string()),
    };
    let delete = move |_| {
        editor.change(None, |rules| {
            if index < rules.len() {
                rules.remove(index);
            }
        })
    };
    let (up, down) = (button_id(index, true), button_id(index, false));
    view! {
        <li>
            <fieldset class="rule">
                <legend class="visually-hidden">{move || (page.words().rule_number)(index + 1)}</legend>
                <ParsedField label=Signal::derive(move || page.words().rule_name.to_string())
                    value=Signal::derive(name) write=String::clone read=Callback::new(read)
                    on_change=Callback::new(rename)/>
                {Variable::ALL.map(|variable| view! { <RangeFields editor index variable/> }).into_iter().collect_view()}
                <div class="rule-place">
                    <button type="button" class="icon" id=up disabled=index == 0
                        aria-label=move || page.text().rule_up title=move || page.text().rule_up
                        on:click=move |_| editor.move_rule(index, index - 1)>"↑"</button>
                    <button type="button" class="icon" id=down disabled=move || index + 1 == count.get()
                        aria-label=move || page.text().rule_down title=move || page.text().rule_down
                        on:click=move |_| editor.move_rule(index, index + 1)>"↓"</button>
                    <button type="button" class="icon danger" aria-label=move || page.text().rule_delete
                        title=move || page.text().rule_delete on:click=delete>"×"</button>
                </div>
            </fieldset>
        </li>
    }
}

/// From and to of one variable.
#[component]
fn RangeFields(editor: Editor, index: usize, variable: Variable) -> impl IntoView {
    let page = editor.page;
    let v = variable.index();
    let range = Memo::new(move |_| {
        editor.rules.with(|rules| rules.get(index).map(|rule| rule.ranges[v]).unwrap_or((1, 1)))
    });
    let levels =
        move || (1..=editor.bins.get()[v]).map(|level| (level, level.to_string())).collect::<Vec<_>>();
    let change = move |change: fn(&mut (u8, u8), u8), level: u8| {
        editor.change(None, |rules| {
            if let Some(rule) = rules.get_mut(index) {
                change(&mut rule.ranges[v], level);
            }
        })
    };
    view! {
        <div class="rule-range">
            <SelectField label=Signal::derive(move || (page.words().rule_from)(variable.letter()))
                value=Signal::derive(move || range.get().0) choices=Signal::derive(levels)
                on_change=move |level| change(|range, level| range.0 = level, level)/>
            <SelectField label=Signal::derive(move || (page.words().rule_to)(variable.letter()))
                value=Signal::derive(move || range.get().1) choices=Signal::derive(levels)
                on_change=move |level| change(|range, level| range.1 = level, level)/>
        </div>
    }
}

/// What the checker found. Overlaps are no fault, since the order decides: they are folded away.
#[component]
fn Findings(editor: Editor) -> impl IntoView {
    let page = editor.page;
    let said = move |overlaps: bool| {
        let (lang, best, segments) = (page.lang(), page.options.get().best, editor.segments.get());
        page.result.with(|result| {
            let found = &result.overview.rule_findings;
            let chosen =
                found.iter().filter(|finding| matches!(finding, Finding::Overlap { .. }) == overlaps);
            chosen.map(|finding| finding.say(lang, &segments, best, result.overview.bins)).collect::<Vec<_>>()
        })
    };
    view! {
        <div aria-live="polite">
            {move || match said(false) {
                faults if faults.is_empty() => view! { <p class="info">{page.text().rules_fine}</p> }.into_any(),
                faults => view! {
                    <ul class="warnings" aria-label=page.words().findings>
                        {faults.into_iter().map(|fault| view! { <li class="warning">{fault}</li> }).collect_view()}
                    </ul>
                }.into_any(),
            }}
        </div>
        <Show when=move || !said(true).is_empty()>
            <details class="overlaps">
                <summary>{move || (page.words().overlaps)(&said(true).len().to_string())}</summary>
                <ul>{move || said(true).into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
            </details>
        </Show>
    }
}
