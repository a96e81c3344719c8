// The forecast page: figures, models, the check, the time line, files, a finished summary, links, and how it looks.

import { readFileSync } from "node:fs";
import { assert, axe, browserTest, download, screenshot, until } from "./harness.mjs";
import { button, choice, importFile, openSample, parseCsv, saved, says, text } from "./steps.mjs";

const ready = (page) => until(page, () => document.querySelectorAll(".forecast-list tbody tr").length > 0, { what: "the list of customers" });
const number = (text) => Number(text.replace("−", "-").replaceAll(/[^\d.-]/g, ""));
const figure = async (page, at) => number(await page.locator(".forecast .figure-value").nth(at).innerText());
const parameters = (page) => page.locator("section.card table").first().locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())));

browserTest("the shop is forecast in the worker, and the truth that it is drawn from stands beside the estimates", async ({ open }) => {
  const page = await open("#/clv_forecast");
  await ready(page);
  const [alive, purchases, value] = [await figure(page, 0), await figure(page, 1), await figure(page, 2)];
  assert.ok(alive > 500 && alive < 3000 && purchases > 1000 && value > 100_000, `${alive} ${purchases} ${value}`);
  const rows = await parameters(page);
  assert.deepEqual(rows.map((row) => row[0]), ["r", "α", "a", "b"]);
  assert.ok(rows.every((row) => /^[\d.]+ [✓✗]$/.test(row[5])), JSON.stringify(rows));
  await says(page, /Converged: 3 of 3 starts/);
  for (const model of ["MBG/NBD", "Pareto/NBD", "BG/BB"]) {
    await choice(page, "Model").selectOption({ label: model });
    await says(page, new RegExp(`${model}: the model puts`), { selector: ".forecast" });
  }
  assert.match(await page.evaluate(() => location.hash), /model=bgbb/);
});

browserTest("inputs are checked beside their fields, and a discount lowers the value", async ({ open }) => {
  const page = await open("#/clv_forecast");
  await ready(page);
  const before = await figure(page, 2);
  const field = (label) => page.getByLabel(label, { exact: true });
  await field("Discount rate, % a year").fill("50");
  await until(async () => (await figure(page, 2)) < before, undefined, { what: "a lower value" });
  await field("Horizon, in units of time").fill("nine");
  await says(page, /Type a whole number/, { selector: ".field-problem" });
  assert.equal(await field("Horizon, in units of time").inputValue(), "nine");
  await field("Horizon, in units of time").fill("26");
  await says(page, /in the next 26 weeks/, { selector: ".figures" });
  assert.match(await page.evaluate(() => location.hash), /horizon=26&discount=50/);
});

browserTest("the check compares the models with the time held out and recommends one", async ({ open }) => {
  const page = await open("#/clv_forecast");
  await ready(page);
  await button(page, "Check the models").click();
  await says(page, /Take (BG|MBG|Pareto)\/NBD: it comes nearest/);
  const table = page.getByRole("region", { name: "Is it any good?" });
  assert.equal(await table.locator("tbody tr").count(), 6);
  await says(page, /Simple rule: bought in the last 6 months/);
  assert.equal(await page.locator("section:has-text('Is it any good?') figure.chart").count(), 4);
});

browserTest("purchases are put onto the time line with the keyboard, and P(alive) follows", async ({ open }) => {
  const page = await open("#/clv_forecast");
  await ready(page);
  const line = page.locator("section", { hasText: "One customer's time line" });
  const title = () => text(page, ".forecast section:has(.time-line) figure h2");
  await says(page, /After 6 repeat purchases/);
  const silent = number((await title()).split("is ")[1]);
  const last = line.getByRole("button", { name: "52", exact: true });
  await last.focus();
  await page.keyboard.press("Space");
  await says(page, /After 7 repeat purchases/);
  assert.equal(await last.getAttribute("aria-pressed"), "true");
  assert.ok(number((await title()).split("is ")[1]) > silent);
  await line.getByRole("button", { name: "Clear" }).click();
  await says(page, /After 0 repeat purchases/);
});

