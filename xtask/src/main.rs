//! `cargo xtask`: sets up, builds, serves, tests and packs Quintile.
//!
//! | module | what it is |
//! |---|---|
//! | [`setup`] | installs what a fresh machine lacks |
//! | [`wasm`] | compiles page and worker, runs wasm-bindgen and wasm-opt where something changed |
//! | [`split`], [`merge`] | move what is needed later into files of its own |
//! | [`site`] | puts the files together: names hashed by content, `index.html` filled in |
//! | [`serve`] | shows the site on this machine and rebuilds it on change |
//! | [`dist`] | writes the site, its list of files and the release archive |
//! | [`sizes`] | prints what the site weighs, and the limit of the first load |
//! | [`checks`] | `test`, `soak`, `deny` and `bench` |
//! | [`step`] | says what is being done and how long it took |

mod checks;
mod dist;
mod merge;
mod project;
mod serve;
mod setup;
mod site;
mod sizes;
mod split;
mod step;
mod wasm;

use anyhow::{Result, bail};
use project::Project;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask serve [--port N] [--release] [--once]
    Builds the app and shows it at http://127.0.0.1:8080/; rebuilds when a file changes.
    --release shows the release build, --once does not watch for changes.
cargo xtask test [--native | --browser [FILTER]]
    Runs all tests: the pure ones natively, then the release build in a real browser.
    FILTER is a part of a test file's name, or else a pattern for the names of tests.
cargo xtask soak [--native | --browser [FILTER]]
    Runs the long tests, which are too slow for every change.
cargo xtask dist
    Writes the release into dist/ and packs it into an archive.
cargo xtask deny [--advisories]
    Checks licences, sources and bans of the dependencies; or asks the net for known faults in them.
cargo xtask bench [--native | --browser]
    Measures the core natively, and the release build in a browser.
cargo xtask setup
    Only installs what the other commands need.";

fn main() -> ExitCode {
    match command() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let project = Project::find()?;
    match words.as_slice() {
        ["serve", options @ ..] => serve::serve(&project, &serve::Options::read(options)?),
        ["test"] => checks::test(&project, checks::Part::All, None),
        ["test", "--native"] => checks::test(&project, checks::Part::Native, None),
        ["test", "--browser"] => checks::test(&project, checks::Part::Browser, None),
        ["test", "--browser", filter] => checks::test(&project, checks::Part::Browser, Some(filter)),
        ["soak"] => checks::soak(&project, checks::Part::All, None),
        ["soak", "--native"] => checks::soak(&project, checks::Part::Native, None),
        ["soak", "--browser"] => checks::soak(&project, checks::Part::Browser, None),
        ["soak", "--browser", filter] => checks::soak(&project, checks::Part::Browser, Some(filter)),
        ["bench"] => checks::bench(&project, checks::Part::All),
        ["bench", "--native"] => checks::bench(&project, checks::Part::Native),
        ["bench", "--browser"] => checks::bench(&project, checks::Part::Browser),
        ["deny"] => checks::deny(&project, false),
        ["deny", "--advisories"] => checks::deny(&project, true),
        ["dist"] => dist::dist(&project).map(|_| ()),
        ["setup"] => setup::everything(&project),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("`{}` is not understood.\n\n{HELP}", other.join(" ")),
    }
}
