//! The fixed words of the forecast page, in both languages. What depends on facts is in [`super::words`].

use crate::core::lang::Lang;

macro_rules! texts {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// All fixed texts; a missing translation does not compile.
        pub struct ForecastText { $(pub $name: &'static str,)* }
        static EN: ForecastText = ForecastText { $($name: $en,)* };
        static ZH_HANT: ForecastText = ForecastText { $($name: $zh,)* };
    };
}

pub fn text(lang: Lang) -> &'static ForecastText {
    lang.pick(&EN, &ZH_HANT)
}

texts! {
    title: "Lifetime value forecast", "終身價值預測";
    question: "Who is still a customer, how often will each buy, and what is that worth?", "誰還是顧客？每位還會買幾次？值多少？";
    settings: "Settings", "設定";
    to_data: "Go to the data page", "到資料頁";
    // Inputs
    customers_from: "Customers", "顧客來源";
    own_data: "Of this workspace", "這個工作區的顧客";
    simulated: "Simulated, with known parameters", "模擬顧客（參數已知）";
    simulated_hint: "5,000 customers over 104 weeks are drawn from the chosen model, so that the estimates can be laid beside the truth.", "從所選模型抽出 5,000 位顧客、104 週，估計值可以和真值對照。";
    model: "Model", "模型";
    unit: "Unit of time", "時間單位";
    days: "Days", "天";
    weeks: "Weeks", "週";
    months: "Months", "月";
    horizon: "Horizon, in units of time", "預測期間（時間單位數）";
    horizon_wrong: "Type a whole number from 1 to 3,660.", "請輸入 1 到 3,660 的整數。";
    discount: "Discount rate, % a year", "年折現率（%）";
    discount_wrong: "Type a number from 0 to 1,000, such as 10.", "請輸入 0 到 1,000 的數字，例如 10。";
    margin: "Margin, % of the spend", "毛利率（占消費金額 %）";
    margin_wrong: "Type a number from 0 to 100, such as 30.", "請輸入 0 到 100 的數字，例如 30。";
    end: "Last day that counts", "資料截止日";
    end_hint: "Empty: the last day of the data.", "未填：資料的最後一天。";
    calibration_end: "For the check: the models see up to", "檢驗用：模型看到哪一天";
    calibration_hint: "What is bought later is held out. Empty: after three fifths of the time.", "之後的購買保留不用。未填：全部時間的五分之三。";
    day_wrong: "This is not a date. Type it as 2026-06-30, or leave the field empty.", "這不是日期。請輸入如 2026-06-30，或留空。";
    rule_months: "Simple rule: bought in the last months", "簡單規則：最近幾個月買過";
    rule_wrong: "Type a whole number of months from 1 to 60.", "請輸入 1 到 60 的整數。";
    // Figures
    alive_total: "Still customers, expected", "預期仍是顧客";
    purchases_total: "Purchases, expected", "預期購買次數";
    value_total: "Value of the base", "顧客群總價值";
    no_value: "no value without spend", "沒有金額模型";
    no_interval: "no interval: spend has no variance (q ≤ 2)", "沒有區間：金額的變異數無限大（q ≤ 2）";
    // Customers
    customer: "Customer", "顧客編號";
    repeat_frequency: "Repeat purchases x", "再購次數 x";
    recency: "Recency t_x", "首購到末購 t_x";
    age: "Age T", "首購至今 T";
    frequency: "Purchases (RFM)", "購買次數（RFM）";
    days_since: "Days since last (RFM)", "距上次購買天數（RFM）";
    alive: "P(alive)", "存活機率";
    purchases: "Expected purchases", "預期購買次數";
    spend: "Expected spend", "預期每次金額";
    value: "Value", "價值";
    list_title: "Each customer", "每位顧客";
    list_hint: "In these models frequency counts the days with a purchase after the first, and recency is the time from the first purchase to the last; RFM's frequency and days since last stand beside them.", "在這些模型裡，頻率是首購之後的購買天數，recency 是首購到末購的時間；旁邊並列 RFM 的購買次數與距上次購買天數，以免混淆。";
    sort: "Best first by", "由高到低依";
    download_customers: "Download all customers", "下載全部顧客";
    download_summary: "Download the summary (x, t_x, T)", "下載彙總（x、t_x、T）";
    published: "P(alive), expected purchases and value can be chosen as columns in the pyramid and the list of customers.", "存活機率、預期購買次數與價值，可在金字塔客層與顧客名單中選用。";
    file_customers: "Lifetime value forecast", "終身價值預測";
    file_summary: "Repeat-buying summary", "再購彙總";
    // Parameters
    parameters_title: "The fitted parameters", "配適的參數";
    parameter: "Parameter", "參數";
    meaning: "What it describes", "意義";
    estimate: "Estimate", "估計值";
    error: "Standard error", "標準誤";
    interval: "95% interval", "95% 信賴區間";
    truth: "Truth", "真值";
    truth_of_shop: "The truth is what the shop was drawn from; refunds, gifts and whole amounts came afterwards, so that its spend is no longer quite that.", "真值是示範商店抽出時的參數；之後另有退貨、贈品與金額取整，所以消費金額與真值略有出入。";
    log_likelihood: "Log-likelihood", "對數概似值";
    spend_title: "Spend: Gamma–Gamma", "消費金額：Gamma–Gamma";
    // Charts
    counts_title: "Repeat purchases, actual and expected", "再購次數：實際與預期";
    actual: "Actual", "實際";
    expected: "Expected", "預期";
    customers: "Customers", "顧客數";
    alive_percent: "P(alive), %", "存活機率（%）";
    alive_map: "P(alive) in % by recency and frequency", "存活機率（%）：首購到末購 × 再購次數";
    purchases_map: "Expected purchases by recency and frequency", "預期購買次數：首購到末購 × 再購次數";
    density: "Density", "密度";
    heterogeneity: "How customers differ", "顧客之間的差異";
    buys_rate: "Purchases per unit of time (λ)", "單位時間購買次數（λ）";
    leaves_chance: "Probability of leaving after a purchase (p)", "購買後離開的機率（p）";
    leaves_rate: "Leaving rate per unit of time (μ)", "單位時間離開速率（μ）";
    buys_chance: "Probability of buying in a period (p)", "每期購買的機率（p）";
    leaves_period: "Probability of leaving in a period (θ)", "每期離開的機率（θ）";
    // Time line
    timeline_title: "One customer's time line", "一位顧客的時間線";
    timeline_hint: "The first purchase stands at 0. Click the units in which the customer buys again (or move with Tab and press the space bar), and watch P(alive).", "首購在 0。點選顧客再購的時點（或用 Tab 移動、按空白鍵），觀察存活機率的變化。";
    timeline_clear: "Clear", "清除";
    timeline_example: "A steady customer who falls silent", "原本規律、後來沉默的顧客";
    timeline_axis: "Time since the first purchase", "首購以來的時間";
    bought: "purchase", "購買";
    // Check
    check_title: "Is it any good?", "準不準？";
    check_hint: "All models are fitted to the first part of the time only and compared with what came after it.", "所有模型只用前段期間配適，再與後段實際發生的比較。";
    check_run: "Check the models", "檢驗模型";
    held_out: "held out", "保留期間";
    total_expected: "Purchases expected", "預期次數";
    total_actual: "Purchases made", "實際次數";
    mean_error: "Mean error per customer", "每位平均誤差";
    hit_rate: "Rightly said who buys again", "說對會不會再買";
    cumulative_title: "Repeat purchases, cumulated", "累計再購次數";
    weekly_title: "Repeat purchases per period", "每期再購次數";
    by_x_title: "Purchases held out, by repeat purchases before", "保留期間購買次數（依先前再購次數）";
    calibration_title: "Said and happened: who buys again", "說的與發生的：誰會再買";
    said: "Said: probability of buying", "預測的購買機率";
    happened: "Share that bought", "實際購買比例";
    simple_rule: "Simple rule", "簡單規則";
    all_say_same: "Saying the same of everybody", "對每個人都說一樣的話";
}
