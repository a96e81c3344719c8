// The frame around every tool: language, theme, calendar, undo, links, presenter, keyboard.

import { Buffer } from "node:buffer";
import { assert, browserTest, download, dropFile, screenshot, until } from "./harness.mjs";
import { button, confirm, mainText, saved, says, stay, text } from "./steps.mjs";

const go = (page, address) => page.evaluate((address) => { location.hash = address; }, address);
const heading = (page, words) =>
  until(page, (words) => document.querySelector("main h1")?.innerText === words, { arg: words, what: `the page ${words}` });
const hash = (page) => page.evaluate(() => location.hash);

browserTest("switching language and theme in mid-typing keeps what was typed and where", async ({ open }) => {
  const page = await open("#/customers");
  const search = page.locator("input[type=search]");
  await search.click();
  await page.keyboard.type("C000");
  // The switch by a script, so that the field keeps the focus as it would with a shortcut.
  await page.evaluate(() => document.querySelector(".topbar .language").click());
  await until(page, () => document.documentElement.lang === "zh-Hant");
  assert.equal(await search.inputValue(), "C000");
  assert.equal(await page.evaluate(() => document.activeElement.type), "search", "the field itself stays");
  await page.keyboard.type("12");
  assert.equal(await search.inputValue(), "C00012");
  await page.getByRole("button", { name: "佈景" }).click();
  await until(page, () => document.documentElement.dataset.theme === "dark");
  assert.equal(await search.inputValue(), "C00012");
  await says(page, /3,240 位顧客中的 \d+ 位/, { selector: ".list-head" });
  await page.getByRole("button", { name: "EN" }).click();
  await says(page, /\d+ of 3,240 customers/, { selector: ".list-head" });
});

browserTest("a half-typed value that cannot be read yet is kept over a switch of language", async ({ open }) => {
  const page = await open("#/settings");
  const symbol = page.getByLabel("Symbol before amounts");
  await symbol.fill("toolong");
  await says(page, /At most 5 characters/, { selector: ".field-problem" });
  await page.evaluate(() => document.querySelector(".topbar .language").click());
  await says(page, /最多 5 個字元/, { selector: ".field-problem" });
  assert.equal(await page.getByLabel("金額前的符號").inputValue(), "toolong");
});

browserTest("theme, language and 民國 years are chosen in the settings and remembered", async ({ open }) => {
  const page = await open("#/settings");
  await button(page, "Dark").click();
  await until(page, () => document.documentElement.dataset.theme === "dark");
  const day = await text(page, ".chip-data");
  await page.getByLabel(/Years of the Republic/).check();
  await until(page, (before) => document.querySelector(".chip-data").innerText !== before, { arg: day, what: "another calendar" });
  assert.match(await text(page, ".chip-data"), /11[3-6]/);
  await button(page, "繁體中文").click();
  await says(page, /民國 ?11[3-6]/, { selector: ".chip-data" });
  await page.reload();
  await says(page, /民國 ?11[3-6]/, { selector: ".chip-data" });
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hant");
});

browserTest("undo and redo work by keys, and leave text fields to the browser", async ({ open }) => {
  const page = await open("#/settings");
  const digits = page.getByLabel("Decimals shown");
  const before = await digits.inputValue();
  const other = before === "0" ? "2" : "0";
  await digits.selectOption(other);
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  await until(page, (value) => [...document.querySelectorAll("select")].some((one) => one.value === value), { arg: before });
  assert.equal(await digits.inputValue(), before);
  await page.keyboard.press("Control+Shift+Z");
  await until(async () => await digits.inputValue() === other, undefined, { what: "redo" });
  await page.keyboard.press("Control+z");
  await until(async () => await digits.inputValue() === before, undefined, { what: "undo" });
  await page.keyboard.press("Control+y");
  await until(async () => await digits.inputValue() === other, undefined, { what: "redo" });
});

