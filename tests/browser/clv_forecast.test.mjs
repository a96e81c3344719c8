// The forecast page: figures, models, the check, the time line, files, a finished summary, links, and how it looks.

import { readFileSync } from "node:fs";
import { assert, axe, browserTest, download, screenshot, until } from "./harness.mjs";
import { analysed, button, choice, gone, importFile, openSample, parseCsv, saved, says, text } from "./steps.mjs";

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
  // Cell by cell what the page says: the best customer, and the totals.
  assert.ok(all.slice(1).every((row) => row.length === 9 && row.slice(1).every((cell) => cell === "" || Number.isFinite(Number(cell)))));
  const best = await page.locator(".forecast-list tbody tr").first().locator("th, td").allInnerTexts();
  assert.equal(all[1][0], best[0]);
  assert.ok(Math.abs(Number(all[1][8]) - number(best[1])) <= 0.5, `${all[1]} beside ${best}`);
  const total = (column) => all.slice(1).reduce((sum, row) => sum + Number(row[column]), 0);
  assert.ok(Math.abs(total(5) - (await figure(page, 0))) <= 0.51, "the customers of the file are those of the page");
  assert.ok(Math.abs(total(6) - (await figure(page, 1))) <= 0.51, "so are the purchases");
  assert.ok(Math.abs(total(8) - (await figure(page, 2))) <= 0.0001 * total(8), "and the value");
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

// A finished summary in which no two customers are alike, so that a fit takes its time.
function unlikeCustomers(count) {
  let state = 20_260_701;
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const lines = ["customer_id,x,t.x,T.cal,m.x"];
  for (let at = 0; at < count; at += 1) {
    const age = 30 + 70 * chance();
    // Buys at a rate of its own until it leaves.
    const [rate, end] = [-Math.log(chance()) / 12, Math.min(age, -40 * Math.log(chance()) / -Math.log(chance()))];
    let [x, last] = [0, 0];
    for (let time = -Math.log(chance()) / rate; time <= end; time -= Math.log(chance()) / rate) [x, last] = [x + 1, time];
    lines.push(`C${at},${x},${last.toFixed(4)},${age.toFixed(4)},${x > 0 ? (10 + 90 * chance()).toFixed(2) : 0}`);
  }
  return `${lines.join("\n")}\n`;
}

browserTest("a long fit shows how far it is, can be cancelled without losing what was typed, and can be done then", { timeout: 180_000 }, async ({ open }) => {
  const page = await open("#/data");
  await openSample(page, "New empty workspace");
  await says(page, /^No data yet/, { selector: ".chip-data" });
  await importFile(page, unlikeCustomers(25_000), "summary.csv");
  // A worker that is ended before it has stored an import takes the import with it.
  await saved(page);
  await page.evaluate(() => { location.hash = "#/clv_forecast"; });
  await until(page, () => document.querySelectorAll(".forecast-list tbody tr").length > 0, { timeout: 90_000, what: "the forecast of many customers" });
  await page.getByLabel("Horizon, in units of time", { exact: true }).fill("26");
  await says(page, /in the next 26 weeks/, { selector: ".figures" });
  const before = await page.locator(".forecast .figure-value").allInnerTexts();
  const running = page.locator(".forecast-answer > .job-status .running");
  await choice(page, "Model").selectOption({ label: "Pareto/NBD" });
  await until(page, () => document.querySelector(".forecast-answer > .job-status progress")?.value > 0.2, { what: "the middle of the fit" });
  const early = await running.locator("progress").evaluate((progress) => progress.value);
  await until(page, (early) => document.querySelector(".forecast-answer > .job-status progress")?.value > early, { arg: early, what: "the bar to move" });
  await running.getByRole("button", { name: "Cancel", exact: true }).click();
  await says(page, /Cancelled; nothing was changed\./, { selector: ".forecast-answer > .job-status [role=alert]" });
  await gone(page, ".forecast-answer > .job-status .running");
  await screenshot(page, "forecast-cancelled");
  // What was chosen and typed stands; no figures of the other model stand under it.
  assert.equal(await page.getByLabel("Horizon, in units of time", { exact: true }).inputValue(), "26");
  assert.equal(await choice(page, "Model").inputValue(), await choice(page, "Model").evaluate((select) => [...select.options].find((option) => option.text === "Pareto/NBD").value));
  assert.equal(await page.locator(".forecast .figure-value").count(), 0);
  // The model from before comes back as it was, and the long fit ends when it is let.
  await choice(page, "Model").selectOption({ label: "BG/NBD" });
  await until(page, () => document.querySelector(".forecast .figure-value"), { timeout: 60_000, what: "the figures from before" });
  assert.deepEqual(await page.locator(".forecast .figure-value").allInnerTexts(), before);
  await choice(page, "Model").selectOption({ label: "Pareto/NBD" });
  await until(page, () => document.querySelector("section.card table tbody tr:nth-child(3)")?.innerText.startsWith("s"), { timeout: 120_000, what: "the parameters of Pareto/NBD" });
  await says(page, /Pareto\/NBD: the model puts/, { selector: ".forecast" });
});

