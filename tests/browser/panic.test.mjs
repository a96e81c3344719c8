// What happens when a part of the program stops: the worker is replaced, the page shows the crash screen. The panics
// are real ones of the release build, provoked from outside.

import { Buffer } from "node:buffer";
import { assert, axe, browserTest, download, dropFile, screenshot, until } from "./harness.mjs";
import { dataChip, importFile, openSample, saved, says, show, stay } from "./steps.mjs";

const FILE = "customer,date,amount\nZebra77,2024-01-05,10\nA2,2024-02-06,20\nZebra77,2024-03-07,30\n";
const text = (page, selector) => page.locator(selector).innerText();

// ---- The worker

// Before the worker's own script: a question whose text matches is changed, on its way to the program, into one to
// open a file of 2 GiB, for which no memory can be had: that panics.
function panicAt(pattern) {
  const prelude = `{
    const panics = (body) => new RegExp(${JSON.stringify(pattern)}).test(body);
    let handler = null;
    Object.defineProperty(self, "onmessage", {
      configurable: true,
      get: () => handler,
      set: (next) => { handler = next; },
    });
    self.addEventListener("message", (event) => {
      const { id, body } = event.data;
      handler(typeof body === "string" && panics(body)
        ? { data: { id, body: '{"load":{"id":"x","keep":false}}', bytes: new Uint8Array(2 ** 31) } } : event);
    });
  }`;
  const Original = window.Blob;
  window.Blob = class extends Original {
    constructor(parts, options) {
      super(/javascript/.test(options?.type) ? [prelude, ...parts] : parts, options);
    }
  };
}

async function openWithPanic({ start, open }, pattern, hash = "#/overview", options = {}) {
  const session = await start(options);
  await session.context.addInitScript(panicAt, pattern);
  const page = await open(hash, { session });
  await says(page, /3,240/, { selector: ".chip-data" });
  return { session, page };
}

browserTest("a question at which the worker panics is named, not asked for ever, and other tools go on", async (t) => {
  const { session, page } = await openWithPanic(t, '^\\{"tool":\\{"tool":"rfm"', "#/data");
  let asked = 0;
  session.context.on("console", (message) => { if (/panicked/.test(message.text())) asked += 1; });
  await page.evaluate(() => { location.hash = "#/rfm"; });
  await says(page, /RFM/, { selector: "main .problem" });
  assert.match(await text(page, "main .problem"), /stopped at “.*RFM.*”.*capacity overflow/s);
  await new Promise((done) => setTimeout(done, 1_500));
  assert.equal(asked, 1, "it was asked once");
  await screenshot(page, "worker-panic-en");
  await page.getByRole("button", { name: "中文", exact: true }).click();
  await says(page, /執行「.*RFM.*」時/, { selector: "main .problem" });
  await page.locator("main").getByRole("button", { name: "再算一次" }).first().click();
  await until(() => asked === 2, undefined, { what: "the question to be asked again" });
  await show(page, "pyramid");
  assert.equal(await page.locator("main .problem").count(), 0, await text(page, "main"));
  assert.match(await dataChip(page), /3,240/);
  session.seen.errors = session.seen.errors.filter(({ text }) => !/panicked|unreachable/.test(text));
});

browserTest("an import at which the worker panics changes nothing and is named", async (t) => {
  const { session, page } = await openWithPanic(t, '^{"import"', "#/data");
  await dropFile(page, "body", { name: "orders.csv", bytes: Buffer.from(FILE) });
  await until(page, () => document.querySelector("#import-now"), { what: "the columns" });
  await page.locator("#import-now").click();
  await says(page, /stopped at “Importing the file”/);
  await says(page, /3,240 customers/, { selector: ".chip-data" });
  session.seen.errors = session.seen.errors.filter(({ text }) => !/panicked|unreachable/.test(text));
});

// ---- The page

// The next part of a page that is made from its template cannot be made: that panics.
function breakTemplates() {
  Node.prototype.cloneNode = () => { throw new Error("no copy"); };
}

// Makes wasm trap outside of any handler.
function trap() {
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
  setTimeout(() => exports.f());
}

const crashScreen = (page) => until(page, () => document.querySelector("#boot-crash")?.open, { what: "the crash screen" });

