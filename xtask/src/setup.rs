//! Installs what a fresh machine lacks, from package registries only. What is there already costs no time.

use crate::project::Project;
use crate::step::{output, run, step};
use crate::wasm::TARGET;
use anyhow::{Context, Result, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The oldest Node.js that the browser tests and wasm-opt run on.
const NODE: u32 = 18;

pub fn everything(project: &Project) -> Result<()> {
    wasm_target(project)?;
    for (component, program) in [("rustfmt", "cargo-fmt"), ("clippy", "cargo-clippy")] {
        if output(Command::new(program).arg("--version")).is_none() {
            step(&format!("add {component} to the Rust toolchain"), || {
                run(Command::new("rustup").args(["component", "add", component]).current_dir(&project.root))
            })?;
        }
    }
    npm_packages(project)?;
    let browser = chromium()?;
    println!("All is there; the browser is {}", browser.display());
    Ok(())
}

/// Rust's WebAssembly target.
pub fn wasm_target(project: &Project) -> Result<()> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(&project.root))
        .context("`rustc` does not answer: install Rust from https://rustup.rs")?;
    if Path::new(&sysroot).join("lib/rustlib").join(TARGET).exists() {
        return Ok(());
    }
    step("add the WebAssembly target to the Rust toolchain", || {
        run(Command::new("rustup").args(["target", "add", TARGET]).current_dir(&project.root)).with_context(
            || format!("Rust's standard library for {TARGET} is missing and rustup cannot add it"),
        )
    })
}

/// The script of wasm-opt, or nothing where there is no Node.js: then the release is larger and slower, but whole.
pub fn wasm_opt(project: &Project) -> Result<Option<PathBuf>> {
    if let Err(error) = npm_packages(project) {
        println!("  wasm-opt is skipped, the release will be larger: {error:#}");
        return Ok(None);
    }
    Ok(Some(project.npm_package("binaryen/bin/wasm-opt")))
}

/// The packages of `tests/browser/package-lock.json`: wasm-opt, the drivers of the browsers, axe-core.
pub fn npm_packages(project: &Project) -> Result<()> {
    node()?;
    let lock = fs::read(project.browser_tests().join("package-lock.json"))?;
    let stamp = project.npm_package(".installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("npm ci (wasm-opt, playwright-core, axe-core, ws)", || {
        run(Command::new(npm())
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .current_dir(project.browser_tests())
            .stdin(Stdio::null()))
    })?;
    Ok(fs::write(stamp, lock)?)
}

fn node() -> Result<()> {
    if node_version().is_none() {
        apt_install(&["nodejs"], "Node.js with npm")?;
    }
    match node_version() {
        Some(version) if version >= NODE => {}
        Some(version) => bail!("Node.js {version} is too old: install version {NODE} or newer"),
        None => bail!("Node.js is missing: install version {NODE} or newer from https://nodejs.org"),
    }
    if output(Command::new(npm()).arg("--version")).is_none() {
        apt_install(&["npm"], "npm")?;
    }
    Ok(())
}

fn node_version() -> Option<u32> {
    output(Command::new("node").arg("--version"))?.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// What checks the dependencies: compiled once into `target/tools`, quickly and not for speed.
pub fn cargo_deny(project: &Project) -> Result<PathBuf> {
    const VERSION: &str = "0.20.2";
    let tools = project.target.join("tools");
    let program = tools.join("bin").join(if cfg!(windows) { "cargo-deny.exe" } else { "cargo-deny" });
    if output(Command::new(&program).arg("--version")).is_some_and(|found| found.ends_with(VERSION)) {
        return Ok(program);
    }
    step(&format!("compile cargo-deny {VERSION}"), || {
        run(project
            .cargo()
            .args(["install", "--locked", "--force", "cargo-deny", "--version", VERSION, "--root"])
            .arg(&tools)
            .arg("--target-dir")
            .arg(tools.join("build"))
            .envs([
                ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
                ("CARGO_PROFILE_RELEASE_LTO", "off"),
                ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ]))
    })?;
    // What it was compiled of is no longer needed.
    fs::remove_dir_all(tools.join("build")).context("the remains of the compilation")?;
    Ok(program)
}

/// A browser of the Chromium family: the one that `CHROMIUM` names, or the first that is installed.
pub fn chromium() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    if find_chromium().is_none() {
        apt_install(&["chromium"], "Chromium")?;
    }
    if cfg!(target_os = "linux")
        && output(Command::new("fc-list").args([":lang=zh-tw", "file"])).is_none_or(|fonts| fonts.is_empty())
    {
        // Pages in Chinese work without it, but what they look like cannot be judged.
        if let Err(error) = apt_install(&["fontconfig", "fonts-noto-cjk"], "a font for Chinese") {
            println!("  Chinese text will show as boxes in screenshots: {error:#}");
        }
    }
    find_chromium().context("no Chromium, Chrome or Edge was found: install one, or set CHROMIUM to its path")
}

/// Firefox for the long tests: the one that `FIREFOX` names, or the one that is installed.
pub fn firefox() -> Result<PathBuf> {
    if let Some(named) = env::var_os("FIREFOX") {
        return Ok(named.into());
    }
    let find = || {
        in_path(&["firefox-esr", "firefox"]).or_else(|| {
            let places = [
                "/Applications/Firefox.app/Contents/MacOS/firefox",
                r"C:\Program Files\Mozilla Firefox\firefox.exe",
            ];
            places.iter().map(PathBuf::from).find(|file| file.is_file())
        })
    };
    if find().is_none() {
        apt_install(&["firefox-esr"], "Firefox")?;
    }
    find().context("no Firefox was found: install it, or set FIREFOX to its path")
}

/// The first of these programs that is in the search path.
fn in_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let all = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    all.into_iter().find(|file| file.is_file())
}

fn find_chromium() -> Option<PathBuf> {
    const NAMES: [&str; 5] =
        ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "microsoft-edge"];
    const PLACES: [&str; 4] = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];
    in_path(&NAMES).or_else(|| PLACES.iter().map(PathBuf::from).find(|file| file.is_file()))
}

/// Installs Debian packages; elsewhere the error says what to install by hand.
fn apt_install(packages: &[&str], what: &str) -> Result<()> {
    if output(Command::new("apt-get").arg("--version")).is_none() {
        bail!("{what} is missing, and there is no apt-get to install it with: please install it");
    }
    step(&format!("install {what} ({})", packages.join(" ")), || {
        apt(&["update", "-qq"])
            .and_then(|()| apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat()))
    })
    .with_context(|| format!("{what} could not be installed; try `apt-get install {}`", packages.join(" ")))
}

fn apt(words: &[&str]) -> Result<()> {
    let root = output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let mut command = Command::new(if root { "env" } else { "sudo" });
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(words);
    if root {
        command.stdin(Stdio::null());
    }
    run(&mut command)
}
