//! The two languages of the interface.

use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lang {
    #[serde(rename = "en")]
    En,
    #[default]
    #[serde(rename = "zh-Hant")]
    ZhHant,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::En, Lang::ZhHant];

    /// The value of the `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::ZhHant => "zh-Hant",
        }
    }

    /// The best fit for a browser's list of preferred languages: any Chinese gets Chinese, else English.
    ///
    /// ```
    /// use quintile::core::lang::Lang;
    /// assert_eq!(Lang::choose(["zh-TW", "en"]), Lang::ZhHant);
    /// assert_eq!(Lang::choose(["de", "en"]), Lang::En);
    /// ```
    pub fn choose<'a>(preferred: impl IntoIterator<Item = &'a str>) -> Lang {
        for tag in preferred {
            let tag = tag.to_ascii_lowercase();
            if tag.starts_with("zh") {
                return Lang::ZhHant;
            }
            if tag.starts_with("en") {
                return Lang::En;
            }
        }
        Lang::En
    }

    /// Picks the value of this language from a pair, for short texts that need no struct of their own.
    pub fn pick<T>(self, en: T, zh_hant: T) -> T {
        match self {
            Lang::En => en,
            Lang::ZhHant => zh_hant,
        }
    }
}

/// A written count with its English noun: "1 cell", "12 cells". Chinese needs no such thing.
///
/// ```
/// use quintile::core::lang::several;
/// assert_eq!((several("1", "cell"), several("1,200", "cell")), ("1 cell".into(), "1,200 cells".into()));
/// ```
pub fn several(count: &str, noun: &str) -> String {
    format!("{count} {noun}{}", if count == "1" { "" } else { "s" })
}
