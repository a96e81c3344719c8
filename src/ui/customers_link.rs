//! The way from a class of customers, anywhere in the program, to the list of those customers.

use crate::ui::state::AppState;
use leptos::prelude::*;
use serde_json::json;

/// The tool that lists customers.
const CUSTOMERS: &str = "customers";

/// Opens the list of customers with these classes of published columns (the column's name, and the English name of
/// the class), as its own inputs.
pub fn list_customers(app: AppState, filters: &[(&str, String)]) {
    let filters: Vec<_> =
        filters.iter().map(|(grading, class)| json!({ "grading": grading, "any_of": [class] })).collect();
    app.set(CUSTOMERS, &json!({ "filters": filters }));
    let _ = window().location().set_hash(&format!("#/{CUSTOMERS}"));
}
