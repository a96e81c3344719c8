//! How one customer came to the cell code, step by step, with that customer's own numbers.

use super::amount::Amount;
use super::options::{Method, Monetary, QuantileEdge, RfmOptions, Ties, Variable};
use super::scoring::{Base, Scored};
use super::text::{RfmText, text};
use crate::core::dataset::Dataset;
use crate::core::explain::{Math, Step};
use crate::core::format;
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::core::stats::groups::equal_group;
use crate::tools::published::{Unit, tool_of};
use std::cmp::Reverse;

/// One customer of an analysis, to be explained.
pub struct Explained<'a> {
    pub base: &'a Base,
    pub scored: &'a Scored,
    pub options: &'a RfmOptions,
    pub dataset: &'a Dataset,
    pub currency: &'a Currency,
    pub position: usize,
}

/// The customer in the middle by days since the last purchase, for a page on which none was chosen: among equals the
/// one that buys most, and of those the first by id. `None` without customers.
pub fn median_customer(base: &Base, dataset: &Dataset) -> Option<usize> {
    let middle = *base.sorted[0].get(base.len() / 2)?;
    let of_middle = (0..base.len()).filter(|&i| base.values[0][i] == middle);
    let id = |i: usize| dataset.customers.get(base.summary.customer[i]);
    of_middle.min_by_key(|&i| (Reverse((base.values[1][i], base.values[2][i])), id(i)))
}

