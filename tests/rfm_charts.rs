//! The charts and files of the RFM page say what the analysis found, in both languages.

use quintile::charts::spec::{ChartSpec, Marks, Role};
use quintile::charts::table::table;
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use quintile::core::sample::{SEED, make};
use quintile::core::show::Plain;
use quintile::core::workspace::SampleId;
use quintile::jobs::{Session, Silent};
use quintile::tools::rfm::chart::{self, HeatMeasure, field_key, field_of};
use quintile::tools::rfm::job::{RfmAnswer, RfmAsk, RfmRequest, answer};
use quintile::tools::rfm::model::Overview;
use quintile::tools::rfm::options::{Best, Method, RfmOptions, Variable};
use quintile::tools::rfm::reading::Reader;
use quintile::tools::rfm::scoring::MonetaryKind;
use quintile::tools::rfm::{files, typed};

fn analysed(sample: SampleId, options: RfmOptions) -> Overview {
    let mut session = Session::default();
    session.dataset = make(sample, SEED, &mut |_| ());
    let request = RfmRequest { options, ask: RfmAsk::Overview };
    match answer(&mut session, &request, &mut Silent).expect("the sample has purchases") {
        RfmAnswer::Overview { overview, .. } => *overview,
        other => panic!("no overview but {other:?}"),
    }
}

fn teaching() -> Overview {
    analysed(SampleId::Teaching, RfmOptions { bins: [3; 3], ..RfmOptions::default() })
}

fn shop() -> Overview {
    analysed(SampleId::Shop, RfmOptions::default())
}

/// Runs a check as a reader of either language.
fn in_both(check: impl Fn(Reader)) {
    let (show, currency) = (Plain::default(), Currency::default());
    for lang in Lang::ALL {
        check(Reader { lang, show: &show, currency: &currency, monetary: &MonetaryKind::default() });
    }
}

fn english<T>(make: impl FnOnce(Reader) -> T) -> T {
    let (show, currency) = (Plain::default(), Currency::default());
    let monetary = MonetaryKind::default();
    make(Reader { lang: Lang::En, show: &show, currency: &currency, monetary: &monetary })
}

/// Each chart has a finding, and a table with a row for each mark.
fn assert_whole(spec: &ChartSpec) {
    assert!(!spec.title.is_empty() && !spec.subtitle.is_empty() && !spec.description.is_empty());
    let marks = spec.each_mark();
    assert!(!marks.is_empty());
    assert!(
        marks.iter().all(|mark| !mark.value.is_empty() && !mark.label.is_empty() && mark.amount.is_finite())
    );
    assert_eq!(table(spec).rows.len(), marks.len());
}

#[test]
fn every_chart_of_every_sample_is_whole_in_both_languages() {
    for overview in [teaching(), shop()] {
        in_both(|reader| {
            for measure in HeatMeasure::ALL {
                assert_whole(&chart::heat_map(&overview, measure, reader));
            }
            for table in &overview.variables {
                assert_whole(&chart::distribution(table, reader));
            }
            assert_whole(&chart::segments(&overview, reader));
        });
    }
}

#[test]
fn heat_map_fields_add_up_to_all_customers_and_the_title_names_the_largest() {
    let overview = shop();
    let spec = english(|reader| chart::heat_map(&overview, HeatMeasure::Customers, reader));
    let marks = spec.each_mark();
    let sum: f64 = marks.iter().map(|mark| mark.amount).sum();
    assert_eq!(sum as u64, overview.all.customers);
    let largest = marks.iter().max_by(|a, b| a.amount.total_cmp(&b.amount)).unwrap();
    assert!(
        spec.title.starts_with(&format!("{} holds the most customers: {}", largest.label, largest.value))
    );
    assert_eq!(largest.role, Role::Accent1);
}

#[test]
fn an_average_of_nobody_is_a_dash_and_has_no_tint() {
    // 25 customers in 100 fields: most are empty.
    let options = RfmOptions { bins: [10; 3], ..RfmOptions::default() };
    let overview = analysed(SampleId::Teaching, options);
    let spec = english(|reader| chart::heat_map(&overview, HeatMeasure::Average, reader));
    let empty = overview.heat_map.iter().zip(spec.each_mark()).filter(|(cell, _)| cell.sums.customers == 0);
    let empty: Vec<_> = empty.collect();
    assert!(empty.len() >= 75);
    assert!(empty.iter().all(|(_, mark)| mark.value == "–" && mark.role == Role::Neutral));
}

