//! Writes the release: the site, the list of its files, the archive.

use crate::project::Project;
use crate::site::{self, Files, Site, sha256};
use crate::sizes;
use crate::step::step;
use crate::wasm::{self, Mode};
use anyhow::Result;
use serde_json::json;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// The list of all files with their sizes and hashes, itself one of the files.
const LIST: &str = "assets.json";

/// Builds the release into `dist/` and returns the archive's path.
pub fn dist(project: &Project) -> Result<PathBuf> {
    let parts = wasm::build(project, Mode::Release)?;
    let site = step("put the site together", || {
        let mut site = site::assemble(project, &parts)?;
        let list = list(&project.version, &site);
        site.files.insert(LIST.into(), list);
        write(&project.dist(), &site.files)?;
        Ok(site)
    })?;
    let name = format!("quintile-{}", project.version);
    let archive = project.target.join(format!("{name}.zip"));
    step("pack the archive", || Ok(fs::write(&archive, pack(&site.files, &name)?)?))?;
    println!("\nThe site is in {}, packed in {}", project.dist().display(), archive.display());
    for (name, part) in [("page", &parts.page), ("worker", &parts.worker)] {
        sizes::print_make_up(name, &part.unoptimised)?;
    }
    sizes::check(&site, parts.page.is_optimised)?;
    Ok(archive)
}

fn list(version: &str, site: &Site) -> Vec<u8> {
    let file = |(path, bytes): (&String, &Vec<u8>)| {
        let first_load = site.first_load.contains(path);
        json!({ "path": path, "bytes": bytes.len(), "sha256": sha256(bytes), "firstLoad": first_load })
    };
    let files: Vec<_> = site.files.iter().map(file).collect();
    format!("{:#}\n", json!({ "version": version, "files": files })).into_bytes()
}

fn write(folder: &Path, files: &Files) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// The same files give the same archive: sorted, and all with the same date.
fn pack(files: &Files, name: &str) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (path, bytes) in files {
        archive.start_file(format!("{name}/{path}"), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_unpacks_to_the_files_in_a_folder_of_its_own_and_is_reproducible() {
        let files: Files = [("b/c.js", "1"), ("a.html", "2")].map(|(p, t)| (p.to_string(), t.into())).into();
        let archive = pack(&files, "quintile-1.0.0").unwrap();
        assert_eq!(archive, pack(&files, "quintile-1.0.0").unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
        let names: Vec<_> =
            (0..archive.len()).map(|i| archive.by_index(i).unwrap().name().unwrap().to_string()).collect();
        assert_eq!(names, ["quintile-1.0.0/a.html", "quintile-1.0.0/b/c.js"]);
        let text = std::io::read_to_string(archive.by_name("quintile-1.0.0/b/c.js").unwrap()).unwrap();
        assert_eq!(text, "1");
    }

    #[test]
    fn the_list_has_size_and_hash_of_each_file() {
        let files: Files = [("a.js".to_string(), b"abc".to_vec())].into();
        let list = list("1.0.0", &Site { files, first_load: vec!["a.js".into()] });
        let list: serde_json::Value = serde_json::from_slice(&list).unwrap();
        assert_eq!(list["files"][0]["bytes"], 3);
        assert_eq!(list["files"][0]["firstLoad"], true);
        let sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(list["files"][0]["sha256"], sha);
    }
}
