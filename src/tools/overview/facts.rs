//! What the records of a workspace tell the overview: other tools' inputs, known by their names alone.
//!
//! A record that was never set, or a field of another shape, is its tool's default.

use crate::core::day::Day;
use crate::core::summary::AnalysisFrame;
use crate::core::workspace::{SampleId, Source, Workspace};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything that the worker cannot see in the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    pub today: Day,
    /// The data are a generated sample.
    pub sample: Option<SampleId>,
    /// The periods that the columns of RFM and of the pyramid are made for.
    pub rfm_frame: AnalysisFrame,
    pub pyramid_frame: AnalysisFrame,
    /// Somebody has written what is done for a tier.
    pub has_strategies: bool,
    pub campaign: CampaignFacts,
}

/// What a campaign is about and how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignFacts {
    pub name: String,
    /// In units of the workspace's currency.
    pub cost_per_piece: f64,
    pub profit_per_response: f64,
    /// The day of the recorded test, and of the recorded roll-out.
    pub tested_on: Option<Day>,
    pub rolled_out_on: Option<Day>,
    pub has_responses: bool,
    pub has_review: bool,
}

impl Default for CampaignFacts {
    /// The course's example: 0.62 a piece, 35 a response.
    fn default() -> CampaignFacts {
        CampaignFacts {
            name: String::new(),
            cost_per_piece: 0.62,
            profit_per_response: 35.0,
            tested_on: None,
            rolled_out_on: None,
            has_responses: false,
            has_review: false,
        }
    }
}

impl Facts {
    pub fn of(workspace: &Workspace, today: Day) -> Facts {
        let record = |id: &str| workspace.records.get(id).unwrap_or(&Value::Null);
        let sample = match workspace.source() {
            Source::Sample { sample, .. } => Some(sample),
            _ => None,
        };
        Facts {
            today,
            sample,
            rfm_frame: frame(record("rfm")),
            pyramid_frame: frame(record("pyramid")),
            has_strategies: record("pyramid").get("strategies").is_some_and(has_text),
            campaign: CampaignFacts::of(record("campaign")),
        }
    }
}

impl CampaignFacts {
    fn of(record: &Value) -> CampaignFacts {
        let defaults = CampaignFacts::default();
        let mailed_on = |name: &str| field(record.get(name)?, "on");
        // Where responses come from is a name, or an object with one: anything but "not yet" is some.
        let given = |name: &str| record.get(name).is_some_and(|from| from != "not_yet");
        CampaignFacts {
            name: field(record, "name").unwrap_or(defaults.name),
            cost_per_piece: field(record, "cost_per_piece").unwrap_or(defaults.cost_per_piece),
            profit_per_response: field(record, "profit_per_response").unwrap_or(defaults.profit_per_response),
            tested_on: mailed_on("kept_test"),
            rolled_out_on: mailed_on("kept_roll_out"),
            has_responses: given("responses"),
            has_review: given("review"),
        }
    }
}

/// Something is written somewhere in a record.
fn has_text(record: &Value) -> bool {
    match record {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(parts) => parts.iter().any(has_text),
        Value::Object(parts) => parts.values().any(has_text),
        _ => false,
    }
}

fn field<T: DeserializeOwned>(record: &Value, name: &str) -> Option<T> {
    T::deserialize(record.get(name)?).ok()
}

/// A tool's analysis date and period stand beside its other inputs.
fn frame(record: &Value) -> AnalysisFrame {
    AnalysisFrame::deserialize(record).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::summary::Window;
    use serde_json::json;

    fn workspace(records: &[(&str, Value)]) -> Workspace {
        let mut workspace = Workspace::new("1", "Shop", Source::Stored { id: "2".into() });
        records.iter().for_each(|(id, record)| workspace.set(id, record, None));
        workspace
    }

    #[test]
    fn a_workspace_without_records_has_the_defaults_of_every_tool() {
        let facts = Facts::of(&workspace(&[]), Day(1));
        let campaign = CampaignFacts::default();
        assert_eq!((campaign.cost_per_piece, campaign.profit_per_response), (0.62, 35.0));
        let frame = AnalysisFrame::default();
        let expected = Facts {
            today: Day(1),
            sample: None,
            rfm_frame: frame,
            pyramid_frame: frame,
            has_strategies: false,
            campaign,
        };
        assert_eq!(facts, expected);
    }

    #[test]
    fn periods_strategies_and_the_state_of_a_campaign_are_read_by_name() {
        let test = json!({ "on": Day(20_000), "cells_from": "rfm.cell", "cells": [] });
        let facts = Facts::of(
            &workspace(&[
                ("rfm", json!({ "bins": [5, 5, 5], "window": { "last_months": 12 } })),
                (
                    "pyramid",
                    json!({ "analysis_date": Day(20_100), "strategies": { "tiers": ["", " a phone call "], "inactive": "" } }),
                ),
                (
                    "campaign",
                    json!({ "name": "Spring", "cost_per_piece": 1.5, "kept_test": test,
                    "kept_roll_out": null, "responses": { "typed": {} }, "review": "not_yet" }),
                ),
            ]),
            Day(1),
        );
        assert_eq!(facts.rfm_frame.window, Window::LastMonths(12));
        assert_eq!(facts.pyramid_frame.analysis_date, Some(Day(20_100)));
        assert!(facts.has_strategies);
        let campaign = facts.campaign;
        assert_eq!(
            (campaign.name.as_str(), campaign.cost_per_piece, campaign.profit_per_response),
            ("Spring", 1.5, 35.0)
        );
        assert_eq!((campaign.tested_on, campaign.rolled_out_on), (Some(Day(20_000)), None));
        assert_eq!((campaign.has_responses, campaign.has_review), (true, false));
    }

    #[test]
    fn a_sample_is_known_and_records_of_another_shape_are_passed_over() {
        let mut sample =
            Workspace::new("1", "S", Source::Sample { sample: SampleId::Shop, seed: 1, added: None });
        sample.set("campaign", &json!([1, 2]), None);
        sample.set("pyramid", &json!({ "strategies": { "tiers": [" "] }, "window": "sometimes" }), None);
        let facts = Facts::of(&sample, Day(1));
        assert_eq!((facts.sample, facts.campaign), (Some(SampleId::Shop), CampaignFacts::default()));
        assert_eq!((facts.pyramid_frame, facts.has_strategies), (AnalysisFrame::default(), false));
    }
}
