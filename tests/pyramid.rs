//! The customer pyramid on data that a hand can check, and what always holds.

use proptest::prelude::*;
use quintile::core::codec::Meta;
use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::grading::{Grading, GradingData, Label};
use quintile::core::lang::Lang;
use quintile::core::sample;
use quintile::core::summary::Window;
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::core::workspace::SampleId;
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent};
use quintile::tools::pyramid::answer::{Pyramid, Refusal, TierRow, Unit, Warning};
use quintile::tools::pyramid::job::answer;
use quintile::tools::pyramid::options::{Line, Measure, PyramidOptions, TierName, Tiers};
use quintile::tools::pyramid::publish::name;
use quintile::tools::pyramid::request::{PyramidAnswer, PyramidAsk, PyramidRequest};
use quintile::tools::pyramid::{files, link};

fn session(dataset: Dataset) -> Session {
    Session::new(dataset, Meta::new(), Settings::default())
}

fn teaching() -> Session {
    session(sample::make(SampleId::Teaching, sample::SEED, &mut |_| ()))
}

fn ask(session: &mut Session, options: &PyramidOptions, ask: PyramidAsk) -> (PyramidAnswer, Option<Vec<u8>>) {
    let request = PyramidRequest { options: options.clone(), ask };
    answer(session, &request, &mut Silent).unwrap()
}

fn pyramid(session: &mut Session, options: &PyramidOptions) -> Pyramid {
    match ask(session, options, PyramidAsk::Pyramid).0 {
        PyramidAnswer::Pyramid(pyramid) => *pyramid,
        other => panic!("{other:?}"),
    }
}

