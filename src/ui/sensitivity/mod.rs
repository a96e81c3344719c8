//! What an answer hangs on: tornado, two-way table, and scenarios kept side by side by name. One panel for every
//! calculation that is a [`Model`].
//!
//! The tool keeps a [`Sensitivity`] in its record, next to what is typed, and writes both into its link
//! ([`crate::core::sensitivity::write_link`]).

mod scenarios;
mod text;

use crate::charts::sensitivity::{tornado as tornado_chart, two_way as two_way_chart};
use crate::charts::spec::ChartSpec;
use crate::core::inputs::{Kind, Typed, Values};
use crate::core::sensitivity::{Model, SPREADS, Sensitivity, Tornado, tornado, two_way};
use crate::core::show::Show;
use crate::ui::chart_frame::ChartFrame;
use crate::ui::fields::SelectField;
use crate::ui::state::{AppState, app};
use leptos::prelude::*;
use scenarios::Scenarios;
use text::{SensitivityText, text};

/// The page of the tool that the panel stands on, and what it works with there.
#[derive(Clone, Copy)]
struct Panel {
    app: AppState,
    model: &'static Model,
    typed: Signal<Typed>,
    sensitivity: Signal<Sensitivity>,
    /// The new setting, and the number of the burst of typing it belongs to.
    on_change: Callback<Sensitivity>,
}

impl Panel {
    fn text(self) -> &'static SensitivityText {
        text(self.app.lang.get())
    }

    fn values(self) -> Values {
        self.typed.with(|typed| Values::of(self.model.inputs, typed))
    }

    fn set(self, change: impl FnOnce(&mut Sensitivity)) {
        let mut sensitivity = self.sensitivity.get_untracked();
        change(&mut sensitivity);
        self.on_change.run(sensitivity);
    }
}

#[component]
pub fn SensitivityPanel(
    model: &'static Model,
    /// What is typed into the inputs now.
    #[prop(into)]
    typed: Signal<Typed>,
    #[prop(into)] sensitivity: Signal<Sensitivity>,
    #[prop(into)] on_change: Callback<Sensitivity>,
    /// Puts the inputs of a scenario in the place of those that are typed.
    #[prop(into)]
    on_load: Callback<Typed>,
    /// How many scenarios the link carries, where not all fit.
    #[prop(into)]
    carried: Signal<usize>,
) -> impl IntoView {
    let panel = Panel { app: app(), model, typed, sensitivity, on_change };
    let found = Memo::new(move |_| tornado(model, &panel.values(), sensitivity.get().spread));
    let has_answer = Memo::new(move |_| found.with(|found| found.base.is_finite() && !found.bars.is_empty()));
    view! {
        <section class="card sensitivity" aria-labelledby="sensitivity-title">
            <h2 id="sensitivity-title">{move || panel.text().title}</h2>
            <p class="field-help">{move || panel.text().help}</p>
            <Show when=move || has_answer.get() fallback=move || view! { <p>{move || panel.text().no_answer}</p> }>
                <Charts panel found/>
            </Show>
            <Scenarios panel on_load carried/>
        </section>
    }
}

/// The two pictures with what can be chosen about each.
#[component]
fn Charts(panel: Panel, found: Memo<Tornado>) -> impl IntoView {
    let Panel { app, model, sensitivity, .. } = panel;
    let spreads = move || {
        let formats = app.formats.get();
        let name = |share: f64| {
            let (share, points) = (formats.percent(share, 0), formats.number(share * 50.0, 1));
            (panel.text().spread_of)(&share, points.trim_end_matches(".0"))
        };
        SPREADS.map(|share| (share, name(share))).to_vec()
    };
    let pair = Memo::new(move |_| {
        let values = panel.values();
        sensitivity.with(|chosen| found.with(|found| chosen.pair(&values, found)))
    });
    let names = move || {
        let (values, lang) = (panel.values(), app.lang.get());
        let asked = values.asked().filter(|(_, input)| !matches!(input.kind, Kind::Choice(_)));
        asked.map(|(at, input)| (at, input.label(lang).to_string())).collect::<Vec<_>>()
    };
    let one =
        move || app.formats.with(|formats| found.with(|found| tornado_chart(model, found, formats.reader())));
    let two = move || {
        let pair = pair.get()?;
        let table = two_way(model, &panel.values(), pair, sensitivity.get().spread);
        let base = found.with(|found| found.base);
        Some(app.formats.with(|formats| two_way_chart(model, &table, base, formats.reader())))
    };
    // While there is no pair, the picture before stays until the frame around it has gone.
    let two =
        Memo::new(move |before: Option<&Option<ChartSpec>>| two().or_else(|| before.cloned().flatten()));
    let has_two = Memo::new(move |_| two.with(Option::is_some));
    let word = move |pick: fn(&SensitivityText) -> &'static str| {
        Signal::derive(move || pick(panel.text()).to_string())
    };
    let file = move |pick: fn(&SensitivityText) -> &'static str| {
        Signal::derive(move || {
            let lang = app.lang.get();
            format!("{} {}", lang.pick(model.title.0, model.title.1), pick(text(lang)))
        })
    };
    let named = move |at: usize| Some(model.inputs[at].name.to_string());
    let chosen = move |pick: fn((usize, usize)) -> usize| Signal::derive(move || pair.get().map_or(0, pick));
    view! {
        <div class="sensitivity-charts">
            <div>
                <SelectField label=word(|text| text.spread) value=Signal::derive(move || sensitivity.get().spread)
                    choices=Signal::derive(spreads) on_change=move |spread| panel.set(|now| now.spread = spread)/>
                <ChartFrame spec=Signal::derive(one) file_name=file(|text| text.one)/>
            </div>
            <Show when=move || has_two.get()>
                <div>
                    <div class="field-row">
                        <SelectField label=word(|text| text.down) value=chosen(|pair| pair.0)
                            choices=Signal::derive(names) on_change=move |at| panel.set(|now| now.down = named(at))/>
                        <SelectField label=word(|text| text.across) value=chosen(|pair| pair.1)
                            choices=Signal::derive(names) on_change=move |at| panel.set(|now| now.across = named(at))/>
                    </div>
                    <ChartFrame spec=Signal::derive(move || two.get().expect("shown when there is one"))
                        file_name=file(|text| text.two)/>
                </div>
            </Show>
        </div>
    }
}
