//! The shell and the shared components. Views are thin: what they show is calculated elsewhere.

pub mod app;
pub mod chart_frame;
mod chart_marks;
mod chart_save;
mod chart_table;
mod chart_words;
pub mod customers_link;
pub mod dialog;
pub mod explain_panel;
pub mod fields;
pub mod figure;
pub mod file_drop;
pub mod glossary_page;
pub mod job;
pub mod navigation;
pub mod notices;
pub mod pager;
pub mod period;
pub mod presenter;
pub mod routing;
pub mod settings_page;
pub mod share;
pub mod startup;
pub mod state;
pub mod text;
pub mod topbar;
pub mod workspace_menu;
