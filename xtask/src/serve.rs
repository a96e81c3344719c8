//! Shows the site on this machine, from memory, and rebuilds it when a file changes.

use crate::project::Project;
use crate::site::{self, Files, SERVICE_WORKER};
use crate::step::step;
use crate::wasm::{self, Mode};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use tiny_http::{Header, Method, Request, Response, Server};

pub struct Options {
    port: u16,
    mode: Mode,
    watch: bool,
}

impl Options {
    pub fn read(words: &[&str]) -> Result<Options> {
        let mut options = Options { port: 8080, mode: Mode::Development, watch: true };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--release" => options.mode = Mode::Release,
                "--once" => options.watch = false,
                "--port" => {
                    let port = words.next().context("--port needs a number")?;
                    options.port = port.parse().with_context(|| format!("`{port}` is not a port"))?;
                }
                other => bail!("serve does not know `{other}`"),
            }
        }
        Ok(options)
    }
}

/// What is shown now, and how often it was built: the page asks for that number and reloads when it grows.
struct Shown {
    files: Files,
    build: u32,
}

const BUILD_NUMBER: &str = "dev/build";
const RELOAD_SCRIPT: &str = "dev/reload.js";
const RELOAD: &str = r#"const ask = async () => (await fetch("dev/build")).text();
const first = await ask();
setInterval(async () => { if (await ask().catch(() => first) !== first) location.reload(); }, 1000);
"#;

/// While the site changes, nothing is kept on the device; what an earlier release kept for this address, goes.
const FORGET: &str = r#"self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const ours = (await caches.keys()).filter((name) => name.startsWith("quintile "));
  await Promise.all(ours.map((name) => caches.delete(name)));
  await self.registration.unregister();
  for (const page of await self.clients.matchAll({ type: "window" })) page.navigate(page.url);
})()));
"#;

pub fn serve(project: &Project, options: &Options) -> Result<()> {
    let start = Instant::now();
    let shown = Arc::new(RwLock::new(Shown { files: build(project, options)?, build: 1 }));
    let (server, port) = listen(options.port)?;
    println!(
        "Ready in {:.1} s. Quintile is at http://127.0.0.1:{port}/ (Ctrl+C ends)",
        start.elapsed().as_secs_f64()
    );
    let server = Arc::new(server);
    let answering: Vec<_> = (0..4)
        .map(|_| {
            let (server, shown) = (server.clone(), shown.clone());
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    answer(request, &shown.read().unwrap_or_else(|poisoned| poisoned.into_inner()));
                }
            })
        })
        .collect();
    if options.watch {
        watch(project, options, &shown)?;
    }
    for thread in answering {
        let _ = thread.join();
    }
    Ok(())
}

fn build(project: &Project, options: &Options) -> Result<Files> {
    let parts = wasm::build(project, options.mode)?;
    let mut files = step("put the site together", || site::assemble(project, &parts))?.files;
    if options.watch {
        let index = files.get_mut("index.html").context("index.html")?;
        index.extend(format!("<script type=\"module\" src=\"{RELOAD_SCRIPT}\"></script>\n").bytes());
        files.insert(RELOAD_SCRIPT.into(), RELOAD.into());
        files.insert(SERVICE_WORKER.into(), FORGET.into());
    }
    Ok(files)
}

/// The port that was asked for, or the next free one.
fn listen(first: u16) -> Result<(Server, u16)> {
    for port in first..=first.saturating_add(50) {
        if let Ok(server) = Server::http(("127.0.0.1", port)) {
            if port != first {
                println!("Port {first} is taken.");
            }
            return Ok((server, port));
        }
    }
    bail!("no free port from {first} on; choose another with --port")
}

fn answer(request: Request, shown: &Shown) {
    let path = request.url().split(['?', '#']).next().unwrap_or_default().trim_start_matches('/').to_owned();
    let path = if path.is_empty() { "index.html" } else { &path };
    let reads = matches!(request.method(), Method::Get | Method::Head);
    let (status, kind, body) = match shown.files.get(path) {
        _ if !reads => (405, "text/plain", b"This server only shows files.".to_vec()),
        Some(body) => (200, mime(path), body.clone()),
        None if path == BUILD_NUMBER => (200, "text/plain", shown.build.to_string().into_bytes()),
        None => (404, "text/plain", b"There is no such file.".to_vec()),
    };
    let headers =
        [("Content-Type", kind), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")];
    let mut response = Response::from_data(body).with_status_code(status);
    for (name, value) in headers {
        response.add_header(Header::from_bytes(name, value).expect("these headers are ASCII"));
    }
    // A browser that went away in the meantime needs no answer.
    let _ = request.respond(response);
}

fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn watch(project: &Project, options: &Options, shown: &RwLock<Shown>) -> Result<()> {
    const WATCHED: [&str; 7] =
        ["src", "style", "public", "index.html", "build.rs", "Cargo.toml", "Cargo.lock"];
    let state = || {
        let mut newest = (SystemTime::UNIX_EPOCH, 0);
        WATCHED.iter().for_each(|path| look(&project.root.join(path), &mut newest));
        newest
    };
    let mut seen = state();
    loop {
        thread::sleep(Duration::from_millis(500));
        let now = state();
        if now == seen {
            continue;
        }
        seen = now;
        println!("\nSomething changed.");
        match build(project, options) {
            Ok(files) => {
                let mut shown = shown.write().unwrap_or_else(|poisoned| poisoned.into_inner());
                *shown = Shown { files, build: shown.build + 1 };
            }
            Err(error) => println!("The last good build stays: {error:#}"),
        }
    }
}

/// The newest change below a path and the number of files: both together show what was edited, added or deleted.
fn look(path: &Path, newest: &mut (SystemTime, usize)) {
    if let Ok(entries) = fs::read_dir(path) {
        entries.flatten().for_each(|entry| look(&entry.path(), newest));
    } else if let Ok(time) = fs::metadata(path).and_then(|metadata| metadata.modified()) {
        newest.0 = newest.0.max(time);
        newest.1 += 1;
    }
}
