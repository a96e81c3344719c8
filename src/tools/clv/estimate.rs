//! From transactions to what the parts need.

use super::answer::{Cohort, Cohorts, DataRefusal, Recency, RecencyCell, TierMoves, TierState};
use crate::core::day::Day;
use crate::core::grading::Label;
use crate::core::money::Currency;
use crate::core::summary::{PeriodEntry, PeriodPurchases};
use crate::core::tiers::{CURRY, METALS, WHOLE, cumulate, ends};

fn too_short(found: &PeriodPurchases, needed: usize) -> DataRefusal {
    DataRefusal::TooShort { periods: found.periods.len() as u64, needed: needed as u64 }
}

/// The periods in which a customer bought, ascending.
fn bought(entries: &[PeriodEntry]) -> Vec<usize> {
    entries.iter().filter(|entry| entry.bought).map(|entry| entry.period as usize).collect()
}

/// Cohorts by the period of the first purchase, and the survivors of those that are old enough.
///
/// Two thirds of the periods are followed; the oldest cohort, which also holds whoever bought before the data begin, is
/// pooled only where there is no other.
///
/// # Errors
/// [`DataRefusal::TooShort`] with fewer than four periods.
pub fn cohorts(found: &PeriodPurchases) -> Result<Cohorts, DataRefusal> {
    let periods = found.periods.len();
    if periods < 4 {
        return Err(too_short(found, 4));
    }
    let cohort = |(at, &(from, to)): (usize, &(Day, Day))| {
        let after = periods - at;
        Cohort { from, to, customers: 0, active: vec![0; after], left: vec![0; after] }
    };
    let mut cohorts: Vec<Cohort> = found.periods.iter().enumerate().map(cohort).collect();
    for entries in found.customers() {
        let bought = bought(entries);
        let (Some(&first), Some(&last)) = (bought.first(), bought.last()) else { continue };
        let cohort = &mut cohorts[first];
        cohort.customers += 1;
        bought.iter().for_each(|period| cohort.active[period - first] += 1);
        cohort.left[..=last - first].iter_mut().for_each(|left| *left += 1);
    }
    let followed = (periods * 2 / 3).max(2);
    let old: Vec<&Cohort> = cohorts.iter().filter(|cohort| cohort.left.len() > followed).collect();
    let pooled = if old.len() > 1 { &old[1..] } else { &old[..] };
    let left = |at: usize| pooled.iter().map(|cohort| cohort.left[at]).sum::<u64>() as f64;
    let survivors = (0..=followed).map(left).collect();
    let (pooled_cohorts, pooled_customers) =
        (pooled.len() as u64, pooled.iter().map(|cohort| cohort.customers).sum());
    Ok(Cohorts { survivors, pooled_cohorts, pooled_customers, cohorts })
}

/// How many of those who last bought 1, 2, … `cells` periods ago buy in a period. Cells that nobody was in are left out.
///
/// # Errors
/// [`DataRefusal::TooShort`] with fewer than two periods.
pub fn recency(found: &PeriodPurchases, cells: usize) -> Result<Recency, DataRefusal> {
    let periods = found.periods.len();
    let Some(&(_, until)) = found.periods.last().filter(|_| periods > 1) else {
        return Err(too_short(found, 2));
    };
    let mut tallies = vec![RecencyCell::default(); cells];
    for entries in found.customers() {
        let bought = bought(entries);
        for (at, &last) in bought.iter().enumerate() {
            let next = bought.get(at + 1).copied();
            let end = next.unwrap_or(periods - 1).min(last + cells);
            for period in last + 1..=end {
                let tally = &mut tallies[period - last - 1];
                tally.at_risk += 1;
                tally.bought += u64::from(next == Some(period));
            }
        }
    }
    let filled = tallies.iter().take_while(|tally| tally.at_risk > 0).count();
    tallies.truncate(filled);
    Ok(Recency { cells: tallies, periods: periods as u64, until })
}

/// The names of the tiers with their cumulated shares; `preset` is the position of the choice.
fn tiers(preset: usize) -> (Vec<Label>, Vec<u64>, u64) {
    let named = |tiers: &[(&str, &str)]| tiers.iter().map(|&(en, zh)| Label::new(en, zh)).collect();
    match preset {
        0 => (named(&CURRY.names), cumulate(&CURRY.shares), WHOLE),
        1 => (named(&METALS.names), cumulate(&METALS.shares), WHOLE),
        _ => (
            named(&[("Upper third", "上層"), ("Middle third", "中層"), ("Lower third", "下層")]),
            vec![1, 2],
            3,
        ),
    }
}

/// From each customer's tier in the period before the last to the one in the last. Tiers are by spend among those who
/// bought in the period; customers who bought before but not in it are inactive.
///
/// # Errors
/// [`DataRefusal::TooShort`] with fewer than two periods.
pub fn moves(found: &PeriodPurchases, preset: usize, currency: &Currency) -> Result<TierMoves, DataRefusal> {
    let [.., before, after] = found.periods[..] else { return Err(too_short(found, 2)) };
    let (names, shares, whole) = tiers(preset);
    let inactive = names.len();
    let last = found.periods.len() - 1;
    let old = tier_of(found, last - 1, &shares, whole);
    let new = tier_of(found, last, &shares, whole);
    let label = Label::new("Inactive customers", "非活躍顧客");
    let state = |(place, name): (usize, Label)| TierState {
        name,
        moved: vec![0; inactive + 1],
        now: 0,
        mean_spend: 0.0,
        place,
    };
    let mut states: Vec<TierState> = names.into_iter().chain([label]).enumerate().map(state).collect();
    let mut arrived = vec![0; inactive + 1];
    let mut spend = vec![0.0; inactive + 1];
    for (at, entries) in found.customers().enumerate() {
        let Some(&first) = bought(entries).first() else { continue };
        let now = new[at].map_or(inactive, usize::from);
        states[now].now += 1;
        let in_period = entries.iter().find(|entry| entry.period as usize == last);
        spend[now] += in_period.map_or(0.0, |entry| currency.to_units(entry.spend));
        match first < last {
            true => states[old[at].map_or(inactive, usize::from)].moved[now] += 1,
            false => arrived[now] += 1,
        }
    }
    for (state, spend) in states.iter_mut().zip(spend) {
        state.mean_spend = if state.now > 0 { spend / state.now as f64 } else { 0.0 };
    }
    Ok(TierMoves { states, new: arrived, before, after })
}

