//! Where things are.

use crate::step::output;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Project {
    pub root: PathBuf,
    pub target: PathBuf,
    pub version: String,
}

impl Project {
    pub fn find() -> Result<Project> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has a parent folder")?;
        let metadata = output(
            Command::new(cargo()).args(["metadata", "--format-version=1", "--no-deps"]).current_dir(root),
        )
        .context("`cargo metadata` failed")?;
        let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
        let package = metadata["packages"].as_array().into_iter().flatten().find(|p| p["name"] == "quintile");
        let version =
            package.and_then(|package| package["version"].as_str()).context("the package's version")?;
        let target = metadata["target_directory"].as_str().context("the target directory")?;
        Ok(Project { root: root.into(), target: target.into(), version: version.into() })
    }

    /// The folder of the browser tests; what npm provides is installed there.
    pub fn browser_tests(&self) -> PathBuf {
        self.root.join("tests/browser")
    }

    pub fn npm_package(&self, path: &str) -> PathBuf {
        self.browser_tests().join("node_modules").join(path)
    }

    /// Where `dist` writes the site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    pub fn cargo(&self) -> Command {
        let mut command = Command::new(cargo());
        command.current_dir(&self.root);
        command
    }
}

fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}
