use crate::near;
use quintile::core::sample::campaign::{response_rate, response_rates, simulate_responses};
use quintile::core::sample::{self, mailer, shop, teaching};
use quintile::core::table::{Role, TableKind};
use quintile::core::workspace::SampleId;

fn mean(rates: &[f64]) -> f64 {
    rates.iter().sum::<f64>() / rates.len() as f64
}

#[test]
fn every_customer_of_every_sample_has_a_rate() {
    for (sample, customers) in
        [(SampleId::Shop, 3_240), (SampleId::Mailer, 800_000), (SampleId::Teaching, 25)]
    {
        let rates = response_rates(sample, 3);
        assert_eq!(rates.len(), customers);
        assert!(rates.iter().all(|rate| (0.0..=0.6).contains(rate)));
        for customer in [0, 7, customers - 1] {
            assert_eq!(response_rate(sample, 3, customer as u32), Some(rates[customer]));
        }
        assert_eq!(response_rate(sample, 3, customers as u32), None);
    }
    assert_eq!(response_rates(SampleId::Mailer, 3)[5], mailer::response_rate(3, 5));
    assert_ne!(response_rates(SampleId::Shop, 3), response_rates(SampleId::Shop, 4));
}

#[test]
fn teaching_rates_follow_the_rule_beside_the_table() {
    let rates = response_rates(SampleId::Teaching, 1);
    let of = |id: &str| rates[teaching::CUSTOMERS.iter().position(|customer| customer.0 == id).unwrap()];
    // F's refund is no purchase; L bought 90 days ago, R 180 days ago, S 200 days ago.
    assert_eq!(["A", "F", "L", "M", "R", "S", "W"].map(of), [0.20, 0.16, 0.12, 0.04, 0.06, 0.02, 0.04]);
    near(rates.iter().sum(), 1.74, 1e-12);
}

/// The shop's answers are graded by what its rows show.
#[test]
fn shop_rates_have_their_mean_and_follow_recency_and_frequency() {
    for seed in [1, sample::SEED] {
        let rates = response_rates(SampleId::Shop, seed);
        let dataset = sample::make(SampleId::Shop, seed, &mut |_| ());
        let table = dataset.table(TableKind::Transactions).unwrap();
        let (days, amounts) = (table.days(Role::Date).unwrap(), table.money(Role::Amount).unwrap());
        let mut last = vec![None; rates.len()];
        let mut rows = vec![0; rates.len()];
        for ((&customer, &day), &amount) in table.customer.iter().zip(days).zip(amounts) {
            if amount > 0 {
                let at = &mut last[customer as usize];
                *at = (*at).max(Some(day));
                rows[customer as usize] += 1;
            }
        }
        let of = |wanted: &dyn Fn(usize) -> bool| {
            mean(&(0..rates.len()).filter(|&c| wanted(c)).map(|c| rates[c]).collect::<Vec<f64>>())
        };
        let since = |c: usize| last[c].map(|day: i32| shop::LAST_DAY.0 - day);
        let buyers = of(&|c| last[c].is_some());
        assert!((buyers - shop::TRUTH.mean_response_rate).abs() < 0.002, "{buyers}");
        let prospects = of(&|c| last[c].is_none());
        assert!((prospects - shop::TRUTH.prospect_response_rate).abs() < 0.001, "{prospects}");
        let by_recency = [(0, 60), (61, 180), (181, 365), (366, 800)]
            .map(|(from, to)| of(&|c| since(c).is_some_and(|days| (from..=to).contains(&days))));
        assert!(by_recency.windows(2).all(|pair| pair[0] > 1.5 * pair[1]), "{by_recency:?}");
        let by_rows =
            [(1, 2), (3, 6), (7, 15), (16, 999)].map(|(from, to)| of(&|c| (from..=to).contains(&rows[c])));
        assert!(by_rows.windows(2).all(|pair| pair[0] < pair[1]), "{by_rows:?}");
    }
}

#[test]
fn answers_come_at_their_rate_and_do_not_depend_on_who_else_is_mailed() {
    let rates = response_rates(SampleId::Mailer, sample::SEED);
    let everyone: Vec<u32> = (0..800_000).collect();
    // The seed of the sample itself, too: the answers must not repeat the draws behind the rates.
    for seed in [1, sample::SEED] {
        let all = simulate_responses(&rates, &everyone, seed);
        let answered = all.iter().filter(|&&answer| answer).count() as f64;
        let expected: f64 = rates.iter().sum();
        assert!((answered - expected).abs() < 4.0 * expected.sqrt(), "{answered} of {expected}");
        // Among those most willing, too.
        let willing: Vec<u32> = (0..800_000).filter(|&c| rates[c as usize] > 0.05).collect();
        let few = simulate_responses(&rates, &willing, seed);
        assert!(willing.iter().zip(&few).all(|(&c, &answer)| answer == all[c as usize]));
        let (answered, expected) = (
            few.iter().filter(|&&a| a).count() as f64,
            willing.iter().map(|&c| rates[c as usize]).sum::<f64>(),
        );
        assert!((answered - expected).abs() < 4.0 * expected.sqrt(), "{answered} of {expected}");
    }
    let two = [1, 2].map(|seed| simulate_responses(&rates, &everyone[..20_000], seed));
    assert_ne!(two[0], two[1]);
}
