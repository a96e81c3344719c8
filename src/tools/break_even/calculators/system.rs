//! A customer-relationship-management system as an investment: net present value, internal rate of return, payback.

use crate::charts::spec::{ChartSpec, Role};
use crate::core::explain::{Math, Step};
use crate::core::inputs::Input;
use crate::core::reader::Reader;
use crate::core::roots::positive_roots;
use crate::tools::break_even::answer::{Answer, Crossing, Figure, Refused};
use crate::tools::break_even::calculator::{Calculator, Given, Grid, GridRow, RowName, take};
use crate::tools::break_even::picture::{Axes, Side, picture};
use crate::tools::break_even::refusal::countable;

/// Net flows of money, the first one now and each further one a year later.
#[derive(Clone, Debug, PartialEq)]
pub struct Flows(pub Vec<f64>);

/// The rate at which an investment breaks even, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Irr {
    Rate(f64),
    /// All flows have one sign, or none is more than nothing: no rate balances them.
    OneSign,
    /// The flows change their sign, and no rate balances them all the same.
    None,
    /// Several rates balance them, ascending: none of them is *the* rate of return.
    Several(Vec<f64>),
}

/// The range in which rates of return are looked for: from a loss of 99 % a year to a gain of 10,000 %.
pub const RATES: (f64, f64) = (-0.99, 100.0);

impl Flows {
    /// The net present value: NPV = Σ CF_t / (1 + i)^t with CF_t the flows, the first one (t = 0) not discounted, and
    /// i = `rate` per year > −1.
    ///
    /// Source: Brealey, Myers & Allen, *Principles of Corporate Finance*, ch. 2. The first flow is now: a spreadsheet's NPV
    /// discounts it, too.
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::Flows;
    /// let flows = Flows(vec![-100.0, 60.0, 60.0]);
    /// assert!((flows.present_value(0.1) - (-100.0 + 60.0 / 1.1 + 60.0 / 1.21)).abs() < 1e-12);
    /// ```
    pub fn present_value(&self, rate: f64) -> f64 {
        // From the last flow backwards (Horner): no powers, no rounding of them.
        self.0.iter().rev().fold(0.0, |later, flow| flow + later / (1.0 + rate))
    }

    /// The internal rate of return: i with NPV(i) = 0, in [`RATES`].
    ///
    /// With v = 1 / (1 + i) the NPV is a polynomial; all its roots are found, so that a second one is never overlooked
    /// (Descartes' rule allows as many as the flows change their sign).
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::{Flows, Irr};
    /// let Irr::Rate(rate) = Flows(vec![-100.0, 110.0]).rate_of_return() else { panic!("one rate") };
    /// assert!((rate - 0.1).abs() < 1e-12);
    /// // −4000, 25000, −25000 (Brealey & Myers): 25 % and 400 %.
    /// let Irr::Several(rates) = Flows(vec![-4000.0, 25_000.0, -25_000.0]).rate_of_return() else { panic!("two rates") };
    /// assert!((rates[0] - 0.25).abs() < 1e-9 && (rates[1] - 4.0).abs() < 1e-9);
    /// assert_eq!(Flows(vec![-5.0, -1.0]).rate_of_return(), Irr::OneSign);
    /// ```
    pub fn rate_of_return(&self) -> Irr {
        let signs =
            |positive: bool| self.0.iter().any(|&flow| if positive { flow > 0.0 } else { flow < 0.0 });
        if !(signs(true) && signs(false)) {
            return Irr::OneSign;
        }
        let (low, high) = RATES;
        let factors = positive_roots(&self.0, 1.0 / (1.0 + high), 1.0 / (1.0 + low));
        let mut rates: Vec<f64> = factors.into_iter().map(|factor| 1.0 / factor - 1.0).collect();
        rates.reverse();
        match rates[..] {
            [] => Irr::None,
            [rate] => Irr::Rate(rate),
            _ => Irr::Several(rates),
        }
    }

    /// The sum of the flows up to each year, discounted at `rate` (0 for as they are).
    pub fn cumulated(&self, rate: f64) -> Vec<f64> {
        let mut factor = 1.0;
        let add = |sum: &mut f64, flow: &f64| {
            *sum += flow * factor;
            factor /= 1.0 + rate;
            Some(*sum)
        };
        self.0.iter().scan(0.0, add).collect()
    }

