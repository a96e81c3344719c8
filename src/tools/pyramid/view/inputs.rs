//! The inputs of the pyramid page. On a narrow screen they are folded away, so that the answer comes first.

use super::tier_fields::TierFields;
use crate::core::summary::AnalysisFrame;
use crate::tools::published::PublishedColumn;
use crate::tools::pyramid::answer::Pyramid;
use crate::tools::pyramid::options::{Measure, PyramidOptions, Tiers};
use crate::tools::pyramid::presets::CURRY;
use crate::tools::pyramid::text::{PyramidText, text};
use crate::ui::fields::{SelectField, ToolInputs};
use crate::ui::period::{DateField, Period, WindowFields};
use crate::ui::state::{AppState, app};
use leptos::prelude::*;
use std::sync::Arc;

/// The options and how to change them.
#[derive(Clone, Copy)]
pub struct Inputs {
    pub app: AppState,
    pub options: Memo<PyramidOptions>,
    pub last: Memo<Option<Arc<Pyramid>>>,
}

impl Inputs {
    pub fn text(self) -> &'static PyramidText {
        text(self.app.lang.get())
    }

    /// Changes the options, as one step of undo or in a burst of typing.
    pub fn edit(self, burst: impl Into<Option<u64>>, change: impl FnOnce(&mut PyramidOptions)) {
        self.app.edit(super::TOOL.id, burst, change);
    }

    fn period(self) -> Period {
        let in_force = move || self.last.with(|last| last.as_ref().map(|pyramid| pyramid.analysis_date));
        Period {
            frame: Signal::derive(move || self.options.get().frame()),
            on_change: Callback::new(move |(frame, burst): (AnalysisFrame, Option<u64>)| {
                self.edit(burst, |options| options.set_frame(frame));
            }),
            date_in_force: Signal::derive(in_force),
        }
    }

    /// Columns of other tools, and the one in force even where these data do not have it.
    fn columns(
        self,
        of: fn(&Pyramid) -> &Vec<PublishedColumn>,
        now: Option<String>,
    ) -> Vec<(String, String)> {
        let lang = self.app.lang.get();
        let mut found: Vec<(String, String)> = self.last.with(|last| {
            let columns = last.as_ref().map(|pyramid| of(pyramid).iter());
            let named = |column: &PublishedColumn| (column.name.clone(), column.title.get(lang).to_string());
            columns.map_or_else(Vec::new, |columns| columns.map(named).collect())
        });
        if let Some(now) = now.filter(|now| !found.iter().any(|(name, _)| name == now)) {
            found.push((now.clone(), now));
        }
        found
    }

    fn measures(self) -> Vec<(Measure, String)> {
        let text = self.text();
        let without_costs = self.last.with(|last| last.as_ref().is_some_and(|pyramid| !pyramid.has_margin));
        let margin = match without_costs {
            true => self.app.lang.get().pick(
                format!("{} ({})", text.margin, text.no_costs),
                format!("{}（{}）", text.margin, text.no_costs),
            ),
            false => text.margin.to_string(),
        };
        let own = [
            (Measure::Revenue, text.revenue.to_string()),
            (Measure::Margin, margin),
            (Measure::Orders, text.orders.to_string()),
        ];
        let now = match self.options.get().measure {
            Measure::Published(name) => Some(name),
            _ => None,
        };
        let published = self.columns(|pyramid| &pyramid.measures, now);
        own.into_iter()
            .chain(published.into_iter().map(|(name, title)| (Measure::Published(name), title)))
            .collect()
    }

    fn ways(self) -> Vec<(Way, String)> {
        let text = self.text();
        let now = match self.options.get().tiers {
            Tiers::Classes { column } => Some(column),
            _ => None,
        };
        let classes = self.columns(|pyramid| &pyramid.class_columns, now);
        let before = [(Way::Curry, text.curry), (Way::Metals, text.metals)];
        let after =
            [(Way::Equal, text.equal), (Way::Shares, text.own_shares), (Way::Values, text.own_values)];
        let named = |(way, name): (Way, &str)| (way, name.to_string());
        let classes = classes.into_iter().map(|(name, title)| (Way::Classes(name), title));
        before.map(named).into_iter().chain(classes).chain(after.map(named)).collect()
    }
}

/// How tiers are made, without their numbers.
#[derive(Clone, Debug, PartialEq)]
enum Way {
    Curry,
    Metals,
    Classes(String),
    Equal,
    Shares,
    Values,
}

impl Way {
    fn of(tiers: &Tiers) -> Way {
        match tiers {
            Tiers::Curry => Way::Curry,
            Tiers::Metals => Way::Metals,
            Tiers::Classes { column } => Way::Classes(column.clone()),
            Tiers::Equal { .. } => Way::Equal,
            Tiers::Shares { .. } => Way::Shares,
            Tiers::Values { .. } => Way::Values,
        }
    }

    /// Tiers of this kind to begin with: own shares and values begin with what is on the page.
    fn begin(self, before: &Tiers, last: Option<&Pyramid>) -> Tiers {
        match self {
            Way::Curry => Tiers::Curry,
            Way::Metals => Tiers::Metals,
            Way::Classes(column) => Tiers::Classes { column },
            Way::Equal => Tiers::Equal { tiers: 5 },
            Way::Shares => before.preset().unwrap_or(&CURRY).as_shares(),
            Way::Values => match last {
                Some(pyramid) => pyramid.as_values(),
                None => Tiers::Values { least: vec![1.0], names: Vec::new() },
            },
        }
    }
}

#[component]
pub fn Inputs(options: Memo<PyramidOptions>, last: Memo<Option<Arc<Pyramid>>>) -> impl IntoView {
    let inputs = Inputs { app: app(), options, last };
    let word =
        move |pick: fn(&PyramidText) -> &'static str| Signal::derive(move || pick(inputs.text()).to_string());
    let choose = move |way: Way| {
        let before = options.get_untracked().tiers;
        let tiers = last.with_untracked(|last| way.begin(&before, last.as_deref()));
        inputs.edit(None, |options| options.tiers = tiers);
    };
    view! {
        <ToolInputs title=word(|text| text.settings)>
            <SelectField label=word(|text| text.measure) value=Signal::derive(move || options.get().measure)
                choices=Signal::derive(move || inputs.measures())
                on_change=move |measure| inputs.edit(None, |options| options.measure = measure)
                help=word(|text| text.measure_hint)/>
            <SelectField label=word(|text| text.tiers) value=Signal::derive(move || Way::of(&options.get().tiers))
                choices=Signal::derive(move || inputs.ways()) on_change=choose
                help=word(|text| text.tiers_hint)/>
            <TierFields inputs/>
            <WindowFields period=inputs.period() label=word(|text| text.period) hint=word(|text| text.period_hint)/>
            <DateField period=inputs.period() hint=word(|text| text.date_hint)/>
        </ToolInputs>
    }
}
