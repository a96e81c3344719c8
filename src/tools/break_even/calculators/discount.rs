//! A price cut: how much more must be sold to earn as much as before.

use crate::charts::spec::{Callout, Reference, Role};
use crate::core::inputs::{Input, Kind, Values};
use crate::core::reader::Reader;
use crate::core::sensitivity::Model;
use crate::core::typed::LARGEST;
use crate::core::whole::rounded_up;
use crate::tools::break_even::answer::{Answer, Crossing, Figure, Refused, rounding, step};
use crate::tools::break_even::calculator::{Calculator, Given, take};
use crate::tools::break_even::picture::{Axes, Side, picture, places};
use crate::tools::break_even::refusal::{Refusal, countable};

/// A price that is changed, with a contribution left before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceCut {
    pub price: f64,
    pub variable_cost: f64,
    /// Units sold at the old price.
    pub units: f64,
    /// Share of the old price that is cut; below 0 the price is raised.
    pub cut: f64,
    /// What announcing the price costs, once.
    pub extra_cost: f64,
}

impl PriceCut {
    /// # Errors
    /// [`Refusal::NoContribution`] where a unit contributes nothing at the old price, [`Refusal::CutTakesContribution`]
    /// where it contributes nothing at the new one.
    pub fn checked(self) -> Result<PriceCut, Refusal> {
        let PriceCut { price, variable_cost, .. } = self;
        if self.contribution_before() <= 0.0 {
            return Err(Refusal::NoContribution { price, variable_cost });
        }
        if self.contribution_after() <= 0.0 {
            return Err(Refusal::CutTakesContribution { price: self.new_price(), variable_cost });
        }
        countable(self.units_needed())?;
        Ok(self)
    }

    pub fn new_price(self) -> f64 {
        self.price * (1.0 - self.cut)
    }

    pub fn contribution_before(self) -> f64 {
        self.price - self.variable_cost
    }

    pub fn contribution_after(self) -> f64 {
        self.new_price() - self.variable_cost
    }

    /// Units at the new price that earn as much as before: Q₁ = (Q₀ (p − v) + K) / (p (1 − d) − v) with Q₀ = `units`,
    /// p = `price`, v = `variable_cost`, d = `cut` and K = `extra_cost`.
    ///
    /// With K = 0 the relative change is −Δp / (c + Δp) with Δp = −d·p, c = p − v. Source: Nagle & Holden, *The Strategy
    /// and Tactics of Pricing* (break-even sales change).
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::PriceCut;
    /// let cut = PriceCut { price: 10.0, variable_cost: 6.0, units: 100.0, cut: 0.25, extra_cost: 0.0 };
    /// assert_eq!(cut.checked().unwrap().units_needed(), 100.0 * 4.0 / 1.5);
    /// assert!(PriceCut { cut: 0.4, ..cut }.checked().is_err());
    /// ```
    pub fn units_needed(self) -> f64 {
        (self.units * self.contribution_before() + self.extra_cost) / self.contribution_after()
    }

    /// The change of volume that breaks even: Q₁ / Q₀ − 1.
    pub fn extra_volume(self) -> f64 {
        self.units_needed() / self.units - 1.0
    }
}

const INPUTS: &[Input] = &[
    Input::money("price", ("Price now", "目前售價"), 100.0),
    Input::money("variable", ("Variable cost per unit", "單位變動成本"), 65.0),
    Input::whole("units", ("Units sold now", "目前銷售量"), 1_000.0).between(1.0, LARGEST),
    Input::rate("cut", ("Price cut", "降價幅度"), 0.1)
        .between(-1.0, 0.99)
        .help(("Below 0 for a price rise.", "漲價請填負數。")),
    Input::money("extra", ("Cost of the promotion", "促銷活動成本"), 0.0)
        .help(("Advertising the new price, once.", "宣傳新價格的一次性支出。")),
];

static MODEL: Model = Model {
    inputs: INPUTS,
    title: ("Extra volume needed", "需要增加的銷售量"),
    kind: Kind::Rate,
    work: |values| Ok(cut(values)?.extra_volume()),
};

