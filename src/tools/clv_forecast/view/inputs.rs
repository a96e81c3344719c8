//! The inputs of the forecast page.

use crate::core::clv::kind::Kind;
use crate::core::day::Day;
use crate::core::summary::TimeUnit;
use crate::tools::clv_forecast::options::{Customers, ForecastOptions, LONGEST_HORIZON, MOST_RULE_MONTHS};
use crate::tools::clv_forecast::text::{ForecastText, text};
use crate::tools::clv_forecast::words::story;
use crate::ui::fields::{ParsedField, SelectField, ToolInputs};
use crate::ui::state::app;
use leptos::prelude::*;

#[component]
pub fn Inputs(options: Memo<ForecastOptions>) -> impl IntoView {
    let app = app();
    let word = move |pick: fn(&ForecastText) -> &'static str| {
        Signal::derive(move || pick(text(app.lang.get())).to_string())
    };
    let simulated = Memo::new(move |_| options.get().from == Customers::Simulated);
    let sources = move || {
        let text = text(app.lang.get());
        vec![(Customers::Data, text.own_data.to_string()), (Customers::Simulated, text.simulated.to_string())]
    };
    let models = move || Kind::ALL.map(|kind| (kind, kind.name().to_string())).to_vec();
    let unit_names = move || {
        let text = text(app.lang.get());
        TimeUnit::ALL.into_iter().zip([text.days, text.weeks, text.months].map(String::from)).collect()
    };
    view! {
        <ToolInputs title=word(|text| text.settings)>
            <SelectField label=word(|text| text.customers_from) value=Signal::derive(move || options.get().from)
                choices=Signal::derive(sources)
                on_change=move |from| edit(app, None, move |options| options.from = from)
                help=Signal::derive(move || {
                    if simulated.get() { text(app.lang.get()).simulated_hint.to_string() } else { String::new() }
                })/>
            <SelectField label=word(|text| text.model) value=Signal::derive(move || options.get().model)
                choices=Signal::derive(models)
                on_change=move |model| edit(app, None, move |options| options.model = model)
                help=Signal::derive(move || story(options.get().model, app.lang.get()).to_string())/>
            <SelectField label=word(|text| text.unit) value=Signal::derive(move || options.get().unit)
                choices=Signal::derive(unit_names)
                on_change=move |unit: TimeUnit| edit(app, None, move |options: &mut ForecastOptions| {
                    // The horizon stays as long in time.
                    let days = f64::from(options.horizon) * options.unit.days();
                    options.horizon = ((days / unit.days()).round() as u32).clamp(1, LONGEST_HORIZON);
                    options.unit = unit;
                })/>
            <Whole label=word(|text| text.horizon) value=Signal::derive(move || options.get().horizon)
                most=LONGEST_HORIZON wrong=word(|text| text.horizon_wrong)
                on_change=move |(horizon, burst)| edit(app, Some(burst), move |options| options.horizon = horizon)/>
            <Percent label=word(|text| text.discount) value=Signal::derive(move || options.get().discount)
                most=1_000.0 wrong=word(|text| text.discount_wrong)
                on_change=move |(rate, burst)| edit(app, Some(burst), move |options| options.discount = rate)/>
            <Percent label=word(|text| text.margin) value=Signal::derive(move || options.get().margin)
                most=100.0 wrong=word(|text| text.margin_wrong)
                on_change=move |(part, burst)| edit(app, Some(burst), move |options| options.margin = part)/>
            <Show when=move || !simulated.get()>
                <DayField label=word(|text| text.end) hint=word(|text| text.end_hint)
                    value=Signal::derive(move || options.get().end)
                    on_change=move |(day, burst)| edit(app, Some(burst), move |options| options.end = day)/>
                <DayField label=word(|text| text.calibration_end) hint=word(|text| text.calibration_hint)
                    value=Signal::derive(move || options.get().calibration_end)
                    on_change=move |(day, burst)| {
                        edit(app, Some(burst), move |options| options.calibration_end = day)
                    }/>
            </Show>
            <Whole label=word(|text| text.rule_months) value=Signal::derive(move || options.get().rule_months)
                most=MOST_RULE_MONTHS wrong=word(|text| text.rule_wrong)
                on_change=move |(months, burst)| edit(app, Some(burst), move |options| options.rule_months = months)/>
        </ToolInputs>
    }
}

fn edit(app: crate::ui::state::AppState, burst: Option<u64>, change: impl FnOnce(&mut ForecastOptions)) {
    app.edit(super::TOOL.id, burst, change);
}

/// A whole number from 1 on.
#[component]
fn Whole(
    label: Signal<String>,
    value: Signal<u32>,
    most: u32,
    wrong: Signal<String>,
    #[prop(into)] on_change: Callback<(u32, u64)>,
) -> impl IntoView {
    let read = move |typed: String| {
        let plain: String = typed.trim().chars().filter(|c| !matches!(c, ',' | '，')).collect();
        plain.parse().ok().filter(|number| (1..=most).contains(number)).ok_or_else(|| wrong.get())
    };
    view! {
        <ParsedField label value write=u32::to_string read=Callback::new(read) on_change input_mode="numeric"/>
    }
}

/// A percentage from 0 on.
#[component]
fn Percent(
    label: Signal<String>,
    value: Signal<f64>,
    most: f64,
    wrong: Signal<String>,
    #[prop(into)] on_change: Callback<(f64, u64)>,
) -> impl IntoView {
    let read = move |typed: String| {
        let plain = typed.trim().trim_end_matches(['%', '％']).replace([',', '，'], "");
        plain.trim().parse().ok().filter(|number| (0.0..=most).contains(number)).ok_or_else(|| wrong.get())
    };
    view! {
        <ParsedField label value write=f64::to_string read=Callback::new(read) on_change input_mode="decimal"/>
    }
}

fn write_day(day: &Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

#[component]
fn DayField(
    label: Signal<String>,
    hint: Signal<String>,
    value: Signal<Option<Day>>,
    #[prop(into)] on_change: Callback<(Option<Day>, u64)>,
) -> impl IntoView {
    let app = app();
    let read = move |typed: String| match typed.trim() {
        "" => Ok(None),
        typed => Day::parse_iso(typed).map(Some).ok_or_else(|| text(app.lang.get()).day_wrong.to_string()),
    };
    view! {
        <ParsedField label value write=write_day read=Callback::new(read) on_change help=hint kind="date"/>
    }
}
