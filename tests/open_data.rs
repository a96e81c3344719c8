//! Where the data of a session are after a change, what is stored of them, and that they open again the same.

use proptest::prelude::*;
use quintile::core::codec::{Meta, Section};
use quintile::core::contacts::{Contact, Wave, append_contacts};
use quintile::core::dataset::Dataset;
use quintile::core::dictionary::{Dictionary, NO_CODE};
use quintile::core::import::{self, Importer, Note, Overrides};
use quintile::core::money::Currency;
use quintile::core::problem::Problem;
use quintile::core::table::{Table, TableKind};
use quintile::core::workspace::{SampleId, Source, Workspace, key};
use quintile::core::{added, sample};
use quintile::jobs::data::{self, TakenIn, ToStore};
use quintile::jobs::protocol::{DataInfo, Onto, Settings};
use quintile::jobs::{self, Progress, Reply, Session, Silent, ToolRequest};
use serde_json::Value;

const SAMPLE: Source = Source::Sample { sample: SampleId::Teaching, seed: 7, added: None };

fn added_to_sample(id: &str) -> Source {
    Source::Sample { sample: SampleId::Teaching, seed: 7, added: Some(id.into()) }
}

fn stored(id: &str) -> Source {
    Source::Stored { id: id.into() }
}

fn open(source: &Source, sections: &[Section]) -> Session {
    Session::open(source, sections, Settings::default(), &mut |_| ()).unwrap()
}

fn take_in(session: &mut Session, file: &str, kind: TableKind, onto: Onto) -> TakenIn {
    let overrides = Overrides { kind: Some(kind), ..Overrides::default() };
    let plan = import::preview(file.as_bytes(), true, &overrides, &|_| None).unwrap().plan;
    let customers = match onto {
        Onto::NewData => Dictionary::default(),
        Onto::Replace | Onto::Append => session.dataset.customers.clone(),
    };
    let mut importer = Importer::new(plan, &Currency::default(), customers, [1; 16], None).unwrap();
    importer.push(file.as_bytes()).unwrap();
    session.take_in(importer.finish().unwrap(), onto)
}

/// Customers by name and rows as text, so that it does not matter how they are coded.
fn told(dataset: &Dataset) -> Vec<String> {
    let rows = |table: &Table| {
        let cells = |row: usize| {
            let customer = Some(table.customer[row]).filter(|&code| code != NO_CODE);
            let customer = customer.map(|code| dataset.customers.get(code));
            let values = table.columns.iter().map(|c| format!("{:?} {:?}", c.role, c.data.text(row)));
            format!("{:?} {customer:?} {}", table.kind, values.collect::<Vec<_>>().join(" "))
        };
        (0..table.rows()).map(cells).collect::<Vec<_>>()
    };
    dataset.tables.values().flat_map(rows).collect()
}

/// Opens again what is stored, and compares.
#[track_caller]
fn opens_again(session: &Session, expected: Source) -> Session {
    let ToStore { source, sections } = session.to_store("d1");
    assert_eq!(source, expected);
    assert_eq!(source.stored_id().is_some(), !sections.is_empty());
    // The same in the smallest steps, as it is written to the disk.
    let mut steps = session
        .begin_storing()
        .map(|mut storing| std::iter::from_fn(move || session.next_sections(&mut storing, 1)));
    let in_steps: Vec<_> =
        steps.iter_mut().flatten().inspect(|step| assert!(!step.is_empty())).flatten().collect();
    assert_eq!(in_steps, sections);
    let again = open(&source, &sections);
    assert_eq!(told(&again.dataset), told(&session.dataset));
    assert_eq!(again.dataset.customers, session.dataset.customers);
    assert_eq!(again.meta, session.meta);
    again
}

const RESPONSES: &str = "customer,key code,revenue\nT05,K1,10\n,K2,\nnew,K1,5\n";

fn with_responses() -> Session {
    let mut session = open(&SAMPLE, &[]);
    // The teaching sample's own ids, whatever they are.
    let known = session.dataset.customers.get(4).to_string();
    take_in(&mut session, &RESPONSES.replace("T05", &known), TableKind::Responses, Onto::Replace);
    session
}

#[test]
fn an_unchanged_sample_needs_nothing_stored() {
    opens_again(&open(&SAMPLE, &[]), SAMPLE);
}

