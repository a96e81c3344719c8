//! The cell test: break-even, and one cell from its count to its verdict.

use super::{Told, amount, break_even_steps, equal, number, op, percent, plain, step};
use crate::core::explain::{Math, Step};
use crate::core::format::{count, decimal, fixed};
use crate::core::lang::Lang;
use crate::core::stats::normal::two_sided;
use crate::tools::campaign::answer::{CellRow, CellTest, TestSums, Verdict};
use crate::tools::campaign::options::Rule;

pub(super) fn test(told: Told, lang: Lang) -> Vec<Step> {
    let mut steps = break_even_steps(told.options, lang, told.currency);
    let (Some(sums), Some((cell, test))) = (&told.plan.test, best(&told)) else { return steps };
    if let Some(break_even) = told.plan.break_even.filter(|b| b.threshold > b.rate) {
        let (base, threshold) =
            (percent(break_even.threshold - break_even.rate), percent(break_even.threshold));
        steps.push(step(
            lang.pick(
                format!("The control group bought at a rate of {base} without a mailing. Only what goes beyond that is owed to the mailing, so a cell must exceed {threshold}."),
                format!("對照組沒有收到任何寄發，回應率也有 {base}。只有超出的部分才是寄發的功勞，所以區塊的回應率必須高於 {threshold}。"),
            ),
            vec![Math::row([number(percent(break_even.rate)), op("+"), number(base), op("="), number(threshold)])],
        ));
    }
    steps.push(rate(lang, cell, test));
    steps.extend(wilson(told, lang, cell, test));
    steps.push(shrunken(lang, cell, test, sums));
    steps.extend(index(told, lang, cell, test));
    steps.push(profit(told, lang, cell, test));
    steps.push(verdict(told, lang, cell, test));
    steps
}

/// The cell with the highest rate: the one whose promise is most likely to be luck. Among equals the first.
pub(super) fn best<'a>(told: &Told<'a>) -> Option<(&'a CellRow, &'a CellTest)> {
    let with_rate = told.plan.cells.iter().filter_map(|cell| {
        let test = cell.test.as_ref()?;
        Some((cell, test, test.rate?.value))
    });
    let best = with_rate.reduce(|best, next| if next.2 > best.2 { next } else { best });
    best.map(|(cell, test, _)| (cell, test))
}

fn rate(lang: Lang, cell: &CellRow, test: &CellTest) -> Step {
    let (name, x, n) = (cell.label.get(lang), count(test.responses), count(cell.tested));
    let value = percent(test.rate.map_or(0.0, |rate| rate.value));
    step(
        lang.pick(
            format!("Cell {name} has the highest rate of the test: {x} of {n} customers responded."),
            format!("區塊 {name} 的測試回應率最高：{n} 位受測顧客中有 {x} 位回應。"),
        ),
        vec![equal(Math::symbol("r"), [Math::fraction(number(x), number(n)), op("="), number(value)])],
    )
}

fn wilson(told: Told, lang: Lang, cell: &CellRow, test: &CellTest) -> Option<Step> {
    let (rate, z) = (test.rate?, two_sided(told.options.confidence)?);
    let (x, n) = (test.responses, cell.tested);
    let sq = |math: Math| Math::Sup(Box::new(math), Box::new(number("2")));
    let half = |math: Math| Math::fraction(math, number("2"));
    let quarter = |math: Math| Math::fraction(math, number("4"));
    let root = |inside: Vec<Math>| Math::row([op("√"), op("(")].into_iter().chain(inside).chain([op(")")]));
    let formula = |x: Math, n: Math, misses: Math, z: &dyn Fn() -> Math| {
        let spread = Math::fraction(Math::row([x.clone(), op("×"), misses]), n.clone());
        let top = Math::row([
            x,
            op("+"),
            half(sq(z())),
            op("±"),
            z(),
            root(vec![spread, op("+"), quarter(sq(z()))]),
        ]);
        Math::fraction(top, Math::row([n, op("+"), sq(z())]))
    };
    let symbols = formula(
        Math::symbol("x"),
        Math::symbol("n"),
        Math::row([op("("), Math::symbol("n"), op("−"), Math::symbol("x"), op(")")]),
        &|| Math::symbol("z"),
    );
    let z_text = decimal(z, 2);
    let numbers =
        formula(number(count(x)), number(count(n)), number(count(n - x)), &|| number(z_text.clone()));
    let (low, high, sure) =
        (percent(rate.low), percent(rate.high), decimal(told.options.confidence * 100.0, 1));
    let name = cell.label.get(lang);
    Some(step(
        lang.pick(
            format!("But a test is a draw. The Wilson interval ({sure}%) says which true rates could well have led to this count of cell {name}: from {low} to {high}."),
            format!("但測試只是一次抽樣。Wilson 區間（{sure}%）說明哪些真實回應率很可能得到區塊 {name} 的結果：{low} 到 {high}。"),
        ),
        vec![symbols, numbers, Math::row([number(low), op("…"), number(high)])],
    ))
}

