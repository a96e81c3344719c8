//! Units and revenue: how much must be sold before a fixed cost is covered.

use crate::charts::spec::{Reference, Role};
use crate::core::inputs::{Input, Kind};
use crate::core::reader::Reader;
use crate::core::sensitivity::Model;
use crate::core::whole::rounded_up;
use crate::tools::break_even::answer::{Answer, Crossing, Figure, Refused, rounding, step};
use crate::tools::break_even::calculator::{Calculator, Given, take};
use crate::tools::break_even::picture::{Axes, Side, picture, places};
use crate::tools::break_even::refusal::{Refusal, countable};

/// What units are sold for and what they cost, known to contribute something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitSales {
    /// In units of the currency, like the other two; they are ≥ 0.
    pub fixed_cost: f64,
    pub price: f64,
    pub variable_cost: f64,
}

impl UnitSales {
    /// # Errors
    /// [`Refusal::NoContribution`] where a unit brings no more than it costs; [`Refusal::BeyondCounting`] where it brings
    /// next to nothing more.
    pub fn new(fixed_cost: f64, price: f64, variable_cost: f64) -> Result<UnitSales, Refusal> {
        let sales = UnitSales { fixed_cost, price, variable_cost };
        if sales.contribution() <= 0.0 {
            return Err(Refusal::NoContribution { price, variable_cost });
        }
        countable(sales.units_for(0.0) * price)?;
        Ok(sales)
    }

    /// The contribution margin of a unit: c = p − v with p = `price` and v = `variable_cost`.
    pub fn contribution(self) -> f64 {
        self.price - self.variable_cost
    }

    /// The volume that earns the profit T = `target`, in units that need not be whole: Q = (F + T) / (p − v) with
    /// F = `fixed_cost`. With T = 0 it is the break-even volume.
    ///
    /// Source: Horngren, Datar & Rajan, *Cost Accounting*, ch. 3 (cost–volume–profit analysis).
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::UnitSales;
    /// let sales = UnitSales::new(1000.0, 25.0, 15.0).unwrap();
    /// assert_eq!([sales.units_for(0.0), sales.units_for(500.0)], [100.0, 150.0]);
    /// assert!(UnitSales::new(1000.0, 15.0, 15.0).is_err());
    /// ```
    pub fn units_for(self, target: f64) -> f64 {
        (self.fixed_cost + target) / self.contribution()
    }

    /// What is earned on `units`: Q·(p − v) − F.
    pub fn profit(self, units: f64) -> f64 {
        units * self.contribution() - self.fixed_cost
    }

    pub fn revenue(self, units: f64) -> f64 {
        units * self.price
    }

    pub fn cost(self, units: f64) -> f64 {
        self.fixed_cost + units * self.variable_cost
    }

    /// The share of expected sales that may be lost before a loss begins: (Q_e − Q_0) / Q_e with Q_e = `expected`; below
    /// 0 where the expected sales make a loss. `None` where nothing is expected.
    pub fn margin_of_safety(self, expected: f64) -> Option<f64> {
        let margin = (expected - self.units_for(0.0)) / expected;
        margin.is_finite().then_some(margin)
    }

    /// By how many per cent profit changes with one per cent of sales: DOL = Q·c / (Q·c − F). `None` where nothing is
    /// earned: at break-even it is without bound, and with a loss it has no meaning.
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::UnitSales;
    /// let sales = UnitSales::new(24_800.0, 100.0, 65.0).unwrap();
    /// assert_eq!(sales.operating_leverage(800.0), Some(8.75));
    /// assert_eq!(sales.operating_leverage(700.0), None);
    /// ```
    pub fn operating_leverage(self, units: f64) -> Option<f64> {
        let leverage = units * self.contribution() / self.profit(units);
        (self.profit(units) > 0.0 && leverage.is_finite()).then_some(leverage)
    }
}

const INPUTS: &[Input] = &[
    Input::money("fixed", ("Fixed cost", "固定成本"), 24_800.0)
        .help(("What is spent whatever is sold.", "不論賣多少都要支出。")),
    Input::money("price", ("Price per unit", "單位售價"), 100.0),
    Input::money("variable", ("Variable cost per unit", "單位變動成本"), 65.0)
        .help(("What one more unit costs.", "多賣一單位要多花的成本。")),
    Input::money("target", ("Target profit", "目標利潤"), 10_200.0),
    Input::whole("expected", ("Expected sales, units", "預期銷售量（單位）"), 800.0)
        .help(("For the margin of safety and the operating leverage.", "用來計算安全邊際與營運槓桿。")),
];