    /// Years until the cumulated flows, discounted at `rate`, are above 0 to the end; inside the year in proportion.
    /// `Some(0.0)` where they are never below, `None` where they end below.
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::Flows;
    /// assert_eq!(Flows(vec![-100.0, 40.0, 80.0]).payback(0.0), Some(1.75));
    /// assert_eq!(Flows(vec![-100.0, 40.0]).payback(0.0), None);
    /// ```
    pub fn payback(&self, rate: f64) -> Option<f64> {
        let sums = self.cumulated(rate);
        let Some(below) = sums.iter().rposition(|&sum| sum < 0.0) else { return Some(0.0) };
        let next = *sums.get(below + 1)?;
        Some(below as f64 + -sums[below] / (next - sums[below]))
    }
}

pub static CALCULATOR: Calculator = Calculator {
    id: "system",
    title: ("CRM system", "導入 CRM 系統"), // words-allow: 導入
    question: ("Does a CRM system pay, and after how many years?", "CRM 系統划算嗎？幾年回收？"),
    assumes: (
        "Flows come at the end of their year, the first ones now and undiscounted (Brealey, Myers & Allen, Principles of Corporate Finance). A spreadsheet's NPV discounts the first flow, too. Inside a year the payback is in proportion. The course asks for price, maintenance, training and consulting (deck B): they are costs here.",
        "各年流量在年底發生，「現在」的流量不折現（Brealey、Myers 與 Allen，Principles of Corporate Finance）；試算表的 NPV 函數會把第一筆也折現。一年之內按比例計算回收期。課程列出的價格、維護、訓練與顧問費（B 冊）都屬於這裡的成本。",
    ),
    slides: &["B"],
    inputs: &[Input::rate("discount", ("Discount rate per year", "每年折現率"), 0.1)
        .between(0.0, 1.0)
        .help(("What the money would earn elsewhere.", "資金用在別處的報酬率。"))],
    grid: Some(&GRID),
    model: None,
    answer,
};

static GRID: Grid = Grid {
    title: ("Flows by year", "各年流量"),
    help: (
        "Price, training and consulting now; maintenance and benefits in the years.",
        "價格、訓練、顧問費列在現在，維護費與效益列在各年。",
    ),
    name: RowName::Years,
    columns: &[
        Input::money("cost", ("Costs", "成本"), 0.0),
        Input::money("benefit", ("Benefits", "效益"), 0.0),
    ],
    start: &[
        (("", ""), &[1_000_000.0, 0.0]),
        (("", ""), &[150_000.0, 300_000.0]),
        (("", ""), &[100_000.0, 450_000.0]),
        (("", ""), &[100_000.0, 500_000.0]),
        (("", ""), &[100_000.0, 500_000.0]),
        (("", ""), &[100_000.0, 500_000.0]),
    ],
    least_rows: 2,
    most_rows: 12,
};

fn flows(given: &Given) -> Flows {
    let net = |row: &GridRow| {
        let [cost, benefit] = take(&row.values);
        benefit - cost
    };
    Flows(given.rows.iter().map(net).collect())
}

impl Irr {
    /// Why there is no single rate, in words; `None` where there is one.
    pub fn refusal(&self, reader: Reader) -> Option<String> {
        match self {
            Irr::Rate(_) => None,
            Irr::OneSign => Some(
                reader.pick("none: the flows never change their sign", "不存在：流量正負號從未改變").into(),
            ),
            Irr::None => {
                Some(reader.pick("none: no rate balances these flows", "不存在：沒有利率能使流量平衡").into())
            }
            Irr::Several(rates) => {
                let rates: Vec<String> = rates.iter().map(|&rate| reader.percent(rate, 1)).collect();
                let rates = rates.join(reader.pick(", ", "、"));
                Some(reader.pick(
                    format!("more than one: {rates}. Go by the net present value"),
                    format!("不只一個：{rates}。請改看淨現值"),
                ))
            }
        }
    }
}