fn shrunken(lang: Lang, cell: &CellRow, test: &CellTest, sums: &TestSums) -> Step {
    let name = cell.label.get(lang);
    let value = percent(test.shrunken.map_or(sums.mean_rate, |shrunken| shrunken.value));
    let mean = percent(sums.mean_rate);
    let Some(spread) = sums.spread else {
        return step(
            lang.pick(
                format!("The cells differ no more than chance makes equal cells differ, so nothing tells cell {name} from the others: its best estimate is the rate of all, {value}."),
                format!("各區塊的差異沒有超過隨機的範圍，沒有證據顯示區塊 {name} 與其他區塊不同：最好的估計就是全體的回應率 {value}。"),
            ),
            Vec::new(),
        );
    };
    let (alpha, beta) = (decimal(spread.alpha, 2), decimal(spread.beta, 1));
    let symbols = Math::fraction(
        Math::row([Math::symbol("α"), op("+"), Math::symbol("x")]),
        Math::row([Math::symbol("α"), op("+"), Math::symbol("β"), op("+"), Math::symbol("n")]),
    );
    let numbers = Math::fraction(
        Math::row([number(alpha.clone()), op("+"), number(count(test.responses))]),
        Math::row([number(alpha), op("+"), number(beta), op("+"), number(count(cell.tested))]),
    );
    step(
        lang.pick(
            format!("The best of many cells was partly lucky. All cells together show how much cells really differ; the shrunken rate draws cell {name} towards their mean of {mean}, to {value}."),
            format!("許多區塊中最好的一個，有一部分是運氣。由全部區塊估計真正的差異，縮減回應率把區塊 {name} 往平均 {mean} 拉近，成為 {value}。"),
        ),
        vec![symbols, Math::row([numbers, op("≈"), number(value)])],
    )
}

fn index(told: Told, lang: Lang, cell: &CellRow, test: &CellTest) -> Option<Step> {
    let (index, rate, break_even) = (test.break_even_index?, test.rate?, told.plan.break_even?);
    let incremental = rate.value - (break_even.threshold - break_even.rate);
    let (r, be, name) = (percent(incremental), percent(break_even.rate), cell.label.get(lang));
    let value = fixed(index, 0);
    Some(step(
        lang.pick(
            format!("The break-even index says how far the rate of cell {name} is from break-even, in per cent of it: {value}."),
            format!("損益平衡指數：區塊 {name} 的回應率比損益平衡高或低百分之幾，這裡是 {value}。"),
        ),
        vec![equal(
            Math::text("BEI"),
            [
                Math::fraction(Math::row([number(r), op("−"), number(be.clone())]), number(be)),
                op("×"),
                number("100"),
                op("≈"),
                number(value),
            ],
        )],
    ))
}

fn profit(told: Told, lang: Lang, cell: &CellRow, test: &CellTest) -> Step {
    let (x, n) = (count(test.responses), count(cell.tested));
    let money = told.money(test.profit);
    let name = cell.label.get(lang);
    let baseline = told.plan.break_even.map_or(0.0, |b| b.threshold - b.rate);
    let mut gain = vec![number(x)];
    if baseline > 0.0 {
        gain = vec![
            op("("),
            number(count(test.responses)),
            op("−"),
            number(percent(baseline)),
            op("×"),
            number(n.clone()),
            op(")"),
        ];
    }
    let right = gain.into_iter().chain([
        op("×"),
        number(plain(told.options.profit_per_response)),
        op("−"),
        number(n),
        op("×"),
        number(plain(told.options.cost_per_piece)),
        op("="),
        number(money.clone()),
    ]);
    let each = amount(told.options.profit_per_response, told.currency);
    step(
        lang.pick(
            format!("Testing cell {name} earned {money}: its responses at {each} each, less the cost of mailing everyone tested."),
            format!("測試區塊 {name} 的淨利是 {money}：每筆回應帶來 {each}，減去寄給所有受測者的成本。"),
        ),
        vec![Math::row(right)],
    )
}

fn verdict(told: Told, lang: Lang, cell: &CellRow, test: &CellTest) -> Step {
    let name = cell.label.get(lang);
    let threshold = percent(told.plan.break_even.map_or(0.0, |b| b.threshold));
    let by = match told.options.rule {
        Rule::Point => lang.pick("its rate in the test (as in the course)", "測得的回應率（課程的作法）"),
        Rule::Interval => lang.pick("its whole interval", "整個區間"),
        Rule::Shrunken => lang.pick("its shrunken rate", "縮減回應率"),
    };
    let says = match test.verdict {
        Verdict::RollOut => lang.pick("roll out", "全面寄發"),
        Verdict::CantTell => lang.pick("can't tell", "無法判定"),
        Verdict::DontMail => lang.pick("don't mail", "不寄發"),
    };
    step(
        lang.pick(
            format!("The verdict compares {by} with {threshold}. For cell {name} it is: {says}."),
            format!("判定是把{by}與 {threshold} 比較。區塊 {name} 的判定：{says}。"),
        ),
        Vec::new(),
    )
}
