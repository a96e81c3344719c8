//! RFM options in an address: whitelisted, typed fields; parameters only.

use super::options::{
    BINS, Best, Method, Monetary, OptionsError, QuantileEdge, RfmOptions, Thresholds, Ties,
};
use super::segments::{Rule, SegmentRules};
use crate::core::day::Day;
use crate::core::excerpt::turns;
use crate::core::summary::Window;
use crate::tools::published::offered;
use serde_json::Value;

type Fields = Vec<(String, String)>;

/// The longest address part that all fields may make together, each written as `name=value` and percent-encoded.
pub const LONGEST: usize = 2_000;

/// The inputs of a workspace record as address fields; defaults are left out, and so are a person's own segment
/// rules when the address would become too long (see [`left_out`]).
pub fn write(record: &Value) -> Fields {
    let options: RfmOptions = serde_json::from_value(record.clone()).unwrap_or_default();
    let mut fields = plain_fields(&options);
    if let Some(segments) = segment_field(&options.segments) {
        fields.push(segments);
        if length(&fields) > LONGEST {
            fields.pop();
        }
    }
    fields
}

/// Names of the inputs that do not fit into an address.
pub fn left_out(options: &RfmOptions) -> Vec<&'static str> {
    let mut fields = plain_fields(options);
    fields.extend(segment_field(&options.segments));
    if length(&fields) > LONGEST { vec!["segments"] } else { Vec::new() }
}

/// A person's own segment rules that are too long for an address stay when a link without rules is opened.
pub fn keep(old: &Value, new: Value) -> Value {
    let Ok(old) = serde_json::from_value::<RfmOptions>(old.clone()) else { return new };
    let mut options: RfmOptions = serde_json::from_value(new).unwrap_or_default();
    if options.segments == SegmentRules::default() && !left_out(&old).is_empty() {
        options.segments = old.segments;
    }
    serde_json::to_value(options).expect("options are JSON")
}

/// Address fields as a workspace record, and the names of the fields that were not understood.
pub fn read(fields: &[(String, String)]) -> (Value, Vec<String>) {
    let mut options = RfmOptions::default();
    let mut typed = Typed::default();
    let mut unknown = Vec::new();
    for (name, value) in fields {
        if read_field(&mut options, &mut typed, name, value).is_none() {
            unknown.push(name.clone());
        }
    }
    let methods = [("method", Some(&mut options.method)), ("vs", options.compare_with.as_mut())];
    for ((field, method), lists) in methods.into_iter().zip([typed.first, typed.second]) {
        if let Some(method @ Method::Thresholds(_)) = method {
            *method = thresholds(lists);
            if options_error(method).is_some() {
                *method = Method::default();
                unknown.push(field.into());
            }
        }
    }
    (serde_json::to_value(options).expect("options are JSON"), unknown)
}

fn options_error(method: &Method) -> Option<OptionsError> {
    RfmOptions::default().bins_of(method).err()
}

/// The thresholds of either method are three fields, which come in any order.
#[derive(Default)]
struct Typed {
    first: [Vec<i64>; 3],
    second: [Vec<i64>; 3],
}

fn thresholds([recency, frequency, monetary]: [Vec<i64>; 3]) -> Method {
    Method::Thresholds(Thresholds { recency, frequency, monetary })
}

fn plain_fields(options: &RfmOptions) -> Fields {
    let mut fields = Fields::new();
    let mut put = |name: &str, value: String| fields.push((name.into(), value));
    if let Some(day) = options.analysis_date {
        put("date", day.to_string());
    }
    if let Some(window) = options.window.to_field() {
        put("window", window);
    }
    if options.bins != [5; 3] {
        put("bins", options.bins.map(|k| k.to_string()).join("-"));
    }
    if options.best == Best::One {
        put("best", "1".into());
    }
    match &options.monetary {
        Monetary::Published(name) if is_offered(name) => put("money", name.clone()),
        Monetary::Mean => put("money", "mean".into()),
        Monetary::Total | Monetary::Published(_) => {}
    }
    if options.method != Method::default() {
        put("method", method_name(&options.method).into());
    }
    if let Some(method) = &options.compare_with {
        put("vs", method_name(method).into());
    }
    for (prefix, method) in [("t", Some(&options.method)), ("v", options.compare_with.as_ref())] {
        if let Some(Method::Thresholds(typed)) = method {
            for (letter, list) in [("r", &typed.recency), ("f", &typed.frequency), ("m", &typed.monetary)] {
                let list: Vec<String> = list.iter().map(i64::to_string).collect();
                put(&format!("{prefix}{letter}"), list.join(","));
            }
        }
    }
    if options.small_cell != RfmOptions::default().small_cell {
        put("small", options.small_cell.to_string());
    }
    fields
}

const METHODS: [(&str, Method); 5] = [
    ("rank", Method::Independent { ties: Ties::MinRank }),
    ("equal", Method::Independent { ties: Ties::EqualGroups }),
    ("nested", Method::Nested),
    ("quantile", Method::QuantileCuts { edge: QuantileEdge::AtOrBelow }),
    ("quantile1", Method::QuantileCuts { edge: QuantileEdge::PlusOne }),
];

