//! A service or call centre of one's own against one outside: the volume from which one's own is cheaper for good.

use crate::charts::spec::{Reference, Role};
use crate::core::explain::Step;
use crate::core::inputs::{Input, Kind, Values};
use crate::core::reader::Reader;
use crate::core::sensitivity::Model;
use crate::core::whole::rounded_up;
use crate::tools::break_even::answer::{Answer, Crossing, Figure, Refused, rounding, step};
use crate::tools::break_even::calculator::{Calculator, Given, take};
use crate::tools::break_even::picture::{Axes, Side, picture, places};
use crate::tools::break_even::refusal::{Refusal, countable};

/// What contacts cost in-house and outside, in units of the currency a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// In-house: whatever the volume, and for each contact.
    pub own_fixed: f64,
    pub own_per_contact: f64,
    /// Of one more agent, and how many contacts one agent handles; 0 where agents are part of the cost per contact.
    pub agent_cost: f64,
    pub contacts_per_agent: f64,
    pub outside_fixed: f64,
    pub outside_per_contact: f64,
}

/// Where the cheaper side changes for good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossover {
    /// In contacts, which need not be whole.
    pub volume: f64,
    /// Which is cheaper beyond it.
    pub own_is_cheaper_beyond: bool,
    /// The first volume at which the side that is cheaper for good is cheaper, where that is an earlier one: agents come
    /// as whole people, so that the costs can cross several times.
    pub first: Option<f64>,
}

impl Service {
    pub fn agents(self, contacts: f64) -> f64 {
        if self.has_agents() { rounded_up(contacts / self.contacts_per_agent) } else { 0.0 }
    }

    fn has_agents(self) -> bool {
        self.agent_cost > 0.0 && self.contacts_per_agent > 0.0
    }

    /// In-house: F₁ + v₁·x + S·⌈x / K⌉ with x = `contacts`, F₁ = `own_fixed`, v₁ = `own_per_contact`, S = `agent_cost` and
    /// K = `contacts_per_agent`.
    pub fn own(self, contacts: f64) -> f64 {
        self.own_fixed + self.own_per_contact * contacts + self.agent_cost * self.agents(contacts)
    }

    /// Outside: F₂ + v₂·x.
    pub fn outside(self, contacts: f64) -> f64 {
        self.outside_fixed + self.outside_per_contact * contacts
    }

    /// The volume beyond which one side is cheaper for good. Without agents it is x = (F₁ − F₂) / (v₂ − v₁).
    ///
    /// With n agents, x = (F₁ + n·S − F₂) / (v₂ − v₁), as long as n agents handle x: in-house is cheaper for good after the
    /// last n for which that lies among their contacts. Each further agent costs S and saves K (v₂ − v₁) when busy; only
    /// when that is more than S does in-house win at large volumes. Source: the make-or-buy comparison of Horngren, Datar
    /// & Rajan, *Cost Accounting*, ch. 11, with step costs.
    ///
    /// # Errors
    /// [`Refusal::NoCrossing`] where one side is cheaper at every volume, [`Refusal::Equal`] where both cost the same,
    /// [`Refusal::Alternates`] where neither stays cheaper.
    ///
    /// ```
    /// use quintile::tools::break_even::calculators::Service;
    /// let plain = Service {
    ///     own_fixed: 600.0, own_per_contact: 2.0, agent_cost: 0.0, contacts_per_agent: 0.0, outside_fixed: 100.0,
    ///     outside_per_contact: 7.0,
    /// };
    /// assert_eq!(plain.crossover().unwrap().volume, 100.0);
    /// // An agent for each 50 contacts costs 100 and saves 250: (600 + 4 · 100 − 100) / 5 is handled by 4 agents.
    /// let agents = Service { agent_cost: 100.0, contacts_per_agent: 50.0, ..plain };
    /// assert_eq!(agents.crossover().unwrap().volume, 180.0);
    /// ```
    pub fn crossover(self) -> Result<Crossover, Refusal> {
        let (head_start, saved) =
            (self.own_fixed - self.outside_fixed, self.outside_per_contact - self.own_per_contact);
        if !self.has_agents() {
            return without_agents(head_start, saved);
        }
        let (s, k) = (self.agent_cost, self.contacts_per_agent);
        // What a further agent gains over its cost when busy.
        let gain = k * saved - s;
        if gain > s.max(k * saved.abs()) * 1e-12 {
            // With n agents the costs meet at (head start + n·s) / saved; beyond the last n whose contacts reach it, never again.
            let meets = |n: f64| (head_start + n * s) / saved;
            let last = rounded_up((head_start + k * saved) / gain) - 1.0;
            if last < 1.0 {
                return Err(Refusal::NoCrossing { first_is_dearer: false });
            }
            let first_agents = rounded_up(head_start / gain).max(1.0);
            let first = meets(first_agents).max((first_agents - 1.0) * k);
            let volume = countable(meets(last))?;
            let first = (first < volume * (1.0 - 1e-9)).then_some(first.max(0.0));
            return Ok(Crossover { volume, own_is_cheaper_beyond: true, first });
        }
        if gain.abs() <= s.max(k * saved.abs()) * 1e-12 {
            // The difference repeats with every agent: it is between −head start − s and −head start.
            return match head_start {
                start if start > 0.0 => Err(Refusal::NoCrossing { first_is_dearer: true }),
                start if start <= -s => Err(Refusal::NoCrossing { first_is_dearer: false }),
                _ => Err(Refusal::Alternates { every: k }),
            };
        }
        if head_start >= 0.0 {
            return Err(Refusal::NoCrossing { first_is_dearer: true });
        }
        outside_wins(-head_start, -saved, s, k)
    }
}

