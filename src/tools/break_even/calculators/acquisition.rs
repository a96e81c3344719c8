//! Winning a customer: what it costs, and after how many months it is paid back when some leave every month.

use crate::charts::spec::Role;
use crate::core::inputs::{Input, Kind, Values};
use crate::core::reader::Reader;
use crate::core::sensitivity::Model;
use crate::core::typed::LARGEST;
use crate::core::whole::rounded_up;
use crate::tools::break_even::answer::{Answer, Crossing, Figure, Refused, rounding, step};
use crate::tools::break_even::calculator::{Calculator, Given, take};
use crate::tools::break_even::picture::{Axes, Side, picture, places};
use crate::tools::break_even::refusal::{Refusal, countable};

/// Customers that pay back what winning them cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Acquisition {
    /// Of one customer, in units of the currency: CAC.
    pub cost: f64,
    /// What one active customer brings in a month, > 0.
    pub margin_per_month: f64,
    /// Of the customers of one month, the share that is there in the next: 0 ≤ r ≤ 1.
    pub retention_per_month: f64,
}

impl Acquisition {
    /// # Errors
    /// [`Refusal::NeverPaysBack`] where all months together do not bring the cost.
    pub fn checked(self) -> Result<Acquisition, Refusal> {
        // Where the cost is all that there ever is, the last digit of a quotient must not make it pay back some day.
        if let Some(most) = self.lifetime_margin().filter(|&most| self.cost >= most * (1.0 - 1e-12)) {
            return Err(Refusal::NeverPaysBack { cost: self.cost, most });
        }
        countable(self.payback_months())?;
        Ok(self)
    }

    /// What a customer won has brought after n months on average: m (1 − rⁿ) / (1 − r) with m = `margin_per_month` and
    /// r = `retention_per_month`; m·n where nobody leaves. Margins come at the end of each month, the first one from
    /// everybody.
    pub fn earned(self, months: f64) -> f64 {
        let Acquisition { margin_per_month: m, retention_per_month: r, .. } = self;
        match r {
            1.0 => m * months,
            // Everybody leaves after the first month.
            0.0 => m * months.min(1.0),
            _ => m * -libm::expm1(months * libm::log(r)) / (1.0 - r),
        }
    }

    /// All that a customer ever brings, without discounting: m / (1 − r). `None` where nobody leaves: without bound.
    pub fn lifetime_margin(self) -> Option<f64> {
        (self.retention_per_month < 1.0).then(|| self.margin_per_month / (1.0 - self.retention_per_month))
    }

    /// Months until the cost is earned, which need not be whole: n = ln(1 − CAC (1 − r) / m) / ln r, and CAC / m where
    /// nobody leaves.
    ///
    /// It is m (1 − rⁿ) / (1 − r) = CAC solved for n: the annuity of Gupta & Lehmann, *Managing Customers as Investments*
    /// (2005), cut off after n months and not discounted.
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::Acquisition;
    /// let stays = Acquisition { cost: 600.0, margin_per_month: 60.0, retention_per_month: 1.0 };
    /// assert_eq!(stays.payback_months(), 10.0);
    /// // 5 % leave each month: ln 0.5 / ln 0.95.
    /// let leaves = Acquisition { retention_per_month: 0.95, ..stays };
    /// assert!((leaves.payback_months() - 13.5134).abs() < 1e-4);
    /// assert!(Acquisition { retention_per_month: 0.9, ..stays }.checked().is_err());
    /// ```
    pub fn payback_months(self) -> f64 {
        let Acquisition { cost, margin_per_month: m, retention_per_month: r } = self;
        match r {
            1.0 => cost / m,
            // A part of the only month.
            0.0 => cost / m,
            _ => libm::log1p(-cost * (1.0 - r) / m) / libm::log(r) + 0.0,
        }
    }
}

const INPUTS: &[Input] = &[
    Input::money("spend", ("Spending on acquisition", "取得新顧客的支出"), 60_000.0)
        .help(("Advertising, commission, first gifts of a period.", "一段期間的廣告、佣金、首購贈品等。")),
    Input::whole("won", ("New customers", "新顧客人數"), 100.0)
        .between(1.0, LARGEST)
        .help(("Won by that spending.", "由這些支出取得。")),
    Input::money("margin", ("Margin per customer and month", "每位顧客每月毛利"), 60.0),
    Input::rate("retention", ("Retention per month", "每月保留率"), 0.95).help((
        "Of the customers of one month, how many are there in the next.",
        "這個月的顧客有多少在下個月仍是顧客。",
    )),
];

static MODEL: Model = Model {
    inputs: INPUTS,
    title: ("Payback in months", "回收期（月）"),
    kind: Kind::Number,
    work: |values| Ok(acquisition(values)?.payback_months()),
};

pub static CALCULATOR: Calculator = Calculator {
    id: "acquisition",
    title: ("Acquisition", "取得新顧客"),
    question: (
        "After how many months has a new customer paid back what winning it cost?",
        "取得一位新顧客的成本，要幾個月才能回收？",
    ),
    assumes: (
        "The same margin each month from everybody who is still there, at the end of the month and not discounted; the first month is earned on everybody, and the same share stays each month. The course: winning costs 5 to 7 times as much as keeping (slides A5, A31).",
        "假設每月月底由仍在的顧客帶來相同毛利，不折現；第一個月所有人都還在，之後每月以相同比例留下。課程：取得新顧客的成本是留住舊顧客的 5 到 7 倍（投影片 A5、A31）。",
    ),
    slides: &["A5", "A28", "A31", "A59"],
    inputs: INPUTS,
    grid: None,
    model: Some(&MODEL),
    answer,
};

