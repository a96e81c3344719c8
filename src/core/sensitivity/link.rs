//! Spread, pair and scenarios in an address, names included.

use super::{LONGEST_NAME, MOST_SCENARIOS, SPREADS, Scenario, Sensitivity};
use crate::core::inputs::{Input, Typed, read_link as read_input};
use crate::core::link::{Address, MAX_LENGTH};

type Fields = Vec<(String, String)>;

/// Adds what differs from the defaults to the fields of `page`. Scenarios that would make the address too long are
/// left out from the last on; the number of those that it carries comes back.
///
/// A scenario is `name=number,name=number;Its name`: what stands after the first `;` is the name as it was typed.
pub fn write_link(page: &str, fields: &mut Fields, sensitivity: &Sensitivity) -> usize {
    let mut put = |name: &str, value: String| fields.push((name.into(), value));
    if sensitivity.spread != Sensitivity::default().spread {
        put("spread", sensitivity.spread.to_string());
    }
    for (name, input) in [("down", &sensitivity.down), ("across", &sensitivity.across)] {
        if let Some(input) = input {
            put(name, input.clone());
        }
    }
    for (carried, scenario) in sensitivity.scenarios.iter().enumerate() {
        let numbers: Vec<String> =
            scenario.typed.iter().map(|(name, number)| format!("{name}={number}")).collect();
        fields.push(("scenario".into(), format!("{};{}", numbers.join(","), scenario.name)));
        let address = Address { page: page.into(), fields: fields.clone() };
        if address.to_string().len() > MAX_LENGTH {
            fields.pop();
            return carried;
        }
    }
    sensitivity.scenarios.len()
}

/// Takes a field of an address; `None` where it is none of these, or says what no page could have written.
pub fn read_link(
    inputs: &'static [Input],
    sensitivity: &mut Sensitivity,
    name: &str,
    value: &str,
) -> Option<()> {
    let input = || inputs.iter().find(|input| input.name == value).map(|input| input.name.to_string());
    match name {
        "spread" => {
            let spread: f64 = value.parse().ok()?;
            sensitivity.spread = SPREADS.into_iter().find(|&known| known == spread)?;
        }
        "down" => sensitivity.down = Some(input()?),
        "across" => sensitivity.across = Some(input()?),
        "scenario" => {
            let (numbers, name) = value.split_once(';')?;
            let mut typed = Typed::new();
            for pair in numbers.split(',').filter(|pair| !pair.is_empty()) {
                let (name, number) = pair.split_once('=')?;
                read_input(inputs, &mut typed, name, number)?;
            }
            let length = name.chars().count();
            let taken = sensitivity.scenarios.iter().any(|scenario| scenario.name == name);
            let fits = (1..=LONGEST_NAME).contains(&length) && name.trim() == name;
            if !fits
                || taken
                || name.chars().any(char::is_control)
                || sensitivity.scenarios.len() >= MOST_SCENARIOS
            {
                return None;
            }
            sensitivity.scenarios.push(Scenario { name: name.into(), typed });
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    static INPUTS: [Input; 2] =
        [Input::money("price", ("Price", "價格"), 10.0), Input::rate("share", ("Share", "佔比"), 0.5)];

    fn read(fields: &Fields) -> (Sensitivity, Vec<String>) {
        let mut sensitivity = Sensitivity::default();
        let refused =
            fields.iter().filter(|(name, value)| read_link(&INPUTS, &mut sensitivity, name, value).is_none());
        let refused = refused.map(|(_, value)| value.clone()).collect();
        (sensitivity, refused)
    }

    #[test]
    fn scenarios_that_do_not_fit_are_left_out_from_the_last_on() {
        let scenario = |at: usize| Scenario {
            name: format!("{at}{}", "客".repeat(LONGEST_NAME - 1)),
            typed: [("price".into(), 1.0 / 3.0), ("share".into(), 1.0 / 7.0)].into(),
        };
        let sensitivity = Sensitivity { scenarios: (0..5).map(scenario).collect(), ..Sensitivity::default() };
        let mut fields = vec![("long".to_string(), "x".repeat(1200))];
        let carried = write_link("clv", &mut fields, &sensitivity);
        assert_eq!(carried, 2);
        assert_eq!(fields.len(), 3);
        assert!(Address { page: "clv".into(), fields }.to_string().len() <= MAX_LENGTH);
    }

    #[test]
    fn what_no_page_could_have_written_is_refused() {
        for (name, value) in [
            ("spread", "0.3"),
            ("down", "no such"),
            ("scenario", "price=12"),
            ("scenario", "price=-1;Low"),
            ("scenario", "no=1;Low"),
            ("scenario", "price=12; "),
            ("scenario", "price=12;a\nb"),
            ("other", "1"),
        ] {
            let (sensitivity, refused) = read(&vec![(name.into(), value.into())]);
            assert_eq!((sensitivity, refused.len()), (Sensitivity::default(), 1), "{name}={value}");
        }
        let (_, refused) = read(&vec![("scenario".into(), ";A".into()), ("scenario".into(), ";A".into())]);
        assert_eq!(refused.len(), 1, "two of one name");
    }

    proptest! {
        #[test]
        fn what_was_set_up_comes_back(
            names in prop::collection::hash_set("[a-zé客;=&<,%+]{1,8}( [;=&<,客]{1,8})?", 0..5),
            price in 0.0..1e9f64, share in 0.0..1.0f64, spread in 0..4usize,
        ) {
            let typed: Typed = [("price".to_string(), price), ("share".to_string(), share)].into();
            let scenarios = names.into_iter().map(|name| Scenario { name, typed: typed.clone() }).collect();
            let set_up = Sensitivity {
                spread: SPREADS[spread], down: Some("share".into()), across: Some("price".into()), scenarios,
            };
            let mut fields = Fields::new();
            prop_assert_eq!(write_link("clv", &mut fields, &set_up), set_up.scenarios.len());
            // By way of the address itself, which escapes.
            let address = Address { page: "clv".into(), fields };
            let parsed = Address::parse(&address.to_string());
            let (read, refused) = read(&parsed.fields);
            prop_assert_eq!(refused, Vec::<String>::new());
            prop_assert_eq!(read, set_up);
        }
    }
}