fn answer(given: &Given, reader: Reader) -> Result<Answer, Refused> {
    let values = &given.values;
    let [rate] = take(values);
    let flows = flows(given);
    let value = countable(flows.present_value(rate))?;
    let (irr, plain, discounted) = (flows.rate_of_return(), flows.payback(0.0), flows.payback(rate));
    let at = reader.percent(rate, 1);
    let last = flows.0.len() - 1;

    let main = Figure::new(reader.pick("Net present value", "淨現值"), reader.money(value), value).note(
        match value {
            gain if gain > 0.0 => {
                reader.pick(format!("at {at} a year: it pays"), format!("折現率 {at}：划算"))
            }
            loss if loss < 0.0 => {
                reader.pick(format!("at {at} a year: it does not pay"), format!("折現率 {at}：不划算"))
            }
            _ => {
                reader.pick(format!("at {at} a year: just breaks even"), format!("折現率 {at}：剛好損益平衡"))
            }
        },
    );
    let years = |label: &str, years: Option<f64>| match years {
        Some(years) => Figure::new(
            label,
            reader.pick(
                format!("{} years", reader.number(years, 1)),
                format!("{} 年", reader.number(years, 1)),
            ),
            years,
        ),
        None => Figure::none(label)
            .note(reader.pick(format!("not within {last} years"), format!("{last} 年內無法回收"))),
    };
    let label = reader.pick("Internal rate of return", "內部報酬率");
    let irr_figure = match (&irr, irr.refusal(reader)) {
        (Irr::Rate(rate), _) => {
            Figure::new(label, reader.percent(*rate, 1), *rate).note(reader.pick("a year", "每年"))
        }
        (_, why) => Figure::none(label).note(why.unwrap_or_default()),
    };
    let figures = vec![
        irr_figure,
        years(reader.pick("Payback", "回收期"), plain),
        years(reader.pick("Discounted payback", "折現回收期"), discounted).note(match discounted {
            Some(_) => reader.pick(format!("at {at}"), format!("折現率 {at}")),
            None => reader.pick(format!("not within {last} years"), format!("{last} 年內無法回收")),
        }),
    ];
    let crossing = plain.filter(|&years| years > 0.0).map(|x| Crossing { x, sides: [0.0, 0.0] });
    let charts = vec![by_year(&flows, rate, crossing, reader), by_rate(&flows, &irr, rate, reader)];
    Ok(Answer {
        main,
        figures,
        notes: Vec::new(),
        crossing,
        charts,
        steps: steps(&flows, rate, value, &irr, plain, reader),
    })
}

/// Cumulated flows, as they are and discounted.
fn by_year(flows: &Flows, rate: f64, crossing: Option<Crossing>, reader: Reader) -> ChartSpec {
    let side = |name: &str, role, rate| {
        let sums = flows.cumulated(rate).into_iter().enumerate();
        Side { name: name.into(), role, points: sums.map(|(year, sum)| (year as f64, sum)).collect() }
    };
    let sides = vec![
        side(reader.pick("As they are", "未折現"), Role::Accent2, 0.0),
        side(reader.pick("Discounted", "折現"), Role::Below, rate),
    ];
    let title = match crossing {
        Some(crossing) => reader.pick(
            format!("Paid back after {} years", reader.number(crossing.x, 1)),
            format!("{} 年後回收", reader.number(crossing.x, 1)),
        ),
        None => reader.pick("Not paid back within these years", "這些年內沒有回收點").into(),
    };
    let axes = Axes {
        x: reader.pick("Years from now", "年").into(),
        y: reader.pick("Cumulated flows", "累計流量").into(),
        write_x: &|year| reader.number(year, 0),
        write_y: &|amount| reader.money(amount),
        side: reader.pick("Flows", "流量").into(),
    };
    let label = |x: f64| {
        let at = reader.number(x, 1);
        reader.pick(format!("not yet ← {at} → paid back"), format!("未回收 ← {at} → 已回收"))
    };
    let subtitle = reader.pick("Benefits less costs, added up year by year", "效益減成本，逐年累計");
    picture(
        title,
        subtitle.into(),
        axes,
        sides,
        crossing.map(|crossing| (crossing, label(crossing.x))),
        Vec::new(),
    )
}