pub static CALCULATOR: Calculator = Calculator {
    id: "discount",
    title: ("Price cut or discount", "降價或折扣"),
    question: ("How much more must be sold to make up for a lower price?", "降價之後，要多賣多少才不吃虧？"),
    assumes: (
        "Everybody gets the new price, also those who would have paid the old one, and the variable cost stays (Nagle & Holden, The Strategy and Tactics of Pricing). A negative cut is a price rise: the answer is then how much volume may be lost.",
        "假設所有顧客都適用新價，包括原本願意付原價的人，而單位變動成本不變（Nagle 與 Holden，The Strategy and Tactics of Pricing）。幅度填負數表示漲價，答案是可以少賣多少。",
    ),
    slides: &["A28", "B"],
    inputs: INPUTS,
    grid: None,
    model: Some(&MODEL),
    answer,
};

fn cut(values: &Values) -> Result<PriceCut, Refusal> {
    let [price, variable_cost, units, cut, extra_cost] = take(values);
    PriceCut { price, variable_cost, units, cut, extra_cost }.checked()
}

fn signed(share: f64, reader: Reader) -> String {
    let written = reader.percent(share, 1);
    if share > 0.0 { format!("+{written}") } else { written }
}

fn answer(given: &Given, reader: Reader) -> Result<Answer, Refused> {
    let values = &given.values;
    let cut = cut(values)?;
    let (before, after, exact) = (cut.contribution_before(), cut.contribution_after(), cut.units_needed());
    let whole = rounded_up(exact);
    let count = |units: f64| reader.number(units, 0);
    let raised = cut.cut < 0.0;

    let main = Figure::new(
        reader.pick("Change of volume that breaks even", "損益平衡的銷量變化"),
        signed(cut.extra_volume(), reader),
        cut.extra_volume(),
    )
    .note(if cut.extra_volume() < 0.0 {
        reader.pick("so much volume may be lost", "最多可以少賣這麼多")
    } else {
        reader.pick("so much more must be sold", "必須多賣這麼多")
    });
    let extra = whole - cut.units;
    let figures = vec![
        Figure::new(reader.pick("Units at the new price", "新價格下的銷售量"), count(whole), whole).note(
            reader.pick(
                format!("{}{} units; rounded up", if extra > 0.0 { "+" } else { "" }, count(extra)),
                format!("{}{} 單位；無條件進位", if extra > 0.0 { "＋" } else { "" }, count(extra)),
            ),
        ),
        Figure::new(
            reader.pick("New price", "新售價"),
            reader.price(hundredths(cut.new_price())),
            cut.new_price(),
        ),
        Figure::new(
            reader.pick("Contribution per unit", "單位邊際貢獻"),
            reader.price(hundredths(after)),
            after,
        )
        .note(reader.pick(
            format!(
                "before {}, {} of it lost",
                reader.price(before),
                reader.percent(1.0 - after / before, 1)
            ),
            format!("原為 {}，減少 {}", reader.price(before), reader.percent(1.0 - after / before, 1)),
        )),
    ];
    let figures = if raised {
        let mut figures = figures;
        figures[2] = figures[2].clone().note(
            reader.pick(format!("before {}", reader.price(before)), format!("原為 {}", reader.price(before))),
        );
        figures
    } else {
        figures
    };

    let places = places([1.5 * exact, 1.5 * cut.units].into_iter().fold(0.0, f64::max), Some(exact));
    // What the promotion costs must be earned back, too.
    let (old, new) = (cut.units * before + cut.extra_cost, |units: f64| units * after);
    let as_before = match cut.extra_cost > 0.0 {
        true => reader.pick("As before, and the promotion", "維持原價，加促銷成本"),
        false => reader.pick("As before", "維持原價"),
    };
    let sides = vec![
        Side::new(reader.pick("At the new price", "新價格"), Role::Accent2, &places, new),
        Side::new(as_before, Role::Below, &places, |_| old),
    ];
    let crossing = Crossing { x: exact, sides: [new(exact), old] };
    let title = reader.pick(
        format!("The new price needs {} units to earn what {} earn now", count(whole), count(cut.units)),
        format!("新價格要賣 {} 單位，才賺得到現在 {} 單位的貢獻", count(whole), count(cut.units)),
    );
    let subtitle = reader.pick("What all units contribute", "全部銷售量的邊際貢獻");
    let axes = Axes {
        x: reader.pick("Units sold", "銷售量").into(),
        y: reader.pick("Contribution", "貢獻").into(),
        write_x: &count,
        write_y: &|amount| reader.money(amount),
        side: reader.pick("Price", "價格").into(),
    };
    let label =
        reader.pick(format!("worse ← {} → better", count(whole)), format!("較差 ← {} → 較好", count(whole)));
    let marked = vec![Reference { at: cut.units, label: reader.pick("now", "目前").into() }];
    let charts = vec![
        picture(title, subtitle.into(), axes, sides, Some((crossing, label)), marked),
        by_depth(cut, reader),
    ];

    let (p, v, d) = (reader.price(cut.price), reader.price(cut.variable_cost), reader.percent(cut.cut, 1));
    let (c0, c1) = (reader.price(before), reader.price(hundredths(after)));
    let steps = vec![
        step(
            reader.pick("What a unit contributes now", "目前每單位的邊際貢獻"),
            "c_0 = p − v",
            &[("p", &p), ("v", &v)],
            c0.clone(),
        ),
        step(
            reader.pick(
                "What it contributes at the new price: the whole cut comes out of the contribution",
                "新價格下的邊際貢獻：降價全部由貢獻吸收",
            ),
            "c_1 = p × (1 − d) − v",
            &[("p", &p), ("v", &v), ("d", &d)],
            c1.clone(),
        ),
        step(
            reader.pick(
                "Units that earn as much as before, and the cost of the promotion",
                "賺回原有貢獻與促銷活動成本所需的銷售量",
            ),
            "Q_1 = (Q_0 × c_0 + K) / c_1",
            &[("Q_0", &count(cut.units)), ("c_0", &c0), ("K", &reader.price(cut.extra_cost)), ("c_1", &c1)],
            reader.number(exact, 2),
        ),
        rounding(
            reader.pick("Whole units, rounded up", "單位數無條件進位"),
            reader.number(exact, 2),
            count(whole),
        ),
        step(
            reader.pick("The change of volume", "銷量變化"),
            "g = Q_1 / Q_0 − 1",
            &[("Q_1", &reader.number(exact, 2)), ("Q_0", &count(cut.units))],
            signed(cut.extra_volume(), reader),
        ),
    ];
    Ok(Answer { main, figures, notes: Vec::new(), crossing: Some(crossing), charts, steps })
}

