//! What one tool publishes as the measure of another: RFM and campaigns by a forecast instead of by what was spent.

use proptest::prelude::*;
use quintile::core::codec::Meta;
use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::dictionary::Dictionary;
use quintile::core::grading::{Grading, GradingData, Label};
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::sample;
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::core::workspace::SampleId;
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent, ToolRequest, publishing, run};
use quintile::tools::campaign::answer::Plan;
use quintile::tools::campaign::options::CampaignOptions;
use quintile::tools::campaign::request::{CampaignAnswer, CampaignAsk, CampaignRequest};
use quintile::tools::published::Unit;
use quintile::tools::rfm::amount::Amount;
use quintile::tools::rfm::job::{RfmAnswer, RfmAsk, RfmRequest, answer};
use quintile::tools::rfm::model::{Overview, Refusal};
use quintile::tools::rfm::options::{Method, Monetary, QuantileEdge, RfmOptions, Thresholds};
use quintile::tools::rfm::warnings::Warning;
use quintile::tools::rfm::{files, link, publish::name, typed};
use quintile::tools::{find, publishers_before};
use serde_json::{Value, json};

const VALUE: &str = "clv_forecast.value";
const ALIVE: &str = "clv_forecast.alive";

/// Each of so many customers bought once, on one day, for 10.
fn session(customers: usize) -> Session {
    let mut ids = Dictionary::default();
    let customer = (0..customers).map(|at| ids.intern(&format!("C{at:03}"))).collect();
    let columns = vec![
        Column { role: Role::Date, name: "date".into(), data: ColumnData::Days(vec![20_000; customers]) },
        Column { role: Role::Amount, name: "amount".into(), data: ColumnData::Money(vec![1_000; customers]) },
    ];
    let mut dataset = Dataset { customers: ids, ..Dataset::default() };
    let table = Table { kind: TableKind::Transactions, customer, columns };
    dataset.tables.insert(TableKind::Transactions, table);
    Session::new(dataset, Meta::new(), Settings::default())
}

fn put(session: &mut Session, name: &str, data: GradingData, made_with: &str) {
    let title = Label::new("Forecast lifetime value", "預測終身價值");
    let grading = Grading { title, is_part: false, data, made_with: made_with.into() };
    session.dataset.gradings.publish(name, grading);
}

fn by(name: &str) -> RfmOptions {
    RfmOptions { monetary: Monetary::Published(name.into()), ..RfmOptions::default() }
}

fn ask(session: &mut Session, options: &RfmOptions, ask: RfmAsk) -> RfmAnswer {
    answer(session, &RfmRequest { options: options.clone(), ask }, &mut Silent).unwrap()
}

fn overview(session: &mut Session, options: &RfmOptions) -> Overview {
    match ask(session, options, RfmAsk::Overview) {
        RfmAnswer::Overview { overview, .. } => *overview,
        other => panic!("{other:?}"),
    }
}

