// One version after the other: whole or not at all, and only when the person wants it.

import { rmSync } from "node:fs";
import { assert, axe, browserTest, DIST, screenshot, serveFolder, trouble, until } from "./harness.mjs";
import { pagesOf, saved, says, show } from "./steps.mjs";
import { kept, laterVersion, releaseIn, releases, stored } from "./versions.mjs";

const V2 = laterVersion("9.9.2");
const V3 = laterVersion("9.9.3", V2);
process.on("exit", () => [V2, V3].forEach((folder) => rmSync(folder, { recursive: true, force: true })));
const [ONE, TWO, THREE] = [DIST, V2, V3].map(releaseIn);

const checkForUpdate = (page) => page.evaluate(() => window.dispatchEvent(new Event("online")));
const offered = (page, words = /new version of Quintile is ready/) => says(page, words, { selector: ".notices" });
const isOf = (page, release) => until(page, (release) => document.documentElement.dataset.ready === "1"
  && document.querySelector("meta[name=quintile-release]").content === release, { arg: release, what: `the page of ${release}` });
const reloadInNotice = (page, name = "Reload") => page.locator(".notices").getByRole("button", { name, exact: true }).click();
const onlyKept = (page, ...wanted) => until(async () => {
  const { kept } = await releases(page);
  return kept.join() === wanted.sort().join();
}, undefined, { what: `only ${wanted} to be kept` });

// A first visit of the release as it is, kept on the device.
async function firstVersion({ start, open }, options) {
  const session = await start({ serviceWorkers: "allow", ...options });
  const page = await open("#/settings", { session });
  await stored(page);
  await saved(page);
  return { session, page, site: session.site };
}

browserTest("a new version is offered in every tab, taken on a click, and the other tab goes on with its own", async (t) => {
  const { session, page, site } = await firstVersion(t);
  const other = await t.open("#/data", { session });
  await page.reload();
  await stored(page);
  site.folder = V2;
  const before = site.requests.length;
  await checkForUpdate(page);
  await offered(page);
  await offered(other);
  const fetched = new Set(site.requests.slice(before).map(({ path }) => path.slice("/some/sub/path/".length)));
  assert.deepEqual([...fetched].map((path) => path.replace(/-[0-9a-f]{12}/, "")).sort(), ["", "service-worker.js", "worker.js"], "only what is new");
  assert.deepEqual(await axe(page), []);
  await screenshot(page, "new-version-en", { fullPage: false });
  await page.getByRole("button", { name: "中文", exact: true }).click();
  await offered(page, /新版本已經下載到這台裝置。您輸入的內容都已儲存/);

  // Until then it stays what it was, also when the page is loaded anew.
  await page.reload();
  await isOf(page, ONE);
  await offered(page, /新版本/);
  await page.setViewportSize({ width: 360, height: 740 });
  await screenshot(page, "new-version-zh-360", { fullPage: false });
  await reloadInNotice(page, "重新載入");
  await isOf(page, TWO);
  await says(page, /3,240/, { selector: ".chip-data" });
  assert.equal(await page.locator(".notices .notice").count(), 0);
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hant", "the choice made a moment before is kept");

  // The other tab is of the first version still: its files are no longer on the server.
  assert.equal((await releases(other)).page, ONE);
  await onlyKept(other, ONE, TWO);
  await site.close();
  for (const name of await pagesOf(other)) await show(other, name);
  const own = await other.evaluate(async () => {
    const names = ["page-js", "worker-js", "worker-wasm"].map((name) => document.querySelector(`meta[name=quintile-${name}]`).content);
    return Promise.all(names.map(async (name) => (await fetch(name)).status));
  });
  assert.deepEqual(own, [200, 200, 200]);
  await reloadInNotice(other);
  await isOf(other, TWO);
  await onlyKept(other, TWO);
});

browserTest("three versions in a row without a reload between lead from the first to the last", async (t) => {
  const { page, site } = await firstVersion(t);
  site.folder = V2;
  await checkForUpdate(page);
  await offered(page);
  site.folder = V3;
  await checkForUpdate(page);
  await until(page, async (release) => {
    const { waiting, installing } = await navigator.serviceWorker.getRegistration();
    if (!waiting || installing) return false;
    const { port1, port2 } = new MessageChannel();
    const said = new Promise((done) => { port1.onmessage = (event) => done(event.data); });
    waiting.postMessage({ ask: "release" }, [port2]);
    return (await said) === release;
  }, { arg: THREE, what: "the third version to wait" });
  await page.reload();
  await isOf(page, ONE);
  await offered(page);
  await reloadInNotice(page);
  await isOf(page, THREE);
  await onlyKept(page, THREE);
  // And back: what was published by mistake can be taken back.
  site.folder = DIST;
  await checkForUpdate(page);
  await offered(page);
  await reloadInNotice(page);
  await isOf(page, ONE);
  await onlyKept(page, ONE);
});

browserTest("a version that was not taken is there after the browser was closed", async (t) => {
  const site = await serveFolder(DIST);
  try {
    const { session, page } = await firstVersion(t, { server: site });
    site.folder = V2;
    await checkForUpdate(page);
    await offered(page);
    await session.close({ keepProfile: true });
    const again = await t.start({ server: site, profile: session.folder, serviceWorkers: "allow" });
    const next = await t.open("", { session: again });
    await isOf(next, TWO);
    await onlyKept(next, TWO);
  } finally {
    await site.close();
  }
});

for (const [what, how] of [["is missing", 404], ["is cut", trouble.half], ["is a login page", trouble.login], ["breaks off", trouble.broken]]) {
  browserTest(`while a file of the new version ${what}, the old one stays whole`, async (t) => {
    const { session, page, site } = await firstVersion(t);
    site.folder = V2;
    site.override.set("worker-", how);
    await checkForUpdate(page);
    const failed = () => page.evaluate(async () => {
      const { installing, waiting } = await navigator.serviceWorker.getRegistration();
      return !installing && !waiting;
    });
    const asked = () => site.requests.filter(({ path }) => /worker-\w+\.js/.test(path)).length;
    await until(async () => asked() >= 3 && (await failed()), undefined, { what: "the version to fail" });
    assert.equal(await page.locator(".notices .notice").count(), 0);
    assert.deepEqual((await kept(page)).wrong, []);
    await page.reload();
    await isOf(page, ONE);
    await says(page, /3,240/, { selector: ".chip-data" });
    site.override.clear();
    await checkForUpdate(page);
    await offered(page);
    await reloadInNotice(page);
    await isOf(page, TWO);
    session.seen.errors = []; // the failures of loading that this test provokes
  });
}

browserTest("where nothing is kept, the notice says what a reload loses", async (t) => {
  const { page, site } = await firstVersion(t);
  await page.getByLabel("Keep nothing").check();
  site.folder = V2;
  await checkForUpdate(page);
  await offered(page, /reloading loses what you have imported and entered/);
  await page.locator(".notices").getByRole("button", { name: "Later" }).click();
  await until(page, () => !/new version/.test(document.querySelector(".notices").innerText));
  assert.equal((await releases(page)).page, ONE);
});
