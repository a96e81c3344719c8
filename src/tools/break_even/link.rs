//! The open calculator in an address: its name, what is typed into it, its rows, and what is varied of it.

use super::calculator::{Calculator, Grid, RowName};
use super::calculators::{CALCULATORS, find};
use super::options::{BreakEvenOptions, CalculatorOptions, LONGEST_NAME, Row};
use crate::core::inputs;
use crate::core::link::{Address, MAX_LENGTH};
use crate::core::sensitivity;
use serde_json::Value;

type Fields = Vec<(String, String)>;

const PAGE: &str = "break_even";

/// The inputs of a workspace record as address fields; defaults are left out.
pub fn write(record: &Value) -> Fields {
    let options: BreakEvenOptions = serde_json::from_value(record.clone()).unwrap_or_default();
    fields(&options).0
}

/// How many of the open calculator's scenarios the address carries.
pub fn carried(options: &BreakEvenOptions) -> usize {
    fields(options).1
}

fn fields(options: &BreakEvenOptions) -> (Fields, usize) {
    let calculator = options.calculator();
    let typed = options.of(calculator);
    let mut fields = Fields::new();
    if calculator.id != CALCULATORS[0].id {
        fields.push(("calc".into(), calculator.id.into()));
    }
    fields.extend(inputs::write_link(calculator.inputs, &typed.typed));
    if let (Some(grid), Some(rows)) = (calculator.grid, &typed.rows) {
        let begun = fields.len();
        fields.extend(rows.iter().map(|row| ("row".into(), write_row(grid, row, true))));
        if (Address { page: PAGE.into(), fields: fields.clone() }).to_string().len() > MAX_LENGTH {
            // The numbers matter more than what rows are called.
            fields.truncate(begun);
            fields.extend(rows.iter().map(|row| ("row".into(), write_row(grid, row, false))));
        }
    }
    let carried = match calculator.model {
        Some(_) => sensitivity::write_link(PAGE, &mut fields, &typed.sensitivity),
        None => 0,
    };
    (fields, carried)
}

/// `100,65,60;Basic`: the numbers of the columns, and after the first `;` the name as it was typed.
fn write_row(grid: &Grid, row: &Row, named: bool) -> String {
    let values = inputs::Values::of(grid.columns, &row.typed);
    let numbers: Vec<String> = (0..grid.columns.len()).map(|at| values.at(at).to_string()).collect();
    let name = if named { row.name.as_str() } else { "" };
    format!("{};{name}", numbers.join(",")).trim_end_matches(';').into()
}

/// Address fields as a workspace record, and the names of the fields that were not understood.
pub fn read(fields: &[(String, String)]) -> (Value, Vec<String>) {
    let mut options = BreakEvenOptions::default();
    let mut unknown = Vec::new();
    // What the other fields mean depends on the calculator.
    let named = fields.iter().find(|(name, _)| name == "calc").and_then(|(_, id)| find(id));
    if let Some(calculator) = named.filter(|calculator| calculator.id != CALCULATORS[0].id) {
        options.open = calculator.id.into();
    }
    let calculator = options.calculator();
    let mut typed = CalculatorOptions::default();
    for (name, value) in fields {
        let understood = match name.as_str() {
            "calc" => find(value).map(|_| ()),
            _ => read_field(calculator, &mut typed, name, value),
        };
        if understood.is_none() {
            unknown.push(name.clone());
        }
    }
    if let (Some(grid), Some(rows)) = (calculator.grid, &typed.rows)
        && rows.len() < grid.least_rows
    {
        typed.rows = None;
        unknown.push("row".into());
    }
    options.edit(calculator, |options| *options = typed);
    (serde_json::to_value(options).expect("options are JSON"), unknown)
}

fn read_field(
    calculator: &'static Calculator,
    typed: &mut CalculatorOptions,
    name: &str,
    value: &str,
) -> Option<()> {
    if name == "row" {
        let grid = calculator.grid?;
        let row = read_row(grid, value)?;
        let rows = typed.rows.get_or_insert_default();
        (rows.len() < grid.most_rows).then(|| rows.push(row))?;
        return Some(());
    }
    let input = inputs::read_link(calculator.inputs, &mut typed.typed, name, value);
    input.or_else(|| {
        calculator.model?;
        sensitivity::read_link(calculator.inputs, &mut typed.sensitivity, name, value)
    })
}

fn read_row(grid: &Grid, value: &str) -> Option<Row> {
    let (numbers, name) = value.split_once(';').unwrap_or((value, ""));
    let may_be_named = matches!(grid.name, RowName::Typed(_)) || name.is_empty();
    if !may_be_named || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return None;
    }
    let numbers: Option<Vec<f64>> = numbers.split(',').map(|number| number.parse().ok()).collect();
    let numbers = numbers.filter(|numbers| numbers.len() == grid.columns.len())?;
    let mut typed = inputs::Typed::new();
    for (input, number) in grid.columns.iter().zip(numbers) {
        input.takes(number).then_some(())?;
        if number != input.start {
            typed.insert(input.name.into(), number);
        }
    }
    Some(Row { name: name.into(), typed })
}