browserTest("a panic of the page shows the crash screen; the downloaded workspace opens again with all its data", async ({ start, open }) => {
  const session = await start();
  const page = await open("#/data", { session });
  await saved(page);
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  await page.evaluate(breakTemplates);
  await page.evaluate(() => { location.hash = "#/glossary"; });
  await crashScreen(page);
  assert.match(await text(page, "#boot-crash"), /Quintile has stopped[^]*panicked at[^]*no copy/);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, "crash-en", { fullPage: false });
  const file = await download(page, () => page.getByRole("button", { name: "Download my workspace" }).click());
  assert.match(file.name, /\.quintile$/);
  assert.equal(file.bytes.subarray(0, 8).toString(), "QUINTILE");
  await until(page, () => /was downloaded/.test(document.querySelector("#boot-crash").innerText), { what: "the answer" });
  await page.getByRole("button", { name: "Reload" }).click();
  await says(page, /^2 customers/, { selector: ".chip-data" });
  session.seen.errors = []; // the panic that this test provokes

  const other = await open("#/data");
  await dropFile(other, "body", { name: file.name, type: "application/octet-stream", bytes: file.bytes });
  await says(other, /was opened from the file/, { selector: ".notices" });
  await says(other, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  // A changed byte is found out: the file carries the checksums.
  const damaged = Buffer.from(file.bytes);
  damaged[damaged.length - 5] ^= 1;
  await dropFile(other, "body", { name: file.name, type: "application/octet-stream", bytes: damaged });
  await says(other, /damaged/, { selector: ".notice-warning" });
});

browserTest("each of several workspaces can be downloaded from the crash screen", async ({ start, open }) => {
  const session = await start();
  const page = await open("#/data", { session });
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  await openSample(page, "New empty workspace");
  await says(page, /^No data yet/, { selector: ".chip-data" });
  await saved(page);
  await page.evaluate(() => window.quintileCrashed("a test"));
  const first = await download(page, () => page.getByRole("button", { name: "Download my workspace" }).click());
  assert.match(first.name, /^New workspace/);
  const second = await download(page, () => page.locator(".boot-other").first().click());
  assert.ok(second.bytes.includes(Buffer.from("Zebra77")), "the data of the other are in its file");
});

browserTest("where nothing is saved, the crash screen says so", async ({ start, open }) => {
  // The app is kept from starting, so that there is no database.
  const session = await start();
  session.site.override.set("/page-", 404);
  const page = await open("", { session, ready: false });
  await until(page, () => document.querySelector(".boot-button"), { what: "the failure" });
  await page.evaluate(() => window.quintileCrashed("a test"));
  await page.getByRole("button", { name: "Download my workspace" }).click();
  await until(page, () => /Nothing is saved/.test(document.querySelector("#boot-crash").innerText), { what: "the answer" });
  session.seen.errors = []; // the failures of loading that this test provokes
});

browserTest("a page that stops again soon after the start can be started without the saved work, which stays", async ({ start, open }) => {
  const session = await start();
  const page = await open("#/data", { session });
  await importFile(page, FILE);
  await stay(page);
  await page.getByRole("button", { name: "中文", exact: true }).click();
  await saved(page);
  await page.evaluate(trap);
  await crashScreen(page);
  await page.getByRole("button", { name: "重新載入", exact: true }).click();
  await until(page, () => document.documentElement.dataset.ready === "1" && !document.querySelector("#boot-crash"));
  await page.evaluate(trap);
  await crashScreen(page);
  assert.deepEqual(await axe(page), []);
  await page.setViewportSize({ width: 360, height: 740 });
  await screenshot(page, "crash-again-zh-360", { fullPage: false });
  await page.getByRole("button", { name: "不帶入已儲存的內容，重新開始" }).click();
  await says(page, /3,240/, { selector: ".chip-data" });
  session.seen.errors = [];
  const tab = await open("#/data", { session });
  await says(tab, /^2 位顧客/, { selector: ".chip-data" });
});

browserTest("a trap in wasm shows the crash screen, and reload goes on", async ({ open, expect }) => {
  const page = await open();
  await page.evaluate(trap);
  await crashScreen(page);
  assert.match(await text(page, "#boot-crash"), /unreachable/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#boot-crash[open]").count(), 1, "it cannot be dismissed");
  await page.getByRole("button", { name: "Reload" }).click();
  await until(page, () => document.documentElement.dataset.ready === "1" && !document.querySelector("#boot-crash"));
  expect(page, "page error", /unreachable/);
});

browserTest("what stops the app before the crash screen has come is told when it comes", async ({ start, open, expect }) => {
  const session = await start();
  let come;
  const held = new Promise((done) => { come = done; });
  await session.context.route(/\/crash-/, async (route) => {
    await held;
    await route.continue();
  });
  const page = await open("", { session, waitUntil: "commit" });
  await page.evaluate(trap);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
  assert.equal(await page.locator("#boot-crash").count(), 0);
  come();
  await crashScreen(page);
  assert.match(await text(page, "#boot-crash"), /unreachable/);
  expect(page, "page error", /unreachable/);
});

browserTest("the panic's own words are shown, in the language of the page", async ({ open }) => {
  const page = await open("", { lang: "zh-Hant" });
  await page.evaluate(() => window.quintileCrashed("panicked at 'no such customer'"));
  assert.match(await text(page, "#boot-crash"), /Quintile 已停止運作[^]*no such customer/);
});
