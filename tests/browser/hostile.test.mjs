// Hostile content: whatever a file, a name or a link holds is shown as text, keeps to its own place, leaves as text,
// and makes the page neither freeze nor overflow.

import { Buffer } from "node:buffer";
import { assert, browserTest, download, dropFile, until } from "./harness.mjs";
import { megabyteCells, millionDays, millionMinutes, wideTable } from "./hostile.mjs";
import {
  atRest, button, confirm, importFile, mainText, offer, pagesOf, parseCsv, refused, saved, says, show, stay, unfold,
} from "./steps.mjs";

const MARKUP = "<img src=x onerror=\"globalThis.pwned=1\"><x-evil data-evil onclick=pwned></td></svg><script>pwned=1</script>";
const OVERRIDE = "\u202eexe.gpj \u2067\u202d";
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const go = (page, hash) => page.evaluate((hash) => { location.hash = hash; }, hash);

// What on the page has come of the data that should not have: elements, handlers, text that turns the text around it,
// and anything wider than the window.
const faults = (page) => page.evaluate(() => {
  const found = [];
  if (globalThis.pwned) found.push("a script has run");
  for (const one of document.querySelectorAll("x-evil, [data-evil], main img, main script, main iframe, svg script, svg image, svg foreignObject")) {
    found.push(`an element: ${one.outerHTML.slice(0, 80)}`);
  }
  for (const one of document.querySelectorAll("*")) {
    for (const { name } of one.attributes) if (/^on/i.test(name)) found.push(`a handler: ${one.tagName} ${name}`);
  }
  // Marks of direction reach as far as their block: nothing but their own text may be in it.
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!/[\u202a-\u202e]/.test(text.data)) continue;
    let block = text.parentElement;
    while (getComputedStyle(block).display === "inline" && !/isolate|plaintext/.test(getComputedStyle(block).unicodeBidi)) block = block.parentElement;
    if (block.textContent.trim() !== text.data.trim()) found.push(`turned around: ${block.textContent.slice(0, 120)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(`${document.documentElement.scrollWidth} px wide`);
  return [...new Set(found)];
});

const everyPage = async (page, what) => {
  for (const name of [...await pagesOf(page), "settings"]) {
    await go(page, `#/${name}`);
    await atRest(page, name);
    await unfold(page);
    await atRest(page, name);
    assert.deepEqual(await faults(page), [], `${what}: ${name}`);
  }
};

// A chart's file as a browser reads it: well formed, and nothing in it but a drawing.
const drawing = (page, svg) => page.evaluate((svg) => {
  const read = new DOMParser().parseFromString(svg, "image/svg+xml");
  const names = [...read.querySelectorAll("*")].map((one) => one.localName);
  const handlers = [...read.querySelectorAll("*")].flatMap((one) => [...one.attributes]).filter(({ name, value }) => /^on/i.test(name) || /^\s*javascript:/i.test(value));
  return { broken: names.includes("parsererror"), names: [...new Set(names)], handlers: handlers.length };
}, svg);

browserTest("nothing that is imported or typed becomes markup or turns the page around it, on any page", { timeout: 240_000 }, async ({ open }) => {
  const page = await open("#/data", { width: 360 });
  const names = [MARKUP, OVERRIDE, "=cmd|' /C calc'!A0", "＝SUM(1)", "@x", "+1", "-1", "שלום abc", "NaN", "Infinity", "\u{1f468}\u200d\u{1f469}"];
  const rows = names.flatMap((name, i) => [1, 2, 3].map((n) =>
    [name, `2024-0${n}-${10 + i}`, String(n * 10 + i), name, name, name].map(quoted).join()));
  // One null byte; a file of many is not text.
  rows.push('a\0b,2024-01-01,5,x,x,x', 'A1,2024-01-01,NaN,x,x,x', 'A1,2024-01-01,inf,x,x,x', `A1,${quoted(OVERRIDE)},5,x,x,x`, `A1,2024-01-01,${quoted(MARKUP)},x,x,x`);
  const head = ["customer", "date", "amount", "product", "channel", `${MARKUP}${OVERRIDE}`].map(quoted).join();
  await offer(page, `${head}\n${rows.join("\n")}\n`, `<b>${OVERRIDE}.csv`);
  assert.deepEqual(await faults(page), [], "the confirmation");
  // "NaN" says that there is no customer.
  assert.deepEqual(await confirm(page), { read: 38, used: 31, aside: 7 });
  await unfold(page);
  await until(page, () => document.querySelectorAll("section[aria-labelledby=done-title] td.value").length === 7, { what: "the rows set aside" });
  assert.deepEqual(await faults(page), [], "the report");
  await stay(page);
  await saved(page);

  // What a link brings, and what is typed: the names of segments, of the workspace and of the campaign.
  const segments = (name) => `#/rfm?segments=${encodeURIComponent(`555;${name.replaceAll(/[,;~]/g, "")},x,15,15,15`)}`;
  await go(page, segments(OVERRIDE));
  await says(page, /not understood/, { selector: ".notices" });
  await go(page, segments(MARKUP));
  await says(page, /<img src=x/, { selector: "main" });
  await page.locator(".workspace-name").click();
  await page.locator("dialog[open]").getByLabel("Name", { exact: true }).fill(`${MARKUP}${OVERRIDE}`);
  assert.deepEqual(await faults(page), [], "the workspaces");
  await page.keyboard.press("Escape");
  await go(page, "#/campaign");
  await atRest(page, "campaign");
  await page.getByLabel("Name of the campaign").first().fill(`${MARKUP}${OVERRIDE}`).catch(() => {});
  await everyPage(page, "English");
  await go(page, "#/customers");
  await says(page, /11 of 11 customers|of 11 customers/, { selector: ".list-head" });
  for (const part of ["<img src", "exe.gpj"]) {
    await page.locator("table.customers tbody button", { hasText: part }).first().click();
    await until(page, () => document.querySelector("dialog[open] table"), { what: "the customer" });
    assert.deepEqual(await faults(page), [], "one customer");
    await page.keyboard.press("Escape");
  }
  await page.locator(".topbar .language").click();
  await until(page, () => document.documentElement.lang === "zh-Hant", { what: "Chinese" });
  await everyPage(page, "中文");

  // And everything that can be taken away.
  for (const name of await pagesOf(page)) {
    await show(page, name);
    await unfold(page);
    for (const chart of await page.locator("main .chart-save").all()) {
      await chart.evaluate((menu) => { menu.open = true; });
      const { bytes } = await download(page, () => chart.getByRole("button", { name: "SVG", exact: true }).click());
      const { broken, names, handlers } = await drawing(page, bytes.toString("utf8"));
      assert.ok(!broken && handlers === 0 && !names.some((one) => /script|image|foreignObject|img|x-evil|^a$/.test(one)), `${name}: ${names}`);
    }
    for (const one of await page.locator("main button:enabled", { hasText: /CSV）$|^下載|^匯出/ }).all()) {
      if (!await one.isVisible()) continue;
      const { bytes } = await download(page, () => one.click());
      const formulas = parseCsv(bytes).flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell) && !/^-?[\d.]+$/.test(cell));
      assert.deepEqual(formulas, [], name);
    }
  }
});

