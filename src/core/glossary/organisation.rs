//! Selling, service, adoption and process models.

use super::Topic::{Adoption, Process, Sales, Service};
use super::{Term, term};

// A table: one term a line.
#[rustfmt::skip]
pub(super) const TERMS: &[Term] = &[
    term(Sales, ("Funnel management", "漏斗管理"), &["A40–46"], "Following opportunities from the universe of possible customers down to clients.", "追蹤銷售機會由所有可能對象逐步縮小到成交。"),
    term(Sales, ("Territory management", "責任區管理"), &["A40–46"], "Dividing the market among sellers by industry, region or product.", "依產業、地區或產品將市場分配給業務人員。"),
    term(Sales, ("Performance management", "業績管理"), &["A40–46"], "Quotas by period, product and team against what was sold.", "依期間、產品與團隊設定目標，並與實績比較。"),
    term(Sales, ("Opportunity management", "銷售案管理"), &["A40–46"], "The plan of each opportunity against what happened.", "每個銷售案的計畫與實際的對照。"),
    term(Sales, ("Sales forecast", "業績預測"), &["A40–46"], "The expected sales: each opportunity's amount times its probability.", "預期的業績，即各銷售案金額乘以成功機率的總和。"),
    term(Sales, ("Channel partner", "通路伙伴"), &["A41", "A47–55"], "A firm that sells our goods on to its customers.", "將我們的商品銷售給其顧客的公司。"),
    term(Sales, ("Exception management", "例外管理"), &["A47–55"], "Looking only where actual figures leave the plan.", "只處理實際與計畫有差異之處。"),
    term(Sales, ("Drill-down", "向下鑽探"), &["A47–55"], "Going from a total to the parts that explain it.", "由總數逐層深入到可以說明原因的細項。"),
    term(Sales, ("Alarm", "異常警訊"), &["A56"], "A notice that something leaves its usual range.", "事物偏離常態時的通知。"),
    term(Service, ("Service alarm", "服務警訊"), &["A73–81"], "A notice that a service case needs attention.", "服務案件需要注意時的通知。"),
    term(Service, ("Overdue service", "服務逾時"), &["A73–81"], "A case that has been open for more than three days.", "超過三天仍未結案的服務案件。"),
    term(Service, ("Escalation", "服務層級提升"), &["A73–81"], "Passing an overdue case to a director, then a vice-president, then the president.", "將逾時案件依序提升至處長、副總、總經理。"),
    term(Service, ("Proactive service", "主動式服務"), &["A73–81"], "Service that an event starts before the customer asks.", "在顧客提出之前，由事件引發的服務。"),
    term(Service, ("Frequently asked questions", "常用問題集"), &["A73–81"], "Answers that customers can find by themselves.", "讓顧客自行查閱的問題與解答。"),
    term(Service, ("Call centre", "客服中心"), &["A82"], "Where customers' calls are answered with their records at hand.", "接聽顧客來電並能立即調閱其資料的地方。"),
    term(Service, ("Computer-telephony integration", "電腦電話整合（CTI）"), &["A82"], "Telephone and computer joined, so that a call brings up the caller's record.", "結合電話與電腦，來電時自動顯示來電者的資料。"),
    term(Service, ("Variability and complexity", "變化性與複雜度"), &["C"], "The two dimensions by which a call centre's work is placed in one of four situations.", "將客服中心的工作分為四種情境的兩個構面。"),
    term(Service, ("Outsourcing", "委外"), &["C"], "Having another firm do the work.", "將工作交由其他公司執行。"),
    term(Adoption, ("Building customer data", "建立顧客資料的方法"), &["A32–39"], "Seven steps from the scope of the data to their regular correction.", "由界定範圍到定期修正資料的七個步驟。"),
    term(Adoption, ("Initiation", "發起"), &["B"], "The first stage of adoption: a need and a solution are found.", "導入的第一階段，找出需要與解決方案。"),
    term(Adoption, ("Decision to adopt", "採用"), &["B"], "The second stage of adoption: resources are committed.", "導入的第二階段，決定投入資源。"),
    term(Adoption, ("Adaptation", "適應"), &["B"], "The third stage of adoption: system and procedures are fitted to each other.", "導入的第三階段，系統與流程互相調整。"),
    term(Adoption, ("Acceptance", "接受"), &["B"], "The fourth stage of adoption: people begin to use it.", "導入的第四階段，人員開始使用。"),
    term(Adoption, ("Routinization", "制度化"), &["B"], "The fifth stage of adoption: use becomes normal.", "導入的第五階段，使用成為常態。"),
    term(Adoption, ("Infusion", "融合"), &["B"], "The sixth stage of adoption: the system is used to its full.", "導入的第六階段，系統充分發揮作用。"),
    term(Adoption, ("Resistance", "抗拒"), &["B"], "What people do against a change, openly or not.", "人員對改變公開或不公開的反對。"),
    term(Adoption, ("Proposal", "提案"), &["B"], "The first step of acquiring software: what is needed and why.", "取得軟體的第一步，說明需要什麼及其理由。"),
    term(Adoption, ("Evaluation", "評估"), &["B"], "The second step of acquiring software: vendors and products are judged by criteria.", "取得軟體的第二步，依準則評估廠商與產品。"),
    term(Adoption, ("Selection", "選擇"), &["B"], "The third step of acquiring software: one is chosen.", "取得軟體的第三步，從中選定。"),
    term(Process, ("Identify", "瞭解"), &["D"], "The first step of IDIC: to know customers one by one.", "IDIC 的第一步，逐一認識顧客。"),
    term(Process, ("Differentiate", "區隔"), &["D"], "The second step of IDIC: to tell customers apart by value and by need.", "IDIC 的第二步，依價值與需要區分顧客。"),
    term(Process, ("Interact", "互動"), &["D"], "The third step of IDIC: to talk with customers and learn from it.", "IDIC 的第三步，與顧客對話並從中學習。"),
    term(Process, ("Customize", "量身訂製"), &["D"], "The fourth step of IDIC: to treat each customer as learnt.", "IDIC 的第四步，依所瞭解的給予每位顧客不同的對待。"),
    term(Process, ("Customer experience management", "顧客經驗管理"), &["E"], "Five steps from the customer's world to continuous innovation.", "由顧客的經驗世界到持續創新的五個步驟。"),
    term(Process, ("Technical innovation", "技術創新"), &["C"], "A suggestion that changes the technique.", "改變技術的建議。"),
    term(Process, ("Significant innovation", "顯著創新"), &["C"], "A suggestion that changes much for the customer.", "為顧客帶來重大改變的建議。"),
    term(Process, ("Adjusting innovation", "調整創新"), &["C"], "A suggestion that improves what is there.", "改善現有做法的建議。"),
];
