// The campaign page: from cells to the review, with and without data.

import { assert, axe, browserTest, download, until } from "./harness.mjs";
import { button, chosenOption, confirm, gone, offer, parseCsv, saved, says, text } from "./steps.mjs";

const number = (text) => Number(text.replace("−", "-").replaceAll(/[^\d.-]/g, ""));
const steps = (page) => page.locator(".campaign-steps button");
const step = (page, name) => page.locator(".campaign-steps").getByRole("button", { name: new RegExp(`^${name}`) });
const ready = (page, options) => says(page, /cells/, { selector: ".campaign-steps li:first-child .step-note", ...options });
const figure = (page, label) => page.locator(".figures .card", { has: page.getByText(label, { exact: true }) }).locator(".figure-value");
const card = (page, heading) => page.locator("section.card", { has: page.getByRole("heading", { name: heading, exact: true }) });
const way = (page, name) => page.locator(".responses .segmented").getByRole("button", { name, exact: true }).click();
// Closes every message, so that none lies over a button.
const quiet = async (page) => {
  const close = page.locator(".notices").getByRole("button", { name: "Close", exact: true });
  while (await close.count() > 0) await close.first().click();
};
const rows = (locator) => locator.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));

// A campaign on the sample shop with a simulated test of every other customer.
async function simulated(open, options) {
  const page = await open("#/campaign?step=test&n=2", options);
  await ready(page);
  await way(page, "Simulate");
  await says(page, /Response rate of the test/, { selector: ".figures" });
  return page;
}

browserTest("the course's example opens in one click: 40,000 test mailings and a break-even rate of 1.77%", async ({ open }) => {
  const page = await open("#/campaign");
  await ready(page);
  await button(page, "The course's example").click();
  await says(page, /1 name in 20: 40,000 names/, { selector: ".campaign-steps", timeout: 90_000 });
  await says(page, /^800,000 customers/, { selector: ".chip-data" });
  assert.equal(await steps(page).nth(1).getAttribute("aria-current"), "step");
  assert.equal(await text(page, ".break-even .figure-value"), "1.77%");
  assert.equal(await text(page, ".division"), "0.62 ÷ 35 = 0.01771");
  assert.equal(await figure(page, "Test mailings").innerText(), "40,000");
  assert.equal(await figure(page, "Cost of the test").innerText(), "$24,800");
  // What was open before is kept, one click away.
  await page.locator(".notices").getByRole("button", { name: "Back to “Sample shop”" }).click();
  await says(page, /^3,240 customers/, { selector: ".chip-data" });
  // The example that was left as it was is opened again, not made a second time.
  await button(page, "The course's example").click();
  await says(page, /^800,000 customers/, { selector: ".chip-data", timeout: 90_000 });
  await page.locator(".workspace-name").click();
  const names = await page.locator(".workspace-list button").allInnerTexts();
  assert.deepEqual(names, ["Sample shop"]);
});

browserTest("without any data 0.62 ÷ 35 = 1.77% is followed in three revealed steps, and both numbers can be changed", async ({ open }) => {
  const page = await open("#/campaign");
  await page.locator(".workspace-name").click();
  await page.locator("dialog[open]").getByRole("button", { name: "New empty workspace", exact: true }).click();
  await says(page, /^No data yet/, { selector: ".chip-data" });
  await says(page, /./, { selector: "main .problem" });
  assert.equal(await text(page, ".break-even .figure-value"), "1.77%");
  await page.locator("h1").first().click();
  await page.keyboard.press("p");
  await until(page, () => document.documentElement.classList.contains("presenting"), { what: "presenter mode" });
  const shown = () => page.locator(".explain .steps li").count();
  assert.equal(await shown(), 0);
  assert.doesNotMatch(await text(page, ".break-even"), /1\.77/, "the result is not told before its step");
  for (const [at, division] of ["0.62", "0.62 ÷ 35", "0.62 ÷ 35 = 0.01771"].entries()) {
    await page.keyboard.press("ArrowRight");
    await until(async () => (await shown()) === at + 1, undefined, { what: `step ${at + 1}` });
    assert.equal(await text(page, ".division"), division);
  }
  assert.equal(await text(page, ".break-even .figure-value"), "1.77%");
  assert.match(await text(page, ".explain .steps"), /1\.77%/);
  await page.keyboard.press("ArrowRight");
  assert.equal(await shown(), 3, "there are three steps and no more");
  await page.keyboard.press("Escape");
  const cost = page.getByLabel(/^Cost per piece/);
  await cost.fill("0.70");
  await says(page, /^2\.00%$/, { selector: ".break-even .figure-value" });
  await cost.fill("cheap");
  await says(page, /Type a cost/, { selector: ".break-even .field-problem" });
  assert.equal(await cost.inputValue(), "cheap", "what was typed stays");
  await cost.fill("1,5");
  await says(page, /Type a cost/, { selector: ".break-even .field-problem" });
  assert.equal(await text(page, ".break-even .figure-value"), "2.00%", "the last good value stays in force");
  await cost.fill("0.62");
  await cost.blur();
  await page.getByLabel(/^Profit per response/).fill("0");
  await says(page, /Type a profit/, { selector: ".break-even .field-problem" });
});

