//! Tests, long tests and benchmarks: the core natively, the release build in a real browser.

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

/// Checks that all run, also after one has failed.
#[derive(Default)]
struct Checks {
    failed: Vec<String>,
}

impl Checks {
    fn run(&mut self, what: &str, work: impl FnOnce() -> Result<()>) {
        if let Err(error) = step(what, work) {
            println!("  {error:#}");
            self.failed.push(what.to_owned());
        }
    }

    fn end(self, passed: &str) -> Result<()> {
        if !self.failed.is_empty() {
            bail!("failed: {}", self.failed.join("; "));
        }
        println!("{passed}");
        Ok(())
    }
}

/// Everything that must hold before a change goes in.
pub fn test(project: &Project, part: Part, filter: Option<&str>) -> Result<()> {
    let mut checks = Checks::default();
    if part != Part::Browser {
        checks.run("test the pure part", || run(&mut pure_tests(project)));
        if has_page_tests(project) {
            checks.run("test what of the page runs natively", || {
                run(project.cargo().args(["test", "--locked", "--lib", "--no-fail-fast"]))
            });
        }
        checks.run("test the build tool", || {
            run(project.cargo().args(["test", "--locked", "--profile=xtask", "--package=xtask"]))
        });
    }
    if part != Part::Native {
        checks.run("test the release build in the browser", || {
            // Two files at a time, even on two cores: a test mostly waits for its browser.
            in_browser(project, ".test.mjs", 2, filter)
        });
    }
    checks.end("All tests passed.")
}

/// What takes too long for every change: native tests marked `#[ignore]`, and the browser's `*.soak.mjs`.
pub fn soak(project: &Project, part: Part, filter: Option<&str>) -> Result<()> {
    let mut checks = Checks::default();
    if part != Part::Browser {
        checks.run("the long tests of the pure part", || run(pure_tests(project).args(["--", "--ignored"])));
    }
    if part != Part::Native {
        checks.run("the long tests of the release build in the browsers", || {
            in_browser(project, ".soak.mjs", 1, filter)
        });
    }
    checks.end("All long tests passed.")
}

/// Whether every dependency may be here; with `advisories`, whether one is known to be unsafe (this asks the net).
pub fn deny(project: &Project, advisories: bool) -> Result<()> {
    let program = setup::cargo_deny(project)?;
    let what: &[&str] = if advisories { &["advisories"] } else { &["licenses", "sources", "bans"] };
    let words = ["--locked", "check"];
    step("check the dependencies", || {
        run(Command::new(program).current_dir(&project.root).args(words).args(what))
    })
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

fn pure_tests(project: &Project) -> Command {
    let mut command = project.cargo();
    command.args(["test", "--locked", "--no-default-features", "--features=draw", "--no-fail-fast"]);
    command
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

/// Runs the files of browser tests whose names end so, some at a time.
fn in_browser(project: &Project, ending: &str, at_a_time: usize, filter: Option<&str>) -> Result<()> {
    let mut files: Vec<PathBuf> = fs::read_dir(project.browser_tests())?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    if files.is_empty() {
        // Node would look for tests by itself.
        bail!("there is no {}/*{ending}", project.browser_tests().display());
    }
    let chromium = ready_browser(project)?;
    let mut command = node(project, &chromium);
    if files.iter().any(|path| path.to_string_lossy().contains("firefox")) {
        command.env("FIREFOX", setup::firefox()?);
    }
    // People read `spec`; logs and machines read TAP with its closing `# pass N`.
    let reporter = if stdout().is_terminal() { "spec" } else { "tap" };
    command.args([
        "--test",
        &format!("--test-concurrency={at_a_time}"),
        &format!("--test-reporter={reporter}"),
    ]);
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
