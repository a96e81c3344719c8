//! How the pyramid came about, step by step, with the reader's numbers.

use super::answer::Pyramid;
use super::base::Base;
use super::cut::Division;
use super::tiering::Tiered;
use super::words;
use crate::core::concentration::place;
use crate::core::explain::{Math, Step};
use crate::core::format;
use crate::core::lang::Lang;
use crate::jobs::Session;

/// A finished analysis, to be explained.
pub struct Explained<'a> {
    pub base: &'a Base,
    pub tiered: &'a Tiered,
    pub pyramid: &'a Pyramid,
    pub session: &'a Session,
}

fn count(value: u64) -> Math {
    Math::number(format::integer(value as i64))
}

fn percent(share: f64) -> Math {
    Math::number(format::percent(share, 1))
}

impl Explained<'_> {
    pub fn steps(&self, lang: Lang) -> Vec<Step> {
        let mut steps = vec![self.active_step(lang)];
        steps.extend(self.cut_step(lang));
        steps.extend(self.share_step(lang));
        steps.extend(self.top_step(lang));
        steps.extend(self.gini_step(lang));
        steps.extend(self.whale_step(lang));
        steps
    }

    fn measure(&self, value: f64) -> String {
        words::measure(value, self.pyramid.unit, &self.session.currency)
    }

    /// Known customers − those who did not buy in the period = active customers.
    fn active_step(&self, lang: Lang) -> Step {
        let (all, inactive) = (self.base.summary.len() as u64, self.base.inactive.len() as u64);
        let active = self.pyramid.all.customers;
        let formula = [count(all), Math::op("−"), count(inactive), Math::op("="), count(active)];
        let say = match (self.pyramid.window, lang) {
            (Some((from, to)), Lang::En) => format!(
                "Of {} customers who have ever bought, those without a purchase from {from} to {to} are inactive; the \
                 others stand in the pyramid",
                format::integer(all as i64)
            ),
            (Some((from, to)), Lang::ZhHant) => format!(
                "買過的顧客共 {} 位，其中 {from} 到 {to} 沒有購買的是非活躍顧客，其餘排入金字塔",
                format::integer(all as i64)
            ),
            (None, Lang::En) => {
                "Everyone with at least one purchase is active and stands in the pyramid".into()
            }
            (None, Lang::ZhHant) => "至少買過一次的顧客都算活躍，排入金字塔".into(),
        };
        Step { say, formulas: vec![Math::row(formula)] }
    }

    /// Where the tiers end, by the rule that made them.
    fn cut_step(&self, lang: Lang) -> Option<Step> {
        let tiers = &self.pyramid.tiers;
        let n = self.tiered.measured.graded.len() as u64;
        let (say, formulas): (String, Vec<Math>) = match self.tiered.division.as_ref()? {
            Division::Values(least) => {
                let lines = tiers.iter().zip(least).map(|(row, &value)| {
                    Math::row([
                        Math::text(row.label.get(lang)),
                        Math::op("≥"),
                        Math::number(self.measure(value)),
                        Math::op(lang.pick(":", "：")),
                        count(row.sums.customers),
                    ])
                });
                (words::cut_by_values(lang).into(), lines.collect())
            }
            division => {
                let mut end = 0;
                let lines = tiers.iter().zip(division.end_shares()).map(|(row, share)| {
                    end += row.sums.customers;
                    let exact = share * n as f64;
                    let mut line = vec![
                        Math::text(row.label.get(lang)),
                        Math::op(lang.pick(":", "：")),
                        Math::number(format!("{}%", format::decimal(share * 100.0, 4))),
                        Math::op("×"),
                        count(n),
                        Math::op("="),
                        Math::number(format::decimal(exact, 2)),
                    ];
                    if (exact - end as f64).abs() > 1e-6 {
                        line.extend([Math::op("→"), count(end)]);
                    }
                    Math::row(line)
                });
                (words::cut_by_shares(lang).into(), lines.collect())
            }
        };
        Some(Step { say, formulas })
    }

    /// The share of one tier: the first, which has most of it.
    fn share_step(&self, lang: Lang) -> Option<Step> {
        let first = self.pyramid.tiers.iter().find(|row| row.sums.customers > 0)?;
        let share = first.share_of_measure?;
        let total: f64 = self.pyramid.tiers.iter().map(|row| row.sums.measure).sum();
        let number = |value: f64| Math::number(self.measure(value));
        let formula = Math::row([
            Math::fraction(number(first.sums.measure), number(total)),
            Math::op("="),
            percent(share),
        ]);
        let (name, title) = (first.label.get(lang), words::noun(&self.pyramid.measure_title, lang));
        let say = match lang {
            Lang::En => format!("The share of “{name}” is its {title} over that of all tiers"),
            Lang::ZhHant => format!("「{name}」的佔比：這一層的{title}除以各層總和"),
        };
        Some(Step { say, formulas: vec![formula] })
    }

    /// The top 20 %: whole customers, and a part of the next where 20 % is no whole number.
    fn top_step(&self, lang: Lang) -> Option<Step> {
        let held = self.pyramid.concentration.as_ref()?;
        let (top, share) = held.top.iter().copied().find(|point| point.0 == 0.2)?;
        let measured = &self.tiered.measured;
        let n = measured.graded.len();
        let (whole, part) = place(top, n);
        let steps = |place: usize| measured.steps[self.tiered.order[place] as usize];
        let sum: i128 = (0..whole).map(|place| i128::from(steps(place))).sum();
        let total: i128 = measured.steps.iter().map(|&steps| i128::from(steps)).sum();
        let number = |value: f64| Math::number(self.measure(value));
        let of = |steps: i128| number(steps as f64 * measured.step);
        let top_row = if part > 0.0 {
            let next = measured.value(steps(whole));
            Math::row([
                of(sum),
                Math::op("+"),
                Math::number(format::decimal(part, 2)),
                Math::op("×"),
                number(next),
            ])
        } else {
            of(sum)
        };
        let position = Math::row([
            Math::number(format::percent(top, 0)),
            Math::op("×"),
            count(n as u64),
            Math::op("="),
            Math::number(format::decimal(whole as f64 + part, 2)),
        ]);
        let result = Math::row([Math::fraction(top_row, of(total)), Math::op("="), percent(share)]);
        let say = match (part > 0.0, lang) {
            (true, Lang::En) => {
                "The top 20% are no whole number of customers: the next one counts with the fraction"
            }
            (true, Lang::ZhHant) => "前 20% 不是整數位顧客：下一位依小數部分計入",
            (false, Lang::En) => "What the top 20% of customers bring, over the total",
            (false, Lang::ZhHant) => "前 20% 顧客的總和，除以全部總和",
        };
        Some(Step { say: say.into(), formulas: vec![position, result] })
    }

    fn gini_step(&self, lang: Lang) -> Option<Step> {
        let gini = self.pyramid.concentration.as_ref()?.gini?;
        let sum = Math::row([
            Math::op("Σ"),
            Math::op("("),
            Math::number("2"),
            Math::symbol("i"),
            Math::op("−"),
            Math::symbol("n"),
            Math::op("−"),
            Math::number("1"),
            Math::op(")"),
            Math::sub(Math::symbol("x"), Math::symbol("i")),
        ]);
        let all =
            Math::row([Math::symbol("n"), Math::op("Σ"), Math::sub(Math::symbol("x"), Math::symbol("i"))]);
        let formula = Math::row([
            Math::symbol("G"),
            Math::op("="),
            Math::fraction(sum, all),
            Math::op("="),
            Math::number(format::fixed(gini, 3)),
        ]);
        Some(Step { say: words::gini_meaning(lang).into(), formulas: vec![formula] })
    }

    /// The highest point of the whale curve, and what is lost again behind it.
    fn whale_step(&self, lang: Lang) -> Option<Step> {
        let whale = self.pyramid.whale.as_ref()?;
        let losing = whale.losing.as_ref()?;
        let back = [
            percent(whale.peak.1),
            Math::op("−"),
            percent(-losing.share_of_total),
            Math::op("="),
            Math::number(format::percent(1.0, 0)),
        ];
        let (n, share) =
            (format::integer(losing.customers as i64), format::percent(losing.share_of_customers, 1));
        let say = match lang {
            Lang::En => format!(
                "Customers in the order of their margin: the curve rises above 100%, and the {n} customers ({share}) \
                 with a negative margin take it back to 100%"
            ),
            Lang::ZhHant => {
                format!(
                    "顧客依毛利由高到低排列：曲線先超過 100%，再由毛利為負的 {n} 位顧客（{share}）拉回 100%"
                )
            }
        };
        Some(Step { say, formulas: vec![Math::row(back)] })
    }
}