#[test]
fn fields_show_the_digit_and_keep_the_level_where_one_is_best() {
    let options = RfmOptions { bins: [3; 3], best: Best::One, ..RfmOptions::default() };
    let overview = analysed(SampleId::Teaching, options);
    let spec = english(|reader| chart::heat_map(&overview, HeatMeasure::Customers, reader));
    let first = spec.each_mark()[0].clone();
    assert_eq!(first.label, "R 1 · F 1");
    assert_eq!(field_of(first.key.as_deref().unwrap()), Some((3, 3)));
    assert_eq!(field_of(&field_key(10, 2)), Some((10, 2)));
    assert_eq!(field_of("Champions"), None);
}

#[test]
fn distributions_count_every_customer_once() {
    let overview = shop();
    for table in &overview.variables {
        let spec = english(|reader| chart::distribution(table, reader));
        let sum: f64 = spec.each_mark().iter().map(|mark| mark.amount).sum();
        assert_eq!(sum as u64, overview.all.customers, "{:?}", table.variable);
        if let Marks::Histogram(histogram) = &spec.marks {
            assert_eq!(histogram.edges.len(), histogram.bins.len() + 1);
            assert!(histogram.edges.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}

#[test]
fn shares_of_segments_add_up_to_one_in_customers_and_in_revenue() {
    let spec = english(|reader| chart::segments(&shop(), reader));
    let Marks::HorizontalBars(bars) = &spec.marks else { panic!("bars") };
    assert_eq!(bars.series.len(), 2);
    for series in &bars.series {
        let sum: f64 = series.marks.iter().map(|mark| mark.amount).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{}: {sum}", series.name);
    }
}

#[test]
fn group_thresholds_are_written_exactly_and_open_ends_say_so() {
    let overview = shop();
    english(|reader| {
        let recency = &overview.variables[0];
        let (best, worst) = (&recency.groups[0], recency.groups.last().unwrap());
        let upper = best.upper.unwrap();
        assert_eq!(reader.thresholds(Variable::Recency, best), format!("≤ {upper}"));
        assert!(reader.thresholds(Variable::Recency, worst).starts_with("≥ "));
        assert_eq!(reader.value(Variable::Monetary, 123_456), "NT$1,234.56");
        assert_eq!(reader.value(Variable::Monetary, -123_400), "−NT$1,234");
    });
}

#[test]
fn thresholds_of_an_analysis_divide_as_the_analysis_did() {
    let by_rank = shop();
    let options =
        RfmOptions { method: Method::Thresholds(typed::thresholds_of(&by_rank)), ..RfmOptions::default() };
    let by_thresholds = analysed(SampleId::Shop, options);
    let sizes = |overview: &Overview| {
        let groups = overview.variables.iter().flat_map(|table| &table.groups);
        groups.map(|group| group.sums.customers).collect::<Vec<_>>()
    };
    assert_eq!(sizes(&by_rank), sizes(&by_thresholds));
}

#[test]
fn thresholds_of_methods_without_any_can_be_used() {
    let overview =
        analysed(SampleId::Teaching, RfmOptions { method: Method::Nested, ..RfmOptions::default() });
    let method = Method::Thresholds(typed::thresholds_of(&overview));
    assert!(RfmOptions::default().bins_of(&method).is_ok());
}

#[test]
fn files_have_a_row_for_each_cell_and_each_segment() {
    let overview = shop();
    for lang in Lang::ALL {
        let lines = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().lines().count();
        let currency = Currency::default();
        assert_eq!(lines(files::cells(&overview, lang, &currency)), overview.cells.len() + 1);
        assert_eq!(lines(files::segments(&overview, lang, &currency)), overview.segments.len() + 1);
    }
    let csv = String::from_utf8(files::cells(&overview, Lang::En, &Currency::default())).unwrap();
    let first = csv.lines().nth(1).unwrap();
    assert!(
        first.starts_with(&format!("{},{},", overview.cells[0].code, overview.cells[0].sums.customers)),
        "{first}"
    );
}
