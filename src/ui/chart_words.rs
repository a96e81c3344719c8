//! The words of the chart frame.

use crate::core::lang::Lang;

pub(super) struct ChartWords {
    pub table: &'static str,
    pub save: &'static str,
    pub png_failed: &'static str,
    pub nothing: &'static str,
    pub crowded: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    /// "Rows 1–100 of 250", written by [`ChartWords::rows`].
    rows: fn(usize, usize, usize) -> String,
}

impl ChartWords {
    pub fn of(lang: Lang) -> &'static ChartWords {
        lang.pick(&EN, &ZH_HANT)
    }

    pub fn rows(&self, from: usize, to: usize, all: usize) -> String {
        (self.rows)(from, to, all)
    }
}

static EN: ChartWords = ChartWords {
    table: "Table",
    save: "Download",
    png_failed: "This browser could not draw the PNG. Download the SVG instead: every office program opens it.",
    nothing: "No data to draw",
    crowded: "Neighbouring bars share a stripe, the taller behind the shorter; the table lists each one.",
    previous: "Previous rows",
    next: "Next rows",
    rows: |from, to, all| format!("Rows {from}–{to} of {all}"),
};

static ZH_HANT: ChartWords = ChartWords {
    table: "表格",
    save: "下載",
    png_failed: "這個瀏覽器無法產生 PNG。請改下載 SVG，文書軟體都能開啟。",
    nothing: "沒有資料可以畫",
    crowded: "相鄰的長條併成一條，較高的在後面；表格列出每一條。",
    previous: "前面的列",
    next: "後面的列",
    rows: |from, to, all| format!("第 {from}–{to} 列，共 {all} 列"),
};
