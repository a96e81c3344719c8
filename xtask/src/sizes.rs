//! What the first load weighs, and what it is made of.
//!
//! GitHub Pages compresses with gzip, so that is what is counted. The limit is just above what was reached: whoever
//! makes the first load larger has to say so here.

use crate::site::Site;
use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Write;
use std::path::Path;
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// The most that the first load may weigh, in bytes of gzip.
const FIRST_LOAD: usize = 935_000;

/// Prints the site's files with their sizes, and fails where the first load weighs more than it may. Without wasm-opt
/// (there is no Node.js) it weighs more, and nobody is to blame.
pub fn check(site: &Site, is_optimised: bool) -> Result<()> {
    println!(
        "\n{:>10} {:>10}  file (* = of the first load: the start page with its figures)",
        "bytes", "gzip"
    );
    let mut totals = [("first load", 0, 0), ("everything", 0, 0)];
    for (path, bytes) in &site.files {
        let gzip = gzip_size(bytes)?;
        let first = site.first_load.contains(path);
        println!("{:>10} {gzip:>10}  {path}{}", bytes.len(), if first { " *" } else { "" });
        for total in &mut totals[usize::from(!first)..] {
            total.1 += bytes.len();
            total.2 += gzip;
        }
    }
    for (what, raw, gzip) in totals {
        println!("{raw:>10} {gzip:>10}  {what}");
    }
    let first_load = totals[0].2;
    if is_optimised && first_load > FIRST_LOAD {
        bail!(
            "the first load is {first_load} bytes of gzip and may be {FIRST_LOAD} (xtask/src/sizes.rs): load what the \
             start page does not need in a `Part` (src/core/part.rs), or raise the limit and say why"
        );
    }
    Ok(())
}

fn gzip_size(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

/// Prints what the program itself, without its parts, is made of, before wasm-opt takes the names away.
pub fn print_make_up(name: &str, unoptimised: &Path) -> Result<()> {
    let wasm = fs::read(unoptimised).with_context(|| format!("could not read {}", unoptimised.display()))?;
    let (code, data) = make_up(&wasm)?;
    println!("\n{:>10}  what {name}.wasm is made of, before wasm-opt", "bytes");
    let mut code: Vec<_> = code.into_iter().collect();
    code.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    for (module, bytes) in code.iter().filter(|(_, bytes)| *bytes >= 4_096) {
        println!("{bytes:>10}  {module}");
    }
    let rest: usize = code.iter().map(|(_, bytes)| bytes).filter(|bytes| **bytes < 4_096).sum();
    println!("{rest:>10}  smaller ones");
    println!("{data:>10}  texts and tables");
    Ok(())
}

/// The bytes of code by module, and those of data.
fn make_up(wasm: &[u8]) -> Result<(BTreeMap<String, usize>, usize)> {
    let (mut imported, mut bodies, mut data) = (0, Vec::new(), 0);
    let mut names = HashMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += usize::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push((body.range().end - body.range().start) as usize),
            Payload::DataSection(section) => data = (section.range().end - section.range().start) as usize,
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    for map in section {
                        if let Name::Function(map) = map? {
                            for naming in map {
                                let naming = naming?;
                                names.insert(naming.index as usize, module_of(naming.name));
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut code = BTreeMap::new();
    for (at, bytes) in bodies.into_iter().enumerate() {
        let module = names.get(&(imported + at)).cloned().unwrap_or_else(|| "without a name".into());
        *code.entry(module).or_default() += bytes;
    }
    Ok((code, data))
}

/// The crate of a function; for ours, the module in it: `quintile::ui`.
fn module_of(symbol: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(symbol));
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    // `<T as serde::Visitor>::visit` and `&mut A` begin with what is no crate.
    let ours = name.find("quintile::").map(|at| &name[at..]);
    let path = ours.unwrap_or(&name).trim_start_matches(|c: char| !is_path(c));
    let path = path.split(|c| !is_path(c)).find(|word| word.contains("::")).unwrap_or("generic code");
    let depth = if ours.is_some() { 2 } else { 1 };
    path.split("::").take(depth).collect::<Vec<_>>().join("::")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_its_crate_and_ours_to_their_module() {
        assert_eq!(module_of("quintile::ui::app::App::{{closure}}"), "quintile::ui");
        assert_eq!(module_of("<quintile::core::day::Day as serde::Serialize>::serialize"), "quintile::core");
        assert_eq!(module_of("core::slice::sort::stable::drift::sort"), "core");
        assert_eq!(
            module_of("<&mut serde_json::de::Deserializer<R> as serde_core::de::Deserializer>::x"),
            "serde_json"
        );
        assert_eq!(module_of("main"), "generic code");
    }

    #[test]
    fn a_first_load_within_the_limit_passes_and_one_beyond_it_does_not() {
        let mut noise = 1_u32;
        let mut incompressible = |bytes: usize| -> Vec<u8> {
            let mut next = || {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (noise >> 24) as u8
            };
            (0..bytes).map(|_| next()).collect()
        };
        let mut site = |bytes| Site {
            files: [
                ("first.wasm".to_string(), incompressible(bytes)),
                ("later.wasm".into(), incompressible(9)),
            ]
            .into(),
            first_load: vec!["first.wasm".into()],
        };
        assert!(check(&site(FIRST_LOAD - 2_000), true).is_ok());
        assert!(check(&site(FIRST_LOAD + 2_000), false).is_ok());
        let error = check(&site(FIRST_LOAD + 2_000), true).unwrap_err();
        assert!(error.to_string().contains("Part"), "{error}");
    }
}
