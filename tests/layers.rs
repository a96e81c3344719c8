//! Keeps the table of `src/lib.rs` true: which module may use which.
//!
//! Paths from `crate::`, `super::` and `std::` are read out of the code (not out of texts and comments), groups in
//! braces included; a macro could hide one, a person would see it.

mod paths;
mod source;

use paths::{identifiers, paths};
use source::{files, folders, without_tests};

/// Crates that need a browser or draw the page.
const BROWSER_CRATES: [&str; 8] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "leptos",
    "plotters",
    "console_error_panic_hook",
    "qrcodegen",
];

/// What of `std` asks the machine: the pure layers are given time, seeds and files' bytes as arguments.
const MACHINE: [&str; 6] = ["env", "fs", "net", "process", "thread", "time"];

/// Where a file stands in the house.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Layer {
    Core,
    /// Pure charts: what to draw.
    Charts,
    /// Charts behind a feature: how to draw it on the page.
    ChartsPage,
    Jobs,
    /// `tools/mod.rs`, the one list.
    ToolList,
    Tool(String),
    ToolView(String),
    Io,
    Ui,
    /// `lib.rs`, `main.rs`, `bin/*`: they put the house together.
    Top,
}

/// `view.rs`, `view/…`, `view_table.rs` and `table_view.rs` are the page of a tool.
fn is_view(name: &str) -> bool {
    name.split('_').any(|word| word == "view")
}

struct House {
    tools: Vec<String>,
    /// Modules of `charts` that are behind a feature.
    charts_page: Vec<String>,
}

impl House {
    fn layer(&self, path: &str) -> Layer {
        let parts: Vec<&str> = path.trim_start_matches("src/").split('/').collect();
        let stem = |name: &str| name.trim_end_matches(".rs").to_string();
        match parts[..] {
            ["core", ..] => Layer::Core,
            ["charts", name, ..] if self.charts_page.contains(&stem(name)) => Layer::ChartsPage,
            ["charts", ..] => Layer::Charts,
            ["jobs", ..] => Layer::Jobs,
            ["tools", tool, name, ..] if is_view(&stem(name)) => Layer::ToolView(tool.into()),
            ["tools", tool, _, ..] => Layer::Tool(tool.into()),
            ["tools", ..] => Layer::ToolList,
            ["io", ..] => Layer::Io,
            ["ui", ..] => Layer::Ui,
            _ => Layer::Top,
        }
    }

    /// Whether a file of a layer may name a path of ours, given from the crate's root.
    fn may_use(&self, layer: &Layer, path: &[String]) -> bool {
        let second = path.get(1).map(String::as_str).unwrap_or_default();
        let names_tool = self.tools.iter().any(|tool| tool == second) || second == "*";
        let target = match path.first().map(String::as_str) {
            Some("core") => Layer::Core,
            Some("charts") if self.charts_page.iter().any(|page| page == second) => Layer::ChartsPage,
            Some("charts") => Layer::Charts,
            Some("jobs") => Layer::Jobs,
            Some("tools") if names_tool => Layer::Tool(second.into()),
            Some("tools") => Layer::ToolList,
            Some("io") => Layer::Io,
            Some("ui") => Layer::Ui,
            _ => return true,
        };
        match layer {
            Layer::Core => target == Layer::Core,
            Layer::Charts => [Layer::Core, Layer::Charts].contains(&target),
            Layer::ChartsPage => [Layer::Core, Layer::Charts, Layer::ChartsPage].contains(&target),
            Layer::Jobs => [Layer::Core, Layer::Jobs, Layer::ToolList].contains(&target),
            Layer::ToolList => match target {
                Layer::Core | Layer::Jobs | Layer::ToolList => true,
                // The list names the tools, and nothing more of them.
                Layer::Tool(_) => second != "*",
                _ => false,
            },
            Layer::Tool(own) => match target {
                Layer::Core | Layer::Charts | Layer::Jobs | Layer::ToolList => true,
                Layer::Tool(tool) => tool == *own,
                _ => false,
            },
            Layer::ToolView(own) => !matches!(target, Layer::Tool(tool) if tool != *own),
            Layer::Io => [Layer::Core, Layer::Jobs, Layer::ToolList, Layer::Io].contains(&target),
            Layer::Ui | Layer::Top => true,
        }
    }

    /// What is wrong in a file, each with what it names.
    fn violations(&self, path: &str, file: &str) -> Vec<String> {
        let layer = self.layer(path);
        let mut found = Vec::new();
        for used in paths(path, file) {
            if !self.may_use(&layer, &used) {
                found.push(used.join("::"));
            }
        }
        let pure =
            matches!(layer, Layer::Core | Layer::Charts | Layer::Jobs | Layer::ToolList | Layer::Tool(_));
        if pure {
            // The list holds the pages of the tools, and says so with the type of a page.
            let may_name = |name: &str| layer == Layer::ToolList && name == "leptos";
            let crates = identifiers(file)
                .into_iter()
                .filter(|name| BROWSER_CRATES.contains(&name.as_str()) || name.starts_with("gloo"));
            found.extend(crates.filter(|name| !may_name(name)));
            let std_paths = paths(path, without_tests(file)).into_iter().filter(|used| used[0] == "std");
            let machine = std_paths.filter(|used| used.len() > 1 && MACHINE.contains(&used[1].as_str()));
            found.extend(machine.map(|used| used.join("::")));
        }
        found.sort();
        found.dedup();
        found
    }
}

