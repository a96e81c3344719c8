// A consultant's way with a client's file: the overview, then a campaign from the test list to the review, with every
// figure worked out again from the lists that were downloaded. Without the shared data the test says so.

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { assert, axe, browserTest, download, screenshot, until } from "./harness.mjs";
import { button, confirm, importFile, offer, parseCsv, saved, says, text } from "./steps.mjs";

const RETAIL = resolve(import.meta.dirname, "../../../shared/datasets/online_retail_invoices.csv");
const COST = 0.62;
const PROFIT = 35;

const number = (text) => Number(text.replace("−", "-").replaceAll(/[^\d.-]/g, ""));
const go = (page, hash) => page.evaluate((hash) => { location.hash = hash; }, hash);
const step = (page, name) => page.locator(".campaign-steps").getByRole("button", { name: new RegExp(`^${name}`) }).click();
const card = (page, heading) => page.locator("section.card", { has: page.getByRole("heading", { name: heading, exact: true }) });
const way = (page, name) => page.locator(".responses .segmented").getByRole("button", { name, exact: true }).click();
const quiet = async (page) => {
  const close = page.locator(".notices").getByRole("button", { name: "Close", exact: true });
  while (await close.count() > 0) await close.first().click();
};

// The rows of a downloaded list as objects by what their columns are about.
async function list(page, name) {
  const { bytes } = await download(page, () => button(page, name).click());
  const [head, ...rows] = parseCsv(bytes);
  const at = (pattern) => head.findIndex((name) => pattern.test(name));
  const [customer, cell, key, wave] = [/customer/i, /cell/i, /key/i, /wave/i].map(at);
  assert.ok(customer >= 0 && cell >= 0 && key >= 0, head.join());
  return rows.map((row) => ({ customer: row[customer], cell: row[cell], key: row[key], wave: wave < 0 ? "" : row[wave] }));
}

browserTest("the Online Retail file goes through a whole campaign, and its figures are those of its lists", {
  skip: existsSync(RETAIL) ? false : "../shared is not here", timeout: 240_000,
}, async ({ open }) => {
  const page = await open("#/data");
  const used = await importFile(page, readFileSync(RETAIL), "online_retail_invoices.csv");
  assert.equal(used.read, 22_190);
  await quiet(page);

  // The overview knows the new data.
  await go(page, "#/overview");
  await says(page, /4,3\d\d/, { selector: "main .figures" });
  assert.deepEqual(await axe(page), []);
  await screenshot(page, "overview-online-retail");

  // The test list: every fourth name, with one in ten of the others held back.
  await go(page, "#/campaign?step=sample&n=4&control=10");
  await says(page, /1 name in 4: /, { selector: ".campaign-steps" });
  await card(page, "The test list").getByLabel("Name of the campaign").fill("Retail");
  const names = await list(page, "Save the test list (CSV)");
  const tested = names.filter((row) => !/control/i.test(row.wave));
  const control = names.filter((row) => /control/i.test(row.wave));
  assert.ok(tested.length > 1_000 && control.length > 300, `${tested.length} and ${control.length}`);
  await button(page, "Record the test as mailed").click();
  await says(page, /The test of “Retail” is on record/, { selector: ".notices" });
  await quiet(page);

  // Responders: of every cell that begins with 5 one name in four, of the others one in forty; three by key code.
  const responders = tested.filter((row, at) => at % (row.cell.startsWith("5") ? 4 : 40) === 0);
  const byKey = tested.filter((row) => row.cell.startsWith("4")).slice(0, 3);
  const lines = [
    ...responders.map((row) => `${row.customer},,${PROFIT}.50`),
    `${responders[0].customer},,10.00`,
    ...byKey.map((row) => `,${row.key},20`),
    "NOBODY,,50",
  ];
  await offer(page, ["Customer,Key code,Revenue", ...lines, ""].join("\n"), "responders.csv");
  await confirm(page);
  await go(page, "#/campaign");
  await step(page, "3 Cell test");
  await way(page, "Import a list");
  const responses = responders.length + byKey.length;
  await says(page, new RegExp(`^${responses} responses`, "m"), { selector: ".campaign-steps .step-note" });
  await says(page, /Not mailed or unknown\s+1\b/, { selector: ".matching" });

  // Who is mailed: cells whose rate is above what a mailing costs over what a response brings.
  const count = (rows) => rows.reduce((all, row) => all.set(row.cell, (all.get(row.cell) ?? 0) + 1), new Map());
  const [mailedIn, respondedIn] = [count(tested), count([...responders, ...byKey])];
  const chosen = new Set([...mailedIn].filter(([cell, n]) => (respondedIn.get(cell) ?? 0) / n > COST / PROFIT).map(([cell]) => cell));
  await says(page, new RegExp(`\\b${chosen.size} cells`), { selector: ".campaign-steps li:nth-child(4) .step-note" });

  // The roll-out: nobody twice, nobody of the control group, only chosen cells.
  await step(page, "4 Roll-out");
  await says(page, /=/, { selector: ".partition" });
  const parts = (await text(page, ".partition")).match(/[\d,]+/g).map(number);
  assert.equal(parts.slice(0, 5).reduce((a, b) => a + b), parts[5]);
  assert.deepEqual([parts[1], parts[2]], [tested.length, control.length]);
  const mailed = await list(page, "Save the mailing list (CSV)");
  assert.equal(mailed.length, parts[0]);
  const before = new Set(names.map((row) => row.customer));
  assert.deepEqual(mailed.filter((row) => before.has(row.customer) || !chosen.has(row.cell)), []);
  assert.equal(new Set(mailed.map((row) => row.customer)).size, mailed.length);
  await button(page, "Record the roll-out as mailed").click();
  await says(page, /The roll-out of “Retail” is on record/, { selector: ".notices" });
  await quiet(page);

  // The review: the answers of the roll-out come into the same table, and outlive a reload.
  const answers = mailed.filter((_, at) => at % 20 === 0);
  await offer(page, ["Customer,Key code,Revenue", ...answers.map((row) => `${row.customer},,40`), ""].join("\n"), "answers.csv");
  await confirm(page);
  await go(page, "#/campaign");
  await step(page, "5 Review");
  await way(page, "Import a list");
  const actual = page.locator(".figures .card", { has: page.getByText("Actual responses", { exact: true }) }).locator(".figure-value");
  await until(async () => await actual.count() === 1 && number(await actual.innerText()) === answers.length, undefined, { what: `${answers.length} responses` });
  await says(page, new RegExp(`^${responses} responses`, "m"), { selector: ".campaign-steps .step-note" });
  await saved(page);
  await page.reload();
  await until(async () => await actual.count() === 1 && number(await actual.innerText()) === answers.length, undefined, { what: "the review after a reload" });
  assert.deepEqual(await axe(page), []);
  await screenshot(page, "campaign-online-retail-review");
});