fn refusal(session: &mut Session, options: &PyramidOptions) -> Refusal {
    match ask(session, options, PyramidAsk::Pyramid).0 {
        PyramidAnswer::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

fn of(measure: Measure, tiers: Tiers) -> PyramidOptions {
    PyramidOptions { measure, tiers, ..PyramidOptions::default() }
}

fn equal(tiers: u8) -> Tiers {
    Tiers::Equal { tiers }
}

fn shares(shares: &[f64]) -> Tiers {
    Tiers::Shares { shares: shares.to_vec(), names: Vec::new() }
}

/// Customers in each tier, and their revenue in NT$.
fn tiers(pyramid: &Pyramid) -> Vec<(u64, i64)> {
    pyramid.tiers.iter().map(|row| (row.sums.customers, row.sums.revenue / 100)).collect()
}

/// The class of every customer of the published tiers, by id.
fn published(session: &Session, id: &str) -> Option<String> {
    let code = session.dataset.customers.find(id).unwrap() as usize;
    match &session.dataset.gradings.get(name::TIER).unwrap().data {
        GradingData::Classes { class, labels } => {
            class[code].map(|class| labels[usize::from(class)].en.clone())
        }
        other => panic!("{other:?}"),
    }
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.expect("a number");
    assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
}

/// Customer, day, amount in minor units.
fn shop(rows: &[(&str, i32, i64)]) -> Dataset {
    let mut dataset = Dataset::default();
    let customer = rows.iter().map(|row| dataset.customers.intern(row.0)).collect();
    let column = |role: Role, data| Column { role, name: format!("{role:?}"), data };
    let columns = vec![
        column(Role::Date, ColumnData::Days(rows.iter().map(|row| row.1).collect())),
        column(Role::Amount, ColumnData::Money(rows.iter().map(|row| row.2).collect())),
    ];
    let kind = TableKind::Transactions;
    dataset.tables.insert(kind, Table { kind, customer, columns });
    dataset
}

fn with_costs(mut dataset: Dataset, costs: &[i64]) -> Dataset {
    let columns = &mut dataset.tables.get_mut(&TableKind::Transactions).unwrap().columns;
    columns.push(Column { role: Role::Cost, name: "cost".into(), data: ColumnData::Money(costs.to_vec()) });
    dataset
}

fn with_customer_table(mut dataset: Dataset, ids: &[&str]) -> Dataset {
    let customer = ids.iter().map(|id| dataset.customers.intern(id)).collect();
    let kind = TableKind::Customers;
    dataset.tables.insert(kind, Table { kind, customer, columns: Vec::new() });
    dataset
}

#[test]
fn curry_on_25_customers_is_w_then_b_then_three_then_twenty() {
    let mut session = teaching();
    let found = pyramid(&mut session, &PyramidOptions::default());
    assert_eq!(tiers(&found), [(1, 10_000), (1, 8_000), (3, 15_000), (20, 24_100)]);
    let top = &found.tiers[0];
    assert_eq!(top.label, Label::new("Top", "頂級"));
    close(top.share_of_revenue, 10_000.0 / 57_100.0);
    close(Some(top.share_of_customers), 0.04);
    assert_eq!(top.found, Some((1_000_000.0, 1_000_000.0)));
    assert_eq!((top.sums.orders, top.sums.days_since_last), (4, 280));
    assert_eq!(top.sums.average_order_value(), Some(250_000.0));
    // R 3, A 5 and H 1 purchases; 180, 0 and 50 days.
    close(found.tiers[2].sums.orders_per_customer(), 3.0);
    close(found.tiers[2].sums.average_days_since_last(), 230.0 / 3.0);
    assert_eq!(found.all.customers, 25);
    assert_eq!((found.all.revenue, found.all.orders), (5_710_000, 59));
    assert_eq!((found.has_margin, found.all.margin, &found.whale), (false, None, &None));
    assert_eq!((found.inactive.sums.customers, &found.prospects), (0, &None));
    assert_eq!(found.warnings, []);
    assert_eq!(published(&session, "W").as_deref(), Some("Top"));
    assert_eq!(published(&session, "X").as_deref(), Some("Small"));
}

#[test]
fn the_top_fifth_of_the_teaching_sample_brings_33_000_of_57_100() {
    let found = pyramid(&mut teaching(), &of(Measure::Revenue, equal(5)));
    assert_eq!(tiers(&found), [(5, 33_000), (5, 12_000), (5, 6_700), (5, 3_900), (5, 1_500)]);
    let held = found.concentration.unwrap();
    let top = held.top.iter().find(|point| point.0 == 0.2).unwrap();
    close(Some(top.1), 33_000.0 / 57_100.0);
    // 0.5 × 25 = 12.5: twelve customers bring 48,100 and half of the thirteenth's 1,400.
    let half = held.top.iter().find(|point| point.0 == 0.5).unwrap();
    close(Some(half.1), (48_100.0 + 700.0) / 57_100.0);
    assert_eq!((held.peak, held.losing), ((1.0, 1.0), None));
}

#[test]
fn equal_numbers_of_purchases_are_cut_by_id_and_told() {
    let mut session = teaching();
    let found = pyramid(&mut session, &of(Measure::Orders, equal(5)));
    assert_eq!(found.unit, Unit::Orders);
    let tie =
        |tier: &TierRow, customers, value| Warning::TiesCut { tier: tier.label.clone(), customers, value };
    assert_eq!(found.warnings, [tie(&found.tiers[2], 7, 2.0), tie(&found.tiers[3], 8, 1.0)]);
    let tier_of = |id: &str| published(&session, id).unwrap();
    for (ids, tier) in [("ABDFW", 1), ("CILNR", 2), ("GJMOP", 3), ("SUEHK", 4), ("QTVXY", 5)] {
        for id in ids.chars() {
            assert_eq!(tier_of(&id.to_string()), format!("Tier {tier}"), "{id}");
        }
    }
    close(found.tiers[0].share_of_measure, 22.0 / 59.0);
}

#[test]
fn ties_do_not_depend_on_the_order_of_rows() {
    let rows = [("D", 1, 500), ("A", 2, 500), ("C", 3, 500), ("B", 4, 500), ("E", 5, 900)];
    let mut turned = rows;
    turned.reverse();
    for rows in [rows, turned] {
        let mut session = session(shop(&rows));
        let found = pyramid(&mut session, &of(Measure::Revenue, shares(&[0.6])));
        let expected = Warning::TiesCut { tier: found.tiers[0].label.clone(), customers: 4, value: 500.0 };
        assert_eq!(found.warnings, [expected]);
        let first = ["A", "B", "C", "D", "E"].map(|id| published(&session, id).unwrap() == "Tier 1");
        assert_eq!(first, [true, true, false, false, true]);
    }
}

#[test]
fn who_bought_before_the_period_is_inactive() {
    let mut session = teaching();
    let to = sample::last_day(SampleId::Teaching);
    let window = Window::Between { from: Day(to.0 - 100), to };
    let options = PyramidOptions { window, ..of(Measure::Revenue, equal(2)) };
    let found = pyramid(&mut session, &options);
    assert_eq!((found.all.customers, found.all.revenue), (13, 1_930_000));
    assert_eq!((found.inactive.sums.customers, found.inactive.sums.revenue), (12, 0));
    close(Some(found.inactive.share_of_customers), 12.0 / 25.0);
    // 6.5 rounds up to 7: H 4,000, B 4,000, A 3,000, F 2,000, D 1,500, L 900, M 800.
    assert_eq!(tiers(&found), [(7, 16_200), (6, 3_100)]);
    assert_eq!(published(&session, "W").as_deref(), Some("Inactive customers"));
    let far = PyramidOptions { analysis_date: Some(Day(0)), ..options };
    assert!(matches!(refusal(&mut session, &far), Refusal::NobodyActive { window: Some(_), .. }));
}

#[test]
fn prospects_are_in_the_customer_table_and_have_never_bought() {
    let data =
        with_customer_table(shop(&[("A", 1, 100), ("B", 2, 50), ("C", 3, -5)]), &["B", "P", "Q", "P", "C"]);
    let mut session = session(data);
    let found = pyramid(&mut session, &of(Measure::Revenue, equal(2)));
    assert_eq!(found.prospects.as_ref().unwrap().sums.customers, 3);
    assert_eq!(published(&session, "Q").as_deref(), Some("Prospects"));
    assert!(found.warnings.contains(&Warning::OnlyRefunds { customers: 1, money: -5 }));
}

#[test]
fn own_values_keep_equal_customers_together() {
    let options = of(Measure::Revenue, Tiers::Values { least: vec![500_000.0, 90_000.0], names: Vec::new() });
    let found = pyramid(&mut teaching(), &options);
    assert_eq!(tiers(&found), [(4, 29_000), (13, 24_500), (8, 3_600)]);
    assert_eq!(found.tiers[1].found, Some((90_000.0, 400_000.0)));
    let high = of(Measure::Revenue, Tiers::Values { least: vec![9e9], names: Vec::new() });
    let found = pyramid(&mut teaching(), &high);
    assert_eq!(found.warnings, [Warning::EmptyTier { tier: found.tiers[0].label.clone() }]);
    assert_eq!((found.tiers[0].found, found.tiers[0].share_of_revenue), (None, Some(0.0)));
}

/// A earns 60, B 30, C 20, D loses 10: the whale rises to 110 % and ends at 100 %.
#[test]
fn the_whale_curve_of_60_30_20_minus_10_rises_to_110_percent() {
    let rows = [("A", 1, 100), ("B", 1, 90), ("C", 1, 80), ("D", 1, 70)];
    let mut session = session(with_costs(shop(&rows), &[40, 60, 60, 80]));
    let found = pyramid(&mut session, &of(Measure::Margin, equal(4)));
    let whale = found.whale.clone().unwrap();
    assert_eq!(whale.curve, [(0.0, 0.0), (0.25, 0.6), (0.5, 0.9), (0.75, 1.1), (1.0, 1.0)]);
    assert_eq!(whale.peak, (0.75, 1.1));
    let losing = whale.losing.unwrap();
    assert_eq!((losing.customers, losing.share_of_customers, losing.share_of_total), (1, 0.25, -0.1));
    assert_eq!(whale.gini, None);
    let shares: Vec<f64> = found.tiers.iter().filter_map(|row| row.share_of_margin).collect();
    assert_eq!(shares, [0.6, 0.3, 0.2, -0.1]);
    assert_eq!(found.concentration.unwrap().curve, whale.curve);
}

#[test]
fn margin_without_costs_is_refused() {
    assert_eq!(refusal(&mut teaching(), &of(Measure::Margin, Tiers::Curry)), Refusal::NoCosts);
}

#[test]
fn a_loss_in_all_has_figures_and_no_shares() {
    let mut session = session(with_costs(shop(&[("A", 1, 100), ("B", 1, 90)]), &[140, 90]));
    let found = pyramid(&mut session, &of(Measure::Margin, equal(2)));
    assert_eq!(found.all.margin, Some(-40));
    assert!(found.warnings.contains(&Warning::TotalNotPositive));
    assert_eq!((found.concentration, found.whale), (None, None));
    assert!(found.tiers.iter().all(|row| row.share_of_margin.is_none() && row.share_of_revenue.is_some()));
}

#[test]
fn refunds_can_make_a_tier_negative() {
    let mut session = session(shop(&[("A", 1, 100), ("B", 1, 10), ("B", 2, -60)]));
    let found = pyramid(&mut session, &of(Measure::Revenue, equal(2)));
    let held = found.concentration.unwrap();
    assert_eq!((held.peak, held.gini), ((0.5, 2.0), None));
    assert_eq!(found.tiers[1].share_of_revenue, Some(-1.0));
}

#[test]
fn one_customer_is_the_top_and_everything() {
    let mut session = session(shop(&[("A", 1, 100)]));
    let found = pyramid(&mut session, &PyramidOptions::default());
    assert_eq!(found.tiers.iter().map(|row| row.sums.customers).collect::<Vec<_>>(), [1, 0, 0, 0]);
    assert_eq!(found.warnings, [Warning::FewCustomers { customers: 1, tiers: 4 }]);
    assert_eq!(found.tiers[0].share_of_revenue, Some(1.0));
    assert_eq!(found.concentration.unwrap().gini, Some(0.0));
}

#[test]
fn two_customers_fill_two_of_four_tiers() {
    let mut session = session(shop(&[("A", 1, 100), ("B", 1, 900)]));
    let found = pyramid(&mut session, &PyramidOptions::default());
    assert_eq!(found.tiers.iter().map(|row| row.sums.customers).collect::<Vec<_>>(), [1, 1, 0, 0]);
    assert_eq!(published(&session, "B").as_deref(), Some("Top"));
}

#[test]
fn all_equal_customers_are_divided_by_id_with_one_warning() {
    let rows: Vec<(String, i32, i64)> = (0..20).map(|n| (format!("K{n:02}"), 1, 700)).collect();
    let rows: Vec<(&str, i32, i64)> = rows.iter().map(|row| (row.0.as_str(), row.1, row.2)).collect();
    let mut session = session(shop(&rows));
    let found = pyramid(&mut session, &of(Measure::Revenue, equal(10)));
    assert_eq!(found.warnings, [Warning::AllEqual]);
    assert!(found.tiers.iter().all(|row| row.sums.customers == 2));
    assert_eq!(published(&session, "K01").as_deref(), Some("Tier 1"));
    assert_eq!(found.concentration.unwrap().gini, Some(0.0));
}

fn publish(session: &mut Session, name: &str, data: GradingData) {
    let title = Label::new("Chance", "機率");
    session
        .dataset
        .gradings
        .publish(name, Grading { title, is_part: false, data, made_with: format!("{name} 1") });
}

#[test]
fn a_published_number_is_a_measure_and_who_has_none_is_not_graded() {
    let mut session = session(shop(&[("A", 1, 100), ("B", 1, 90), ("C", 1, 80), ("D", 1, 70)]));
    let numbers = vec![Some(0.125), Some(0.75), None, Some(f64::NAN)];
    publish(&mut session, "clv.alive", GradingData::Numbers(numbers));
    let options = of(Measure::Published("clv.alive".into()), equal(2));
    let found = pyramid(&mut session, &options);
    assert_eq!((found.unit, found.measure_title.en.as_str()), (Unit::Number, "Chance"));
    assert_eq!(found.tiers[0].found, Some((0.75, 0.75)));
    assert_eq!(found.not_graded.as_ref().unwrap().sums.customers, 2);
    assert_eq!(found.warnings, [Warning::WithoutValue { customers: 2 }]);
    close(found.tiers[0].share_of_measure, 0.75 / 0.875);
    close(Some(found.tiers[0].share_of_customers), 0.25);
    assert_eq!(published(&session, "C").as_deref(), Some("Not graded"));
    let missing = of(Measure::Published("clv.value".into()), equal(2));
    assert_eq!(refusal(&mut session, &missing), Refusal::NoColumn { name: "clv.value".into() });
    // Less is better there: no measure of value.
    publish(&mut session, "rfm.days_since", GradingData::Numbers(vec![Some(1.0); 4]));
    let upside_down = of(Measure::Published("rfm.days_since".into()), equal(2));
    assert!(matches!(refusal(&mut session, &upside_down), Refusal::NoColumn { .. }));
    assert!(pyramid(&mut session, &options).measures.iter().all(|column| column.name == "clv.alive"));
}

#[test]
fn classes_of_another_tool_are_tiers_in_their_order() {
    let mut session = session(shop(&[("A", 1, 100), ("B", 1, 90), ("C", 1, 80)]));
    let labels = vec![Label::new("Champions", "冠軍"), Label::new("Others", "其他")];
    let data = GradingData::Classes { class: vec![Some(1), Some(0), None], labels: labels.clone() };
    publish(&mut session, "rfm.segment", data);
    let found = pyramid(&mut session, &of(Measure::Revenue, Tiers::Classes { column: "rfm.segment".into() }));
    assert_eq!(found.tiers.iter().map(|row| row.label.clone()).collect::<Vec<_>>(), labels);
    assert_eq!(found.tiers.iter().map(|row| row.sums.revenue).collect::<Vec<_>>(), [90, 100]);
    assert_eq!(found.not_graded.unwrap().sums.customers, 1);
    assert_eq!(found.class_columns[0].name, "rfm.segment");
    // Lists are filtered by English names: a class called like those in no tier, or like another class, is numbered.
    let alike =
        vec![Label::new("Prospects", "潛力"), Label::new("Loyal", "忠誠"), Label::new("Loyal", "忠誠")];
    let data = GradingData::Classes { class: vec![Some(0), Some(1), Some(2)], labels: alike };
    publish(&mut session, "rfm.other", data);
    let found = pyramid(&mut session, &of(Measure::Revenue, Tiers::Classes { column: "rfm.other".into() }));
    let names: Vec<&str> = found.tiers.iter().map(|row| row.label.en.as_str()).collect();
    assert_eq!(names, ["Prospects (2)", "Loyal", "Loyal (2)"]);
    let many = (0..125).map(|n| Label::code(n.to_string())).collect();
    publish(&mut session, "rfm.cell", GradingData::Classes { class: vec![Some(0); 3], labels: many });
    let options = of(Measure::Revenue, Tiers::Classes { column: "rfm.cell".into() });
    let expected = Refusal::TooManyClasses { name: "rfm.cell".into(), found: 125 };
    assert_eq!(refusal(&mut session, &options), expected);
}

#[test]
fn a_column_that_changes_is_read_again() {
    let mut session = session(shop(&[("A", 1, 100), ("B", 1, 90)]));
    let options = of(Measure::Published("x.y".into()), equal(2));
    publish(&mut session, "x.y", GradingData::Numbers(vec![Some(1.0), Some(2.0)]));
    pyramid(&mut session, &options);
    assert_eq!(published(&session, "B").as_deref(), Some("Tier 1"));
    let data = GradingData::Numbers(vec![Some(3.0), Some(2.0)]);
    let grading = Grading { title: Label::code("y"), is_part: false, data, made_with: "x.y 2".into() };
    session.dataset.gradings.publish("x.y", grading);
    pyramid(&mut session, &options);
    assert_eq!(published(&session, "A").as_deref(), Some("Tier 1"));
}

#[test]
fn the_mailer_has_no_dates_to_apply_a_period_to() {
    let mut session = session(sample::make(SampleId::Mailer, sample::SEED, &mut |_| ()));
    let options = PyramidOptions { window: Window::LastMonths(12), ..PyramidOptions::default() };
    let found = pyramid(&mut session, &options);
    let customers: Vec<u64> = found.tiers.iter().map(|row| row.sums.customers).collect();
    assert_eq!(customers, [8_000, 32_000, 120_000, 640_000]);
    assert!(found.warnings.contains(&Warning::WindowNotApplicable));
}

#[test]
fn strategies_are_suggested_typed_and_exported() {
    let mut session = teaching();
    let mut options = PyramidOptions::default();
    let found = pyramid(&mut session, &options);
    assert!(found.tiers[0].strategy.zh.contains("留住") && found.tiers[0].strategy.en.contains("Keep"));
    options.strategies.set(Line::Tier(1), "=call, yearly".into());
    options.strategies.set(Line::Inactive, " ".into());
    let found = pyramid(&mut session, &options);
    assert_eq!(found.tiers[1].strategy, Label::code("=call, yearly"));
    assert!(found.inactive.strategy.en.contains("Win back"));
    let (reply, bytes) = ask(&mut session, &options, PyramidAsk::Export { lang: Lang::En });
    assert_eq!(reply, PyramidAnswer::Exported { rows: 25 });
    let text = String::from_utf8(bytes.unwrap()).unwrap();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0],
        "Customer,Tier,Measure: Revenue,Revenue,Purchases,Days since last purchase,What we do for them"
    );
    assert!(lines[1].starts_with("W,Top,10000.00,10000.00,4,280,"), "{}", lines[1]);
    assert_eq!(lines[2], "B,Large,8000.00,8000.00,4,10,\"'=call, yearly\"");
    assert_eq!(lines.len(), 26);
    let table = String::from_utf8(files::tiers(&found, Lang::ZhHant, &session.currency)).unwrap();
    assert!(table.contains("大型,1,0.04,8000.00,") && table.contains("\"'=call, yearly\""), "{table}");
}

