// The calculators: each in both languages, the course's 1.77%, refusals, tables of rows, links with scenarios, files,
// undo and reload, and how they look.

import { assert, axe, browserTest, download, screenshot, until } from "./harness.mjs";
import { button, chosenOption, parseCsv, saved, says, text, unfold } from "./steps.mjs";

const CALCULATORS = {
  units: ["Units and revenue", "銷售量與營收", /^709$/],
  mix: ["Product mix", "產品組合", /^414$/],
  response: ["Campaign response", "行銷活動回應率", /^1\.77%$/],
  discount: ["Price cut or discount", "降價或折扣", /^\+40\.0%$/],
  acquisition: ["Acquisition", "取得新顧客", /^14 (months|個月)$/],
  retention: ["Retention programme", "顧客保留方案", /^629$/],
  loyalty: ["Loyalty programme", "忠誠方案", /^\+5\.65%$/],
  service: ["In-house or outsourced service", "客服自營或委外", /^120,417$/],
  system: ["CRM system", "導入 CRM 系統", /^NT\$247,720$/],
};
const main = (page) => text(page, ".main-answer .figure-value");
const becomes = (page, pattern) => says(page, pattern, { selector: ".main-answer .figure-value" });
const ready = (page) => until(page, () => document.querySelector(".main-answer .figure-value")?.textContent && document.querySelector("figure.chart svg"), { what: "an answer" });
const inputs = (page) => page.locator(".tool-inputs");
const field = (page, label) => inputs(page).getByLabel(label, { exact: true });
const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const inAddress = (page, pattern) => until(async () => pattern.test(await hash(page)), undefined, { what: `${pattern} in the address` });