fn method_name(method: &Method) -> &'static str {
    METHODS.iter().find(|(_, known)| known == method).map_or("typed", |(name, _)| name)
}

fn read_method(name: &str) -> Option<Method> {
    if name == "typed" {
        return Some(thresholds(Default::default()));
    }
    METHODS.iter().find(|(known, _)| *known == name).map(|(_, method)| method.clone())
}

fn read_field(options: &mut RfmOptions, typed: &mut Typed, name: &str, value: &str) -> Option<()> {
    match name {
        "date" => options.analysis_date = Some(Day::parse_iso(value)?),
        "window" => options.window = Window::of_field(value)?,
        "bins" => options.bins = read_bins(value)?,
        "best" => options.best = (value == "1").then_some(Best::One)?,
        "money" if value == "mean" => options.monetary = Monetary::Mean,
        "money" => options.monetary = is_offered(value).then(|| Monetary::Published(value.into()))?,
        "method" => options.method = read_method(value)?,
        "vs" => options.compare_with = Some(read_method(value)?),
        "tr" => typed.first[0] = read_list(value)?,
        "tf" => typed.first[1] = read_list(value)?,
        "tm" => typed.first[2] = read_list(value)?,
        "vr" => typed.second[0] = read_list(value)?,
        "vf" => typed.second[1] = read_list(value)?,
        "vm" => typed.second[2] = read_list(value)?,
        "small" => options.small_cell = value.parse().ok()?,
        "segments" => options.segments = read_segments(value)?,
        _ => return None,
    }
    Some(())
}

fn is_offered(name: &str) -> bool {
    offered(super::TOOL.id).any(|measure| measure.name == name)
}

fn read_bins(value: &str) -> Option<[u8; 3]> {
    let bins: Vec<u8> = value.split('-').map(|k| k.parse().ok()).collect::<Option<_>>()?;
    let bins: [u8; 3] = bins.try_into().ok()?;
    bins.iter().all(|k| BINS.contains(k)).then_some(bins)
}

fn read_list(value: &str) -> Option<Vec<i64>> {
    value.split(',').map(|t| t.parse().ok()).collect::<Option<Vec<i64>>>().filter(|list| list.len() <= 9)
}

/// `555;Name,名稱,55,45,15;…`: the numbers of groups, then each rule's names and ranges, with `10` written `a`. A name
/// that turns what stands beside it is not one of ours.
fn segment_field(segments: &SegmentRules) -> Option<(String, String)> {
    let value = match segments {
        SegmentRules::Vignette => return None,
        SegmentRules::TestSet => "test".into(),
        SegmentRules::Custom { rules, bins } => {
            let digits = |list: &[u8]| list.iter().map(|&level| digit(level)).collect::<String>();
            let rule = |rule: &Rule| {
                let ranges = rule.ranges.map(|(from, to)| digits(&[from, to])).join(",");
                format!("{},{},{ranges}", escape(&rule.name_en), escape(&rule.name_zh))
            };
            let rules: Vec<String> = rules.iter().map(rule).collect();
            std::iter::once(digits(bins)).chain(rules).collect::<Vec<_>>().join(";")
        }
    };
    Some(("segments".into(), value))
}

fn read_segments(value: &str) -> Option<SegmentRules> {
    if value == "test" {
        return Some(SegmentRules::TestSet);
    }
    let mut parts = value.split(';');
    let bins = levels::<3>(parts.next()?)?;
    if !bins.iter().all(|k| BINS.contains(k)) {
        return None;
    }
    let rule = |part: &str| {
        let cells: [&str; 5] = part.split(',').collect::<Vec<_>>().try_into().ok()?;
        let range = |cell: &str| levels::<2>(cell).map(|[from, to]| (from, to));
        let ranges = [range(cells[2])?, range(cells[3])?, range(cells[4])?];
        Some(Rule { name_en: unescape(cells[0])?, name_zh: unescape(cells[1])?, ranges })
    };
    Some(SegmentRules::Custom { rules: parts.map(rule).collect::<Option<_>>()?, bins })
}

/// A level as one character; levels beyond ten, which no rule can reach, are written as eleven.
fn digit(level: u8) -> char {
    char::from_digit(u32::from(level.min(11)), 12).expect("a digit of base 12")
}

fn levels<const N: usize>(text: &str) -> Option<[u8; N]> {
    let found: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(12).map(|level| level as u8)).collect();
    found?.try_into().ok()
}

/// Keeps the separators out of names: `~` and two letters.
fn escape(name: &str) -> String {
    name.replace('~', "~t").replace(',', "~c").replace(';', "~s")
}

fn unescape(name: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = name.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '~' => match chars.next()? {
                't' => '~',
                'c' => ',',
                's' => ';',
                _ => return None,
            },
            c => c,
        });
    }
    Some(out).filter(|name| !name.contains(turns))
}

/// The length when every character that is not plain is percent-encoded.
fn length(fields: &Fields) -> usize {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let encoded = |text: &str| text.bytes().map(|byte| if plain(byte) { 1 } else { 3 }).sum::<usize>();
    fields.iter().map(|(name, value)| name.len() + encoded(value) + 2).sum()
}
