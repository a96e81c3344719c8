//! A retention programme: how many customers it must save, with those counted who take the reward and would have stayed.

use crate::charts::spec::{Reference, Role};
use crate::core::inputs::{Input, Kind, Values};
use crate::core::reader::Reader;
use crate::core::sensitivity::Model;
use crate::core::typed::LARGEST;
use crate::core::whole::rounded_up;
use crate::tools::break_even::answer::{Answer, Crossing, Figure, Refused, rounding, step};
use crate::tools::break_even::calculator::{Calculator, Given, take};
use crate::tools::break_even::picture::{Axes, Side, picture, places};
use crate::tools::break_even::refusal::Refusal;

/// A programme that is offered to customers of whom some would leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retention {
    pub customers: f64,
    /// The share that leaves without the programme, > 0.
    pub defection: f64,
    /// What a saved customer brings before its reward.
    pub value: f64,
    pub fixed_cost: f64,
    pub cost_per_customer: f64,
    /// Paid to everybody who takes it and stays.
    pub reward: f64,
    /// Of those who would have stayed anyway, the share that takes the reward.
    pub cannibalised: f64,
}

impl Retention {
    /// # Errors
    /// [`Refusal::RewardTakesValue`] where a saved customer brings nothing after the reward, [`Refusal::TooFewLeavers`]
    /// where more would have to be saved than would leave.
    pub fn checked(self) -> Result<Retention, Refusal> {
        if self.value <= self.reward {
            return Err(Refusal::RewardTakesValue { value: self.value, reward: self.reward });
        }
        let (needed, leavers) = (self.saved(), self.leavers());
        // Whole people, or a part of the last one when that is all there is.
        if needed > leavers {
            Err(Refusal::TooFewLeavers { needed: rounded_up(needed), leavers })
        } else {
            Ok(self)
        }
    }

    pub fn leavers(self) -> f64 {
        self.customers * self.defection
    }

    /// Rewards of customers who would have stayed: w·k·N (1 − q) with w = `reward`, k = `cannibalised`, N = `customers`
    /// and q = `defection`.
    pub fn wasted_rewards(self) -> f64 {
        self.reward * self.cannibalised * (self.customers - self.leavers())
    }

    /// What does not depend on how many are saved: K + c·N, and the wasted rewards.
    pub fn base_cost(self) -> f64 {
        self.fixed_cost + self.cost_per_customer * self.customers + self.wasted_rewards()
    }

    /// How many customers must be saved, who need not be whole: S = (K + c·N + w·k·N (1 − q)) / (V − w) with V = `value`.
    ///
    /// Every saved customer brings V and takes w; everything else is spent whether anybody is saved or not. Source: the
    /// incremental logic of Blattberg, Kim & Neslin, *Database Marketing* (2008), ch. 24.
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::Retention;
    /// let programme = Retention {
    ///     customers: 1000.0, defection: 0.2, value: 100.0, fixed_cost: 1000.0, cost_per_customer: 1.0, reward: 20.0,
    ///     cannibalised: 0.5,
    /// };
    /// // 1,000 + 1,000 + 20 · 0.5 · 800 = 10,000, and each saved customer leaves 80.
    /// assert_eq!(programme.checked().unwrap().saved(), 125.0);
    /// assert_eq!(programme.without_cannibals().saved(), 25.0);
    /// ```
    pub fn saved(self) -> f64 {
        self.base_cost() / (self.value - self.reward)
    }

    /// The same programme if only those took the reward who would have left.
    pub fn without_cannibals(self) -> Retention {
        Retention { cannibalised: 0.0, ..self }
    }

    pub fn brought(self, saved: f64) -> f64 {
        saved * self.value
    }

    pub fn cost(self, saved: f64) -> f64 {
        self.base_cost() + saved * self.reward
    }
}

const INPUTS: &[Input] = &[
    Input::whole("customers", ("Customers addressed", "方案對象人數"), 10_000.0).between(1.0, LARGEST),
    Input::rate("defection", ("Would leave without it", "沒有方案時的流失率"), 0.2),
    Input::money("value", ("Value of a saved customer", "留住一位顧客的價值"), 400.0)
        .help(("Margin still to come, before the reward.", "之後的毛利，未扣獎勵。")),
    Input::money("fixed", ("Fixed cost of the programme", "方案固定成本"), 50_000.0),
    Input::money("contact", ("Cost per customer addressed", "每位對象的聯繫成本"), 5.0),
    Input::money("reward", ("Reward", "獎勵"), 50.0)
        .help(("For everybody who takes it and stays.", "給每位領取並留下的顧客。")),
    Input::rate("cannibalised", ("Cannibalised rewards", "白領獎勵的比例"), 0.3).help((
        "Of those who would have stayed anyway, how many take the reward.",
        "原本就會留下的顧客中，有多少也領獎勵。",
    )),
];

