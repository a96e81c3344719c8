//! What must hold of every RFM analysis, whatever the data.

use proptest::prelude::*;
use quintile::core::codec::Meta;
use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::dictionary::Dictionary;
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::rules::PurchaseRules;
use quintile::core::summary::{Window, customer_summary};
use quintile::core::table::{Column, ColumnData, Role, Table, TableKind};
use quintile::jobs::protocol::Settings;
use quintile::jobs::{Session, Silent};
use quintile::tools::rfm::compare::{CellSizes, cell_sizes, compare};
use quintile::tools::rfm::explain::{Explained, median_customer};
use quintile::tools::rfm::job::{RfmAnswer, RfmAsk, RfmRequest, answer};
use quintile::tools::rfm::model::{Overview, Refusal, Sums, overview};
use quintile::tools::rfm::options::{
    Best, Method, Monetary, OptionsError, QuantileEdge, RfmOptions, Thresholds, Ties, Variable,
};
use quintile::tools::rfm::scoring::{Base, Scored, score};
use quintile::tools::rfm::segments::{Rule, SegmentRules};
use quintile::tools::rfm::warnings::Warning;
use quintile::tools::rfm::{link, publish};
use std::collections::BTreeMap;

/// Customer number, day, amount.
type Row = (u8, i32, i64);

fn dataset(rows: &[Row]) -> Dataset {
    let mut customers = Dictionary::default();
    let customer = rows.iter().map(|row| customers.intern(&format!("C{:03}", row.0))).collect();
    let days = ColumnData::Days(rows.iter().map(|row| row.1).collect());
    let amounts = ColumnData::Money(rows.iter().map(|row| row.2).collect());
    let columns = vec![
        Column { role: Role::Date, name: "date".into(), data: days },
        Column { role: Role::Amount, name: "amount".into(), data: amounts },
    ];
    let mut dataset = Dataset { customers, ..Dataset::default() };
    dataset
        .tables
        .insert(TableKind::Transactions, Table { kind: TableKind::Transactions, customer, columns });
    dataset
}

fn base(dataset: &Dataset, options: &RfmOptions) -> Base {
    let summary = customer_summary(dataset, &PurchaseRules::default(), &options.frame()).unwrap();
    Base::new(summary, dataset, &options.monetary, 1).unwrap()
}

fn analysed(rows: &[Row], options: &RfmOptions) -> Option<(Base, Scored, Overview, Dataset)> {
    let dataset = dataset(rows);
    let base = base(&dataset, options);
    if base.is_empty() {
        return None;
    }
    let scored = score(&base, &dataset, options, &options.method).unwrap();
    let overview = overview(&base, &scored, options);
    Some((base, scored, overview, dataset))
}

/// The levels by the customers' ids.
fn levels_by_id(base: &Base, scored: &Scored, dataset: &Dataset) -> BTreeMap<String, [u8; 3]> {
    let id = |i: usize| dataset.customers.get(base.summary.customer[i]).to_string();
    (0..base.len()).map(|i| (id(i), scored.levels_at(i))).collect()
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0u8..60, 10_000i32..10_050, -30i64..200), 1..200)
}

fn fixed_methods() -> [Method; 5] {
    [
        Method::Independent { ties: Ties::MinRank },
        Method::Independent { ties: Ties::EqualGroups },
        Method::Nested,
        Method::QuantileCuts { edge: QuantileEdge::AtOrBelow },
        Method::QuantileCuts { edge: QuantileEdge::PlusOne },
    ]
}

fn ascending() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::btree_set(0i64..300, 1..=9).prop_map(|set| set.into_iter().collect())
}

fn method() -> impl Strategy<Value = Method> {
    let typed = (ascending(), ascending(), ascending()).prop_map(|(recency, frequency, monetary)| {
        Method::Thresholds(Thresholds { recency, frequency, monetary })
    });
    prop_oneof![5 => prop::sample::select(fixed_methods().to_vec()), 2 => typed]
}

fn segments() -> impl Strategy<Value = SegmentRules> {
    let range = || (0u8..12, 0u8..12);
    let name = || "[a-z~,;%客 ]{0,6}";
    let rule = (name(), name(), range(), range(), range()).prop_map(|(name_en, name_zh, r, f, m)| Rule {
        name_en,
        name_zh,
        ranges: [r, f, m],
    });
    let custom = (prop::collection::vec(rule, 0..12), prop::array::uniform3(2u8..=10))
        .prop_map(|(rules, bins)| SegmentRules::Custom { rules, bins });
    prop_oneof![Just(SegmentRules::Vignette), Just(SegmentRules::TestSet), custom]
}

