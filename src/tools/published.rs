//! Columns of other tools as measures: who may read which, how they are offered, and what to do where one is missing.
//! They are known by name and form only.

use super::{Listed, TOOLS, find, publisher, publishers_before};
use crate::core::grading::{Grading, GradingData, Gradings, Label};
use crate::core::lang::Lang;
use serde::{Deserialize, Serialize};

/// A number about every customer that a tool can publish. It is known before it is worked out, so that a page can offer
/// it without waiting.
#[derive(Clone, Copy)]
pub struct Measure {
    pub name: &'static str,
    pub title: fn(Lang) -> &'static str,
    pub unit: Unit,
}

/// What a measure counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minor units.
    #[default]
    Money,
    /// A probability, a number of purchases.
    Number,
}

/// A column as it is offered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedColumn {
    pub name: String,
    pub title: Label,
}

/// Columns in which less is better; as a measure they would put customers on their heads.
const LESS_IS_BETTER: [&str; 1] = ["rfm.days_since"];

/// Whether a tool may read a column: those of tools that publish before it. Any other would depend on what was opened
/// first, or go round in a circle.
pub fn may_read(reader: &str, name: &str) -> bool {
    publisher(name).is_some_and(|tool| publishers_before(reader).iter().any(|before| before.id == tool))
}

/// A published measure, best when it is large.
pub fn measure_column<'a>(gradings: &'a Gradings, reader: &str, name: &str) -> Option<&'a Grading> {
    let grading = gradings.get(name)?;
    let is_measure = matches!(grading.data, GradingData::Money(_) | GradingData::Numbers(_));
    let is_measure = is_measure && !grading.is_part && !LESS_IS_BETTER.contains(&name);
    (is_measure && may_read(reader, name)).then_some(grading)
}

/// The measures that are published and that a tool may read.
pub fn measures(gradings: &Gradings, reader: &str) -> Vec<PublishedColumn> {
    let column = |name: &str| {
        let title = measure_column(gradings, reader, name)?.title.clone();
        Some(PublishedColumn { name: name.to_string(), title })
    };
    gradings.names().filter_map(column).collect()
}

/// By which a result tells that what it was made from has changed: all columns that a tool may read.
pub fn fingerprint(gradings: &Gradings, reader: &str) -> Vec<(String, String)> {
    let read = gradings.names().filter(|name| may_read(reader, name));
    read.filter_map(|name| Some((name.to_string(), gradings.get(name)?.made_with.clone()))).collect()
}

/// The measures that a tool can offer, whether they are worked out or not.
pub fn offered(reader: &str) -> impl Iterator<Item = &'static Measure> {
    publishers_before(reader).into_iter().flat_map(|tool| tool.measures)
}

/// What is known of a measure before it is published.
pub fn measure(name: &str) -> Option<&'static Measure> {
    TOOLS.iter().flat_map(|tool| tool.measures).find(|measure| measure.name == name)
}

/// The tool whose column a tool may read.
pub fn tool_of(reader: &str, name: &str) -> Option<&'static Listed> {
    find(publisher(name)?).filter(|_| may_read(reader, name))
}

/// Whether a text can be a published column's name: the tool, a dot, and the column.
///
/// ```
/// use quintile::tools::published::is_name;
/// assert!(is_name("clv_forecast.value") && !is_name("value") && !is_name("a.b.c") && !is_name("A.b"));
/// ```
pub fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let part = |part: &str| (1..=40).contains(&part.len()) && part.bytes().all(is_plain);
    text.split_once('.').is_some_and(|(tool, column)| part(tool) && part(column))
}

/// The way to the page of a tool, in words.
pub fn say_open(tool: &Listed, lang: Lang) -> String {
    let title = (tool.title)(lang);
    lang.pick(format!("Open “{title}”"), format!("開啟「{title}」"))
}

/// Why a column cannot be read, and what to try.
pub fn say_missing(reader: &str, name: &str, lang: Lang) -> String {
    let title = measure(name).map_or(name, |measure| (measure.title)(lang));
    match tool_of(reader, name) {
        Some(tool) => {
            let tool = (tool.title)(lang);
            lang.pick(
                format!(
                    "“{title}” comes from the page “{tool}”, which has no result for these data. Open that page: it says why, and what to try. Or choose something else here."
                ),
                format!("「{title}」來自「{tool}」頁，這份資料在那一頁沒有結果。請到那一頁看原因與作法，或在這裡改選其他依據。"),
            )
        }
        None => lang.pick(
            format!("No tool publishes the column “{name}” from these data. Choose something else."),
            format!("這份資料沒有「{name}」這個欄位。請改選其他依據。"),
        ),
    }
}
