// Customer lifetime value: every way to it in both languages, the slider, links that carry scenarios, estimates from the
// data, files, and how it looks.

import { assert, axe, browserTest, download, screenshot, until } from "./harness.mjs";
import { button, choice, openSample, parseCsv, saved, says, text } from "./steps.mjs";

const PARTS = ["formula", "years", "migration", "chain", "five", "complaints"];
const address = (part) => (part === "formula" ? "#/clv" : `#/clv?part=${part}`);
const ready = (page) => until(page, () => document.querySelectorAll(".clv-answer .figure-value").length > 2, { what: "the answer" });
const first = (page) => text(page, ".clv-answer .figure-value");
const becomes = (page, value) => until(async () => (await first(page)) === value, undefined, { what: `the answer to be ${value}` });
const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash).replaceAll("+", " "));
const inputs = (page) => page.locator(".tool-inputs");
const field = (page, label) => inputs(page).getByLabel(label, { exact: true });
const wide = (page) => page.evaluate(() => document.scrollingElement.scrollWidth > innerWidth);
const way = (page, name) => page.locator(".clv-ways button", { hasText: name });

browserTest("one slider moves the value of a customer, as one step of undo, and the address follows", async ({ open }) => {
  const page = await open("#/clv");
  await ready(page);
  await becomes(page, "NT$1,167");
  await says(page, /first margin after one period/, { selector: ".figures" });
  const slider = inputs(page).getByLabel("Retention rate per year, slider");
  await slider.focus();
  for (let at = 0; at < 5; at += 1) await page.keyboard.press("ArrowRight");
  // 1,000 × 0.85 / 0.25 − 1,500
  await becomes(page, "NT$1,900");
  assert.equal(await field(page, "Retention rate per year (%)").inputValue(), "85");
  assert.match(await hash(page), /retention=0\.85/);
  await says(page, /Five points more than 85% are worth NT\$1,100 a customer/, { selector: "figure.chart h2" });
  await page.locator("h1").first().click();
  await page.keyboard.press("Control+z");
  await becomes(page, "NT$1,167");
  await choice(page, "First margin").selectOption({ label: "Now" });
  await becomes(page, "NT$2,167");
  await says(page, /first margin now/, { selector: ".figures" });
  await saved(page);
  await page.reload();
  await becomes(page, "NT$2,167");
});

browserTest("what cannot be used is said beside its field or in place of the answer, and nothing typed is lost", async ({ open }) => {
  const page = await open("#/clv");
  await ready(page);
  const retention = field(page, "Retention rate per year (%)");
  await retention.fill("120");
  await says(page, /Type a number from 0% to 100%/, { selector: ".tool-inputs .field-problem" });
  assert.equal(await retention.inputValue(), "120");
  assert.equal(await first(page), "NT$1,167", "the last good value stays in force");
  await retention.fill("100");
  await field(page, "Discount rate per year (%)").fill("0");
  await says(page, /For ever, this value has no end/, { selector: ".clv-answer .problem" });
  await says(page, /There is no answer to vary yet/, { selector: ".sensitivity" });
  await choice(page, "Formula").selectOption({ label: "Margin multiple, a number of years" });
  await becomes(page, "NT$8,500");
  await choice(page, "Formula").selectOption({ label: "Customer life in years (Best)" });
  await field(page, "Customer life in years").fill("2.5");
  await becomes(page, "NT$1,000");
  assert.equal(await retention.count(), 0, "inputs that a formula does not use are not asked");
});

browserTest("the published figures stand on the page", async ({ open }) => {
  const best = await open("#/clv?method=3&margin=300&discount=0.2&acquisition=500&life=2.5");
  await becomes(best, "NT$45.14");
  const berger = await open("#/clv?method=2&margin=260&promotion=50&retention=0.75&discount=0.2&acquisition=0");
  await becomes(berger, "NT$568.78");
  const years = await open("#/clv?part=years");
  await says(years, /0\.704 · 1\.182/, { selector: ".figures" });
  await button(years, "Example: high-end customers").click();
  await says(years, /0\.668 · 3\.806/, { selector: ".figures" });
  assert.match(await hash(years), /survivors=100,86\.9,74\.3/);
  const chain = await open("#/clv?part=chain");
  await becomes(chain, "NT$52.32");
});