fn window() -> impl Strategy<Value = Window> {
    let between = (9_990i32..10_060, 0i32..60)
        .prop_map(|(from, length)| Window::Between { from: Day(from), to: Day(from + length) });
    prop_oneof![Just(Window::All), (1u16..30).prop_map(Window::LastMonths), between]
}

fn options() -> impl Strategy<Value = RfmOptions> {
    let bins = prop::array::uniform3(2u8..=10);
    let best = prop_oneof![Just(Best::Highest), Just(Best::One)];
    let monetary = prop_oneof![Just(Monetary::Total), Just(Monetary::Mean)];
    let date = prop::option::of((10_040i32..10_080).prop_map(Day));
    let rest = (segments(), prop::option::of(method()), 0u32..500);
    (date, window(), bins, best, method(), monetary, rest).prop_map(
        |(analysis_date, window, bins, best, method, monetary, (segments, compare_with, small_cell))| {
            RfmOptions {
                analysis_date,
                window,
                bins,
                best,
                method,
                monetary,
                segments,
                compare_with,
                small_cell,
            }
        },
    )
}

proptest! {
    #[test]
    fn counts_and_shares_sum(rows in rows(), options in options()) {
        let Some((base, _, overview, _)) = analysed(&rows, &options) else { return Ok(()) };
        let n = base.len() as u64;
        let near_one = |sum: f64| (sum - 1.0).abs() < 1e-9;
        prop_assert!(near_one(overview.cells.iter().map(|c| c.share).sum()));
        prop_assert!(near_one(overview.segments.iter().map(|s| s.share).sum()));
        let whole = Sums {
            customers: n,
            orders: base.summary.frequency.iter().map(|&orders| u64::from(orders)).sum(),
            revenue: base.summary.monetary.iter().sum(),
            days_since_last: base.summary.days_since_last.iter().map(|&days| u64::from(days)).sum(),
            monetary: base.values[Variable::Monetary.index()].iter().map(|&steps| steps as f64).sum(),
        };
        let fields = |sums: &Sums| {
            (sums.customers, sums.orders, sums.revenue, sums.days_since_last, sums.monetary as i64)
        };
        let adds_up = |parts: Vec<Sums>| fields(&parts.into_iter().sum()) == fields(&whole);
        prop_assert_eq!(fields(&overview.all), fields(&whole));
        prop_assert!(adds_up(overview.cells.iter().map(|cell| cell.sums).collect()));
        prop_assert!(adds_up(overview.segments.iter().map(|segment| segment.sums).collect()));
        prop_assert!(adds_up(overview.heat_map.iter().map(|field| field.sums).collect()));
        prop_assert_eq!(overview.inactive, base.summary.frequency.iter().filter(|&&orders| orders < 1).count() as u64);
        for table in &overview.variables {
            prop_assert!(adds_up(table.groups.iter().map(|group| group.sums).collect()));
            prop_assert!(near_one(table.groups.iter().map(|g| g.share).sum()));
            prop_assert_eq!(table.histogram.iter().map(|b| b.count).sum::<u64>(), n);
        }
        let rows = overview.rows;
        prop_assert_eq!(rows.read, rows.used + rows.set_aside());
    }

    #[test]
    fn levels_are_within_one_and_k_and_within_their_thresholds(rows in rows(), options in options()) {
        let Some((base, scored, overview, _)) = analysed(&rows, &options) else { return Ok(()) };
        for variable in Variable::ALL {
            let v = variable.index();
            for (i, &level) in scored.levels[v].iter().enumerate() {
                prop_assert!((1..=scored.bins[v]).contains(&level));
                let group = overview.variables[v].groups.iter().find(|g| g.level == level).unwrap();
                let value = base.values[v][i];
                prop_assert!(group.lower.is_none_or(|low| low <= value));
                prop_assert!(group.upper.is_none_or(|high| value <= high));
                let found = group.found.unwrap();
                prop_assert!(found.from <= value && value <= found.to);
            }
        }
    }

    #[test]
    fn row_order_never_matters(rows in rows(), options in options(), turn in 0usize..200) {
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        turned.reverse();
        let (Some(a), Some(b)) = (analysed(&rows, &options), analysed(&turned, &options)) else {
            return Ok(());
        };
        prop_assert_eq!(levels_by_id(&a.0, &a.1, &a.3), levels_by_id(&b.0, &b.1, &b.3));
        prop_assert_eq!(a.2, b.2);
    }

    #[test]
    fn doubling_amounts_doubles_monetary_and_changes_no_cell(
        rows in rows(),
        method in prop::sample::select(fixed_methods().to_vec()),
    ) {
        // With the one that the R package adds, doubled amounts can cross a cut: that convention depends on the unit.
        prop_assume!(method != Method::QuantileCuts { edge: QuantileEdge::PlusOne });
        let options = RfmOptions { method, ..RfmOptions::default() };
        let doubled: Vec<Row> = rows.iter().map(|row| (row.0, row.1, row.2 * 2)).collect();
        let (Some(a), Some(b)) = (analysed(&rows, &options), analysed(&doubled, &options)) else {
            return Ok(());
        };
        prop_assert_eq!(a.1.levels, b.1.levels);
        let twice: Vec<i64> = a.0.summary.monetary.iter().map(|m| m * 2).collect();
        prop_assert_eq!(twice, b.0.summary.monetary);
    }

    #[test]
    fn nested_cells_differ_by_at_most_one(rows in rows(), bins in prop::array::uniform3(2u8..=10)) {
        let options = RfmOptions { method: Method::Nested, bins, ..RfmOptions::default() };
        let Some((_, scored, ..)) = analysed(&rows, &options) else { return Ok(()) };
        let sizes = cell_sizes(&scored);
        // An empty cell is a cell of size none.
        let smallest = if sizes.cells < sizes.possible { 0 } else { sizes.smallest };
        prop_assert!(sizes.largest - smallest <= 1, "{:?}", sizes);
    }

    #[test]
    fn equal_values_share_a_level_under_minimum_ranks(rows in rows(), bins in prop::array::uniform3(2u8..=10)) {
        let options = RfmOptions { bins, ..RfmOptions::default() };
        let Some((base, scored, ..)) = analysed(&rows, &options) else { return Ok(()) };
        for v in 0..3 {
            let mut level_of = BTreeMap::new();
            for (value, level) in base.values[v].iter().zip(&scored.levels[v]) {
                prop_assert_eq!(*level_of.entry(value).or_insert(level), level);
            }
        }
    }

    #[test]
    fn a_link_brings_the_options_back(options in options()) {
        let record = serde_json::to_value(&options).unwrap();
        let fields = link::write(&record);
        let (read, unknown) = link::read(&fields);
        prop_assert!(unknown.is_empty(), "{:?}", unknown);
        let mut read: RfmOptions = serde_json::from_value(read).unwrap();
        if !link::left_out(&options).is_empty() {
            read.segments = options.segments.clone();
        }
        // What a method does not use is not carried: typed thresholds make their own groups.
        let mut expected = options;
        if let SegmentRules::Custom { rules, .. } = &mut expected.segments {
            for range in rules.iter_mut().flat_map(|rule| &mut rule.ranges) {
                *range = (range.0.min(11), range.1.min(11));
            }
        }
        prop_assert_eq!(read, expected);
        let length: usize = fields.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
        prop_assert!(length <= link::LONGEST);
    }

    #[test]
    fn any_fields_in_a_link_give_options_and_names(fields in prop::collection::vec(("[a-z]{1,8}", ".{0,20}"), 0..8)) {
        let (value, _) = link::read(&fields);
        prop_assert!(serde_json::from_value::<RfmOptions>(value).is_ok());
    }

    #[test]
    fn an_explanation_ends_in_the_cell_code(rows in rows(), options in options()) {
        let Some((base, scored, _, dataset)) = analysed(&rows, &options) else { return Ok(()) };
        let position = median_customer(&base, &dataset).unwrap();
        let (base, scored, options, dataset) = (&base, &scored, &options, &dataset);
        let currency = &Currency::default();
        let explained = Explained { base, scored, options, dataset, currency, position };
        let code = options.best.code(scored.levels_at(position), scored.bins);
        for lang in Lang::ALL {
            let steps = explained.steps(lang);
            prop_assert_eq!(steps.len(), 5);
            let shown = format!("<mn>{code}</mn></mrow></math>");
            prop_assert!(steps[4].formulas[0].mathml().ends_with(&shown));
            for (v, step) in steps[1..4].iter().enumerate() {
                let digit = options.best.digit(scored.levels[v][position], scored.bins[v]);
                let last = step.formulas.last().unwrap().mathml();
                let end = format!("<mn>{digit}</mn></mrow></math>");
                prop_assert!(last.ends_with(&end), "{}", last);
            }
        }
    }
}