/// Modules of `charts/mod.rs` that stand behind a feature.
fn modules_behind_a_feature(charts: &str) -> Vec<String> {
    let lines: Vec<&str> = charts.lines().map(str::trim).collect();
    let behind = lines.windows(2).filter(|pair| pair[0].starts_with("#[cfg(feature"));
    let module = |line: &str| Some(line.split_once("mod ")?.1.trim_end_matches(';').to_string());
    behind.filter_map(|pair| module(pair[1])).collect()
}

#[test]
fn every_module_uses_only_what_its_layer_may() {
    let rust = files("src", "rs");
    let charts = &rust.iter().find(|(path, _)| path == "src/charts/mod.rs").expect("charts are there").1;
    let house = House { tools: folders("src/tools"), charts_page: modules_behind_a_feature(charts) };
    let mut report = String::new();
    for (path, file) in &rust {
        for used in house.violations(path, file) {
            report.push_str(&format!("{path} ({:?}) uses {used}\n", house.layer(path)));
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

mod checker {
    use super::*;

    fn violations(path: &str, file: &str) -> Vec<String> {
        let tools = vec!["rfm".into(), "pyramid".into()];
        House { tools, charts_page: vec!["svg".into()] }.violations(path, file)
    }

    #[test]
    fn a_forbidden_use_is_caught_in_every_layer() {
        for (path, line, caught) in [
            ("src/core/day.rs", "use crate::jobs::Session;", "jobs::Session"),
            ("src/core/a/b.rs", "use crate::{core::day, charts::spec::Chart};", "charts::spec::Chart"),
            ("src/charts/spec.rs", "fn f() { crate::tools::find(\"\"); }", "tools::find"),
            ("src/charts/layout.rs", "use super::svg::draw;", "charts::svg::draw"),
            ("src/jobs/mod.rs", "use crate::tools::rfm::model::Cells;", "tools::rfm::model::Cells"),
            ("src/jobs/mod.rs", "use crate::io::files;", "io::files"),
            ("src/tools/rfm/model.rs", "use crate::tools::pyramid;", "tools::pyramid"),
            ("src/tools/rfm/model.rs", "use super::super::pyramid::model as m;", "tools::pyramid::model"),
            ("src/tools/rfm/chart.rs", "use crate::charts::{spec, svg};", "charts::svg"),
            ("src/tools/rfm/job.rs", "use crate::ui::shell;", "ui::shell"),
            ("src/tools/rfm/view.rs", "use crate::tools::{pyramid::model, Tool};", "tools::pyramid::model"),
            ("src/tools/rfm/model.rs", "use crate::tools::*;", "tools::*"),
            ("src/tools/rfm/review.rs", "use crate::ui::shell;", "ui::shell"),
            ("src/io/files.rs", "use crate::ui::shell;", "ui::shell"),
            ("src/charts/svg.rs", "use crate::io::files;", "io::files"),
        ] {
            assert_eq!(violations(path, line), [caught], "{path}: {line}");
        }
    }

    #[test]
    fn browser_crates_and_the_machine_are_caught_in_pure_layers() {
        assert_eq!(violations("src/core/day.rs", "use web_sys::Window;"), ["web_sys"]);
        assert_eq!(
            violations("src/tools/rfm/text.rs", "let x = gloo_storage::LocalStorage;"),
            ["gloo_storage"]
        );
        assert_eq!(violations("src/tools/rfm/mod.rs", "use leptos::prelude::*;"), ["leptos"]);
        assert_eq!(violations("src/tools/mod.rs", "view: fn() -> leptos::prelude::AnyView,"), [""; 0]);
        assert_eq!(violations("src/core/day.rs", "use std::{fmt, time::Instant};"), ["std::time::Instant"]);
        assert_eq!(violations("src/io/files.rs", "use web_sys::Window;"), [""; 0]);
    }

    #[test]
    fn lawful_uses_pass() {
        for (path, line) in [
            ("src/core/codec.rs", "use crate::core::table::{Role, Table}; use super::day;"),
            ("src/core/day.rs", "// use crate::ui::shell;\nlet a = \"crate::ui\"; pub(crate) fn f() {}"),
            ("src/jobs/mod.rs", "crate::tools::find(&request.tool); use crate::tools::TOOLS;"),
            ("src/tools/mod.rs", "pub mod rfm; static TOOLS: &[Tool] = &[crate::tools::rfm::TOOL];"),
            (
                "src/tools/rfm/mod.rs",
                "use crate::tools::{Group, Tool}; mod view; mod tests { use super::*; }",
            ),
            ("src/tools/rfm/view.rs", "use crate::{io::files, ui::frame, charts::svg}; use super::model;"),
            ("src/tools/rfm/rules_view.rs", "use crate::ui::fields; use leptos::prelude::*;"),
            ("src/ui/mod.rs", "use crate::tools::rfm::model; use leptos::prelude::*;"),
            ("src/core/day.rs", "fn f() {}\n\n#[cfg(test)]\nmod tests { use std::fs; }"),
        ] {
            assert_eq!(violations(path, line), [""; 0], "{path}: {line}");
        }
    }

    #[test]
    fn page_charts_are_those_behind_a_feature() {
        let charts = "pub mod spec;\n#[cfg(feature = \"ui\")]\npub mod svg;\npub mod table;\n";
        assert_eq!(modules_behind_a_feature(charts), ["svg"]);
    }
}
