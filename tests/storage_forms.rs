//! The stored form of a dataset and the workspace file: they come back whole, or damage is found.

use proptest::prelude::*;
use quintile::core::codec::{self, Meta, Section};
use quintile::core::dataset::Dataset;
use quintile::core::dictionary::{Dictionary, NO_CODE};
use quintile::core::problem::Problem;
use quintile::core::random::Random;
use quintile::core::sample;
use quintile::core::table::{Column, ColumnData, NO_DAY, NO_MONEY, Role, Table, TableKind};
use quintile::core::workspace::{SampleId, Source, Workspace};
use quintile::core::workspace_file;
use serde_json::json;

fn make(id: SampleId) -> Dataset {
    sample::make(id, sample::SEED, &mut |_| ())
}

#[track_caller]
fn assert_same(a: &Dataset, b: &Dataset) {
    assert_eq!(a.customers, b.customers);
    assert!(a.tables.keys().eq(b.tables.keys()));
    for (a, b) in a.tables.values().zip(b.tables.values()) {
        assert_eq!((a.kind, &a.customer, a.columns.len()), (b.kind, &b.customer, b.columns.len()));
        for (a, b) in a.columns.iter().zip(&b.columns) {
            assert_eq!((a.role, &a.name), (b.role, &b.name));
            match (&a.data, &b.data) {
                (ColumnData::Days(a), ColumnData::Days(b)) => assert_eq!(a, b),
                (ColumnData::Money(a), ColumnData::Money(b)) => assert_eq!(a, b),
                (ColumnData::Numbers(a), ColumnData::Numbers(b)) => {
                    assert!(a.len() == b.len());
                    assert!(
                        a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan())
                    );
                }
                (
                    ColumnData::Texts { codes: a, dictionary: names_a },
                    ColumnData::Texts { codes: b, dictionary: names_b },
                ) => assert_eq!((a, names_a), (b, names_b)),
                _ => panic!("{:?} changed its type", a.role),
            }
        }
    }
}

fn round_trip(dataset: &Dataset) {
    assert_same(&codec::decode(&codec::encode(dataset, &Meta::new())).unwrap().0, dataset);
}

fn one_column(rows: usize, data: ColumnData) -> Dataset {
    let column = Column { role: Role::Attribute, name: "x".into(), data };
    let table = Table { kind: TableKind::Customers, customer: vec![0; rows], columns: vec![column] };
    let customers = Dictionary::from_iter(["only"]);
    Dataset { customers, tables: [(TableKind::Customers, table)].into(), ..Dataset::default() }
}

fn numbered(count: usize) -> Dictionary {
    let mut names = Dictionary::default();
    (0..count).for_each(|n| {
        names.intern(&n.to_string());
    });
    names
}

#[test]
fn samples_come_back_whole_with_what_is_kept_beside_them() {
    for id in [SampleId::Shop, SampleId::Teaching] {
        round_trip(&make(id));
    }
    let meta = Meta::from([(TableKind::Transactions, json!({ "set_aside": [3, "日期"] }))]);
    let sections = codec::encode(&make(SampleId::Teaching), &meta);
    assert_eq!(codec::decode(&sections).unwrap().1, meta);
}

#[test]
fn an_empty_dataset_and_empty_columns_come_back() {
    round_trip(&Dataset::default());
    round_trip(&one_column(0, ColumnData::Days(vec![])));
    round_trip(&one_column(0, ColumnData::Texts { codes: vec![], dictionary: Dictionary::default() }));
}

#[test]
fn codes_of_every_width_and_their_none_come_back() {
    for size in [1, 254, 255, 256, 257, 65_534, 65_535, 65_536, 70_000_usize] {
        let codes = vec![0, size as u32 - 1, NO_CODE, (size / 2) as u32];
        round_trip(&one_column(4, ColumnData::Texts { codes, dictionary: numbered(size) }));
    }
}

#[test]
fn extreme_money_and_days_come_back() {
    for edge in
        [i64::from(i32::MIN), i64::from(i32::MIN) + 1, i64::from(i32::MAX) + 1, i64::MAX, i64::MIN + 1]
    {
        round_trip(&one_column(4, ColumnData::Money(vec![edge, 0, NO_MONEY, -1])));
    }
    round_trip(&one_column(3, ColumnData::Days(vec![i32::MAX, NO_DAY, -1])));
    for number in [0.1, 3.0, -0.0, f64::MAX, f64::MIN_POSITIVE, 16_777_217.0] {
        round_trip(&one_column(2, ColumnData::Numbers(vec![number, f64::NAN])));
    }
}

#[test]
fn large_columns_are_cut_into_chunks() {
    let rows = 1_500_000;
    let dataset = one_column(rows, ColumnData::Days((0..rows as i32).collect()));
    let sections = codec::encode(&dataset, &Meta::new());
    assert!(sections.iter().all(|section| section.bytes.len() <= codec::CHUNK));
    assert_eq!(sections.iter().filter(|s| s.name.starts_with("customers.0.")).count(), 2);
    assert_same(&codec::decode(&sections).unwrap().0, &dataset);
}

