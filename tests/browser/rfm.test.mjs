// The RFM page: every method, the heat map, the cells, the rules, the comparison, and every download.

import { assert, browserTest, download, until } from "./harness.mjs";
import { analysed, button, choice, chosenOption, parseCsv, pngSize, saved, says, text } from "./steps.mjs";

const tables = (page) => page.locator(".rfm-variable table").evaluateAll((all) => all
  .filter((table) => table.querySelector("caption")?.innerText.includes("groups, best first"))
  .map((table) => [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.innerText.trim()))));
const number = (text) => Number(text.replaceAll(/[^\d.-]/g, ""));
const inputs = (page) => page.locator(".tool-inputs");
const method = (page) => inputs(page).getByLabel("How to divide", { exact: true });
const card = (page, heading) => page.locator("section.card", { has: page.getByRole("heading", { name: heading }) });

browserTest("every method states its policy and shows its own groups, which sum to all customers", async ({ open }) => {
  const page = await open("#/rfm");
  await analysed(page);
  const labels = (await method(page).locator("option").allInnerTexts());
  assert.equal(labels.length, 6, JSON.stringify(labels));
  const body = () => page.evaluate(() => [...document.querySelectorAll(".rfm-variable tbody")].map((one) => one.innerText).join("|"));
  const check = async (label) => {
    const groups = await tables(page);
    assert.equal(groups.length, 3, label);
    const sums = groups.map((rows) => rows.reduce((sum, row) => sum + number(row[2]), 0));
    assert.deepEqual(sums, [3000, 3000, 3000], label);
    assert.ok(groups.flat().every((row) => row[1].length > 0), `${label}: thresholds or values are always shown`);
    const policy = await method(page).evaluate((select) => document.getElementById(select.getAttribute("aria-describedby"))?.innerText ?? "");
    assert.match(policy, /equal|quantile/, label);
  };
  const seen = [await body()];
  await check(labels[0]);
  for (const label of labels.slice(1, 5)) {
    await method(page).selectOption({ label });
    await until(async () => !seen.includes(await body()), undefined, { what: `groups of ${label} unlike those of every other method` });
    seen.push(await body());
    await check(label);
  }
  // Typed thresholds begin with those of the method before, and are then the person's own.
  await method(page).selectOption({ label: labels[5] });
  const recency = page.getByLabel(/^R · Last day of each group/);
  await recency.waitFor();
  await recency.fill("30, 90, 365");
  await until(page, () => /tr=30%2C90%2C365/.test(location.hash), { what: "the thresholds in the address" });
  await until(async () => (await tables(page))[0].length === 4, undefined, { what: "four groups of recency" });
  await check(labels[5]);
  assert.match((await tables(page))[0].map((row) => row[1]).join(" "), /30.*90.*365/);
  await recency.fill("30, many, 365");
  await says(page, /./, { selector: ".tool-inputs .field-problem" });
  assert.match(await page.evaluate(() => location.hash), /tr=30%2C90%2C365/, "the last good thresholds stay in force");
});

browserTest("groups need not be equal in number, and the digit of the best can be turned round", async ({ open }) => {
  const page = await open("#/rfm");
  await analysed(page);
  for (const [letter, bins] of [["R", "2"], ["F", "3"], ["M", "10"]]) {
    await page.locator(".rfm-bins").getByLabel(letter, { exact: true }).selectOption({ label: bins });
  }
  await until(page, () => /bins=2-3-10/.test(location.hash), { what: "the address" });
  await until(async () => (await tables(page)).map((rows) => rows.length).join() === "2,3,10", undefined, { what: "2, 3 and 10 groups" });
  const digits = async () => (await tables(page)).map((rows) => rows[0][0]);
  assert.deepEqual(await digits(), ["2", "3", "10"]);
  await choice(page, "Digit of the best group").selectOption({ label: "1 is the best" });
  await until(async () => (await digits()).join() === "1,1,1", undefined, { what: "1 on top" });
  await saved(page);
  await page.reload();
  await analysed(page);
  assert.deepEqual(await digits(), ["1", "1", "1"]);
});

