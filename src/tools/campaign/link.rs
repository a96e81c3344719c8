//! The campaign's inputs in an address: whitelisted, typed fields; never names, counts or what was recorded.

use super::options::{CampaignOptions, GROUPS, INTERVALS, Responses, Rule, Stage, Start};
use crate::core::day::Day;
use crate::core::link::{Address, MAX_LENGTH};
use crate::core::typed::LARGEST;
use crate::tools::published::is_name;
use serde_json::Value;
use std::collections::BTreeMap;

type Fields = Vec<(String, String)>;

const STAGES: [&str; 5] = ["cells", "sample", "test", "rollout", "review"];
const RULES: [(&str, Rule); 3] =
    [("point", Rule::Point), ("interval", Rule::Interval), ("shrunken", Rule::Shrunken)];
/// The longest label of a cell that an address carries: more than any cell code has.
const LONGEST_CODE: usize = 6;

/// The inputs of a workspace record as address fields; defaults are left out, and so are cells chosen by hand when
/// the address would become too long (see [`left_out`]).
pub fn write(record: &Value) -> Fields {
    let options: CampaignOptions = serde_json::from_value(record.clone()).unwrap_or_default();
    let mut fields = plain_fields(&options);
    fields.extend(by_hand_field(&options.by_hand));
    if is_too_long(&fields) {
        fields.retain(|(name, _)| name != "hand");
    }
    fields
}

/// Names of the inputs that an address does not carry although they are not defaults.
pub fn left_out(options: &CampaignOptions) -> Vec<&'static str> {
    let default = CampaignOptions::default();
    let is_carried = |from: &Responses| matches!(from, Responses::NotYet | Responses::Simulated { .. });
    let mut fields = plain_fields(options);
    let by_hand = by_hand_field(&options.by_hand);
    fields.extend(by_hand.clone());
    let hand_fits = options.by_hand.is_empty() || by_hand.is_some() && !is_too_long(&fields);
    let parts = [
        ("name", options.name == default.name),
        ("cells", options.cells_from == default.cells_from || is_name(&options.cells_from)),
        ("responses", is_carried(&options.responses)),
        ("review", is_carried(&options.review)),
        ("hand", hand_fits),
        ("kept", options.kept_test.is_none() && options.kept_roll_out.is_none()),
    ];
    parts.into_iter().filter(|(_, is_carried)| !is_carried).map(|(name, _)| name).collect()
}

/// A campaign goes on when a link is opened: its name, its counts and what is on record stay, and so do responses
/// from a file unless the link brings simulated ones, and cells chosen by hand that no link could carry unless it
/// brings others.
pub fn keep(old: &Value, new: Value) -> Value {
    let Ok(old) = serde_json::from_value::<CampaignOptions>(old.clone()) else { return new };
    let mut options: CampaignOptions = serde_json::from_value(new).unwrap_or_default();
    let left_out = left_out(&old);
    for (part, old, new) in
        [("responses", &old.responses, &mut options.responses), ("review", &old.review, &mut options.review)]
    {
        if *new == Responses::NotYet && left_out.contains(&part) {
            new.clone_from(old);
        }
    }
    if options.by_hand.is_empty() && left_out.contains(&"hand") {
        options.by_hand = old.by_hand;
    }
    let CampaignOptions { name, kept_test, kept_roll_out, .. } = old;
    serde_json::to_value(CampaignOptions { name, kept_test, kept_roll_out, ..options })
        .expect("options are JSON")
}

fn is_too_long(fields: &Fields) -> bool {
    Address { page: "campaign".into(), fields: fields.clone() }.to_string().len() > MAX_LENGTH
}

/// Address fields as a workspace record, and the names of the fields that were not understood.
pub fn read(fields: &[(String, String)]) -> (Value, Vec<String>) {
    let mut options = CampaignOptions::default();
    let mut unknown = Vec::new();
    for (name, value) in fields {
        if read_field(&mut options, name, value).is_none() {
            unknown.push(name.clone());
        }
    }
    (serde_json::to_value(options).expect("options are JSON"), unknown)
}

fn plain_fields(options: &CampaignOptions) -> Fields {
    let default = CampaignOptions::default();
    let mut fields = Fields::new();
    let mut put = |name: &str, is_default: bool, value: String| {
        if !is_default {
            fields.push((name.into(), value));
        }
    };
    let number = |value: Option<u64>| value.map_or_else(String::new, |value| value.to_string());
    put("step", options.stage == default.stage, STAGES[options.stage.index()].into());
    let carried = options.cells_from == default.cells_from || !is_name(&options.cells_from);
    put("cells", carried, options.cells_from.clone());
    put("groups", options.groups == default.groups, options.groups.to_string());
    put("n", options.interval == default.interval, options.interval.to_string());
    if let Start::Random { seed } = options.start {
        put("start", false, seed.to_string());
    }
    let control = options.control_interval.map(u64::from);
    put("control", control.is_none(), number(control));
    put("e", options.half_width == default.half_width, options.half_width.to_string());
    put("conf", options.confidence == default.confidence, options.confidence.to_string());
    put("cost", options.cost_per_piece == default.cost_per_piece, options.cost_per_piece.to_string());
    put(
        "profit",
        options.profit_per_response == default.profit_per_response,
        options.profit_per_response.to_string(),
    );
    put("rule", options.rule == default.rule, rule_name(options.rule).into());
    let days = options.guard.days.map(u64::from);
    put("days", days.is_none(), number(days));
    let campaigns = options.guard.campaigns.map(u64::from);
    put("campaigns", campaigns.is_none(), number(campaigns));
    if let Some(day) = options.mailing_date {
        put("date", false, day.to_string());
    }
    for (name, from) in [("responses", &options.responses), ("review", &options.review)] {
        if let Responses::Simulated { seed } = from {
            put(name, false, format!("sim:{seed}"));
        }
    }
    fields
}

