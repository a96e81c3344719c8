//! Complaints, and winning against keeping: the course's rules of thumb as a small model.

use super::draw::{cell, horizontal, math, plain, step, table};
use crate::charts::sheet::{Sheet, SheetFigure};
use crate::charts::spec::{Mark, Role};
use crate::core::clv::complaints::{Complaints, kept_or_won};
use crate::core::clv::refusal::Refusal;
use crate::core::grading::Label;
use crate::core::inputs::Values;
use crate::core::reader::Reader;

/// # Errors
/// Why there is no answer, in both languages.
pub fn sheet(values: &Values, reader: Reader) -> Result<Sheet, Label> {
    worked(values, reader).map_err(|refusal| refusal.label())
}

fn worked(values: &Values, reader: Reader) -> Result<Sheet, Refusal> {
    let get = |name: &str| values.get(name);
    let terms = Complaints {
        heard: get("heard"),
        silent_per_complaint: get("silent"),
        leaving: get("leaving"),
        customer_value: get("value"),
        good_per_bad: get("good"),
        operating_cost: get("operating"),
        recovery_low: get("low"),
        recovery_high: get("high"),
        satisfied: get("satisfied"),
        new_per_hundred: get("word"),
    };
    let found = terms.outcome()?;
    let (kept, won) = kept_or_won(get("budget"), get("keep"), get("times"))?;
    let about = |count: f64| reader.number(count, if count.fract() == 0.0 { 0 } else { 1 });
    let money = |units: f64| reader.money(units);
    let figures = vec![
        SheetFigure::new(
            reader.pick("Dissatisfied customers", "不滿意的顧客"),
            about(found.dissatisfied),
            reader.pick(
                format!(
                    "{} complaints, {} silent behind each",
                    about(terms.heard),
                    about(terms.silent_per_complaint)
                ),
                format!(
                    "聽到 {} 件，每件背後沉默 {} 位",
                    about(terms.heard),
                    about(terms.silent_per_complaint)
                ),
            ),
        ),
        SheetFigure::new(
            reader.pick("Good impressions needed", "需要的好印象"),
            about(found.good_impressions),
            reader.pick(
                format!("{} for each bad one", about(terms.good_per_bad)),
                format!("每一次壞印象要 {} 次", about(terms.good_per_bad)),
            ),
        ),
        SheetFigure::new(
            reader.pick("Service recovery", "服務補救成本"),
            format!("{} – {}", money(found.recovery_low), money(found.recovery_high)),
            reader.pick("of the operating cost", "佔營運成本的部分"),
        ),
        SheetFigure::new(
            reader.pick("New customers by word of mouth", "口碑帶來的新顧客"),
            about(found.new_customers),
            reader.pick(
                format!("of {} satisfied", about(terms.satisfied)),
                format!("來自 {} 位滿意的顧客", about(terms.satisfied)),
            ),
        ),
        SheetFigure::new(
            reader.pick("The same budget keeps or wins", "同樣的預算可留住或爭取"),
            format!("{} : {}", about(kept.floor()), about(won.floor())),
            reader.pick("customers kept : customers won", "留住的顧客：爭取的顧客"),
        ),
    ];
    let bars = [
        (reader.pick("Lost with those who leave", "流失的價值"), -found.value_lost, Role::Below),
        (reader.pick("Won by word of mouth", "口碑帶來的價值"), found.value_won, Role::Above),
        (
            reader.pick("Balance", "差額"),
            found.balance,
            if found.balance < 0.0 { Role::Below } else { Role::Above },
        ),
    ];
    let title = match found.balance < 0.0 {
        true => reader.pick(
            format!("Dissatisfied customers cost {} more than satisfied ones bring", money(-found.balance)),
            format!("不滿意的顧客造成的損失，比滿意的顧客帶來的多 {}", money(-found.balance)),
        ),
        false => reader.pick(
            format!("Satisfied customers bring {} more than dissatisfied ones cost", money(found.balance)),
            format!("滿意的顧客帶來的，比不滿意的顧客造成的損失多 {}", money(found.balance)),
        ),
    };
    let chart = horizontal(
        [
            title,
            reader.pick(
                format!(
                    "{} customers leave, {} come, each worth {}",
                    about(found.lost),
                    about(found.new_customers),
                    money(terms.customer_value)
                ),
                format!(
                    "{} 位離開，{} 位前來，每位價值 {}",
                    about(found.lost),
                    about(found.new_customers),
                    money(terms.customer_value)
                ),
            ),
            reader.pick("Effect", "效果").into(),
            reader.pick("Value", "價值").into(),
        ],
        bars.map(|(name, amount, role)| {
            (name.to_string(), Mark::new(name, amount, money(amount)).role(role))
        }),
    );
    let budget = horizontal(
        [
            reader.pick(
                format!("For the same money, {} customers are kept for each one won", about(get("times"))),
                format!("同樣的錢，爭取一位新顧客可以留住 {} 位顧客", about(get("times"))),
            ),
            reader.pick(
                format!(
                    "A budget of {}; keeping costs {}, winning {}",
                    money(get("budget")),
                    reader.price(get("keep")),
                    money(get("keep") * get("times"))
                ),
                format!(
                    "預算 {}；留住一位 {}，爭取一位 {}",
                    money(get("budget")),
                    reader.price(get("keep")),
                    money(get("keep") * get("times"))
                ),
            ),
            reader.pick("Use", "用途").into(),
            reader.pick("Customers", "顧客").into(),
        ],
        [(reader.pick("Kept", "留住"), kept), (reader.pick("Won", "爭取"), won)]
            .map(|(name, count)| (name.to_string(), Mark::new(name, count, about(count.floor())))),
    );
    let rows = [
        (
            reader.pick("Dissatisfied customers", "不滿意的顧客"),
            about(found.dissatisfied),
            found.dissatisfied,
        ),
        (reader.pick("of whom leave", "其中離開"), about(found.lost), found.lost),
        (reader.pick("Value lost", "流失的價值"), money(found.value_lost), found.value_lost),
        (
            reader.pick("Good impressions needed", "需要的好印象"),
            about(found.good_impressions),
            found.good_impressions,
        ),
        (
            reader.pick("Service recovery, at least", "服務補救成本，至少"),
            money(found.recovery_low),
            found.recovery_low,
        ),
        (
            reader.pick("Service recovery, at most", "服務補救成本，至多"),
            money(found.recovery_high),
            found.recovery_high,
        ),
        (
            reader.pick("New customers by word of mouth", "口碑帶來的新顧客"),
            about(found.new_customers),
            found.new_customers,
        ),
        (reader.pick("Value won", "帶來的價值"), money(found.value_won), found.value_won),
        (reader.pick("Balance", "差額"), money(found.balance), found.balance),
        (reader.pick("Customers kept by the budget", "預算可留住的顧客"), about(kept.floor()), kept.floor()),
        (reader.pick("Customers won by the budget", "預算可爭取的顧客"), about(won.floor()), won.floor()),
    ];
    let steps = vec![
        step(
            reader.pick(
                "Behind every complaint stand customers who say nothing.",
                "每件抱怨背後都有沉默的顧客。",
            ),
            vec![math(&format!(
                "{} × ( 1 + {} ) = {}",
                about(terms.heard),
                about(terms.silent_per_complaint),
                about(found.dissatisfied)
            ))],
        ),
        step(
            reader.pick(
                "So many good impressions make up for as many bad ones.",
                "要這麼多好印象，才能彌補這些壞印象。",
            ),
            vec![math(&format!(
                "{} × {} = {}",
                about(found.dissatisfied),
                about(terms.good_per_bad),
                about(found.good_impressions)
            ))],
        ),
        step(
            reader.pick(
                "Some of the dissatisfied leave, with what they are worth.",
                "部分不滿意的顧客離開，帶走他們的價值。",
            ),
            vec![math(&format!(
                "{} × {} × {} = {}",
                about(found.dissatisfied),
                reader.exact_percent(terms.leaving),
                money(terms.customer_value),
                money(found.value_lost)
            ))],
        ),
        step(
            reader.pick("Satisfied customers bring new ones.", "滿意的顧客帶來新顧客。"),
            vec![math(&format!(
                "{} × {} / 100 × {} = {}",
                about(terms.satisfied),
                about(terms.new_per_hundred),
                money(terms.customer_value),
                money(found.value_won)
            ))],
        ),
        step(
            reader.pick(
                "The budget divided by the cost of each, rounded down to whole customers.",
                "預算除以各自的成本，捨去到整數位顧客。",
            ),
            vec![
                math(&format!(
                    "{} / {} = {}",
                    money(get("budget")),
                    reader.price(get("keep")),
                    about(kept.floor())
                )),
                math(&format!(
                    "{} / {} = {}",
                    money(get("budget")),
                    money(get("keep") * get("times")),
                    about(won.floor())
                )),
            ],
        ),
    ];
    Ok(Sheet {
        figures,
        notes: vec![
            reader
                .pick(
                    "These are the course’s rules of thumb (A29–31), not measurements of your customers: change every one of them.",
                    "這些是課程的經驗法則（A29–31），不是你的顧客的實測值，每一項都可以改。",
                )
                .into(),
        ],
        charts: vec![chart, budget],
        tables: vec![table(
            reader.pick("All results", "所有結果"),
            "",
            reader.pick(["Result", "Number"], ["結果", "數字"]),
            rows.into_iter().map(|(name, text, number)| vec![plain(name), cell(text, number)]).collect(),
        )],
        steps,
        ..Sheet::default()
    })
}
