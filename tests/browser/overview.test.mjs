// The overview: the figures of the shop, the ways to every tool, and what a workspace without data says.

import { assert, axe, browserTest, dropFile, until } from "./harness.mjs";
import { analysed, atRest, button, confirm, importFile, openSample, saved, says, show, stay, text } from "./steps.mjs";

const figure = (page, label) => page.locator(".figure", { has: page.getByText(label, { exact: true }) });
const value = async (page, label) => (await figure(page, label).locator(".figure-value").innerText()).trim();
const number = (text) => Number(text.replaceAll(/[^\d.-]/g, ""));
const ready = (page) => until(page, () => document.querySelectorAll(".overview-parts [data-mark]").length > 25, { what: "both charts" });
const chart = (page, at) => page.locator(".overview-parts figure.chart").nth(at);
const todo = (page, words) => page.locator(".todos > li", { hasText: words });

browserTest("the shop's figures, in one line each, add up", async ({ open }) => {
  const page = await open();
  await ready(page);
  assert.equal(await value(page, "Customers"), "3,000");
  assert.match(await text(page, ".overview-figures"), /240 prospects/);
  assert.equal(await value(page, "Active customers"), "3,000");
  assert.match(await value(page, "Revenue"), /^NT\$[\d,]{7,}$/);
  const share = number(await value(page, "The top 20% bring"));
  assert.ok(share > 20 && share < 100, `${share}%`);
  assert.equal(await value(page, "Break-even rate"), "1.77%");
  assert.match(await text(page, ".data-line"), /Transactions: [\d,]+ rows \(\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\)/);
  // Behind the pyramid: 1, 4, 15 and 80 % of the active customers, and the prospects.
  await chart(page, 0).getByRole("button", { name: "Table", exact: true }).click();
  const rows = await chart(page, 0).locator(".chart-table tbody tr").evaluateAll((rows) => rows.map((row) => row.innerText));
  assert.deepEqual(rows.map((row) => row.match(/[\d,]{2,}(?=\s|$)/)?.[0]).filter(Boolean), ["30", "120", "450", "2,400", "240"], JSON.stringify(rows));
  await chart(page, 1).getByRole("button", { name: "Table", exact: true }).click();
  const counts = await chart(page, 1).locator(".chart-table tbody tr").evaluateAll((rows) => rows.map((row) => Number([...row.children].at(-1).innerText.replaceAll(",", ""))));
  assert.equal(counts.length, 25);
  assert.equal(counts.reduce((sum, count) => sum + count, 0), 3000);
});

browserTest("every figure and everything to do leads to its tool", async ({ open }) => {
  const page = await open();
  await ready(page);
  const links = await page.locator("main a[href^='#/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  const tools = new Set(await page.locator("nav li a").evaluateAll((all) => all.map((one) => one.getAttribute("href"))));
  assert.deepEqual([...new Set(links)].filter((link) => !tools.has(link)), [], "each link is a page of the navigation");
  for (const tool of ["data", "customers", "rfm", "pyramid"]) assert.ok(links.includes(`#/${tool}`), `${tool} of ${links}`);
  assert.equal(await todo(page, "These are sample data").count(), 1);
  await todo(page, "These are sample data").getByRole("link").click();
  await until(page, () => location.hash === "#/data", { what: "the data page" });
});

browserTest("picking a tier, or a field, opens the list of its customers", async ({ open }) => {
  const page = await open();
  await ready(page);
  const top = chart(page, 0).locator("[data-mark]").first();
  await top.focus();
  await page.keyboard.press("Enter");
  await says(page, /^30 of 3,240 customers/, { selector: ".list-head" });
  await page.goBack();
  await ready(page);
  const field = chart(page, 1).locator("[data-mark]").first();
  const count = number((await field.getAttribute("aria-label")).split(":").at(-1));
  await field.focus();
  await page.keyboard.press("Enter");
  await says(page, new RegExp(`^${count.toLocaleString("en")} of 3,240 customers`), { selector: ".list-head" });
  assert.match(await page.evaluate(() => location.hash), /rfm\.r=5&rfm\.f=5/);
});

browserTest("the heat map shows customers or revenue, and the figures follow what is chosen in the tools", async ({ open }) => {
  const page = await open("#/rfm?window=3m&bins=3-3-3");
  await analysed(page);
  await show(page, "overview");
  await until(page, () => document.querySelectorAll(".overview-parts figure").length === 2, { what: "both charts" });
  const active = number(await value(page, "Active customers"));
  assert.ok(active > 0 && active < 3000, `${active} are active in three months`);
  assert.match(await text(page, ".overview-figures"), /bought from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d/);
  assert.equal(await chart(page, 1).locator("[data-mark]").count(), 9);
  await button(page, "Revenue").click();
  await says(page, /brings [\d.]+% of revenue from/, { selector: ".overview-parts h2" });
  await saved(page);
  await page.reload();
  await until(page, () => document.querySelectorAll(".overview-parts figure").length === 2, { what: "the overview after a reload" });
  assert.equal(number(await value(page, "Active customers")), active);
});

browserTest("own data: rows set aside, old purchases and what is missing are told, each with its way", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, "customer,date,amount\nA1,2024-01-05,10\nA2,2024-02-06,many\nA2,2024-03-07,30\nA1,2024-03-08,5\n");
  await stay(page);
  await show(page, "overview");
  await says(page, /Transactions: 1 of 4 rows were set aside/, { selector: ".todos" });
  for (const words of ["The last purchase is of 2024-03-08", "no costs", "no customer table"]) {
    assert.equal(await todo(page, words).count(), 1, words);
  }
  assert.equal(await todo(page, "sample data").count(), 0);
  assert.equal(await value(page, "Customers"), "2");
  await todo(page, "set aside").getByRole("link", { name: "See the rows" }).click();
  await until(page, () => location.hash === "#/data", { what: "the data page" });
});

