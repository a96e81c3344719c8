//! The course's break-even response rate, with what a campaign costs whatever comes back and what an offer costs.

use crate::charts::spec::{Reference, Role};
use crate::core::inputs::{Input, Kind, Values};
use crate::core::reader::Reader;
use crate::core::response::{Economics, break_even_index, hughes_test_size};
use crate::core::sensitivity::Model;
use crate::core::typed::LARGEST;
use crate::core::whole::rounded_up;
use crate::tools::break_even::answer::{Answer, Crossing, Figure, Refused, rounding, step};
use crate::tools::break_even::calculator::{Calculator, Given, take};
use crate::tools::break_even::picture::{Axes, Side, picture, places};
use crate::tools::break_even::refusal::{Refusal, countable};

/// A mailing whose responses can pay for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response {
    /// Pieces mailed, > 0.
    pub mailed: f64,
    /// All costs that do not depend on responses, spread over the pieces, and what a response brings after the offer.
    pub economics: Economics,
}

impl Response {
    /// The break-even response rate BE = (c + K / N) / (π − o) with c = `cost_per_piece`, K = `fixed_cost` of the campaign,
    /// N = `mailed`, π = `profit_per_response` before mailing costs, and o = `offer_cost` of each response. With K = 0 and
    /// o = 0 it is the course's c / π.
    ///
    /// Source: Hughes, *Strategic Database Marketing* (1994); the course, slides A65–70.
    ///
    /// # Errors
    /// [`Refusal::OfferTakesProfit`] for π ≤ o > 0, [`Refusal::Economics`] for costs that cannot be used,
    /// [`Refusal::NoRateIsEnough`] where BE > 1.
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::Response;
    /// let deck = Response::new(40_000.0, 0.62, 35.0, 0.0, 0.0).unwrap();
    /// assert_eq!((deck.rate(), deck.responses()), (0.62 / 35.0, 709.0));
    /// assert!(Response::new(40_000.0, 0.62, 35.0, 0.0, 40.0).is_err());
    /// ```
    pub fn new(
        mailed: f64,
        cost_per_piece: f64,
        profit_per_response: f64,
        fixed_cost: f64,
        offer_cost: f64,
    ) -> Result<Response, Refusal> {
        let profit = profit_per_response - offer_cost;
        if profit <= 0.0 && offer_cost > 0.0 {
            return Err(Refusal::OfferTakesProfit { profit: profit_per_response, offer: offer_cost });
        }
        let economics =
            Economics::new(cost_per_piece + fixed_cost / mailed, profit).map_err(Refusal::Economics)?;
        if economics.break_even() > 1.0 {
            return Err(Refusal::NoRateIsEnough { rate: economics.break_even() });
        }
        Ok(Response { mailed, economics })
    }

    pub fn rate(self) -> f64 {
        self.economics.break_even()
    }

    /// Responses that are needed: whole ones, rounded up.
    pub fn responses(self) -> f64 {
        rounded_up(self.rate() * self.mailed)
    }

    /// What a response rate earns: N·(r·(π − o) − c) − K.
    pub fn profit(self, rate: f64) -> f64 {
        self.economics.expected(rate * self.mailed, self.mailed, 0.0)
    }

    pub fn cost(self) -> f64 {
        self.mailed * self.economics.cost
    }
}

const INPUTS: &[Input] = &[
    Input::whole("mailed", ("Pieces mailed", "寄出件數"), 40_000.0)
        .between(1.0, LARGEST)
        .help(("The course tests 40,000 of 800,000 customers.", "課程從 800,000 位顧客抽 40,000 位測試。")),
    Input::money("cost", ("Cost per piece", "每件郵寄成本"), 0.62),
    Input::money("profit", ("Net profit per response", "每筆回應的淨效益"), 35.0)
        .help(("Before the cost of mailing and of the offer.", "未扣除郵寄與優惠成本。")),
    Input::money("fixed", ("Fixed cost of the campaign", "活動固定成本"), 0.0)
        .help(("Design, copy, set-up: whatever is mailed.", "設計、文案、設定等，與件數無關。")),
    Input::money("offer", ("Offer cost per response", "每筆回應的優惠成本"), 0.0)
        .help(("A gift or a discount for everybody who responds.", "給每位回應者的贈品或折扣。")),
    Input::rate("rate", ("Expected response rate", "預期回應率"), 0.02)
        .help(("To see what it would earn.", "用來試算獲利。")),
];

