//! The inputs of the open part in an address, scenarios with their names included.

use super::options::{ClvOptions, LONGEST_STATE, MOST_NUMBERS, Part, State};
use crate::core::clv::markov::MOST_STATES;
use crate::core::inputs::{read_link as read_input, write_link as write_inputs};
use crate::core::sensitivity::{read_link as read_sensitivity, write_link as write_sensitivity};
use serde_json::Value;

type Fields = Vec<(String, String)>;

/// The address fields of a record; defaults are left out, and so is what belongs to the parts that are not open.
pub fn write(record: &Value) -> Fields {
    written(&serde_json::from_value(record.clone()).unwrap_or_default()).0
}

/// How many of the open part's scenarios its address carries.
pub fn carried(options: &ClvOptions) -> usize {
    written(options).1
}

fn written(options: &ClvOptions) -> (Fields, usize) {
    let (part, default) = (options.part, ClvOptions::default());
    let mut fields = Fields::new();
    if part != default.part {
        fields.push(("part".into(), part.id().into()));
    }
    fields.extend(write_inputs(part.inputs(), &options.of(part).typed));
    let mut list = |name: &str, numbers: &[f64], default: &[f64]| {
        if numbers != default {
            fields.push((name.into(), join(numbers)));
        }
    };
    match part {
        Part::Years => list("survivors", &options.survivors, &default.survivors),
        Part::Migration => list("buys", &options.probabilities, &default.probabilities),
        Part::Chain if options.states != default.states => {
            let state = |state: &State| format!("{},{};{}", state.reward, join(&state.to), state.name);
            fields.extend(options.states.iter().map(|each| ("state".to_string(), state(each))));
        }
        _ => {}
    }
    let carried = write_sensitivity("clv", &mut fields, &options.of(part).sensitivity);
    (fields, carried)
}

/// Address fields as a record, and the names of those that were not understood.
pub fn read(fields: &[(String, String)]) -> (Value, Vec<String>) {
    let mut options = ClvOptions::default();
    let mut unknown = Vec::new();
    let mut states = Vec::new();
    // Which part it is decides what the other fields mean.
    let part = fields.iter().find(|(name, _)| name == "part");
    match part.map(|(_, id)| Part::ALL.into_iter().find(|part| part.id() == id)) {
        Some(Some(part)) => options.part = part,
        Some(None) => unknown.push("part".into()),
        None => {}
    }
    for (name, value) in fields.iter().filter(|(name, _)| name != "part") {
        if read_field(&mut options, &mut states, name, value).is_none() {
            unknown.push(name.clone());
        }
    }
    if !states.is_empty() {
        if states.iter().all(|state: &State| state.to.len() == states.len()) {
            options.states = states;
        } else {
            unknown.push("state".into());
        }
    }
    (serde_json::to_value(options).expect("options are JSON"), unknown)
}

/// The parts that a link does not open stay as they are.
pub fn keep(old: &Value, new: Value) -> Value {
    let Ok(mut options) = serde_json::from_value::<ClvOptions>(old.clone()) else { return new };
    let mut new: ClvOptions = serde_json::from_value(new).unwrap_or_default();
    let part = new.part;
    options.part = part;
    std::mem::swap(options.of_mut(part), new.of_mut(part));
    match part {
        Part::Years => options.survivors = new.survivors,
        Part::Migration => options.probabilities = new.probabilities,
        Part::Chain => options.states = new.states,
        Part::Formula | Part::Five | Part::Complaints => {}
    }
    serde_json::to_value(options).expect("options are JSON")
}

