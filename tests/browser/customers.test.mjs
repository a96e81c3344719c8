// The list of customers: sorted, searched, filtered, paged, one opened, exported.

import { assert, browserTest, download, until } from "./harness.mjs";
import { button, gone, parseCsv, says, text } from "./steps.mjs";

const number = (text) => Number(text.replace("−", "-").replaceAll(/[^\d.-]/g, ""));
const column = (page, name) => page.locator("table.customers").evaluate((table, name) => {
  const at = [...table.tHead.rows[0].cells].findIndex((cell) => cell.innerText.trim().startsWith(name));
  return [...table.tBodies[0].rows].map((row) => row.cells[at].innerText.trim());
}, name);
const listed = (page) => says(page, /of 3,240 customers/, { selector: ".list-head" });
const sorted = (page, name, compare) => until(async () => {
  const values = (await column(page, name)).filter((value) => value !== "–").map(number);
  return values.length > 5 && values.every((value, i) => i === 0 || compare(values[i - 1], value));
}, undefined, { what: `the list by ${name}` });

browserTest("a press on a column sorts, another turns the order round, and the address says so", async ({ open }) => {
  const page = await open("#/customers");
  await listed(page);
  await page.getByRole("button", { name: "Total spend" }).click();
  await sorted(page, "Total spend", (a, b) => a >= b);
  assert.equal(await page.locator("th[aria-sort=descending]").innerText().then((name) => name.trim().startsWith("Total spend")), true);
  await page.getByRole("button", { name: "Total spend" }).click();
  await sorted(page, "Total spend", (a, b) => a <= b);
  assert.match(await page.evaluate(() => location.hash), /sort=monetary/);
  await page.getByRole("button", { name: "Days since" }).click();
  await sorted(page, "Days since", (a, b) => a <= b);
});

browserTest("search and class filters narrow the list together, and a search is never in the address", async ({ open }) => {
  const page = await open("#/customers");
  await listed(page);
  await page.locator("input[type=search]").fill("C0000");
  await says(page, /^9 of 3,240/, { selector: ".list-head" });
  assert.deepEqual((await column(page, "Customer")).sort()[0], "C00001");
  assert.doesNotMatch(await page.evaluate(() => location.href), /C0000/);
  await page.locator("input[type=search]").fill("no such customer");
  await says(page, /No customer matches/);
  await button(page, "Clear search and filters").click();
  await says(page, /^3,240 of 3,240/, { selector: ".list-head" });
  const cell = page.locator(".tool-inputs").getByLabel("Cell code");
  const code = (await cell.locator("option").allInnerTexts())[1];
  await cell.selectOption({ label: code });
  await until(async () => {
    const codes = await column(page, "Cell code").catch(() => []);
    return codes.length > 0 && codes.every((one) => one === code);
  }, undefined, { what: `only cell ${code}` });
  const selected = number((await text(page, ".list-head p")).split(" of ")[0]);
  const { bytes } = await download(page, () => button(page, "Export this list (CSV)").click());
  const rows = parseCsv(bytes);
  assert.equal(rows.length - 1, selected, "the export has the selection and nothing else");
  assert.ok(rows.slice(1).every((row) => row.includes(code)));
  await page.getByRole("button", { name: `Remove ${code}` }).click();
  await says(page, /^3,240 of 3,240/, { selector: ".list-head" });
});

browserTest("the pager goes on, jumps, and stays within the pages", async ({ open }) => {
  const page = await open("#/customers");
  await listed(page);
  const first = (await column(page, "Customer"))[0];
  const field = page.getByLabel("Go to page");
  await field.fill("9999");
  await field.press("Enter");
  await until(async () => (await column(page, "Customer")).length === 40, undefined, { what: "the last page of 40" });
  assert.equal(await field.inputValue(), "65");
  assert.ok(await button(page, "Next").isDisabled());
  await field.fill("1");
  await field.press("Enter");
  await until(async () => (await column(page, "Customer"))[0] === first, undefined, { what: "the first page" });
  await button(page, "Next").click();
  await until(async () => (await column(page, "Customer"))[0] !== first, undefined, { what: "the second page" });
});

browserTest("a customer opens with every purchase, whose sum is the total spend", async ({ open }) => {
  const page = await open("#/customers?sort=monetary&order=down");
  await listed(page);
  await sorted(page, "Total spend", (a, b) => a >= b);
  const [name] = await column(page, "Customer");
  const [total] = await column(page, "Total spend");
  await page.getByRole("button", { name: `Purchases of ${name}` }).click();
  await until(page, () => document.querySelector("dialog[open] tbody tr"), { what: "the purchases" });
  assert.equal(await page.locator("dialog[open] h2").innerText(), name);
  let sum = 0;
  for (;;) {
    const rows = await page.locator("dialog[open] tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
    sum += rows.filter((row) => row[2] === "purchase" || row[2] === "refund, taken off").reduce((all, row) => all + number(row[1]), 0);
    const next = page.locator("dialog[open]").getByRole("button", { name: "Next", exact: true });
    if (await next.count() === 0 || await next.isDisabled()) break;
    const before = await page.locator("dialog[open] tbody").innerText();
    await next.click();
    await until(page, (before) => document.querySelector("dialog[open] tbody").innerText !== before, { arg: before, what: "the next purchases" });
  }
  assert.ok(Math.abs(sum - number(total)) < 1, `${sum} and ${total}`);
  await page.keyboard.press("Escape");
  await gone(page, "dialog[open]");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), `Purchases of ${name}`);
  await page.getByRole("button", { name: `Purchases of ${name}` }).click();
  await until(page, () => document.querySelector("dialog[open] tbody tr"), { what: "the same customer again" });
});

browserTest("the exported list has the figures of the screen", async ({ open }) => {
  const page = await open("#/customers?sort=frequency&order=down");
  await listed(page);
  await sorted(page, "Purchases", (a, b) => a >= b);
  const names = await column(page, "Customer");
  const purchases = (await column(page, "Purchases")).map(number);
  const file = await download(page, () => button(page, "Export this list (CSV)").click());
  assert.equal(file.name, "customers.csv");
  const rows = parseCsv(file.bytes);
  assert.equal(rows.length, 3241);
  const at = rows[0].indexOf("Purchases");
  assert.ok(at > 0, rows[0].join());
  assert.deepEqual(rows.slice(1, 51).map((row) => row[0]), names);
  assert.deepEqual(rows.slice(1, 51).map((row) => Number(row[at])), purchases);
  await says(page, /3,240 customers exported/, { selector: ".notices" });
});
