//! Lifetime models against published figures, independent computations, and what they must obey.

mod coverage;
mod extremes;
mod figures;
mod likelihood;
mod recovery;
mod sbg;
mod special;

use serde_json::Value;
use std::path::Path;

/// Fails unless two numbers agree to the relative `tolerance`.
#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    let off = (found - expected).abs();
    assert!(off <= tolerance * expected.abs(), "{found:e}, expected {expected:e}");
}

/// Fails unless two numbers agree to the absolute `tolerance`.
#[track_caller]
fn within(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found}, expected {expected} ± {tolerance}");
}

/// The published figures of a model, or a word that they are not here.
fn published(model: &str) -> Option<Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/numeric-checks.json");
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: the reference figures are not beside this checkout");
        return None;
    };
    let mut figures: Value = serde_json::from_str(&text).expect("JSON");
    Some(figures[model].take())
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().expect("a list").iter().map(|value| value.as_f64().expect("a number")).collect()
}
