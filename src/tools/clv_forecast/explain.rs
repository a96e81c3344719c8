//! How the forecast came about, with the reader's numbers.

use super::answer::Forecast;
use super::forecast::Fitted;
use super::options::ForecastOptions;
use super::words::span;
use crate::core::clv::kind::Kind;
use crate::core::explain::{Math, Step};
use crate::core::format::{decimal, integer, money};
use crate::core::lang::Lang;
use crate::core::money::Currency;

fn number(value: f64) -> Math {
    // Four digits that count.
    let digits = if value.abs() >= 100.0 {
        1
    } else if value.abs() >= 1.0 {
        3
    } else {
        5
    };
    Math::number(decimal(value, digits))
}

fn sup(base: Math, exponent: Math) -> Math {
    Math::Sup(Box::new(base), Box::new(exponent))
}

fn brackets(inner: Math) -> Math {
    Math::row([Math::op("("), inner, Math::op(")")])
}

fn sum(parts: [Math; 2]) -> Math {
    let [a, b] = parts;
    Math::row([a, Math::op("+"), b])
}

pub fn explain(
    forecast: &Forecast,
    fitted: &Fitted,
    options: &ForecastOptions,
    currency: &Currency,
    lang: Lang,
) -> Vec<Step> {
    let mut steps = vec![fit_step(forecast, lang), mean_step(forecast, lang)];
    steps.extend(alive_step(forecast, lang));
    steps.extend(purchases_step(forecast, lang));
    steps.extend(spend_step(forecast, fitted, currency, lang));
    steps.extend(value_step(forecast, options, currency, lang));
    steps
}

fn values(forecast: &Forecast) -> [f64; 4] {
    std::array::from_fn(|i| forecast.fit.parameters[i].value)
}

fn fit_step(forecast: &Forecast, lang: Lang) -> Step {
    let customers = integer(forecast.customers as i64);
    let ln = integer(forecast.fit.log_likelihood.round() as i64);
    let name = forecast.model.name();
    let say = lang.pick(
        format!(
            "Of {customers} customers only three numbers are used: repeat purchases x, the time t_x from the first purchase to \
             the last, and the age T. The parameters of {name} are those under which these numbers are most likely (log-likelihood \
             {ln})"
        ),
        format!(
            "{customers} 位顧客各只用三個數字：再購次數 x、首購到末購的時間 t_x、首購至今的時間 T。{name} 的參數，是使這些數字最可能\
             出現的那一組（對數概似值 {ln}）"
        ),
    );
    let formula = |parameter: &crate::core::clv::kind::Parameter| {
        Math::row([
            Math::symbol(&parameter.symbol),
            Math::op("="),
            number(parameter.value),
            Math::op("±"),
            number(parameter.standard_error),
        ])
    };
    Step { say, formulas: forecast.fit.parameters.iter().map(formula).collect() }
}

/// What the middle customer is like.
fn mean_step(forecast: &Forecast, lang: Lang) -> Step {
    let [a, b, c, d] = values(forecast);
    let ratio = |name: &str, top: Math, bottom: Math, value: f64| {
        Math::row([
            Math::text(name),
            Math::op("="),
            Math::fraction(top, bottom),
            Math::op("="),
            number(value),
        ])
    };
    let share = |name: &str, x: f64, y: f64| ratio(name, number(x), sum([number(x), number(y)]), x / (x + y));
    let (say, formulas) = match forecast.model {
        Kind::BgNbd | Kind::MbgNbd => (
            lang.pick(
                "On average a customer buys so often in a unit of time, and leaves after a purchase with this probability",
                "平均而言，顧客每單位時間購買的次數，以及每次購買後離開的機率",
            ),
            vec![ratio("E[λ]", number(a), number(b), a / b), share("E[p]", c, d)],
        ),
        Kind::ParetoNbd => (
            lang.pick(
                "On average a customer buys so often in a unit of time, and leaves at this rate",
                "平均而言，顧客每單位時間購買的次數，以及離開的速率",
            ),
            vec![ratio("E[λ]", number(a), number(b), a / b), ratio("E[μ]", number(c), number(d), c / d)],
        ),
        Kind::BgBb => (
            lang.pick(
                "On average a customer buys in a period, and leaves before one, with these probabilities",
                "平均而言，顧客每期購買的機率，以及每期離開的機率",
            ),
            vec![share("E[p]", a, b), share("E[θ]", c, d)],
        ),
    };
    Step { say: say.into(), formulas }
}

