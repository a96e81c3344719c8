//! The fitted parameters, beside the truth where it is known.

use super::page::Page;
use crate::core::clv::kind::{FitReport, Kind};
use crate::core::sample::shop::TRUTH;
use crate::core::summary::TimeUnit;
use crate::core::workspace::{SampleId, Source};
use crate::tools::clv_forecast::answer::Origin;
use crate::tools::clv_forecast::reading::Reader;
use crate::tools::clv_forecast::{simulated, words};
use leptos::prelude::*;

/// The parameters that the customers were drawn from, where they were drawn from this model; spend in minor units.
fn truth(page: Page) -> Option<([f64; 4], [f64; 3])> {
    let (origin, model, unit) = page.result.with(|forecast| (forecast.origin, forecast.model, forecast.unit));
    let source = page.app.workspace.with(|workspace| workspace.source());
    let scale = page.app.formats.with(|formats| formats.currency.scale()) as f64;
    match origin {
        Origin::Simulated => {
            let spend = simulated::SPEND;
            Some((simulated::truth_in(model, unit), [spend.p, spend.q, spend.gamma]))
        }
        Origin::Transactions
            if model == Kind::BgNbd && matches!(source, Source::Sample { sample: SampleId::Shop, .. }) =>
        {
            let alpha = TRUTH.alpha * TimeUnit::Week.days() / unit.days();
            Some(([TRUTH.r, alpha, TRUTH.a, TRUTH.b], [TRUTH.p, TRUTH.q, TRUTH.gamma * scale]))
        }
        _ => None,
    }
}

#[component]
pub fn Parameters(page: Page) -> impl IntoView {
    let purchases = move || {
        page.read(|forecast, reader| {
            let meanings = (0..4).map(|i| words::meaning(forecast.model, i, reader.lang)).collect();
            table(
                reader.text().parameters_title,
                &forecast.fit,
                meanings,
                truth(page).map(|truth| truth.0.to_vec()),
                1.0,
                reader,
            )
        })
    };
    let spend = move || {
        page.read(|forecast, reader| {
            let spend = forecast.spend.as_ref().ok()?;
            let lang = reader.lang;
            let meanings = vec![
                lang.pick("how a customer's own amounts vary: shape", "同一位顧客各次金額的變動：形狀"),
                lang.pick("how customers' means differ: shape", "顧客平均金額的差異：形狀"),
                lang.pick("how customers' means differ: scale (money)", "顧客平均金額的差異：尺度（金額）"),
            ];
            let scale = page.app.formats.with(|formats| formats.currency.scale()) as f64;
            let table = table(reader.text().spend_title, &spend.fit, meanings, truth(page).map(|truth| truth.1.to_vec()), scale, reader);
            let customers = reader.count(spend.customers);
            let correlation = spend.correlation.map_or_else(|| "–".into(), |r| reader.show.number(r, 2));
            let mean = reader.money(Some(spend.mean));
            let note = lang.pick(
                format!("Fitted to {customers} customers with repeat purchases; frequency and spend have a correlation of {correlation}; the mean over all customers is {mean}."),
                format!("以 {customers} 位有再購的顧客配適；頻率與金額的相關係數為 {correlation}；全體平均每次 {mean}。"),
            );
            let drawn = (truth(page).is_some() && forecast.origin == Origin::Transactions)
                .then(|| view! { <p class="field-help">{reader.text().truth_of_shop}</p> });
            Some(view! { <h3>{page.text().spend_title}</h3><p>{note}</p>{table}{drawn} })
        })
    };
    let search = move || page.read(|forecast, reader| words::search(&forecast.fit.search, reader));
    let criteria = move || {
        page.read(|forecast, reader| {
            let n = |value: f64| reader.show.number(value, 1);
            let (ll, aic, bic) = (
                n(forecast.fit.log_likelihood),
                n(forecast.fit.aic()),
                n(forecast.fit.bic(forecast.customers as f64)),
            );
            format!("{} {ll} · AIC {aic} · BIC {bic}", reader.text().log_likelihood)
        })
    };
    view! {
        <section class="card">
            <h2>{move || page.text().parameters_title}</h2>
            <p>{search}</p>
            {purchases}
            <p class="field-help">{criteria}</p>
            {spend}
        </section>
    }
}

/// The third parameter of spend is money in minor units: it is shown in units of `scale` of them.
fn table(
    title: &'static str,
    fit: &FitReport,
    meanings: Vec<&'static str>,
    truth: Option<Vec<f64>>,
    scale: f64,
    reader: Reader,
) -> impl IntoView + use<> {
    let text = reader.text();
    let has_truth = truth.is_some();
    let rows = fit.parameters.iter().zip(meanings).enumerate().map(|(at, (parameter, meaning))| {
        let unit = if parameter.symbol == "γ" { scale } else { 1.0 };
        let n = |value: f64| reader.parameter(value / unit);
        let true_value = truth.as_ref().map(|truth| {
            let inside = (parameter.interval.low..=parameter.interval.high).contains(&truth[at]);
            let mark = if inside { "✓" } else { "✗" };
            view! { <td class="number">{format!("{} {mark}", n(truth[at]))}</td> }
        });
        view! {
            <tr>
                <th scope="row"><i>{parameter.symbol.clone()}</i></th>
                <td>{meaning}</td>
                <td class="number">{n(parameter.value)}</td>
                <td class="number">{n(parameter.standard_error)}</td>
                <td class="number">{format!("{} – {}", n(parameter.interval.low), n(parameter.interval.high))}</td>
                {true_value}
            </tr>
        }
    });
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=title>
            <table>
                <thead><tr>
                    <th scope="col">{text.parameter}</th>
                    <th scope="col">{text.meaning}</th>
                    <th scope="col" class="number">{text.estimate}</th>
                    <th scope="col" class="number">{text.error}</th>
                    <th scope="col" class="number">{text.interval}</th>
                    {has_truth.then(|| view! { <th scope="col" class="number">{text.truth}</th> })}
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
