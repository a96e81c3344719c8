//! Puts the site together in memory: every file that `index.html` names gets a name hashed by its content.
//!
//! In `index.html`, the web manifest and the scripts of `public`, `{{boot.js}}` stands for the hashed name of
//! `boot.js`, `{{page.wasm|bytes}}` for the size of `page.wasm`, `{{page.wasm|sha256}}` for its hash, `{{page|parts}}` for
//! the files of each part of the page (as JSON), and `{{version}}` for the app's version. All names are relative, so
//! that the site works under any path.
//!
//! `{{release}}`, in `index.html` and the service worker, is the name of exactly these files, and the service worker
//! gets the list of them.

use crate::project::Project;
use crate::wasm::{PAGE, Part, Parts, WORKER};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The site's files by their path.
pub type Files = BTreeMap<String, Vec<u8>>;

pub struct Site {
    pub files: Files,
    /// What a browser must load before the start page shows its figures.
    pub first_load: Vec<String>,
}

/// The files of each part, by the name of the binary and the name of the part.
type PartFiles = BTreeMap<&'static str, BTreeMap<String, Vec<String>>>;

/// Keeps the site on the device. Browsers know it by its address, so its name is not hashed.
pub const SERVICE_WORKER: &str = "service-worker.js";

const INDEX: &str = "index.html";

/// Style sheets in the order in which they are joined; one that is not listed comes before the last.
const STYLES: [&str; 5] = ["tokens.css", "boot.css", "base.css", "components.css", "print.css"];

pub fn assemble(project: &Project, parts: &Parts) -> Result<Site> {
    let mut sources = read_folder(&project.root.join("public"))?;
    let templates = sources.keys().filter(|path| is_template(path)).cloned().collect();
    sources.insert("app.css".into(), join_styles(read_folder(&project.root.join("style"))?));
    let mut fixed = Files::new();
    let mut part_files = PartFiles::new();
    for (name, part) in [("page", &parts.page), ("worker", &parts.worker)] {
        let Part { js, wasm, snippets, later, parts, .. } = part;
        sources.insert(format!("{name}.js"), read(js)?);
        sources.insert(format!("{name}.wasm"), read(wasm)?);
        for (path, bytes) in read_folder(snippets)? {
            fixed.insert(format!("snippets/{path}"), bytes);
        }
        for (path, bytes) in read_folder(later)? {
            sources.insert(format!("{name}/{path}"), bytes);
        }
        let in_folder = |files: &Vec<String>| files.iter().map(|file| format!("{name}/{file}")).collect();
        part_files.insert(name, parts.iter().map(|(part, files)| (part.clone(), in_folder(files))).collect());
    }
    let index = String::from_utf8(read(&project.root.join("index.html"))?)?;
    let names = BTreeMap::new();
    Publisher { version: &project.version, sources, templates, part_files, names, files: fixed }
        .publish(&index)
}

fn is_template(path: &str) -> bool {
    path != SERVICE_WORKER && [".js", ".webmanifest"].iter().any(|end| path.ends_with(end))
}

struct Publisher<'a> {
    version: &'a str,
    sources: Files,
    /// The sources with `{{…}}` in them.
    templates: BTreeSet<String>,
    part_files: PartFiles,
    /// The published name of each source that something named.
    names: BTreeMap<String, String>,
    files: Files,
}