fn read_field(options: &mut ClvOptions, states: &mut Vec<State>, name: &str, value: &str) -> Option<()> {
    let part = options.part;
    match (part, name) {
        (Part::Years, "survivors") => options.survivors = numbers(value)?,
        (Part::Migration, "buys") => options.probabilities = numbers(value)?,
        (Part::Chain, "state") => {
            let (row, name) = value.split_once(';')?;
            let mut row = numbers(row)?;
            let fits = name.chars().count() <= LONGEST_STATE && !name.chars().any(char::is_control);
            if !fits || row.len() < 2 || states.len() >= MOST_STATES {
                return None;
            }
            let reward = row.remove(0);
            states.push(State { name: name.into(), reward, to: row });
        }
        _ => {
            let own = options.of_mut(part);
            let read = read_input(part.inputs(), &mut own.typed, name, value);
            return match part.has_sensitivity() {
                true => read.or_else(|| read_sensitivity(part.inputs(), &mut own.sensitivity, name, value)),
                false => read,
            };
        }
    }
    Some(())
}

fn join(numbers: &[f64]) -> String {
    let texts: Vec<String> = numbers.iter().map(f64::to_string).collect();
    texts.join(",")
}

fn numbers(text: &str) -> Option<Vec<f64>> {
    let parsed: Option<Vec<f64>> =
        text.split(',').map(|number| number.parse().ok().filter(|number: &f64| number.is_finite())).collect();
    parsed.filter(|numbers| (1..=MOST_NUMBERS).contains(&numbers.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sensitivity::Scenario;

    fn back(options: &ClvOptions) -> ClvOptions {
        let (record, unknown) = read(&written(options).0);
        assert_eq!(unknown, Vec::<String>::new());
        serde_json::from_value(record).unwrap()
    }

    #[test]
    fn every_part_comes_back_from_its_link() {
        for part in Part::ALL {
            let mut options = ClvOptions { part, ..ClvOptions::default() };
            assert_eq!(back(&options), options, "{part:?} as it begins");
            let own = options.of_mut(part);
            own.typed = [("discount".to_string(), 0.15)].into();
            if part == Part::Complaints {
                own.typed = [("silent".to_string(), 25.0)].into();
            }
            if part.has_sensitivity() {
                let typed = [("retention".to_string(), 0.9)].into();
                own.sensitivity.scenarios.push(Scenario { name: "樂觀 & more; =".into(), typed });
            }
            match part {
                Part::Years => options.survivors = vec![100.0, 50.5, 30.0],
                Part::Migration => options.probabilities = vec![0.5, 0.1],
                Part::Chain => {
                    let state =
                        |name: &str, to: [f64; 2]| State { name: name.into(), reward: -1.5, to: to.into() };
                    options.states = vec![state("忠誠; a", [0.8, 0.2]), state("", [0.0, 1.0])];
                }
                _ => {}
            }
            assert_eq!(back(&options), options, "{part:?}");
        }
    }

    #[test]
    fn a_link_changes_its_own_part_only() {
        let mut old = ClvOptions::default();
        old.five.typed = [("points".to_string(), 0.1)].into();
        old.formula.typed = [("retention".to_string(), 0.6)].into();
        let (new, _) = read(&[("retention".into(), "0.9".into())]);
        let kept: ClvOptions =
            serde_json::from_value(keep(&serde_json::to_value(&old).unwrap(), new)).unwrap();
        assert_eq!(kept.formula.typed["retention"], 0.9);
        assert_eq!(kept.five, old.five);
    }

    #[test]
    fn fields_of_other_parts_and_of_no_part_are_told() {
        let refused = |fields: &[(&str, &str)]| {
            read(
                &fields.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect::<Vec<_>>(),
            )
            .1
        };
        assert_eq!(refused(&[("part", "six")]), ["part"]);
        assert_eq!(refused(&[("survivors", "100,50,20")]), ["survivors"]);
        assert_eq!(refused(&[("part", "years"), ("survivors", "100,x")]), ["survivors"]);
        assert_eq!(refused(&[("part", "chain"), ("state", "1,0.5;A")]), [""; 0]);
        assert_eq!(refused(&[("part", "chain"), ("state", "1,0.5,0.5;A")]), ["state"]);
        assert_eq!(refused(&[("part", "complaints"), ("scenario", ";A")]), ["scenario"]);
    }
}