#[test]
fn every_customer_is_in_the_file_once_with_the_published_tier() {
    let data = with_customer_table(shop(&[("A", 1, 100), ("B", 90, 50), ("C", 91, 20)]), &["P", "A"]);
    let mut session = session(data);
    let options = PyramidOptions { window: Window::LastMonths(1), ..of(Measure::Orders, equal(2)) };
    let (_, bytes) = ask(&mut session, &options, PyramidAsk::Export { lang: Lang::En });
    let text = String::from_utf8(bytes.unwrap()).unwrap();
    let tiers: Vec<(&str, &str)> = text
        .lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.split(',');
            (cells.next().unwrap(), cells.next().unwrap())
        })
        .collect();
    let expected = [("B", "Tier 1"), ("C", "Tier 2"), ("A", "Inactive customers"), ("P", "Prospects")];
    assert_eq!(tiers, expected);
    for (id, tier) in tiers {
        assert_eq!(published(&session, id).as_deref(), Some(tier));
    }
}

#[test]
fn the_shop_explains_itself_in_both_languages() {
    let mut session = session(sample::make(SampleId::Shop, sample::SEED, &mut |_| ()));
    let found = pyramid(&mut session, &PyramidOptions::default());
    for lang in Lang::ALL {
        let steps = found.explanation.steps(lang);
        assert!(steps.len() >= 5 && steps.iter().all(|step| !step.formulas.is_empty()), "{steps:?}");
        let all: String = steps.iter().flat_map(|step| &step.formulas).map(|math| math.mathml()).collect();
        assert!(!all.contains("NaN") && all.contains("20%"), "{all}");
    }
    let whale = found.whale.unwrap();
    assert_eq!(whale.curve.last(), Some(&(1.0, 1.0)));
    assert!(whale.peak.1 > 1.0, "the shop has customers who lose money: {:?}", whale.peak);
}