fn refusal(session: &mut Session, options: &RfmOptions) -> Refusal {
    match ask(session, options, RfmAsk::Overview) {
        RfmAnswer::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

/// The digits of M by customer, as they are published; 0 where there is none.
fn digits(session: &mut Session, options: &RfmOptions) -> Vec<u8> {
    assert_eq!(ask(session, options, RfmAsk::Publish), RfmAnswer::Published);
    let GradingData::Classes { class, labels } = &session.dataset.gradings.get("rfm.m").unwrap().data else {
        panic!("classes")
    };
    let digit = |class: &Option<u16>| class.map_or(0, |at| labels[usize::from(at)].en.parse().unwrap());
    class.iter().map(digit).collect()
}

#[test]
fn cells_by_forecast_value_are_those_of_a_hand() {
    let mut session = session(6);
    // Sorted: 0, 50, 50, 200, 1,000; five groups of one, but the two of 50 stay together in the lower.
    let value = vec![Some(20_000), Some(5_000), Some(100_000), Some(0), Some(5_000), None];
    put(&mut session, VALUE, GradingData::Money(value), "1");
    assert_eq!(digits(&mut session, &by(VALUE)), [4, 2, 5, 1, 2, 0]);
    let found = overview(&mut session, &by(VALUE));
    assert_eq!(found.all.customers, 5);
    assert_eq!(found.monetary.column.as_ref().unwrap().zh, "預測終身價值");
    assert_eq!(found.variables[2].groups[0].found.unwrap().from, 100_000);
    assert_eq!((found.all.revenue, found.all.monetary), (5_000, 130_000.0));
    // The cells of all who spent alike are one; by the forecast they are five, one of them empty.
    assert_eq!(overview(&mut session, &RfmOptions::default()).cells.len(), 1);
    assert_eq!(found.cells.len(), 4);
    let csv = String::from_utf8(files::cells(&found, Lang::En, &Currency::default())).unwrap();
    assert!(
        csv.lines().next().unwrap().contains("\"Forecast lifetime value, mean\"")
            || csv.contains("Forecast lifetime value, mean"),
        "{csv}"
    );
    assert!(csv.contains("1000.00"), "{csv}");
}

#[test]
fn a_probability_divides_customers_by_its_millionths_and_not_by_whole_numbers() {
    let mut session = session(5);
    let alive = [0.91, 0.11, 0.5000004, 0.5000001, 0.05].map(Some).to_vec();
    put(&mut session, ALIVE, GradingData::Numbers(alive), "1");
    assert_eq!(digits(&mut session, &by(ALIVE)), [5, 2, 3, 3, 1]);
    let found = overview(&mut session, &by(ALIVE));
    assert_eq!(found.monetary.unit, Unit::Number);
    let best = &found.variables[2].groups[0];
    assert_eq!((best.lower, best.found.unwrap().to), (Some(500_001), 910_000));
    // What the R package adds to a quantile is one step here: one whole would put everybody into one group.
    let plus_one = Method::QuantileCuts { edge: QuantileEdge::PlusOne };
    let cut = RfmOptions { method: plus_one, ..by(ALIVE) };
    assert_eq!(digits(&mut session, &cut)[0], 5);
    let typed = Thresholds { recency: vec![30], frequency: vec![2], monetary: vec![100_000, 500_000] };
    let typed = RfmOptions { method: Method::Thresholds(typed), ..by(ALIVE) };
    assert_eq!(digits(&mut session, &typed), [3, 2, 3, 3, 1]);
}

proptest! {
    #[test]
    fn twice_the_value_changes_no_cell(
        values in prop::collection::vec(prop::option::of(-1_000_000i64..1_000_000_000), 2..60),
        nested in any::<bool>(),
    ) {
        prop_assume!(values.iter().any(Option::is_some));
        let method = if nested { Method::Nested } else { Method::default() };
        let options = RfmOptions { method, ..by(VALUE) };
        let mut cells = [1, 2].map(|times| {
            let mut session = session(values.len());
            let column = values.iter().map(|value| value.map(|value| value * times)).collect();
            put(&mut session, VALUE, GradingData::Money(column), "1");
            digits(&mut session, &options)
        });
        let without = cells[0].iter().filter(|&&digit| digit == 0).count();
        prop_assert_eq!(without, values.iter().filter(|value| value.is_none()).count());
        let second = cells[1].split_off(0);
        prop_assert_eq!(&cells[0], &second);
    }
}

#[test]
fn a_column_that_is_not_there_is_refused_by_its_name_and_found_when_it_comes() {
    let mut session = session(3);
    ask(&mut session, &RfmOptions::default(), RfmAsk::Publish);
    assert!(session.dataset.gradings.get(name::CELL).is_some());
    let refused = refusal(&mut session, &by(VALUE));
    assert_eq!(refused, Refusal::NoColumn { name: VALUE.into() });
    for (lang, title, page) in [
        (Lang::En, "“Forecast lifetime value”", find("clv_forecast").unwrap().title),
        (Lang::ZhHant, "「預測終身價值」", find("clv_forecast").unwrap().title),
    ] {
        let said = refused.say(lang);
        assert!(said.contains(title) && said.contains(page(lang)), "{said}");
    }
    assert_eq!(refused.comes_from().unwrap().id, "clv_forecast");
    // Cells that no longer hold are in no list, so that no campaign goes on with them.
    assert!(session.dataset.gradings.get(name::CELL).is_none());
    put(&mut session, VALUE, GradingData::Money(vec![Some(1), Some(2), Some(3)]), "1");
    assert_eq!(digits(&mut session, &by(VALUE)), [1, 2, 4]);
    // It is worked out again when the column changes, and publishes that it has.
    let before = session.dataset.gradings.get(name::CELL).unwrap().made_with.clone();
    put(&mut session, VALUE, GradingData::Money(vec![Some(3), Some(2), Some(1)]), "2");
    assert_eq!(digits(&mut session, &by(VALUE)), [4, 2, 1]);
    assert_ne!(session.dataset.gradings.get(name::CELL).unwrap().made_with, before);
    session.dataset.gradings.withdraw(VALUE);
    assert_eq!(refusal(&mut session, &by(VALUE)), refused);
}

#[test]
fn no_tool_reads_what_would_go_round_in_a_circle() {
    let mut session = session(2);
    for column in ["pyramid.measure", "rfm.monetary", "rfm.days_since", "nobody.value", "value"] {
        put(&mut session, column, GradingData::Money(vec![Some(1), Some(2)]), "1");
        assert_eq!(refusal(&mut session, &by(column)), Refusal::NoColumn { name: column.into() });
        assert!(!Lang::ALL.map(|lang| refusal(&mut session, &by(column)).say(lang)).contains(&String::new()));
        assert!(refusal(&mut session, &by(column)).comes_from().is_none());
    }
    put(&mut session, VALUE, GradingData::Classes { class: vec![Some(0); 2], labels: vec![] }, "1");
    assert_eq!(refusal(&mut session, &by(VALUE)), Refusal::NoColumn { name: VALUE.into() });
}

#[test]
fn customers_without_a_value_are_counted_and_shown_and_never_a_zero() {
    let mut session = session(4);
    put(&mut session, ALIVE, GradingData::Numbers(vec![Some(0.5), None, Some(f64::NAN), Some(0.0)]), "1");
    let found = overview(&mut session, &by(ALIVE));
    assert_eq!(found.all.customers, 2);
    assert!(found.warnings.contains(&Warning::WithoutValue { customers: 2 }));
    let says = |lang: Lang| {
        let warning = Warning::WithoutValue { customers: 2 };
        warning.say(lang, &found.monetary, &Currency::default())
    };
    assert!(says(Lang::En).starts_with("2 customers") && says(Lang::ZhHant).starts_with("有 2 位顧客"));
    assert_eq!(digits(&mut session, &by(ALIVE)).iter().filter(|&&digit| digit == 0).count(), 2);
    // What was bought is known of them all the same.
    let gradings = &session.dataset.gradings;
    let GradingData::Money(spent) = &gradings.get(name::MONETARY).unwrap().data else { panic!("money") };
    assert_eq!(spent, &[Some(1_000); 4]);
    let explain = |session: &mut Session, customer: &str| {
        ask(session, &by(ALIVE), RfmAsk::Explain { customer: customer.into() })
    };
    assert_eq!(explain(&mut session, "C001"), RfmAnswer::WithoutValue { customer: "C001".into() });
    assert_eq!(explain(&mut session, "X"), RfmAnswer::NoSuchCustomer { customer: "X".into() });
    assert!(matches!(explain(&mut session, "C000"), RfmAnswer::Explanation(_)));
    put(&mut session, ALIVE, GradingData::Numbers(vec![None; 4]), "2");
    let nobody = Refusal::NobodyHasValue { name: ALIVE.into(), customers: 4 };
    assert_eq!(refusal(&mut session, &by(ALIVE)), nobody);
    assert!(nobody.say(Lang::En).contains("None of the 4 customers"));
}

#[test]
fn an_explanation_names_the_column_and_the_page_that_it_comes_from() {
    let mut session = session(2);
    put(&mut session, VALUE, GradingData::Money(vec![Some(123_400), Some(100)]), "1");
    let RfmAnswer::Explanation(found) =
        ask(&mut session, &by(VALUE), RfmAsk::Explain { customer: "C000".into() })
    else {
        panic!("an explanation")
    };
    for lang in Lang::ALL {
        let first = &found.steps(lang)[0];
        let page = (find("clv_forecast").unwrap().title)(lang);
        let column = lang.pick("Forecast lifetime value", "預測終身價值");
        assert!(first.say.contains(page) && first.say.contains(column), "{}", first.say);
        let money = first.formulas[2].mathml();
        assert!(money.contains(column) && money.contains("NT$1,234"), "{money}");
        assert!(
            found.steps(lang)[3]
                .say
                .starts_with(&lang.pick(format!("M ({column})"), format!("M（{column}）")))
        );
    }
}

#[test]
fn a_link_carries_the_column_and_no_other() {
    let fields = link::write(&serde_json::to_value(by(ALIVE)).unwrap());
    assert_eq!(fields, [("money".to_string(), ALIVE.to_string())]);
    let (record, unknown) = link::read(&fields);
    assert!(unknown.is_empty());
    assert_eq!(serde_json::from_value::<RfmOptions>(record.clone()).unwrap(), by(ALIVE));
    assert_eq!(
        Monetary::column_of(&record),
        Some(ALIVE),
        "the page knows whom to ask without reading the options"
    );
    assert_eq!(Monetary::column_of(&serde_json::to_value(RfmOptions::default()).unwrap()), None);
    for value in ["pyramid.measure", "clv_forecast.nothing", "clv_forecast", "<b>"] {
        let (record, unknown) = link::read(&[("money".into(), value.into())]);
        assert_eq!(unknown, ["money"]);
        assert_eq!(serde_json::from_value::<RfmOptions>(record).unwrap(), RfmOptions::default());
    }
}

#[test]
fn typed_thresholds_keep_their_numbers_when_the_unit_changes() {
    let currency = Currency::default();
    let thresholds = |monetary| Thresholds { recency: vec![30], frequency: vec![2], monetary };
    let mut options = RfmOptions {
        method: Method::Thresholds(thresholds(vec![50, 200_000])),
        compare_with: Some(Method::Thresholds(thresholds(vec![100]))),
        ..RfmOptions::default()
    };
    let shown = |options: &RfmOptions| {
        let Method::Thresholds(typed) = &options.method else { panic!("typed") };
        let amount = Amount { unit: options.monetary.unit(), currency: &currency };
        typed::write(&typed.monetary, quintile::tools::rfm::options::Variable::Monetary, amount)
    };
    let before = options.clone();
    assert_eq!(shown(&options), "0.5, 2000");
    options.set_monetary(Monetary::Published(ALIVE.into()), &currency);
    assert_eq!(shown(&options), "0.5, 2000");
    options.set_monetary(Monetary::Total, &currency);
    assert_eq!(options, before);
}

#[test]
fn what_comes_of_publishing_reads_like_any_other_answer() {
    let mut session = session(3);
    for (options, expected) in [
        (RfmOptions::default(), RfmAnswer::Published),
        (by(VALUE), RfmAnswer::Refused(Refusal::NoColumn { name: VALUE.into() })),
    ] {
        let input = serde_json::to_value(RfmRequest { options, ask: RfmAsk::Publish }).unwrap();
        let reply = run(&mut session, ToolRequest { tool: "rfm".into(), input }, &mut Silent).unwrap();
        assert_eq!(serde_json::from_str::<RfmAnswer>(&reply.json).unwrap(), expected);
    }
}

/// A tool's columns, from its record.
fn publish(session: &mut Session, tool: &str, record: &Value) {
    let request = publishing(find(tool).unwrap().part.get().unwrap(), record).unwrap();
    run(session, request, &mut Silent).unwrap();
}

fn plan(session: &mut Session, options: CampaignOptions, what: CampaignAsk) -> CampaignAnswer {
    let input = serde_json::to_value(CampaignRequest { options, ask: what }).unwrap();
    let reply = run(session, ToolRequest { tool: "campaign".into(), input }, &mut Silent).unwrap();
    serde_json::from_str(&reply.json).unwrap()
}

fn cells(session: &mut Session, options: CampaignOptions) -> Plan {
    match plan(session, options, CampaignAsk::Plan) {
        CampaignAnswer::Plan(plan) => *plan,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_campaign_of_the_shop_is_made_by_what_its_customers_are_forecast_to_be_worth() {
    let mut session = Session::new(
        sample::make(SampleId::Shop, sample::SEED, &mut |_| ()),
        Meta::new(),
        Settings::default(),
    );
    let record = json!({ "monetary": { "published": VALUE } });
    for tool in publishers_before("campaign") {
        let record = if tool.id == "rfm" { &record } else { &Value::Null };
        publish(&mut session, tool.id, record);
    }
    let by_rfm = cells(&mut session, CampaignOptions::default());
    assert_eq!(by_rfm.cells_title.en, "Cell code (M: Forecast lifetime value)");
    assert_eq!(by_rfm.cells.iter().map(|cell| cell.customers).sum::<u64>(), 3_000);
    // Who is in a cell that ends in 5 is worth more than who is in one that ends in 1.
    let gradings = &session.dataset.gradings;
    let GradingData::Money(value) = &gradings.get(VALUE).unwrap().data else { panic!("money") };
    let GradingData::Classes { class, .. } = &gradings.get("rfm.m").unwrap().data else { panic!("classes") };
    let of = |wanted: u16| class.iter().zip(value).filter(move |(class, _)| **class == Some(wanted));
    let least_of_best = of(0).filter_map(|(_, value)| *value).min().unwrap();
    assert!(of(4).all(|(_, value)| value.unwrap() < least_of_best));
    // Too few and too many cells divides by the same M: other cells than by what was spent.
    let bins = |session: &mut Session| match plan(session, CampaignOptions::default(), CampaignAsk::Bins) {
        CampaignAnswer::Bins(rows) => rows,
        other => panic!("{other:?}"),
    };
    assert_eq!(bins(&mut session)[8].cells, 1_000);
    assert!(session.dataset.gradings.get(name::MEASURE).is_some());
    publish(&mut session, "rfm", &Value::Null);
    assert!(session.dataset.gradings.get(name::MEASURE).is_none(), "the total is published already");
    // A measure by itself makes cells, too: deciles, in which equal values stay together.
    for name in [VALUE, ALIVE, "clv_forecast.purchases"] {
        let options = CampaignOptions { cells_from: name.into(), ..CampaignOptions::default() };
        let found = cells(&mut session, options.clone());
        assert!(found.choices.iter().any(|choice| choice.name == name && choice.classes.is_none()));
        assert_eq!(found.cells.iter().map(|cell| cell.customers).sum::<u64>(), 3_000);
        let largest = found.cells.iter().map(|cell| cell.customers).max().unwrap();
        if name == ALIVE {
            // Who has not bought again is alive for certain in this model, and they are more than a tenth.
            let GradingData::Numbers(alive) = &session.dataset.gradings.get(name).unwrap().data else {
                panic!("numbers")
            };
            let certain = alive.iter().filter(|alive| **alive == Some(1.0)).count() as u64;
            assert!(certain > 300 && largest >= certain, "{certain} {largest}");
        } else {
            assert_eq!((found.cells.len(), largest / 10), (10, 30), "{name}: {largest}");
        }
        assert_eq!(found.cells_title.en.rsplit(", ").next(), Some("10 equal groups"));
        assert!(cells(&mut session, CampaignOptions { groups: 4, ..options.clone() }).cells.len() <= 4);
        // Of a stored record that says what no page lets one choose.
        assert!(cells(&mut session, CampaignOptions { groups: 0, ..options }).cells.len() <= 2);
    }
    session.dataset.gradings.withdraw(VALUE);
    let options = CampaignOptions { cells_from: VALUE.into(), ..CampaignOptions::default() };
    let CampaignAnswer::Refused(refused) = plan(&mut session, options, CampaignAsk::Plan) else {
        panic!("refused")
    };
    assert!(refused.say(Lang::En).contains("“Forecast lifetime value” comes from the page"));
}

#[test]
fn an_analysis_date_after_the_end_of_a_forecast_leaves_out_who_came_later() {
    let mut session = Session::new(
        sample::make(SampleId::Shop, sample::SEED, &mut |_| ()),
        Meta::new(),
        Settings::default(),
    );
    let end = Day::parse_iso("2025-06-30").unwrap();
    publish(&mut session, "clv_forecast", &json!({ "end": end }));
    let found = overview(&mut session, &by(VALUE));
    let without = found.warnings.iter().find_map(|warning| match warning {
        Warning::WithoutValue { customers } => Some(*customers),
        _ => None,
    });
    assert!(without.is_some_and(|customers| customers > 0), "{:?}", found.warnings);
    assert_eq!(found.all.customers + without.unwrap(), 3_000);
}
