//! What must not matter does not: the order of the rows for any tool, the unit of money for who stands where.

use quintile::core::codec::Meta;
use quintile::core::dictionary::Dictionary;
use quintile::core::import::{Importer, preview};
use quintile::core::money::Currency;
use quintile::core::random::Random;
use quintile::core::sample;
use quintile::core::table::TableKind;
use quintile::core::workspace::SampleId;
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent, ToolRequest};
use quintile::tools::{TOOLS, data::table_file};
use serde_json::Value;

/// The orders of a sample as lines of a file, its head first.
fn lines(id: SampleId, most: usize) -> Vec<String> {
    let data = sample::make(id, sample::SEED, &mut |_| ());
    let orders = data.table(TableKind::Transactions).expect("orders");
    let file = table_file::write(orders, &data.customers, &Currency::default(), &mut |_| ());
    let text = String::from_utf8(file).expect("UTF-8");
    text.trim_start_matches('\u{feff}').lines().take(most + 1).map(String::from).collect()
}

fn session(lines: &[String]) -> Session {
    let file = lines.join("\n") + "\n";
    let plan = preview(file.as_bytes(), true, &Default::default(), &|_| None).expect("a table").plan;
    let mut importer =
        Importer::new(plan, &Currency::default(), Dictionary::default(), [0; 16], None).expect("a plan");
    importer.push(file.as_bytes()).expect("rows");
    let imported = importer.finish().expect("usable rows");
    assert_eq!(imported.report.set_aside_count, 0);
    let mut data = quintile::core::dataset::Dataset::default();
    data.set_table(imported.table, imported.customers);
    Session::new(data, Meta::new(), Settings::default())
}

/// What every tool answers to its own demonstration.
fn answers(lines: &[String]) -> Vec<(&'static str, Value)> {
    let mut session = session(lines);
    let tools = TOOLS.iter().map(|listed| listed.part.get().expect("not split"));
    let asked = tools.filter_map(|tool| Some((tool.id, tool.job.and(tool.demo)?())));
    let answer = |(tool, input): (&'static str, Value)| {
        let request = ToolRequest { tool: tool.into(), input };
        let reply = quintile::jobs::run(&mut session, request, &mut Silent);
        let said = match reply {
            Ok(reply) => serde_json::from_str(&reply.json).expect("an answer is JSON"),
            Err(problem) => Value::from(format!("{problem:?}")),
        };
        (tool, said)
    };
    asked.map(answer).collect()
}

fn shuffled(lines: &[String], seed: u64) -> Vec<String> {
    let (mut random, mut rows) = (Random::new(seed), lines.to_vec());
    for at in (2..rows.len()).rev() {
        rows.swap(at, 1 + random.below(at as u32) as usize);
    }
    rows
}

#[test]
fn the_order_of_the_rows_changes_no_answer_of_any_tool() {
    for (id, most) in [(SampleId::Teaching, 60), (SampleId::Shop, 1_500)] {
        let lines = lines(id, most);
        let expected = answers(&lines);
        for seed in 0..3 {
            for ((tool, before), (_, after)) in expected.iter().zip(answers(&shuffled(&lines, seed))) {
                let place = difference(before, &after, String::new());
                assert_eq!(place, None, "{tool} on {id:?}, shuffled with {seed}");
            }
        }
    }
}

/// Where two answers first differ, and how.
fn difference(a: &Value, b: &Value, path: String) -> Option<String> {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().find_map(|(key, value)| difference(value, &b[key], format!("{path}/{key}")))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(at, (a, b))| difference(a, b, format!("{path}/{at}")))
        }
        _ => (a != b).then(|| format!("{path}: {a} and {b}")),
    }
}

/// Amounts in another unit: seven times as large, in the same order.
#[test]
fn the_unit_of_money_moves_nobody_to_another_cell() {
    let lines = lines(SampleId::Shop, 1_500);
    let amount =
        lines[0].split(',').position(|name| name.to_lowercase().contains("amount")).expect("an amount");
    let mut scaled = lines.clone();
    for line in &mut scaled[1..] {
        let mut cells: Vec<String> = line.split(',').map(String::from).collect();
        let minor = cells[amount].replace('.', "").parse::<i64>().expect("an amount of two decimals");
        cells[amount] = Currency::default().decimal(7 * minor);
        *line = cells.join(",");
    }
    let cells = |lines: &[String]| {
        let mut session = session(lines);
        let tool = quintile::tools::find("rfm").and_then(|listed| listed.part.get()).expect("RFM");
        let request = ToolRequest { tool: "rfm".into(), input: tool.demo.expect("a demonstration")() };
        quintile::jobs::run(&mut session, request, &mut Silent).expect("cells");
        let publish = tool.publish.expect("RFM publishes");
        let request = ToolRequest { tool: "rfm".into(), input: publish(&Value::Null) };
        quintile::jobs::run(&mut session, request, &mut Silent).expect("cells");
        let gradings = &session.dataset.gradings;
        ["rfm.cell", "rfm.segment"].map(|name| format!("{:?}", gradings.get(name).expect("published")))
    };
    assert_eq!(cells(&lines), cells(&scaled));
}