#[test]
fn hand_checked_min_rank_of_five_customers() {
    // Days since the last purchase 0, 1, 2, 3, 4; one purchase each; amounts 10, 10, 20, 30, 40.
    let rows = [(1, 104, 10), (2, 103, 10), (3, 102, 20), (4, 101, 30), (5, 100, 40)];
    let (_, scored, overview, _) = analysed(&rows, &RfmOptions::default()).unwrap();
    assert_eq!(scored.levels[0], [5, 4, 3, 2, 1]);
    assert_eq!(scored.levels[1], [1, 1, 1, 1, 1]);
    assert_eq!(scored.levels[2], [1, 1, 3, 4, 5]);
    let empty = |warning: &&Warning| matches!(warning, Warning::EmptyGroup { .. });
    assert_eq!(overview.warnings.iter().filter(empty).count(), 4 + 1);
}

#[test]
fn typed_thresholds_of_the_deck_put_10000_into_the_second_group() {
    let rows = [(1, 100, 9_999), (2, 100, 10_000), (3, 100, 99_999), (4, 100, 100_000), (5, 100, 500_000)];
    let thresholds =
        Thresholds { recency: vec![30, 90], frequency: vec![2], monetary: vec![10_000, 100_000, 500_000] };
    let options = RfmOptions { method: Method::Thresholds(thresholds), ..RfmOptions::default() };
    let (_, scored, overview, _) = analysed(&rows, &options).unwrap();
    assert_eq!(scored.levels[2], [1, 2, 2, 3, 4]);
    assert_eq!(scored.bins, [3, 2, 4]);
    assert_eq!(overview.variables[0].groups[0].upper, Some(30));
}

