//! Retention by year: a table of survivors, the sBG model fitted to it beside naive projections, and the value.

use super::answer::Cohorts;
use super::draw::{
    LinesOf, cell, first_margin, line, math, over, periods_axis, plain, row, step, table, timing,
};
use super::inputs::DATA;
use super::options::ClvOptions;
use crate::charts::sheet::{Sheet, SheetFigure, SheetTable};
use crate::charts::spec::{Axis, ChartSpec, Reference, Role};
use crate::core::clv::refusal::Refusal;
use crate::core::clv::retention::{Naive, Survivors, present_value};
use crate::core::clv::sbg::{SbgFit, SbgRefusal, fit};
use crate::core::explain::Step;
use crate::core::grading::Label;
use crate::core::inputs::Values;
use crate::core::reader::{DASH, Reader};

/// One way to go on from the table: its survivors, or why there are none.
struct Projection {
    name: &'static str,
    role: Role,
    shares: Result<Vec<f64>, Label>,
}

/// # Errors
/// Why there is nothing to show, in both languages.
pub fn sheet(
    options: &ClvOptions,
    values: &Values,
    data: Option<&Cohorts>,
    reader: Reader,
) -> Result<Sheet, Label> {
    let data = data.filter(|_| values.choice("from") == DATA);
    let numbers = data.map_or(&options.survivors, |found| &found.survivors);
    let survivors = Survivors::new(numbers).map_err(|refusal| refusal.label())?;
    worked(&survivors, values, data, reader).map_err(|refusal| refusal.label())
}

fn worked(
    survivors: &Survivors,
    values: &Values,
    data: Option<&Cohorts>,
    reader: Reader,
) -> Result<Sheet, Refusal> {
    let known = survivors.periods();
    let fitted_periods = (values.get("fit") as usize).min(known).max(2);
    let horizon = (values.get("horizon") as usize).max(known);
    let sample = survivors.first(fitted_periods);
    let fitted = fit(&sample.counts(fitted_periods)).map_err(|refusal| unfit(&refusal));
    let sbg = fitted
        .as_ref()
        .map_err(Label::clone)
        .map(|found| (0..=horizon as u32).map(|t| found.model.survival(t)).collect::<Vec<f64>>());
    let mut projections =
        vec![Projection { name: reader.pick("sBG model", "sBG 模型"), role: Role::Accent1, shares: sbg }];
    projections.extend(Naive::ALL.map(|naive| Projection {
        name: naive_name(naive, reader),
        role: match naive {
            Naive::ConstantRate => Role::Below,
            Naive::Linear => Role::Accent4,
            Naive::Quadratic => Role::Accent5,
            Naive::Exponential => Role::CantTell,
        },
        shares: naive.project(&sample, horizon).map_err(|refusal| refusal.label()),
    }));
    let mut warnings = Vec::new();
    if let Err(why) = &fitted {
        warnings.push(why.get(reader.lang).to_string());
    }
    if (values.get("fit") as usize) > known {
        warnings.push(reader.pick(
            format!("The table has {known} periods: all of them are used to fit."),
            format!("表格只有 {known} 期，全部用來估計。"),
        ));
    }
    Ok(Sheet {
        figures: figures(survivors, values, fitted.as_ref().ok(), &projections[0], reader)?,
        warnings,
        notes: data.map(|found| note(found, reader)).into_iter().collect(),
        charts: vec![
            survival_chart(survivors, &projections, fitted_periods, horizon, reader),
            rate_chart(survivors, &projections, fitted_periods, horizon, reader),
        ],
        tables: [Some(comparison(survivors, values, &projections, fitted_periods, reader)?)]
            .into_iter()
            .chain([Some(survival_table(survivors, &projections, horizon, reader))])
            .chain([data.map(|found| cohort_table(found, reader))])
            .flatten()
            .collect(),
        steps: steps(survivors, values, fitted.as_ref().ok(), reader),
    })
}