fn without_agents(head_start: f64, saved: f64) -> Result<Crossover, Refusal> {
    // The dearer start and the dearer contact must be on different sides.
    if saved == 0.0 && head_start == 0.0 {
        return Err(Refusal::Equal);
    }
    let volume = head_start / saved;
    if saved == 0.0 || volume <= 0.0 {
        let first_is_dearer = if head_start == 0.0 { saved < 0.0 } else { head_start > 0.0 };
        return Err(Refusal::NoCrossing { first_is_dearer });
    }
    Ok(Crossover { volume: countable(volume)?, own_is_cheaper_beyond: saved > 0.0, first: None })
}

/// In-house begins `ahead` > 0 cheaper and loses it: `lost` a contact (below 0 it gains between two agents), and `s` with
/// every agent.
fn outside_wins(ahead: f64, lost: f64, s: f64, k: f64) -> Result<Crossover, Refusal> {
    // The last number of agents with which in-house is still cheaper somewhere: at their last contact when a contact
    // gains, at their first when it loses.
    let agents = match lost <= 0.0 {
        true => libm::floor(ahead / (s + k * lost)),
        false => libm::floor((ahead + k * lost) / (s + k * lost)),
    };
    let left = ahead - agents * s;
    let volume = match lost > 0.0 && agents > 0.0 {
        true => (left / lost).min(agents * k),
        false => agents * k,
    };
    if volume <= 0.0 {
        return Err(Refusal::NoCrossing { first_is_dearer: true });
    }
    Ok(Crossover { volume: countable(volume)?, own_is_cheaper_beyond: false, first: None })
}

const INPUTS: &[Input] = &[
    Input::money("own", ("In-house: fixed cost", "自營：固定成本"), 600_000.0)
        .help(("Room, system, telephony integration (CTI), a year.", "每年的場地、系統、電話整合（CTI）。")),
    Input::money("contact", ("In-house: cost per contact", "自營：每件成本"), 12.0)
        .help(("Without agents.", "不含客服人員。")),
    Input::money("agent", ("Cost of an agent", "每位客服人員成本"), 480_000.0)
        .help(("A year; 0 to leave agents out.", "每年；填 0 表示不計。")),
    Input::whole("capacity", ("Contacts per agent", "每位客服人員處理件數"), 12_000.0)
        .help(("A year.", "每年。")),
    Input::money("outside", ("Outsourced: fixed cost", "委外：固定成本"), 100_000.0),
    Input::money("each", ("Outsourced: price per contact", "委外：每件價格"), 60.0),
    Input::whole("expected", ("Expected contacts", "預期件數"), 100_000.0).help(("A year.", "每年。")),
];

static MODEL: Model = Model {
    inputs: INPUTS,
    title: ("Contacts where the costs cross", "成本相交的件數"),
    kind: Kind::Whole,
    work: |values| Ok(service(values).0.crossover()?.volume),
};

pub static CALCULATOR: Calculator = Calculator {
    id: "service",
    title: ("In-house or outsourced service", "客服自營或委外"),
    question: (
        "From how many contacts on is a service centre of one's own cheaper than outsourcing?",
        "客服量多大時，自營比委外便宜？",
    ),
    assumes: (
        "Costs of a year; both ways serve equally well. Agents are hired whole, so in-house costs rise in steps (make or buy; Horngren, Datar & Rajan, Cost Accounting). How many agents a service level needs is a question of waiting times, not of this page.",
        "以一年成本比較，假設兩種方式的服務水準相同。客服人員以整數聘用，因此自營成本呈階梯狀（自製或外購決策；Horngren、Datar 與 Rajan，Cost Accounting）。達到某服務水準需要幾位客服人員，屬於等候時間的問題，這裡不計算。",
    ),
    slides: &["A82", "C"],
    inputs: INPUTS,
    grid: None,
    model: Some(&MODEL),
    answer,
};