#[test]
fn responses_are_added_to_a_sample_and_only_they_are_stored() {
    let session = with_responses();
    let table = &session.dataset.tables[&TableKind::Responses];
    assert_eq!(table.customer, [4, NO_CODE, 25]);
    let ToStore { sections, .. } = session.to_store("d1");
    let (alone, _) = quintile::core::codec::decode(&sections).unwrap();
    assert_eq!((alone.customers.len(), alone.tables.len()), (2, 1));
    let again = opens_again(&session, added_to_sample("d1"));
    assert_eq!(DataInfo::of(&again.dataset).customers, 25);
    // What was added before stays beside what is added now.
    let mut again = again;
    take_in(&mut again, "customer\nnew\nnewer\n", TableKind::Customers, Onto::Replace);
    let again = opens_again(&again, added_to_sample("d1"));
    assert_eq!(again.dataset.tables.len(), 3);
}

#[test]
fn the_report_says_who_is_not_in_the_customer_data() {
    let mut session = open(&SAMPLE, &[]);
    let file = "customer,wave\nx,test\nx,control\ny,test\n";
    let first = take_in(&mut session, file, TableKind::Contacts, Onto::Replace);
    assert_eq!(first.report.notes, [Note::NotInCustomerData { customers: 2 }]);
    let second = take_in(&mut session, file, TableKind::Contacts, Onto::Append);
    assert_eq!(second.report.notes, first.report.notes, "they were only contacted before");
    assert_eq!(second.overlap.unwrap().repeated_rows, 3);
    let alone = take_in(&mut session, file, TableKind::Contacts, Onto::NewData);
    assert_eq!(alone.report.notes, [], "there are no customer data to be in");
    opens_again(&session, stored("d1"));
}

#[test]
fn a_sample_whose_own_table_is_changed_is_stored_whole() {
    for onto in [Onto::Replace, Onto::Append, Onto::NewData] {
        let mut session = with_responses();
        let file = "customer,date,amount\nB1,2026-01-02,5\n";
        take_in(&mut session, file, TableKind::Transactions, onto);
        opens_again(&session, stored("d1"));
    }
    let mut session = with_responses();
    session.remove(TableKind::Transactions);
    opens_again(&session, stored("d1"));
    session.remove(TableKind::Responses);
    opens_again(&session, stored("d1"));
}

#[test]
fn removing_an_added_table_leaves_the_others_or_the_bare_sample() {
    let mut session = with_responses();
    take_in(&mut session, "customer,wave\nx,test\n", TableKind::Contacts, Onto::Replace);
    session.remove(TableKind::Responses);
    let again = opens_again(&session, added_to_sample("d1"));
    assert_eq!(again.dataset.customers.len(), 26);
    session.remove(TableKind::Contacts);
    let again = opens_again(&session, SAMPLE);
    assert_eq!(again.dataset.customers.len(), 25);
}

#[test]
fn what_is_stored_is_needed_and_damage_is_found() {
    let (source, settings) = (added_to_sample("d1"), Settings::default());
    let missing = Session::open(&source, &[], settings.clone(), &mut |_| ());
    assert!(matches!(missing, Err(Problem::Damaged { .. })));
    assert!(matches!(Session::open(&stored("d"), &[], settings, &mut |_| ()), Err(Problem::Damaged { .. })));
}

#[test]
fn a_workspace_needs_what_its_undo_can_lead_back_to() {
    let mut workspace = Workspace::new("w", "name", SAMPLE);
    assert_eq!(workspace.stored_ids(), [""; 0]);
    for source in [added_to_sample("b"), stored("c"), added_to_sample("a"), SAMPLE] {
        workspace.set(key::SOURCE, &source, None);
    }
    assert_eq!(workspace.stored_ids(), ["a", "b", "c"]);
    workspace.undo();
    assert_eq!(workspace.source(), added_to_sample("a"));
}

#[test]
fn what_a_tool_changes_is_undone_together_with_its_own_record() {
    let mut workspace = Workspace::new("w", "name", SAMPLE);
    workspace.set("campaign", &"recorded", Some(9));
    workspace.set(key::SOURCE, &added_to_sample("d1"), Some(9));
    assert_eq!(workspace.undo(), [key::SOURCE, "campaign"]);
    assert_eq!((workspace.source(), workspace.records.get("campaign")), (SAMPLE, None));
    assert_eq!(workspace.stored_ids(), ["d1"], "redo leads back to it");
    workspace.redo();
    assert_eq!(workspace.source(), added_to_sample("d1"));
}

#[test]
fn a_sample_is_stored_as_it_was_before_tables_could_be_added() {
    let json = r#"{"sample":{"sample":"teaching","seed":7}}"#;
    assert_eq!(serde_json::to_string(&SAMPLE).unwrap(), json);
    assert_eq!(serde_json::from_str::<Source>(json).unwrap(), SAMPLE);
}

