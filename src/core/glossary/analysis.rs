//! Databases, RFM cells and the campaign.

use super::Topic::{Campaign, Database, Rfm};
use super::{Term, term};

// A table: one term a line.
#[rustfmt::skip]
pub(super) const TERMS: &[Term] = &[
    term(Database, ("Database marketing", "資料庫行銷"), &["A57–62"], "Marketing that chooses whom to address from what is stored about each customer.", "依據每位顧客的資料來決定向誰行銷。"),
    term(Database, ("Marketing database", "行銷資料庫"), &["A57–62"], "What is kept of customers, purchases, mailings and responses.", "保存顧客、購買、郵寄與回應的資料庫。"),
    term(Database, ("Customer segmentation", "顧客分群"), &["A57–62"], "Dividing customers into groups to be treated alike.", "將顧客分成可以用相同方式對待的群組。"),
    term(Database, ("Static attribute", "靜態屬性"), &[], "A property of a customer that purchases do not change, such as city or birth decade.", "不因購買而改變的顧客屬性，例如城市或出生年代。"),
    term(Database, ("Data mining", "資料採礦"), &["A57–62", "A72"], "Finding new associations, patterns and trends in data, in order to predict.", "從資料中找出新的關聯、模式與趨勢，用以預測。"),
    term(Database, ("Association", "關聯"), &["A72"], "Things that occur together more often than chance would have it.", "比偶然更常一起出現的事物。"),
    term(Database, ("Pattern", "模式"), &["A72"], "A form that returns in the data.", "在資料中反覆出現的形態。"),
    term(Database, ("Trend", "趨勢"), &["A72"], "The direction in which something changes over time.", "事物隨時間變化的方向。"),
    term(Database, ("Prediction", "預測"), &["A72"], "What the data let us expect for the future.", "依據資料對未來所作的預期。"),
    term(Rfm, ("RFM analysis", "RFM 分析"), &["A63–71"], "Customers cut into cells by recency, frequency and monetary value, the cells tested and the good ones mailed.", "依最近購買日期、購買頻率與消費金額將顧客分區塊，先測試再向好的區塊行銷。"),
    term(Rfm, ("Recency", "最近購買日期"), &["A63–71"], "How long ago the last purchase was at the analysis date.", "到分析日為止，距離最近一次購買有多久。"),
    term(Rfm, ("Frequency", "購買頻率"), &["A63–71"], "How many purchases a customer has made in the window.", "顧客在期間內購買的次數。"),
    term(Rfm, ("Monetary value", "消費金額"), &["A63–71"], "How much a customer has spent in the window.", "顧客在期間內消費的金額。"),
    term(Rfm, ("Cutting customers into cells", "顧客分區塊"), &["A63–71"], "Dividing each variable into a few groups and crossing the groups.", "把各變數分成幾組，再交叉成區塊。"),
    term(Rfm, ("Cell", "區塊"), &["A63–71"], "The customers who fall into the same group of each variable.", "各變數都落在同一組的顧客。"),
    term(Rfm, ("Cell code", "區塊代碼"), &["A71"], "The name of a cell, one digit per variable; it is a label and not a score.", "區塊的名稱，每個變數一個數字，是代號而不是分數。"),
    term(Rfm, ("Equal parts", "等分"), &["A63–71"], "Groups that hold the same number of customers.", "各組顧客人數相同的分法。"),
    term(Rfm, ("Unequal parts", "不等分"), &["A66"], "Groups between thresholds that somebody has set.", "以自訂門檻劃分的分法。"),
    term(Rfm, ("Threshold", "門檻"), &["A66"], "The value at which one group ends and the next begins.", "一組結束、下一組開始的數值。"),
    term(Rfm, ("Not a scoring model", "不是評分機制"), &["A71"], "RFM says how cells respond, and cannot predict one person.", "RFM 說明區塊的回應情形，不能預測單一個人。"),
    term(Rfm, ("Analysis date", "分析日"), &[], "The day as of which everything is counted.", "所有計算所依據的基準日。"),
    term(Rfm, ("Window", "期間"), &["A66"], "The time before the analysis date in which purchases count for frequency and monetary value.", "分析日之前，計算購買頻率與消費金額的時間範圍。"),
    term(Campaign, ("Campaign", "行銷活動"), &["A63–71"], "One offer brought to chosen customers, in one or more waves.", "把一項訴求送到選定的顧客，可分一個或多個梯次。"),
    term(Campaign, ("Wave", "梯次"), &["A63–71"], "A part of a campaign that is mailed at one time: the test, or the roll-out.", "行銷活動中同一時間寄出的部分：區塊測試或行銷活動執行。"),
    term(Campaign, ("Response", "回應"), &["A63–71"], "A customer's answer to a mailing, known by the customer or by the key code.", "顧客對郵寄的答覆，以顧客或關鍵碼辨識。"),
    term(Campaign, ("Key code", "關鍵碼"), &[], "The code printed on what is sent, by which a response is traced to its list and wave.", "印在寄出物上的代碼，用來追溯回應來自哪份名單與梯次。"),
    term(Campaign, ("Cell test", "區塊測試"), &["A63–71"], "Mailing a small sample of every cell to learn its response rate.", "向每個區塊的小樣本郵寄，以得知其回應率。"),
    term(Campaign, ("Roll-out", "行銷活動執行"), &["A63–71"], "Mailing the rest of the cells that passed the test.", "向通過測試的區塊的其餘顧客郵寄。"),
    term(Campaign, ("Sampling", "抽樣"), &["A63–71"], "Choosing some customers to stand for all, such as every twentieth.", "選出一部分顧客來代表全體，例如每二十位取一位。"),
    term(Campaign, ("Response rate", "回應率"), &["A63–71"], "Responses divided by pieces mailed.", "回應筆數除以郵寄件數。"),
    term(Campaign, ("Net profit per response", "淨效益"), &["A63–71"], "Profit of one response before the cost of mailing.", "每筆回應在扣除郵寄成本之前的利潤。"),
    term(Campaign, ("Break-even response rate", "損益平衡回應率"), &["A63–71"], "The response rate at which a mailing neither earns nor loses: cost per piece divided by net profit per response.", "郵寄不賺不賠的回應率，即每件郵寄成本除以每筆回應的淨效益。"),
    term(Campaign, ("Review", "檢討"), &["A63–71"], "Comparing the result with what mailing everybody would have brought.", "將結果與全部郵寄的情形比較。"),
    term(Campaign, ("Control group", "對照組"), &[], "Customers left out on purpose, to see what would have happened without the mailing.", "刻意不郵寄的顧客，用來看出沒有活動時的情形。"),
];