browserTest("the heat map is reached by keyboard and filters the cells, down to the customers", async ({ open }) => {
  const page = await open("#/rfm");
  await analysed(page);
  const chart = page.locator("figure.chart").first();
  const mark = chart.locator("[data-mark][tabindex='0']");
  await mark.focus();
  await until(page, () => document.querySelector(".chart-readout.shown"), { what: "the readout" });
  const first = await text(page, ".chart-readout.shown");
  await page.keyboard.press("ArrowRight");
  await until(page, (first) => document.querySelector(".chart-readout.shown")?.innerText.replaceAll(/\s+/g, " ") !== first, { arg: first, what: "the next mark" });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await says(page, /Only /, { selector: ".tag" });
  await until(page, () => document.querySelector("[data-mark][aria-selected=true]"), { what: "the picked mark" });
  const codes = async () => (await page.locator("td.code, th.code").allInnerTexts()).map((code) => code.trim());
  const shown = await codes();
  assert.ok(shown.length > 0 && shown.every((code) => code.startsWith("55")), JSON.stringify(shown));
  const customers = (await card(page, "All cells").locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => Number(row.children[1].innerText.replaceAll(",", ""))))).reduce((a, b) => a + b, 0);
  await button(page, "See customers").first().click();
  await says(page, new RegExp(`^${customers.toLocaleString("en")} of 3,240 customers`), { selector: ".list-head" });
  assert.match(await page.evaluate(() => location.hash), /rfm\.r=5&rfm\.f=5/);
});

