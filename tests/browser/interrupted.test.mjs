// Reload, close, cancel and a crash of the worker, in the middle of saving and importing.

import { assert, browserTest, openPage, until } from "./harness.mjs";
import { importFile, offer, saved, says, stay } from "./steps.mjs";

const FILE = "customer,date,amount\nA1,2024-01-05,10\nA2,2024-02-06,20\nA1,2024-03-07,30\n";
const digits = (page) => page.getByLabel("Decimals shown");
const next = async (page) => {
  const value = String((Number(await digits(page).inputValue()) + 1) % 3);
  await digits(page).selectOption(value);
  return value;
};
const rows = (page, count) => says(page, new RegExp(`^${count} rows`), { selector: ".table-card > p" });

// Large enough that there is a middle to its import.
const large = () => {
  const lines = ["customer,date,amount"];
  for (let row = 0; row < 400_000; row += 1) lines.push(`C${row % 90_000},2024-0${1 + (row % 9)}-1${row % 9},${row % 500}`);
  return lines.join("\n");
};

// From now on the worker has each piece of a file half a second after the one before.
const readSlowly = () => {
  const read = Blob.prototype.arrayBuffer;
  let pieces = 0;
  Blob.prototype.arrayBuffer = async function () {
    pieces += 1;
    await new Promise((done) => setTimeout(done, pieces * 500));
    return read.call(this);
  };
};

async function beginImport(page) {
  await offer(page, large(), "large.csv");
  await page.workers()[0].evaluate(readSlowly);
  await page.locator("#import-now").click();
  await until(page, () => [...document.querySelectorAll("main progress")].some((one) => one.value > 0.1), { what: "the middle of the import" });
}

browserTest("a change is there after a reload and after closing the tab at once", async ({ open, sessionOf }) => {
  const page = await open("#/settings");
  await saved(page);
  for (let round = 0; round < 5; round += 1) {
    const value = await next(page);
    await page.reload();
    await saved(page);
    assert.equal(await digits(page).inputValue(), value, `round ${round}`);
  }
  const session = sessionOf(page);
  let tab = page;
  for (let round = 0; round < 3; round += 1) {
    const value = await next(tab);
    await tab.close({ runBeforeUnload: true });
    tab = await openPage(session, "#/settings", { page: await session.context.newPage() });
    await saved(tab);
    assert.equal(await digits(tab).inputValue(), value, `closed ${round}`);
  }
});

browserTest("a reload in the middle of an import leaves the data as they were", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  await beginImport(page);
  await page.reload();
  await rows(page, 3);
  await saved(page);
});

browserTest("an import that is cancelled changes nothing, and can be done then", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  await beginImport(page);
  await page.locator("main").getByRole("button", { name: "Stop", exact: true }).click();
  await until(page, () => document.querySelector("#import-now"), { what: "the confirmation again" });
  await says(page, /^2 customers/, { selector: ".chip-data" });
  await page.locator("#import-now").click();
  await until(page, () => document.querySelector("#done-title"), { what: "the import" });
  await saved(page);
  await page.reload();
  await rows(page, "400,000");
});

browserTest("a worker that crashes in the middle of an import leaves the data as they were, and the next one imports", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  await beginImport(page);
  await page.workers()[0].evaluate(() => { setTimeout(() => { throw new Error("made to fail"); }); });
  await says(page, /made to fail/, { selector: "main" });
  await says(page, /^2 customers/, { selector: ".chip-data" });
  await page.reload();
  await rows(page, 3);
  await importFile(page, `${FILE}Z9,2024-04-01,5\n`, "more.csv");
  await stay(page);
  await saved(page);
  await page.reload();
  await rows(page, 4);
});

browserTest("what was just imported is not lost when one goes on at once: undone, done again, changed and reloaded", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  await importFile(page, `${FILE}Z9,2024-04-01,5\n`, "more.csv");
  await page.keyboard.press("Control+z");
  await says(page, /^2 customers/, { selector: ".chip-data" });
  await page.keyboard.press("Control+Shift+Z");
  await says(page, /^3 customers/, { selector: ".chip-data" });
  await stay(page);
  await importFile(page, `${FILE}Z9,2024-04-01,5\nZ10,2024-04-01,5\n`, "most.csv");
  await page.locator(".workspace-name").click();
  await page.locator("dialog[open]").getByRole("button", { name: "Teaching set, 25 customers", exact: true }).click();
  await says(page, /^25 customers/, { selector: ".chip-data" });
  await saved(page);
  await page.reload();
  await page.locator(".workspace-name").click();
  await page.locator("dialog[open] .workspace-list").getByRole("button", { name: "orders", exact: true }).click();
  await says(page, /^4 customers/, { selector: ".chip-data" });
  await page.keyboard.press("Control+z");
  await says(page, /^3 customers/, { selector: ".chip-data" });
});

browserTest("a worker that stops before it has stored an import: the data before are back, and the file waits to be confirmed", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  await importFile(page, `${FILE}Z9,2024-04-01,5\n`, "more.csv");
  await page.workers()[0].evaluate(() => { setTimeout(() => { throw new Error("made to fail"); }); });
  await says(page, /could not be stored, and the data before them are back/, { selector: ".notices" });
  await says(page, /^2 customers/, { selector: ".chip-data" });
  await page.locator("#import-now").click();
  await until(page, () => document.querySelector("#done-title"), { what: "the import" });
  await saved(page);
  await page.reload();
  await rows(page, 4);
});