/// The net present value over the discount rate: it crosses zero at the rate of return.
fn by_rate(flows: &Flows, irr: &Irr, rate: f64, reader: Reader) -> ChartSpec {
    let found = match irr {
        Irr::Rate(rate) if (0.0..=5.0).contains(rate) => Some(*rate),
        _ => None,
    };
    let places = crate::tools::break_even::picture::places(
        [0.3, 1.5 * rate, 1.5 * found.unwrap_or(0.0)].into_iter().fold(0.0, f64::max),
        found,
    );
    let side = Side::new(reader.pick("Net present value", "淨現值"), Role::Accent2, &places, |rate| {
        flows.present_value(rate)
    });
    let percent = |rate: f64| reader.percent(rate, 1);
    let axes = Axes {
        x: reader.pick("Discount rate", "折現率").into(),
        y: reader.pick("Net present value", "淨現值").into(),
        write_x: &percent,
        write_y: &|amount| reader.money(amount),
        side: String::new(),
    };
    let title = match (found, irr.refusal(reader)) {
        (Some(rate), _) => reader.pick(
            format!("It pays as long as money costs less than {} a year", percent(rate)),
            format!("資金成本低於每年 {} 就划算", percent(rate)),
        ),
        (None, Some(why)) => reader.pick(format!("Rate of return: {why}"), format!("內部報酬率：{why}")),
        (None, None) => {
            reader.pick("The rate of return lies outside this picture", "內部報酬率在圖外").into()
        }
    };
    let crossing = found.map(|x| {
        let label = reader
            .pick(format!("pays ← {} → does not", percent(x)), format!("划算 ← {} → 不划算", percent(x)));
        (Crossing { x, sides: [0.0, 0.0] }, label)
    });
    let subtitle = reader.pick(
        "The rate at which the value is 0 is the internal rate of return",
        "淨現值為 0 的折現率就是內部報酬率",
    );
    picture(title, subtitle.into(), axes, vec![side], crossing, Vec::new())
}

fn steps(flows: &Flows, rate: f64, value: f64, irr: &Irr, payback: Option<f64>, reader: Reader) -> Vec<Step> {
    let money = |amount: f64| Math::number(reader.money(amount));
    let growth = || {
        Math::row([
            Math::op("("),
            Math::number("1"),
            Math::op("+"),
            Math::number(reader.exact(rate)),
            Math::op(")"),
        ])
    };
    // A line for each year: one line of twelve would be wider than paper.
    let line = |(year, &flow): (usize, &f64)| {
        let name = GRID.row_name("", year, reader.lang);
        let mut line = vec![Math::text(name), Math::op(reader.pick(":", "：")), money(flow)];
        if year > 0 {
            let divisor = match year {
                1 => growth(),
                _ => Math::Sup(Box::new(growth()), Box::new(Math::number(year.to_string()))),
            };
            let discounted = flow / libm::pow(1.0 + rate, year as f64);
            line[2] = Math::fraction(money(flow), divisor);
            line.extend([Math::op("="), money(discounted)]);
        }
        Math::row(line)
    };
    let total = [
        Math::text("NPV"),
        Math::op("="),
        Math::text(reader.pick("sum", "合計")),
        Math::op("="),
        money(value),
    ];
    let formulas = flows.0.iter().enumerate().map(line).chain([Math::row(total)]).collect();
    let mut steps = vec![Step {
        say: reader.pick("Net present value: benefits less costs of each year, divided by 1 plus the discount rate once for every year", "淨現值：各年效益減成本，每過一年除以一次（1＋折現率）").into(),
        formulas,
    }];
    if let Irr::Rate(irr) = irr {
        let formula = [
            Math::text("NPV"),
            Math::op("("),
            Math::number(reader.percent(*irr, 2)),
            Math::op(")"),
            Math::op("="),
            Math::number("0"),
        ];
        steps.push(Step {
            say: reader
                .pick(
                    "Internal rate of return: the discount rate at which that value is 0",
                    "內部報酬率：使淨現值為 0 的折現率",
                )
                .into(),
            formulas: vec![Math::row(formula)],
        });
    }
    if let Some(years) = payback.filter(|&years| years > 0.0) {
        let sums = flows.cumulated(0.0);
        let before = libm::ceil(years) as usize - 1;
        let formula = Math::row([
            Math::number(before.to_string()),
            Math::op("+"),
            Math::fraction(money(-sums[before]), money(sums[before + 1] - sums[before])),
            Math::op("="),
            Math::number(reader.number(years, 2)),
        ]);
        steps.push(Step {
            say: reader.pick("Payback: the years that end below 0, and the part of the next year that makes up for what is missing", "回收期：累計仍為負的年數，加上補足缺口所需的下一年比例").into(),
            formulas: vec![formula],
        });
    }
    steps
}
