// The release as files, before any browser sees it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DIST } from "./harness.mjs";
import { pngSize } from "./steps.mjs";
import { serviceWorker } from "./versions.mjs";

const read = (path) => readFileSync(join(DIST, path));
const list = JSON.parse(read("assets.json"));
const index = read("index.html").toString();

test("assets.json lists every file with its true size and hash", () => {
  const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(DIST.length + 1).replaceAll("\\", "/"));
  assert.deepEqual(files.filter((path) => path !== "assets.json").sort(), list.files.map((file) => file.path).sort());
  for (const { path, bytes, sha256 } of list.files) {
    assert.equal(read(path).length, bytes, path);
    assert.equal(createHash("sha256").update(read(path)).digest("hex"), sha256, path);
  }
});

test("index.html names only files of the release, hashed and relative", () => {
  assert.ok(!index.includes("{{"), "a placeholder was left");
  const named = [...index.matchAll(/(?:src|href|content)="([^"]+\.(?:js|wasm|css|svg|png|webmanifest))"/g)].map((match) => match[1]);
  assert.ok(named.length >= 8, named.join());
  for (const name of named) {
    assert.match(name, /^[\w/-]+-[0-9a-f]{12}\.\w+$/);
    assert.ok(list.files.some((file) => file.path === name), `${name} is not in the release`);
  }
});

test("nothing is inline: no script text, no style, no handler", () => {
  assert.doesNotMatch(index, /<script(?![^>]*\ssrc=)/);
  assert.doesNotMatch(index, /<style|\sstyle=|\son\w+=/);
});

test("the policy is the first thing in the head and lets nothing out", () => {
  const policy = index.match(/<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">/)?.[1];
  assert.ok(policy, "the policy is not first");
  const rules = Object.fromEntries(policy.split(";").map((rule) => {
    const [name, ...values] = rule.trim().split(" ");
    return [name, values.join(" ")];
  }));
  assert.equal(rules["default-src"], "'none'");
  assert.equal(rules["connect-src"], "'self'");
  assert.equal(rules["worker-src"], "'self' blob:");
  assert.equal(rules["script-src"], "'self' 'wasm-unsafe-eval'");
  assert.equal(rules["style-src"], "'self'");
});

test("the service worker keeps every file of the release but itself, each with its hash", () => {
  const { release, files } = serviceWorker(read("service-worker.js").toString());
  const listed = list.files.filter(({ path }) => path !== "service-worker.js");
  assert.deepEqual(files, Object.fromEntries(listed.map(({ path, sha256 }) => [path === "index.html" ? "" : path, sha256])));
  assert.match(index, new RegExp(`<meta name="quintile-release" content="${release}">`));
});

test("the manifest names icons of the sizes it says, one set of them maskable, and stays in its folder", () => {
  const manifest = JSON.parse(read(index.match(/rel="manifest" href="([^"]+)"/)[1]));
  assert.equal(manifest.start_url, "./");
  assert.equal(manifest.scope, "./");
  // An id would be taken from the origin's root, which all projects of a host share.
  assert.equal(manifest.id, undefined);
  const png = manifest.icons.filter(({ type }) => type === "image/png");
  for (const { src, sizes } of png) assert.equal(pngSize(read(src)).join("x"), sizes, src);
  for (const purpose of [undefined, "maskable"]) {
    assert.deepEqual(png.filter((icon) => icon.purpose === purpose).map(({ sizes }) => sizes), ["192x192", "512x512"]);
  }
  for (const { url } of manifest.shortcuts) assert.match(url, /^\.\/#\/\w+$/);
  assert.deepEqual(pngSize(read(index.match(/rel="apple-touch-icon" href="([^"]+)"/)[1])), [180, 180]);
});

test("the release's wasm is optimised, valid, and keeps its list of features", async () => {
  for (const name of ["page", "worker"]) {
    const { path } = list.files.find((file) => new RegExp(`^${name}-[0-9a-f]+\\.wasm$`).test(file.path));
    const module = await WebAssembly.compile(read(path));
    assert.equal(WebAssembly.Module.customSections(module, "target_features").length, 1, `${name}: target_features`);
    assert.equal(WebAssembly.Module.customSections(module, ".debug_info").length, 0, `${name}: debug information`);
  }
});