/// Why the table has no sBG model.
fn unfit(refusal: &SbgRefusal) -> Label {
    let rest = (" The other projections stand.", "其他推估仍然列出。");
    let said = |en: &str, zh: &str| Label::new(format!("{en}{}", rest.0), format!("{zh}{}", rest.1));
    match refusal {
        SbgRefusal::AllAlike { retention_rate } => {
            let rate = crate::core::format::percent(*retention_rate, 1);
            said(
                &format!(
                    "The retention rate does not rise with time: customers look alike, and one rate of {rate} says all."
                ),
                &format!("保留率沒有隨時間上升：顧客看起來沒有差異，一個固定的保留率 {rate} 就夠了。"),
            )
        }
        SbgRefusal::Divided => said(
            "Those who leave do so at once and the rest never: the sBG model has no likeliest parameters.",
            "離開的顧客都在一開始離開，其餘從不離開：sBG 模型沒有最可能的參數。",
        ),
        _ => said(
            "These survivors tell the sBG model nothing: somebody must leave, and somebody must stay over the first period.",
            "這張表無法估計 sBG 模型：必須有人離開，也要有人撐過第一期。",
        ),
    }
}

fn naive_name(naive: Naive, reader: Reader) -> &'static str {
    match naive {
        Naive::ConstantRate => reader.pick("Constant rate", "固定保留率"),
        Naive::Linear => reader.pick("Line", "直線迴歸"),
        Naive::Quadratic => reader.pick("Parabola", "二次迴歸"),
        Naive::Exponential => reader.pick("Exponential", "指數迴歸"),
    }
}

fn figures(
    survivors: &Survivors,
    values: &Values,
    fitted: Option<&SbgFit>,
    sbg: &Projection,
    reader: Reader,
) -> Result<Vec<SheetFigure>, Refusal> {
    let (discount, first) = (values.get("discount"), first_margin(values));
    let shares = sbg.shares.as_deref().unwrap_or(survivors.shares());
    let gross = values.get("margin") * present_value(shares, discount, first)?;
    let periods = shares.len() - 1;
    let dash = || DASH.to_string();
    let renewal = values.get("renewal") as u32;
    let derl = fitted.and_then(|found| found.model.derl(renewal, discount));
    Ok(vec![
        SheetFigure::new(
            reader.pick("Lifetime value", "顧客終身價值"),
            reader.money(gross - values.get("acquisition")),
            reader.pick(
                format!("{periods} periods, {}", timing(first, reader)),
                format!("{periods} 期，{}", timing(first, reader)),
            ),
        ),
        SheetFigure::new(
            "α, β",
            fitted.map_or_else(dash, |found| {
                format!("{} · {}", reader.number(found.model.alpha, 3), reader.number(found.model.beta, 3))
            }),
            fitted.map_or_else(String::new, |found| {
                reader.pick(
                    format!("sBG, log-likelihood {}", reader.number(found.log_likelihood, 2)),
                    format!("sBG，對數概似 {}", reader.number(found.log_likelihood, 2)),
                )
            }),
        ),
        SheetFigure::new(
            reader.pick("Discounted residual lifetime (DERL)", "折現剩餘期數（DERL）"),
            derl.map_or_else(dash, |derl| reader.number(derl, 2)),
            reader.pick(
                format!("periods, before renewal {renewal}, counting the one that it pays for"),
                format!("期，第 {renewal} 次續約前，含續約的那一期"),
            ),
        ),
        SheetFigure::new(
            reader.pick("Worth of that customer", "這位顧客的剩餘價值"),
            derl.map_or_else(dash, |derl| reader.money(derl * values.get("margin"))),
            reader.pick("DERL × margin", "DERL × 毛利"),
        ),
    ])
}

fn period(at: usize, reader: Reader) -> String {
    reader.pick(format!("Period {at}"), format!("第 {at} 期"))
}

