//! Where the responses to a mailing come from. What was entered in one way is kept while another is tried.

use super::counts::{CountFields, PasteCounts};
use super::page::{Page, new_seed};
use crate::core::table::TableKind;
use crate::tools::campaign::answer::{CellRow, Matching, Plan};
use crate::tools::campaign::options::{CampaignOptions, Responses};
use crate::tools::campaign::page_text::{ResponseWords, responses};
use crate::ui::fields::Segmented;
use crate::ui::file_drop::{chosen, take};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Which mailing was responded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wave {
    Test,
    RollOut,
}

impl Wave {
    pub fn get(self, options: &CampaignOptions) -> &Responses {
        match self {
            Wave::Test => &options.responses,
            Wave::RollOut => &options.review,
        }
    }

    pub fn get_mut(self, options: &mut CampaignOptions) -> &mut Responses {
        match self {
            Wave::Test => &mut options.responses,
            Wave::RollOut => &mut options.review,
        }
    }

    /// Counts that were typed before another way was chosen.
    fn typed_before(self, options: &mut CampaignOptions) -> &mut BTreeMap<String, u64> {
        match self {
            Wave::Test => &mut options.typed_test,
            Wave::RollOut => &mut options.typed_review,
        }
    }

    /// How many pieces a cell was mailed.
    pub fn mailed(self, cell: &CellRow) -> u64 {
        match self {
            Wave::Test => cell.tested,
            Wave::RollOut => match (&cell.review, &cell.roll_out) {
                (Some(review), _) => review.mailed,
                (None, Some(roll_out)) => roll_out.mailed,
                (None, None) => 0,
            },
        }
    }

    fn matching(self, plan: &Plan) -> Option<Matching> {
        match self {
            Wave::Test => plan.test.as_ref()?.matching.clone(),
            Wave::RollOut => plan.review.as_ref()?.matching.clone(),
        }
    }
}

/// A way to enter responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    NotYet,
    Imported,
    Typed,
    Simulated,
}

impl Way {
    fn of(responses: &Responses) -> Way {
        match responses {
            Responses::NotYet => Way::NotYet,
            Responses::Imported => Way::Imported,
            Responses::Typed(_) => Way::Typed,
            Responses::Simulated { .. } => Way::Simulated,
        }
    }
}

#[component]
pub fn ResponsesCard(page: Page, wave: Wave) -> impl IntoView {
    let words = move || responses(page.lang());
    let way = Memo::new(move |_| page.options.with(|options| Way::of(wave.get(options))));
    let can_simulate = Memo::new(move |_| page.read(|plan, _| plan.can_simulate).unwrap_or_default());
    let choices = move || {
        let words = words();
        let mut choices =
            vec![(Way::Imported, words.import.to_string()), (Way::Typed, words.type_counts.to_string())];
        if can_simulate.get() || way.get() == Way::Simulated {
            choices.push((Way::Simulated, words.simulate.to_string()));
        }
        choices
    };
    let choose = move |way| choose(page, wave, way);
    view! {
        <section class="card responses">
            <h2>{move || if wave == Wave::Test { words().title } else { words().review_title }}</h2>
            <Segmented label=Signal::derive(move || words().ways.to_string()) value=way
                choices=Signal::derive(choices) on_change=Callback::new(choose)/>
            {move || match way.get() {
                Way::NotYet => view! { <p class="field-help">{move || words().choose_way}</p> }.into_any(),
                Way::Imported => view! { <Import page wave/> }.into_any(),
                Way::Typed => view! { <PasteCounts page wave/><CountFields page wave/> }.into_any(),
                Way::Simulated => view! { <Simulate page wave/> }.into_any(),
            }}
        </section>
    }
}

fn choose(page: Page, wave: Wave, way: Way) {
    if page.options.with_untracked(|options| Way::of(wave.get(options)) == way) {
        return;
    }
    page.edit(None, |options| {
        if let Responses::Typed(counts) = std::mem::take(wave.get_mut(options)) {
            *wave.typed_before(options) = counts;
        }
        *wave.get_mut(options) = match way {
            Way::NotYet => Responses::NotYet,
            Way::Imported => Responses::Imported,
            Way::Typed => Responses::Typed(std::mem::take(wave.typed_before(options))),
            Way::Simulated => Responses::Simulated { seed: new_seed() },
        };
    });
}

#[component]
fn Import(page: Page, wave: Wave) -> impl IntoView {
    let words = move || responses(page.lang());
    let matching = Memo::new(move |_| page.read(|plan, _| wave.matching(plan)).flatten());
    let has_table = Memo::new(move |_| page.read(|plan, _| plan.has_responses_table).unwrap_or_default());
    view! {
        <p class="field-help">{move || words().import_help}</p>
        <div class="actions">
            <label class="button">
                {move || words().choose_file}
                <input type="file" class="visually-hidden" on:change=move |event| {
                    if let Some(file) = chosen(&event) {
                        take(page.app, file, Some(TableKind::Responses));
                    }
                }/>
            </label>
        </div>
        <Show when=move || !has_table.get()><p class="info">{move || words().no_table}</p></Show>
        {move || matching.get().map(|matching| matched(page, &matching))}
    }
}

/// What became of the rows of the list.
fn matched(page: Page, matching: &Matching) -> impl IntoView + use<> {
    let (words, numbers): (&ResponseWords, _) = (responses(page.lang()), page.numbers());
    let facts = [
        (words.rows, matching.rows),
        (words.by_customer, matching.matched_customer),
        (words.by_key_code, matching.matched_key_code),
        (words.repeated, matching.repeated),
        (words.other_campaign, matching.other_campaign),
        (words.other_wave, matching.other_wave),
        (words.before_mailing, matching.before_mailing),
        (words.unmatched, matching.unmatched),
    ];
    let is_of_others = matching.matched_customer + matching.matched_key_code == 0;
    let separator = page.lang().pick(", ", "、");
    let examples = matching.unmatched_examples.join(separator);
    view! {
        <h3>{words.matching}</h3>
        <dl class="facts matching">
            {facts.map(|(name, count)| view! {
                <div><dt>{name}</dt><dd>{numbers.count(count)}</dd></div>
            }).into_iter().collect_view()}
        </dl>
        {is_of_others.then(|| view! { <p class="warning">{words.none_of_this_mailing}</p> })}
        {(!examples.is_empty()).then(|| view! {
            <p class="warning">{(words.unmatched_examples)(&examples)}</p>
        })}
    }
}

#[component]
fn Simulate(page: Page, wave: Wave) -> impl IntoView {
    let words = move || responses(page.lang());
    let seed = Memo::new(move |_| {
        page.options.with(|options| match wave.get(options) {
            Responses::Simulated { seed } => *seed,
            _ => 0,
        })
    });
    let again = move |_| {
        page.edit(None, |options| *wave.get_mut(options) = Responses::Simulated { seed: new_seed() });
    };
    view! {
        <p class="field-help">{move || words().simulate_help}</p>
        <div class="actions">
            <button type="button" class="primary" on:click=again>{move || words().run_again}</button>
            <span class="tag">{move || (words().run)(&seed.get().to_string())}</span>
        </div>
    }
}