/// What is typed into other calculators stays when a link opens one.
pub fn keep(old: &Value, new: Value) -> Value {
    let Ok(old) = serde_json::from_value::<BreakEvenOptions>(old.clone()) else { return new };
    let mut options: BreakEvenOptions = serde_json::from_value(new).unwrap_or_default();
    let open = options.calculator().id;
    options.calculators.extend(old.calculators.into_iter().filter(|(id, _)| id != open));
    serde_json::to_value(options).expect("options are JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::lang::Lang;

    fn opened(fields: &[(&str, &str)]) -> (BreakEvenOptions, Vec<String>) {
        let fields: Fields =
            fields.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let (record, unknown) = read(&fields);
        (serde_json::from_value(record).unwrap(), unknown)
    }

    #[test]
    fn a_link_brings_numbers_rows_and_scenarios() {
        let (options, unknown) =
            opened(&[("calc", "response"), ("cost", "0.5"), ("scenario", "cost=0.4;Cheap paper")]);
        let typed = options.of(options.calculator());
        assert_eq!((options.open.as_str(), typed.typed["cost"], unknown), ("response", 0.5, vec![]));
        assert_eq!(typed.sensitivity.scenarios[0].name, "Cheap paper");
        let (options, unknown) = opened(&[("calc", "mix"), ("row", "10,5,1;A;b"), ("row", "20,30,2")]);
        let rows = options.of(options.calculator()).rows(options.calculator().grid.unwrap(), Lang::En);
        assert_eq!((rows[0].name.as_str(), rows[1].name.as_str(), unknown), ("A;b", "", vec![]));
        assert_eq!(write(&serde_json::to_value(&options).unwrap()).len(), 3);
    }

    #[test]
    fn what_no_page_could_have_written_is_told() {
        for (name, value) in [
            ("calc", "no_such"),
            ("fixed", "-1"),
            ("fixed", "NaN"),
            ("cost", "1"),
            ("row", "1,2,3"),
            ("scenario", "x"),
            ("no", "1"),
        ] {
            let (options, unknown) = opened(&[(name, value)]);
            assert_eq!(
                (options, unknown),
                (BreakEvenOptions::default(), vec![name.to_string()]),
                "{name}={value}"
            );
        }
        for row in ["1,2", "1,2,x", "1,2,3,4", "-1,2,3", "1,2,3;a\nb", "1,2,3;12345678901234567"] {
            assert_eq!(opened(&[("calc", "mix"), ("row", row)]).1, ["row"], "{row}");
        }
        let nine = vec![("row", "1,0,1"); 9];
        assert_eq!(opened(&[vec![("calc", "mix")], nine].concat()).1, ["row"]);
        for row in ["1,2;A", "1,2"] {
            let (options, unknown) = opened(&[("calc", "system"), ("row", row)]);
            assert_eq!(unknown, ["row"], "years have no names, and one year is no investment: {row}");
            assert_eq!(options.of(options.calculator()), CalculatorOptions::default());
        }
    }

    #[test]
    fn long_names_give_way_to_numbers() {
        let mut options = BreakEvenOptions { open: "mix".into(), ..BreakEvenOptions::default() };
        let calculator = options.calculator();
        let typed: inputs::Typed = [
            ("price".to_string(), 123_456.789),
            ("variable".to_string(), 1.0 / 3.0),
            ("weight".to_string(), 0.7),
        ]
        .into();
        let row = Row { name: "客".repeat(LONGEST_NAME), typed };
        options.edit(calculator, |options| options.rows = Some(vec![row; 8]));
        let fields = write(&serde_json::to_value(&options).unwrap());
        assert!(Address { page: PAGE.into(), fields: fields.clone() }.to_string().len() <= MAX_LENGTH);
        assert_eq!(fields.len(), 9);
    }

    #[test]
    fn other_calculators_stay_as_they_were() {
        let mut old = BreakEvenOptions::default();
        for (id, name) in [("units", "fixed"), ("response", "cost")] {
            old.edit(find(id).unwrap(), |options| {
                options.typed.insert(name.into(), 5.0);
            });
        }
        let (new, _) = read(&[("calc".into(), "response".into()), ("cost".into(), "7".into())]);
        let kept: BreakEvenOptions =
            serde_json::from_value(keep(&serde_json::to_value(&old).unwrap(), new)).unwrap();
        assert_eq!(kept.of(find("units").unwrap()).typed["fixed"], 5.0);
        assert_eq!(kept.of(find("response").unwrap()).typed["cost"], 7.0);
    }
}