fn survival_chart(
    survivors: &Survivors,
    projections: &[Projection],
    fitted: usize,
    horizon: usize,
    reader: Reader,
) -> ChartSpec {
    let points = |shares: &[f64]| {
        let points = shares.iter().enumerate();
        points
            .map(|(t, &share)| (t as f64, period(t, reader), share, reader.percent(share, 1)))
            .collect::<Vec<_>>()
    };
    let mut series = vec![line(reader.pick("Actual", "實際"), Role::Neutral, points(survivors.shares()))];
    for projection in projections {
        if let Ok(shares) = &projection.shares {
            series.push(line(projection.name, projection.role, points(shares)));
        }
    }
    let end =
        |shares: &Result<Vec<f64>, Label>| shares.as_ref().ok().and_then(|shares| shares.last().copied());
    let title = match (end(&projections[0].shares), end(&projections[1].shares)) {
        (Some(sbg), Some(constant)) => reader.pick(
            format!(
                "After {horizon} periods {} are left by the sBG model, {} by a constant rate",
                reader.percent(sbg, 1),
                reader.percent(constant, 1)
            ),
            format!(
                "{horizon} 期後，sBG 模型推估留下 {}，固定保留率推估 {}",
                reader.percent(sbg, 1),
                reader.percent(constant, 1)
            ),
        ),
        _ => reader.pick("How many are left", "留下多少顧客").into(),
    };
    LinesOf {
        title,
        subtitle: reader.pick(
            format!("Fitted to the first {fitted} periods; what comes after is held out"),
            format!("以前 {fitted} 期估計，之後保留檢驗"),
        ),
        x: periods_axis(reader.pick("Period", "期"), 0.0, horizon as f64),
        y: Axis::covering(reader.pick("Survivors", "存活率"), [0.0, 1.0], |share| {
            reader.percent(share, 0)
        }),
        series_title: reader.pick("Projection", "推估").into(),
        series,
        references: Vec::new(),
        verticals: vec![Reference {
            at: fitted as f64,
            label: reader.pick("fitted until here", "估計到此").into(),
        }],
    }
    .spec()
}

fn rates(shares: &[f64]) -> Vec<Option<f64>> {
    shares.windows(2).map(|pair| (pair[0] > 0.0).then(|| pair[1] / pair[0])).collect()
}

fn rate_chart(
    survivors: &Survivors,
    projections: &[Projection],
    fitted: usize,
    horizon: usize,
    reader: Reader,
) -> ChartSpec {
    let points = |rates: Vec<Option<f64>>| {
        let found = rates.into_iter().enumerate().filter_map(|(at, rate)| Some((at + 1, rate?)));
        found
            .map(|(t, rate)| (t as f64, period(t, reader), rate, reader.percent(rate, 1)))
            .collect::<Vec<_>>()
    };
    let actual = survivors.retention_rates();
    let ends = (actual.first().copied().flatten(), actual.iter().rev().find_map(|rate| *rate));
    let mut series = vec![line(reader.pick("Actual", "實際"), Role::Neutral, points(actual))];
    for projection in &projections[..2] {
        if let Ok(shares) = &projection.shares {
            series.push(line(projection.name, projection.role, points(rates(shares))));
        }
    }
    let title = match ends {
        (Some(first), Some(last)) => reader.pick(
            format!(
                "Retention rises from {} to {}: those who leave easily leave first",
                reader.percent(first, 0),
                reader.percent(last, 0)
            ),
            format!(
                "保留率由 {} 變為 {}：容易流失的顧客先離開",
                reader.percent(first, 0),
                reader.percent(last, 0)
            ),
        ),
        _ => reader.pick("Retention rate by period", "各期保留率").into(),
    };
    LinesOf {
        title,
        subtitle: reader
            .pick(
                "Retention rate by period: survivors over those of the period before",
                "各期保留率：本期存活除以前一期存活",
            )
            .into(),
        x: periods_axis(reader.pick("Period", "期"), 0.0, horizon as f64),
        y: Axis::covering(reader.pick("Retention rate", "保留率"), [0.0, 1.0], |rate| {
            reader.percent(rate, 0)
        }),
        series_title: reader.pick("Projection", "推估").into(),
        series,
        references: Vec::new(),
        verticals: vec![Reference {
            at: fitted as f64,
            label: reader.pick("fitted until here", "估計到此").into(),
        }],
    }
    .spec()
}