browserTest("a cell of a megabyte is cut where it is shown, and the page stays usable", { timeout: 240_000 }, async ({ open }) => {
  const page = await open("#/data", { width: 360 });
  await offer(page, megabyteCells());
  assert.deepEqual(await faults(page), [], "the confirmation");
  const { read, aside } = await confirm(page);
  assert.equal(read, 15);
  assert.ok(aside >= 2, `${aside} set aside`);
  await unfold(page);
  await until(page, () => document.querySelectorAll("section[aria-labelledby=done-title] td.value").length === 2 || document.querySelectorAll("section[aria-labelledby=done-title] td.value").length === 3, { what: "the rows set aside" });
  assert.deepEqual(await faults(page), []);
  await stay(page);
  await saved(page);
  await everyPage(page, "a megabyte");
  // Nothing on a page is longer than a person would read.
  for (const name of await pagesOf(page)) {
    await show(page, name);
    const longest = await page.evaluate(() => Math.max(...[...document.querySelectorAll("main *")]
      .flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.length)), 0));
    assert.ok(longest < 3000, `${name}: a text of ${longest} characters`);
  }
});

browserTest("wide tables: a thousand columns stay in their box, ten thousand are refused with the limit", { timeout: 240_000 }, async ({ open }) => {
  const page = await open("#/data", { width: 360 });
  assert.match(await refused(page, wideTable(10_000)), /1,?000/);
  await offer(page, wideTable(1_000));
  assert.deepEqual(await faults(page), []);
  assert.deepEqual(await confirm(page), { read: 5, used: 5, aside: 0 });
  await stay(page);
  await saved(page);
  await everyPage(page, "a thousand columns");
});

browserTest("a million different dates are read, those of no shop are set aside, and every page shows the rest", { timeout: 240_000 }, async ({ open }) => {
  const page = await open("#/data", { width: 360 });
  // The days since 1900; nobody's customers bought before.
  const used = 125 * 365 + 31;
  assert.deepEqual(await importFile(page, millionDays()), { read: 1_000_000, used, aside: 1_000_000 - used });
  assert.deepEqual(await faults(page), [], "the report");
  await stay(page);
  assert.deepEqual(await importFile(page, millionMinutes()), { read: 1_000_000, used: 1_000_000, aside: 0 });
  await stay(page);
  await saved(page);
  await says(page, /^2,000 customers/, { selector: ".chip-data" });
  await everyPage(page, "a million dates");
});

browserTest("halves of characters come in as a replacement mark from files, pasted cells and links", async ({ open }) => {
  const page = await open("#/data");
  const half = Buffer.concat([Buffer.from("\ufeffcustomer,date,amount\nA", "utf16le"), Buffer.from([0x00, 0xd8]),
    Buffer.from(",2024-01-01,5\nB\ud83d\ude00,2024-01-02,6\n", "utf16le")]);
  const report = await importFile(page, half);
  assert.deepEqual(report, { read: 2, used: 2, aside: 0 });
  await says(page, /1 characters? could not be decoded/, { selector: "section[aria-labelledby=done-title]" });
  await stay(page);
  await page.getByText("Or paste cells from a spreadsheet").click();
  await page.getByLabel("Pasted cells").evaluate((field) => {
    field.value = "customer\tdate\tamount\nA\ud800\t2024-01-05\t10\n\udc00B\t2024-02-06\t20\n";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await button(page, "Use what was pasted").click();
  await until(page, () => document.querySelector("#import-now"), { what: "the columns" });
  assert.deepEqual(await confirm(page), { read: 2, used: 2, aside: 0 });
  await stay(page);
  await go(page, "#/customers");
  await says(page, /2 of 2 customers/, { selector: ".list-head" });
  assert.match(await mainText(page), /A�/);
  await go(page, "#/rfm?segments=%ED%A0%80&bins=\ud800");
  await says(page, /not understood/, { selector: ".notices" });
  await saved(page);
  await page.reload();
  await says(page, /2 customers/, { selector: ".chip-data" });
});
