// The storage is full, denied, or lost in the background: nothing is lost, and the person is told what to do.

import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, browserTest, download, openPage, screenshot } from "./harness.mjs";
import { confirm, importFile, offer, saved, says, stay } from "./steps.mjs";
import { bare } from "./storage.mjs";

const FILE = "customer,date,amount\nZebra77,2024-01-05,10\nA2,2024-02-06,20\nZebra77,2024-03-07,30\n";
const digits = (page) => page.getByLabel("Decimals shown");
const next = async (page) => digits(page).selectOption(String((Number(await digits(page).inputValue()) + 1) % 3));
const inNotice = (page, name) => page.locator(".notice-warning").getByRole("button", { name, exact: true });

async function tools(page) {
  const client = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  return { quota: (quotaSize) => client.send("Storage.overrideQuotaForOrigin", { origin, ...(quotaSize === undefined ? {} : { quotaSize }) }),
    clear: () => client.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" }) };
}

// A fresh session whose site may store so many bytes: the browser looks at the limit when the storage is first used.
async function limited(start, hash, bytes) {
  const session = await start();
  const raw = await bare(session);
  const limits = await tools(raw);
  await limits.quota(bytes);
  return { page: await openPage(session, hash), ...limits };
}

browserTest("where the storage is full the change stays, a file is offered, and it is stored when there is room", async ({ start }) => {
  const { page, quota } = await limited(start, "#/pyramid", 200_000);
  await saved(page);
  const strategy = () => page.locator(".strategy-list textarea").first();
  const words = "A visit every spring. ".repeat(100_000);
  // Pasted: the driver would take half a minute to type it.
  await strategy().evaluate((field, words) => {
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, words);
  await says(page, /storage is full: \d\.\d MB are needed[,.]/, { selector: ".notice-warning" });
  await says(page, /Not saved/, { selector: ".chip-saved" });
  await screenshot(page, "storage-full-en", { fullPage: false });
  const file = await download(page, () => inNotice(page, "Save to a file, with data").click());
  assert.ok(file.bytes.includes(Buffer.from(words)));
  assert.ok(await strategy().inputValue() === words, "the text stays");
  await quota();
  await saved(page);
  await page.reload();
  await saved(page);
  assert.ok(await strategy().inputValue() === words, "the text is kept");
});

browserTest("an import that finds no room is refused with the sizes, and goes through when there is", async ({ start }) => {
  const { page, quota } = await limited(start, "#/data", 400_000);
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  const lines = ["customer,date,amount"];
  for (let row = 0; row < 200_000; row += 1) lines.push(`C${row % 50_000},2024-01-05,${row % 1_000}`);
  await offer(page, lines.join("\n"), "large.csv");
  await page.locator("#import-now").click();
  await says(page, /storage is full: \d+\.\d MB are needed[,.]/, { selector: "main" });
  await says(page, /^2 customers/, { selector: ".chip-data" });
  await quota();
  await confirm(page);
  await saved(page);
  await page.reload();
  await says(page, /^200,000 rows, 50,000 customers/, { selector: ".table-card > p" });
});

// The browser's own setting "block all site data".
async function blockedProfile() {
  const folder = await mkdtemp(join(tmpdir(), "quintile-browser-"));
  await mkdir(join(folder, "Default"));
  const profile = { default_content_setting_values: { cookies: 2 } };
  await writeFile(join(folder, "Default", "Preferences"), JSON.stringify({ profile }));
  return folder;
}

browserTest("where the browser denies storage the app runs, says that nothing is kept, and offers the file", async ({ start }) => {
  const session = await start({ profile: await blockedProfile() });
  const page = await openPage(session, "#/data");
  const denied = await page.evaluate(() => { try { return !localStorage; } catch { return true; } });
  assert.ok(denied, "this browser denies storage");
  await says(page, /does not let this page store data/, { selector: ".notice-warning" });
  await says(page, /Not saved/, { selector: ".chip-saved" });
  await importFile(page, FILE);
  await stay(page);
  await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  await page.getByRole("button", { name: "中文" }).click();
  await says(page, /尚未儲存/, { selector: ".chip-saved" });
  await page.getByRole("button", { name: "EN" }).click();
  const file = await download(page, () => inNotice(page, "Save to a file, with data").click());
  assert.ok(file.bytes.includes(Buffer.from("Zebra77")));
});

browserTest("without IndexedDB the app runs, says that nothing is kept, and offers the file", async ({ start }) => {
  const session = await start();
  await session.context.addInitScript(() => {
    Object.defineProperty(globalThis, "indexedDB", { get() { throw new DOMException("not here", "SecurityError"); } });
  });
  const page = await openPage(session, "#/data");
  await says(page, /does not let this page store data/, { selector: ".notice-warning" });
  await importFile(page, FILE);
  await stay(page);
  const file = await download(page, () => inNotice(page, "Save to a file, with data").click());
  assert.ok(file.bytes.includes(Buffer.from("Zebra77")));
});

browserTest("site data cleared in the background are stored again, workspaces and data", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  const { clear } = await tools(page);
  await clear();
  await page.evaluate(() => { location.hash = "#/settings"; });
  await next(page);
  const chosen = await digits(page).inputValue();
  await saved(page);
  await page.reload();
  await says(page, /^2 customers/, { selector: ".chip-data" });
  await saved(page);
  assert.equal(await digits(page).inputValue(), chosen);
  await page.evaluate(() => { location.hash = "#/data"; });
  await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  // The worker had a connection of its own: it stores the next import all the same.
  await clear();
  await importFile(page, `${FILE}Z9,2024-04-01,5\n`, "more.csv");
  await stay(page);
  await saved(page);
  await page.reload();
  await says(page, /^4 rows, 3 customers/, { selector: ".table-card > p" });
});