static MODEL: Model = Model {
    inputs: INPUTS,
    title: ("Break-even response rate", "損益平衡回應率"),
    kind: Kind::Rate,
    work: |values| Ok(response(values)?.0.rate()),
};

pub static CALCULATOR: Calculator = Calculator {
    id: "response",
    title: ("Campaign response", "行銷活動回應率"),
    question: ("What response rate pays for a mailing?", "回應率要多少，郵寄才不虧本？"),
    assumes: (
        "The course's rule (slides A65–70; Hughes, Strategic Database Marketing, 1994): cost per piece over net profit per response, 0.62 / 35 = 1.77%. A fixed cost of the campaign is spread over the pieces; an offer is paid for each response. Rates are compared unrounded.",
        "課程的算法（投影片 A65–70；Hughes，1994，Strategic Database Marketing）：每件郵寄成本除以每筆回應的淨效益，0.62 / 35 = 1.77%。活動固定成本由寄出的每件分攤，優惠成本由每筆回應負擔。比較回應率時不先四捨五入。",
    ),
    slides: &["A65–70"],
    inputs: INPUTS,
    grid: None,
    model: Some(&MODEL),
    answer,
};

fn response(values: &Values) -> Result<(Response, f64), Refusal> {
    let [mailed, cost, profit, fixed, offer, expected] = take(values);
    Ok((Response::new(mailed, cost, profit, fixed, offer)?, expected))
}

