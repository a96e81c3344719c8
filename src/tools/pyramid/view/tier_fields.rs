//! The tiers of a pyramid that a person divides: how many, their names, shares or limits.

use super::inputs::Inputs;
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::tools::pyramid::answer::Unit;
use crate::tools::pyramid::cut::default_name;
use crate::tools::pyramid::options::{TIERS, TierName, Tiers};
use crate::tools::pyramid::typed;
use crate::ui::fields::{ParsedField, SelectField};
use leptos::prelude::*;

#[component]
pub fn TierFields(inputs: Inputs) -> impl IntoView {
    let tiers = Memo::new(move |_| inputs.options.get().tiers);
    let equal = Memo::new(move |_| match tiers.get() {
        Tiers::Equal { tiers } => Some(tiers),
        _ => None,
    });
    // How many own tiers there are; typing in one of them must not build the others anew.
    let own = Memo::new(move |_| match tiers.get() {
        Tiers::Shares { shares, .. } => Some((true, shares.len() + 1)),
        Tiers::Values { least, .. } => Some((false, least.len() + 1)),
        _ => None,
    });
    view! {
        {move || equal.get().map(|_| view! {
            <SelectField label=Signal::derive(move || inputs.text().how_many.to_string())
                value=Signal::derive(move || equal.get().unwrap_or(5))
                choices=Signal::derive(|| TIERS.map(|k| (k as u8, k.to_string())).collect())
                on_change=move |tiers| inputs.edit(None, |options| options.tiers = Tiers::Equal { tiers })/>
        })}
        {move || own.get().map(|(_, count)| view! {
            <fieldset class="own-tiers">
                <legend>{move || inputs.text().tier}</legend>
                {(0..count).map(|tier| view! { <OwnTier inputs tiers tier last=tier + 1 == count/> }).collect_view()}
                <div class="actions">
                    <button type="button" disabled={count >= *TIERS.end()}
                        on:click=move |_| inputs.edit(None, |options| typed::add_tier(&mut options.tiers))>
                        {move || inputs.text().add_tier}</button>
                    <button type="button" disabled={count <= *TIERS.start()}
                        on:click=move |_| inputs.edit(None, |options| typed::remove_tier(&mut options.tiers))>
                        {move || inputs.text().remove_tier}</button>
                </div>
            </fieldset>
        })}
    }
}

/// The name of a tier, and its share or least value; the last one takes the rest.
#[component]
fn OwnTier(inputs: Inputs, tiers: Memo<Tiers>, tier: usize, last: bool) -> impl IntoView {
    let app = inputs.app;
    let name = move || {
        let lang = app.lang.get();
        tiers.with(|tiers| match tiers {
            Tiers::Shares { names, .. } | Tiers::Values { names, .. } => {
                names.get(tier).map_or_else(String::new, |name| typed::name(name, lang).to_string())
            }
            _ => String::new(),
        })
    };
    let rename = move |(text, burst): (String, u64)| {
        let lang = app.lang.get_untracked();
        inputs.edit(burst, |options| {
            if let Tiers::Shares { names, .. } | Tiers::Values { names, .. } = &mut options.tiers {
                if names.len() <= tier {
                    names.resize(tier + 1, TierName::default());
                }
                match lang {
                    Lang::En => names[tier].name_en = text,
                    Lang::ZhHant => names[tier].name_zh = text,
                }
            }
        });
    };
    let label = move || default_name(tier).get(app.lang.get()).to_string();
    view! {
        <div class="field-row own-tier">
            <ParsedField label=Signal::derive(label) value=Signal::derive(name) write=String::clone
                read=Callback::new(Ok) on_change=Callback::new(rename)/>
            {if last {
                view! { <p class="own-rest">{move || inputs.text().rest}</p> }.into_any()
            } else {
                view! { <Limit inputs tiers tier/> }.into_any()
            }}
        </div>
    }
}

/// The share or the least value of a tier. What is typed is checked against the other tiers.
#[component]
fn Limit(inputs: Inputs, tiers: Memo<Tiers>, tier: usize) -> impl IntoView {
    let app = inputs.app;
    let unit = move || inputs.last.with(|last| last.as_ref().map_or(Unit::Money, |pyramid| pyramid.unit));
    let currency = move || app.formats.with(|formats| formats.currency.clone());
    // The field writes and reads text; which tier it is and in what unit are known here.
    let value = move || tiers.with(|tiers| typed::write_limit(tiers, tier, unit(), &currency()));
    let read = move |text: String| {
        let lang = app.lang.get();
        let currency: Currency = currency();
        tiers.with(|tiers| match typed::read_limit(&text, tiers, tier, unit(), &currency) {
            Ok(changed) => Ok(typed::write_limit(&changed, tier, unit(), &currency)),
            Err(error) => Err(error.say(lang)),
        })
    };
    let change = move |(text, burst): (String, u64)| {
        let currency = app.formats.with_untracked(|formats| formats.currency.clone());
        let now = tiers.get_untracked();
        if let Ok(changed) = typed::read_limit(&text, &now, tier, untrack(unit), &currency) {
            inputs.edit(burst, |options| options.tiers = changed);
        }
    };
    let label = move || match tiers.get() {
        Tiers::Values { .. } => inputs.text().least.to_string(),
        _ => inputs.text().share_percent.to_string(),
    };
    view! {
        <ParsedField label=Signal::derive(label) value=Signal::derive(value) write=String::clone
            read=Callback::new(read) on_change=Callback::new(change) input_mode="decimal"/>
    }
}
