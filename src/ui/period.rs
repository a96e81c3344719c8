//! The analysis date and the period that a tool counts purchases and money in.

use crate::core::day::Day;
use crate::core::lang::Lang;
use crate::core::show::Show as _;
use crate::core::summary::{AnalysisFrame, Window};
use crate::ui::fields::{ParsedField, SelectField};
use crate::ui::state::app;
use leptos::prelude::*;

/// What a tool's period is, and how to change it.
#[derive(Clone, Copy)]
pub struct Period {
    pub frame: Signal<AnalysisFrame>,
    /// Told the new frame, and the number of the burst of typing if it was typed.
    pub on_change: Callback<(AnalysisFrame, Option<u64>)>,
    /// The analysis date in force: `None` before the first answer, `Some(None)` for data that state days, not dates.
    pub date_in_force: Signal<Option<Option<Day>>>,
}

impl Period {
    fn set(self, burst: Option<u64>, change: impl FnOnce(&mut AnalysisFrame)) {
        let mut frame = self.frame.get_untracked();
        change(&mut frame);
        self.on_change.run((frame, burst));
    }
}

struct PeriodText {
    analysis_date: &'static str,
    window_all: &'static str,
    window_last_months: &'static str,
    window_between: &'static str,
    from: &'static str,
    to: &'static str,
    date_in_use: fn(&str) -> String,
    date_unknown: &'static str,
    date_unreadable: &'static str,
    months: &'static str,
    months_unreadable: &'static str,
    day_missing: &'static str,
    window_backwards: &'static str,
}

fn text(lang: Lang) -> &'static PeriodText {
    lang.pick(&EN, &ZH_HANT)
}

static EN: PeriodText = PeriodText {
    analysis_date: "Analysis date",
    window_all: "The whole history",
    window_last_months: "The last months",
    window_between: "From – to",
    from: "From",
    to: "To",
    date_in_use: |date| format!("In use: {date}."),
    date_unknown: "These data state days, not dates.",
    date_unreadable: "This is not a date. Type it as 2026-06-30, or leave the field empty.",
    months: "Months up to the analysis date",
    months_unreadable: "Type a whole number of months from 1 to 600.",
    day_missing: "Choose a date.",
    window_backwards: "The period ends before it starts. Choose a later end or an earlier start.",
};

static ZH_HANT: PeriodText = PeriodText {
    analysis_date: "分析日",
    window_all: "全部歷史",
    window_last_months: "最近幾個月",
    window_between: "起訖日期",
    from: "起",
    to: "迄",
    date_in_use: |date| format!("目前採用 {date}。"),
    date_unknown: "這份資料只有天數，沒有日期。",
    date_unreadable: "這不是日期。請輸入如 2026-06-30，或留空。",
    months: "到分析日為止的月數",
    months_unreadable: "請輸入 1 到 600 的整數。",
    day_missing: "請選擇日期。",
    window_backwards: "迄日早於起日，請把迄日往後移或把起日往前移。",
};

fn write_day(day: &Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// The analysis date; the one in force is always told.
#[component]
pub fn DateField(period: Period, #[prop(into)] hint: Signal<String>) -> impl IntoView {
    let app = app();
    let text = move || text(app.lang.get());
    let help = move || {
        let in_use = match period.date_in_force.get() {
            Some(Some(day)) => (text().date_in_use)(&app.formats.get().day(day)),
            Some(None) => text().date_unknown.to_string(),
            None => String::new(),
        };
        format!("{in_use}{}{}", app.lang.get().pick(" ", ""), hint.get())
    };
    view! {
        <ParsedField label=Signal::derive(move || text().analysis_date.to_string())
            value=Signal::derive(move || period.frame.get().analysis_date)
            write=write_day
            read=Callback::new(move |typed: String| match typed.trim() {
                "" => Ok(None),
                typed => Day::parse_iso(typed).map(Some).ok_or_else(|| text().date_unreadable.to_string()),
            })
            on_change=Callback::new(move |(day, burst)| {
                period.set(Some(burst), |frame| frame.analysis_date = day)
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
pub fn WindowFields(
    period: Period,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] hint: Signal<String>,
) -> impl IntoView {
    let app = app();
    let text = move || text(app.lang.get());
    let window = Memo::new(move |_| period.frame.get().window);
    let kind = Memo::new(move |_| match window.get() {
        Window::All => WindowKind::All,
        Window::LastMonths(_) => WindowKind::LastMonths,
        Window::Between { .. } => WindowKind::Between,
    });
    // Another kind begins with the year up to the analysis date.
    let choose = move |kind| {
        let to = period.frame.get_untracked().analysis_date;
        let to = to.or_else(|| period.date_in_force.get_untracked().flatten());
        let to = to.unwrap_or(Day(0));
        let window = match kind {
            WindowKind::All => Window::All,
            WindowKind::LastMonths => Window::LastMonths(12),
            WindowKind::Between => Window::Between { from: Day(to.add_months(-12).0 + 1), to },
        };
        period.set(None, |frame| frame.window = window);
    };
    let months = move || match window.get() {
        Window::LastMonths(months) => months,
        _ => 12,
    };
    view! {
        <SelectField label value=kind
            choices=Signal::derive(move || vec![
                (WindowKind::All, text().window_all.to_string()),
                (WindowKind::LastMonths, text().window_last_months.to_string()),
                (WindowKind::Between, text().window_between.to_string()),
            ])
            on_change=choose help=hint/>
        <Show when=move || kind.get() == WindowKind::LastMonths>
            <ParsedField label=Signal::derive(move || text().months.to_string())
                value=Signal::derive(months) write=u16::to_string
                read=Callback::new(move |typed: String| {
                    let months = typed.trim().parse::<u16>().ok().filter(|months| (1..=600).contains(months));
                    months.ok_or_else(|| text().months_unreadable.to_string())
                })
                on_change=Callback::new(move |(months, burst)| {
                    period.set(Some(burst), |frame| frame.window = Window::LastMonths(months))
                })
                input_mode="numeric"/>
        </Show>
        <Show when=move || kind.get() == WindowKind::Between>
            <div class="field-row">
                <WindowEnd period window is_end=false/>
                <WindowEnd period window is_end=true/>
            </div>
        </Show>
    }
}

/// The first or the last day of a period.
#[component]
fn WindowEnd(period: Period, window: Memo<Window>, is_end: bool) -> impl IntoView {
    let app = app();
    let text = move || text(app.lang.get());
    let label = move || if is_end { text().to } else { text().from };
    let between = move |window: Window| match window {
        Window::Between { from, to } => (from, to),
        _ => (Day(0), Day(0)),
    };
    let with = move |day: Day| {
        let (from, to) = between(window.get());
        if is_end { (from, day) } else { (day, to) }
    };
    let read = move |typed: String| {
        let day = Day::parse_iso(typed.trim()).ok_or_else(|| text().day_missing.to_string())?;
        let (from, to) = with(day);
        if from <= to { Ok(day) } else { Err(text().window_backwards.to_string()) }
    };
    view! {
        <ParsedField label=Signal::derive(move || label().to_string())
            value=Signal::derive(move || { let (from, to) = between(window.get()); if is_end { to } else { from } })
            write=Day::to_string read=Callback::new(read)
            on_change=Callback::new(move |(day, burst)| {
                let (from, to) = untrack(|| with(day));
                period.set(Some(burst), |frame| frame.window = Window::Between { from, to });
            })
            kind="date"/>
    }
}
