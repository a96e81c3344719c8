//! The analysis date and the period of frequency and monetary value.

use super::inputs::Inputs;
use crate::core::day::Day;
use crate::core::show::Show as _;
use crate::core::summary::Window;
use crate::tools::rfm::page_text::page_text;
use crate::tools::rfm::text::text;
use crate::ui::fields::{ParsedField, SelectField};
use leptos::prelude::*;

fn write_day(day: &Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// The analysis date; the one in force is always told.
#[component]
pub fn DateField(inputs: Inputs) -> impl IntoView {
    let app = inputs.app;
    let page = move || page_text(app.lang.get());
    let help = move || {
        let in_use = match inputs.date_in_force() {
            Some(day) => (page().date_in_use)(&app.formats.get().day(day)),
            None if inputs.last.with(Option::is_some) => page().date_unknown.to_string(),
            None => String::new(),
        };
        format!("{in_use}{}{}", app.lang.get().pick(" ", ""), text(app.lang.get()).analysis_date_hint)
    };
    view! {
        <ParsedField label=Signal::derive(move || text(app.lang.get()).analysis_date.to_string())
            value=Signal::derive(move || inputs.options.get().analysis_date)
            write=write_day
            read=Callback::new(move |typed: String| match typed.trim() {
                "" => Ok(None),
                typed => Day::parse_iso(typed).map(Some).ok_or_else(|| page().date_unreadable.to_string()),
            })
            on_change=Callback::new(move |(day, burst)| {
                inputs.set_in_burst(burst, |options| options.analysis_date = day)
            })
            help=Signal::derive(help) kind="date"/>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum WindowKind {
    All,
    LastMonths,
    Between,
}

/// The period that purchases and money are counted in.
#[component]
pub fn WindowFields(inputs: Inputs) -> impl IntoView {
    let app = inputs.app;
    let text = move || text(app.lang.get());
    let page = move || page_text(app.lang.get());
    let window = Memo::new(move |_| inputs.options.get().window);
    let kind = Memo::new(move |_| match window.get() {
        Window::All => WindowKind::All,
        Window::LastMonths(_) => WindowKind::LastMonths,
        Window::Between { .. } => WindowKind::Between,
    });
    // Another kind begins with the year up to the analysis date.
    let choose = move |kind| {
        let to = inputs.options.get_untracked().analysis_date.or_else(|| untrack(|| inputs.date_in_force()));
        let to = to.unwrap_or(Day(0));
        let window = match kind {
            WindowKind::All => Window::All,
            WindowKind::LastMonths => Window::LastMonths(12),
            WindowKind::Between => Window::Between { from: Day(to.add_months(-12).0 + 1), to },
        };
        inputs.set(|options| options.window = window);
    };
    let months = move || match window.get() {
        Window::LastMonths(months) => months,
        _ => 12,
    };
    view! {
        <SelectField label=Signal::derive(move || text().window.to_string()) value=kind
            choices=Signal::derive(move || vec![
                (WindowKind::All, text().window_all.to_string()),
                (WindowKind::LastMonths, text().window_last_months.to_string()),
                (WindowKind::Between, text().window_between.to_string()),
            ])
            on_change=choose help=Signal::derive(move || text().window_hint.to_string())/>
        <Show when=move || kind.get() == WindowKind::LastMonths>
            <ParsedField label=Signal::derive(move || page().months.to_string())
                value=Signal::derive(months) write=u16::to_string
                read=Callback::new(move |typed: String| {
                    let months = typed.trim().parse::<u16>().ok().filter(|months| (1..=600).contains(months));
                    months.ok_or_else(|| page().months_unreadable.to_string())
                })
                on_change=Callback::new(move |(months, burst)| {
                    inputs.set_in_burst(burst, |options| options.window = Window::LastMonths(months))
                })
                input_mode="numeric"/>
        </Show>
        <Show when=move || kind.get() == WindowKind::Between>
            <div class="field-row">
                <WindowEnd inputs window is_end=false/>
                <WindowEnd inputs window is_end=true/>
            </div>
        </Show>
    }
}

/// The first or the last day of a period.
#[component]
fn WindowEnd(inputs: Inputs, window: Memo<Window>, is_end: bool) -> impl IntoView {
    let app = inputs.app;
    let page = move || page_text(app.lang.get());
    let label = move || {
        let text = text(app.lang.get());
        if is_end { text.to } else { text.from }
    };
    let between = move |window: Window| match window {
        Window::Between { from, to } => (from, to),
        _ => (Day(0), Day(0)),
    };
    let with = move |day: Day| {
        let (from, to) = between(window.get());
        if is_end { (from, day) } else { (day, to) }
    };
    let read = move |typed: String| {
        let day = Day::parse_iso(typed.trim()).ok_or_else(|| page().day_missing.to_string())?;
        let (from, to) = with(day);
        if from <= to { Ok(day) } else { Err(page().window_backwards.to_string()) }
    };
    view! {
        <ParsedField label=Signal::derive(move || label().to_string())
            value=Signal::derive(move || { let (from, to) = between(window.get()); if is_end { to } else { from } })
            write=Day::to_string read=Callback::new(read)
            on_change=Callback::new(move |(day, burst)| {
                let (from, to) = untrack(|| with(day));
                inputs.set_in_burst(burst, |options| options.window = Window::Between { from, to });
            })
            kind="date"/>
    }
}
