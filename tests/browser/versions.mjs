// Versions of the site for the tests: the release, and others made of it.

import { createHash } from "node:crypto";
import { Buffer } from "node:buffer";
import { cpSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIST, until } from "./harness.mjs";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

// What a service worker's script says: { release, files: { path: sha256 } }.
export function serviceWorker(script) {
  const release = script.match(/const RELEASE = "(\w+)"/)[1];
  const list = script.match(/const FILES = new Map\((\[[^]*?\n\])\)/)[1].replace(/,\n\]$/, "\n]");
  return { release, files: Object.fromEntries(JSON.parse(list)) };
}

export const releaseIn = (folder) => serviceWorker(readFileSync(join(folder, "service-worker.js"), "utf8")).release;

// A later version in a folder of its own, as the build would make it: the version's name and the worker's script are
// others, so that one large file is new and the rest are the same.
export function laterVersion(name, from = DIST) {
  const folder = mkdtempSync(join(tmpdir(), "quintile-version-"));
  cpSync(from, folder, { recursive: true });
  const path = (file) => join(folder, file);
  const read = (file) => readFileSync(path(file), "utf8");
  const old = read("index.html").match(/name="quintile-worker-js" content="(worker-\w+\.js)" data-bytes="(\d+)" data-sha256="(\w+)"/);
  const worker = Buffer.from(`${read(old[1])}\n// ${name}\n`);
  const renamed = `worker-${sha256(worker).slice(0, 12)}.js`;
  renameSync(path(old[1]), path(renamed));
  writeFileSync(path(renamed), worker);
  const script = read("service-worker.js");
  const { release } = serviceWorker(script);
  const next = sha256(release + name).slice(0, 12);
  const index = read("index.html").replaceAll(release, next).replaceAll(old[1], renamed)
    .replace(`data-bytes="${old[2]}" data-sha256="${old[3]}"`, `data-bytes="${worker.length}" data-sha256="${sha256(worker)}"`)
    .replace(/(name="quintile-version" content=")[^"]+/, `$1${name}`);
  const before = sha256(read("index.html"));
  writeFileSync(path("index.html"), index);
  writeFileSync(path("service-worker.js"), script.replaceAll(release, next).replaceAll(old[1], renamed)
    .replace(old[3], sha256(worker)).replace(before, sha256(index)));
  return folder;
}

// Waits until the page's version is on the device as a whole.
export const stored = (page) =>
  until(page, () => document.documentElement.dataset.offline === "ready", { what: "the site to be kept" });

// What the device keeps of a version: its list, which files are missing, which are wrong.
export async function kept(page, folder = DIST) {
  const { release, files } = serviceWorker(readFileSync(join(folder, "service-worker.js"), "utf8"));
  const hashes = await page.evaluate(async (release) => {
    const scope = new URL("./", document.baseURI);
    const cache = await caches.open(`quintile ${scope.pathname} ${release}`);
    const hashes = {};
    for (const request of await cache.keys()) {
      const bytes = await (await cache.match(request)).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      hashes[request.url.slice(scope.href.length)] = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    return hashes;
  }, release);
  const missing = Object.keys(files).filter((path) => !(path in hashes));
  const wrong = Object.keys(hashes).filter((path) => hashes[path] !== files[path]);
  return { release, files, missing, wrong };
}

// The releases that have a cache on the device, and the one that this page is of.
export const releases = (page) => page.evaluate(async () => ({
  kept: (await caches.keys()).filter((name) => name.startsWith("quintile ")).map((name) => name.split(" ")[2]).sort(),
  page: document.querySelector("meta[name=quintile-release]").content,
}));