/// `555.x111`: cells mailed, and with an `x` cells not mailed. Only when all labels are codes.
fn by_hand_field(by_hand: &BTreeMap<String, bool>) -> Option<(String, String)> {
    let is_plain = by_hand.keys().all(|label| is_code(label));
    let codes = by_hand.iter().map(|(label, mailed)| format!("{}{label}", if *mailed { "" } else { "x" }));
    (is_plain && !by_hand.is_empty()).then(|| ("hand".into(), codes.collect::<Vec<_>>().join(".")))
}

fn is_code(label: &str) -> bool {
    (1..=LONGEST_CODE).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

fn rule_name(rule: Rule) -> &'static str {
    RULES.iter().find(|(_, known)| *known == rule).map_or("", |(name, _)| name)
}

fn read_field(options: &mut CampaignOptions, name: &str, value: &str) -> Option<()> {
    match name {
        "step" => options.stage = Stage::ALL[STAGES.iter().position(|step| *step == value)?],
        "groups" => options.groups = value.parse().ok().filter(|groups| GROUPS.contains(groups))?,
        "cells" => options.cells_from = Some(value).filter(|value| is_name(value))?.into(),
        "n" => options.interval = read_interval(value)?,
        "start" => options.start = Start::Random { seed: value.parse().ok()? },
        "control" => options.control_interval = Some(read_interval(value)?),
        "e" => options.half_width = read_number(value).filter(|e| (0.000_1..1.0).contains(e))?,
        "conf" => options.confidence = read_number(value).filter(|&level| level > 0.0 && level < 1.0)?,
        "cost" => {
            options.cost_per_piece = read_number(value).filter(|cost| (0.0..=LARGEST).contains(cost))?
        }
        "profit" => {
            options.profit_per_response =
                read_number(value).filter(|&profit| profit > 0.0 && profit <= LARGEST)?
        }
        "rule" => options.rule = RULES.iter().find(|(name, _)| *name == value)?.1,
        "days" => options.guard.days = Some(value.parse().ok()?),
        "campaigns" => options.guard.campaigns = Some(value.parse().ok()?),
        "date" => options.mailing_date = Some(Day::parse_iso(value)?),
        "responses" => options.responses = read_responses(value)?,
        "review" => options.review = read_responses(value)?,
        "hand" => options.by_hand = read_by_hand(value)?,
        _ => return None,
    }
    Some(())
}

fn read_interval(value: &str) -> Option<u32> {
    value.parse().ok().filter(|n| INTERVALS.contains(n))
}