static MODEL: Model = Model {
    inputs: INPUTS,
    title: ("Break-even volume", "損益平衡銷售量"),
    kind: Kind::Number,
    work: |values| {
        let [fixed, price, variable, _, _] = take(values);
        Ok(UnitSales::new(fixed, price, variable)?.units_for(0.0))
    },
};

pub static CALCULATOR: Calculator = Calculator {
    id: "units",
    title: ("Units and revenue", "銷售量與營收"),
    question: (
        "How many units must be sold before the fixed cost is covered?",
        "要賣多少單位，才能回收固定成本？",
    ),
    assumes: (
        "One price, one variable cost and one fixed cost at every volume; what is made is sold (cost–volume–profit analysis; Horngren, Datar & Rajan, Cost Accounting). The example: a mailing of 40,000 pieces at 0.62 is a fixed cost of 24,800, and a sale at 100 contributes the course's 35.",
        "假設售價、單位變動成本與固定成本不隨數量改變，而且做多少賣多少（成本—數量—利潤分析；Horngren、Datar 與 Rajan，Cost Accounting）。預設的例子：寄 40,000 件、每件 0.62，固定成本是 24,800；每件賣 100，邊際貢獻就是課程的 35。",
    ),
    slides: &["B"],
    inputs: INPUTS,
    grid: None,
    model: Some(&MODEL),
    answer,
};

