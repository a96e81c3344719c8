//! Splits a compiled program: what a `Part` stands for (`src/core/part.rs`) goes into files that are fetched later.
//!
//! The library `wasm_split_cli_support` finds out which functions and data only the parts reach, and moves them out:
//! one module for each part, and one for each set of parts that share code. Of the latter there are dozens, most of
//! them tiny; a browser would have to ask for each. [`merge`] makes a few files of them.

use crate::merge::merge;
use anyhow::{Context, Result, anyhow};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use wasm_split_cli_support::{Options, transform};

/// What a program was split into.
#[derive(Default)]
pub struct Split {
    /// The files' bytes by their names: `rfm.wasm`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The files that each part needs.
    pub parts: BTreeMap<String, Vec<String>>,
}

/// Splits `input`; what the program starts with is written to `main`. Code that the `first` parts, those of the first
/// load, share with each other or with others lies in one file; what others share among each other in another.
pub fn split(input: &Path, main: &Path, first: &[&str]) -> Result<Split> {
    let folder = main.with_extension("split");
    let bytes = fs::read(input).with_context(|| format!("{} was not built", input.display()))?;
    let mut options = Options::new(&bytes);
    options.output_dir = &folder;
    options.main_out_path = main;
    let split = transform(options).map_err(|error| anyhow!("{error:?}"))?;

    // Which parts need a module, by the module's name.
    let mut needed_by: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for (part, modules) in &split.prefetch_map {
        for module in modules {
            needed_by.entry(module).or_default().insert(part);
        }
    }
    let mut modules_of: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for (module, parts) in &needed_by {
        let file = match parts.first() {
            Some(part) if parts.len() == 1 => format!("{part}.wasm"),
            _ if parts.iter().any(|part| first.contains(&part.as_str())) => "shared-first.wasm".into(),
            _ => "shared.wasm".into(),
        };
        modules_of.entry(file).or_default().push(module);
    }
    let mut files = BTreeMap::new();
    let mut parts: BTreeMap<String, BTreeSet<String>> =
        split.prefetch_map.keys().map(|part| (part.clone(), BTreeSet::new())).collect();
    for (file, modules) in modules_of {
        for part in modules.iter().flat_map(|module| &needed_by[module]) {
            parts.entry(part.to_string()).or_default().insert(file.clone());
        }
        let read = |module: &&String| fs::read(folder.join(module).with_extension("wasm"));
        let bytes = modules.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        files.insert(file, merge(&bytes)?);
    }
    let parts = parts.into_iter().map(|(part, files)| (part, files.into_iter().collect())).collect();
    Ok(Split { files, parts })
}
