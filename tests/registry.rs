//! Walks the one list of tools: each is whole, in both languages, and runs on the samples.

mod source;

use quintile::core::codec::Meta;
use quintile::core::grading::GradingData;
use quintile::core::lang::Lang;
use quintile::core::sample;
use quintile::core::workspace::SampleId;
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent};
use quintile::tools::published::Unit;
use quintile::tools::{TOOLS, Tool, publisher};
use std::collections::BTreeSet;

/// The tools themselves: here, where nothing is split, every part is at hand.
fn tools() -> Vec<&'static Tool> {
    TOOLS.iter().map(|listed| listed.part.get().expect("not split")).collect()
}

/// What is wrong with a list of tools, given the folders of tools.
fn faults(tools: &[&Tool], folders: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let ids: BTreeSet<String> = tools.iter().map(|tool| tool.id.replace('-', "_")).collect();
    if ids.len() != tools.len() {
        faults.push("two tools have one id".into());
    }
    let folders: BTreeSet<String> = folders.iter().cloned().collect();
    faults.extend(folders.difference(&ids).map(|folder| format!("{folder} is not in the list")));
    faults.extend(ids.difference(&folders).map(|id| format!("{id} has no folder")));
    if !tools.is_sorted_by_key(|tool| tool.group) {
        faults.push("the list is not in the order of the navigation".into());
    }
    for tool in tools {
        let mut fault = |what: &str| faults.push(format!("{}: {what}", tool.id));
        if tool.id.is_empty() || !tool.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'_') {
            fault("its id is not a plain address");
        }
        for (name, text) in [("title", tool.title), ("question", tool.question), ("help", tool.help)] {
            let texts = Lang::ALL.map(text);
            if texts.iter().any(|text| text.trim().is_empty()) || texts[0] == texts[1] {
                fault(&format!("its {name} is not in both languages"));
            }
            let chinese = texts[1].chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            if !chinese || texts[0].chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() > 20 {
                fault(&format!("its {name} has its languages mixed up"));
            }
        }
        if let Some(slide) = tool.slides.iter().find(|slide| !is_slide(slide)) {
            fault(&format!("{slide} is no slide"));
        }
        faults.extend(link_faults(tool));
    }
    faults
}

/// `A63` or `A63–71`.
fn is_slide(text: &str) -> bool {
    let Some(numbers) = text.strip_prefix(['A', 'B', 'C', 'D', 'E']) else { return false };
    let parsed: Vec<Option<u32>> = numbers.split('–').map(|number| number.parse().ok()).collect();
    parsed.len() <= 2 && parsed.is_sorted() && parsed.iter().all(|n| n.is_some_and(|n| (1..=83).contains(&n)))
}

fn link_faults(tool: &Tool) -> Vec<String> {
    let mut faults = Vec::new();
    let (defaults, unknown) = (tool.link.read)(&[]);
    let written = (tool.link.write)(&defaults);
    if !unknown.is_empty() || !written.is_empty() {
        faults.push(format!("{}: its defaults are not an empty link: {unknown:?} {written:?}", tool.id));
    }
    if (tool.link.read)(&written).0 != defaults {
        faults.push(format!("{}: its defaults do not come back from a link", tool.id));
    }
    let demo = tool.demo.map_or(defaults.clone(), |demo| demo()["options"].clone());
    for old in [&demo, &defaults, &serde_json::json!("of another version")] {
        let (kept, _) = tool.link.take(Some(old), &written);
        if (tool.link.write)(&kept) != written {
            faults.push(format!("{}: a link opened over {old} does not say what it is to be", tool.id));
        }
    }
    let strange = [("no_such_field".to_string(), "1".to_string())];
    let (value, unknown) = (tool.link.read)(&strange);
    if value != defaults || unknown != ["no_such_field"] {
        faults.push(format!("{}: an unknown field of a link is not told", tool.id));
    }
    faults
}