impl Explained<'_> {
    pub fn steps(&self, lang: Lang) -> Vec<Step> {
        let t = text(lang);
        let mut steps = vec![self.values_step(lang, t)];
        for variable in Variable::ALL {
            steps.push(self.level_step(variable, lang, t));
        }
        steps.push(self.code_step(lang, t));
        steps
    }

    fn id(&self) -> &str {
        self.dataset.customers.get(self.base.summary.customer[self.position])
    }

    fn value(&self, variable: Variable) -> i64 {
        self.base.values[variable.index()][self.position]
    }

    fn show(&self, variable: Variable, value: i64) -> String {
        self.base.monetary.shown(variable, value, self.currency)
    }

    fn values_step(&self, lang: Lang, t: &RfmText) -> Step {
        let summary = &self.base.summary;
        let days = format::integer(self.value(Variable::Recency));
        let mut recency = vec![Math::symbol("R"), Math::op("=")];
        if let (Some(date), Some(last)) = (summary.analysis_date, summary.last_day(self.position)) {
            let dates = [date.to_string(), "−".into(), last.to_string(), "=".into()];
            recency.extend(
                dates
                    .into_iter()
                    .enumerate()
                    .map(|(i, part)| if i % 2 == 0 { Math::text(part) } else { Math::op(&part) }),
            );
        }
        // A no-break space: MathML drops an ordinary one at the edge of a text.
        recency.extend([Math::number(days), Math::text(format!("\u{a0}{}", t.days))]);
        let purchases = i64::from(summary.frequency[self.position]);
        let frequency = [Math::symbol("F"), Math::op("="), Math::number(format::integer(purchases))];
        let mut money = vec![Math::symbol("M"), Math::op("=")];
        if let Some(column) = &self.base.monetary.column {
            money.extend([Math::text(column.get(lang)), Math::op("=")]);
        } else if self.options.monetary == Monetary::Mean && purchases > 0 {
            let total = Math::number(format::money(summary.monetary[self.position], self.currency));
            money.extend([Math::fraction(total, Math::number(format::integer(purchases))), Math::op("=")]);
        }
        let shown = self.show(Variable::Monetary, self.value(Variable::Monetary));
        money.push(Math::number(shown));
        let id = self.id();
        let say = match lang {
            Lang::En => format!("What customer {id} did up to the analysis date"),
            Lang::ZhHant => format!("顧客 {id} 到分析日為止的三項數字"),
        };
        let say = match self.source(lang) {
            Some(source) => say + &source,
            None => say,
        };
        Step { say, formulas: vec![Math::row(recency), Math::row(frequency), Math::row(money)] }
    }

    /// Where M comes from, when it is a column of another tool.
    fn source(&self, lang: Lang) -> Option<String> {
        let column = self.base.monetary.column.as_ref()?.get(lang);
        let page = (tool_of(super::TOOL.id, self.options.monetary.column()?)?.title)(lang);
        Some(lang.pick(
            format!("; M is “{column}”, worked out on the page “{page}” with its settings"),
            format!("；M 是「{page}」頁依該頁設定算出的「{column}」"),
        ))
    }

    fn level_step(&self, variable: Variable, lang: Lang, t: &RfmText) -> Step {
        let name = self.base.monetary.name(variable, lang);
        let (say, formulas) = match &self.options.method {
            Method::Independent { ties: Ties::MinRank } => (
                lang.pick(
                    format!(
                        "{name}: rank all customers from the lowest value; equal values share the lowest rank"
                    ),
                    format!("{name}：把所有顧客由小到大排名，數值相同者取最前的名次"),
                ),
                self.by_min_rank(variable, t),
            ),
            Method::Independent { ties: Ties::EqualGroups } => {
                let order: Vec<u32> = self.base.ascending(self.dataset, variable).collect();
                (
                    lang.pick(
                        format!("{name}: line up all customers; equal values follow the customer ids"),
                        format!("{name}：把所有顧客由小到大排成一列，數值相同者依顧客編號排列"),
                    ),
                    self.by_place(variable, &order, t),
                )
            }
            Method::Nested => {
                (self.say_nested(variable, lang), self.by_place(variable, &self.outer_cell(variable), t))
            }
            Method::QuantileCuts { .. } => (
                lang.pick(
                    format!("{name}: compare with the quantiles of all customers (type 7)"),
                    format!("{name}：與全部顧客的分位數比較（第 7 型）"),
                ),
                self.by_cuts(variable, t),
            ),
            Method::Thresholds(_) => (
                lang.pick(
                    format!("{name}: compare with the thresholds you typed"),
                    format!("{name}：與您輸入的門檻比較"),
                ),
                self.by_cuts(variable, t),
            ),
        };
        Step { say, formulas }
    }

    fn say_nested(&self, variable: Variable, lang: Lang) -> String {
        let levels = self.scored.levels_at(self.position);
        let name = self.base.monetary.name(variable, lang);
        let digit = |v: Variable| self.digit(v, levels[v.index()]);
        match (variable, lang) {
            (Variable::Recency, Lang::En) => format!("{name}: line up all customers"),
            (Variable::Recency, Lang::ZhHant) => format!("{name}：把所有顧客排成一列"),
            (Variable::Frequency, Lang::En) => {
                format!("{name}: line up only the customers with R = {}", digit(Variable::Recency))
            }
            (Variable::Frequency, Lang::ZhHant) => {
                format!("{name}：只在 R = {} 的顧客之中排列", digit(Variable::Recency))
            }
            (Variable::Monetary, Lang::En) => format!(
                "{name}: line up only the customers with R = {} and F = {}",
                digit(Variable::Recency),
                digit(Variable::Frequency)
            ),
            (Variable::Monetary, Lang::ZhHant) => format!(
                "{name}：只在 R = {}、F = {} 的顧客之中排列",
                digit(Variable::Recency),
                digit(Variable::Frequency)
            ),
        }
    }

    /// The customers among whom a nested variable is divided, in order of value and then of id.
    fn outer_cell(&self, variable: Variable) -> Vec<u32> {
        let outer = |position: usize| self.scored.levels_at(position).into_iter().take(variable.index());
        let same = |&p: &u32| outer(p as usize).eq(outer(self.position));
        self.base.ascending(self.dataset, variable).filter(same).collect()
    }

    fn digit(&self, variable: Variable, level: u8) -> u8 {
        self.options.best.digit(level, self.scored.bins[variable.index()])
    }

    fn by_min_rank(&self, variable: Variable, t: &RfmText) -> Vec<Math> {
        let sorted = &self.base.sorted[variable.index()];
        let less = sorted.partition_point(|&value| value < self.value(variable));
        self.place_formulas(variable, less, sorted.len(), t)
    }

    fn by_place(&self, variable: Variable, order: &[u32], t: &RfmText) -> Vec<Math> {
        let place = order.iter().position(|&p| p as usize == self.position).unwrap_or(0);
        self.place_formulas(variable, place, order.len(), t)
    }

    /// Rank and size put into ⌊k(rank − 1)/n⌋ + 1, and turned round where the shown digit runs the other way.
    fn place_formulas(&self, variable: Variable, place: usize, n: usize, t: &RfmText) -> Vec<Math> {
        let k = self.scored.bins[variable.index()];
        let (rank, size) = (format::count(place as u64 + 1), format::count(n as u64));
        let group = equal_group(place, n, k) + 1;
        let digit = self.digit(variable, self.scored.levels[variable.index()][self.position]);
        let floor = |k: Math, rank: Math, n: Math| {
            let top = Math::row([k, Math::op("("), rank, Math::op("−"), Math::number("1"), Math::op(")")]);
            Math::floor(Math::fraction(top, n))
        };
        let plus_one =
            |floor: Math| [Math::symbol("g"), Math::op("="), floor, Math::op("+"), Math::number("1")];
        let times = Math::row([Math::number(k.to_string()), Math::op("×")]);
        let mut formulas = vec![
            Math::row(plus_one(floor(Math::symbol("k"), Math::text(t.rank), Math::symbol("n")))),
            Math::row(
                plus_one(floor(times, Math::number(rank), Math::number(size)))
                    .into_iter()
                    .chain([Math::op("="), Math::number(group.to_string())]),
            ),
        ];
        if !self.turned(variable) {
            formulas.push(self.result(variable, [Math::symbol("g")], digit));
        } else {
            let (k, group) = (k.to_string(), group.to_string());
            let symbols =
                [Math::symbol("k"), Math::op("+"), Math::number("1"), Math::op("−"), Math::symbol("g")];
            let numbers =
                [Math::number(k), Math::op("+"), Math::number("1"), Math::op("−"), Math::number(group)];
            let parts = symbols.into_iter().chain([Math::op("=")]).chain(numbers);
            formulas.push(self.result(variable, parts, digit));
        }
        formulas
    }

    /// Whether the shown digit falls as the value rises.
    fn turned(&self, variable: Variable) -> bool {
        let highest_is_best = self.options.best == super::options::Best::Highest;
        (variable == Variable::Recency) == highest_is_best
    }

    fn result(&self, variable: Variable, parts: impl IntoIterator<Item = Math>, digit: u8) -> Math {
        let letter = [Math::symbol(variable.letter()), Math::op("=")];
        let end = [Math::op("="), Math::number(digit.to_string())];
        Math::row(letter.into_iter().chain(parts).chain(end))
    }

    /// The quantiles, the band in which the value lies, and its digit.
    fn by_cuts(&self, variable: Variable, t: &RfmText) -> Vec<Math> {
        let v = variable.index();
        let (value, level) = (self.value(variable), self.scored.levels[v][self.position]);
        let mut formulas: Vec<Math> = self.scored.quantiles[v]
            .iter()
            .enumerate()
            .map(|(j, quantile)| {
                let part = Math::fraction(
                    Math::number((j + 1).to_string()),
                    Math::number(self.scored.bins[v].to_string()),
                );
                let (scale, decimals) = match variable {
                    Variable::Monetary => (self.amount().scale() as f64, self.amount().digits().max(2)),
                    _ => (1.0, 2),
                };
                let number = format::decimal(quantile.value() / scale, decimals.into());
                Math::row([Math::sub(Math::symbol("q"), part), Math::op("="), Math::number(number)])
            })
            .collect();
        if let Some(cuts) = &self.scored.cuts[v] {
            let group = cuts.group(value);
            let mut band = Vec::new();
            if let Some(&below) = group.checked_sub(1).and_then(|g| cuts.upper.get(g)) {
                band.extend([Math::number(self.show_exact(variable, below)), Math::op("<")]);
            }
            band.push(Math::number(self.show_exact(variable, value)));
            if let Some(&upper) = cuts.upper.get(group) {
                band.extend([Math::op("≤"), Math::number(self.show_exact(variable, upper))]);
            }
            formulas.push(Math::row(band));
        }
        if matches!(self.options.method, Method::QuantileCuts { edge: QuantileEdge::PlusOne }) {
            let is_number = variable == Variable::Monetary && self.base.monetary.unit == Unit::Number;
            formulas.push(Math::text(if is_number { t.plus_step } else { t.plus_one }));
        }
        let digit = Math::number(self.digit(variable, level).to_string());
        formulas.push(Math::row([Math::symbol(variable.letter()), Math::op("="), digit]));
        formulas
    }

    fn amount(&self) -> Amount<'_> {
        self.base.monetary.amount(self.currency)
    }

    /// A threshold with all its decimals: rounding it would put a value on the wrong side for the reader.
    fn show_exact(&self, variable: Variable, value: i64) -> String {
        match variable {
            Variable::Monetary => self.amount().exact(value),
            _ => format::integer(value),
        }
    }

    fn code_step(&self, lang: Lang, t: &RfmText) -> Step {
        let levels = self.scored.levels_at(self.position);
        let code = self.options.best.code(levels, self.scored.bins);
        let digits = Variable::ALL.map(|v| self.digit(v, levels[v.index()]).to_string());
        let id = self.id();
        let say = lang.pick(
            format!(
                "The three digits side by side are the cell code of customer {id}; they are not added up"
            ),
            format!("三個數字並排，就是顧客 {id} 的區塊代碼，不相加"),
        );
        let parts = digits.into_iter().map(Math::number);
        let row = [Math::text(t.cell_code), Math::op("=")].into_iter().chain(parts);
        let row = row.chain([Math::op("→"), Math::number(code)]);
        Step { say, formulas: vec![Math::row(row)] }
    }
}