browserTest("scenarios are kept by name, stand side by side, and travel in the link", async ({ open }) => {
  const page = await open("#/clv");
  await ready(page);
  const keep = async (name) => {
    await page.getByLabel("Name of the scenario").fill(name);
    await button(page, "Keep these inputs").click();
  };
  await button(page, "Keep these inputs").click();
  await says(page, /Type a name first/, { selector: ".sensitivity .field-problem" });
  await keep("Today");
  await field(page, "Retention rate per year (%)").fill("90");
  await keep("樂觀 & =better=");
  await field(page, "Retention rate per year (%)").fill("60");
  await keep("Today");
  await says(page, /There is a scenario of this name/, { selector: ".sensitivity .field-problem" });
  assert.match(await hash(page), /retention=0\.6&.*scenario=;Today&scenario=retention=0\.9;樂觀/);
  const other = await open(new URL(page.url()).hash);
  await ready(other);
  const rows = other.locator(".sensitivity .data-table").locator("tbody tr");
  await until(async () => (await rows.count()) === 2, undefined, { what: "answer and retention" });
  const file = await download(other, () => other.locator(".sensitivity .actions").getByRole("button", { name: "Download the table" }).click());
  const [heads, answers, rates] = parseCsv(file.bytes);
  assert.deepEqual(heads, ["Of each scenario", "Now", "Today", "樂觀 & =better="]);
  assert.deepEqual(answers.slice(1).map((cell) => Math.round(Number(cell))), [-300, 1167, 3000]);
  assert.deepEqual(rates, ["Retention rate per year", "0.6", "0.8", "0.9"]);
  await other.getByRole("button", { name: "Work with “樂觀 & =better=”" }).click();
  await becomes(other, "NT$3,000");
  await other.getByRole("button", { name: "Remove “Today”" }).click();
  await until(async () => !(await hash(other)).includes("Today"), undefined, { what: "the scenario to go" });
  // The tornado is told and can be read as a table.
  await says(other, /Lifetime value: most hangs on/, { selector: ".sensitivity h2" });
});

browserTest("survivors, probabilities and tiers come from the data, and no link carries them", async ({ open }) => {
  const page = await open("#/clv?part=years");
  await ready(page);
  await choice(page, "Survivors").selectOption({ label: "From the data" });
  await says(page, /Cohorts: who buys again/);
  await says(page, /From the data: [\d,]+ customers/, { selector: ".info" });
  assert.doesNotMatch(await hash(page), /survivors=/);
  await choice(page, "Length of a period").selectOption({ label: "Year" });
  await says(page, /The data reach over \d+ such periods; 4 are needed/, { selector: ".problem" });
  await way(page, "Customer migration").click();
  await choice(page, "Probabilities of buying").selectOption({ label: "From the data" });
  await says(page, /Probabilities from the data/);
  await way(page, "Markov chain").click();
  await choice(page, "Transition matrix").selectOption({ label: "From the data" });
  await says(page, /Value of all customers/, { selector: ".figures" });
  await says(page, /3,000 customers in their states now/, { selector: ".figures" });
  assert.doesNotMatch(await hash(page), /state=/);
  const moves = page.locator(".card", { hasText: "Customers who moved" });
  const file = await download(page, () => moves.getByRole("button", { name: "Download the table" }).click());
  const rows = parseCsv(file.bytes).slice(1);
  assert.equal(rows.flatMap((row) => row.slice(1)).reduce((sum, cell) => sum + Number(cell), 0), 3000);
  await openSample(page, "New empty workspace");
  await page.evaluate(() => { location.hash = "#/clv?part=chain&from=1"; });
  await says(page, /no data yet/, { selector: ".clv-answer .problem" });
});

