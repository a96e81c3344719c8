// What stays: after closing the browser, in other workspaces, in a file; and what must not stay.

import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, browserTest, DIST, download, dropFile, serveFolder, until } from "./harness.mjs";
import { button, dataChip, gone, importFile, offer, placesOf, profile, saved, says, stay, storedBytes } from "./steps.mjs";

const FILE = "customer,date,amount\nZebra77,2024-01-05,10\nA2,2024-02-06,20\nZebra77,2024-03-07,30\n";

const openMenu = async (page) => {
  await page.locator(".workspace-name").click();
  await until(page, () => document.querySelector("dialog[open] .workspace-list"), { what: "the workspaces" });
};
const inMenu = async (page, name) => {
  await openMenu(page);
  await page.locator("dialog[open]").getByRole("button", { name, exact: true }).click();
};
const workspaceName = (page, name) =>
  until(page, (name) => document.querySelector(".workspace-name")?.innerText.replace("▾", "").trim() === name, { arg: name, what: `workspace ${name}` });
const rename = async (page, name) => {
  await openMenu(page);
  await page.locator("dialog[open]").getByLabel("Name", { exact: true }).fill(name);
  await page.keyboard.press("Escape");
  await workspaceName(page, name);
};

browserTest("data, name and language are there again after the browser was closed", async ({ start, open }) => {
  // The server outlives the first browser: what is stored belongs to its origin.
  const site = await serveFolder(DIST);
  try {
    const first = await start({ server: site });
    const page = await open("#/data", { session: first });
    await importFile(page, FILE);
    await stay(page);
    await rename(page, "Spring 2024");
    const before = await profile(page);
    await page.getByRole("button", { name: "中文" }).click();
    await saved(page);
    await first.close({ keepProfile: true });
    const second = await start({ server: site, profile: first.folder });
    const again = await open("#/data", { session: second });
    await workspaceName(again, "Spring 2024");
    assert.equal(await again.locator("html").getAttribute("lang"), "zh-Hant");
    await says(again, /^3 列，2 位顧客/, { selector: ".table-card > p" });
    const after = await profile(again);
    assert.deepEqual(Object.values(after).map((cells) => cells.slice(1, 3)), Object.values(before).map((cells) => cells.slice(1, 3)));
    await again.getByRole("button", { name: "EN" }).click();
    await until(again, () => document.documentElement.lang === "en");
    assert.deepEqual(await profile(again), before);
  } finally {
    await site.close();
  }
});

browserTest("a workspace is renamed, duplicated, switched, deleted and brought back", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await rename(page, "One");
  await inMenu(page, "Duplicate");
  await workspaceName(page, "One (copy)");
  await says(page, /^2 customers/, { selector: ".chip-data" });
  await rename(page, "Two");
  await inMenu(page, "New empty workspace");
  await workspaceName(page, "New workspace");
  await says(page, /^No data yet/, { selector: ".chip-data" });
  await inMenu(page, "One");
  await workspaceName(page, "One");
  await says(page, /^2 customers/, { selector: ".chip-data" });
  await inMenu(page, "Delete");
  await says(page, /“One” was deleted/, { selector: ".notices" });
  await until(page, () => !document.querySelector(".workspace-name")?.innerText.startsWith("One"));
  await page.locator(".notice").getByRole("button", { name: "Undo" }).click();
  await workspaceName(page, "One");
  await says(page, /^2 customers/, { selector: ".chip-data" });
  await saved(page);
  await page.reload();
  await workspaceName(page, "One");
  await openMenu(page);
  const others = await page.locator(".workspace-list .row-button").allInnerTexts();
  assert.deepEqual(others.sort(), ["New workspace", "Two"]);
});

