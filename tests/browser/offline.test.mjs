// Without network after the first visit, installed or not; and what must not get into what is kept.

import { assert, browserTest, trouble, until } from "./harness.mjs";
import { atRest, dataChip, pagesOf, saved, says, show } from "./steps.mjs";
import { kept, stored } from "./versions.mjs";

browserTest("after the first visit the whole app works without any network, in a sub-path", async ({ start, open }) => {
  const session = await start({ serviceWorkers: "allow" });
  const page = await open("", { session });
  await stored(page);
  await saved(page);
  await session.site.close();
  await page.reload();
  await says(page, /3,240/, { selector: ".chip-data" });
  const tab = await open("#/rfm", { session });
  for (const name of await pagesOf(tab)) {
    await show(tab, name);
    assert.equal(await tab.locator("main .problem").count(), 0, `${name}: ${await tab.locator("main").innerText()}`);
  }
  await tab.evaluate(() => { location.hash = "#/settings"; });
  await says(tab, /stored in this browser as a whole and works without network/, { selector: ".offline-state" });
  await tab.getByRole("button", { name: "中文", exact: true }).click();
  await says(tab, /已完整存在這個瀏覽器裡，沒有網路也能使用/, { selector: ".offline-state" });
});

browserTest("what is kept comes after everything that the app needs, and asks for nothing but the site's files", async ({ start, open }) => {
  const session = await start({ serviceWorkers: "allow" });
  const page = await open("", { session });
  await says(page, /3,240/, { selector: ".chip-data" });
  await stored(page);
  const paths = session.site.requests.map(({ path }) => path.slice("/some/sub/path/".length));
  const worker = paths.indexOf("service-worker.js");
  assert.ok(worker > Math.max(...["page-", "worker-", "app-"].map((name) => paths.findIndex((path) => path.startsWith(name)))), paths.join());
  const { files } = await kept(page);
  assert.deepEqual([...new Set(paths.slice(worker + 1))].filter((path) => path !== "service-worker.js" && !(path in files)), []);
});

browserTest("a wifi's login page never gets into what is kept, at the first visit or later", async ({ start, open }) => {
  const session = await start({ serviceWorkers: "allow" });
  const { site } = session;
  site.override.set("/icons/", trouble.login);
  const page = await open("#/settings", { session });
  await says(page, /not stored as a whole yet/, { selector: ".offline-state" });
  assert.deepEqual((await kept(page)).wrong, []);
  site.override.clear();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await stored(page);
  assert.deepEqual(await kept(page).then(({ wrong, missing }) => ({ wrong, missing })), { wrong: [], missing: [] });

  site.override.set("/", trouble.login);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {}));
  await page.reload();
  await says(page, /3,240/, { selector: ".chip-data" });
  assert.deepEqual(await kept(page).then(({ wrong, missing }) => ({ wrong, missing })), { wrong: [], missing: [] });
  session.seen.errors = []; // the refusals that this test provokes
});

browserTest("a file that the browser has lost comes from the network again, and only as what it must be", async ({ start, open }) => {
  const session = await start({ serviceWorkers: "allow" });
  const { site } = session;
  const page = await open("", { session });
  await stored(page);
  await page.reload();
  await says(page, /3,240/, { selector: ".chip-data" });
  const lose = () => page.evaluate(async () => {
    const cache = await caches.open((await caches.keys()).find((name) => name.startsWith("quintile ")));
    await cache.delete((await cache.keys()).find(({ url }) => url.endsWith(".css")));
  });
  const fetched = () => page.evaluate(async () => (await (await fetch(document.querySelector("link[rel=stylesheet]").href)).text()).length);
  const length = await fetched();
  await lose();
  site.override.set(".css", trouble.half);
  assert.ok((await fetched()) < length, "the page gets what a page without a keeper would get");
  assert.equal((await kept(page)).missing.length, 1, "and it is not kept");
  site.override.clear();
  assert.equal(await fetched(), length);
  assert.deepEqual((await kept(page)).missing, []);
});

browserTest("other programs of the same origin keep their caches, and pages of theirs are left alone", async ({ start, open }) => {
  const session = await start({ serviceWorkers: "allow" });
  const page = await open("", { session, ready: false });
  const others = ["another project", "quintile /elsewhere/ 0123456789ab"];
  await page.evaluate(async (others) => { for (const name of others) await (await caches.open(name)).put("/x", new Response("x")); }, others);
  await until(page, () => document.documentElement.dataset.ready === "1");
  await stored(page);
  await page.reload();
  await stored(page);
  const names = await page.evaluate(() => caches.keys());
  assert.deepEqual(names.filter((name) => !name.startsWith("quintile /some/sub/path/ ")).sort(), others);
  assert.ok(names.length === 3, names.join());
  const scopes = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname));
  assert.deepEqual(scopes, ["/some/sub/path/"]);
});

browserTest("the browser would install it, and the button asks once", async ({ start, open }) => {
  const session = await start({ serviceWorkers: "allow" });
  const page = await open("", { session });
  await stored(page);
  const devtools = await session.context.newCDPSession(page);
  const { errors } = await devtools.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors, []);
  await page.evaluate(() => {
    const event = new Event("beforeinstallprompt", { cancelable: true });
    event.prompt = async () => { document.documentElement.dataset.prompted = String(Number(document.documentElement.dataset.prompted ?? 0) + 1); };
    window.dispatchEvent(event);
  });
  await page.locator("nav").getByRole("button", { name: "Install Quintile" }).click();
  await until(page, () => !document.querySelector("nav .install"));
  assert.equal(await page.evaluate(() => document.documentElement.dataset.prompted), "1");
});

browserTest("a link opened without network leads to its page with its inputs", async ({ start, open }) => {
  const session = await start({ serviceWorkers: "allow" });
  const page = await open("", { session });
  await stored(page);
  await saved(page);
  await session.site.close();
  const tab = await open("#/campaign?cost=0.77", { session });
  await atRest(tab, "the campaign");
  assert.match(await dataChip(tab), /3,240/);
  // The first tab has the workspace: this one asks before it changes it.
  await tab.getByRole("button", { name: "Take over and use them" }).click();
  await until(tab, () => [...document.querySelectorAll("main input")].some(({ value }) => value === "0.77"), { what: "the cost of the link" });
});