browserTest("the matrix is edited cell by cell, its rows are checked, and states come and go", async ({ open }) => {
  const page = await open("#/clv?part=chain");
  await ready(page);
  const cell = page.getByLabel("From R1 to R1, %", { exact: true });
  await cell.fill("50");
  await says(page, /Row 1 of the matrix sums to 120%, not 100%/, { selector: ".problem" });
  await says(page, /120\.00% ≠ 100%/, { selector: ".matrix" });
  await page.getByLabel("From R1 to R2, %", { exact: true }).fill("50");
  await until(async () => !(await page.locator(".clv-answer > .problem").count()), undefined, { what: "the problem to go" });
  await page.getByLabel("Name of state 1").fill("忠誠");
  await says(page, /Value in “忠誠”/, { selector: ".figures" });
  await button(page, "Add a state").click();
  await says(page, /State 6|→ State 6/, { selector: ".matrix" });
  const other = await open(new URL(page.url()).hash, { lang: "zh-Hant" });
  await ready(other);
  assert.equal(await other.getByLabel("狀態 1 的名稱").inputValue(), "忠誠");
  await button(page, "The published example").click();
  await becomes(page, "NT$52.32");
});

browserTest("five percent: the stack, the conventions and the critique, with files", async ({ open }) => {
  const page = await open("#/clv?part=five");
  await ready(page);
  await says(page, /Profit of a customer, 80% → 85%/, { selector: ".figures" });
  await says(page, /halves the defections and doubles the mean lifetime/);
  const conventions = page.locator(".card", { hasText: "Why the slides say 25–85% and 100%" });
  const file = await download(page, () => conventions.getByRole("button", { name: "Download the table" }).click());
  const rows = parseCsv(file.bytes);
  const percents = (row) => row.slice(2, 6).map((cell) => Number(cell) * 100);
  const near = (row, printed) => percents(row).forEach((found, at) => assert.ok(Math.abs(found - printed[at]) <= 0.5001, `${found} for ${printed[at]}`));
  near(rows[1], [20, 22, 28, 41]);
  near(rows[2], [11, 14, 20, 33]);
  near(rows[4], [14, 20, 33, 100]);
  const industries = page.locator("figure.chart", { hasText: "Reichheld & Sasser" });
  await industries.locator("summary", { hasText: "Download" }).click();
  const csv = parseCsv((await download(page, () => industries.getByRole("button", { name: "CSV", exact: true }).click())).bytes);
  assert.deepEqual(csv.slice(1).map((row) => Number(row.at(-1))), [125, 85, 50, 30]);
});

for (const [lang, theme] of [["en", "light"], ["zh-Hant", "dark"], ["zh-Hant", "light"], ["en", "dark"]]) {
  browserTest(`every way fits a phone and axe-core finds nothing (${lang}, ${theme})`, { timeout: 240_000 }, async ({ open }) => {
    const page = await open("#/clv", { lang, theme, width: 360, height: 740 });
    for (const part of PARTS) {
      await page.evaluate((to) => { location.hash = to; }, address(part));
      await until(page, (part) => location.hash.includes(part) || part === "formula", { arg: part, what: part });
      await ready(page);
      await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));
      assert.equal(await wide(page), false, `${part}: nothing is wider than the phone`);
      assert.deepEqual(await axe(page), [], part);
      await screenshot(page, `clv-${part}-${lang}-${theme}-360`);
      await page.setViewportSize({ width: 1360, height: 900 });
      assert.deepEqual(await axe(page), [], `${part}, wide`);
      await screenshot(page, `clv-${part}-${lang}-${theme}`);
      await page.setViewportSize({ width: 360, height: 740 });
    }
  });
}