static MODEL: Model = Model {
    inputs: INPUTS,
    title: ("Customers to save", "需要留住的顧客"),
    kind: Kind::Number,
    work: |values| Ok(programme(values)?.saved()),
};

pub static CALCULATOR: Calculator = Calculator {
    id: "retention",
    title: ("Retention programme", "顧客保留方案"),
    question: (
        "How many customers must a retention programme save to pay for itself?",
        "顧客保留方案要留住幾位顧客，才不虧本？",
    ),
    assumes: (
        "Who is saved stays and is worth the same as other customers; rewards taken by customers who would have stayed anyway are lost (Blattberg, Kim & Neslin, Database Marketing, 2008). Compare the course's five points fewer defections (slides A27, A59): they cost something, too.",
        "假設被留住的顧客與其他顧客同樣有價值；原本就不會離開的顧客也來領獎勵，這部分等於白花（Blattberg、Kim 與 Neslin，2008，Database Marketing）。課程說顧客流失減少 5%（投影片 A27、A59）——減少流失本身也要成本。",
    ),
    slides: &["A27", "A31", "A59"],
    inputs: INPUTS,
    grid: None,
    model: Some(&MODEL),
    answer,
};

fn programme(values: &Values) -> Result<Retention, Refusal> {
    let [customers, defection, value, fixed_cost, cost_per_customer, reward, cannibalised] = take(values);
    Retention { customers, defection, value, fixed_cost, cost_per_customer, reward, cannibalised }.checked()
}