#[test]
fn links_carry_numbers_and_columns_but_no_names_and_no_strategies() {
    let names = vec![TierName { name_en: "Wang".into(), name_zh: "王".into() }];
    let mut options =
        of(Measure::Published("rfm.monetary".into()), Tiers::Shares { shares: vec![0.07, 0.123_456], names });
    options.window = Window::LastMonths(18);
    options.analysis_date = Day::parse_iso("2026-01-31");
    options.strategies.set(Line::Tier(0), "Ask Wang".into());
    let fields = link::write(&serde_json::to_value(&options).unwrap());
    let text: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let expected = ["measure=rfm.monetary", "shares=7,12.3456", "date=2026-01-31", "window=18m"];
    assert_eq!(text, expected);
    let (record, unknown) = link::read(&fields);
    let read: PyramidOptions = serde_json::from_value(record).unwrap();
    options.strategies = Default::default();
    if let Tiers::Shares { names, .. } = &mut options.tiers {
        names.clear();
    }
    assert_eq!((read, unknown), (options, vec![]));
}

#[test]
fn links_with_other_tiers_come_back_and_bad_ones_are_told() {
    for tiers in [
        Tiers::Metals,
        equal(7),
        Tiers::Classes { column: "rfm.segment".into() },
        Tiers::Values { least: vec![500_000.0, -1.0], names: Vec::new() },
    ] {
        let options = of(Measure::Margin, tiers);
        let fields = link::write(&serde_json::to_value(&options).unwrap());
        assert_eq!(link::read(&fields).0, serde_json::to_value(&options).unwrap());
    }
    for (name, value) in [
        ("measure", "Wang Ming"),
        ("tiers", "11"),
        ("tiers", "<script>"),
        ("shares", "1,x"),
        ("shares", "1,1,1,1,1,1,1,1,1,1"),
        ("values", "inf"),
        ("window", "0m"),
        ("strategy", "x"),
    ] {
        let (record, unknown) = link::read(&[(name.into(), value.into())]);
        assert_eq!(unknown, [name], "{value}");
        assert_eq!(record, serde_json::to_value(PyramidOptions::default()).unwrap());
    }
}