browserTest("a link carries the inputs to another browser, and undo takes them back", async ({ open }) => {
  const page = await open("#/rfm?bins=3-4-2&method=nested");
  await says(page, /3,240/, { selector: ".chip-data" });
  assert.match(await hash(page), /bins=3-4-2/);
  await page.getByRole("banner").getByRole("button", { name: "Share" }).click();
  const link = await page.locator("dialog[open] input.link").inputValue();
  assert.match(link, /#\/rfm\?bins=3-4-2&method=nested$/);
  assert.equal(await page.locator("dialog[open] .qr svg").count(), 1);
  await page.keyboard.press("Escape");

  const other = await open(new URL(link).hash);
  await says(other, /The link's inputs are now in this workspace/, { selector: ".notices" });
  await until(other, () => document.querySelector(".rfm-bins select"), { what: "the inputs" });
  const bins = await other.locator(".rfm-bins select").evaluateAll((all) => all.map((one) => one.selectedOptions[0].textContent));
  assert.deepEqual(bins, ["3", "4", "2"]);
  await other.locator(".notice").getByRole("button", { name: "Undo" }).click();
  await until(other, () => location.hash === "#/rfm", { what: "the address without inputs" });
});

browserTest("a wrong, old or endless link falls back with a message", async ({ open }) => {
  for (const [address, words, lands] of [
    ["#/no-such-tool?x=1", /leads to “no-such-tool”/, "Overview"],
    ["#/rfm?bins=99-1-1&colour=red&method=nested", /not understood and were left out: bins, colour/, "RFM analysis"],
    [`#/rfm?segments=${"9".repeat(3000)}`, /too long/, "RFM analysis"],
    ["#/customers?sort=<img src=x onerror=alert(1)>", /not understood/, "Customers"],
    ["#%00/%%%", /leads to/, "Overview"],
  ]) {
    const page = await open(address);
    await says(page, words, { selector: ".notices" });
    await heading(page, lands);
  }
});

browserTest("back and forward go through the pages", async ({ open }) => {
  const page = await open();
  await heading(page, "Overview");
  await page.getByRole("link", { name: "Customers", exact: true }).click();
  await heading(page, "Customers");
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await heading(page, "Settings");
  assert.match(await page.title(), /^Settings/);
  await page.goBack();
  await heading(page, "Customers");
  assert.equal(await page.locator("nav [aria-current=page]").innerText(), "Customers");
  await page.goBack();
  await heading(page, "Overview");
  await page.goForward();
  await heading(page, "Customers");
});

browserTest("the presenter reveals the explanation step by step", async ({ open }) => {
  const page = await open("#/rfm");
  await until(page, () => document.querySelectorAll(".steps li").length > 1, { what: "the explanation" });
  const all = await page.locator(".steps > li").count();
  await page.keyboard.press("p");
  await until(page, () => document.documentElement.classList.contains("presenting"));
  await until(page, () => document.querySelectorAll(".steps > li").length === 0, { what: "nothing revealed" });
  assert.ok(await page.locator(".topbar").isHidden(), "the chrome is hidden");
  assert.ok(await page.locator("nav").isHidden());
  for (let step = 1; step <= Math.min(all, 3); step++) {
    await page.keyboard.press("ArrowRight");
    await until(page, (step) => document.querySelectorAll(".steps > li").length === step, { arg: step, what: `step ${step}` });
  }
  await says(page, new RegExp(`Step ${Math.min(all, 3)} of ${all}`), { selector: ".step-count" });
  await page.keyboard.press("ArrowLeft");
  await until(page, (step) => document.querySelectorAll(".steps > li").length === step, { arg: Math.min(all, 3) - 1, what: "a step back" });
  await screenshot(page, "presenter");
  await page.keyboard.press("Escape");
  await until(page, (all) => document.querySelectorAll(".steps > li").length === all, { arg: all, what: "all steps again" });
  assert.ok(await page.locator(".topbar").isVisible());
});

// ---- With the keyboard alone

const focused = (page) => page.evaluate(() => {
  const one = document.activeElement;
  return `${one.tagName.toLowerCase()} ${one.getAttribute("aria-label") ?? one.innerText ?? ""}`.replaceAll(/\s+/g, " ").trim();
});
// Presses Tab until the focus is on an element of that name.
async function tabTo(page, pattern, most = 120) {
  for (let count = 0; count < most; count++) {
    await page.keyboard.press("Tab");
    if (pattern.test(await focused(page))) return;
  }
  throw new Error(`Tab does not lead to ${pattern}`);
}

browserTest("the keyboard alone opens a tool, imports a file and leaves dialogs", async ({ open }) => {
  const page = await open("#/rfm");
  await says(page, /3,240/, { selector: ".chip-data" });
  await tabTo(page, /^a Skip to the content/, 3);
  await page.keyboard.press("Enter");
  await until(page, () => document.activeElement.tagName === "H1", { what: "the focus on the heading" });
  assert.equal(await hash(page), "#/rfm", "the address stays");
  await page.evaluate(() => document.activeElement.blur());
  await page.reload();
  await says(page, /3,240/, { selector: ".chip-data" });
  await tabTo(page, /^a Transactions and customers/);
  await page.keyboard.press("Enter");
  await heading(page, "Transactions and customers");
  await tabTo(page, /^button .*▾/);
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector("dialog[open]"), { what: "the workspaces" });
  await page.keyboard.press("Escape");
  await until(page, () => !document.querySelector("dialog[open]"));
  assert.match(await focused(page), /^button/, "the focus is back on the button");

  // Paste is the keyboard's way to bring in a table.
  await tabTo(page, /^summary Or paste/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^textarea/);
  await page.keyboard.insertText("customer\tdate\tamount\tnote\nA1\t2024-01-05\t10\tx\nA2\t2024-02-06\t20\ty\n");
  await tabTo(page, /^button Use what was pasted/);
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector("#import-now"), { what: "the columns" });
  for (let count = 0; count < 80; count++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.labels?.[0]?.innerText.includes("– note") ?? false)) break;
  }
  await page.keyboard.press("Home"); // the first choice: left out
  await tabTo(page, /^button Import$/);
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector("#done-title"), { what: "the import" });
  await tabTo(page, /^a See the RFM cells/);
  await page.keyboard.press("Enter");
  await heading(page, "RFM analysis");
  await go(page, "#/data");
  await says(page, /^2 rows, 2 customers/, { selector: ".table-card > p" });
  assert.ok(!(await text(page, ".table-card")).includes("note"), "the column was left out with the keyboard");
});

