//! The shell and the shared components. Views are thin: what they show is calculated elsewhere.

pub mod app;
pub mod dialog;
pub mod explain_panel;
pub mod fields;
pub mod glossary_page;
pub mod job;
pub mod navigation;
pub mod notices;
pub mod presenter;
pub mod routing;
pub mod settings_page;
pub mod share;
pub mod startup;
pub mod state;
pub mod text;
pub mod topbar;
pub mod workspace_menu;
