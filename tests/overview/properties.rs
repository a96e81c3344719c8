//! What always holds.

use crate::{ask, classes, facts, read, session};
use proptest::prelude::*;
use quintile::charts::spec::ChartSpec;
use quintile::core::concentration::{Concentration, share_of_top};
use quintile::core::dataset::Dataset;
use quintile::core::dictionary::Dictionary;
use quintile::core::grading::{Grading, GradingData, Label};
use quintile::core::lang::Lang;
use quintile::core::show::Plain;
use quintile::core::table::{Table, TableKind};
use quintile::tools::overview::chart::{HeatMeasure, heat_map, pyramid};
use quintile::tools::overview::model::column;

fn is_finite(spec: &ChartSpec) -> bool {
    spec.each_mark().iter().all(|mark| mark.amount.is_finite() && !mark.value.contains("NaN"))
}

proptest! {
    #[test]
    fn one_share_without_sorting_is_the_share_of_the_sorted_values(
        values in prop::collection::vec(-50_i64..500, 0..70), top in 0.0..=1.0_f64,
    ) {
        let sorted = Concentration::new(&values).share_of_top(top);
        prop_assert_eq!(share_of_top(&mut values.clone(), top), sorted);
        prop_assert_eq!(share_of_top(&mut values.clone(), 1.0).is_some(), values.iter().sum::<i64>() > 0);
    }

    #[test]
    fn fields_and_tiers_hold_every_customer_that_has_a_class_once(
        rows in prop::collection::vec((prop::option::of((0_u16..4, 0_u16..3)), prop::option::of(0_u16..5), -500_i64..5_000, 0_u32..3), 1..60),
    ) {
        let names: Vec<String> = (0..rows.len()).map(|i| i.to_string()).collect();
        let mut dataset = Dataset { customers: Dictionary::from_iter(names.iter().map(String::as_str)), ..Dataset::default() };
        let customer = (0..rows.len() as u32).collect();
        dataset.tables.insert(TableKind::Customers, Table { kind: TableKind::Customers, customer, columns: vec![] });
        let tiers = [("A", "甲"), ("B", "乙"), ("C", "丙"), ("Inactive customers", "非活躍顧客"), ("Prospects", "潛在顧客")];
        let codes = [("4", "4"), ("3", "3"), ("2", "2"), ("1", "1")];
        let numbers = rows.iter().map(|row| row.0.map(|_| f64::from(row.3))).collect();
        let money = rows.iter().map(|row| row.0.map(|_| row.2)).collect();
        let plain = |data| Grading { title: Label::code("x"), is_part: false, data, made_with: String::new() };
        for (name, grading) in [
            (column::RECENCY, classes(&codes, rows.iter().map(|row| row.0.map(|both| both.0)).collect())),
            (column::FREQUENCY, classes(&codes[..3], rows.iter().map(|row| row.0.map(|both| both.1)).collect())),
            (column::TIER, classes(&tiers, rows.iter().map(|row| row.1).collect())),
            (column::PURCHASES, plain(GradingData::Numbers(numbers))),
            (column::SPEND, plain(GradingData::Money(money))),
        ] {
            dataset.gradings.publish(name, grading);
        }
        let overview = ask(&mut session(dataset), facts(&[]));
        let figures = overview.figures.clone().unwrap();
        let map = overview.heat_map.clone().unwrap();
        let with_cell = rows.iter().filter(|row| row.0.is_some()).count() as u64;
        prop_assert_eq!(map.fields.iter().map(|sums| sums.customers).sum::<u64>(), with_cell);
        prop_assert_eq!(figures.customers, with_cell);
        prop_assert_eq!(map.fields.iter().map(|sums| sums.revenue.unwrap()).sum::<i64>(), figures.revenue);
        let in_tiers = overview.tiers.as_ref().unwrap().iter().map(|tier| tier.sums.customers).sum::<u64>();
        prop_assert_eq!(in_tiers, rows.iter().filter(|row| row.1.is_some()).count() as u64);
        prop_assert!(figures.active <= figures.customers);
        prop_assert!(figures.top_fifth.is_none_or(|share| share.is_finite() && share > 0.0));
        let show = Plain::default();
        for lang in Lang::ALL {
            prop_assert!(is_finite(&pyramid(&overview, read(lang, &show)).unwrap()));
            for measure in HeatMeasure::ALL {
                prop_assert!(is_finite(&heat_map(&map, measure, read(lang, &show))));
            }
        }
    }
}