browserTest("files hold every customer, and the summary comes back as a finished one", async ({ open }) => {
  const page = await open("#/clv_forecast");
  await ready(page);
  const all = parseCsv((await download(page, () => button(page, "Download all customers").click())).bytes);
  assert.equal(all.length, 3001);
  assert.equal(all[0].length, 9);
  const values = all.slice(1).map((row) => Number(row[8]));
  assert.ok(values.every((value, at) => at === 0 || value <= values[at - 1]), "best first");
  const file = await download(page, () => button(page, "Download the summary (x, t_x, T)").click());
  const summary = parseCsv(file.bytes);
  assert.deepEqual(summary[0], ["customer_id", "frequency", "recency", "T", "monetary_value"]);
  const before = await figure(page, 1);
  await openSample(page, "New empty workspace");
  await says(page, /^No data yet/, { selector: ".chip-data" });
  await page.evaluate(() => { location.hash = "#/data"; });
  await importFile(page, file.bytes, "summary.csv");
  await page.evaluate(() => { location.hash = "#/clv_forecast"; });
  await ready(page);
  assert.ok(Math.abs((await figure(page, 1)) - before) <= 1, "the same purchases are expected");
});

browserTest("customers without repeat purchases are refused with the reason", async ({ open }) => {
  const page = await open("#/data");
  await openSample(page, "New empty workspace");
  await says(page, /^No data yet/, { selector: ".chip-data" });
  await importFile(page, "customer,date,amount\nA,2026-01-01,10\nB,2026-02-01,10\nC,2026-03-01,10\n", "once.csv");
  await page.evaluate(() => { location.hash = "#/clv_forecast"; });
  await says(page, /None of the 3 customers has bought again/, { selector: "[role=alert]" });
});

browserTest("a link brings simulated customers, whose truth is in the intervals, in Chinese too", async ({ open }) => {
  const page = await open("#/clv_forecast?customers=simulated&model=paretonbd&horizon=26", { lang: "zh-Hant" });
  await ready(page);
  const rows = await parameters(page);
  assert.deepEqual(rows.map((row) => row[0]), ["r", "α", "s", "β"]);
  assert.ok(rows.filter((row) => row[5].endsWith("✓")).length >= 3, JSON.stringify(rows));
  await says(page, /未來 26 週/, { selector: ".figures" });
});

browserTest("the browser comes to the same digits as a native test, in every model", { timeout: 120_000 }, async ({ open }) => {
  for (const model of ["bgnbd", "mbgnbd", "paretonbd", "bgbb"]) {
    const page = await open(`#/clv_forecast?customers=simulated${model === "bgnbd" ? "" : `&model=${model}`}`);
    await ready(page);
    const found = parseCsv((await download(page, () => button(page, "Download all customers").click())).bytes);
    const lines = readFileSync(new URL(`../fixtures/forecast/${model}.csv`, import.meta.url), "utf8").trim().split(/\r?\n/);
    const recorded = lines.map((line) => line.replace("\ufeff", "").split(","));
    assert.equal(recorded.length, 25);
    recorded.slice(1).forEach((row, at) => row.forEach((cell, column) => {
      const [here, there] = [Number(found[at + 1][column]), Number(cell)];
      if (Number.isNaN(there)) assert.equal(found[at + 1][column], cell);
      else assert.ok(Math.abs(here - there) <= 1e-10 * Math.abs(there), `${model} ${at} ${column}: ${here}, natively ${there}`);
    }));
    await page.close();
  }
});

