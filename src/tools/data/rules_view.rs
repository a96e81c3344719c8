//! What counts as a purchase: each question with its count in these data.

use super::job::DataRequest;
use super::text::DataText;
use crate::core::day::Day;
use crate::core::rules::{
    AfterAnalysisDate, Duplicates, PurchaseRules, PurchaseUnit, Refunds, RuleCounts, ZeroAmounts,
};
use crate::core::show::Show as _;
use crate::ui::fields::SelectField;
use crate::ui::job::use_job;
use crate::ui::state::{RULES, app};
use leptos::prelude::*;

#[component]
pub fn RulesCard() -> impl IntoView {
    let app = app();
    let text = move || DataText::of(app.lang.get());
    let rules = app.record::<PurchaseRules>(RULES);
    // The analysis date is set on the RFM page, which is known here by its record only.
    let analysis_date = Memo::new(move |_| {
        app.workspace
            .with(|w| serde_json::from_value::<Day>(w.records.get("rfm")?.get("analysis_date")?.clone()).ok())
    });
    let counts = use_job::<_, Option<RuleCounts>>("data", move || DataRequest::RuleCounts {
        analysis_date: analysis_date.get(),
    });
    let count = move |of: fn(&RuleCounts) -> u64| {
        let counts = counts.answer.get().flatten();
        counts.map_or("–".to_string(), |counts| app.formats.get().count(of(&counts) as i64))
    };
    view! {
        <Show when=move || counts.answer.get().flatten().is_some()>
            <section class="card" id="rules">
                <h2>{move || text().rules}</h2>
                <p class="field-help">{move || text().rules_help}</p>
                <Question label=Signal::derive(move || (text().refunds)(&count(|c| c.refunds)))
                    value=Signal::derive(move || rules.get().refunds)
                    choices=Signal::derive(move || vec![(Refunds::Net, text().refunds_net), (Refunds::Ignore, text().refunds_ignore)])
                    set=|rules, refunds| PurchaseRules { refunds, ..rules } rules/>
                <Question label=Signal::derive(move || (text().zeros)(&count(|c| c.zero_amounts)))
                    value=Signal::derive(move || rules.get().zero_amounts)
                    choices=Signal::derive(move || vec![(ZeroAmounts::Count, text().zeros_count), (ZeroAmounts::Ignore, text().zeros_ignore)])
                    set=|rules, zero_amounts| PurchaseRules { zero_amounts, ..rules } rules/>
                <Question label=Signal::derive(move || (text().same_day)(&count(|c| c.same_day)))
                    value=Signal::derive(move || rules.get().purchase)
                    choices=Signal::derive(move || vec![(PurchaseUnit::Order, text().same_day_each), (PurchaseUnit::CustomerDay, text().same_day_one)])
                    set=|rules, purchase| PurchaseRules { purchase, ..rules } rules/>
                <Question label=Signal::derive(move || (text().duplicates)(&count(|c| c.duplicates)))
                    value=Signal::derive(move || rules.get().duplicates)
                    choices=Signal::derive(move || vec![(Duplicates::Keep, text().duplicates_keep), (Duplicates::Ignore, text().duplicates_ignore)])
                    set=|rules, duplicates| PurchaseRules { duplicates, ..rules } rules/>
                <Question label=Signal::derive(move || (text().after)(&count(|c| c.after_analysis_date)))
                    value=Signal::derive(move || rules.get().after_analysis_date)
                    choices=Signal::derive(move || vec![(AfterAnalysisDate::Ignore, text().after_ignore), (AfterAnalysisDate::CountAsToday, text().after_today)])
                    set=|rules, after_analysis_date| PurchaseRules { after_analysis_date, ..rules } rules/>
            </section>
        </Show>
    }
}

/// One rule: its choices, and how a choice changes the rules.
#[component]
fn Question<T: Copy + PartialEq + Send + Sync + 'static>(
    label: Signal<String>,
    value: Signal<T>,
    choices: Signal<Vec<(T, &'static str)>>,
    set: fn(PurchaseRules, T) -> PurchaseRules,
    rules: Memo<PurchaseRules>,
) -> impl IntoView {
    let app = app();
    view! {
        <SelectField label value
            choices=Signal::derive(move || choices.get().into_iter().map(|(c, name)| (c, name.to_string())).collect())
            on_change=Callback::new(move |choice| app.set_and_settle(RULES, &set(rules.get_untracked(), choice))) />
    }
}
