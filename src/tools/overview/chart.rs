//! The small pyramid and the heat map, as data. A picked mark leads to its customers.

use super::job::{Overview, Period};
use super::model::{HeatMap, Place, Sums, Tier, column};
use super::text::OverviewText;
use crate::charts::spec::{
    ChartSpec, HeatMap as HeatMarks, Mark, Marks, Pyramid, PyramidTier, PyramidTitles, Role,
};
use crate::core::grading::Label;
use crate::core::lang::Lang;
use crate::core::show::Show;

/// The reader: language and formats.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub lang: Lang,
    pub show: &'a dyn Show,
}

impl Reader<'_> {
    pub fn text(self) -> &'static OverviewText {
        OverviewText::of(self.lang)
    }

    pub fn count(self, value: u64) -> String {
        self.show.count(i64::try_from(value).unwrap_or(i64::MAX))
    }

    pub fn percent(self, share: f64) -> String {
        self.show.percent(share, 1)
    }

    /// The period in words.
    pub fn period(self, period: Period) -> String {
        let text = self.text();
        match (period.window, period.analysis_date) {
            (Some((from, to)), _) => (text.from_to)(&self.show.day(from), &self.show.day(to)),
            (None, Some(day)) => (text.whole_history)(&self.show.day(day)),
            (None, None) => text.whole_history_plain.into(),
        }
    }
}

/// Filters of the list of customers: names of published columns, and English names of classes.
pub type Filters = Vec<(&'static str, String)>;

/// The part of a whole, where the whole is positive.
fn share(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn customers_share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

// ── The pyramid ──

/// Active customers, and their revenue where it is known.
fn active(tiers: &[Tier]) -> (u64, Option<i64>) {
    let inside = || tiers.iter().filter(|tier| tier.place != Place::NotActive);
    (inside().map(|tier| tier.sums.customers).sum(), inside().map(|tier| tier.sums.revenue).sum())
}

/// The tiers, what part of the customers each holds, and what part of the revenue each brings.
pub fn pyramid(overview: &Overview, reader: Reader) -> Option<ChartSpec> {
    let tiers = overview.tiers.as_deref()?;
    let text = reader.text();
    let (customers, revenue) = active(tiers);
    let has_shares = revenue.is_some_and(|revenue| revenue > 0);
    let is_active = |tier: &Tier| tier.place != Place::NotActive;
    let revenue_share = |tier: &Tier| share(tier.sums.revenue?, revenue?).filter(|_| is_active(tier));
    let row = |(at, tier): (usize, &Tier)| {
        let name = tier.label.get(reader.lang).to_string();
        let part = customers_share(tier.sums.customers, customers).filter(|_| is_active(tier));
        let mark = |amount: f64, value: String| Mark::new(name.clone(), amount, value).key(at.to_string());
        PyramidTier {
            note: part.map_or_else(String::new, |part| reader.percent(part)),
            customers: mark(tier.sums.customers as f64, reader.count(tier.sums.customers)),
            shares: revenue_share(tier).into_iter().map(|share| mark(share, reader.percent(share))).collect(),
            name: name.clone(),
        }
    };
    let rows = |of_tiers: bool| {
        let wanted = |(_, tier): &(usize, &Tier)| (tier.place == Place::Tier) == of_tiers;
        tiers.iter().enumerate().filter(wanted).map(row).collect::<Vec<_>>()
    };
    let best = tiers.iter().find(|tier| tier.place == Place::Tier && tier.sums.customers > 0);
    let title = best.map_or_else(String::new, |tier| {
        let name = tier.label.get(reader.lang);
        let part =
            customers_share(tier.sums.customers, customers).map_or("–".into(), |part| reader.percent(part));
        match revenue_share(tier) {
            Some(share) => (text.pyramid_finding)(name, &part, &reader.percent(share)),
            None => (text.pyramid_size_finding)(name, &part),
        }
    });
    let (tiers_of, revenue_of) = (reader.period(overview.pyramid_period), reader.period(overview.rfm_period));
    let subtitle = if tiers_of == revenue_of || !has_shares {
        (text.pyramid_subtitle)(&tiers_of)
    } else {
        (text.pyramid_subtitle_periods)(&tiers_of, &revenue_of)
    };
    let titles = PyramidTitles {
        tier: text.tier.into(),
        note: text.share_of_customers.into(),
        customers: text.heat_customers.into(),
        shares: has_shares.then(|| text.share_of_revenue.into()).into_iter().collect(),
    };
    Some(ChartSpec {
        description: title.clone(),
        title,
        subtitle,
        marks: Marks::Pyramid(Pyramid::new(titles, rows(true), rows(false))),
        legend: None,
    })
}

/// The customers of a picked tier.
pub fn tier_filters(overview: &Overview, key: &str) -> Option<Filters> {
    let tier = overview.tiers.as_ref()?.get(key.parse::<usize>().ok()?)?;
    Some(vec![(column::TIER, tier.label.en.clone())])
}

// ── The heat map ──

/// What the colours of the heat map show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeatMeasure {
    #[default]
    Customers,
    Revenue,
}

impl HeatMeasure {
    pub const ALL: [HeatMeasure; 2] = [HeatMeasure::Customers, HeatMeasure::Revenue];

    pub fn name(self, lang: Lang) -> &'static str {
        let text = OverviewText::of(lang);
        match self {
            HeatMeasure::Customers => text.heat_customers,
            HeatMeasure::Revenue => text.revenue,
        }
    }

    /// `None` where there is nothing to show.
    fn amount(self, sums: &Sums) -> Option<f64> {
        match self {
            HeatMeasure::Customers => Some(sums.customers as f64),
            HeatMeasure::Revenue => sums.revenue.filter(|_| sums.customers > 0).map(|minor| minor as f64),
        }
    }

    fn write(self, sums: &Sums, reader: Reader) -> String {
        let dash = || "–".to_string();
        match self {
            HeatMeasure::Customers => reader.count(sums.customers),
            HeatMeasure::Revenue => match sums.revenue.filter(|_| sums.customers > 0) {
                Some(minor) => reader.show.money(minor),
                None => dash(),
            },
        }
    }
}