browserTest("a forecast is what M is in RFM, in the link too, and makes the cells of a campaign", { timeout: 120_000 }, async ({ open, sessionOf }) => {
  const page = await open("#/rfm");
  const analysed = (page) => until(page, () => document.querySelectorAll(".rfm-variable tbody tr").length > 0, { what: "the analysis" });
  await analysed(page);
  const loaded = () => sessionOf(page).seen.requests.filter((url) => /clv_forecast/.test(url)).length;
  assert.equal(loaded(), 0, "an analysis of what was spent does not wait for a forecast");
  const is = (page) => page.locator(".tool-inputs").getByLabel("Monetary value is", { exact: true });
  await is(page).selectOption({ label: "Forecast lifetime value (Lifetime value forecast)" });
  const groups = page.locator(".rfm-variable", { hasText: "M (Forecast lifetime value): groups, best first" });
  await groups.waitFor();
  const rows = async () => (await groups.locator("tbody").first().locator("tr").evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.innerText.trim()))));
  const before = await rows();
  assert.equal(before.length, 5);
  assert.equal(before.reduce((sum, row) => sum + number(row[2]), 0), 3000);
  const heads = await page.locator("section.card", { hasText: "All cells" }).locator("thead th").allInnerTexts();
  assert.ok(heads.some((head) => head.startsWith("Forecast lifetime value, mean")), heads.join());
  await says(page, /M is “Forecast lifetime value”, worked out on the page “Lifetime value forecast”/);
  assert.match(await page.evaluate(() => location.hash), /money=clv_forecast\.value/);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, "rfm-by-forecast-en", { fullPage: true });
  // The address alone brings it, and so does what was saved.
  const link = await page.evaluate(() => location.hash);
  await saved(page);
  await page.reload();
  await groups.waitFor();
  assert.deepEqual(await rows(), before);
  const other = await open(link, { lang: "zh-Hant", theme: "dark" });
  await other.setViewportSize({ width: 360, height: 740 });
  await says(other, /M（預測終身價值）：各組，由最佳到最差/);
  await until(other, () => document.scrollingElement.scrollWidth <= innerWidth, { what: "nothing wider than a phone" });
  assert.deepEqual(await axe(other), []);
  await screenshot(other, "rfm-by-forecast-zh-dark-360", { fullPage: true });
  // Another margin on the forecast's page is another M here.
  await page.evaluate(() => { location.hash = "#/clv_forecast?margin=50"; });
  await ready(page);
  await page.evaluate(() => { location.hash = "#/rfm"; });
  await until(async () => JSON.stringify(await rows()) !== JSON.stringify(before), undefined, { what: "half the values" });
  assert.deepEqual((await rows()).map((row) => row[2]), before.map((row) => row[2]), "and the same cells");
  await page.evaluate(() => { location.hash = "#/campaign"; });
  await says(page, /made from: Cell code \(M: Forecast lifetime value\)/);
  await choice(page, "Cells are made from").selectOption({ label: "Expected purchases (equal groups)" });
  await says(page, /made from: Expected purchases, 10 equal groups/);
  await choice(page, "Number of groups").selectOption({ label: "4" });
  await says(page, /4 cells, best first/);
  assert.match(await page.evaluate(() => location.hash), /cells=clv_forecast\.purchases&groups=4/);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, "campaign-by-forecast-en", { fullPage: true });
});

browserTest("where no forecast can be made, RFM says by name what is missing and where to look, and loses nothing", async ({ open }) => {
  const page = await open("#/data");
  await openSample(page, "New empty workspace");
  await says(page, /^No data yet/, { selector: ".chip-data" });
  await importFile(page, "customer,date,amount\nA,2026-01-01,10\nB,2026-02-01,10\nC,2026-03-01,10\n", "once.csv");
  await page.evaluate(() => { location.hash = "#/rfm?bins=3-3-3&money=clv_forecast.alive"; });
  await says(page, /“Probability of being alive” comes from the page “Lifetime value forecast”, which has no result/, { selector: "[role=alert]" });
  await screenshot(page, "rfm-no-forecast-en");
  await page.getByRole("link", { name: "Open “Lifetime value forecast”" }).last().click();
  await says(page, /None of the 3 customers has bought again/, { selector: "[role=alert]" });
  await page.goBack();
  await says(page, /comes from the page/, { selector: "[role=alert]" });
  await page.getByLabel("Monetary value is", { exact: true }).selectOption({ label: "total spend" });
  await until(page, () => document.querySelectorAll(".rfm-variable tbody tr").length > 0, { what: "the analysis" });
  assert.match(await page.evaluate(() => location.hash), /bins=3-3-3/);
});

for (const lang of ["en", "zh-Hant"]) {
  for (const theme of ["light", "dark"]) {
    browserTest(`axe-core finds nothing, the check open (${lang}, ${theme})`, { timeout: 120_000 }, async ({ open }) => {
      const page = await open("#/clv_forecast", { lang, theme });
      await ready(page);
      await page.locator(".forecast button.primary").click();
      await until(page, () => document.querySelectorAll(".forecast figure.chart").length >= 10, { what: "all charts" });
      assert.deepEqual(await axe(page), []);
      await screenshot(page, `forecast-${lang}-${theme}`, { fullPage: true });
      await page.setViewportSize({ width: 360, height: 740 });
      await until(page, () => document.scrollingElement.scrollWidth <= innerWidth, { what: "nothing wider than a phone" });
      await screenshot(page, `forecast-${lang}-${theme}-360`, { fullPage: true });
    });
  }
}