/// The tier of each customer (in the order of [`PeriodPurchases::customers`]) in a period; none where nothing was bought.
/// Equal spends are divided in the order of the customers' codes.
fn tier_of(found: &PeriodPurchases, period: usize, shares: &[u64], whole: u64) -> Vec<Option<u8>> {
    let spend_in = |entries: &[PeriodEntry]| {
        entries.iter().find(|entry| entry.bought && entry.period as usize == period).map(|entry| entry.spend)
    };
    let spends: Vec<Option<i64>> = found.customers().map(spend_in).collect();
    let mut ranked: Vec<(i64, usize)> =
        spends.iter().enumerate().filter_map(|(at, spend)| Some(((*spend)?, at))).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut tiers = vec![None; spends.len()];
    let mut from = 0;
    for (tier, end) in ends(shares, whole, ranked.len()).into_iter().enumerate() {
        ranked[from..end].iter().for_each(|&(_, at)| tiers[at] = Some(tier as u8));
        from = end;
    }
    tiers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Customers by the periods in which they bought, with their spend in minor units.
    fn purchases(periods: usize, customers: &[&[(u32, i64)]]) -> PeriodPurchases {
        let period = |at: usize| (Day(at as i32 * 30), Day(at as i32 * 30 + 29));
        let entry = |(customer, entries): (usize, &&[(u32, i64)])| {
            let made = |&(period, spend): &(u32, i64)| PeriodEntry {
                customer: customer as u32,
                period,
                spend,
                bought: spend > 0,
            };
            entries.iter().map(made).collect::<Vec<_>>()
        };
        PeriodPurchases {
            periods: (0..periods).map(period).collect(),
            oldest_is_whole: true,
            entries: customers.iter().enumerate().flat_map(entry).collect(),
            rows: Default::default(),
        }
    }

    #[test]
    fn cohorts_count_who_buys_and_who_is_still_to_buy() {
        let found =
            purchases(6, &[&[(1, 5), (3, 5)], &[(1, 5)], &[(0, 5), (5, 5)], &[(2, -5)], &[(1, 5), (5, 5)]]);
        let made = cohorts(&found).unwrap();
        assert_eq!(made.cohorts[1].customers, 3);
        assert_eq!(made.cohorts[1].active, [3, 0, 1, 0, 1]);
        assert_eq!(made.cohorts[1].left, [3, 2, 2, 1, 1]);
        // Four periods are followed: cohorts 0 and 1 reach so far, and 0 may hold older customers.
        assert_eq!(made.survivors, [3.0, 2.0, 2.0, 1.0, 1.0]);
        assert_eq!((made.pooled_cohorts, made.pooled_customers), (1, 3));
        assert_eq!(cohorts(&purchases(3, &[])), Err(DataRefusal::TooShort { periods: 3, needed: 4 }));
    }

    #[test]
    fn recency_counts_each_period_once_until_the_next_purchase() {
        // Bought in 0, 1 and 4 of 6 periods: at one period yes (0→1), no (1→2), no (4→5); at two no (1→3), at three yes.
        let found = recency(&purchases(6, &[&[(0, 5), (1, 5), (4, 5)]]), 4).unwrap();
        let cells: Vec<(u64, u64)> = found.cells.iter().map(|cell| (cell.at_risk, cell.bought)).collect();
        assert_eq!(cells, [(3, 1), (1, 0), (1, 1)]);
        assert!(recency(&purchases(1, &[&[(0, 5)]]), 4).is_err());
    }

    #[test]
    fn moves_go_from_tier_to_tier_and_new_customers_make_none() {
        let found = purchases(
            2,
            &[&[(0, 900), (1, 100)], &[(0, 500), (1, 800)], &[(0, 100)], &[(1, 50)], &[(0, 700), (1, 600)]],
        );
        let moves = moves(&found, 2, &Currency::default()).unwrap();
        // Before: 900 | 700 | 500, 100 (thirds of 4 end at 1, 3). After: 800 | 600, 100 | 50.
        let from: Vec<&[u64]> = moves.states.iter().map(|state| &state.moved[..]).collect();
        assert_eq!(from, [&[0, 1, 0, 0][..], &[1, 1, 0, 0], &[0, 0, 0, 1], &[0, 0, 0, 0]]);
        assert_eq!(moves.new, [0, 0, 1, 0]);
        assert_eq!(moves.states.iter().map(|state| state.now).collect::<Vec<_>>(), [1, 2, 1, 1]);
        assert_eq!(moves.states[1].mean_spend, 3.5);
        assert!(moves.states[3].unseen());
        assert_eq!(moves.states[3].shares(), [0.0, 0.0, 0.0, 1.0]);
        assert!((moves.start().iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
