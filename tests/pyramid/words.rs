//! Strategies, the file of customers, and the explanation.

use crate::{ask, equal, of, published, pyramid, session, shop, teaching, with_customer_table};
use quintile::core::grading::Label;
use quintile::core::lang::Lang;
use quintile::core::sample;
use quintile::core::summary::Window;
use quintile::core::workspace::SampleId;
use quintile::tools::pyramid::files;
use quintile::tools::pyramid::options::{Line, Measure, PyramidOptions};
use quintile::tools::pyramid::request::{PyramidAnswer, PyramidAsk};

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