fn service(values: &Values) -> (Service, f64) {
    let [
        own_fixed,
        own_per_contact,
        agent_cost,
        contacts_per_agent,
        outside_fixed,
        outside_per_contact,
        expected,
    ] = take(values);
    (
        Service {
            own_fixed,
            own_per_contact,
            agent_cost,
            contacts_per_agent,
            outside_fixed,
            outside_per_contact,
        },
        expected,
    )
}

fn answer(given: &Given, reader: Reader) -> Result<Answer, Refused> {
    let values = &given.values;
    let (service, expected) = service(values);
    let found = match service.crossover() {
        Ok(found) => found,
        // Lines that never cross show why better than words.
        Err(why) => {
            return Err(Refused { why, chart: Some(Box::new(chart(service, expected, None, reader))) });
        }
    };
    let Crossover { volume, own_is_cheaper_beyond: own, first } = found;
    let count = |contacts: f64| reader.number(contacts, 0);
    let whole = rounded_up(volume);
    let (mine, theirs) = (service.own(expected), service.outside(expected));

    let main =
        Figure::new(reader.pick("Contacts where the costs cross", "成本相交的件數"), count(whole), whole)
            .note(match own {
                true => reader.pick(
                    "a year; beyond, in-house is cheaper for good; rounded up",
                    "每年；超過後自營一直較便宜；無條件進位",
                ),
                false => reader.pick(
                    "a year; beyond, outsourcing is cheaper for good; rounded up",
                    "每年；超過後委外一直較便宜；無條件進位",
                ),
            });
    let mut figures =
        vec![
            Figure::new(
                reader.pick("In-house at the expected volume", "預期件數的自營成本"),
                reader.money(mine),
                mine,
            )
            .note(reader.pick(
                format!("{} agents", count(service.agents(expected))),
                format!("{} 位客服人員", count(service.agents(expected))),
            )),
            Figure::new(
                reader.pick("Outsourced at the expected volume", "預期件數的委外成本"),
                reader.money(theirs),
                theirs,
            )
            .note(match mine - theirs {
                more if more > 0.0 => reader
                    .pick(format!("{} cheaper", reader.money(more)), format!("便宜 {}", reader.money(more))),
                less if less < 0.0 => reader
                    .pick(format!("{} dearer", reader.money(-less)), format!("貴 {}", reader.money(-less))),
                _ => reader.pick("the same".to_string(), "相同".to_string()),
            }),
        ];
    let mut notes = Vec::new();
    if let Some(first) = first {
        let (from, to) = (count(rounded_up(first)), count(whole));
        figures.push(
            Figure::new(
                reader.pick("Cheaper for the first time", "第一次較便宜"),
                from.clone(),
                rounded_up(first),
            )
            .note(reader.pick("contacts, with busy agents", "件，客服人員都滿載時")),
        );
        notes.push(reader.pick(
            format!("From {from} contacts on in-house is cheaper when its agents are busy, and dearer again just after another one is hired; from {to} on it is cheaper always."),
            format!("{from} 件起，客服人員滿載時自營較便宜，多聘一位後又變貴；{to} 件起自營一直較便宜。"),
        ));
    }
    let crossing = Crossing { x: volume, sides: [service.own(volume), service.outside(volume)] };
    let chart = chart(service, expected, Some((found, crossing)), reader);
    Ok(Answer {
        main,
        figures,
        notes,
        crossing: Some(crossing),
        charts: vec![chart],
        steps: steps(service, found, reader),
    })
}

