//! Addresses: anything at all opens some page; what a link carries comes back from it.

use crate::chance::{corpus_lines, mutate_text, one_of, text};
use crate::harness::Input;
use quintile::core::link::Address;
use quintile::core::random::Random;
use quintile::tools::{self, TOOLS, Tool};

pub fn case(random: &mut Random, input: &Input) {
    let address = any_address(random);
    input.is(&address);
    let parsed = Address::parse(&address);
    let again = Address::parse(&parsed.to_string());
    assert_eq!(again.fields, parsed.fields);
    if let Some(tool) = tools::find(&parsed.page).and_then(|listed| listed.part.get()) {
        assert_eq!(again.page, parsed.page);
        opened(tool, &parsed.fields);
    }
    let tool = one_of(random, TOOLS).part.get().expect("not split");
    let fields = fields(random, tool);
    input.is(Address { page: tool.id.into(), fields: fields.clone() }.to_string());
    opened(tool, &fields);
}

/// `read(write(x)) = x` for whatever record a link can bring.
fn opened(tool: &Tool, fields: &[(String, String)]) {
    let (record, unknown) = (tool.link.read)(fields);
    assert!(unknown.iter().all(|name| fields.iter().any(|field| field.0 == *name) || !name.is_empty()));
    let written = (tool.link.write)(&record);
    let (again, not_understood) = (tool.link.read)(&written);
    assert_eq!(not_understood, [""; 0], "{written:?}");
    assert_eq!((tool.link.write)(&again), written, "the same link once more");
    assert_eq!(again, record, "{written:?}");
    let address = Address { page: tool.id.into(), fields: written.clone() };
    assert_eq!(Address::parse(&address.to_string()), address);
    for old in [&record, &serde_json::Value::Null, &serde_json::json!({ "method": [1], "bins": "x" })] {
        assert_eq!((tool.link.write)(&(tool.link.keep)(old, record.clone())), written);
    }
}

fn kept() -> Vec<String> {
    thread_local!(static KEPT: Vec<String> = corpus_lines("links"));
    KEPT.with(Clone::clone)
}

fn any_address(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("#/{}", text(random)),
        _ => {
            let address = one_of(random, &kept());
            mutate_text(random, &address)
        }
    }
}

/// Fields for a tool: those of the links that are kept, some of their values damaged.
pub fn fields(random: &mut Random, tool: &Tool) -> Vec<(String, String)> {
    let of_tool = |address: &Address| address.page == tool.id;
    let all: Vec<(String, String)> = kept()
        .iter()
        .map(|line| Address::parse(line))
        .filter(of_tool)
        .flat_map(|address| address.fields)
        .collect();
    if all.is_empty() {
        return Vec::new();
    }
    let mut fields: Vec<(String, String)> = (0..random.below(6)).map(|_| one_of(random, &all)).collect();
    for (name, value) in &mut fields {
        match random.below(8) {
            0 => *value = mutate_text(random, value),
            1 => *value = number(random),
            2 => *value = text(random),
            3 if random.chance(0.2) => *name = text(random),
            _ => {}
        }
    }
    fields
}

fn number(random: &mut Random) -> String {
    let numbers = [
        "0",
        "-0",
        "1",
        "2",
        "5",
        "10",
        "11",
        "255",
        "256",
        "1e3",
        "0.1",
        "0.30000000000000004",
        "33.333333333",
        "1e-9",
        "-1",
        "NaN",
        "inf",
        "1e400",
        "18446744073709551615",
        "9007199254740993",
        "99999999999999999999",
        "0x10",
        "+5",
        " 5",
        "5.",
        ".5",
        "1_0",
        "٣",
    ];
    one_of(random, &numbers).into()
}
