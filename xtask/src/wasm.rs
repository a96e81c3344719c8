//! Compiles page and worker to WebAssembly, and makes what a browser loads of them.

use crate::project::Project;
use crate::setup;
use crate::split::{Split, split};
use crate::step::{run, step};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;
use wasm_bindgen_cli_support::Bindgen;

pub const TARGET: &str = "wasm32-unknown-unknown";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Quick to compile.
    Development,
    /// Small to load, fast to run.
    Release,
}

/// What wasm-bindgen made of one binary.
pub struct Part {
    pub js: PathBuf,
    pub wasm: PathBuf,
    /// The program without its parts, before wasm-bindgen and wasm-opt: with the names of its functions.
    pub unoptimised: PathBuf,
    /// It went through wasm-opt.
    pub is_optimised: bool,
    /// Scripts that crates bring along; the page's script imports them by these very paths.
    pub snippets: PathBuf,
    /// The folder of the files that are fetched later, and which of them each part of the program needs.
    pub later: PathBuf,
    pub parts: BTreeMap<String, Vec<String>>,
}

pub struct Parts {
    pub page: Part,
    pub worker: Part,
}

/// One of the two binaries.
pub struct Recipe {
    binary: &'static str,
    /// The parts that the start page needs: of the page its view; of the worker what publishes for it.
    /// `tests/browser/parts.test.mjs` sees to it that no other is fetched.
    pub first_parts: &'static [&'static str],
    profile: &'static str,
    features: &'static [&'static str],
    wasm_opt: &'static str,
}

pub const PAGE: Recipe = Recipe {
    binary: "quintile",
    first_parts: &["overview"],
    profile: "release",
    features: &["--features=ui"],
    wasm_opt: "-Oz",
};
pub const WORKER: Recipe = Recipe {
    binary: "worker",
    first_parts: &["overview", "rfm", "pyramid", "campaign"],
    profile: "worker-release",
    features: &["--features=worker"],
    wasm_opt: "-O3",
};

/// Builds both binaries; what did not change is not made again.
pub fn build(project: &Project, mode: Mode) -> Result<Parts> {
    setup::wasm_target(project)?;
    match mode {
        Mode::Development => step("compile page and worker (development)", || {
            // Both in one go with the same features, so that nothing is compiled twice.
            run(cargo(project, "build").args([
                "--profile=serve",
                "--features=ui,worker",
                "--bin=quintile",
                "--bin=worker",
            ]))
        })?,
        Mode::Release => {
            for recipe in [&PAGE, &WORKER] {
                step(&format!("compile {} (release)", recipe.binary), || {
                    // To be split, the program must say where it refers to what.
                    run(cargo(project, "rustc")
                        .args(["--bin", recipe.binary, "--profile", recipe.profile, "--features=split"])
                        .args(recipe.features)
                        .args(["--", "-C", "link-arg=--emit-relocs"]))
                })?;
            }
        }
    }
    Ok(Parts { page: package(project, &PAGE, mode)?, worker: package(project, &WORKER, mode)? })
}

fn cargo(project: &Project, what: &str) -> Command {
    let mut command = project.cargo();
    command.args([what, "--locked", "--no-default-features", "--target", TARGET]);
    // Leptos then gives every component the same type: quicker to compile, and smaller to load.
    command.args(["--config", &format!("target.{TARGET}.rustflags=['--cfg', 'erase_components']")]);
    // This variable would replace the flags of `.cargo/config.toml`, and SIMD with them.
    command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

/// wasm-bindgen; and for a release, split before it and wasm-opt after it.
fn package(project: &Project, recipe: &Recipe, mode: Mode) -> Result<Part> {
    let (profile, folder) = match mode {
        Mode::Development => ("serve", "development"),
        Mode::Release => (recipe.profile, "release"),
    };
    let input = project.target.join(TARGET).join(profile).join(recipe.binary).with_extension("wasm");
    let out = project.target.join("web").join(folder).join(recipe.binary);
    let wasm_opt = match mode {
        Mode::Development => None,
        Mode::Release => setup::wasm_opt(project)?,
    };
    let made_of = fingerprint(&input, wasm_opt.as_deref().map(|_| recipe.wasm_opt))?;
    let stamp = out.join("made-of.txt");
    if !fs::read_to_string(&stamp).is_ok_and(|text| text == made_of) {
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        make(recipe, mode, &input, &out, wasm_opt.as_deref())?;
        fs::write(stamp, made_of)?;
    }
    Ok(Part {
        js: out.join("app.js"),
        wasm: out.join(if wasm_opt.is_some() { "app.opt.wasm" } else { "app_bg.wasm" }),
        unoptimised: out.join(MAIN),
        is_optimised: wasm_opt.is_some(),
        snippets: out.join("snippets"),
        later: out.join(LATER),
        parts: serde_json::from_slice(&fs::read(out.join(PARTS))?)?,
    })
}

const MAIN: &str = "main.wasm";
const LATER: &str = "later";
const PARTS: &str = "parts.json";

fn make(recipe: &Recipe, mode: Mode, input: &Path, out: &Path, wasm_opt: Option<&Path>) -> Result<()> {
    let later = out.join(LATER);
    fs::create_dir_all(&later)?;
    let split = match mode {
        Mode::Development => None,
        Mode::Release => Some(step(&format!("split {}", recipe.binary), || {
            split(input, &out.join(MAIN), recipe.first_parts)
        })?),
    };
    step(&format!("wasm-bindgen {}", recipe.binary), || {
        let input = if split.is_some() { &out.join(MAIN) } else { input };
        bindgen(input, out, recipe, split.is_some())
    })?;
    let Split { files, parts } = split.unwrap_or_default();
    for (name, bytes) in &files {
        fs::write(later.join(name), bytes)?;
    }
    if let Some(wasm_opt) = wasm_opt {
        step(&format!("wasm-opt {} {}", recipe.wasm_opt, recipe.binary), || {
            let optimise = |from: &Path, to: &Path| {
                // No feature flags: the module's own list of features says what it may use.
                run(Command::new("node").arg(wasm_opt).arg(recipe.wasm_opt).arg(from).arg("-o").arg(to))
            };
            for name in files.keys() {
                optimise(&later.join(name), &later.join(name))?;
            }
            optimise(&out.join("app_bg.wasm"), &out.join("app.opt.wasm"))
        })?;
    }
    Ok(fs::write(out.join(PARTS), serde_json::to_vec(&parts)?)?)
}

fn bindgen(input: &Path, out: &Path, recipe: &Recipe, is_split: bool) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name("app").typescript(false).omit_default_module_path(true);
    // The parts import memory, table and stack of the program.
    bindgen.keep_lld_exports(is_split).demangle(!is_split);
    if recipe.binary == WORKER.binary {
        bindgen.no_modules(true)?;
    } else {
        bindgen.web(true)?;
    }
    bindgen.generate(out)
}

/// Cargo leaves an unchanged output alone: size and time tell whether it is new.
fn fingerprint(input: &Path, wasm_opt: Option<&str>) -> Result<String> {
    let metadata = fs::metadata(input).with_context(|| format!("{} was not built", input.display()))?;
    let time = metadata.modified()?.duration_since(UNIX_EPOCH)?.as_nanos();
    Ok(format!("{} bytes of {time}, wasm-opt {}", metadata.len(), wasm_opt.unwrap_or("skipped")))
}