impl Publisher<'_> {
    fn publish(mut self, index: &str) -> Result<Site> {
        let index = self.fill(index).context("in index.html")?;
        self.files.insert(INDEX.into(), index.into_bytes());
        let needed = |(source, _): &(&String, &String)| {
            let is_code = [".js", ".wasm", ".css"].iter().any(|end| source.ends_with(end));
            is_code && (!self.is_of_a_part(source) || self.is_of_a_first_part(source))
        };
        let mut first_load: Vec<String> =
            self.names.iter().filter(needed).map(|(_, name)| name.clone()).collect();
        first_load.extend(self.files.keys().filter(|path| path.starts_with("snippets/")).cloned());
        first_load.push(INDEX.into());
        let named = self.names;
        let unnamed = self.sources.into_iter().filter(|(name, _)| !named.contains_key(name));
        self.files.extend(unnamed);
        name_release(&mut self.files)?;
        Ok(Site { files: self.files, first_load })
    }

    fn is_of_a_part(&self, source: &String) -> bool {
        self.part_files.values().flat_map(BTreeMap::values).any(|files| files.contains(source))
    }

    fn is_of_a_first_part(&self, source: &String) -> bool {
        [("page", PAGE), ("worker", WORKER)].iter().any(|(binary, recipe)| {
            let mut parts = self.part_files.get(binary).into_iter().flatten();
            parts.any(|(part, files)| recipe.first_parts.contains(&part.as_str()) && files.contains(source))
        })
    }

    /// Replaces each `{{…}}`.
    fn fill(&mut self, template: &str) -> Result<String> {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            let (what, after) = after.split_once("}}").context("`{{` without `}}`")?;
            text.push_str(before);
            match what.split_once('|') {
                None if what == "version" => text.push_str(self.version),
                // Known when all files are.
                None if what == "release" => text.push_str(RELEASE),
                None => text.push_str(&self.name(what)?),
                Some((source, "bytes")) => text.push_str(&self.source(source)?.len().to_string()),
                Some((source, "sha256")) => text.push_str(&sha256(self.source(source)?)),
                Some((binary, "parts")) => text.push_str(&self.parts(binary)?),
                Some(_) => bail!("`{{{{{what}}}}}` is not understood"),
            }
            rest = after;
        }
        text.push_str(rest);
        Ok(text)
    }

    /// The published files of each part, as JSON.
    fn parts(&mut self, binary: &str) -> Result<String> {
        let parts =
            self.part_files.get(binary).with_context(|| format!("there is no binary `{binary}`"))?.clone();
        let mut published = BTreeMap::new();
        for (part, files) in parts {
            let names = files.iter().map(|file| self.name(file)).collect::<Result<Vec<_>>>()?;
            published.insert(part, names);
        }
        Ok(serde_json::to_string(&published)?)
    }

    fn source(&self, name: &str) -> Result<&Vec<u8>> {
        self.sources.get(name).with_context(|| format!("there is no file `{name}`"))
    }

    /// The hashed name of a source, which is published if it is not yet.
    fn name(&mut self, source: &str) -> Result<String> {
        if let Some(name) = self.names.get(source) {
            return Ok(name.clone());
        }
        let mut bytes = self.source(source)?.clone();
        if self.templates.contains(source) {
            bytes =
                self.fill(&String::from_utf8(bytes)?).with_context(|| format!("in {source}"))?.into_bytes();
        }
        let (stem, extension) =
            source.rsplit_once('.').with_context(|| format!("`{source}` has no extension"))?;
        let name = format!("{stem}-{}.{extension}", &sha256(&bytes)[..12]);
        self.names.insert(source.into(), name.clone());
        self.files.insert(name.clone(), bytes);
        Ok(name)
    }
}

const RELEASE: &str = "{{release}}";

