//! Is it any good: the models against the time that was held out.

use super::page::Page;
use crate::charts::spec::ChartSpec;
use crate::tools::clv_forecast::answer::{Check, ModelCheck};
use crate::tools::clv_forecast::chart;
use crate::tools::clv_forecast::reading::Reader;
use crate::tools::clv_forecast::request::{ForecastAnswer, ForecastAsk, ForecastRequest};
use crate::tools::clv_forecast::words::recommend;
use crate::ui::chart_frame::ChartFrame;
use crate::ui::job::{JobStatus, use_job};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Checked(page: Page) -> impl IntoView {
    // Four fits more than the page needs: only for who wants to know.
    let wanted = RwSignal::new(false);
    view! {
        <section class="card">
            <h2>{move || page.text().check_title}</h2>
            <p>{move || page.text().check_hint}</p>
            <Show when=move || wanted.get() fallback=move || view! {
                <p class="actions">
                    <button type="button" class="primary" on:click=move |_| wanted.set(true)>
                        {move || page.text().check_run}</button>
                </p>
            }>
                <Found page/>
            </Show>
        </section>
    }
}

#[component]
fn Found(page: Page) -> impl IntoView {
    let job = use_job::<_, ForecastAnswer>(super::TOOL.id, move || ForecastRequest {
        options: page.options.get().of_check(),
        ask: ForecastAsk::Check,
    });
    let check = Memo::new(move |_| {
        job.answer.with(|answer| match answer {
            Some(ForecastAnswer::Check(check)) => Some(Arc::new(Check::clone(check))),
            _ => None,
        })
    });
    let refusal = move || {
        job.answer.with(|answer| match answer {
            Some(ForecastAnswer::Refused(refusal)) => Some(refusal.say(page.lang())),
            _ => None,
        })
    };
    let has_check = Memo::new(move |_| check.with(Option::is_some));
    view! {
        <JobStatus job/>
        {move || refusal().map(|refusal| view! { <p class="problem" role="alert">{refusal}</p> })}
        <Show when=move || has_check.get()><Models page check/></Show>
    }
}

#[component]
fn Models(page: Page, check: Memo<Option<Arc<Check>>>) -> impl IntoView {
    let read = move |make: &dyn Fn(&Check, Reader) -> AnyView| {
        check.get().map(|check| page.reading(|reader| make(&check, reader)))
    };
    let chart = move |make: fn(&Check, Reader) -> ChartSpec| {
        let last = Memo::new(move |before: Option<&ChartSpec>| {
            let made = check.get().map(|check| page.reading(|reader| make(&check, reader)));
            made.or_else(|| before.cloned()).expect("charts are shown when there is a check")
        });
        Signal::from(last)
    };
    let has_charts =
        move || check.with(|check| check.as_ref().is_some_and(|check| !check.tracked.is_empty()));
    view! {
        {move || read(&|check, reader| {
            let day = |day| reader.show.day(day);
            let (from, cut, end) = (day(check.from), day(check.calibration_end), day(check.end));
            let customers = reader.count(check.customers);
            let frame = reader.lang.pick(
                format!("{customers} customers; fitted on {from} – {cut}, compared up to {end}."),
                format!("{customers} 位顧客；以 {from} – {cut} 配適，比較到 {end}。"),
            );
            view! { <p class="info">{recommend(check, reader)}</p><p class="field-help">{frame}</p> }.into_any()
        })}
        {move || read(&|check, reader| table(check, reader).into_any())}
        <Show when=has_charts>
            <div class="forecast-pair">
                <ChartFrame spec=chart(|check, reader| chart::tracking(check, true, reader))
                    file_name=page.word(|text| text.cumulative_title)/>
                <ChartFrame spec=chart(|check, reader| chart::tracking(check, false, reader))
                    file_name=page.word(|text| text.weekly_title)/>
                <ChartFrame spec=chart(chart::by_frequency) file_name=page.word(|text| text.by_x_title)/>
                <ChartFrame spec=chart(chart::calibration) file_name=page.word(|text| text.calibration_title)/>
            </div>
        </Show>
    }
}

fn table(check: &Check, reader: Reader) -> impl IntoView + use<> {
    let text = reader.text();
    let one = |value: f64| reader.show.number(value, 1);
    let row = |found: &ModelCheck| {
        let cells = match &found.outcome {
            Ok(score) => vec![
                one(score.fit.log_likelihood),
                one(score.aic),
                one(score.bic),
                one(score.expected),
                one(score.actual),
                reader.show.number(score.mean_error, 3),
                reader.percent(score.hit_rate),
            ],
            Err(_) => vec!["–".to_string(); 7],
        };
        let refused = found.outcome.as_ref().err().map(|reason| reason.say(reader.lang));
        view! {
            <tr>
                <th scope="row">{found.model.name()}{refused.map(|why| view! { " "<small>{why}</small> })}</th>
                {cells.into_iter().map(|cell| view! { <td class="number">{cell}</td> }).collect_view()}
            </tr>
        }
    };
    let plain = |name: String, share: f64| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                {(0..6).map(|_| view! { <td class="number">"–"</td> }).collect_view()}
                <td class="number">{reader.percent(share)}</td>
            </tr>
        }
    };
    let months = check.rule.months;
    let rule = reader.lang.pick(
        format!("{}: bought in the last {months} months", text.simple_rule),
        format!("{}：最近 {months} 個月買過", text.simple_rule),
    );
    let same = check.bought_again.max(1.0 - check.bought_again);
    let heads = [
        text.log_likelihood,
        "AIC",
        "BIC",
        text.total_expected,
        text.total_actual,
        text.mean_error,
        text.hit_rate,
    ];
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=text.check_title>
            <table>
                <thead><tr>
                    <th scope="col">{text.model}</th>
                    {heads.into_iter().map(|head| view! { <th scope="col" class="number">{head}</th> }).collect_view()}
                </tr></thead>
                <tbody>
                    {check.models.iter().map(row).collect_view()}
                    {plain(rule, check.rule.hit_rate)}
                    {plain(text.all_say_same.into(), same)}
                </tbody>
            </table>
        </div>
    }
}