fn arbitrary_column(rows: usize) -> impl Strategy<Value = ColumnData> {
    use prop::collection::vec;
    prop_oneof![
        vec(any::<i32>(), rows).prop_map(ColumnData::Days),
        vec(any::<i64>(), rows).prop_map(ColumnData::Money),
        vec(-1_000_i64..1_000, rows).prop_map(ColumnData::Money),
        vec(any::<f64>(), rows).prop_map(ColumnData::Numbers),
        vec(prop::option::of(any::<String>()), rows).prop_map(|texts| {
            let mut dictionary = Dictionary::default();
            let codes = texts.iter().map(|t| t.as_deref().map_or(NO_CODE, |t| dictionary.intern(t)));
            ColumnData::Texts { codes: codes.collect(), dictionary }
        }),
    ]
}

proptest! {
    #[test]
    fn any_table_comes_back_whole(
        columns in (0_usize..30).prop_flat_map(|rows| prop::collection::vec(arbitrary_column(rows), 1..5))
    ) {
        let mut dataset = one_column(columns[0].len(), ColumnData::Days(vec![]));
        let columns = columns.into_iter().map(|data| Column { role: Role::Attribute, name: "欄".into(), data });
        dataset.tables.get_mut(&TableKind::Customers).unwrap().columns = columns.collect();
        round_trip(&dataset);
    }

    #[test]
    fn any_sections_give_a_dataset_or_a_problem(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        target in any::<prop::sample::Index>(),
        keep_checksum in any::<bool>(),
    ) {
        let mut sections = codec::encode(&make(SampleId::Teaching), &Meta::new());
        let section = target.get_mut(&mut sections);
        let crc32 = if keep_checksum { section.crc32 } else { crc32fast::hash(&bytes) };
        *section = Section { name: section.name.clone(), bytes, crc32 };
        prop_assert!(codec::decode(&sections).is_err());
    }

    #[test]
    fn any_bytes_as_a_workspace_file_give_a_problem(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(workspace_file::read(&bytes).is_err());
        let mut headed = b"QUINTILE".to_vec();
        headed.extend(bytes);
        prop_assert!(workspace_file::read(&headed).is_err());
    }
}

/// Manifests that are well-formed JSON with right checksums and yet lie about the streams.
#[test]
fn a_lying_manifest_is_found() {
    let sections = codec::encode(&make(SampleId::Shop), &Meta::new());
    let manifest = sections.iter().position(|s| s.name == codec::MANIFEST).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&sections[manifest].bytes).unwrap();
    let mut pointers = Vec::new();
    leaves(&json, String::new(), &mut pointers);
    let mut found = 0;
    for pointer in &pointers {
        for lie in [json!(0), json!(u64::MAX), json!(3), json!("x"), json!(null), json!([])] {
            let mut lying = json.clone();
            *lying.pointer_mut(pointer).unwrap() = lie;
            let mut sections = sections.clone();
            sections[manifest] = Section::new(codec::MANIFEST, serde_json::to_vec(&lying).unwrap());
            // Names of columns and the slot beside a table are free; nothing else may pass unnoticed, or panic.
            found += usize::from(codec::decode(&sections).is_err());
        }
    }
    assert!(found as f64 > 0.85 * 6.0 * pointers.len() as f64, "{found} lies of {}", 6 * pointers.len());
}

fn leaves(value: &serde_json::Value, path: String, out: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => map.iter().for_each(|(k, v)| leaves(v, format!("{path}/{k}"), out)),
        serde_json::Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, v)| leaves(v, format!("{path}/{i}"), out));
        }
        _ => out.push(path),
    }
}

#[test]
fn every_flipped_byte_of_a_stored_dataset_is_found() {
    let sections = codec::encode(&make(SampleId::Shop), &Meta::new());
    let mut random = Random::new(1);
    for _ in 0..1_000 {
        let mut flipped = sections.clone();
        let section = &mut flipped[random.below(sections.len() as u32) as usize];
        let byte = random.below(section.bytes.len() as u32) as usize;
        section.bytes[byte] ^= 1 << random.below(8);
        assert!(matches!(codec::decode(&flipped), Err(Problem::Damaged { .. })));
    }
}

#[test]
fn a_lost_section_or_one_of_another_dataset_is_found() {
    let sections = codec::encode(&make(SampleId::Teaching), &Meta::new());
    for lost in 0..sections.len() {
        let mut fewer = sections.clone();
        fewer.remove(lost);
        assert!(matches!(codec::decode(&fewer), Err(Problem::Damaged { .. })));
    }
    let other_shop = sample::make(SampleId::Shop, sample::SEED + 1, &mut |_| ());
    let (mut mine, other) =
        (codec::encode(&make(SampleId::Shop), &Meta::new()), codec::encode(&other_shop, &Meta::new()));
    let index = mine.iter().position(|s| s.name == "transactions.1.0").unwrap();
    mine[index] = other.into_iter().find(|s| s.name == "transactions.1.0").unwrap();
    assert!(matches!(codec::decode(&mine), Err(Problem::Damaged { .. })));
}

