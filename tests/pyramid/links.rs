//! What an address carries.

use crate::{equal, of};
use quintile::core::day::Day;
use quintile::core::summary::Window;
use quintile::tools::pyramid::link;
use quintile::tools::pyramid::options::{Line, Measure, PyramidOptions, TierName, Tiers};

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
