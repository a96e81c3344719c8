//! Roll-out and review: what is expected, what the raw rates would have promised, and what came.

use super::tested::best;
use super::{Told, number, op, percent, plain, step};
use crate::core::explain::{Math, Step};
use crate::core::format::{count, decimal};
use crate::core::lang::Lang;

pub(super) fn roll_out(told: Told, lang: Lang) -> Vec<Step> {
    let Some(sums) = &told.plan.roll_out else { return Vec::new() };
    let (mailed, cells) = (count(sums.mailed), count(sums.cells));
    let parts = [sums.tested, sums.control, sums.guarded, sums.not_mailed].map(count);
    let [tested, control, guarded, not_mailed] = parts.clone();
    let mut rest = vec![number(count(sums.customers))];
    rest.extend(parts.into_iter().flat_map(|part| [op("−"), number(part)]));
    rest.extend([op("="), number(mailed.clone())]);
    let mut steps = vec![step(
        lang.pick(
            format!("Of all customers {tested} were tested, {control} are control, {guarded} are held back by the guard, and {not_mailed} are in cells that are not mailed. The rest of {cells} cells are mailed: {mailed}."),
            format!("全部顧客中，{tested} 位已受測，{control} 位是對照組，{guarded} 位因重複寄發防護而略過，{not_mailed} 位所在的區塊不寄發。其餘 {cells} 個區塊共寄發 {mailed} 位。"),
        ),
        vec![Math::row(rest)],
    )];
    if sums.mailed == 0 {
        return steps;
    }
    let (expected, low, high) =
        (count_of(sums.responses.value), count_of(sums.responses.low), count_of(sums.responses.high));
    let sure = decimal(told.options.confidence * 100.0, 1);
    let rate = percent(sums.rate.unwrap_or(0.0));
    steps.push(step(
        lang.pick(
            format!("Each cell is expected to respond at its shrunken rate, whatever rule chose it: together {expected} responses ({rate}), from {low} to {high} with {sure}% confidence."),
            format!("不論用哪個規則選區塊，一律用縮減回應率預估：合計 {expected} 筆回應（{rate}），{sure}% 信賴區間為 {low} 到 {high} 筆。"),
        ),
        vec![Math::row([
            op("Σ"),
            Math::sub(Math::symbol("N"), Math::symbol("i")),
            op("×"),
            Math::sub(Math::symbol("r"), Math::symbol("i")),
            op("≈"),
            number(expected.clone()),
        ])],
    ));
    let baseline = told.plan.break_even.map_or(0.0, |b| b.threshold - b.rate);
    let mut formula = vec![number(expected.clone())];
    if baseline > 0.0 {
        formula = vec![
            op("("),
            number(expected),
            op("−"),
            number(percent(baseline)),
            op("×"),
            number(mailed.clone()),
            op(")"),
        ];
    }
    let money = told.money(sums.profit.value);
    formula.extend([
        op("×"),
        number(plain(told.options.profit_per_response)),
        op("−"),
        number(mailed.clone()),
        op("×"),
        number(plain(told.options.cost_per_piece)),
        op("≈"),
        number(money.clone()),
    ]);
    let (low, high) = (told.money(sums.profit.low), told.money(sums.profit.high));
    steps.push(step(
        lang.pick(
            format!("Responses times profit, less pieces times cost: {money}. The interval from {low} to {high} holds the chance of every response and what the test cannot know of the rates."),
            format!("回應數乘以每筆回應的淨效益，減去件數乘以成本：{money}。區間 {low} 到 {high} 已包含每筆回應的隨機，以及測試無法確定的回應率。"),
        ),
        vec![Math::row(formula)],
    ));
    steps.push(winners_curse(told, lang, sums.raw_profit, sums.profit.value));
    if let Some(truth) = sums.true_profit {
        let truth = told.money(truth);
        steps.push(step(
            lang.pick(
                format!("This sample was generated, so the truth is known: this list would bring {truth} on average."),
                format!("這份示範資料是產生的，所以知道真相：這份名單平均會帶來 {truth}。"),
            ),
            Vec::new(),
        ));
    }
    let (all, everyone) = (count(sums.everyone.mailed), told.money(sums.everyone.profit.value));
    steps.push(step(
        lang.pick(
            format!("Mailing all {all} customers who may be mailed would bring {everyone}; mailing nobody brings 0. What the test itself cost or earned is the same in every case."),
            format!("若寄給全部 {all} 位可寄發的顧客，預估淨利為 {everyone}；完全不寄則為 0。測試本身的損益在各種情況下都相同。"),
        ),
        Vec::new(),
    ));
    steps
}

fn winners_curse(told: Told, lang: Lang, raw: f64, shrunken: f64) -> Step {
    let (raw, shrunken) = (told.money(raw), told.money(shrunken));
    let example = best(&told).and_then(|(cell, test)| {
        let (raw, shrunken) = (percent(test.rate?.value), percent(test.shrunken?.value));
        Some((cell.label.get(lang), raw, shrunken))
    });
    let example = example.map_or(String::new(), |(name, raw, shrunken)| {
        lang.pick(
            format!(" Cell {name} alone: {raw} in the test, {shrunken} expected."),
            format!("以區塊 {name} 為例：測試時 {raw}，預估 {shrunken}。"),
        )
    });
    step(
        lang.pick(
            format!("The winner's curse: cells were chosen because their test went well, and those that had luck were chosen more often. Their raw rates would promise {raw} instead of {shrunken}.{example}"),
            format!("贏家的詛咒：區塊是因為測試結果好才選中的，運氣好的更容易被選中。照測得的回應率會以為有 {raw}，而不是 {shrunken}。{example}"),
        ),
        Vec::new(),
    )
}

pub(super) fn review(told: Told, lang: Lang) -> Vec<Step> {
    let Some(sums) = &told.plan.review else { return Vec::new() };
    let (came, mailed) = (count(sums.responses), count(sums.mailed));
    let (low, high) = (count_of(sums.expected.low), count_of(sums.expected.high));
    let rate = percent(sums.rate.map_or(0.0, |rate| rate.value));
    let (within, cells) = (count(sums.cells_within), count(sums.cells));
    let mut steps = vec![step(
        lang.pick(
            format!("{came} of {mailed} customers responded ({rate}); {low} to {high} were expected. In {within} of {cells} cells the count lies within its interval."),
            format!("{mailed} 位顧客中有 {came} 位回應（{rate}），原本預估 {low} 到 {high} 位。{cells} 個區塊中有 {within} 個落在各自的區間內。"),
        ),
        vec![Math::row([Math::fraction(number(came), number(mailed)), op("="), number(rate)])],
    )];
    if let (Some(baseline), Some(incremental)) = (sums.baseline, sums.incremental) {
        let (base, more) = (percent(baseline.value), percent(incremental));
        steps.push(step(
            lang.pick(
                format!(
                    "The control group bought at {base} without a mailing, so the mailing is owed {more}."
                ),
                format!("對照組沒有收到寄發，回應率也有 {base}，所以寄發帶來的是 {more}。"),
            ),
            Vec::new(),
        ));
    }
    let (profit, expected) = (told.money(sums.profit), told.money(sums.expected_profit.value));
    steps.push(step(
        lang.pick(
            format!("That is a profit of {profit}; {expected} was expected."),
            format!("淨利為 {profit}，原本預估 {expected}。"),
        ),
        Vec::new(),
    ));
    steps
}

/// A number of responses that is expected, rounded to whole ones.
fn count_of(expected: f64) -> String {
    count(expected.round().max(0.0) as u64)
}
