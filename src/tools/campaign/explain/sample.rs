//! Cells and sample: how the list is made, who is tested, and how many should be.

use super::{Told, equal, number, op, percent, step};
use crate::core::explain::{Math, Step};
use crate::core::format::{count, decimal};
use crate::core::lang::Lang;
use crate::core::stats::normal::two_sided;

pub(super) fn cells(told: Told, lang: Lang) -> Vec<Step> {
    let (cells, customers) = (told.plan.cells.len() as u64, told.plan.sample.customers);
    if cells == 0 {
        return Vec::new();
    }
    let (first, last) = (&told.plan.cells[0].label, &told.plan.cells[told.plan.cells.len() - 1].label);
    let (first, last) = (first.get(lang), last.get(lang));
    let each = decimal(customers as f64 / cells as f64, 1);
    let mean = equal(
        Math::text(lang.pick("customers per cell", "每區塊顧客數")),
        [Math::fraction(number(count(customers)), number(count(cells))), op("="), number(each)],
    );
    vec![step(
        lang.pick(
            format!("All customers stand in one list: cell {first} first, cell {last} last, and within a cell in the order of their ids."),
            format!("所有顧客排成一張名單：從區塊 {first} 開始，到區塊 {last} 為止，同一區塊內依顧客編號排列。"),
        ),
        vec![mean],
    )]
}

pub(super) fn sample(told: Told, lang: Lang) -> Vec<Step> {
    let (sample, n) = (&told.plan.sample, told.options.interval);
    if sample.customers == 0 {
        return Vec::new();
    }
    let mut steps = vec![taken(told, lang)];
    if sample.control > 0 {
        let m = told.options.control_interval.map_or_else(|| "–".into(), |m| count(m.into()));
        let held = count(sample.control);
        steps.push(step(
            lang.pick(
                format!("Of the others one in {m} is control: these {held} customers are never mailed, to see who buys anyway."),
                format!("其餘顧客中，每 {m} 位留一位作對照組：這 {held} 位始終不寄發，看看有多少人自己也會買。"),
            ),
            Vec::new(),
        ));
    }
    if let Some(break_even) = told.plan.break_even.filter(|b| b.hughes_size > 0) {
        let size = count(break_even.hughes_size);
        let rate = percent(break_even.rate);
        steps.push(step(
            lang.pick(
                format!("Hughes' rule: test enough customers of each cell for four responses at break-even, {size}. It says whether responses come at all, not how exact the rate is."),
                format!("Hughes 的經驗法則：每個區塊的受測人數，要多到在損益平衡時有四筆回應，也就是 {size} 位。這只能保證有回應可看，不能保證回應率準確。"),
            ),
            vec![Math::row([Math::fraction(number("4"), number(rate.clone())), op("≈"), number(size)])],
        ));
        steps.extend(precision(told, lang, break_even.rate, break_even.precision_size));
        if let Some(half) = sample.half_width {
            let (tested, half) = (count(sample.median), decimal(half * 100.0, 1));
            steps.push(step(
                lang.pick(
                    format!("One in {n} gives the middle cell {tested} tests. At a rate of {rate} that leaves ±{half} points of uncertainty."),
                    format!("每 {n} 位抽一位，中等大小的區塊有 {tested} 位受測。回應率 {rate} 時，誤差為 ±{half} 個百分點。"),
                ),
                Vec::new(),
            ));
        }
    }
    steps
}

fn taken(told: Told, lang: Lang) -> Step {
    let (sample, n) = (&told.plan.sample, told.options.interval);
    let tested = count(sample.tested);
    if let Some(day) = sample.kept_on {
        return step(
            lang.pick(
                format!("The test is on record since {day}: {tested} customers. It no longer follows the settings."),
                format!("測試已於 {day} 記錄：{tested} 位顧客，不再隨設定改變。"),
            ),
            Vec::new(),
        );
    }
    let numbers = [0, 1, 2].map(|i| count(u64::from(sample.start) + i * u64::from(n)));
    let numbers = numbers.join(lang.pick(", ", "、"));
    step(
        lang.pick(
            format!("Nth sampling takes one customer in {n} of the list: numbers {numbers} and so on. Because the list is sorted by cell, every cell gives its share."),
            format!("每 {n} 位抽一位：名單上的第 {numbers}……位。名單已依區塊排序，所以每個區塊都按比例抽到。"),
        ),
        vec![Math::row([
            Math::fraction(number(count(sample.customers)), number(count(n.into()))),
            op("≈"),
            number(tested),
        ])],
    )
}

fn precision(told: Told, lang: Lang, rate: f64, size: u64) -> Option<Step> {
    let (half, confidence) = (told.options.half_width, told.options.confidence);
    let z = decimal(two_sided(confidence)?, 2);
    let sq = |math: Math| Math::Sup(Box::new(math), Box::new(number("2")));
    let n0 = || Math::sub(Math::symbol("n"), number("0"));
    let symbols = Math::fraction(
        Math::row([
            Math::symbol("p"),
            op("("),
            number("1"),
            op("−"),
            Math::symbol("p"),
            op(")"),
            sq(Math::symbol("z")),
        ]),
        sq(Math::symbol("e")),
    );
    let numbers = Math::fraction(
        Math::row([
            number(percent(rate)),
            op("×"),
            number(percent(1.0 - rate.min(1.0))),
            op("×"),
            sq(number(z)),
        ]),
        sq(number(percent(half))),
    );
    let (points, sure, size) = (decimal(half * 100.0, 2), decimal(confidence * 100.0, 1), count(size));
    Some(step(
        lang.pick(
            format!("To know a rate of break-even within ±{points} points with {sure}% confidence, the precision formula asks for {size} customers of each cell; fewer where the cell itself is small: n₀ ÷ (1 + n₀ ÷ N)."),
            format!("若要在 {sure}% 的信賴水準下，把損益平衡附近的回應率測到 ±{points} 個百分點，精確度公式要求每個區塊 {size} 位；區塊本身很小時可以少一些：n₀ ÷（1 + n₀ ÷ N）。"),
        ),
        vec![equal(n0(), [symbols]), equal(n0(), [numbers, op("≈"), number(size)])],
    ))
}