#[test]
fn a_later_format_is_told_apart_from_damage() {
    let later = Section::new(codec::MANIFEST, br#"{"format":2,"shape":"unknown"}"#.to_vec());
    assert_eq!(codec::decode(&[later]).unwrap_err(), Problem::NewerFormat { found: 2, known: 1 });

    let mut file = workspace_file::write(&workspace(), true, &[]);
    file[8] = 9;
    assert!(matches!(workspace_file::read(&file), Err(Problem::Damaged { .. })), "a flip is damage");
    let crc32 = crc32fast::hash(&file[..12]).to_le_bytes();
    file[12..16].copy_from_slice(&crc32);
    assert_eq!(workspace_file::read(&file).unwrap_err(), Problem::NewerFormat { found: 9, known: 1 });

    let mut newer = workspace();
    newer.format = 7;
    let file = workspace_file::write(&newer, true, &[]);
    assert_eq!(workspace_file::read(&file).unwrap_err(), Problem::NewerFormat { found: 7, known: 1 });
}

fn workspace() -> Workspace {
    let mut workspace = Workspace::new("w-1", "春季活動", Source::Stored { id: "d-1".into() });
    workspace.set("rfm", &json!({ "bins": 5 }), None);
    workspace.set("rfm", &json!({ "bins": 3 }), None);
    workspace.undo();
    workspace
}

fn whole_file() -> Vec<u8> {
    workspace_file::write(&workspace(), true, &codec::encode(&make(SampleId::Teaching), &Meta::new()))
}

#[test]
fn a_workspace_file_comes_back_with_and_without_data_and_log() {
    let file = workspace_file::read(&whole_file()).unwrap();
    assert_eq!(file.workspace, workspace());
    assert_same(&codec::decode(&file.data.unwrap()).unwrap().0, &make(SampleId::Teaching));

    let settings = workspace_file::read(&workspace_file::write(&workspace(), false, &[])).unwrap();
    assert_eq!(settings.workspace.records, workspace().records);
    assert!(!settings.workspace.log.can_undo() && !settings.workspace.log.can_redo());
    assert_eq!(settings.data, None);
}

#[test]
fn every_flipped_byte_of_a_workspace_file_is_found() {
    let file = whole_file();
    for byte in 0..file.len() {
        let mut flipped = file.clone();
        flipped[byte] ^= 1 << (byte % 8);
        let problem = workspace_file::read(&flipped).expect_err("a flip");
        assert_eq!(problem == Problem::NotAWorkspace, byte < 8, "byte {byte}: {problem:?}");
    }
}

/// One to four bytes at random places take random other values: among them the lengths, names and checksums.
#[test]
fn a_thousand_random_changes_of_a_large_workspace_file_are_found() {
    let sections = codec::encode(&make(SampleId::Shop), &Meta::new());
    let file = workspace_file::write(&workspace(), true, &sections);
    let mut random = Random::new(5);
    for round in 0..1_000 {
        let mut changed = file.clone();
        // Half of them near the start, where the list of sections is.
        let within = if round % 2 == 0 { file.len() } else { 2_000 };
        for _ in 0..=random.below(4) {
            let byte = random.below(within as u32) as usize;
            changed[byte] ^= 1 + random.below(255) as u8;
        }
        if changed != file {
            assert!(workspace_file::read(&changed).is_err(), "round {round}");
        }
    }
}

#[test]
fn every_truncation_and_addition_is_found() {
    let mut file = whole_file();
    for len in 0..file.len() {
        assert!(workspace_file::read(&file[..len]).is_err(), "cut at {len}");
    }
    file.push(0);
    assert!(workspace_file::read(&file).is_err());
}

#[test]
fn another_file_is_not_called_damaged() {
    assert_eq!(workspace_file::read(b"customer,date,amount\r\n"), Err(Problem::NotAWorkspace));
    assert!(workspace_file::is_workspace_file(&whole_file()));
}

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/workspace_format_1.quintile");

/// A file that format 1 has written once opens for ever. `QUINTILE_WRITE_FIXTURES=1` writes it anew: only before the
/// format is released.
#[test]
fn the_kept_file_of_format_1_opens() {
    if std::env::var_os("QUINTILE_WRITE_FIXTURES").is_some() {
        let meta = Meta::from([(TableKind::Transactions, json!({ "report": "kept" }))]);
        let sections = codec::encode(&make(SampleId::Teaching), &meta);
        std::fs::write(FIXTURE, workspace_file::write(&workspace(), true, &sections)).unwrap();
    }
    let file = workspace_file::read(&std::fs::read(FIXTURE).unwrap()).unwrap();
    assert_eq!(file.workspace.name(), "春季活動");
    assert_eq!(file.workspace.records["rfm"], json!({ "bins": 5 }));
    assert!(file.workspace.log.can_redo());
    let (dataset, meta) = codec::decode(&file.data.unwrap()).unwrap();
    assert_eq!(meta[&TableKind::Transactions], json!({ "report": "kept" }));
    let table = dataset.table(TableKind::Transactions).unwrap();
    assert_eq!((dataset.customers.len(), table.rows()), (25, 60));
    assert_eq!(table.money(Role::Amount).unwrap().iter().sum::<i64>(), 5_710_000);
}