/// The value by each projection, and how far each misses what was held out.
fn comparison(
    survivors: &Survivors,
    values: &Values,
    projections: &[Projection],
    fitted: usize,
    reader: Reader,
) -> Result<SheetTable, Refusal> {
    let (margin, discount, acquisition) =
        (values.get("margin"), values.get("discount"), values.get("acquisition"));
    let first = first_margin(values);
    let held_out = survivors.periods() - fitted;
    let mut rows = Vec::new();
    for projection in projections {
        let Ok(shares) = &projection.shares else {
            rows.push(vec![plain(projection.name), plain(DASH), plain(DASH), plain(DASH)]);
            continue;
        };
        let value = margin * present_value(shares, discount, first)? - acquisition;
        let miss = |t: usize| (shares[t] - survivors.shares()[t]).abs();
        let misses = (held_out > 0)
            .then(|| (fitted + 1..=survivors.periods()).map(miss).sum::<f64>() / held_out as f64);
        let last = shares.last().copied().unwrap_or(0.0);
        rows.push(vec![
            plain(projection.name),
            cell(reader.money(value), value),
            cell(reader.percent(last, 1), last),
            misses.map_or_else(|| plain(DASH), |miss| cell(reader.number(miss * 100.0, 1), miss * 100.0)),
        ]);
    }
    Ok(table(
        reader.pick("What each projection makes of it", "各種推估的結果"),
        reader.pick(
            format!("{}; less the acquisition cost. The miss is the mean distance from what was held out, in points.", timing(first, reader)),
            format!("{}，已扣建立成本。誤差是與保留期間實際值的平均差距（百分點）。", timing(first, reader)),
        ),
        reader.pick(["Projection", "Lifetime value", "Left at the end", "Miss"], ["推估", "顧客終身價值", "期末存活率", "誤差"]),
        rows,
    ))
}

fn survival_table(
    survivors: &Survivors,
    projections: &[Projection],
    horizon: usize,
    reader: Reader,
) -> SheetTable {
    let share = |shares: Option<&[f64]>, t: usize| match shares.and_then(|shares| shares.get(t)) {
        Some(&share) => cell(reader.percent(share, 1), share),
        None => plain(DASH),
    };
    let actual = survivors.retention_rates();
    let rows = (0..=horizon).map(|t| {
        let mut row = vec![plain(t.to_string()), share(Some(survivors.shares()), t)];
        row.push(match t.checked_sub(1).and_then(|at| actual.get(at).copied().flatten()) {
            Some(rate) => cell(reader.percent(rate, 1), rate),
            None => plain(DASH),
        });
        row.extend(projections.iter().map(|projection| share(projection.shares.as_deref().ok(), t)));
        row
    });
    let mut heads = reader
        .pick(["Period", "Actual", "Retention rate"], ["期", "實際", "保留率"])
        .map(String::from)
        .to_vec();
    heads.extend(projections.iter().map(|projection| projection.name.to_string()));
    table(reader.pick("Survivors by period", "各期存活率"), "", heads, rows.collect())
}

fn note(found: &Cohorts, reader: Reader) -> String {
    reader.pick(
        format!(
            "From the data: {} customers of the {} oldest groups; a customer counts as there in a period when a purchase falls into it or later. Nobody says goodbye in a shop, so the last periods are understated.",
            reader.count(found.pooled_customers), reader.count(found.pooled_cohorts)
        ),
        format!(
            "由資料估計：最早 {} 組的 {} 位顧客；在該期或之後有購買，就算該期仍在。顧客不會告知離開，因此最後幾期偏低。",
            reader.count(found.pooled_cohorts), reader.count(found.pooled_customers)
        ),
    )
}