browserTest("one step of undo takes back a burst of typing; the step that is open is no step of undo", async ({ open }) => {
  const page = await open("#/campaign");
  await ready(page);
  await page.getByLabel(/^Cost per piece/).fill("0.5");
  await says(page, /^1\.43%$/, { selector: ".break-even .figure-value" });
  await step(page, "2 Sample").click();
  await step(page, "4 Roll-out").click();
  await until(page, () => /step=rollout/.test(location.hash), { what: "the step in the address" });
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  await says(page, /^1\.77%$/, { selector: ".break-even .figure-value" });
});

browserTest("a link carries the step and the numbers, and the step is kept over a visit", async ({ open }) => {
  const page = await open("#/campaign?step=sample&n=8&cost=0.5&profit=20");
  await says(page, /1 name in 8: /, { selector: ".campaign-steps" });
  assert.equal(await text(page, ".break-even .figure-value"), "2.50%");
  assert.equal(await page.getByLabel("Take one name in").inputValue(), "8");
  assert.equal(await page.evaluate(() => location.hash), "#/campaign?step=sample&n=8&cost=0.5&profit=20");
  await step(page, "3 Cell test").click();
  await saved(page);
  await page.evaluate(() => { location.hash = "#/rfm"; });
  await page.reload();
  await page.goto(`${page.url().split("#")[0]}#/campaign`);
  await until(page, () => document.querySelector(".campaign-steps [aria-current]")?.innerText.includes("Cell test"), { what: "the step of the last visit" });
});

browserTest("a test is simulated again and again, and shows which decisions hold", async ({ open }) => {
  const page = await simulated(open);
  const truth = card(page, "Which decisions hold?");
  await truth.waitFor();
  const decided = (await rows(truth)).flatMap((row) => row.slice(1)).map(number).reduce((a, b) => a + b, 0);
  const cells = number(await text(page, ".campaign-steps li:first-child .step-note").then((note) => note.split(" cells")[0]));
  assert.equal(decided, cells, "every cell is decided rightly or wrongly");
  const told = (await figure(page, "Roll out · can't tell · don't mail").innerText()).split(" · ").map(number);
  assert.equal(told.reduce((a, b) => a + b), cells, "cells without customers are not counted");
  // Which cells responded is another matter in each run, even where the sums are alike by chance.
  const responded = async () => `${await text(page, ".figures")} ${await text(page, ".campaign-table tbody")}`;
  const seen = new Set([await responded()]);
  for (let run = 0; run < 3; run++) {
    const before = await text(page, ".responses .tag");
    await button(page, "Run again").click();
    await until(async () => (await text(page, ".responses .tag")) !== before, undefined, { what: "another run" });
    await until(async () => !seen.has(await responded()), undefined, { what: "other responses" });
    seen.add(await responded());
  }
  // Another rule decides otherwise, on the same responses.
  const verdicts = () => figure(page, "Roll out · can't tell · don't mail").innerText();
  const byRate = (await verdicts()).split(" · ").map(number);
  await page.getByLabel("A cell is rolled out by").selectOption({ label: "its interval" });
  await until(async () => number((await verdicts()).split(" · ")[1]) > byRate[1], undefined, { what: "cells that nobody can tell" });
  const byInterval = (await verdicts()).split(" · ").map(number);
  assert.equal(byInterval.reduce((a, b) => a + b), byRate.reduce((a, b) => a + b));
});

