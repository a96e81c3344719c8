// The pyramid page: presets, own tiers, strategies, the way to the customers, files, links, and how it looks.

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { assert, axe, browserTest, download, screenshot, until } from "./harness.mjs";
import { button, choice, importFile, parseCsv, saved, says, text } from "./steps.mjs";

const ready = (page) => until(page, () => document.querySelectorAll(".pyramid-figures tbody tr").length > 0, { what: "the pyramid" });
const inputs = (page) => page.locator(".tool-inputs");
// The first number of a cell; a share may stand below it.
const number = (text) => Number(text.split(/\s/)[0].replace("−", "-").replaceAll(/[^\d.-]/g, ""));
const hash = (page) => page.evaluate(() => location.hash);
// Tier, customers, revenue, margin, …
const tiers = (page) => page.locator(".pyramid-figures tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())));
const becomes = (page, names) => until(async () => (await tiers(page)).map((row) => row[0]).join() === names.join(), undefined, { what: names.join() });
const OUTSIDE = ["Inactive customers", "Prospects"];

browserTest("every preset divides the 3,000 active customers of the shop, and the address says which", async ({ open }) => {
  const page = await open("#/pyramid");
  await ready(page);
  const choose = async (label, names, field) => {
    await choice(page, "Tiers").selectOption({ label });
    await becomes(page, [...names, ...OUTSIDE]);
    if (field) assert.match(await hash(page), field);
    const rows = (await tiers(page)).slice(0, names.length);
    assert.equal(rows.reduce((sum, row) => sum + number(row[1]), 0), 3000, label);
    return rows.map((row) => number(row[1]));
  };
  await becomes(page, ["Top", "Large", "Medium", "Small", ...OUTSIDE]);
  assert.deepEqual((await tiers(page)).slice(0, 4).map((row) => number(row[1])), [30, 120, 450, 2400]);
  assert.deepEqual(await choose("Platinum, gold, iron, lead: 5 / 15 / 30 / 50%", ["Platinum", "Gold", "Iron", "Lead"], /tiers=metals/), [150, 450, 900, 1500]);
  assert.deepEqual(await choose("Equal parts", ["Tier 1", "Tier 2", "Tier 3", "Tier 4", "Tier 5"], /tiers=5/), [600, 600, 600, 600, 600]);
  await choice(page, "Number of tiers").selectOption({ label: "2" });
  await becomes(page, ["Tier 1", "Tier 2", ...OUTSIDE]);
  const segments = (await choice(page, "Tiers").locator("option").allInnerTexts()).find((name) => name.startsWith("Segment"));
  await choice(page, "Tiers").selectOption({ label: segments });
  await until(page, () => /tiers=rfm\.segment/.test(location.hash), { what: "the segments in the address" });
  await until(async () => (await tiers(page)).some((row) => row[0] === "Champions"), undefined, { what: "champions" });
  for (const [label, field] of [["Margin", /measure=margin/], ["Purchases", /measure=orders/]]) {
    await choice(page, "Measure").selectOption({ label });
    await until(page, (source) => new RegExp(source).test(location.hash), { arg: field.source, what: label });
    await says(page, new RegExp(`of ${label.toLowerCase()}`), { selector: ".figures" });
  }
});

browserTest("own shares are checked beside their field, added, named and undone", async ({ open }) => {
  const page = await open("#/pyramid");
  await ready(page);
  await choice(page, "Tiers").selectOption({ label: "Own shares" });
  const share = (at) => inputs(page).getByLabel("Share, %").nth(at);
  await share(0).fill("10");
  await until(page, () => /shares=10%2C4%2C15/.test(location.hash), { what: "the shares in the address" });
  await until(async () => number((await tiers(page))[0][1]) === 300, undefined, { what: "300 customers on top" });
  await share(1).fill("75");
  await says(page, /type less than 75/, { selector: ".tool-inputs .field-problem" });
  assert.match(await hash(page), /shares=10%2C4%2C15/, "the last good shares stay in force");
  assert.equal(await share(1).inputValue(), "75", "what was typed stays");
  await share(1).fill("five");
  await says(page, /Type a number/, { selector: ".tool-inputs .field-problem" });
  await share(1).fill("5");
  await until(page, () => /shares=10%2C5%2C15/.test(location.hash), { what: "five" });
  await button(page, "Add a tier").click();
  await until(page, () => /shares=10%2C5%2C15%2C35/.test(location.hash), { what: "a fourth share" });
  await inputs(page).getByLabel("Tier 1", { exact: true }).fill("Friends");
  await says(page, /Friends/, { selector: ".pyramid-figures" });
  assert.doesNotMatch(await hash(page), /Friends/, "a name is never in the address");
  await inputs(page).getByLabel("Tier 2", { exact: true }).fill("Friends");
  await says(page, /both called “Friends”/, { selector: ".pyramid-answer .problem" });
  await inputs(page).getByLabel("Tier 2", { exact: true }).fill("Regulars");
  await ready(page);
  await choice(page, "Tiers").selectOption({ label: "Own values" });
  await until(page, () => /values=\d+/.test(location.hash), { what: "the values in the address" });
  const least = inputs(page).getByLabel("At least").first();
  await least.fill("1");
  await says(page, /Type more than the tier below/, { selector: ".tool-inputs .field-problem" });
});

browserTest("a strategy is typed, undone, kept over a reload, and comes back when emptied", async ({ open }) => {
  const page = await open("#/pyramid");
  await ready(page);
  const first = page.locator(".strategy-list textarea").first();
  const suggestion = await first.inputValue();
  assert.match(suggestion, /Keep them/);
  await first.click();
  await first.fill("");
  await page.keyboard.type("A visit every spring, by the owner");
  assert.equal(await first.inputValue(), "A visit every spring, by the owner");
  assert.doesNotMatch(await hash(page), /spring|strateg/, "what is typed is never in the address");
  await page.locator("h1").first().click();
  await page.keyboard.press("Control+z");
  await until(async () => await first.inputValue() === suggestion, undefined, { what: "one undo to take the burst back" });
  await page.keyboard.press("Control+Shift+z");
  await until(async () => (await first.inputValue()).startsWith("A visit"), undefined, { what: "redo" });
  await saved(page);
  await page.reload();
  await ready(page);
  assert.equal(await page.locator(".strategy-list textarea").first().inputValue(), "A visit every spring, by the owner");
  const table = parseCsv((await download(page, () => button(page, "Download the table").click())).bytes);
  assert.equal(table[1].at(-1), "A visit every spring, by the owner");
  assert.match(table[2].at(-1), /Keep and deepen/);
  await page.locator(".strategy-list textarea").first().fill("");
  await page.locator("h1").first().click();
  await until(async () => await page.locator(".strategy-list textarea").first().inputValue() === suggestion, undefined, { what: "the suggestion again" });
});

browserTest("a tier opens as a list of its customers, and all customers are exported with tier and strategy", async ({ open }) => {
  const page = await open("#/pyramid");
  await ready(page);
  const { bytes } = await download(page, () => button(page, "Download all customers").click());
  const rows = parseCsv(bytes);
  const [head, ...customers] = rows;
  assert.equal(customers.length, 3240);
  assert.deepEqual(head.slice(0, 5), ["Customer", "Tier", "Measure: Revenue", "Revenue", "Margin"]);
  const of = (tier) => customers.filter((row) => row[1] === tier);
  assert.deepEqual(["Top", "Large", "Medium", "Small", "Prospects"].map((tier) => of(tier).length), [30, 120, 450, 2400, 240]);
  assert.ok(of("Top").every((row) => /Keep them/.test(row.at(-1))));
  const least = (tier) => Math.min(...of(tier).map((row) => Number(row[2])));
  const most = (tier) => Math.max(...of(tier).map((row) => Number(row[2])));
  assert.ok(least("Top") >= most("Large") && least("Large") >= most("Medium") && least("Medium") >= most("Small"));
  const revenue = customers.reduce((sum, row) => sum + Number(row[3]), 0);
  const shown = number((await tiers(page))[0][2]);
  assert.ok(Math.abs(of("Top").reduce((sum, row) => sum + Number(row[3]), 0) - shown) < 1, `${shown} of ${revenue}`);
  await page.locator(".pyramid-figures tbody .link-button", { hasText: "Large" }).click();
  await says(page, /^120 of 3,240 customers/, { selector: ".list-head" });
  assert.doesNotMatch(await hash(page), /Large/, "a tier's name is never in the address");
  await page.goBack();
  await ready(page);
  // A slice of the picture leads there, too, also by keyboard.
  await page.locator("figure.chart").first().locator("[data-mark][tabindex='0']").focus();
  await page.keyboard.press("Enter");
  await says(page, /^30 of 3,240 customers/, { selector: ".list-head" });
});

browserTest("a link brings measure, shares and period, and a bad one is told", async ({ open }) => {
  const page = await open("#/pyramid?measure=margin&shares=2,18&window=12m&date=2026-03-31");
  await ready(page);
  assert.equal(await inputs(page).getByLabel("Share, %").nth(1).inputValue(), "18");
  assert.equal(await inputs(page).getByLabel("Analysis date", { exact: true }).inputValue(), "2026-03-31");
  assert.equal((await tiers(page)).length, 5);
  const bad = await open("#/pyramid?tiers=99");
  await ready(bad);
  await says(bad, /tiers/, { selector: ".notices" });
});

browserTest("the curves say what the top 20% bring, and the whale comes back to 100%", async ({ open }) => {
  const page = await open("#/pyramid");
  await ready(page);
  const top = number((await page.locator(".figure-value").nth(1).innerText()));
  await says(page, new RegExp(`20% of customers bring ${top}% of revenue`), { selector: "figure.chart h2" });
  const whale = page.locator("figure.chart").last();
  await whale.locator("summary", { hasText: "Download" }).click();
  const rows = parseCsv((await download(page, () => whale.getByRole("button", { name: "CSV", exact: true }).click())).bytes).slice(1);
  assert.equal(Number(rows.at(-1).at(-1)), 1);
  assert.ok(rows.some((row) => Number(row.at(-1)) > 1), "it rises above 100%");
  await says(page, /Here it is 20\/\d+/);
  // Explained with the reader's own numbers.
  await says(page, /20%.*3,000.*600/s, { selector: ".steps" });
});

browserTest("data without costs, without dates, and with nobody in the period say what to do", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, "customer,date,amount\nA,2026-01-05,100\nB,2026-01-06,100\n", "two.csv");
  await page.evaluate(() => { location.hash = "#/pyramid"; });
  await ready(page);
  await says(page, /4 tiers for 2 customers/, { selector: ".warnings" });
  await says(page, /no costs/, { selector: ".pyramid-curves" });
  await choice(page, "Measure").selectOption({ label: "Margin (the data hold no costs)" });
  await says(page, /Margin needs a column of costs/, { selector: ".pyramid-answer .problem" });
  await until(page, () => document.querySelector(".pyramid-answer a[href='#/data']"), { what: "the way to the data" });
  await choice(page, "Measure").selectOption({ label: "Revenue" });
  await inputs(page).getByLabel("Analysis date", { exact: true }).fill("2020-01-01");
  await says(page, /No customer has a purchase/, { selector: ".pyramid-answer .problem" });
});