browserTest("columns that could not be made are said to be missing, above everything else", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, "customer,date,amount\nA1,2024-01-05,-10\nA2,2024-02-06,-30\n");
  await stay(page);
  await show(page, "overview");
  const broken = page.locator(".todos > li.problem");
  await says(page, /There is no RFM analysis/, { selector: ".todos > li.problem" });
  await says(page, /There is no pyramid/, { selector: ".todos > li.problem" });
  assert.equal(await value(page, "Customers"), "–");
  await broken.getByRole("link", { name: "Open the RFM analysis" }).click();
  await says(page, /./, { selector: "main .problem" });
  assert.match(await page.evaluate(() => location.hash), /^#\/rfm/);
});

browserTest("a customer table alone has prospects, and asks for purchases", async ({ open }) => {
  const page = await open("#/data");
  await dropFile(page, "body", { name: "people.csv", bytes: Buffer.from("customer,name,city\nA1,Ann,Taipei\nA2,Bob,Tainan\n") });
  await until(page, () => document.querySelector("#import-now"), { what: "the columns" });
  await confirm(page);
  await stay(page);
  await show(page, "overview");
  await says(page, /The data hold no purchases/, { selector: ".todos" });
  assert.equal(await value(page, "Active customers"), "–");
  assert.equal(await value(page, "Break-even rate"), "1.77%");
  assert.deepEqual(await axe(page), []);
});

browserTest("an empty workspace greets with three ways to begin", async ({ open }) => {
  const page = await open("", { width: 360, height: 740 });
  await ready(page);
  await openSample(page, "New empty workspace");
  await says(page, /This workspace has no data yet/, { selector: "main h2" });
  assert.deepEqual(await axe(page), []);
  assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth));
  await page.getByRole("button", { name: "Teaching set, 25 customers" }).click();
  await until(async () => await value(page, "Customers") === "25", undefined, { what: "the teaching set" });
  assert.equal(await value(page, "The top 20% bring"), "57.8%");
  await openSample(page, "New empty workspace");
  await says(page, /This workspace has no data yet/, { selector: "main h2" });
  await dropFile(page, "main", { name: "orders.csv", bytes: Buffer.from("customer,date,amount\nA1,2024-01-05,10\n") });
  await until(page, () => location.hash === "#/data" && document.querySelector("#import-now"), { what: "the import" });
});

browserTest("in Chinese the overview says the same, and switching keeps it", async ({ open }) => {
  const page = await open("", { lang: "zh-Hant" });
  await ready(page);
  assert.equal(await value(page, "顧客"), "3,000");
  assert.equal(await value(page, "損益平衡回應率"), "1.77%");
  const share = await value(page, "前 20% 顧客帶來");
  assert.match(await text(page, ".todos"), /這是示範資料/);
  await page.getByRole("button", { name: "EN", exact: true }).click();
  await until(page, () => document.documentElement.lang === "en");
  await atRest(page, "the overview in English");
  assert.equal(await value(page, "The top 20% bring"), share);
});