browserTest("every focusable element shows its focus", async ({ open }) => {
  const page = await open("#/customers");
  await says(page, /3,240 customers/, { selector: ".list-head" });
  const unseen = [];
  for (let count = 0; count < 40; count++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    });
    if (!seen) unseen.push(await focused(page));
  }
  assert.deepEqual(unseen, []);
});

browserTest("hostile names are shown as text and exported without running", async ({ open }) => {
  const page = await open("#/data");
  const bad = ['<img src=x onerror="document.title=1">', "=cmd|' /C calc'!A0", "@SUM(1)", "</script><script>alert(1)</script>"];
  const rows = bad.flatMap((name, i) => [`"${name.replaceAll('"', '""')}",2024-01-0${i + 1},${i + 5}`, `"${name.replaceAll('"', '""')}",2024-02-0${i + 1},${i + 5}`]);
  await dropFile(page, "body", { name: "<b>x</b>.csv", bytes: Buffer.from(`customer,date,amount\n${rows.join("\n")}\n`) });
  await until(page, () => document.querySelector("#import-now"));
  await confirm(page);
  await stay(page);
  await saved(page);
  await go(page, "#/customers");
  await says(page, /4 of 4 customers/, { selector: ".list-head" });
  const shown = await page.locator("table.customers tbody th").allInnerTexts();
  assert.deepEqual(shown.map((one) => one.trim()).sort(), [...bad].sort());
  assert.equal(await page.locator("main img, main script").count(), 0);
  assert.ok((await mainText(page)).includes("<img src=x"));
  const file = await download(page, () => button(page, "Export this list (CSV)").click());
  const cells = file.bytes.toString("utf8").split(/\r\n/).slice(1).filter(Boolean).map((line) => line.replace(/^"/, "")[0]);
  assert.ok(cells.every((first) => !"=+-@".includes(first)), JSON.stringify(cells));
});
