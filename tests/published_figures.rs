//! The published figures of the R package rfm (`numeric-checks.json`, `rfm_pkg`), from the package's own data set.
//! Its amounts are whole units, so here a minor unit is a unit.

use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::dictionary::Dictionary;
use quintile::core::rules::PurchaseRules;
use quintile::core::summary::customer_summary;
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::tools::rfm::compare::compare;
use quintile::tools::rfm::model::{Overview, overview};
use quintile::tools::rfm::options::{Method, QuantileEdge, RfmOptions, Ties, Variable};
use quintile::tools::rfm::scoring::{Base, Scored, score};
use quintile::tools::rfm::segments::SegmentRules;
use serde_json::Value;
use std::path::Path;

const PACKAGE: Method = Method::QuantileCuts { edge: QuantileEdge::PlusOne };

/// The data set and the published figures, or a word that they are not here.
fn reference() -> Option<(Dataset, Value)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let read = |path: &str| std::fs::read_to_string(shared.join(path)).ok();
    let files = (read("datasets/rfm_data_orders.csv"), read("reference/numeric-checks.json"));
    let (Some(orders), Some(figures)) = files else {
        println!("skipped: the reference data are not beside this checkout");
        return None;
    };
    let mut customers = Dictionary::default();
    let (mut customer, mut days, mut amounts) = (Vec::new(), Vec::new(), Vec::new());
    for line in orders.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        customer.push(customers.intern(cells[0]));
        days.push(Day::parse_iso(cells[1]).expect("a day").0);
        amounts.push(cells[2].parse().expect("whole units"));
    }
    let columns = vec![
        Column { role: Role::Date, name: "order_date".into(), data: ColumnData::Days(days) },
        Column { role: Role::Amount, name: "revenue".into(), data: ColumnData::Money(amounts) },
    ];
    let mut dataset = Dataset { customers, ..Dataset::default() };
    let table = Table { kind: TableKind::Transactions, customer, columns };
    dataset.tables.insert(TableKind::Transactions, table);
    let mut figures: Value = serde_json::from_str(&figures).expect("JSON");
    Some((dataset, figures["rfm_pkg"].take()))
}

fn base(dataset: &Dataset, figures: &Value) -> (Base, RfmOptions) {
    let date = Day::parse_iso(figures["analysis_date"].as_str().unwrap());
    let options = RfmOptions { analysis_date: date, method: PACKAGE, ..RfmOptions::default() };
    let summary = customer_summary(dataset, &PurchaseRules::default(), &options.frame()).expect("a summary");
    (Base::new(summary, dataset, &options.monetary, 1).expect("values"), options)
}

fn analysed(dataset: &Dataset, figures: &Value, segments: SegmentRules) -> (Overview, Scored) {
    let (base, options) = base(dataset, figures);
    let options = RfmOptions { segments, ..options };
    let scored = score(&base, dataset, &options, &options.method).expect("levels");
    (overview(&base, &scored, &options), scored)
}

#[test]
fn customers_orders_and_revenue_of_the_data_set() {
    let Some((dataset, figures)) = reference() else { return };
    let (overview, _) = analysed(&dataset, &figures, SegmentRules::Vignette);
    assert_eq!(overview.all.customers, figures["customers"]);
    assert_eq!(overview.all.orders, figures["orders"]);
    assert_eq!(overview.all.revenue, figures["revenue"]);
}

#[test]
fn quantile_cuts_of_the_three_variables() {
    let Some((dataset, figures)) = reference() else { return };
    let (overview, _) = analysed(&dataset, &figures, SegmentRules::Vignette);
    for (table, name) in overview.variables.iter().zip(["recency", "frequency", "monetary"]) {
        // The published cuts are the quantiles with the one that the package adds.
        let published = figures["cuts"][name].as_array().unwrap().iter().map(|v| v.as_f64().unwrap() - 1.0);
        let published: Vec<f64> = published.collect();
        assert_eq!(table.quantiles.len(), published.len());
        for (ours, theirs) in table.quantiles.iter().zip(&published) {
            assert!((ours - theirs).abs() < 1e-9, "{name}: {ours} and {theirs}");
        }
    }
}