fn answer(given: &Given, reader: Reader) -> Result<Answer, Refused> {
    let values = &given.values;
    let programme = programme(values)?;
    let (exact, leavers) = (programme.saved(), programme.leavers());
    let people = rounded_up(exact);
    let only_leavers = programme.without_cannibals().saved();
    let (count, percent) = (|people: f64| reader.number(people, 0), |share: f64| reader.percent(share, 1));
    let left = programme.defection - exact / programme.customers;

    let main = Figure::new(reader.pick("Customers to save", "需要留住的顧客"), count(people), people).note(
        reader.pick(
            format!("{} before rounding; whole people, rounded up", reader.number(exact, 2)),
            format!("進位前 {}；人數無條件進位", reader.number(exact, 2)),
        ),
    );
    let figures = vec![
        Figure::new(
            reader.pick("Of those who would leave", "佔會流失的顧客"),
            percent(exact / leavers),
            exact / leavers,
        )
        .note(reader.pick(format!("of {} customers", count(leavers)), format!("共 {} 位", count(leavers)))),
        Figure::new(reader.pick("Defection rate then", "方案後的流失率"), percent(left), left).note(
            reader.pick(
                format!(
                    "instead of {}: {} points less",
                    percent(programme.defection),
                    reader.number(100.0 * (programme.defection - left), 1)
                ),
                format!(
                    "原為 {}，降 {} 個百分點",
                    percent(programme.defection),
                    reader.number(100.0 * (programme.defection - left), 1)
                ),
            ),
        ),
        Figure::new(
            reader.pick("Without cannibalised rewards", "若沒有白領的獎勵"),
            count(rounded_up(only_leavers)),
            rounded_up(only_leavers),
        )
        .note(reader.pick("customers to save", "位需要留住")),
        Figure::new(
            reader.pick("Rewards to those who stay anyway", "白領的獎勵"),
            reader.money(programme.wasted_rewards()),
            programme.wasted_rewards(),
        ),
    ];

    let places = places([2.0 * exact, 10.0].into_iter().fold(0.0, f64::max), Some(exact));
    let mut sides = vec![
        Side::new(
            reader.pick("Value of the saved", "留住顧客的價值"),
            Role::Accent2,
            &places,
            |saved| programme.brought(saved),
        ),
        Side::new(reader.pick("Cost of the programme", "方案成本"), Role::Below, &places, |saved| {
            programme.cost(saved)
        }),
    ];
    if programme.wasted_rewards() > 0.0 {
        let cheaper = programme.without_cannibals();
        sides.push(Side::new(
            reader.pick("Cost, nobody cannibalises", "無白領獎勵時的成本"),
            Role::Neutral,
            &places,
            |saved| cheaper.cost(saved),
        ));
    }
    let crossing = Crossing { x: exact, sides: [programme.brought(exact), programme.cost(exact)] };
    let title = reader.pick(
        format!("The programme pays from {} saved customers on", count(people)),
        format!("留住 {} 位顧客起，方案才划算", count(people)),
    );
    let subtitle = reader.pick(
        format!("{} of those who would leave", percent(exact / leavers)),
        format!("佔會流失顧客的 {}", percent(exact / leavers)),
    );
    let axes = Axes {
        x: reader.pick("Customers saved", "留住的顧客").into(),
        y: reader.pick("Amount", "金額").into(),
        write_x: &count,
        write_y: &|amount| reader.money(amount),
        side: reader.pick("Side", "項目").into(),
    };
    let label =
        reader.pick(format!("loss ← {} → gain", count(people)), format!("虧損 ← {} → 獲益", count(people)));
    let five = 0.05 * programme.customers;
    let marked = vec![Reference { at: five, label: reader.pick("5 points", "5 個百分點").into() }];
    let marked = if five <= 2.0 * exact { marked } else { Vec::new() };
    let chart = picture(title, subtitle, axes, sides, Some((crossing, label)), marked);
    let notes = five_points(programme, five, reader);

    let (n, q, w, k) = (
        count(programme.customers),
        percent(programme.defection),
        reader.price(programme.reward),
        percent(programme.cannibalised),
    );
    let (wasted, base) = (reader.money(programme.wasted_rewards()), reader.money(programme.base_cost()));
    let steps = vec![
        step(
            reader.pick("Rewards of those who would have stayed anyway", "原本就會留下的顧客領走的獎勵"),
            "R = w × k × N × (1 − q)",
            &[("w", &w), ("k", &k), ("N", &n), ("q", &q)],
            wasted.clone(),
        ),
        step(
            reader.pick("What is spent whether anybody is saved or not", "不論留住幾位都要支出的成本"),
            "C = K + c × N + R",
            &[
                ("K", &reader.price(programme.fixed_cost)),
                ("c", &reader.price(programme.cost_per_customer)),
                ("N", &n),
                ("R", &wasted),
            ],
            base.clone(),
        ),
        step(
            reader.pick(
                "Customers to save: that cost over what a saved customer leaves after its reward",
                "需要留住的顧客：上述成本除以每位被留住顧客扣除獎勵後的價值",
            ),
            "S = C / (V − w)",
            &[("C", &base), ("V", &reader.price(programme.value)), ("w", &w)],
            reader.number(exact, 2),
        ),
        rounding(
            reader.pick("Whole people, rounded up", "人數無條件進位"),
            reader.number(exact, 2),
            count(people),
        ),
        step(
            reader.pick("Of those who would leave", "佔會流失顧客的比例"),
            "s = S / (N × q)",
            &[("S", &reader.number(exact, 2)), ("N", &n), ("q", &q)],
            percent(exact / leavers),
        ),
    ];
    Ok(Answer { main, figures, notes, crossing: Some(crossing), charts: vec![chart], steps })
}

/// Whether the course's five points fewer defections would pay here.
fn five_points(programme: Retention, five: f64, reader: Reader) -> Vec<String> {
    if five > programme.leavers() {
        return Vec::new();
    }
    let (saved, earned) = (reader.number(five, 0), programme.brought(five) - programme.cost(five));
    let amount = reader.money(earned.abs());
    vec![if earned >= 0.0 {
        reader.pick(
            format!("Five points fewer defections ({saved} customers) earn {amount} here."),
            format!("在這裡，顧客流失減少 5 個百分點（{saved} 位）可獲益 {amount}。"),
        )
    } else {
        reader.pick(
            format!("Five points fewer defections ({saved} customers) lose {amount} here: saving customers is worth much, and not at every price."),
            format!("在這裡，顧客流失減少 5 個百分點（{saved} 位）反而虧損 {amount}：留住顧客很有價值，但不是花多少都值得。"),
        )
    }]
}