const RETAIL = resolve(import.meta.dirname, "../../../shared/datasets/online_retail_invoices.csv");

browserTest("the Online Retail file becomes a pyramid whose tiers partition its customers", { skip: existsSync(RETAIL) ? false : "../shared is not here" }, async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, readFileSync(RETAIL), "online_retail_invoices.csv");
  await page.evaluate(() => { location.hash = "#/pyramid"; });
  await ready(page);
  const rows = await tiers(page);
  const counts = rows.slice(0, 4).map((row) => number(row[1]));
  const all = number(await text(page, ".figures .figure-value"));
  assert.equal(counts.reduce((a, b) => a + b), all);
  assert.deepEqual(counts.slice(0, 3), [0.01, 0.05, 0.2].map((share) => Math.floor(share * all + 0.5)).map((end, i, ends) => end - (ends[i - 1] ?? 0)));
  await says(page, /20% of customers bring 7\d\.\d% of revenue/, { selector: "figure.chart h2" });
  await screenshot(page, "pyramid-online-retail");
});

for (const [lang, theme] of [["en", "light"], ["zh-Hant", "dark"]]) {
  browserTest(`the page fits a phone and axe-core finds nothing (${lang}, ${theme})`, async ({ open }) => {
    const page = await open("#/pyramid?shares=1,4,15&measure=orders", { lang, theme, width: 360, height: 740 });
    await ready(page);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true, "nothing is wider than the phone");
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `pyramid-${lang}-${theme}-360`);
    await page.setViewportSize({ width: 1360, height: 900 });
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `pyramid-${lang}-${theme}`);
  });
}
