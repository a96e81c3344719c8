//! Tests and benchmarks: the core natively, the release build in a real browser.

use crate::dist;
use crate::project::Project;
use crate::setup;
use crate::step::{run, step};
use anyhow::{Result, bail};
use std::fs;
use std::io::{IsTerminal, stdout};
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    All,
    Native,
    Browser,
}

/// Runs everything asked for, also after a failure, and fails at the end.
pub fn test(project: &Project, part: Part, filter: Option<&str>) -> Result<()> {
    let mut failed = Vec::new();
    let mut check = |what: &str, work: &mut dyn FnMut() -> Result<()>| {
        if let Err(error) = step(what, work) {
            println!("  {error:#}");
            failed.push(what.to_owned());
        }
    };
    if part != Part::Browser {
        check("test the pure part", &mut || {
            run(project.cargo().args([
                "test",
                "--locked",
                "--no-default-features",
                "--features=draw",
                "--no-fail-fast",
            ]))
        });
        if has_page_tests(project) {
            check("test what of the page runs natively", &mut || {
                run(project.cargo().args(["test", "--locked", "--lib", "--no-fail-fast"]))
            });
        }
        check("test the build tool", &mut || {
            run(project.cargo().args(["test", "--locked", "--profile=xtask", "--package=xtask"]))
        });
    }
    if part != Part::Native {
        check("test the release build in the browser", &mut || test_in_browser(project, filter));
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join("; "));
    }
    println!("All tests passed.");
    Ok(())
}

pub fn bench(project: &Project, part: Part) -> Result<()> {
    if part != Part::Browser {
        step("measure the core", || {
            run(project.cargo().args(["bench", "--locked", "--no-default-features", "--benches"]))
        })?;
    }
    if part != Part::Native {
        let chromium = ready_browser(project)?;
        step("measure the release build in the browser", || {
            run(node(project, &chromium).arg(project.browser_tests().join("bench.mjs")))
        })?;
    }
    Ok(())
}

/// Tests in parts that need the page's crates: compiling those natively takes minutes, so not without need.
fn has_page_tests(project: &Project) -> bool {
    fn any(path: &Path, of_page: bool) -> bool {
        if let Ok(entries) = fs::read_dir(path) {
            let of_page = of_page || ["ui", "io"].iter().any(|name| path.ends_with(name));
            return entries.flatten().any(|entry| any(&entry.path(), of_page));
        }
        let of_page = of_page || ["view.rs", "svg.rs"].iter().any(|name| path.ends_with(name));
        of_page && fs::read_to_string(path).is_ok_and(|text| text.contains("#[test]"))
    }
    any(&project.root.join("src"), false)
}

fn test_in_browser(project: &Project, filter: Option<&str>) -> Result<()> {
    let chromium = ready_browser(project)?;
    let mut files: Vec<PathBuf> = fs::read_dir(project.browser_tests())?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    // People read `spec`; logs and machines read TAP with its closing `# pass N`.
    let reporter = if stdout().is_terminal() { "spec" } else { "tap" };
    let mut command = node(project, &chromium);
    // Two files at a time, even on two cores: a test mostly waits for its browser.
    command.args(["--test", "--test-concurrency=2", &format!("--test-reporter={reporter}")]);
    if let Some(filter) = filter {
        let named =
            |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().contains(filter));
        if files.iter().any(named) {
            files.retain(named);
        } else {
            command.arg(format!("--test-name-pattern={filter}"));
        }
    }
    run(command.args(files))
}

/// The release build, Node's packages and a browser.
fn ready_browser(project: &Project) -> Result<PathBuf> {
    setup::npm_packages(project)?;
    let chromium = setup::chromium()?;
    dist::dist(project)?;
    Ok(chromium)
}

fn node(project: &Project, chromium: &Path) -> Command {
    let mut command = Command::new("node");
    command
        .current_dir(&project.root)
        .env("CHROMIUM", chromium)
        .env("QUINTILE_DIST", project.dist())
        .env("QUINTILE_SCREENSHOTS", project.target.join("screenshots"));
    command
}