fn read_number(value: &str) -> Option<f64> {
    value.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn read_responses(value: &str) -> Option<Responses> {
    Some(Responses::Simulated { seed: value.strip_prefix("sim:")?.parse().ok()? })
}

fn read_by_hand(value: &str) -> Option<BTreeMap<String, bool>> {
    let read = |part: &str| {
        let label = part.strip_prefix('x').unwrap_or(part);
        is_code(label).then(|| (label.to_string(), label.len() == part.len()))
    };
    value.split('.').map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::campaign::options::{Guard, KeptTest};
    use proptest::prelude::*;

    fn back(fields: &Fields) -> CampaignOptions {
        let (value, unknown) = read(fields);
        assert!(unknown.is_empty(), "{unknown:?}");
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_scanned_code_brings_the_two_numbers() {
        let address = Address::parse("#/campaign?cost=0.62&profit=35");
        let options = back(&address.fields);
        assert_eq!((options.cost_per_piece, options.profit_per_response), (0.62, 35.0));
        let other = back(&Address::parse("#/campaign?cost=0.5&profit=12.5").fields);
        assert_eq!((other.cost_per_piece, other.profit_per_response), (0.5, 12.5));
    }

    #[test]
    fn what_is_private_stays_here() {
        let typed = Responses::Typed([("555".to_string(), 3)].into());
        let options = CampaignOptions { name: "Spring".into(), responses: typed, ..Default::default() };
        assert_eq!(write(&serde_json::to_value(&options).unwrap()), []);
        assert_eq!(left_out(&options), ["name", "responses"]);
    }

    #[test]
    fn a_thousand_cells_by_hand_do_not_fit_and_are_told() {
        let by_hand: BTreeMap<String, bool> = (0..1_000).map(|code| (format!("{code:03}"), true)).collect();
        let options = CampaignOptions { by_hand, interval: 10, ..Default::default() };
        assert_eq!(write(&serde_json::to_value(&options).unwrap()), [("n".into(), "10".into())]);
        assert_eq!(left_out(&options), ["hand"]);
    }

    #[test]
    fn unusable_values_are_told_and_leave_the_default() {
        let fields = [("cost", "-1"), ("profit", "NaN"), ("n", "1"), ("hand", "<b>"), ("cells", "a b")];
        let fields: Fields = fields.map(|(name, value)| (name.into(), value.into())).into();
        let (value, unknown) = read(&fields);
        assert_eq!(unknown, ["cost", "profit", "n", "hand", "cells"]);
        assert_eq!(serde_json::from_value::<CampaignOptions>(value).unwrap(), CampaignOptions::default());
    }

    fn responses() -> impl Strategy<Value = Responses> {
        prop_oneof![Just(Responses::NotYet), any::<u64>().prop_map(|seed| Responses::Simulated { seed })]
    }

    #[test]
    fn a_campaign_that_runs_keeps_what_no_link_carries() {
        let running = CampaignOptions {
            name: "Spring".into(),
            interval: 10,
            responses: Responses::Typed([("555".into(), 3)].into()),
            review: Responses::Imported,
            by_hand: [("Champions".into(), false)].into(),
            kept_test: Some(KeptTest { on: Day(20_000), cells_from: "rfm.cell".into(), cells: vec![] }),
            ..CampaignOptions::default()
        };
        let old = serde_json::to_value(&running).unwrap();
        let opened = |fields: &[(&str, &str)]| -> CampaignOptions {
            let fields: Fields = fields.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
            serde_json::from_value(keep(&old, read(&fields).0)).unwrap()
        };
        // What links carry is as the link says: one in 20, the default, for it says nothing of it.
        assert_eq!(
            opened(&[("cost", "0.5")]),
            CampaignOptions { interval: 20, cost_per_piece: 0.5, ..running.clone() }
        );
        let simulated = opened(&[("responses", "sim:7"), ("hand", "x111")]);
        assert_eq!(simulated.responses, Responses::Simulated { seed: 7 });
        assert_eq!(simulated.by_hand, [("111".into(), false)].into());
        assert_eq!((simulated.name, simulated.review), ("Spring".into(), Responses::Imported));
        assert_eq!(simulated.kept_test, running.kept_test);
    }

    prop_compose! {
        fn options()(
            stage in prop::sample::select(Stage::ALL.to_vec()),
            cells_from in "(rfm\\.(cell|segment)|pyramid\\.tier|clv_forecast\\.value)",
            groups in GROUPS,
            interval in 2u32..=1_000_000,
            start in prop_oneof![Just(Start::First), any::<u64>().prop_map(|seed| Start::Random { seed })],
            control_interval in prop::option::of(2u32..=1_000_000),
            (half_width, confidence) in (0.0001f64..0.5, 0.5f64..0.999),
            (cost_per_piece, profit_per_response) in (0.0f64..1e6, 1e-6f64..1e9),
            rule in prop::sample::select(vec![Rule::Point, Rule::Interval, Rule::Shrunken]),
            (days, campaigns) in (prop::option::of(any::<u16>()), prop::option::of(any::<u8>())),
            mailing_date in prop::option::of((-100_000i32..100_000).prop_map(Day)),
            (responses, review) in (responses(), responses()),
            by_hand in prop::collection::btree_map("[0-9]{1,3}|10-[0-9]", any::<bool>(), 0..130),
        ) -> CampaignOptions {
            CampaignOptions {
                stage, cells_from, groups, interval, start, control_interval, half_width, confidence, cost_per_piece,
                profit_per_response, rule, guard: Guard { days, campaigns }, mailing_date, responses, review, by_hand,
                ..CampaignOptions::default()
            }
        }
    }

    proptest! {
        #[test]
        fn what_a_link_carries_comes_back(options in options()) {
            let fields = write(&serde_json::to_value(&options).unwrap());
            prop_assert!(!is_too_long(&fields));
            let text = Address { page: "campaign".into(), fields: fields.clone() }.to_string();
            prop_assert_eq!(Address::parse(&text).fields, fields.clone());
            prop_assert_eq!(left_out(&options), [""; 0]);
            prop_assert_eq!(back(&fields), options);
        }

        #[test]
        fn a_link_decides_all_that_links_carry(old in options(), new in options()) {
            let [old, new] = [old, new].map(|options| serde_json::to_value(options).unwrap());
            prop_assert_eq!(keep(&old, new.clone()), new);
        }

        #[test]
        fn any_fields_are_read_or_told(name in "[a-z]{1,9}", value in any::<String>()) {
            let _ = read(&[(name, value)]);
        }
    }
}