/// Names the release after its files, and tells the service worker which they are.
fn name_release(files: &mut Files) -> Result<()> {
    let Some(worker) = files.remove(SERVICE_WORKER) else { return Ok(()) };
    let all: String = files.iter().map(|(path, bytes)| format!("{path} {}\n", sha256(bytes))).collect();
    let release = &sha256(&[all.as_bytes(), &worker].concat())[..12];
    let index = files.get_mut(INDEX).context(INDEX)?;
    *index = String::from_utf8(std::mem::take(index))?.replace(RELEASE, release).into_bytes();
    let hashes = files.iter().map(|(path, bytes)| {
        // A host answers for the folder itself with the page.
        let path = if path == INDEX { "" } else { path };
        format!("\n  {:?},", [path, &sha256(bytes)])
    });
    let list = format!("[{}\n]", hashes.collect::<String>());
    let worker = String::from_utf8(worker)?.replace(RELEASE, release).replace("{{files}}", &list);
    files.insert(SERVICE_WORKER.into(), worker.into_bytes());
    Ok(())
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn join_styles(mut styles: Files) -> Vec<u8> {
    let last = STYLES.len() - 1;
    let place = |name: &str| STYLES.iter().position(|style| *style == name).map_or(2 * last - 1, |at| 2 * at);
    let mut names: Vec<String> = styles.keys().filter(|name| name.ends_with(".css")).cloned().collect();
    names.sort_by_key(|name| place(name));
    names
        .iter()
        .filter_map(|name| styles.remove(name))
        .flat_map(|text| [text, b"\n".to_vec()].concat())
        .collect()
}

/// All files below a folder by their path with `/`; none where there is no such folder.
fn read_folder(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let Ok(entries) = fs::read_dir(folder) else { return Ok(files) };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let below = read_folder(&entry.path())?;
            files.extend(below.into_iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        } else if !name.starts_with('.') {
            files.insert(name, read(&entry.path())?);
        }
    }
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publish(index: &str, sources: &[(&str, &str)]) -> Result<Site> {
        let sources: Files =
            sources.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect();
        let templates = sources.keys().filter(|path| is_template(path)).cloned().collect();
        let part = |name: &str, file: &str| (name.to_string(), vec![file.to_string()]);
        let parts = [part("overview", "page/home.wasm"), part("rare", "page/rare.wasm")];
        let part_files = [("page", parts.into())].into();
        let (names, files) = (BTreeMap::new(), Files::new());
        Publisher { version: "1.2.3", sources, templates, part_files, names, files }.publish(index)
    }

    fn text(site: &Site, path: &str) -> String {
        String::from_utf8(site.files[path].clone()).unwrap()
    }

    #[test]
    fn a_named_file_is_published_under_its_hash_only() {
        let site = publish("<script src={{boot.js}}>", &[("boot.js", "abc")]).unwrap();
        let name = "boot-ba7816bf8f01.js"; // the published test vector of SHA-256 for "abc"
        assert_eq!(text(&site, "index.html"), format!("<script src={name}>"));
        assert_eq!(text(&site, name), "abc");
        assert_eq!(site.files.len(), 2);
        assert_eq!(site.first_load, [name, "index.html"]);
    }

    #[test]
    fn an_unnamed_file_keeps_its_name() {
        let site = publish("{{version}}", &[("robots.txt", "x")]).unwrap();
        assert_eq!(text(&site, "robots.txt"), "x");
        assert_eq!(text(&site, "index.html"), "1.2.3");
    }

    #[test]
    fn the_manifest_names_hashed_icons_and_is_hashed_after_that() {
        let sources = [("app.webmanifest", "{{i/a.svg}}"), ("i/a.svg", "one")];
        let one = publish("{{app.webmanifest}}", &sources).unwrap();
        let two = publish("{{app.webmanifest}}", &[sources[0], ("i/a.svg", "two")]).unwrap();
        let name = text(&one, "index.html");
        assert!(text(&one, &name).starts_with("i/a-") && text(&one, &name).ends_with(".svg"));
        assert_ne!(name, text(&two, "index.html"));
    }

    #[test]
    fn a_script_names_the_hashed_script_that_it_imports() {
        let sources = [("boot.js", "import \"./{{dom.js}}\""), ("dom.js", "abc")];
        let site = publish("{{boot.js}}", &sources).unwrap();
        assert_eq!(text(&site, &text(&site, "index.html")), "import \"./dom-ba7816bf8f01.js\"");
    }

    #[test]
    fn sizes_and_hashes_are_filled_in() {
        let site = publish("{{a.wasm|bytes}} {{a.wasm|sha256}}", &[("a.wasm", "abc")]).unwrap();
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(text(&site, "index.html"), format!("3 {sha256}"));
    }

    #[test]
    fn the_service_worker_knows_the_hash_of_every_file_and_the_release_changes_with_each() {
        let worker = (SERVICE_WORKER, "{{release}} {{files}}");
        let release = |text_of_b: &str| {
            let sources = [worker, ("a.js", "abc"), ("b.txt", text_of_b)];
            let site = publish("{{a.js}} {{release}}", &sources).unwrap();
            let index = text(&site, "index.html");
            let release = index.strip_prefix("a-ba7816bf8f01.js ").unwrap().to_string();
            let worker = text(&site, SERVICE_WORKER);
            let list = worker.strip_prefix(&format!("{release} ")).unwrap().replace(",\n]", "\n]");
            let list: BTreeMap<String, String> =
                serde_json::from_str::<Vec<(String, String)>>(&list).unwrap().into_iter().collect();
            assert_eq!(list.len(), site.files.len() - 1, "all but itself");
            assert_eq!(list[""], sha256(&site.files["index.html"]));
            assert_eq!(list["b.txt"], sha256(text_of_b.as_bytes()));
            release
        };
        assert_eq!(release("one"), release("one"));
        assert_ne!(release("one"), release("two"));
    }

    #[test]
    fn parts_are_listed_with_their_published_files_and_only_the_first_is_of_the_first_load() {
        let sources = [("page/home.wasm", "abc"), ("page/rare.wasm", "rare")];
        let site = publish("<meta content='{{page|parts}}'>", &sources).unwrap();
        let home = "page/home-ba7816bf8f01.wasm";
        assert!(text(&site, "index.html").contains(&format!(r#""overview":["{home}"],"rare":["page/rare-"#)));
        assert_eq!(site.first_load, [home, "index.html"]);
        assert_eq!(site.files.len(), 3);
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = publish("{{boot.js}}", &[]).err().expect("an error");
        assert!(format!("{error:#}").contains("no file `boot.js`"), "{error:#}");
    }

    #[test]
    fn styles_are_joined_in_their_order() {
        let names = ["print.css", "zebra.css", "base.css", "tokens.css", "notes.txt", "components.css"];
        let styles = names.iter().map(|name| (name.to_string(), name.as_bytes().to_vec())).collect();
        let joined = String::from_utf8(join_styles(styles)).unwrap();
        assert_eq!(joined, "tokens.css\nbase.css\ncomponents.css\nzebra.css\nprint.css\n");
    }
}