#[test]
fn customers_at_each_level() {
    let Some((dataset, figures)) = reference() else { return };
    let (overview, _) = analysed(&dataset, &figures, SegmentRules::Vignette);
    for (table, letter) in overview.variables.iter().zip(["R", "F", "M"]) {
        for group in &table.groups {
            let published = &figures["score_counts_1to5"][letter][usize::from(group.level) - 1];
            assert_eq!(group.sums.customers, *published, "{letter}{}", group.level);
        }
    }
}

#[test]
fn segments_of_the_vignette() {
    let Some((dataset, figures)) = reference() else { return };
    let (overview, _) = analysed(&dataset, &figures, SegmentRules::Vignette);
    let published = figures["vignette_segments"].as_object().unwrap();
    let filled = || overview.segments.iter().filter(|row| row.sums.customers > 0);
    assert_eq!(filled().count(), published.len());
    for row in filled() {
        let theirs = &published[&row.name_en];
        assert_eq!(row.sums.customers, theirs[0], "{}", row.name_en);
        assert_eq!(row.sums.orders, theirs[1], "{}", row.name_en);
        assert_eq!(row.sums.revenue, theirs[2], "{}", row.name_en);
        let average = row.sums.average_order_value().unwrap();
        assert!((average - theirs[3].as_f64().unwrap()).abs() <= 0.005 + 1e-9, "{}: {average}", row.name_en);
    }
}

#[test]
fn segments_of_the_package_tests() {
    let Some((dataset, figures)) = reference() else { return };
    let (overview, _) = analysed(&dataset, &figures, SegmentRules::TestSet);
    let published = figures["test_set_all_computed"].as_object().unwrap();
    let filled = || overview.segments.iter().filter(|row| row.sums.customers > 0);
    assert_eq!(filled().count(), published.len());
    for row in filled() {
        let ours = serde_json::json!([row.sums.customers, row.sums.orders, row.sums.revenue]);
        assert_eq!(ours, published[&row.name_en], "{}", row.name_en);
        if row.name_en == "Champions" {
            assert_eq!(ours, figures["test_set_champions"]);
        }
    }
}

#[test]
fn sum_of_the_heat_map_means() {
    let Some((dataset, figures)) = reference() else { return };
    let (overview, _) = analysed(&dataset, &figures, SegmentRules::Vignette);
    let means = overview.heat_map.iter().filter_map(|cell| cell.sums.revenue_per_customer());
    assert_eq!(means.sum::<f64>().round(), figures["heatmap_sum_of_cell_means"].as_f64().unwrap());
}

#[test]
fn methods_side_by_side() {
    let Some((dataset, figures)) = reference() else { return };
    let (base, options) = base(&dataset, &figures);
    let by = |method: Method| score(&base, &dataset, &options, &method).expect("levels");
    let package = by(PACKAGE);
    let published = &figures["method_comparison_computed"];
    let agreement = |other: &Scored| 1.0 - compare(&package, other).changed_share;

    let sizes = compare(&package, &package).first;
    assert_eq!(sizes.cells, published["package_independent"]["cells"]);
    assert_eq!(sizes.smallest, published["package_independent"]["min"]);
    assert_eq!(sizes.largest, published["package_independent"]["max"]);

    let min_rank = by(Method::Independent { ties: Ties::MinRank });
    assert_eq!(compare(&package, &min_rank).second.cells, published["min_rank_ties"]["cells"]);
    let theirs = published["min_rank_ties"]["agree"].as_f64().unwrap();
    assert!((agreement(&min_rank) - theirs).abs() < 0.0005, "{}", agreement(&min_rank));

    let equal = by(Method::Independent { ties: Ties::EqualGroups });
    for variable in Variable::ALL {
        for level in 1..=5 {
            let size = equal.levels[variable.index()].iter().filter(|&&l| l == level).count();
            assert_eq!(size, published["ntile_exact"]["per_bin"]);
        }
    }
    assert_eq!(compare(&package, &equal).second.cells, published["ntile_exact"]["cells"]);
    let theirs = published["ntile_exact"]["agree_with_package"].as_f64().unwrap();
    assert!((agreement(&equal) - theirs).abs() < 0.00005, "{}", agreement(&equal));

    let nested = compare(&package, &by(Method::Nested)).second;
    assert_eq!(nested.cells, published["nested_exact"]["cells"]);
    assert_eq!(nested.smallest, published["nested_exact"]["min"]);
    assert_eq!(nested.largest, published["nested_exact"]["max"]);
}