/// Share of each group of new customers that buys again in the periods after.
fn cohort_table(found: &Cohorts, reader: Reader) -> SheetTable {
    let widest = found.cohorts.iter().map(|cohort| cohort.active.len()).max().unwrap_or(0);
    let mut heads =
        reader.pick(["First purchase", "Customers"], ["首次購買", "顧客"]).map(String::from).to_vec();
    heads.extend((1..widest).map(|at| format!("+{at}")));
    let rows = found.cohorts.iter().map(|cohort| {
        let share = |at: usize| match cohort.active.get(at) {
            Some(&active) if cohort.customers > 0 => {
                let share = active as f64 / cohort.customers as f64;
                cell(reader.percent(share, 0), share)
            }
            _ => plain(DASH),
        };
        let mut row = vec![
            plain(format!("{} – {}", reader.show.day(cohort.from), reader.show.day(cohort.to))),
            cell(reader.count(cohort.customers), cohort.customers as f64),
        ];
        row.extend((1..widest).map(share));
        row
    });
    table(
        reader.pick("Cohorts: who buys again", "世代保留表：誰再次購買"),
        reader.pick(
            "By the period of the first purchase: the share that buys in the period so many later. The first group also holds whoever bought before the data begin.",
            "依首次購買的期別分組：之後第幾期有購買的佔比。第一組也包含資料開始之前就買過的顧客。",
        ),
        heads,
        rows.collect(),
    )
}

fn steps(survivors: &Survivors, values: &Values, fitted: Option<&SbgFit>, reader: Reader) -> Vec<Step> {
    let shares = survivors.shares();
    let percent = |share: f64| reader.percent(share, 1);
    let mut all = vec![step(
        reader.pick(
            "The retention rate of a period: survivors over those of the period before.",
            "每期保留率：本期存活除以前一期存活。",
        ),
        vec![row([
            math("r_1 ="),
            over(&percent(shares[1]), &percent(shares[0])),
            math(&format!("= {}", percent(shares[1] / shares[0]))),
        ])],
    )];
    if let Some(found) = fitted {
        let (alpha, beta) = (reader.number(found.model.alpha, 3), reader.number(found.model.beta, 3));
        let rate = |t: u32| {
            row([
                math(&format!("r_{t} =")),
                over(&format!("{beta} + {}", t - 1), &format!("{alpha} + {beta} + {}", t - 1)),
                math(&format!("= {}", percent(found.model.retention_rate(t)))),
            ])
        };
        all.push(step(
            reader.pick(
                "The shifted beta–geometric model: every customer leaves with a constant probability of their own, and these probabilities differ as Beta(α, β). α and β are those under which the table is likeliest.",
                "sBG 模型：每位顧客有自己固定的流失機率，各人的機率依 Beta(α, β) 分布；α、β 取讓表格最可能出現的值。",
            ),
            vec![row([math("r_t ="), over("β + t − 1", "α + β + t − 1")]), rate(1), rate(2)],
        ));
        let renewal = values.get("renewal") as u32;
        if let Some(derl) = found.model.derl(renewal, values.get("discount")) {
            all.push(step(
                reader.pick(
                    format!("What is still to be expected of a customer who has stayed until renewal {renewal}: every later period, by the probability to reach it, discounted."),
                    format!("一位撐到第 {renewal} 次續約的顧客，之後各期依到達機率折現加總。"),
                ),
                vec![math(&format!("DERL = Σ S(t) / S(n−1) / ( 1 + d ) ^ ( t − n ) = {}", reader.number(derl, 2)))],
            ));
        }
    }
    all
}