browserTest("a picked bar opens its row; the table sorts, filters, and a cell is chosen by hand", async ({ open }) => {
  const page = await simulated(open);
  const table = card(page, "What the test says of each cell");
  const column = async (at) => (await rows(table)).map((row) => row[at]);
  await table.getByRole("button", { name: "Rate", exact: true }).click();
  await until(async () => {
    const rates = (await column(5)).filter((rate) => rate !== "–").map(number);
    return rates.length > 5 && rates.every((rate, i) => i === 0 || rates[i - 1] >= rate);
  }, undefined, { what: "the best rates first" });
  await table.getByRole("button", { name: "Don't mail", exact: true }).click();
  await until(async () => (await rows(table)).every((row) => row.includes("Don't mail")), undefined, { what: "one verdict only" });
  await table.getByRole("button", { name: "All cells", exact: true }).click();
  const mark = page.locator("figure.chart").first().locator("[data-mark][tabindex='0']");
  await mark.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector("tr.picked"), { what: "the row of the picked bar" });
  const picked = (await text(page, "tr.picked th")).trim();
  const mail = page.getByRole("checkbox", { name: `Mail cell ${picked}`, exact: true });
  const before = await mail.isChecked();
  await mail.click();
  await says(page, /by hand/, { selector: "tr.picked" });
  assert.equal(await mail.isChecked(), !before);
  await button(page, "Leave 1 cell chosen by hand to the rule again").click();
  await until(async () => (await mail.isChecked()) === before, undefined, { what: "the rule's choice" });
});

browserTest("counts are typed for each cell; what cannot be is said beside the field and stays", async ({ open }) => {
  const page = await open("#/campaign?step=test");
  await ready(page);
  await way(page, "Type counts");
  const first = page.locator(".counts tbody tr").first();
  await first.waitFor();
  const cell = (await first.locator("th").innerText()).trim();
  const mailed = number(await first.locator("td").first().innerText());
  const field = page.getByLabel(`Responses of cell ${cell}`, { exact: true });
  await field.fill(String(mailed + 1));
  await says(page, new RegExp(`from 0 to ${mailed.toLocaleString("en")}`), { selector: ".counts .field-problem" });
  assert.equal(await field.inputValue(), String(mailed + 1));
  await field.fill("1");
  await until(async () => (await text(page, ".counts")).includes("Type a") === false, undefined, { what: "the problem to go" });
  await says(page, /\b1 response, /, { selector: ".campaign-steps" });
  const cells = await page.locator(".counts tbody th").allInnerTexts();
  const paste = page.getByLabel(/^Paste counts/);
  await paste.fill(`${cells[1]} 2\nnonsense\n${cells[2]} many\n999x 1`);
  await button(page, "Take these counts").click();
  await says(page, /Line 2: .*Line 3: “many”.*Line 4: there is no cell “999x”/s, { selector: ".responses .field-problem" });
  assert.match(await paste.inputValue(), /nonsense/, "the text stays");
  await says(page, /^3 Cell test\s+1 response,/, { selector: ".campaign-steps li:nth-child(3)" });
  await paste.fill(`${cells[1]}\t2\n${cells[2]}, 0`);
  await button(page, "Take these counts").click();
  await says(page, /3 responses, /, { selector: ".campaign-steps" });
  // Another way is tried, the page is loaded anew, and the counts are still there.
  await way(page, "Simulate");
  await page.locator(".responses .tag").waitFor();
  await saved(page);
  await page.reload();
  await page.locator(".responses .tag").waitFor();
  await way(page, "Type counts");
  await says(page, /3 responses, /, { selector: ".campaign-steps" });
  assert.equal(await page.getByLabel(`Responses of cell ${cells[1]}`, { exact: true }).inputValue(), "2");
});