/// Recency × frequency, the best in the upper left corner.
pub fn heat_map(map: &HeatMap, measure: HeatMeasure, reader: Reader) -> ChartSpec {
    let text = reader.text();
    let amount = |sums: &Sums| measure.amount(sums).unwrap_or(0.0);
    let largest = map.fields.iter().map(amount).fold(0.0, f64::max);
    let cells = map.fields.iter().enumerate().map(|(at, sums)| {
        Mark::new(field_name(map, at, reader.lang), amount(sums), measure.write(sums, reader))
            .role(Role::tint(amount(sums), largest))
            .key(at.to_string())
    });
    let title = heat_finding(map, measure, reader);
    let digits = |letter: &str, labels: &[Label]| {
        labels.iter().map(|label| format!("{letter} {}", label.get(reader.lang))).collect()
    };
    ChartSpec {
        description: title.clone(),
        title,
        subtitle: (text.heat_subtitle)(measure.name(reader.lang)),
        marks: Marks::HeatMap(HeatMarks {
            row_title: text.recency.into(),
            rows: digits("R", &map.recency),
            column_title: text.frequency.into(),
            columns: digits("F", &map.frequency),
            value_title: measure.name(reader.lang).into(),
            cells: cells.collect(),
        }),
        legend: None,
    }
}

/// "R 5 · F 3".
fn field_name(map: &HeatMap, at: usize, lang: Lang) -> String {
    let (row, column) = (at / map.frequency.len(), at % map.frequency.len());
    format!("R {} · F {}", map.recency[row].get(lang), map.frequency[column].get(lang))
}

fn heat_finding(map: &HeatMap, measure: HeatMeasure, reader: Reader) -> String {
    let text = reader.text();
    let amount = |at: usize| measure.amount(&map.fields[at]).unwrap_or(f64::NEG_INFINITY);
    let best = (0..map.fields.len()).reduce(|best, at| if amount(at) > amount(best) { at } else { best });
    let Some(best) = best else { return String::new() };
    let (name, sums) = (field_name(map, best, reader.lang), &map.fields[best]);
    let customers = map.fields.iter().map(|sums| sums.customers).sum();
    let part = customers_share(sums.customers, customers).map_or("–".into(), |part| reader.percent(part));
    let revenue = map.fields.iter().map(|sums| sums.revenue).sum::<Option<i64>>();
    let brings = revenue.zip(sums.revenue).and_then(|(whole, part)| share(part, whole));
    match (measure, brings) {
        (HeatMeasure::Revenue, Some(brings)) => {
            (text.heat_revenue_finding)(&name, &reader.percent(brings), &part)
        }
        _ => (text.heat_size_finding)(&name, &reader.count(sums.customers), &part),
    }
}

/// The customers of a picked field.
pub fn field_filters(map: &HeatMap, key: &str) -> Option<Filters> {
    let at = key.parse::<usize>().ok().filter(|at| *at < map.fields.len())?;
    let (row, across) = (at / map.frequency.len(), at % map.frequency.len());
    Some(vec![
        (column::RECENCY, map.recency[row].en.clone()),
        (column::FREQUENCY, map.frequency[across].en.clone()),
    ])
}
