//! The texts of the campaign in both languages: what charts, files and explanations are labelled with.

use super::options::Stage;
use crate::core::lang::Lang;

pub struct CampaignText {
    pub title: &'static str,
    pub question: &'static str,
    pub stages: [&'static str; 5],
    pub break_even: &'static str,
    pub number: &'static str,
    pub customer: &'static str,
    pub cell: &'static str,
    pub key_code: &'static str,
    pub wave: &'static str,
}

pub fn text(lang: Lang) -> &'static CampaignText {
    lang.pick(&EN, &ZH_HANT)
}

impl CampaignText {
    pub fn stage(&self, stage: Stage) -> &'static str {
        self.stages[stage.index()]
    }
}

static EN: CampaignText = CampaignText {
    title: "Campaign test and roll-out",
    question: "Which cells are worth mailing, and what will the roll-out bring?",
    stages: ["Cells", "Sample", "Cell test", "Roll-out", "Review"],
    break_even: "Break-even response rate",
    number: "Number",
    customer: "Customer",
    cell: "Cell",
    key_code: "Key code",
    wave: "Wave",
};

static ZH_HANT: CampaignText = CampaignText {
    title: "區塊測試與行銷活動執行",
    question: "哪些區塊值得寄發？全面寄發會帶來多少？",
    stages: ["分區塊", "抽樣", "區塊測試", "行銷活動執行", "檢討"],
    break_even: "損益平衡回應率",
    number: "序號",
    customer: "顧客編號",
    cell: "區塊",
    key_code: "關鍵碼",
    wave: "梯次",
};