browserTest("the test is recorded, responders are imported by customer and by key code, and the list is downloaded", async ({ open }) => {
  const page = await open("#/campaign?step=sample");
  await ready(page);
  const list = card(page, "The test list");
  await list.getByLabel("Name of the campaign").fill("Autumn");
  const tested = number(await figure(page, "Test mailings").innerText());
  const file = await download(page, () => button(page, "Save the test list (CSV)").click());
  assert.equal(file.name, "Autumn test list.csv");
  const [head, ...names] = parseCsv(file.bytes);
  assert.equal(names.length, tested);
  await button(page, "Record the test as mailed").click();
  await says(page, /The test of “Autumn” is on record/, { selector: ".notices" });
  await says(page, /The sample no longer follows the settings/, { selector: ".campaign-answer" });
  await page.getByLabel("Take one name in").fill("10");
  await says(page, /1 name in 10: /, { selector: ".campaign-steps" });
  assert.equal(number(await figure(page, "Test mailings").innerText()), tested, "the recorded test stays as it was mailed");
  const at = (pattern) => head.findIndex((name) => pattern.test(name));
  const [customerAt, keyAt] = [at(/customer/i), at(/key/i)];
  assert.ok(customerAt >= 0 && keyAt >= 0, head.join());
  const responders = names.slice(0, 4).map((row) => `${row[customerAt]},,120`);
  const byKey = [`,${names[20][keyAt]},80`, "NOBODY,,50"];
  await quiet(page);
  await offer(page, ["Customer,Key code,Revenue", ...responders, ...byKey, ""].join("\n"), "responders.csv");
  await confirm(page);
  await page.evaluate(() => { location.hash = "#/campaign"; });
  await step(page, "3 Cell test").click();
  await way(page, "Import a list");
  await says(page, /Found by customer\s+4/, { selector: ".matching" });
  await says(page, /Found by key code\s+1/, { selector: ".matching" });
  await says(page, /Not mailed or unknown\s+1/, { selector: ".matching" });
  await says(page, /5 responses, /, { selector: ".campaign-steps" });
  await saved(page);
  await page.reload();
  await says(page, /5 responses, /, { selector: ".campaign-steps" });
});