fn alive_step(forecast: &Forecast, lang: Lang) -> Option<Step> {
    let row = forecast.example.as_ref()?;
    let unit = forecast.unit;
    let time = |value: f64| span(&decimal(value, 1), unit, lang);
    let (x, last, age) = (integer(row.repeat_frequency.into()), time(row.recency), time(row.age));
    let id = &row.id;
    let say = lang.pick(
        format!(
            "Customer {id} has bought {x} times again, the last time {last} after the first, which was {age} ago. The longer the \
             silence beside the customer's own rhythm, the less likely is it that this is still a customer"
        ),
        format!(
            "顧客 {id} 再購 {x} 次，末購在首購後 {last}，首購至今 {age}。與自己的節奏相比沉默越久，越不可能仍是顧客"
        ),
    );
    let [r, alpha, a, b] = values(forecast);
    let alive = Math::text("P(alive)");
    let formula = match forecast.model {
        Kind::BgNbd | Kind::MbgNbd => {
            let k = f64::from(row.repeat_frequency) + f64::from(u8::from(forecast.model == Kind::MbgNbd));
            let odds = Math::fraction(number(a), number(b + k - 1.0));
            let passed = Math::fraction(
                sum([number(alpha), number(row.age)]),
                sum([number(alpha), number(row.recency)]),
            );
            let power = sup(brackets(passed), sum([number(r), Math::number(x)]));
            let bottom = sum([Math::number("1"), Math::row([odds, Math::op("·"), power])]);
            Math::row([
                alive,
                Math::op("="),
                Math::fraction(Math::number("1"), bottom),
                Math::op("="),
                number(row.alive),
            ])
        }
        _ => Math::row([alive, Math::op("="), number(row.alive)]),
    };
    Some(Step { say, formulas: vec![formula] })
}

fn purchases_step(forecast: &Forecast, lang: Lang) -> Option<Step> {
    let row = forecast.example.as_ref().filter(|row| row.alive > 0.0)?;
    let horizon = span(&integer(forecast.horizon.into()), forecast.unit, lang);
    let say = lang.pick(
        format!(
            "If this is still a customer, so many purchases are expected in the next {horizon}, leaving on the way included; times \
             P(alive) it is what is expected"
        ),
        format!("若仍是顧客，未來 {horizon} 預期的購買次數（已含途中離開的可能），再乘上存活機率"),
    );
    let formula = Math::row([
        number(row.purchases / row.alive),
        Math::op("×"),
        number(row.alive),
        Math::op("="),
        number(row.purchases),
    ]);
    Some(Step { say, formulas: vec![formula] })
}

fn spend_step(forecast: &Forecast, fitted: &Fitted, currency: &Currency, lang: Lang) -> Option<Step> {
    let (estimates, spend) = (fitted.spend.as_ref().ok()?, forecast.spend.as_ref().ok()?);
    let row = forecast.example.as_ref()?;
    let [p, q, gamma] = estimates.values;
    let x = f64::from(row.repeat_frequency);
    let expected = row.spend?;
    // E[M] = p(γ + x m̄)/(px + q − 1), solved for the own mean.
    let own = (expected * (p * x + q - 1.0) / p - gamma) / x;
    let shown = |minor: f64| Math::number(money(minor.round() as i64, currency));
    let mean = money(spend.mean.round() as i64, currency);
    let say = lang.pick(
        format!(
            "The spend at a purchase lies between the customer's own mean and that of all, {mean}: the more purchases, the \
             nearer to the own"
        ),
        format!("每次購買的金額介於顧客自己的平均與全體平均 {mean} 之間：購買次數越多，越接近自己的平均"),
    );
    let top = Math::row([
        number(p),
        Math::op("·"),
        brackets(sum([shown(gamma), Math::row([number(x), Math::op("·"), shown(own)])])),
    ]);
    let bottom = Math::row([
        number(p),
        Math::op("·"),
        number(x),
        Math::op("+"),
        number(q),
        Math::op("−"),
        Math::number("1"),
    ]);
    let formula = Math::row([
        Math::text("E[M]"),
        Math::op("="),
        Math::fraction(top, bottom),
        Math::op("="),
        shown(expected),
    ]);
    Some(Step { say, formulas: vec![formula] })
}

fn value_step(
    forecast: &Forecast,
    options: &ForecastOptions,
    currency: &Currency,
    lang: Lang,
) -> Option<Step> {
    let row = forecast.example.as_ref()?;
    let (value, spend) = (row.value?, row.spend?);
    let margin = options.margin / 100.0;
    let (rate, part) = (decimal(options.discount, 2), decimal(options.margin, 2));
    let say = lang.pick(
        format!(
            "The value: expected purchases, each discounted at {rate}% a year from the day it is expected, times the spend, \
             times the margin of {part}%. The first purchase to come is in it; what was spent before is not"
        ),
        format!("價值：預期購買次數（各依預期發生時間，以年率 {rate}% 折現）× 每次金額 × 毛利率 {part}%。只算未來的購買，不含過去的消費"),
    );
    let shown = |minor: f64| Math::number(money(minor.round() as i64, currency));
    let discounted = if spend * margin > 0.0 { value / (spend * margin) } else { 0.0 };
    let formula = Math::row([
        number(discounted),
        Math::op("×"),
        shown(spend),
        Math::op("×"),
        Math::number(format!("{part}%")),
        Math::op("="),
        shown(value),
    ]);
    Some(Step { say, formulas: vec![formula] })
}
