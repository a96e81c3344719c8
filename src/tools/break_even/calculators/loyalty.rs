//! A loyalty programme: how much more members must spend to pay for their points, and what the points outstanding owe.

use crate::charts::spec::Role;
use crate::core::inputs::{Input, Kind, Values};
use crate::core::reader::Reader;
use crate::core::sensitivity::Model;
use crate::core::typed::LARGEST;
use crate::tools::break_even::answer::{Answer, Crossing, Figure, Refused, step};
use crate::tools::break_even::calculator::{Calculator, Given, take};
use crate::tools::break_even::picture::{Axes, Side, picture, places};
use crate::tools::break_even::refusal::{Refusal, countable};

/// A programme that gives points on spend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loyalty {
    pub members: f64,
    /// Of one member in a year, without the programme, > 0.
    pub spend: f64,
    /// Gross margin on spend, a share.
    pub margin: f64,
    /// Points for one unit of currency spent.
    pub points_per_unit: f64,
    /// What one redeemed point costs the firm.
    pub cost_per_point: f64,
    /// Of the points given, the share that is ever redeemed; the rest is breakage.
    pub redemption: f64,
    /// Of running the programme for a year.
    pub running_cost: f64,
}

impl Loyalty {
    /// # Errors
    /// [`Refusal::RewardsTakeMargin`] where rewards cost as much as the margin on which they are given.
    pub fn checked(self) -> Result<Loyalty, Refusal> {
        if self.reward_rate() >= self.margin {
            return Err(Refusal::RewardsTakeMargin { margin: self.margin, rewards: self.reward_rate() });
        }
        countable(self.uplift() * self.spend * self.members)?;
        Ok(self)
    }

    /// What rewards cost, as a share of spend: ρ = a·κ·u with a = `points_per_unit`, κ = `cost_per_point` and
    /// u = `redemption`.
    pub fn reward_rate(self) -> f64 {
        self.points_per_unit * self.cost_per_point * self.redemption
    }

    /// The uplift of spend that pays for the programme: x = (ρ + F / (N·s)) / (g − ρ) with ρ = [`Loyalty::reward_rate`],
    /// F = `running_cost`, N = `members`, s = `spend` and g = `margin`.
    ///
    /// Points are given on all spend, also on what members would have spent anyway: N·s·x·g = N·s (1 + x) ρ + F solved for
    /// x. Source: the profit logic of Shugan, "Brand loyalty programs: are they shams?", Marketing Science 24 (2005).
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::Loyalty;
    /// let points = Loyalty {
    ///     members: 1000.0, spend: 500.0, margin: 0.25, points_per_unit: 1.0, cost_per_point: 0.1, redemption: 0.5,
    ///     running_cost: 25_000.0,
    /// };
    /// // Rewards cost 5 %, running it another 5 %: 10 points of a margin of 20 after rewards.
    /// assert!((points.checked().unwrap().uplift() - 0.5).abs() < 1e-12);
    /// ```
    pub fn uplift(self) -> f64 {
        (self.reward_rate() + self.running_cost / (self.members * self.spend))
            / (self.margin - self.reward_rate())
    }

    /// Margin on the additional spend of an uplift.
    pub fn brought(self, uplift: f64) -> f64 {
        self.members * self.spend * uplift * self.margin
    }

    /// Rewards on all spend, and running the programme.
    pub fn cost(self, uplift: f64) -> f64 {
        self.members * self.spend * (1.0 + uplift) * self.reward_rate() + self.running_cost
    }

    /// What the points outstanding will still cost: liability = P·u·κ with P = `points`, u = `redemption` and
    /// κ = `cost_per_point`.
    pub fn liability(self, points: f64) -> f64 {
        points * self.redemption * self.cost_per_point
    }

    /// Points that will never be redeemed: breakage = P (1 − u).
    pub fn breakage(self, points: f64) -> f64 {
        points * (1.0 - self.redemption)
    }

    /// The share of a sale that is revenue only when its points are redeemed: ρ / (1 + ρ), by relative stand-alone prices
    /// (IFRS 15, paragraphs 74 and B40), with the cost of a point for its price.
    pub fn deferred_share(self) -> f64 {
        self.reward_rate() / (1.0 + self.reward_rate())
    }
}