#[test]
fn one_as_the_best_digit_turns_codes_round_and_nothing_else() {
    let rows = [(1, 104, 10), (2, 103, 10), (3, 102, 20), (4, 101, 30), (5, 100, 40)];
    let one = RfmOptions { best: Best::One, ..RfmOptions::default() };
    let (_, scored, overview, _) = analysed(&rows, &one).unwrap();
    assert_eq!(scored.levels[0], [5, 4, 3, 2, 1]);
    assert_eq!(overview.cells[0].code, "155");
    assert_eq!(Best::Highest.code([10, 3, 2], [10, 5, 5]), "10-3-2");
}

#[test]
fn threshold_30_after_30_is_refused_with_its_place() {
    let thresholds = Thresholds { recency: vec![30, 30], frequency: vec![2], monetary: vec![5] };
    let options = RfmOptions { method: Method::Thresholds(thresholds), ..RfmOptions::default() };
    let mut session = Session::new(dataset(&[(1, 100, 5)]), Meta::new(), Settings::default());
    let request = RfmRequest { options, ask: RfmAsk::Overview };
    let error = OptionsError::NotAscending { variable: Variable::Recency, index: 1, value: 30, before: 30 };
    let refused = RfmAnswer::Refused(Refusal::Options { error });
    assert_eq!(answer(&mut session, &request, &mut Silent).unwrap(), refused);
}