fn made(values: &[i64]) -> Dataset {
    let rows: Vec<(String, i32, i64)> =
        values.iter().enumerate().map(|(n, &value)| (format!("C{n}"), n as i32, value)).collect();
    let rows: Vec<(&str, i32, i64)> = rows.iter().map(|row| (row.0.as_str(), row.1, row.2)).collect();
    shop(&rows)
}

proptest! {
    #[test]
    fn tiers_partition_the_active_customers_and_shares_sum_to_one(
        values in prop::collection::vec(1i64..400, 1..60),
        k in 2u8..=10,
        by_orders: bool,
    ) {
        let mut session = session(made(&values));
        let measure = if by_orders { Measure::Orders } else { Measure::Revenue };
        let found = pyramid(&mut session, &of(measure, equal(k)));
        let sum = |get: fn(&TierRow) -> f64| found.tiers.iter().map(get).sum::<f64>();
        prop_assert_eq!(found.tiers.iter().map(|row| row.sums.customers).sum::<u64>(), values.len() as u64);
        prop_assert!((sum(|row| row.share_of_customers) - 1.0).abs() < 1e-9);
        prop_assert!((sum(|row| row.share_of_revenue.unwrap()) - 1.0).abs() < 1e-9);
        prop_assert!((sum(|row| row.share_of_measure.unwrap()) - 1.0).abs() < 1e-9);
        // Nobody in a tier has more than anybody in the tier above.
        let spans: Vec<(f64, f64)> = found.tiers.iter().filter_map(|row| row.found).collect();
        prop_assert!(spans.windows(2).all(|pair| pair[0].0 >= pair[1].1));
    }

    #[test]
    fn the_curve_ascends_ever_more_slowly_to_one(values in prop::collection::vec(1i64..400, 1..200)) {
        let mut session = session(made(&values));
        let curve = pyramid(&mut session, &PyramidOptions::default()).concentration.unwrap().curve;
        prop_assert_eq!(curve[0], (0.0, 0.0));
        prop_assert_eq!(curve[curve.len() - 1], (1.0, 1.0));
        let slopes: Vec<f64> = curve.windows(2).map(|p| (p[1].1 - p[0].1) / (p[1].0 - p[0].0)).collect();
        prop_assert!(slopes.iter().all(|&slope| slope > 0.0));
        prop_assert!(slopes.windows(2).all(|pair| pair[0] >= pair[1] - 1e-9));
    }

    #[test]
    fn the_whale_ends_at_one_and_is_never_below_the_end_after_its_peak(
        rows in prop::collection::vec((1i64..400, 0i64..700), 1..80),
    ) {
        let values: Vec<i64> = rows.iter().map(|row| row.0).collect();
        let costs: Vec<i64> = rows.iter().map(|row| row.1).collect();
        let mut session = session(with_costs(made(&values), &costs));
        let found = pyramid(&mut session, &PyramidOptions::default());
        let total: i64 = rows.iter().map(|row| row.0 - row.1).sum();
        prop_assert_eq!(found.all.margin, Some(total));
        match found.whale {
            None => prop_assert!(total <= 0),
            Some(whale) => {
                let (x, y) = *whale.curve.last().unwrap();
                prop_assert!(x == 1.0 && (y - 1.0).abs() < 1e-9);
                prop_assert!(whale.peak.1 >= 1.0 - 1e-9);
                prop_assert!(whale.curve.iter().all(|point| point.1 <= whale.peak.1 + 1e-9));
            }
        }
    }

    #[test]
    fn ten_times_the_money_is_ten_times_the_values_and_the_same_tiers(
        values in prop::collection::vec(-50i64..400, 1..60),
    ) {
        let values: Vec<i64> = values.into_iter().map(|value| if value == 0 { 1 } else { value }).collect();
        prop_assume!(values.iter().any(|&value| value > 0));
        let tenfold: Vec<i64> = values.iter().map(|value| value * 10).collect();
        let options = PyramidOptions::default();
        let (first, second) =
            (pyramid(&mut session(made(&values)), &options), pyramid(&mut session(made(&tenfold)), &options));
        for (a, b) in first.tiers.iter().zip(&second.tiers) {
            prop_assert_eq!(a.sums.revenue * 10, b.sums.revenue);
            prop_assert_eq!(a.sums.customers, b.sums.customers);
            prop_assert_eq!(a.found.map(|span| (span.0 * 10.0, span.1 * 10.0)), b.found);
        }
        prop_assert_eq!(
            first.concentration.map(|held| held.curve),
            second.concentration.map(|held| held.curve)
        );
    }
}