const INPUTS: &[Input] = &[
    Input::whole("members", ("Members", "會員人數"), 10_000.0).between(1.0, LARGEST),
    Input::money("spend", ("Spend per member and year", "每位會員每年消費"), 6_000.0)
        .help(("Without the programme.", "沒有方案時。")),
    Input::rate("margin", ("Gross margin", "毛利率"), 0.35),
    Input::number("points", ("Points per unit of currency", "每 1 元給幾點"), 1.0),
    Input::money("cost", ("Cost per redeemed point", "每點兌換成本"), 0.02),
    Input::rate("redemption", ("Redemption rate", "兌換率"), 0.7).help((
        "Of the points given, how many are ever redeemed; the rest is breakage.",
        "給出的點數中最後會兌換的比例，其餘是未兌換。",
    )),
    Input::money("running", ("Running cost per year", "每年營運成本"), 300_000.0),
    Input::whole("outstanding", ("Points outstanding", "流通中的點數"), 30_000_000.0)
        .help(("For the liability.", "用來計算點數負債。")),
];

static MODEL: Model = Model {
    inputs: INPUTS,
    title: ("Uplift of spend needed", "需要增加的消費"),
    kind: Kind::Rate,
    work: |values| Ok(programme(values)?.uplift()),
};

pub static CALCULATOR: Calculator = Calculator {
    id: "loyalty",
    title: ("Loyalty programme", "忠誠方案"),
    question: (
        "How much more must members spend to pay for their points?",
        "會員要多消費多少，才付得起點數？",
    ),
    assumes: (
        "Points are given on all spend, also on what members would have spent anyway (Shugan, Marketing Science, 2005). Liability = points outstanding × redemption rate × cost per point; breakage = 1 − redemption rate. IFRS 15 allocates a sale by relative stand-alone prices; here the cost of a point stands for its price, so that the share is a lower bound.",
        "假設所有消費都給點數，包括會員原本就會買的部分（Shugan，2005，Marketing Science）。點數負債＝流通點數 × 兌換率 × 每點成本；未兌換率（breakage）＝ 1 − 兌換率。IFRS 15 依相對單獨售價分攤收入；這裡以每點成本代替點數售價，因此遞延比例是下限。",
    ),
    slides: &["B"],
    inputs: INPUTS,
    grid: None,
    model: Some(&MODEL),
    answer,
};

fn programme(values: &Values) -> Result<Loyalty, Refusal> {
    let [members, spend, margin, points_per_unit, cost_per_point, redemption, running_cost, _] = take(values);
    Loyalty { members, spend, margin, points_per_unit, cost_per_point, redemption, running_cost }.checked()
}