fn hundredths(amount: f64) -> f64 {
    (amount * 1e4).round() / 1e4
}

/// Deeper cuts need disproportionately more volume; where the whole contribution goes, no volume is enough.
fn by_depth(cut: PriceCut, reader: Reader) -> crate::charts::spec::ChartSpec {
    // Up to nine tenths of the contribution: beyond, the curve leaves every scale.
    let deepest = 0.9 * cut.contribution_before() / cut.price;
    let places = places(deepest.max(cut.cut), Some(cut.cut).filter(|&cut| cut > 0.0));
    let extra = |depth: f64| PriceCut { cut: depth, ..cut }.extra_volume();
    let side = Side::new(reader.pick("Extra volume needed", "需要增加的銷量"), Role::Accent2, &places, extra);
    let (percent, whole) = (|share: f64| reader.percent(share, 1), |share: f64| reader.percent(share, 0));
    let axes = Axes {
        x: reader.pick("Price cut", "降價幅度").into(),
        y: reader.pick("Extra volume needed", "需要增加的銷量").into(),
        write_x: &percent,
        write_y: &whole,
        side: String::new(),
    };
    let ten = extra(0.1_f64.min(deepest));
    let title = reader.pick(
        "Every further point of a cut costs more volume than the one before",
        "降得越深，每多降一個百分點要多賣的量越大",
    );
    let subtitle = reader.pick(
        format!("A cut of {} needs {} more volume", percent(0.1_f64.min(deepest)), percent(ten)),
        format!("降價 {} 要多賣 {}", percent(0.1_f64.min(deepest)), percent(ten)),
    );
    let mut spec = picture(title.into(), subtitle, axes, vec![side], None, Vec::new());
    if let (crate::charts::spec::Marks::Lines(lines), true) = (&mut spec.marks, cut.cut > 0.0) {
        let label = format!("{} → {}", percent(cut.cut), signed(cut.extra_volume(), reader));
        lines.callouts.push(Callout { x: cut.cut, y: cut.extra_volume(), label });
    }
    spec
}