#[test]
fn only_refunds_are_refused_with_counts() {
    let mut session = Session::new(dataset(&[(1, 100, -5)]), Meta::new(), Settings::default());
    let request = RfmRequest { options: RfmOptions::default(), ask: RfmAsk::Overview };
    match answer(&mut session, &request, &mut Silent).unwrap() {
        RfmAnswer::Refused(Refusal::NoCustomers { rows, .. }) => {
            assert_eq!((rows.read, rows.customers_without_purchase, rows.money_without_purchase), (1, 1, -5));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_second_request_with_other_segments_gives_the_same_cells_and_publishes_them() {
    let rows: Vec<Row> = (0..50).map(|i| (i, 10_000 + i32::from(i), i64::from(i) * 7 % 31 + 1)).collect();
    let mut session = Session::new(dataset(&rows), Meta::new(), Settings::default());
    let mut ask = |options: &RfmOptions| {
        let request = RfmRequest { options: options.clone(), ask: RfmAsk::Overview };
        match answer(&mut session, &request, &mut Silent).unwrap() {
            RfmAnswer::Overview { overview, .. } => overview,
            other => panic!("{other:?}"),
        }
    };
    let first = RfmOptions::default();
    let second = RfmOptions { segments: SegmentRules::TestSet, ..first.clone() };
    let (a, b) = (ask(&first), ask(&second));
    assert_eq!(a.variables, b.variables);
    assert_ne!(a.segments, b.segments);
    assert_eq!(session.dataset.gradings.names().count(), 0, "nobody has asked for them");
    let publish_now = RfmRequest { options: second.clone(), ask: RfmAsk::Publish };
    answer(&mut session, &publish_now, &mut Silent).unwrap();
    let gradings = &session.dataset.gradings;
    let stale = |options: &RfmOptions| {
        gradings.is_stale(publish::name::SEGMENT, &publish::made_with(&session.dataset, options))
    };
    assert!(stale(&first) && !stale(&second));
    assert_eq!(gradings.names().count(), 9);
}

#[test]
fn comparing_a_method_with_itself_changes_nobody() {
    let rows: Vec<Row> = (0..50).map(|i| (i, 10_000 + i32::from(i), i64::from(i))).collect();
    let (_, scored, ..) = analysed(&rows, &RfmOptions::default()).unwrap();
    let comparison = compare(&scored, &scored);
    assert_eq!(comparison.changed, 0);
    assert!(comparison.variables.iter().all(|v| v.distance[0] == 50));
}

#[test]
fn two_methods_on_five_customers_by_hand() {
    // Days since the last purchase 0, 1, 2, 3, 4; one purchase each; amounts 10, 10, 20, 30, 40.
    let rows = [(1, 104, 10), (2, 103, 10), (3, 102, 20), (4, 101, 30), (5, 100, 40)];
    let typed = Thresholds { recency: vec![1, 3], frequency: vec![2], monetary: vec![11, 20, 21, 31] };
    let by_thresholds = RfmOptions { method: Method::Thresholds(typed), ..RfmOptions::default() };
    let (_, by_rank, ..) = analysed(&rows, &RfmOptions::default()).unwrap();
    let (_, by_thresholds, ..) = analysed(&rows, &by_thresholds).unwrap();
    assert_eq!(by_rank.levels, [vec![5, 4, 3, 2, 1], vec![1; 5], vec![1, 1, 3, 4, 5]]);
    assert_eq!(by_thresholds.levels, [vec![3, 3, 2, 2, 1], vec![1; 5], vec![1, 1, 3, 4, 5]]);
    let found = compare(&by_rank, &by_thresholds);
    assert_eq!((found.customers, found.changed, found.changed_share), (5, 3, 0.6));
    let [recency, frequency, monetary] = &found.variables;
    let cross = [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]];
    assert_eq!(recency.cross, cross);
    assert_eq!((&recency.distance, recency.changed), (&vec![2, 2, 1, 0, 0], 3));
    assert_eq!((frequency.cross[0][0], &frequency.distance, frequency.changed), (5, &vec![5, 0, 0, 0, 0], 0));
    assert_eq!((monetary.cross[0][0], monetary.changed), (2, 0));
    assert_eq!(found.first, CellSizes { cells: 5, possible: 125, smallest: 1, largest: 1 });
    assert_eq!(found.second, CellSizes { cells: 4, possible: 30, smallest: 1, largest: 2 });
}

#[test]
fn means_and_shares_of_sums() {
    let all = Sums { customers: 16, ..Sums::default() };
    let some = Sums { customers: 4, orders: 10, revenue: 2_000, days_since_last: 6, monetary: 50.0 };
    assert_eq!(some.share_of(&all), 0.25);
    assert_eq!((some.revenue_per_customer(), some.average_order_value()), (Some(500.0), Some(200.0)));
    assert_eq!((some.average_monetary(), some.average_days_since_last()), (Some(12.5), Some(1.5)));
    let none = Sums::default();
    assert_eq!((none.revenue_per_customer(), none.average_order_value()), (None, None));
    assert_eq!((none.average_monetary(), none.average_days_since_last()), (None, None));
    assert_eq!(none.share_of(&none), 0.0);
}
