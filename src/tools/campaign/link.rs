//! The campaign's numbers in an address: whitelisted, typed fields; never names, counts or what was recorded.

use super::options::{CampaignOptions, INTERVALS, Stage};
use crate::core::link::MAX_LENGTH;
use serde_json::Value;

type Fields = Vec<(String, String)>;

const STAGES: [&str; 5] = ["cells", "sample", "test", "rollout", "review"];

/// The inputs of a workspace record as address fields; defaults are left out.
pub fn write(record: &Value) -> Fields {
    let options: CampaignOptions = serde_json::from_value(record.clone()).unwrap_or_default();
    let default = CampaignOptions::default();
    let mut fields = Fields::new();
    let mut put = |name: &str, value: String| fields.push((name.into(), value));
    if options.stage != default.stage {
        put("step", STAGES[options.stage.index()].into());
    }
    if options.interval != default.interval {
        put("n", options.interval.to_string());
    }
    if options.cost_per_piece != default.cost_per_piece {
        put("cost", options.cost_per_piece.to_string());
    }
    if options.profit_per_response != default.profit_per_response {
        put("profit", options.profit_per_response.to_string());
    }
    debug_assert!(
        fields.iter().map(|(name, value)| name.len() + value.len() + 2).sum::<usize>() < MAX_LENGTH
    );
    fields
}

/// Address fields as a workspace record, and the names of the fields that were not understood.
pub fn read(fields: &[(String, String)]) -> (Value, Vec<String>) {
    let mut options = CampaignOptions::default();
    let mut unknown = Vec::new();
    for (name, value) in fields {
        if read_field(&mut options, name, value).is_none() {
            unknown.push(name.clone());
        }
    }
    (serde_json::to_value(options).expect("options are JSON"), unknown)
}

fn read_field(options: &mut CampaignOptions, name: &str, value: &str) -> Option<()> {
    match name {
        "step" => options.stage = Stage::ALL[STAGES.iter().position(|step| *step == value)?],
        "n" => options.interval = value.parse().ok().filter(|n| INTERVALS.contains(n))?,
        "cost" => options.cost_per_piece = read_number(value).filter(|&cost| cost >= 0.0)?,
        "profit" => options.profit_per_response = read_number(value).filter(|&profit| profit > 0.0)?,
        _ => return None,
    }
    Some(())
}

fn read_number(value: &str) -> Option<f64> {
    value.parse::<f64>().ok().filter(|number| number.is_finite())
}
