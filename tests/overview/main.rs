//! The overview: figures by hand on the teaching sample, what is missing, and what is to be done.

mod charts;
mod figures;
mod missing;
mod properties;
#[path = "../source/mod.rs"]
mod source;
mod todo;

use quintile::core::codec::Meta;
use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::grading::{Grading, GradingData, Label};
use quintile::core::lang::Lang;
use quintile::core::sample;
use quintile::core::show::Plain;
use quintile::core::workspace::{SampleId, Source, Workspace};
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent};
use quintile::tools::overview::chart::Reader;
use quintile::tools::overview::facts::Facts;
use quintile::tools::overview::job::{Overview, OverviewRequest, answer};
use quintile::tools::overview::model::{Sums, column};
use quintile::tools::rfm;
use serde_json::json;

/// The day after the teaching sample ends.
const TODAY: Day = Day(sample::teaching::LAST_DAY.0 + 1);

fn session(dataset: Dataset) -> Session {
    Session::new(dataset, Meta::new(), Settings::default())
}

fn teaching() -> Session {
    session(sample::make(SampleId::Teaching, sample::SEED, &mut |_| ()))
}

fn publish_rfm(session: &mut Session, record: serde_json::Value) {
    rfm::job::job(session, rfm::job::publish_request(&record), &mut Silent).unwrap();
}

/// Facts of a workspace whose data are a person's own.
fn facts(records: &[(&str, serde_json::Value)]) -> Facts {
    let mut workspace = Workspace::new("1", "W", Source::Stored { id: "2".into() });
    records.iter().for_each(|(id, record)| workspace.set(id, record, None));
    Facts::of(&workspace, TODAY)
}

fn ask(session: &mut Session, facts: Facts) -> Overview {
    answer(session, &OverviewRequest { facts }).unwrap()
}

fn sums(customers: u64, units: i64) -> Sums {
    Sums { customers, revenue: Some(units * 100) }
}

fn classes(names: &[(&str, &str)], class: Vec<Option<u16>>) -> Grading {
    let labels = names.iter().map(|(en, zh)| Label::new(*en, *zh)).collect();
    let data = GradingData::Classes { class, labels };
    Grading { title: Label::code("Tier"), is_part: false, data, made_with: "by hand".into() }
}

/// The teaching sample with a pyramid by hand: the best five, the next fifteen, the rest inactive; nobody a prospect.
fn with_tiers() -> Session {
    let mut session = teaching();
    publish_rfm(&mut session, json!({}));
    let tier = |customer: &str| match customer {
        "W" | "B" | "R" | "A" | "H" => Some(0),
        "U" | "V" | "X" | "Y" | "T" => Some(2),
        _ => Some(1),
    };
    let class = (0..25).map(|code| tier(session.dataset.customers.get(code))).collect();
    let names =
        [("Top", "頂級"), ("Small", "小型"), ("Inactive customers", "非活躍顧客"), ("Prospects", "潛在顧客")];
    session.dataset.gradings.publish(column::TIER, classes(&names, class));
    session
}

fn read<'a>(lang: Lang, show: &'a Plain) -> Reader<'a> {
    Reader { lang, show }
}