fn answer(given: &Given, reader: Reader) -> Result<Answer, Refused> {
    let values = &given.values;
    let [fixed, price, variable, target, expected] = take(values);
    let sales = UnitSales::new(fixed, price, variable)?;
    let (exact, wanted) = (sales.units_for(0.0), countable(sales.units_for(target))?);
    let (units, wanted_units) = (rounded_up(exact), rounded_up(wanted));
    let count = |units: f64| reader.number(units, 0);
    let profit = sales.profit(expected);

    let main = Figure::new(reader.pick("Break-even volume", "損益平衡銷售量"), count(units), units).note(
        reader.pick(
            format!("{} before rounding; whole units, rounded up", reader.number(exact, 2)),
            format!("進位前 {}；單位數無條件進位", reader.number(exact, 2)),
        ),
    );
    let safety = match sales.margin_of_safety(expected) {
        Some(share) => {
            Figure::new(reader.pick("Margin of safety", "安全邊際"), reader.percent(share, 1), share)
                .note(reader.pick("of the expected sales may be lost", "的預期銷售量可以損失，仍不虧損"))
        }
        None => Figure::none(reader.pick("Margin of safety", "安全邊際"))
            .note(reader.pick("nothing is expected to be sold", "預期銷售量是 0")),
    };
    let safety = if profit < 0.0 && safety.number.is_some() {
        safety.note(reader.pick("below 0: the expected sales make a loss", "小於 0：預期銷售量會虧損"))
    } else {
        safety
    };
    let leverage = match sales.operating_leverage(expected) {
        Some(leverage) => {
            Figure::new(reader.pick("Operating leverage", "營運槓桿"), reader.number(leverage, 2), leverage)
                .note(reader.pick(
                    format!("1% more sales, {}% more profit", reader.number(leverage, 2)),
                    format!("銷售量增 1%，利潤增 {}%", reader.number(leverage, 2)),
                ))
        }
        None => Figure::none(reader.pick("Operating leverage", "營運槓桿"))
            .note(reader.pick("only where the expected sales earn something", "預期銷售量有利潤時才有意義")),
    };
    let figures = vec![
        Figure::new(
            reader.pick("Break-even revenue", "損益平衡營收"),
            reader.money(sales.revenue(exact)),
            sales.revenue(exact),
        )
        .note(reader.pick(
            format!("contribution margin ratio {}", reader.percent(sales.contribution() / price, 1)),
            format!("邊際貢獻率 {}", reader.percent(sales.contribution() / price, 1)),
        )),
        Figure::new(reader.pick("For the target profit", "達成目標利潤"), count(wanted_units), wanted_units)
            .note(reader.pick(
                format!("units earn {}", reader.money(target)),
                format!("單位，利潤 {}", reader.money(target)),
            )),
        Figure::new(
            reader.pick("Profit at expected sales", "預期銷售量的利潤"),
            reader.money(profit),
            profit,
        ),
        safety,
        leverage,
    ];

    let to = [2.0 * exact, wanted * 1.1, expected * 1.1, 10.0].into_iter().fold(0.0, f64::max);
    let places = places(to, Some(exact));
    let sides = vec![
        Side::new(reader.pick("Revenue", "營收"), Role::Accent2, &places, |units| sales.revenue(units)),
        Side::new(reader.pick("Total cost", "總成本"), Role::Below, &places, |units| sales.cost(units)),
    ];
    let crossing = Crossing { x: exact, sides: [sales.revenue(exact), sales.cost(exact)] };
    let title = reader.pick(
        format!("From {} units on there is a profit", count(units)),
        format!("賣到 {} 單位起開始獲利", count(units)),
    );
    let subtitle = reader.pick(
        format!(
            "Each unit contributes {} to the fixed cost of {}",
            reader.price(sales.contribution()),
            reader.money(fixed)
        ),
        format!(
            "每單位貢獻 {}，用來回收固定成本 {}",
            reader.price(sales.contribution()),
            reader.money(fixed)
        ),
    );
    let axes = Axes {
        x: reader.pick("Units sold", "銷售量").into(),
        y: reader.pick("Amount", "金額").into(),
        write_x: &count,
        write_y: &|amount| reader.money(amount),
        side: reader.pick("Side", "項目").into(),
    };
    let label =
        reader.pick(format!("loss ← {} → profit", count(units)), format!("虧損 ← {} → 獲利", count(units)));
    let marked = vec![Reference { at: expected, label: reader.pick("expected", "預期").into() }];
    let chart = picture(title, subtitle, axes, sides, Some((crossing, label)), marked);

    let (f, p, v, t, q) = (
        reader.price(fixed),
        reader.price(price),
        reader.price(variable),
        reader.price(target),
        count(expected),
    );
    let (c, contribution) = (reader.price(sales.contribution()), sales.contribution() * expected);
    let mut steps = vec![
        step(
            reader.pick(
                "What a unit contributes: its price less its variable cost",
                "每單位的邊際貢獻：售價減變動成本",
            ),
            "c = p − v",
            &[("p", &p), ("v", &v)],
            c.clone(),
        ),
        step(
            reader.pick(
                "Break-even volume: the fixed cost over the contribution of a unit",
                "損益平衡銷售量：固定成本除以單位邊際貢獻",
            ),
            "Q = F / c",
            &[("F", &f), ("c", &c)],
            reader.number(exact, 2),
        ),
        rounding(
            reader.pick(
                "Units are whole: one unit less would leave a loss",
                "單位數是整數，少賣一單位就還有虧損，因此無條件進位",
            ),
            reader.number(exact, 2),
            count(units),
        ),
        step(
            reader.pick("Break-even revenue: that volume at the price", "損益平衡營收：該數量乘以售價"),
            "S = Q × p",
            &[("Q", &reader.number(exact, 2)), ("p", &p)],
            reader.money(sales.revenue(exact)),
        ),
        step(
            reader.pick(
                "With a target profit, it is to be covered like the fixed cost",
                "若有目標利潤，與固定成本一樣要由貢獻來支應",
            ),
            "Q_t = (F + T) / c",
            &[("F", &f), ("T", &t), ("c", &c)],
            reader.number(wanted, 2),
        ),
    ];
    if let Some(share) = sales.margin_of_safety(expected) {
        steps.push(step(
            reader.pick(
                "Margin of safety: how far expected sales lie above break-even",
                "安全邊際：預期銷售量高出損益平衡點的比例",
            ),
            "M = (Q_e − Q) / Q_e",
            &[("Q_e", &q), ("Q", &reader.number(exact, 2))],
            reader.percent(share, 1),
        ));
    }
    if let Some(leverage) = sales.operating_leverage(expected) {
        steps.push(step(
            reader.pick(
                "Operating leverage: contribution over profit at expected sales",
                "營運槓桿：預期銷售量的邊際貢獻除以利潤",
            ),
            "DOL = (Q_e × c) / (Q_e × c − F)",
            &[("Q_e", &q), ("c", &c), ("F", &f)],
            format!(
                "{} / {} = {}",
                reader.money(contribution),
                reader.money(profit),
                reader.number(leverage, 2)
            ),
        ));
    }
    Ok(Answer { main, figures, notes: Vec::new(), crossing: Some(crossing), charts: vec![chart], steps })
}