browserTest("a workspace file with data opens elsewhere with the same figures", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await rename(page, "Carried");
  const before = await profile(page);
  await openMenu(page);
  const file = await download(page, () => page.locator("dialog[open]").getByRole("button", { name: "Save to a file, with data" }).click());
  assert.equal(file.name, "Carried.quintile");
  assert.equal(file.bytes.subarray(0, 8).toString(), "QUINTILE");
  await openMenu(page);
  const settings = await download(page, () => page.locator("dialog[open]").getByRole("button", { name: "Save to a file, settings only" }).click());
  assert.ok(!settings.bytes.includes(Buffer.from("Zebra77")), "settings hold no customer");
  assert.ok(file.bytes.includes(Buffer.from("Zebra77")));

  const other = await open("#/data");
  await dropFile(other, "body", { name: "Carried.quintile", type: "application/octet-stream", bytes: file.bytes });
  await workspaceName(other, "Carried");
  await says(other, /“Carried” was opened from the file/, { selector: ".notices" });
  await says(other, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  assert.deepEqual(await profile(other), before);
  await saved(other);
  await other.reload();
  await says(other, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  await dropFile(other, "body", { name: "settings.quintile", type: "application/octet-stream", bytes: settings.bytes });
  await says(other, /was opened from the file/, { selector: ".notices" });
});

browserTest("a damaged, cut off, foreign or newer workspace file is refused in words, and nothing changes", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await openMenu(page);
  const { bytes } = await download(page, () => page.locator("dialog[open]").getByRole("button", { name: "Save to a file, with data" }).click());
  const changed = (change) => { const copy = Buffer.from(bytes); change(copy); return copy; };
  for (const [what, content, words] of [
    ["a flipped bit", changed((copy) => { copy[copy.length - 5] ^= 1; }), /damaged/],
    ["cut off", bytes.subarray(0, bytes.length - 40), /damaged/],
    ["text", Buffer.from("customer,date\n"), /not a workspace file/],
    ["empty", Buffer.alloc(0), /not a workspace file/],
  ]) {
    await dropFile(page, "body", { name: "x.quintile", type: "application/octet-stream", bytes: content });
    await says(page, words, { selector: ".notice-warning" });
    for (const close of await page.locator(".notice-warning").getByRole("button", { name: "Close" }).all()) await close.click();
    await gone(page, ".notice-warning");
    await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
    assert.ok(what);
  }
});

browserTest("a reload in the middle of a confirmation loses the file, not the data", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  await offer(page, "customer,date,amount\nQ1,2024-01-05,99\n", "other.csv");
  await page.reload();
  await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  assert.equal(await page.locator("#import-now").count(), 0);
  await until(page, () => document.querySelector("#choose-file"), { what: "the way to choose a file" });
});

browserTest("a session that keeps nothing leaves no trace of what was imported or typed", async ({ open, sessionOf }) => {
  const page = await open("#/settings");
  await saved(page);
  await page.getByLabel("Keep nothing").check();
  await says(page, /Nothing is kept/, { selector: ".chip-saved" });
  const before = await storedBytes(page);
  await page.evaluate(() => { location.hash = "#/data"; });
  await importFile(page, FILE);
  await stay(page);
  await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  await rename(page, "Secretname");
  await page.getByRole("button", { name: "中文" }).click();
  await until(page, () => document.documentElement.lang === "zh-Hant");
  const after = await storedBytes(page);
  assert.deepEqual(after.records.map(({ store, key }) => `${store} ${key}`), before.records.map(({ store, key }) => `${store} ${key}`));
  for (const secret of ["Zebra77", "Secretname", "zh"]) assert.deepEqual(placesOf(after, secret), [], secret);
  // A reload is still the same session of the tab.
  await page.reload();
  await says(page, /Nothing is kept/, { selector: ".chip-saved" });
  // Closed, the profile's own files on the disk hold nothing of it either.
  const session = sessionOf(page);
  await session.context.close();
  const files = readdirSync(session.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const holding = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).filter((path) => readFileSync(path).includes("Zebra77"));
  assert.deepEqual(holding, []);
});

browserTest("erasing everything leaves a device as before the first visit", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await rename(page, "Gone soon");
  await page.getByRole("button", { name: "Theme" }).click();
  await saved(page);
  await page.evaluate(() => { location.hash = "#/settings"; });
  await button(page, "Erase everything on this device").click();
  await says(page, /Erase everything\? This cannot be undone/, { selector: "[role=alert]" });
  await page.locator("[role=alert] ~ .actions").getByRole("button", { name: "Erase everything on this device" }).click();
  await says(page, /3,240 customers/, { selector: ".chip-data", timeout: 40_000 });
  await saved(page);
  const stored = await storedBytes(page);
  assert.deepEqual(stored.records.map(({ store }) => store), ["workspaces"]);
  for (const trace of ["Zebra77", "Gone soon", "dark"]) assert.deepEqual(placesOf(stored, trace), [], trace);
  assert.match(await dataChip(page), /3,240/);
});

browserTest("erasing works while another tab of the app is open", async ({ start, open }) => {
  const session = await start();
  const other = await open("#/rfm", { session });
  await saved(other);
  const page = await open("#/settings", { session });
  await says(page, /^Read only$/, { selector: ".chip-saved" });
  await button(page, "Erase everything on this device").click();
  await page.locator("[role=alert] ~ .actions").getByRole("button", { name: "Erase everything on this device" }).click();
  await says(page, /3,240 customers/, { selector: ".chip-data" });
  await saved(page);
});
