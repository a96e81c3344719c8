//! The choice of a method with what it does with equal values, and its typed thresholds.

use super::inputs::Inputs;
use crate::core::money::Currency;
use crate::tools::published::Unit;
use crate::tools::rfm::amount::Amount;
use crate::tools::rfm::options::{Method, QuantileEdge, RfmOptions, Thresholds, Ties, Variable};
use crate::tools::rfm::page_text::page_text;
use crate::tools::rfm::text::{RfmText, text};
use crate::tools::rfm::typed;
use crate::ui::fields::{ParsedField, SelectField};
use leptos::prelude::*;

/// The kinds of methods; typed thresholds without their lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    None,
    Rank,
    Equal,
    Nested,
    Quantile,
    QuantilePlusOne,
    Typed,
}

impl Kind {
    const METHODS: [Kind; 6] =
        [Kind::Rank, Kind::Equal, Kind::Nested, Kind::Quantile, Kind::QuantilePlusOne, Kind::Typed];

    fn of(method: Option<&Method>) -> Kind {
        match method {
            None => Kind::None,
            Some(Method::Independent { ties: Ties::MinRank }) => Kind::Rank,
            Some(Method::Independent { ties: Ties::EqualGroups }) => Kind::Equal,
            Some(Method::Nested) => Kind::Nested,
            Some(Method::QuantileCuts { edge: QuantileEdge::AtOrBelow }) => Kind::Quantile,
            Some(Method::QuantileCuts { edge: QuantileEdge::PlusOne }) => Kind::QuantilePlusOne,
            Some(Method::Thresholds(_)) => Kind::Typed,
        }
    }

    fn method(self, thresholds: impl FnOnce() -> Thresholds) -> Option<Method> {
        Some(match self {
            Kind::None => return None,
            Kind::Rank => Method::Independent { ties: Ties::MinRank },
            Kind::Equal => Method::Independent { ties: Ties::EqualGroups },
            Kind::Nested => Method::Nested,
            Kind::Quantile => Method::QuantileCuts { edge: QuantileEdge::AtOrBelow },
            Kind::QuantilePlusOne => Method::QuantileCuts { edge: QuantileEdge::PlusOne },
            Kind::Typed => Method::Thresholds(thresholds()),
        })
    }

    /// Its name, and its policy for equal values.
    fn words(self, text: &RfmText) -> (&'static str, &'static str) {
        match self {
            Kind::None => (text.compare_none, ""),
            Kind::Rank => (text.method_rank, text.method_rank_ties),
            Kind::Equal => (text.method_equal, text.method_equal_ties),
            Kind::Nested => (text.method_nested, text.method_nested_ties),
            Kind::Quantile => (text.method_quantile, text.method_quantile_ties),
            Kind::QuantilePlusOne => (text.method_quantile_plus_one, text.method_quantile_plus_one_ties),
            Kind::Typed => (text.method_typed, text.method_typed_ties),
        }
    }
}

/// The name of a method.
pub fn method_name(method: &Method, text: &RfmText) -> &'static str {
    Kind::of(Some(method)).words(text).0
}

/// One method of the options: the first, or the one to compare with, which may be none.
#[component]
pub fn MethodFields(
    inputs: Inputs,
    label: Signal<String>,
    get: Callback<RfmOptions, Option<Method>>,
    set: Callback<(RfmOptions, Option<Method>), RfmOptions>,
    optional: bool,
) -> impl IntoView {
    let app = inputs.app;
    let method = Memo::new(move |_| get.run(inputs.options.get()));
    let kind = Memo::new(move |_| method.with(|method| Kind::of(method.as_ref())));
    let choices = move || {
        let kinds = optional.then_some(Kind::None).into_iter().chain(Kind::METHODS);
        kinds.map(|kind| (kind, kind.words(text(app.lang.get())).0.to_string())).collect()
    };
    let choose = move |kind: Kind| {
        let chosen = kind.method(|| {
            let last = inputs.last.get_untracked();
            last.map(|last| typed::thresholds_of(&last.overview)).unwrap_or_else(typed::starting_thresholds)
        });
        inputs.edit(None, |options| *options = set.run((options.clone(), chosen)));
    };
    let thresholds = Memo::new(move |_| match method.get() {
        Some(Method::Thresholds(thresholds)) => thresholds,
        _ => typed::starting_thresholds(),
    });
    let change = move |thresholds: Thresholds, burst| {
        inputs.edit(burst, |options| {
            *options = set.run((options.clone(), Some(Method::Thresholds(thresholds))));
        });
    };
    view! {
        <SelectField label value=kind choices=Signal::derive(choices) on_change=choose
            help=Signal::derive(move || kind.get().words(text(app.lang.get())).1.to_string())/>
        <Show when=move || kind.get() == Kind::Typed>
            {Variable::ALL.map(|variable| view! {
                <ThresholdField inputs variable thresholds on_change=Callback::new(move |(list, burst)| {
                    let mut all = thresholds.get_untracked();
                    *all.of_mut(variable) = list;
                    change(all, burst);
                })/>
            }).into_iter().collect_view()}
        </Show>
    }
}

/// The typed thresholds of one variable, with the currency that money is written in.
#[derive(Clone, PartialEq)]
struct Typed {
    list: Vec<i64>,
    variable: Variable,
    unit: Unit,
    currency: Currency,
}

impl Typed {
    fn amount(&self) -> Amount<'_> {
        Amount { unit: self.unit, currency: &self.currency }
    }
}

#[component]
fn ThresholdField(
    inputs: Inputs,
    variable: Variable,
    thresholds: Memo<Thresholds>,
    on_change: Callback<(Vec<i64>, u64)>,
) -> impl IntoView {
    let app = inputs.app;
    let label = move || {
        let text = text(app.lang.get());
        let monetary = match inputs.options.with(|options| options.monetary.unit()) {
            Unit::Money => text.typed_monetary,
            Unit::Number => text.typed_number,
        };
        let label = [text.typed_recency, text.typed_frequency, monetary][variable.index()];
        format!("{} · {label}", variable.letter())
    };
    let of = move |list: Vec<i64>| {
        let unit = inputs.options.with(|options| options.monetary.unit());
        Typed { list, variable, unit, currency: app.formats.get().currency }
    };
    let value = move || of(thresholds.get().of(variable).to_vec());
    let read = move |text: String| {
        let typed = of(Vec::new());
        let list = typed::read(&text, variable, typed.amount()).map_err(|error| error.say(app.lang.get()))?;
        Ok(Typed { list, ..typed })
    };
    view! {
        <ParsedField label=Signal::derive(label) value=Signal::derive(value)
            write=|typed: &Typed| typed::write(&typed.list, typed.variable, typed.amount())
            read=Callback::new(read)
            on_change=Callback::new(move |(typed, burst): (Typed, u64)| on_change.run((typed.list, burst)))
            help=Signal::derive(move || page_text(app.lang.get()).separate_by_commas.to_string())/>
    }
}
