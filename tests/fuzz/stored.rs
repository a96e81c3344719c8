//! Workspace files: what is written comes back, any damage is found, and nothing panics on forged ones.

use crate::chance::{below, mutate, mutate_text, one_of, text};
use crate::harness::Input;
use quintile::core::codec::{self, MANIFEST, Meta, Section};
use quintile::core::dataset::Dataset;
use quintile::core::lang::Lang;
use quintile::core::problem::Problem;
use quintile::core::random::Random;
use quintile::core::sample;
use quintile::core::workspace::{SampleId, Source, Workspace};
use quintile::core::workspace_file;
use serde_json::{Map, Value};

pub fn case(random: &mut Random, input: &Input) {
    let workspace = workspace(random);
    let sections = if random.chance(0.7) { teaching() } else { Vec::new() };
    let keep_log = random.chance(0.7);
    let file = workspace_file::write(&workspace, keep_log, &sections);
    input.is(&file);
    let read = workspace_file::read(&file).expect("what was written");
    assert_eq!(read.workspace.records, workspace.records);
    assert_eq!(read.data, (!sections.is_empty()).then(|| sections.clone()));
    if keep_log {
        assert_eq!(read.workspace, workspace);
    }

    let mut damaged = file.clone();
    mutate(random, &mut damaged);
    if damaged != file {
        input.is(&damaged);
        told(&workspace_file::read(&damaged).expect_err("damage"));
    }
    forged(random, input, &workspace, sections);
}

/// Other bytes under right checksums, as a liar or a faulty program would write them: a problem or a whole dataset.
fn forged(random: &mut Random, input: &Input, workspace: &Workspace, mut sections: Vec<Section>) {
    if sections.is_empty() {
        return forged_workspace(random, input, workspace);
    }
    let at = below(random, sections.len());
    let mut bytes = sections[at].bytes.clone();
    if sections[at].name == MANIFEST && random.chance(0.7) {
        let mut manifest: Value = serde_json::from_slice(&bytes).unwrap();
        lie(random, &mut manifest);
        bytes = serde_json::to_vec(&manifest).unwrap();
    } else {
        mutate(random, &mut bytes);
    }
    sections[at] = Section::new(sections[at].name.clone(), bytes);
    if random.chance(0.5) {
        bless(&mut sections);
    }
    if random.chance(0.1) {
        let other = one_of(random, &sections);
        sections.push(other);
    }
    let file = workspace_file::write(workspace, true, &sections);
    input.is(&file);
    match workspace_file::read(&file) {
        Ok(file) => match codec::decode(&file.data.expect("sections")) {
            Ok((dataset, _)) => whole(&dataset),
            Err(problem) => told(&problem),
        },
        Err(problem) => told(&problem),
    }
}

/// Puts the sections' own checksums into the manifest, so that the lie is not found by them.
fn bless(sections: &mut [Section]) {
    let sums: std::collections::HashMap<String, u32> =
        sections.iter().map(|section| (section.name.clone(), section.crc32)).collect();
    let Some(at) = sections.iter().position(|section| section.name == MANIFEST) else { return };
    let Ok(mut manifest) = serde_json::from_slice::<Value>(&sections[at].bytes) else { return };
    each(&mut manifest, &mut |value| {
        let Some(name) = value.get("name").and_then(Value::as_str).map(String::from) else { return };
        if let Some(Value::Array(chunks)) = value.get_mut("chunks") {
            for (index, chunk) in chunks.iter_mut().enumerate() {
                if let Some(sum) = sums.get(&format!("{name}.{index}")) {
                    *chunk = Value::from(*sum);
                }
            }
        }
    });
    sections[at] = Section::new(MANIFEST, serde_json::to_vec(&manifest).unwrap());
}

fn forged_workspace(random: &mut Random, input: &Input, workspace: &Workspace) {
    let mut json = serde_json::to_value(workspace).unwrap();
    lie(random, &mut json);
    let mut text = json.to_string();
    if random.chance(0.3) {
        text = mutate_text(random, &text);
    }
    // The same frame around another workspace.
    let file = sealed(text.as_bytes());
    input.is(&file);
    match workspace_file::read(&file) {
        Ok(file) => {
            let again = workspace_file::write(&file.workspace, true, &[]);
            assert_eq!(workspace_file::read(&again).unwrap().workspace, file.workspace);
            let mut workspace = file.workspace;
            let (_, _, _) = (workspace.name(), workspace.source(), workspace.currency());
            workspace.stored_ids();
            while !workspace.undo().is_empty() {}
            while !workspace.redo().is_empty() {}
        }
        Err(problem) => told(&problem),
    }
}

