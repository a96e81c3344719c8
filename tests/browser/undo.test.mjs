// Undo and redo: of inputs, rules, imports and deletions, by keys, and after a reload too.

import { assert, axe, browserTest, screenshot, until } from "./harness.mjs";
import { button, gone, importFile, openSample, saved, says, stay } from "./steps.mjs";

const FILE = "customer,date,amount\nA1,2024-01-05,10\nA2,2024-02-06,20\nA1,2024-03-07,30\n";
const MORE = "customer,date,amount\nB1,2024-01-05,1\nB2,2024-02-06,2\n";

const symbol = (page) => page.getByLabel("Symbol before amounts");
const digits = (page) => page.getByLabel("Decimals shown");
const undo = (page) => page.keyboard.press("Control+z");
const redo = (page) => page.keyboard.press("Control+Shift+z");
const undone = (page, what) => says(page, new RegExp(`Undone: ${what}`), { selector: ".notices" });
const customers = (page, count) => says(page, new RegExp(`^${count} customers`), { selector: ".chip-data" });
const workspaceIs = (page, name) => says(page, new RegExp(`^${name}\\s*▾?$`), { selector: ".workspace-name" });
const inMenu = async (page, name) => {
  await page.locator(".workspace-name").click();
  await page.locator("dialog[open]").getByRole("button", { name, exact: true }).click();
};
const holds = (locator, value) => until(async () => await locator.inputValue() === value, undefined, { what: `the value ${value}` });

browserTest("a hundred steps are undone one by one after a reload, and done again", async ({ open }) => {
  const page = await open("#/settings");
  await saved(page);
  // The choice of a list is one step each; two lists in turns.
  const first = await digits(page).inputValue();
  for (let step = 1; step <= 120; step += 1) await digits(page).selectOption(String((Number(first) + step) % 3));
  await saved(page);
  await page.reload();
  await saved(page);
  await page.locator("h1").click();
  for (let step = 119; step >= 0; step -= 1) await undo(page);
  await holds(digits(page), first);
  await undone(page, "Currency of this workspace");
  assert.equal(await page.locator(".notice").count(), 1, "one message, however many steps");
  await until(page, () => document.querySelector("button[aria-label=Undo]").disabled, { what: "nothing left to undo" });
  for (let step = 0; step < 120; step += 1) await redo(page);
  await holds(digits(page), String((Number(first) + 120) % 3));
  await says(page, /Done again: Currency/, { selector: ".notices" });
  await until(page, () => document.querySelector("button[aria-label=Redo]").disabled, { what: "nothing left to redo" });
});

browserTest("in a text field the browser undoes what was typed, then the program what came before", async ({ open }) => {
  const page = await open("#/settings");
  await saved(page);
  const before = await symbol(page).inputValue();
  const shown = await digits(page).inputValue();
  await digits(page).selectOption(shown === "0" ? "2" : "0");
  // From a list that has the focus, too.
  await digits(page).focus();
  await undo(page);
  await holds(digits(page), shown);
  await redo(page);
  await holds(digits(page), shown === "0" ? "2" : "0");
  await symbol(page).click();
  await page.keyboard.press("End");
  await page.keyboard.type("X");
  await holds(symbol(page), `${before}X`);
  await undo(page);
  await holds(symbol(page), before);
  assert.equal(await digits(page).inputValue(), shown === "0" ? "2" : "0", "the list keeps its choice");
  // Nothing typed is left: the step before it is next.
  await undo(page);
  await holds(digits(page), shown);
  await undone(page, "Currency of this workspace");
});

