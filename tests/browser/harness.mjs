// What the browser tests share. A test reads:
//
//   import { browserTest, assert } from "./harness.mjs";
//   browserTest("the title is there", async ({ open }) => {
//     const page = await open("#/rfm", { lang: "en", theme: "dark", width: 360 });
//     assert.equal(await page.title(), "Quintile 客層");
//   });
//
// Each test gets a fresh browser profile, and fails at its end when the page logged an error, threw, broke the
// content-security policy, or asked for anything outside its own folder. A test that provokes such a thing takes
// it from `seen` with `expect(kind, pattern)`.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serveFolder, trouble } from "./server.mjs";

export { assert, serveFolder, trouble };

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const DIST = process.env.QUINTILE_DIST ?? join(ROOT, "dist");
const SCREENSHOTS = process.env.QUINTILE_SCREENSHOTS ?? join(ROOT, "target/screenshots");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export function chromiumPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch { /* the next one */ }
  }
  throw new Error("no Chromium found: set CHROMIUM to its path");
}

// ---- One browser profile

// Starts a browser with a profile of its own and a server for `dist`. `profile` reuses the folder of an earlier one.
// Most tests are of the first visit: nothing is kept for use without network unless `serviceWorkers` is "allow".
export async function launch({
  lang = "en", theme = "light", width = 1280, height = 900, userAgent, bypassCSP = false, profile, server, reducedMotion,
  serviceWorkers = "block", flags = [],
} = {}) {
  const ownServer = server ? null : await serveFolder(DIST);
  const site = server ?? ownServer;
  const folder = profile ?? (await mkdtemp(join(tmpdir(), "quintile-browser-")));
  const locale = lang === "en" ? "en-US" : lang === "zh-Hant" ? "zh-TW" : lang;
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: chromiumPath(), args: [...FLAGS, ...flags, `--lang=${locale}`], headless: true, locale, colorScheme: theme,
    viewport: { width, height }, userAgent, bypassCSP, acceptDownloads: true, serviceWorkers, reducedMotion,
    timezoneId: "Asia/Taipei",
  });
  const seen = { errors: [], requests: [], warnings: [] };
  await watch(context, seen);
  const close = async ({ keepProfile = false } = {}) => {
    await context.close();
    if (ownServer) await ownServer.close();
    if (!keepProfile) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, site, seen, folder, close };
}

// Notes what goes wrong and every request, of pages and of their workers.
async function watch(context, seen) {
  const note = (kind, text) => seen.errors.push({ kind, text });
  context.on("request", (request) => seen.requests.push(request.url()));
  context.on("weberror", (error) => note("page error", String(error.error())));
  context.on("console", (message) => {
    const where = message.location()?.url ?? "";
    if (message.type() === "error") {
      const kind = /Content Security Policy/.test(message.text()) ? "policy" : "console error";
      note(kind, `${message.text()} ${where}`);
    } else if (message.type() === "warning") {
      seen.warnings.push(message.text());
    }
  });
  // The page's own account of what the policy blocked: the console speaks of it in changing words.
  await context.exposeBinding("quintileTestViolation", (_, text) => note("policy", text));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      globalThis.quintileTestViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
  });
}

// Opens the app and waits until it has rendered.
export async function openPage(session, hash = "", { ready = true, page, waitUntil } = {}) {
  const tab = page ?? session.context.pages().find((tab) => tab.url() === "about:blank") ?? (await session.context.newPage());
  await tab.goto(session.site.url + hash, { waitUntil });
  if (ready) await until(tab, () => document.documentElement.dataset.ready === "1", { what: "the app to be ready" });
  return tab;
}

// ---- A test

// Runs `body` with helpers bound to sessions that are closed afterwards, and checks that nothing went wrong unseen.
// `open(hash, options)` starts a fresh profile each time; pass `{ session }` to open another tab of the same one.
// A busy machine can upset a browser: what fails is tried once more from the start, and the first failure is printed.
export function browserTest(name, options, body) {
  if (typeof options === "function") [options, body] = [{}, options];
  const timeout = 2 * (options.timeout ?? 120_000);
  test(name, { ...options, timeout }, async (t) => {
    try {
      await attempt(t, body);
    } catch (error) {
      t.diagnostic(`failed at first, is tried again: ${error.stack ?? error}`);
      await attempt(t, body);
    }
  });
}

async function attempt(t, body) {
  const sessions = [];
  const start = async (options) => {
    const session = await launch(options);
    sessions.push(session);
    return session;
  };
  const open = async (hash = "", { session, ready, waitUntil, ...options } = {}) => {
    const page = await openPage(session ?? (await start(options)), hash, { ready, waitUntil });
    page.setDefaultTimeout(20_000);
    return page;
  };
  const sessionOf = (page) => sessions.find((session) => session.context === page.context());
  const expect = (page, kind, pattern) => {
    const { seen } = sessionOf(page);
    const kept = seen.errors.filter((error) => !(error.kind === kind && pattern.test(error.text)));
    assert.ok(kept.length < seen.errors.length, `no ${kind} like ${pattern}: ${JSON.stringify(seen.errors)}`);
    seen.errors = kept;
  };
  try {
    await body({ t, open, start, sessionOf, expect });
    for (const session of sessions) {
      assert.deepEqual(session.seen.errors, [], "the page reported errors");
      assert.deepEqual(foreignRequests(session), [], "requests left the site");
    }
  } finally {
    for (const session of sessions) await session.close().catch(() => {});
  }
}

// Requests to anything but the site's own folder; `data:` and `blob:` stay in the browser.
export function foreignRequests({ seen, site }) {
  return seen.requests.filter((url) => !url.startsWith(site.url) && !/^(data:|blob:|about:)/.test(url));
}

// ---- Helpers

// Polls, since the policy forbids the evaluated strings that Playwright's own `waitForFunction` uses.
export async function until(page, condition, { arg, timeout = 30_000, what = String(condition) } = {}) {
  const end = Date.now() + timeout;
  for (;;) {
    const value = typeof page === "function" ? await page() : await page.evaluate(condition, arg).catch(navigating);
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${timeout / 1000} s in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function navigating(error) {
  if (/navigation|context was destroyed/i.test(String(error))) return undefined;
  throw error;
}

// The file that `click` makes the page download: { name, bytes }.
export async function download(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  // Chromium drops what a page wants to save beyond ten files in a second; no person is that quick.
  await new Promise((done) => setTimeout(done, 100));
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

// Saves what the page looks like under target/screenshots.
export async function screenshot(page, name, options = {}) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const path = join(SCREENSHOTS, `${name}.png`);
  await page.screenshot({ path, fullPage: true, ...options });
  return path;
}

// What axe-core objects to, one line per element. It runs under the page's own policy: the driver evaluates the
// script in the page without `eval`, so the policy need not be bypassed.
export async function axe(page, { exclude = [], rules = {} } = {}) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(
    async ([exclude, rules]) => (await globalThis.axe.run({ exclude: exclude.map((one) => [one]) }, { rules, resultTypes: ["violations"] })).violations,
    [exclude, rules],
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} at ${node.target.join(" ")}: ${node.failureSummary?.split("\n").slice(1).join(" ")}`));
}

// Drops a file of these bytes on an element, as a person would from a folder.
export async function dropFile(page, selector, { name, type = "text/csv", bytes }) {
  const text = Buffer.from(bytes).toString("base64");
  await page.locator(selector).evaluate((target, [name, type, text]) => {
    const data = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([data], name, { type }));
    for (const kind of ["dragenter", "dragover", "drop"]) {
      target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
    }
  }, [name, type, text]);
}