#[test]
fn every_folder_is_a_whole_tool_in_the_list() {
    let found = faults(&tools(), &source::folders("src/tools"));
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_list_says_of_each_tool_what_it_is() {
    for (listed, tool) in TOOLS.iter().zip(tools()) {
        assert_eq!(listed.id, tool.id);
        assert_eq!((listed.group, listed.reads.nothing()), (tool.group, tool.reads.nothing()), "{}", tool.id);
        assert_eq!(listed.publishes, tool.publish.is_some(), "{}", tool.id);
        assert_eq!(Lang::ALL.map(listed.title), Lang::ALL.map(tool.title));
        assert_eq!(listed.part.name(), tool.id, "a part is named like its tool");
    }
}

#[test]
fn every_job_runs_on_the_teaching_sample_and_the_shop() {
    for id in [SampleId::Teaching, SampleId::Shop] {
        let dataset = sample::make(id, sample::SEED, &mut |_| ());
        let mut session = Session::new(dataset, Meta::new(), Settings::default());
        for tool in tools().iter().filter(|tool| tool.job.is_some()) {
            let demo = tool.demo.unwrap_or_else(|| panic!("{} has a job and no demo", tool.id));
            let request = quintile::jobs::ToolRequest { tool: tool.id.into(), input: demo() };
            let reply = quintile::jobs::run(&mut session, request, &mut Silent);
            let reply = reply.unwrap_or_else(|problem| panic!("{} on {id:?}: {problem:?}", tool.id));
            let json: serde_json::Value = serde_json::from_str(&reply.json).expect("a reply is JSON");
            assert!(!json.is_null() || reply.bytes.is_some(), "{} answers nothing", tool.id);
        }
    }
}

#[test]
fn every_measure_that_is_offered_is_published_under_its_title_and_in_its_unit() {
    let dataset = sample::make(SampleId::Shop, sample::SEED, &mut |_| ());
    let mut session = Session::new(dataset, Meta::new(), Settings::default());
    let mut found = 0;
    for tool in tools().into_iter().filter(|tool| !tool.measures.is_empty()) {
        let request = quintile::jobs::publishing(tool, &serde_json::Value::Null).expect("it publishes");
        quintile::jobs::run(&mut session, request, &mut Silent).expect("columns");
        for measure in tool.measures {
            let column = session.dataset.gradings.get(measure.name).expect(measure.name);
            assert_eq!(Lang::ALL.map(|lang| column.title.get(lang)), Lang::ALL.map(measure.title));
            let unit = match column.data {
                GradingData::Money(_) => Unit::Money,
                GradingData::Numbers(_) => Unit::Number,
                _ => panic!("{} is no measure", measure.name),
            };
            assert_eq!((unit, publisher(measure.name)), (measure.unit, Some(tool.id)));
            found += 1;
        }
    }
    assert!(found >= 3);
}

/// The checker itself, with tools made up here (they have no page, so only without the page's feature).
#[cfg(not(feature = "ui"))]
mod checker {
    use super::*;
    use quintile::tools::{Group, Link, Reads};
    use serde_json::{Value, json};

    fn good() -> Tool {
        Tool {
            id: "made_up",
            group: Group::Differentiate,
            title: |lang| lang.pick("Made up", "虛構"),
            question: |lang| lang.pick("Who?", "誰？"),
            slides: &["A63", "A63–71"],
            help: |lang| lang.pick("<p>Help</p>", "<p>說明</p>"),
            link: Link {
                write: |_| Vec::new(),
                read: |fields| (json!({}), fields.iter().map(|field| field.0.clone()).collect()),
                keep: Link::KEEP_NOTHING,
            },
            job: None,
            publish: None,
            reads: Reads::Nothing,
            answers_soon: false,
            measures: &[],
            demo: None,
        }
    }

    fn found(tool: Tool) -> Vec<String> {
        faults(&[&tool], &["made_up".into()])
    }

    #[test]
    fn a_whole_tool_passes() {
        assert_eq!(found(good()), [""; 0]);
    }

    #[test]
    fn each_fault_is_found() {
        let forgetful = Link { read: |_| (Value::Null, vec![]), ..good().link };
        let stubborn = Link {
            write: |record| record["written"].as_str().map(|v| ("v".into(), v.into())).into_iter().collect(),
            keep: |_, _| json!({ "written": "1" }),
            ..good().link
        };
        let talkative = Link { write: |_| vec![("bins".into(), "5".into())], ..good().link };
        for broken in [
            Tool { id: "Made up", ..good() },
            Tool { title: |_| "Made up", ..good() },
            Tool { question: |lang| lang.pick("誰？", "Who?"), ..good() },
            Tool { help: |lang| lang.pick("", "說明"), ..good() },
            Tool { slides: &["Z3"], ..good() },
            Tool { slides: &["A71–63"], ..good() },
            Tool { link: forgetful, ..good() },
            Tool { link: talkative, ..good() },
            Tool { link: stubborn, ..good() },
        ] {
            assert!(!found(broken).is_empty());
        }
        assert_eq!(faults(&[], &["lonely".into()]), ["lonely is not in the list"]);
        assert!(faults(&[&good(), &good()], &["made_up".into()]).contains(&"two tools have one id".into()));
    }
}
