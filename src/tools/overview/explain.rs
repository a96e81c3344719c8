//! How the figures were worked out, with the reader's own numbers.

use super::chart::Reader;
use super::facts::Facts;
use super::job::Overview;
use super::words::quotient;
use crate::core::explain::{Math, Step};

pub fn steps(overview: &Overview, facts: &Facts, reader: Reader, symbol: &str) -> Vec<Step> {
    let lang = reader.lang;
    let mut steps = Vec::new();
    if let Some(figures) = &overview.figures {
        let period = reader.period(overview.rfm_period);
        let (all, active) = (reader.count(figures.customers), reader.count(figures.active));
        let part = figures.active as f64 / figures.customers.max(1) as f64;
        steps.push(Step {
            say: lang.pick(
                format!("{all} customers have bought up to the analysis date; {active} of them bought in the period ({period})."),
                format!("截至分析日期有 {all} 位顧客買過，其中 {active} 位在期間內（{period}）有購買。"),
            ),
            formulas: vec![divided(active, all, reader.percent(part))],
        });
        if let Some(share) = figures.top_fifth {
            // A fifth of the customers need not be a whole number of them.
            let fifth = figures.active as f64 * 0.2;
            let fifth = reader.show.number(fifth, u8::from(figures.active % 5 != 0));
            steps.push(Step {
                say: lang.pick(
                    format!("Put the active customers in the order of their spend. The first 20% are {fifth} customers; together they bring {} of what all active customers bring.", reader.percent(share)),
                    format!("把活躍顧客依消費金額由高到低排列，前 20% 是 {fifth} 位，合計帶來所有活躍顧客營收的 {}。", reader.percent(share)),
                ),
                formulas: vec![],
            });
        }
    }
    if let Some(rate) = overview.break_even {
        let (cost, profit) = quotient(facts, reader.show, symbol);
        steps.push(Step {
            say: lang.pick(
                "A mailing breaks even where cost per piece and net profit per response meet.".into(),
                "每件成本除以每個回應的淨效益，就是損益平衡回應率。".into(),
            ),
            formulas: vec![divided(cost, profit, reader.show.percent(rate, 2))],
        });
    }
    steps
}

fn divided(top: String, bottom: String, result: String) -> Math {
    let quotient = Math::fraction(Math::number(top), Math::number(bottom));
    Math::row([quotient, Math::op("="), Math::number(result)])
}
