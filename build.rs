//! Turns each tool's `help.*.md` into HTML at build time, so that no Markdown reader travels to the browser.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=src/tools");
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("help");
    for tool in fs::read_dir("src/tools").expect("src/tools").flatten().filter(|entry| entry.path().is_dir())
    {
        let target = out.join(tool.file_name());
        fs::create_dir_all(&target).expect("a folder for help");
        for file in fs::read_dir(tool.path()).expect("a tool's folder").flatten().map(|entry| entry.path()) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("help.") && name.ends_with(".md") {
                let text = fs::read_to_string(&file).expect("help is UTF-8");
                let mut html = String::new();
                pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&text));
                fs::write(target.join(name.replace(".md", ".html")), html).expect("help is written");
            }
        }
    }
}