browserTest("a fit that was cancelled is done when it is asked for again", { timeout: 180_000 }, async ({ open }) => {
  const page = await open("#/data");
  await openSample(page, "New empty workspace");
  await says(page, /^No data yet/, { selector: ".chip-data" });
  await importFile(page, unlikeCustomers(25_000), "summary.csv");
  // A worker that is ended before it has stored an import takes the import with it.
  await saved(page);
  await page.evaluate(() => { location.hash = "#/clv_forecast?model=paretonbd"; });
  await until(page, () => document.querySelector(".forecast-answer > .job-status progress")?.value > 0.2, { timeout: 60_000, what: "the middle of the fit" });
  await page.locator(".forecast-answer > .job-status .running").getByRole("button", { name: "Cancel", exact: true }).click();
  await says(page, /Cancelled; nothing was changed\./, { selector: ".forecast-answer > .job-status [role=alert]" });
  await page.locator(".forecast-answer > .job-status").getByRole("button", { name: "Calculate again", exact: true }).click();
  await until(page, () => document.querySelector(".forecast .figure-value"), { timeout: 120_000, what: "the figures" });
  assert.equal((await parameters(page)).at(3)[0], "β");
});

browserTest("a summary under the names of either package gives the same forecast, and a row that cannot be is told", async ({ open }) => {
  const rows = ["C1,2,30.43,38.86,22.35", "C2,1,1.71,38.86,11.77", "C3,0,0,38.86,0", "C4,7,29.43,38.86,73.74", "C5,1,5,30,20", "C6,0,0,12,0", "C7,3,20,35,15.5", "C8,2,9,37,18.2", "C9,5,36,36.5,30.1", "C10,0,0,25,0", "C11,1,2,20,9.9", "C12,4,33,34,44.4"];
  const file = (heads, more = []) => [`customer_id,${heads}`, ...Array.from({ length: 40 }, (_, turn) => rows.map((row) => row.replace(/^C/, `T${turn}-`))).flat(), ...more].join("\n");
  const found = [];
  for (const [heads, more] of [["frequency,recency,T,monetary_value"], ["x,t.x,T.cal,m.x"], ["x,t.x,T.cal,m.x", ["BAD,2,40,30,9"]]]) {
    const page = await open("#/data");
    await openSample(page, "New empty workspace");
    await says(page, /^No data yet/, { selector: ".chip-data" });
    await importFile(page, file(heads, more), "summary.csv");
    await page.evaluate(() => { location.hash = "#/clv_forecast"; });
    await ready(page);
    await says(page, /of 480; 360 bought again/, { selector: ".figures" });
    found.push([await page.locator(".forecast .figure-value").allInnerTexts(), await parameters(page)]);
    if (more) await says(page, /BAD/, { selector: ".warnings" });
    await page.close();
  }
  assert.deepEqual(found[1], found[0]);
  assert.deepEqual(found[2], found[0]);
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
  // The page shows its groups after its head.
  await groups.waitFor();
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
  await analysed(page);
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
