//! What kind of file the first bytes belong to.

use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};

/// A kind of file, told by its bytes and not by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Text,
    Xlsx,
    /// The older binary form of Excel (and other documents of that time).
    Xls,
    /// A spreadsheet of LibreOffice.
    Ods,
    Zip,
    Gzip,
    Pdf,
    Image,
    Binary,
    Empty,
}

/// Tells the kind of a file from its first bytes (a few thousand are enough).
///
/// ```
/// use quintile::core::import::{FileKind, sniff};
/// assert_eq!(sniff("顧客,金額\n".as_bytes()), FileKind::Text);
/// assert_eq!(sniff(b"%PDF-1.7"), FileKind::Pdf);
/// ```
pub fn sniff(head: &[u8]) -> FileKind {
    let contains = |wanted: &[u8]| head.windows(wanted.len()).take(16_384).any(|window| window == wanted);
    let starts = |magic: &[&[u8]]| magic.iter().any(|m| head.starts_with(m));
    if head.iter().all(u8::is_ascii_whitespace) {
        FileKind::Empty
    } else if starts(&[b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"]) {
        if contains(b"xl/") || contains(b"[Content_Types].xml") {
            FileKind::Xlsx
        } else if contains(b"opendocument.spreadsheet") {
            FileKind::Ods
        } else {
            FileKind::Zip
        }
    } else if starts(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]) {
        FileKind::Xls
    } else if starts(&[b"\x1f\x8b"]) {
        FileKind::Gzip
    } else if starts(&[b"%PDF-"]) {
        FileKind::Pdf
    } else if starts(&[b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"])
        || starts(&[b"RIFF"]) && contains(b"WEBP")
    {
        FileKind::Image
    } else if is_text(head) {
        FileKind::Text
    } else {
        FileKind::Binary
    }
}

/// No zero bytes but those of UTF-16, and hardly a control character.
fn is_text(head: &[u8]) -> bool {
    let sample = &head[..head.len().min(65_536)];
    if sample.starts_with(b"\xff\xfe")
        || sample.starts_with(b"\xfe\xff")
        || super::encoding::utf16(sample).is_some()
    {
        return true;
    }
    let zeros = sample.iter().filter(|&&b| b == 0).count();
    let controls = sample
        .iter()
        .filter(|&&b| b < 32 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a))
        .count();
    zeros * 1000 <= sample.len() && controls * 100 <= sample.len()
}

impl FileKind {
    /// What to do with a file that is not text; `None` for text.
    pub fn advice(self, lang: Lang) -> Option<&'static str> {
        Some(match self {
            FileKind::Text => return None,
            FileKind::Xlsx | FileKind::Xls | FileKind::Ods => lang.pick(
                "This is a spreadsheet. Open it, choose “Save as” and the type “CSV UTF-8 (comma delimited)”, and bring \
                 that file here; or select the cells, copy them and paste them here.",
                "這是試算表檔案。請開啟後選擇「另存新檔」，類型選「CSV UTF-8（逗號分隔）」，再匯入該檔案；也可以選取儲存格，複製後貼到這裡。",
            ),
            FileKind::Zip | FileKind::Gzip => lang.pick(
                "This is a compressed archive. Unpack it first, and bring the CSV file that is inside.",
                "這是壓縮檔。請先解壓縮，再匯入其中的 CSV 檔案。",
            ),
            FileKind::Pdf => lang.pick(
                "This is a PDF document. Ask for the data as a CSV file or a spreadsheet: tables in a PDF cannot be read \
                 reliably.",
                "這是 PDF 文件，其中的表格無法可靠地讀取。請向提供者索取 CSV 或試算表檔案。",
            ),
            FileKind::Image => lang.pick(
                "This is a picture. Bring the data themselves, as a CSV file or as copied cells.",
                "這是圖片。請改用資料本身：CSV 檔案，或複製儲存格後貼上。",
            ),
            FileKind::Binary => lang.pick(
                "This file is not text. Export the data as CSV from the program that made it.",
                "這個檔案不是文字檔。請用產生它的程式匯出成 CSV。",
            ),
            FileKind::Empty => lang.pick(
                "This file is empty. Check that the export was finished, and choose the file again.",
                "這個檔案是空的。請確認匯出已經完成，再重新選擇檔案。",
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told_by_its_bytes() {
        let utf16: Vec<u8> = "a,b\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: [(&[u8], FileKind); 9] = [
            (b"PK\x03\x04....[Content_Types].xml", FileKind::Xlsx),
            (b"PK\x03\x04....orders.csv", FileKind::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::Xls),
            (b"\x89PNG\r\n\x1a\n", FileKind::Image),
            (b"\x00\x01\x02\x03\x00\x00", FileKind::Binary),
            (b"\r\n ", FileKind::Empty),
            (b"", FileKind::Empty),
            (b"a,b\n\xe9,\xa4\xa4", FileKind::Text),
            (&utf16, FileKind::Text),
        ];
        for (head, kind) in cases {
            assert_eq!(sniff(head), kind, "{head:?}");
            assert_eq!(kind.advice(Lang::En).is_none(), kind == FileKind::Text);
        }
    }
}