/// A workspace file of only this section, with right checksums.
fn sealed(json: &[u8]) -> Vec<u8> {
    let mut file = b"QUINTILE".to_vec();
    file.extend(workspace_file::FORMAT.to_le_bytes());
    file.extend(crc32fast::hash(&file).to_le_bytes());
    let list = file.len();
    file.extend(1_u32.to_le_bytes());
    file.extend(9_u16.to_le_bytes());
    file.extend(b"workspace");
    file.extend((json.len() as u64).to_le_bytes());
    file.extend(crc32fast::hash(json).to_le_bytes());
    file.extend(crc32fast::hash(&file[list..]).to_le_bytes());
    file.extend(json);
    file
}

/// What holds for every dataset that was decoded: no accessor runs out of it.
fn whole(dataset: &Dataset) {
    for table in dataset.tables.values() {
        for &code in table.customer.iter().filter(|&&code| code != u32::MAX) {
            let _ = dataset.customers.get(code);
        }
        for column in &table.columns {
            assert_eq!(column.data.len(), table.rows());
            for row in 0..table.rows() {
                let _ = (column.data.text(row), column.data.number(row));
            }
        }
    }
    let again = codec::encode(dataset, &Meta::new());
    assert_eq!(codec::encode(&codec::decode(&again).unwrap().0, &Meta::new()), again);
}

fn told(problem: &Problem) {
    Lang::ALL.into_iter().for_each(|lang| assert!(!problem.say(lang).is_empty()));
}

fn teaching() -> Vec<Section> {
    thread_local!(static SECTIONS: Vec<Section> = {
        let teaching = sample::make(SampleId::Teaching, sample::SEED, &mut |_| ());
        codec::encode(&teaching, &Meta::new())
    });
    SECTIONS.with(Clone::clone)
}

/// A workspace after some edits, undos and redos.
fn workspace(random: &mut Random) -> Workspace {
    let source = match random.below(3) {
        0 => Source::Empty,
        1 => Source::sample(SampleId::Shop, random.bits()),
        _ => Source::Stored { id: text(random) },
    };
    let mut workspace = Workspace::new(&text(random), &text(random), source);
    for _ in 0..random.below(12) {
        let burst = random.chance(0.4).then(|| u64::from(random.below(3)));
        match random.below(5) {
            0 => drop(workspace.undo()),
            1 => drop(workspace.redo()),
            _ => {
                workspace.set(one_of(random, &["rfm", "campaign", "name", "note"]), &value(random, 3), burst)
            }
        }
    }
    workspace
}

fn value(random: &mut Random, depth: u32) -> Value {
    match random.below(if depth == 0 { 5 } else { 7 }) {
        0 => Value::Null,
        1 => Value::from(random.chance(0.5)),
        2 => Value::from(random.bits() as i64 >> random.below(60)),
        3 => Value::from(random.uniform()),
        4 => Value::from(text(random)),
        5 => (0..random.below(4)).map(|_| value(random, depth - 1)).collect(),
        _ => Value::Object(
            (0..random.below(4)).map(|_| (text(random), value(random, depth - 1))).collect::<Map<_, _>>(),
        ),
    }
}

/// Puts something else in one place of a JSON value.
fn lie(random: &mut Random, json: &mut Value) {
    let mut places = 0;
    each(json, &mut |_| places += 1);
    let mut left = below(random, places);
    let lies = [
        Value::from(0),
        Value::from(u64::MAX),
        Value::from(-1),
        Value::from(3),
        Value::from(1e300),
        Value::Null,
        Value::from("x"),
        Value::Array(vec![]),
        Value::from(text(random)),
        value(random, 2),
    ];
    let lie = one_of(random, &lies);
    each(json, &mut |value| {
        if left == 0 {
            *value = lie.clone();
        }
        left = left.wrapping_sub(1);
    });
}

/// Visits every value within a JSON value, the inner ones first.
fn each(value: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|inner| each(inner, visit)),
        Value::Object(map) => map.values_mut().for_each(|inner| each(inner, visit)),
        _ => {}
    }
    visit(value);
}