fn answer(given: &Given, reader: Reader) -> Result<Answer, Refused> {
    let values = &given.values;
    let [.., outstanding] = take::<8>(values);
    let programme = programme(values)?;
    let (uplift, rate) = (programme.uplift(), programme.reward_rate());
    let percent = |share: f64| reader.percent(share, 2);
    let count = |points: f64| reader.number(points, 0);
    let more = programme.spend * uplift;
    let (liability, breakage) =
        (countable(programme.liability(outstanding))?, programme.breakage(outstanding));

    let main = Figure::new(
        reader.pick("Uplift of spend needed", "需要增加的消費"),
        format!("+{}", percent(uplift)),
        uplift,
    )
    .note(reader.pick(
        format!("{} more per member and year", reader.money(more)),
        format!("每位會員每年多消費 {}", reader.money(more)),
    ));
    let figures = vec![
        Figure::new(reader.pick("Rewards cost", "獎勵成本"), percent(rate), rate)
            .note(reader.pick("of all spend", "佔全部消費")),
        Figure::new(
            reader.pick("Programme cost at break-even", "損益平衡時的方案成本"),
            reader.money(programme.cost(uplift)),
            programme.cost(uplift),
        )
        .note(reader.pick("a year", "每年")),
        Figure::new(reader.pick("Points liability", "點數負債"), reader.money(liability), liability).note(
            reader
                .pick(format!("of {} points", count(outstanding)), format!("流通 {} 點", count(outstanding))),
        ),
        Figure::new(reader.pick("Breakage", "未兌換點數"), count(breakage), breakage).note(reader.pick(
            format!("{} of the points", percent(1.0 - programme.redemption)),
            format!("佔 {}", percent(1.0 - programme.redemption)),
        )),
        Figure::new(
            reader.pick("Revenue to defer", "遞延收入"),
            percent(programme.deferred_share()),
            programme.deferred_share(),
        )
        .note(reader.pick("of each sale (IFRS 15)", "每筆銷售（IFRS 15）")),
    ];

    let places = places([2.0 * uplift, 0.01].into_iter().fold(0.0, f64::max), Some(uplift));
    let sides = vec![
        Side::new(
            reader.pick("Margin on more spend", "增加消費的毛利"),
            Role::Accent2,
            &places,
            |x| programme.brought(x),
        ),
        Side::new(reader.pick("Cost of the programme", "方案成本"), Role::Below, &places, |x| {
            programme.cost(x)
        }),
    ];
    let crossing = Crossing { x: uplift, sides: [programme.brought(uplift), programme.cost(uplift)] };
    let title = reader.pick(
        format!("The programme pays when members spend {} more", percent(uplift)),
        format!("會員多消費 {} 起，方案才划算", percent(uplift)),
    );
    let subtitle = reader.pick(
        format!(
            "Points are given on all spend, also on the {} that members spend anyway",
            reader.money(programme.spend)
        ),
        format!("所有消費都給點數，包括會員原本就會買的 {}", reader.money(programme.spend)),
    );
    let axes = Axes {
        x: reader.pick("Uplift of spend", "消費增加").into(),
        y: reader.pick("Amount a year", "每年金額").into(),
        write_x: &percent,
        write_y: &|amount| reader.money(amount),
        side: reader.pick("Side", "項目").into(),
    };
    let label = reader
        .pick(format!("loss ← {} → gain", percent(uplift)), format!("虧損 ← {} → 獲益", percent(uplift)));
    let chart = picture(title, subtitle, axes, sides, Some((crossing, label)), Vec::new());

    let (k, u, g, r) = (
        reader.price(programme.cost_per_point),
        percent(programme.redemption),
        percent(programme.margin),
        percent(rate),
    );
    let steps = vec![
        step(
            reader.pick("What rewards cost: points per unit of currency, their cost, and how many are redeemed", "獎勵成本率：每元點數 × 每點成本 × 兌換率"),
            "ρ = a × κ × u",
            &[("a", &reader.exact(programme.points_per_unit)), ("κ", &k), ("u", &u)],
            r.clone(),
        ),
        step(
            reader.pick("The uplift x at which the margin on more spend equals rewards on all spend and the running cost", "求 x：增加消費的毛利，等於全部消費的獎勵加上營運成本"),
            "x = (ρ + F / (N × s)) / (g − ρ)",
            &[("ρ", &r), ("F", &reader.price(programme.running_cost)), ("N", &count(programme.members)), ("s", &reader.price(programme.spend)), ("g", &g)],
            percent(uplift),
        ),
        step(
            reader.pick("What the points outstanding will still cost", "流通點數未來的成本（點數負債）"),
            "L = P × u × κ",
            &[("P", &count(outstanding)), ("u", &u), ("κ", &k)],
            reader.money(liability),
        ),
        step(
            reader.pick("Breakage: points that are never redeemed", "未兌換點數：永遠不會兌換的點數"),
            "B = P × (1 − u)",
            &[("P", &count(outstanding)), ("u", &u)],
            count(breakage),
        ),
        step(
            reader.pick("Of each sale, the part that belongs to its points", "每筆銷售中屬於點數的部分"),
            "d = ρ / (1 + ρ)",
            &[("ρ", &r)],
            percent(programme.deferred_share()),
        ),
    ];
    Ok(Answer { main, figures, notes: Vec::new(), crossing: Some(crossing), charts: vec![chart], steps })
}