#[test]
fn a_file_of_a_sample_carries_what_was_added_and_opens_as_sample_and_added() {
    let session = with_responses();
    let mut workspace = Workspace::new("w", "name", SAMPLE);
    workspace.set(key::SOURCE, &added_to_sample("d1"), None);
    let loaded = data::load(&session.save(&workspace, true), "d2").unwrap();
    assert_eq!(loaded.workspace.source(), added_to_sample("d2"));
    assert!(!loaded.workspace.log.can_undo(), "the data before are not in the file");
    let again = open(&loaded.workspace.source(), &loaded.sections);
    assert_eq!(told(&again.dataset), told(&session.dataset));
    // The settings alone open the bare sample.
    let settings = data::load(&session.save(&workspace, false), "d3").unwrap();
    assert_eq!((settings.workspace.source(), settings.sections.len()), (SAMPLE, 0));
}

#[test]
fn a_file_of_a_bare_sample_or_of_own_data_opens_as_such() {
    let bare = open(&SAMPLE, &[]);
    let loaded = data::load(&bare.save(&Workspace::new("w", "name", SAMPLE), true), "d2").unwrap();
    assert_eq!((loaded.workspace.source(), loaded.sections.len()), (SAMPLE, 0));

    let mut own = with_responses();
    own.remove(TableKind::Transactions);
    let loaded = data::load(&own.save(&Workspace::new("w", "name", stored("d1")), true), "d2").unwrap();
    assert_eq!(loaded.workspace.source(), stored("d2"));
    assert_eq!(told(&open(&stored("d2"), &loaded.sections).dataset), told(&own.dataset));
}

fn mail(session: &mut Session, input: Value, _: &mut dyn Progress) -> Result<Reply, Problem> {
    let customers = input.as_array().cloned().unwrap_or_default();
    let contact = |customer: &Value| Contact {
        customer: customer.as_u64().unwrap_or_default() as u32,
        day: None,
        campaign: Some("Spring"),
        wave: Some(Wave::Test),
        key_code: None,
        cell: None,
    };
    let added = append_contacts(&mut session.dataset, customers.iter().map(contact));
    Ok(match added {
        0 => Reply::of(&added),
        _ => Reply::changing(&added, &[TableKind::Contacts]),
    })
}

#[test]
fn a_tool_that_changes_the_data_lets_everything_be_forgotten() {
    let mut session = open(&SAMPLE, &[]);
    session.keep(5_u8);
    let unchanged = data::change_by(mail, &mut session, Value::Array(vec![]), &mut Silent).unwrap();
    assert!(unchanged.changed.is_empty());
    assert_eq!(session.take::<u8>(), 5);
    session.keep(5_u8);
    let changed = data::change_by(mail, &mut session, serde_json::json!([1, 2]), &mut Silent).unwrap();
    assert_eq!((changed.json.as_str(), changed.changed), ("2", vec![TableKind::Contacts]));
    assert_eq!(session.take::<u8>(), 0);
    opens_again(&session, added_to_sample("d1"));
}

#[test]
fn a_question_through_the_way_of_changes_changes_nothing() {
    let mut session = open(&SAMPLE, &[]);
    let input = (quintile::tools::rfm::TOOL.demo.unwrap())();
    let request = ToolRequest { tool: "rfm".into(), input };
    let asked = jobs::run(&mut session, request.clone(), &mut Silent).unwrap();
    let reply = data::change(&mut session, request, &mut Silent).unwrap();
    assert_eq!((reply.json, reply.changed), (asked.json, vec![]));
    opens_again(&session, SAMPLE);
}

proptest! {
    #[test]
    fn added_tables_come_back_to_the_same_customers(
        rows in prop::collection::vec(prop::option::of(0_u32..60), 0..80)
    ) {
        let base = sample::make(SampleId::Teaching, sample::SEED, &mut |_| ());
        let mut data = base.clone();
        // Codes above those of the sample are customers whom it does not know.
        let name = |n: u32| if n < 25 { base.customers.get(n).to_string() } else { format!("new {n}") };
        let customer = rows.iter().map(|row| row.map_or(NO_CODE, |n| data.customers.intern(&name(n)))).collect();
        let table = Table { kind: TableKind::Responses, customer, columns: vec![] };
        data.tables.insert(TableKind::Responses, table);
        let apart = added::take_out(&data, |kind| kind == TableKind::Responses);
        prop_assert!(apart.customers.len() <= rows.len());
        let sections = quintile::core::codec::encode(&apart, &Meta::new());
        let mut again = base.clone();
        added::put_back(&mut again, quintile::core::codec::decode(&sections).unwrap().0);
        prop_assert_eq!(told(&again), told(&data));
        prop_assert_eq!(again.customers, data.customers);
    }
}