fn answer(given: &Given, reader: Reader) -> Result<Answer, Refused> {
    let values = &given.values;
    let [mailed, cost, profit, fixed, offer, _] = take(values);
    let (mailing, expected) = response(values)?;
    countable(mailing.cost())?;
    let rate = mailing.rate();
    let (count, percent) = (|n: f64| reader.number(n, 0), |share: f64| reader.percent(share, 2));
    let earned = mailing.profit(expected);

    let main = Figure::new(reader.pick("Break-even response rate", "損益平衡回應率"), percent(rate), rate)
        .note(reader.pick(
            format!("about {}; compared unrounded", reader.significant(rate)),
            format!("約 {}；比較時不先四捨五入", reader.significant(rate)),
        ));
    let mut figures = vec![
        Figure::new(
            reader.pick("Responses needed", "需要的回應數"),
            count(mailing.responses()),
            mailing.responses(),
        )
        .note(reader.pick(
            format!("of {} pieces, rounded up", count(mailed)),
            format!("寄出 {} 件，無條件進位", count(mailed)),
        )),
        Figure::new(
            reader.pick("Profit at the expected rate", "預期回應率的獲利"),
            reader.money(earned),
            earned,
        )
        .note(match earned {
            gain if gain > 0.0 => {
                reader.pick(format!("{} pays", percent(expected)), format!("{} 有獲利", percent(expected)))
            }
            loss if loss < 0.0 => reader
                .pick(format!("{} does not pay", percent(expected)), format!("{} 會虧損", percent(expected))),
            _ => reader.pick("just breaks even".to_string(), "剛好損益平衡".to_string()),
        }),
    ];
    if let Some(index) = break_even_index(expected, rate) {
        figures.push(
            Figure::new(reader.pick("Break-even index", "損益平衡指數"), reader.number(index, 1), index)
                .note(reader.pick(
                    "per cent above (+) or below (−) break-even",
                    "高於（＋）或低於（−）損益平衡的百分比",
                )),
        );
    }
    if let Some(size) = hughes_test_size(rate) {
        figures.push(
            Figure::new(reader.pick("Test size per cell", "每區塊測試人數"), reader.count(size), size as f64)
                .note(reader.pick("Hughes' rule 4 / BE, rounded up", "Hughes 的經驗法則 4 / BE，無條件進位")),
        );
    }
    let places =
        places([2.0 * rate, 1.25 * expected, 0.001].into_iter().fold(0.0, f64::max).min(1.0), Some(rate));
    let (brought, spent) = (|r: f64| r * mailed * mailing.economics.profit, |_: f64| mailing.cost());
    let sides = vec![
        Side::new(reader.pick("Profit of the responses", "回應的效益"), Role::Accent2, &places, brought),
        Side::new(reader.pick("Cost of the mailing", "郵寄成本"), Role::Below, &places, spent),
    ];
    let crossing = Crossing { x: rate, sides: [brought(rate), spent(rate)] };
    let title = reader.pick(
        format!("A mailing pays from a response rate of {} on", percent(rate)),
        format!("回應率達 {} 起，郵寄才划算", percent(rate)),
    );
    let subtitle = reader.pick(
        format!("{} of {} pieces must be answered", count(mailing.responses()), count(mailed)),
        format!("{} 件中要有 {} 件回應", count(mailed), count(mailing.responses())),
    );
    let axes = Axes {
        x: reader.pick("Response rate", "回應率").into(),
        y: reader.pick("Amount", "金額").into(),
        write_x: &percent,
        write_y: &|amount| reader.money(amount),
        side: reader.pick("Side", "項目").into(),
    };
    let label =
        reader.pick(format!("loss ← {} → profit", percent(rate)), format!("虧損 ← {} → 獲利", percent(rate)));
    let marked = vec![Reference { at: expected, label: reader.pick("expected", "預期").into() }];
    let chart = picture(title, subtitle, axes, sides, Some((crossing, label)), marked);

    let (c, p, k, o, n) =
        (reader.price(cost), reader.price(profit), reader.price(fixed), reader.price(offer), count(mailed));
    let (piece, left) = (reader.significant(mailing.economics.cost), reader.price(mailing.economics.profit));
    let mut steps = Vec::new();
    if fixed > 0.0 {
        steps.push(step(
            reader.pick("What a piece costs with its part of the fixed cost", "每件成本加上分攤的固定成本"),
            "c_1 = c + K / N",
            &[("c", &c), ("K", &k), ("N", &n)],
            piece.clone(),
        ));
    }
    if offer > 0.0 {
        steps.push(step(
            reader.pick("What a response brings after the offer", "每筆回應扣除優惠後的淨效益"),
            "π_1 = π − o",
            &[("π", &p), ("o", &o)],
            left.clone(),
        ));
    }
    let (top, bottom) = (if fixed > 0.0 { "c_1" } else { "c" }, if offer > 0.0 { "π_1" } else { "π" });
    steps.extend([
        step(
            reader.pick(
                "Break-even response rate: what a piece costs over what a response brings",
                "損益平衡回應率：每件成本除以每筆回應的淨效益",
            ),
            &format!("BE = {top} / {bottom}"),
            &[("c", &c), ("π", &p), ("c_1", &piece), ("π_1", &left)],
            format!("{} = {}", reader.significant(rate), percent(rate)),
        ),
        rounding(
            reader.pick(
                "Responses are whole: one less would leave a loss",
                "回應數是整數，少一筆就還有虧損，因此無條件進位",
            ),
            format!("{} × {}", reader.significant(rate), n),
            count(mailing.responses()),
        ),
        step(
            reader.pick("What the expected rate earns", "預期回應率的獲利"),
            &format!("G = N × r × {bottom} − N × {top}"),
            &[("N", &n), ("r", &percent(expected)), ("π", &p), ("π_1", &left), ("c", &c), ("c_1", &piece)],
            reader.money(earned),
        ),
    ]);
    Ok(Answer { main, figures, notes: Vec::new(), crossing: Some(crossing), charts: vec![chart], steps })
}