for (const [lang, at] of [["en", 0], ["zh-Hant", 1]]) {
  browserTest(`every calculator opens on an example with answer, chart, table, working and file (${lang})`, async ({ open }) => {
    const page = await open("#/break_even", { lang });
    await ready(page);
    for (const [id, names] of Object.entries(CALCULATORS)) {
      await page.locator(".calculators").getByRole("button", { name: names[at], exact: true }).click();
      await says(page, new RegExp(`^${names[at]}$`), { selector: ".calculator-head h2" });
      await becomes(page, names[2]);
      await inAddress(page, id === "units" ? /^#\/break_even$/ : new RegExp(`calc=${id}`));
      // Both sides and the crossing are named on the chart, and the table says the same.
      const chart = page.locator("figure.chart").first();
      await until(async () => /←.*→/.test(await chart.innerText()), undefined, { what: `the crossing of ${id}` });
      await chart.getByRole("button", { name: lang === "en" ? "Table" : "表格", exact: true }).click();
      assert.ok(await chart.locator("tbody tr").count() > 5, id);
      assert.ok(await page.locator(".steps li").count() >= 3 && await page.locator(".steps math").count() >= 3, id);
      const rows = parseCsv((await download(page, () => button(page, lang === "en" ? "Download the calculation" : "下載計算").click())).bytes);
      const answer = rows.find((row) => row[0] === (lang === "en" ? "Answer" : "答案"));
      // A text that begins with a sign is kept from being a formula of a spreadsheet.
      assert.equal(answer[2].replace(/^'/, ""), await main(page), id);
      assert.ok(Number.isFinite(Number(answer[3])) && answer[3] !== "", id);
      assert.doesNotMatch(await page.locator("main").innerText(), /\bNaN\b|\bundefined\b|\bInfinity\b/);
      await screenshot(page, `break-even-${id}-${lang}`);
    }
  });
}

browserTest("the course's rate follows what is typed; slips stay in their field; refusals say what to try", async ({ open }) => {
  const page = await open("#/break_even?calc=response");
  await ready(page);
  await becomes(page, /^1\.77%$/);
  await field(page, "Cost per piece (NT$)").fill("0.7");
  await becomes(page, /^2\.00%$/);
  await inAddress(page, /calc=response&cost=0\.7/);
  await says(page, /NT\$0\.7.*NT\$35/s, { selector: ".steps" });
  await field(page, "Cost per piece (NT$)").fill("cheap");
  await says(page, /Type a number/, { selector: ".tool-inputs .field-problem:not(:empty)" });
  assert.equal(await field(page, "Cost per piece (NT$)").inputValue(), "cheap", "what was typed stays");
  await becomes(page, /^2\.00%$/);
  await field(page, "Cost per piece (NT$)").fill("0.62");
  await field(page, "Offer cost per response (NT$)").fill("40");
  await says(page, /The offer costs NT\$40 and a response brings NT\$35/, { selector: ".break-even-answer .problem" });
  await field(page, "Offer cost per response (NT$)").fill("0");
  await becomes(page, /^1\.77%$/);
  await field(page, "Net profit per response (NT$)").fill("0.5");
  await says(page, /not even an answer from everybody/, { selector: ".break-even-answer .problem" });
  await button(page, "Back to the example").click();
  await becomes(page, /^1\.77%$/);
  await page.locator(".notice", { hasText: "those of the example" }).getByRole("button", { name: "Undo", exact: true }).click();
  await says(page, /not even an answer from everybody/, { selector: ".break-even-answer .problem" });
});

browserTest("costs that never cross are shown all the same", async ({ open }) => {
  const page = await open("#/break_even?calc=service&agent=0&each=5");
  await says(page, /outsourcing is cheaper at every volume/, { selector: ".break-even-answer .problem" });
  await until(page, () => document.querySelector("figure.chart svg"), { what: "the two lines" });
});

browserTest("products are named, added and removed; several rates of return are told", async ({ open }) => {
  const page = await open("#/break_even?calc=mix");
  await ready(page);
  await field(page, "Name").first().fill("茶");
  await says(page, /茶/, { selector: ".steps" });
  await inAddress(page, /row=100,65,60;茶/);
  await button(page, "Add a row").click();
  await until(page, () => document.querySelectorAll(".grid-row").length === 4, { what: "a fourth product" });
  await button(page, "Remove the last row").click();
  await until(page, () => document.querySelectorAll(".grid-row").length === 3, { what: "three products" });
  for (const at of [0, 1, 2]) await inputs(page).getByLabel("Share", { exact: true }).nth(at).fill("0");
  await says(page, /All shares of the mix are 0/, { selector: ".break-even-answer .problem" });
  const flows = await open("#/break_even?calc=system&row=4000,0&row=0,25000&row=25000,0");
  await ready(flows);
  await says(flows, /more than one: 25\.0%, 400\.0%/, { selector: ".figures" });
});

browserTest("scenarios are kept by name, travel in the link, survive a reload, and undo takes one burst back", async ({ open }) => {
  const page = await open("#/break_even?calc=response");
  await ready(page);
  const cost = field(page, "Cost per piece (NT$)");
  await cost.click();
  await cost.fill("");
  await page.keyboard.type("0.35");
  await becomes(page, /^1\.00%$/);
  await page.getByLabel("Name of the scenario").or(page.locator(".scenario-name input")).first().fill("便宜信紙");
  await page.locator(".scenario-name button[type=submit]").click();
  await inAddress(page, /scenario=cost=0\.35;便宜信紙/);
  const link = await page.evaluate(() => location.hash);
  await saved(page);
  await page.reload();
  await ready(page);
  await becomes(page, /^1\.00%$/);
  const other = await open(link);
  await ready(other);
  await becomes(other, /^1\.00%$/);
  await says(other, /便宜信紙/, { selector: ".scenario-list" });
  // The other calculators are as they were.
  await other.locator(".calculators").getByRole("button", { name: "Units and revenue", exact: true }).click();
  await becomes(other, /^709$/);
  const fixed = field(other, "Fixed cost (NT$)");
  await fixed.click();
  await fixed.fill("");
  await other.keyboard.type("35000");
  await becomes(other, /^1,000$/);
  await other.locator("h1").first().click();
  await other.keyboard.press("Control+z");
  await becomes(other, /^709$/);
});

browserTest("a bad link is told, and money is the workspace's", async ({ open }) => {
  const page = await open("#/break_even?calc=units&fixed=-1&colour=red");
  await ready(page);
  await says(page, /fixed, colour/, { selector: ".notices" });
  await becomes(page, /^709$/);
});

browserTest("presented, the answer comes with the last step", async ({ open }) => {
  const page = await open("#/break_even?calc=response");
  await ready(page);
  await page.locator("main h1").focus();
  await page.keyboard.press("p");
  await until(page, () => document.documentElement.classList.contains("presenting"), { what: "the presenter" });
  await becomes(page, /^…$/);
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
  await becomes(page, /^1\.77%$/);
  await screenshot(page, "break-even-presented", { fullPage: false });
});

for (const [lang, theme] of [["en", "light"], ["zh-Hant", "dark"]]) {
  browserTest(`every calculator fits a phone, and axe-core finds nothing (${lang}, ${theme})`, { timeout: 240_000 }, async ({ open }) => {
    const page = await open("#/break_even", { lang, theme, width: 360, height: 740 });
    for (const [id, names] of Object.entries(CALCULATORS)) {
      const list = page.locator(".calculators-list select");
      await list.selectOption({ label: names[lang === "en" ? 0 : 1] });
      await becomes(page, names[2]);
      assert.equal(await chosenOption(list), names[lang === "en" ? 0 : 1]);
      await unfold(page);
      assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true, `${id} is wider than the phone`);
      assert.deepEqual(await axe(page), [], id);
      await screenshot(page, `break-even-${id}-${lang}-${theme}-360`);
    }
    await page.setViewportSize({ width: 1360, height: 900 });
    for (const [id, names] of Object.entries(CALCULATORS)) {
      await page.locator(".calculators").getByRole("button", { name: names[lang === "en" ? 0 : 1], exact: true }).click();
      await becomes(page, names[2]);
      assert.deepEqual(await axe(page), [], id);
      await screenshot(page, `break-even-${id}-${lang}-${theme}`);
    }
    await page.emulateMedia({ media: "print" });
    await screenshot(page, `break-even-${lang}-print`);
  });
}