browserTest("a file given to the campaign is a list of responses, whatever its columns look like", async ({ open }) => {
  const page = await open("#/campaign?step=test");
  await ready(page);
  await way(page, "Import a list");
  // A customer, a day and an amount: by itself it would be taken for purchases.
  const content = "Customer,Key code,Revenue,Date\nC00001,,120,2026-07-10\n";
  const give = (name) => page.locator(".responses input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
  const kind = page.getByLabel("What one row is", { exact: true });
  await give("first.csv");
  await kind.waitFor();
  assert.equal(await chosenOption(kind), "Campaign responses");
  // A second file takes the place of one that was never confirmed.
  await page.evaluate(() => { location.hash = "#/campaign"; });
  await give("second.csv");
  await says(page, /Is this right\?\s+second\.csv/);
  assert.equal(await chosenOption(kind), "Campaign responses");
});

browserTest("a recorded test whose contacts are deleted is told of, and can be recorded anew", async ({ open }) => {
  const page = await open("#/campaign?step=sample");
  await ready(page);
  await card(page, "The test list").getByLabel("Name of the campaign").fill("Autumn");
  await button(page, "Record the test as mailed").click();
  await says(page, /The test of “Autumn” is on record/, { selector: ".notices" });
  await step(page, "3 Cell test").click();
  await way(page, "Simulate");
  await step(page, "4 Roll-out").click();
  const list = card(page, "The mailing list");
  const day = list.getByLabel("Day of the mailing");
  assert.equal(await list.getByLabel("Name of the campaign").count(), 0, "the recorded test is found by its name");
  await day.fill("2020-01-01");
  await says(page, /The test was mailed on .*Choose that day or a later one/, { selector: ".record-fields .field-problem" });
  await quiet(page);
  await page.evaluate(() => { location.hash = "#/data"; });
  await page.locator(".table-card", { hasText: "Campaign contacts" }).getByRole("button", { name: "Delete", exact: true }).click();
  await page.evaluate(() => { location.hash = "#/campaign"; });
  await says(page, /The test was recorded, but its names are no longer among the campaign contacts/, { selector: ".warnings" });
  await step(page, "2 Sample").click();
  await quiet(page);
  await button(page, "Record the test as mailed").click();
  await says(page, /The test of “Autumn” is on record/, { selector: ".notices" });
  await says(page, /The sample no longer follows the settings/, { selector: ".campaign-answer" });
});

browserTest("the roll-out puts every customer in one place, is saved and recorded, and the review compares", async ({ open }) => {
  const page = await simulated(open);
  await step(page, "4 Roll-out").click();
  await says(page, /=/, { selector: ".partition" });
  const parts = (await text(page, ".partition")).match(/[\d,]+/g).map(number);
  assert.equal(parts.slice(0, 5).reduce((a, b) => a + b), parts[5], JSON.stringify(parts));
  const choices = await rows(page.locator("section.card", { has: page.locator(".alternatives") }));
  assert.ok(choices.length >= 5, JSON.stringify(choices));
  assert.deepEqual(choices[2].slice(1, 2), ["0"], "nobody is mailed");
  await page.getByLabel("Contacted in the last … days").fill("0");
  await says(page, /from 1 to 3,650/, { selector: ".field-problem" });
  await page.getByLabel("Contacted in the last … days").fill("");
  const list = card(page, "The mailing list");
  await list.getByLabel("Name of the campaign").fill("Winter");
  const file = await download(page, () => button(page, "Save the mailing list (CSV)").click());
  assert.equal(parseCsv(file.bytes).length - 1, parts[0], "the list has everybody who is mailed");
  await step(page, "2 Sample").click();
  await button(page, "Record the test as mailed").click();
  await says(page, /The test of “Winter” is on record/, { selector: ".notices" });
  await step(page, "4 Roll-out").click();
  await button(page, "Record the roll-out as mailed").click();
  await says(page, /The roll-out of “Winter” is on record/, { selector: ".notices" });
  await step(page, "5 Review").click();
  await way(page, "Simulate");
  await figure(page, "Actual responses").waitFor();
  const total = await page.locator("tfoot tr").evaluate((row) => [...row.cells].map((cell) => cell.innerText.trim()));
  assert.equal(number(total[1]), parts[0]);
  assert.equal(total[4], await figure(page, "Actual responses").innerText());
});

browserTest("too few and too many cells: a slider from 2 to 10 groups, which can be put into use", async ({ open }) => {
  const page = await open("#/campaign");
  await ready(page);
  await page.locator(".bins > summary").click();
  const slider = page.getByRole("slider", { name: "Groups for each variable" });
  await slider.waitFor();
  assert.equal(await slider.inputValue(), "5");
  const table = page.locator("details.bins table").last();
  const all = await rows(page.locator("details.bins .table-box").last());
  assert.deepEqual(all.map((row) => row[0]), ["2", "3", "4", "5", "6", "7", "8", "9", "10"]);
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await until(page, () => document.querySelector("tr.picked th")?.innerText === "3", { what: "three groups" });
  await table.waitFor();
  await button(page, "Use 3 groups").click();
  await says(page, /RFM analysis now makes 3 groups/, { selector: ".notices" });
  await until(async () => number((await text(page, ".campaign-steps li:first-child .step-note")).split(" cells")[0]) <= 27, undefined, { what: "27 cells at most" });
  await page.locator(".notices").getByRole("button", { name: "Undo" }).click();
  await until(async () => number((await text(page, ".campaign-steps li:first-child .step-note")).split(" cells")[0]) > 27, undefined, { what: "the cells as before" });
});

browserTest("a new campaign keeps the costs, clears what belonged to the old one, and can be taken back", async ({ open }) => {
  const page = await simulated(open);
  await page.getByLabel(/^Cost per piece/).fill("0.5");
  await button(page, "New campaign…").click();
  await page.locator("dialog[open]").getByLabel("Name of the campaign").fill("Spring");
  await button(page, "Start the campaign").click();
  await gone(page, "dialog[open]");
  await says(page, /Campaign: Spring/, { selector: ".campaign-name" });
  await says(page, /no responses yet/, { selector: ".campaign-steps" });
  assert.equal(await text(page, ".break-even .figure-value"), "1.43%");
  await page.locator(".notices").getByRole("button", { name: "Undo" }).last().click();
  await says(page, /responses, \d/, { selector: ".campaign-steps" });
});

for (const lang of ["en", "zh-Hant"]) {
  browserTest(`every step fits a phone and is clean for assistive technology (${lang})`, async ({ open }) => {
    const page = await open("#/campaign", { lang, width: 360, height: 740, theme: lang === "en" ? "light" : "dark" });
    await until(page, () => /\d/.test(document.querySelector(".campaign-steps .step-note")?.innerText), { what: "the cells" });
    for (let at = 0; at < 5; at++) {
      await steps(page).nth(at).click();
      if (at === 2) {
        await page.locator(".responses .segmented button").last().click();
        await page.locator(".verdict").first().waitFor();
      }
      if (at === 4) {
        await page.locator(".responses .segmented button").last().click();
        await page.locator("tfoot td").first().waitFor();
      }
      await until(page, () => !document.querySelector(".job-status .running"), { what: "the answer" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `step ${at + 1} scrolls sideways by ${wide}`);
      assert.deepEqual(await axe(page), [], `step ${at + 1}`);
    }
  });
}