browserTest("an import, a rule and the deletion of a table are undone and done again after a reload", async ({ open }) => {
  const page = await open("#/data");
  await customers(page, "3,240");
  await importFile(page, FILE);
  await stay(page);
  await customers(page, 2);
  await page.locator("#rules select").first().selectOption({ index: 1 });
  await importFile(page, MORE, "more.csv");
  await stay(page);
  await customers(page, 2);
  await page.locator(".table-card").getByRole("button", { name: "Delete", exact: true }).click();
  await says(page, /No data yet/, { selector: ".chip-data" });
  await saved(page);
  await page.reload();
  await says(page, /No data yet/, { selector: ".chip-data" });
  await saved(page);
  await page.locator("h1").click();
  await undo(page);
  await says(page, /^2 rows, 2 customers/, { selector: ".table-card > p" });
  await undone(page, "data");
  await undo(page);
  await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  await undo(page);
  await undone(page, "purchase rules");
  assert.equal(await page.locator("#rules select").first().evaluate((select) => select.selectedIndex), 0);
  await undo(page);
  await customers(page, "3,240");
  await undone(page, "data, name of the workspace|Undone: name of the workspace, data");
  await saved(page);
  await page.reload();
  await customers(page, "3,240");
  await saved(page);
  await page.locator("h1").click();
  for (let step = 0; step < 4; step += 1) await redo(page);
  await says(page, /No data yet/, { selector: ".chip-data" });
});

browserTest("a deleted workspace comes back with its data by undo, after a reload too, and is deleted again by redo", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE, "spring.csv");
  await stay(page);
  await workspaceIs(page, "spring");
  await inMenu(page, "Delete");
  await says(page, /“spring” was deleted/, { selector: ".notices" });
  await customers(page, "3,240");
  await saved(page);
  await page.reload();
  await customers(page, "3,240");
  await saved(page);
  await page.locator("h1").click();
  await undo(page);
  await workspaceIs(page, "spring");
  await says(page, /“spring” is back/, { selector: ".notices" });
  await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  await saved(page);
  await page.reload();
  await workspaceIs(page, "spring");
  await saved(page);
  await page.locator("h1").click();
  await redo(page);
  await says(page, /“spring” was deleted/, { selector: ".notices" });
  await until(page, () => !document.querySelector(".workspace-name").innerText.startsWith("spring"), { what: "another workspace" });
  // A change comes before the deletion now: undo takes back the change first.
  await page.evaluate(() => { location.hash = "#/settings"; });
  const shown = await digits(page).inputValue();
  await digits(page).selectOption(shown === "0" ? "2" : "0");
  await undo(page);
  await holds(digits(page), shown);
});

browserTest("the bin lists deleted workspaces, and empties for good with their data", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE, "spring.csv");
  await stay(page);
  await saved(page);
  await inMenu(page, "Delete");
  await saved(page);
  await page.reload();
  await saved(page);
  await page.locator(".workspace-name").click();
  await says(page, /Deleted workspaces/, { selector: "dialog[open]" });
  assert.deepEqual(await axe(page), []);
  await screenshot(page, "bin-en");
  await page.locator("dialog[open] .bin").getByRole("button", { name: "Bring back “spring”" }).click();
  await workspaceIs(page, "spring");
  await customers(page, 2);
  await inMenu(page, "Delete");
  await saved(page);
  await page.locator(".workspace-name").click();
  await button(page, "Delete them for good").click();
  await says(page, /cannot be undone/, { selector: "dialog[open] [role=alert]" });
  await page.locator("dialog[open] [role=alert] ~ .danger").click();
  await gone(page, "dialog[open] .bin");
  await page.keyboard.press("Escape");
  await until(page, async () => {
    const settled = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = failed; });
    const database = await settled(indexedDB.open("quintile"));
    const keys = await settled(database.transaction("sections").objectStore("sections").getAllKeys());
    database.close();
    return keys.length === 0;
  }, { what: "the data to be gone" });
  await page.reload();
  await saved(page);
  await page.locator(".workspace-name").click();
  await until(page, () => document.querySelector("dialog[open] .sample-list"), { what: "the menu" });
  assert.equal(await page.locator("dialog[open] .bin").count(), 0);
});

browserTest("opening a sample and going back is no loss: every workspace is still there", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE, "spring.csv");
  await stay(page);
  await openSample(page, "Teaching set, 25 customers");
  await customers(page, 25);
  await inMenu(page, "spring");
  await customers(page, 2);
});
