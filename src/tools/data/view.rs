//! The data page.

use super::import_view::ImportCard;
use super::rules_view::RulesCard;
use super::tables_view::TableCards;
use crate::tools::Tool;
use crate::ui::explain_panel::CoursePanel;
use leptos::prelude::*;

pub fn view() -> AnyView {
    static TOOL: &Tool = &super::TOOL;
    view! {
        <ImportCard/>
        <RulesCard/>
        <TableCards/>
        <CoursePanel tool=TOOL/>
    }
    .into_any()
}