fn acquisition(values: &Values) -> Result<Acquisition, Refusal> {
    let [spend, won, margin_per_month, retention_per_month] = take(values);
    let cost = countable(spend / won)?;
    Acquisition { cost, margin_per_month, retention_per_month }.checked()
}

fn answer(given: &Given, reader: Reader) -> Result<Answer, Refused> {
    let values = &given.values;
    let [spend, won, margin, retention] = take(values);
    let won_customer = acquisition(values)?;
    let (cost, exact) = (won_customer.cost, won_customer.payback_months());
    let months = rounded_up(exact);
    let count = |months: f64| reader.number(months, 0);
    let unit = |n: f64| reader.pick(if n == 1.0 { " month" } else { " months" }, " 個月");
    let all_stay = Acquisition { retention_per_month: 1.0, ..won_customer }.payback_months();

    let main =
        Figure::new(reader.pick("Payback", "回收期"), format!("{}{}", count(months), unit(months)), months)
            .note(reader.pick(
                format!(
                    "{} before rounding; margins come at the end of a month, rounded up",
                    reader.number(exact, 2)
                ),
                format!("進位前 {}；毛利在月底入帳，無條件進位", reader.number(exact, 2)),
            ));
    let mut figures = vec![
        Figure::new(reader.pick("Acquisition cost (CAC)", "新顧客建立成本（CAC）"), reader.money(cost), cost)
            .note(reader.pick("per new customer", "每位新顧客")),
        Figure::new(
            reader.pick("If nobody left", "若無人流失"),
            format!("{}{}", count(rounded_up(all_stay)), unit(rounded_up(all_stay))),
            rounded_up(all_stay),
        ),
    ];
    match won_customer.lifetime_margin() {
        Some(most) => {
            figures.push(
                Figure::new(reader.pick("Lifetime margin", "終身毛利"), reader.money(most), most)
                    .note(reader.pick("all months, not discounted", "全部月份，不折現")),
            );
            if cost > 0.0 {
                figures.push(
                    Figure::new(
                        reader.pick("Lifetime margin : CAC", "終身毛利：CAC"),
                        reader.pick(
                            format!("{} : 1", reader.number(most / cost, 1)),
                            format!("{}：1", reader.number(most / cost, 1)),
                        ),
                        most / cost,
                    )
                    .note(reader.pick("above 1 it pays back some day", "大於 1 終能回收")),
                );
            }
        }
        None => figures.push(
            Figure::none(reader.pick("Lifetime margin", "終身毛利"))
                .note(reader.pick("nobody leaves: without bound", "無人流失：沒有上限")),
        ),
    }

    let places = places([2.0 * months, 12.0].into_iter().fold(0.0, f64::max), Some(exact));
    let sides = vec![
        Side::new(reader.pick("Margin earned", "累計毛利"), Role::Accent2, &places, |n| {
            won_customer.earned(n)
        }),
        Side::new("CAC", Role::Below, &places, |_| cost),
    ];
    let crossing = Crossing { x: exact, sides: [won_customer.earned(exact), cost] };
    let title = reader.pick(
        format!("A new customer is paid back after {}{}", count(months), unit(months)),
        format!("新顧客的取得成本在 {} 個月後回收", count(months)),
    );
    let subtitle = reader.pick(
        format!(
            "What an average new customer has brought, with {} leaving each month",
            reader.percent(1.0 - retention, 1)
        ),
        format!("平均每位新顧客的累計毛利，每月流失 {}", reader.percent(1.0 - retention, 1)),
    );
    let axes = Axes {
        x: reader.pick("Months", "月").into(),
        y: reader.pick("Amount per new customer", "每位新顧客金額").into(),
        write_x: &|n| reader.number(n, 1),
        write_y: &|amount| reader.money(amount),
        side: reader.pick("Side", "項目").into(),
    };
    let at = reader.number(exact, 1);
    let label = reader.pick(format!("not yet ← {at} → paid back"), format!("未回收 ← {at} → 已回收"));
    let chart = picture(title, subtitle, axes, sides, Some((crossing, label)), Vec::new());

    let (c, m, r) = (reader.price((cost * 1e4).round() / 1e4), reader.price(margin), reader.exact(retention));
    let mut steps = vec![step(
        reader.pick("What winning one customer costs", "取得一位顧客的成本"),
        "CAC = A / N",
        &[("A", &reader.price(spend)), ("N", &count(won))],
        c.clone(),
    )];
    let solved = reader
        .pick("Solved for the month in which the margin reaches the cost", "解出累計毛利等於成本的月數");
    if retention == 1.0 || retention == 0.0 {
        steps.push(step(solved, "n = CAC / m", &[("CAC", &c), ("m", &m)], reader.number(exact, 2)));
    } else {
        steps.push(step(
            reader.pick(
                "Margin after that many months: each month the share that stays is left",
                "經過 n 個月的累計毛利：每月只剩留下的比例",
            ),
            "S_n = m × (1 − r^n) / (1 − r)",
            &[("m", &m), ("r", &r), ("n", &reader.number(exact, 2))],
            reader.price((won_customer.earned(exact) * 100.0).round() / 100.0),
        ));
        steps.push(step(
            solved,
            "n = ln(1 − CAC × (1 − r) / m) / (ln(r))",
            &[("CAC", &c), ("m", &m), ("r", &r)],
            reader.number(exact, 2),
        ));
    }
    steps.push(rounding(
        reader.pick(
            "Margins come at the end of a month: whole months, rounded up",
            "毛利在月底入帳，月數無條件進位",
        ),
        reader.number(exact, 2),
        count(months),
    ));
    Ok(Answer { main, figures, notes: Vec::new(), crossing: Some(crossing), charts: vec![chart], steps })
}