/// Both costs over the volume. Steps are drawn as steps: places before and after each further agent.
fn chart(
    service: Service,
    expected: f64,
    found: Option<(Crossover, Crossing)>,
    reader: Reader,
) -> crate::charts::spec::ChartSpec {
    let count = |contacts: f64| reader.number(contacts, 0);
    let volume = found.map(|(found, _)| found.volume);
    let to = [volume.unwrap_or(0.0) * 1.6, expected * 1.2, 10.0].into_iter().fold(0.0, f64::max);
    let flat = places(to, volume);
    let outside = Side::new(reader.pick("Outsourced", "委外"), Role::Below, &flat, |contacts| {
        service.outside(contacts)
    });
    let most_steps = 40.0;
    let own_name = reader.pick("In-house", "自營");
    let own = match service.has_agents() && to / service.contacts_per_agent <= most_steps {
        false => Side::new(own_name, Role::Accent2, &flat, |contacts| service.own(contacts)),
        true => {
            let k = service.contacts_per_agent;
            let band = |n: usize| {
                let (from, to) = (n as f64 * k, ((n + 1) as f64 * k).min(to));
                let hired =
                    service.own_fixed + service.own_per_contact * from + service.agent_cost * (n + 1) as f64;
                [(from, hired), (to, service.own(to))]
            };
            let bands = rounded_up(to / k) as usize;
            Side { name: own_name.into(), role: Role::Accent2, points: (0..bands).flat_map(band).collect() }
        }
    };
    let title = match found {
        Some((Crossover { volume, own_is_cheaper_beyond: true, .. }, _)) => reader.pick(
            format!("From {} contacts on in-house is cheaper for good", count(rounded_up(volume))),
            format!("{} 件起，自營一直比委外便宜", count(rounded_up(volume))),
        ),
        Some((Crossover { volume, .. }, _)) => reader.pick(
            format!("From {} contacts on outsourcing is cheaper for good", count(rounded_up(volume))),
            format!("{} 件起，委外一直比自營便宜", count(rounded_up(volume))),
        ),
        None => reader.pick("The costs do not cross for good", "成本沒有一直較低的一方或不相交").into(),
    };
    let axes = Axes {
        x: reader.pick("Contacts a year", "每年件數").into(),
        y: reader.pick("Cost a year", "每年成本").into(),
        write_x: &count,
        write_y: &|amount| reader.money(amount),
        side: reader.pick("Way", "方式").into(),
    };
    let crossing = found.map(|(found, crossing)| {
        let at = count(rounded_up(found.volume));
        let (own, outside) = reader.pick(("in-house", "outsourced"), ("自營", "委外"));
        let (left, right) = if found.own_is_cheaper_beyond { (outside, own) } else { (own, outside) };
        (crossing, format!("{left} ← {at} → {right}"))
    });
    let subtitle =
        reader.pick("Of a year; each further agent is a step", "每年成本；每多一位客服人員就上一階");
    let marked = vec![Reference { at: expected, label: reader.pick("expected", "預期").into() }];
    picture(title, subtitle.into(), axes, vec![own, outside], crossing, marked)
}

fn steps(service: Service, found: Crossover, reader: Reader) -> Vec<Step> {
    let count = |contacts: f64| reader.number(contacts, 0);
    let saved = service.outside_per_contact - service.own_per_contact;
    let (f1, f2) = (reader.price(service.own_fixed), reader.price(service.outside_fixed));
    let (v1, v2) = (reader.price(service.own_per_contact), reader.price(service.outside_per_contact));
    let d = reader.price((saved * 1e4).round() / 1e4);
    let mut steps = vec![step(
        reader.pick("What a contact saves in-house, without agents", "自營每件省下的成本（不含客服人員）"),
        "d = v_2 − v_1",
        &[("v_2", &v2), ("v_1", &v1)],
        d.clone(),
    )];
    let exact = reader.number(found.volume, 2);
    if service.has_agents() {
        let (s, k) = (reader.price(service.agent_cost), count(service.contacts_per_agent));
        steps.push(step(
            reader.pick(
                "What a busy agent gains over its cost: only above 0 does in-house win at large volumes",
                "滿載的客服人員省下的成本減去其成本：大於 0，數量大時自營才會勝出",
            ),
            "g = K × d − S",
            &[("K", &k), ("d", &d), ("S", &s)],
            reader.money(service.contacts_per_agent * saved - service.agent_cost),
        ));
        let agents = service.agents(found.volume);
        let is_level = (service.own(found.volume) - service.outside(found.volume)).abs()
            <= 1e-6 * service.outside(found.volume).abs();
        if is_level {
            steps.push(step(
                reader.pick(
                    format!("With {} agents the costs are equal for the last time", count(agents)),
                    format!("有 {} 位客服人員時，兩種成本最後一次相等", count(agents)),
                ),
                "x = (F_1 + n × S − F_2) / d",
                &[("F_1", &f1), ("F_2", &f2), ("n", &count(agents)), ("S", &s), ("d", &d)],
                exact.clone(),
            ));
        } else {
            steps.push(step(
                reader.pick(
                    format!(
                        "In-house is cheaper for the last time with {} busy agents; one more makes it dearer",
                        count(agents)
                    ),
                    format!("{} 位客服人員滿載時自營最後一次較便宜，再多一位就較貴", count(agents)),
                ),
                "x = n × K",
                &[("n", &count(agents)), ("K", &k)],
                exact.clone(),
            ));
        }
    } else {
        steps.push(step(
            reader.pick("Where the dearer start is earned back", "多花的固定成本由每件省下的成本賺回"),
            "x = (F_1 − F_2) / d",
            &[("F_1", &f1), ("F_2", &f2), ("d", &d)],
            exact.clone(),
        ));
    }
    steps.push(rounding(
        reader.pick("Whole contacts, rounded up", "件數無條件進位"),
        exact,
        count(rounded_up(found.volume)),
    ));
    steps
}