browserTest("a chart shows its table and downloads SVG, PNG in double size, and CSV with the same figures", async ({ open }) => {
  const page = await open("#/rfm");
  await analysed(page);
  const charts = await page.locator("figure.chart").count();
  assert.ok(charts >= 5, `${charts} charts`);
  for (let at = 0; at < charts; at++) {
    const chart = page.locator("figure.chart").nth(at);
    const title = (await chart.locator("h2").innerText()).trim();
    assert.ok(title.length > 10, title);
    await chart.getByRole("button", { name: "Table", exact: true }).click();
    const rows = await chart.locator(".chart-table tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())));
    assert.ok(rows.length > 2, title);
    const save = async (kind) => {
      await chart.locator("summary", { hasText: "Download" }).click();
      return download(page, () => chart.getByRole("button", { name: kind, exact: true }).click());
    };
    const csv = await save("CSV");
    assert.match(csv.name, /^RFM .+\.csv$/);
    const cells = parseCsv(csv.bytes);
    assert.deepEqual(cells[0], rows[0], title);
    if (rows.length <= 100) assert.equal(cells.length, rows.length, title);
    assert.ok(cells.slice(1).every((row, i) => i >= rows.length - 1 || row[0] === rows[i + 1][0]), `${title}: the same rows`);
    const svg = await save("SVG");
    const picture = svg.bytes.toString("utf8");
    assert.match(picture, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.doesNotMatch(picture, /<script|href=|url\((?!#)|foreignObject|NaN|undefined/);
    assert.ok(picture.replaceAll(/<[^>]+>/g, " ").includes(title.slice(0, 12).replaceAll("&", "&amp;")), `the heading is in the picture: ${title}`);
    const parsed = await page.evaluate((source) => new DOMParser().parseFromString(source, "image/svg+xml").querySelector("parsererror")?.textContent ?? "", picture);
    assert.equal(parsed, "");
    const [width, height] = picture.match(/ width="([\d.]+)" height="([\d.]+)"/).slice(1).map(Number);
    const png = await save("PNG");
    const size = pngSize(png.bytes);
    assert.ok(Math.abs(size[0] - 2 * width) <= 2 && Math.abs(size[1] - 2 * height) <= 2, `${title}: ${size} of ${[width, height]}`);
    assert.ok(size[0] >= 1800, `${size}`);
  }
});

browserTest("the tables of cells and segments sort, page, and are downloaded whole", async ({ open }) => {
  const page = await open("#/rfm");
  await analysed(page);
  const cells = card(page, "All cells");
  const column = (at) => cells.locator("tbody tr").evaluateAll((rows, at) => rows.map((row) => row.children[at].innerText.trim()), at);
  await cells.getByRole("button", { name: "Customers", exact: true }).click();
  await until(async () => {
    const counts = (await column(1)).map(number);
    return counts.length === 25 && counts.every((count, i) => i === 0 || counts[i - 1] >= count);
  }, undefined, { what: "the largest cells first" });
  await cells.getByRole("button", { name: "Customers", exact: true }).click();
  await until(async () => {
    const counts = (await column(1)).map(number);
    return counts.every((count, i) => i === 0 || counts[i - 1] <= count);
  }, undefined, { what: "the smallest cells first" });
  const file = parseCsv((await download(page, () => cells.getByRole("button", { name: "Download CSV" }).click())).bytes);
  const customersAt = file[0].indexOf("Customers");
  assert.ok(customersAt > 0, file[0].join());
  assert.equal(file.slice(1).reduce((sum, row) => sum + Number(row[customersAt]), 0), 3000);
  assert.match(await text(page, ".figures"), new RegExp(`${file.length - 1}`));
  const segments = page.locator("section.card", { has: page.locator("caption", { hasText: "Segments and what they amount to" }) });
  const list = parseCsv((await download(page, () => segments.getByRole("button", { name: "Download CSV" }).click())).bytes);
  const at = list[0].indexOf("Customers");
  assert.equal(list.slice(1).reduce((sum, row) => sum + Number(row[at]), 0), 3000);
  // One segment leads to its customers.
  const link = segments.locator("tbody .link-button").first();
  const count = await segments.locator("tbody tr", { has: page.locator(".link-button") }).first().locator("td").first().innerText();
  await link.click();
  await says(page, new RegExp(`^${count} of 3,240 customers`), { selector: ".list-head" });
});

browserTest("segment rules are edited in order, checked for faults, and set back", async ({ open }) => {
  const page = await open("#/rfm");
  await analysed(page);
  await page.locator("summary", { hasText: "Segment rules" }).click();
  const rules = page.locator(".rule-list > li");
  const count = await rules.count();
  assert.ok(count >= 8, `${count} rules`);
  await button(page, "Add a rule").click();
  await until(async () => await rules.count() === count + 1, undefined, { what: "one more rule" });
  assert.equal(await chosenOption(choice(page, "Rules in use")), "My own rules");
  await until(page, () => /segments=/.test(location.hash), { what: "the rules in the address" });
  // A rule above all others that takes every cell makes the others unable to match, and the checker says so.
  const last = rules.nth(count);
  await last.getByLabel("Name").fill("Everybody");
  for (const letter of ["R", "F", "M"]) {
    await last.getByLabel(`${letter} from`).selectOption({ label: "1" });
    await last.getByLabel(`${letter} to`).selectOption({ label: "5" });
  }
  for (let at = count; at > 0; at--) await rules.nth(at).getByRole("button", { name: "Move up" }).click();
  await until(page, () => document.querySelector(".rule-list input")?.value === "Everybody", { what: "the rule on top" });
  await says(page, /Everybody/, { selector: "figure.chart" });
  await until(page, () => document.querySelectorAll("[aria-label='What the checker found'] .warning").length > 0, { what: "the checker's findings" });
  await rules.first().getByRole("button", { name: "Delete the rule" }).click();
  await until(async () => await rules.count() === count, undefined, { what: "the rule to go" });
  await button(page, "Back to the default rules").click();
  await until(page, () => !/segments=/.test(location.hash), { what: "the default rules" });
});

browserTest("two methods are compared on the same customers", async ({ open }) => {
  const page = await open("#/rfm");
  await analysed(page);
  await choice(page, "Compare with").selectOption({ label: "Nested: R, then F within R, then M within R and F (Hughes)" });
  await says(page, /customers change cell: [\d,]+ of 3,000/, { selector: "h2" });
  const crosses = await page.locator(".rfm-crosses table").evaluateAll((all) => all.map((table) => {
    const last = [...table.querySelectorAll("tbody tr")].at(-1);
    return Number([...last.children].at(-1).innerText.replaceAll(",", ""));
  }));
  assert.deepEqual(crosses, [3000, 3000, 3000]);
  assert.match(await page.evaluate(() => location.hash), /vs=nested/);
});

browserTest("an analysis date and a period change the figures, and a period that cannot be is said beside its field", async ({ open }) => {
  const page = await open("#/rfm");
  await analysed(page);
  const groups = () => page.evaluate(() => document.querySelector(".rfm-variable tbody")?.innerText);
  const before = await groups();
  await inputs(page).getByLabel("Analysis date").fill("2025-06-30");
  await until(page, () => /date=2025-06-30/.test(location.hash), { what: "the date in the address" });
  await until(async () => ![before, undefined].includes(await groups()), undefined, { what: "other groups" });
  await inputs(page).getByLabel("Period for frequency and monetary value").selectOption({ label: "The last months" });
  await until(page, () => /window=12m/.test(location.hash), { what: "the period in the address" });
  const months = inputs(page).locator("input[inputmode=numeric]").first();
  await months.fill("twelve");
  await says(page, /./, { selector: ".tool-inputs .field-problem" });
  assert.match(await page.evaluate(() => location.hash), /window=12m/, "the last good value stays in force");
});
