// Two tabs: one writes, the other follows and can take over.

import { assert, axe, browserTest, screenshot, until } from "./harness.mjs";
import { button, importFile, saved, says, stay } from "./steps.mjs";

const FILE = "customer,date,amount\nA1,2024-01-05,10\nA2,2024-02-06,20\nA1,2024-03-07,30\n";
const digits = (page) => page.getByLabel("Decimals shown");
const next = async (page) => {
  const value = String((Number(await digits(page).inputValue()) + 1) % 3);
  await digits(page).selectOption(value);
  return value;
};
const holds = (page, value) => until(async () => await digits(page).inputValue() === value, undefined, { what: `the value ${value}` });
const reads = (page) => says(page, /^Read only$/, { selector: ".chip-saved" });
const takeOver = (page) => button(page, "Take over").click();
const customers = (page, count) => says(page, new RegExp(`^${count} customers`), { selector: ".chip-data" });
const workspaceIs = (page, name) => says(page, new RegExp(`^${name}\\s*▾?$`), { selector: ".workspace-name" });

async function twoTabs({ start, open }, hash = "#/settings") {
  const session = await start();
  const first = await open(hash, { session });
  await saved(first);
  const second = await open(hash, { session });
  await reads(second);
  return { first, second, session };
}

browserTest("the second tab is read only, follows live, and takes over; the first one follows then", async (helpers) => {
  const { first, second } = await twoTabs(helpers);
  await says(second, /being edited in another tab/, { selector: ".read-only" });
  assert.ok(await digits(second).isDisabled());
  await holds(second, await next(first));
  assert.deepEqual(await axe(second), []);
  await screenshot(second, "read-only-en");
  // Typed this very moment, not saved yet: it comes along.
  const last = await next(first);
  await takeOver(second);
  await saved(second);
  await holds(second, last);
  await reads(first);
  await holds(first, await next(second));
  await saved(second);
  await takeOver(first);
  await saved(first);
  await reads(second);
  await holds(second, await next(first));
});

browserTest("what a read-only tab is asked to change stays, and the way to take over gets the focus", async (helpers) => {
  const { second } = await twoTabs(helpers);
  await second.keyboard.press("Control+z");
  await until(second, () => document.activeElement?.id === "take-over", { what: "the focus" });
  await second.locator(".language").click();
  await says(second, /^唯讀$/, { selector: ".chip-saved" });
  await says(second, /正在另一個分頁編輯/, { selector: ".read-only" });
  await screenshot(second, "read-only-zh");
  await second.setViewportSize({ width: 360, height: 740 });
  await screenshot(second, "read-only-zh-360");
});

browserTest("data follow: an import in one tab is there in the other, and is not begun in a tab that only reads", async (helpers) => {
  const { first, second } = await twoTabs(helpers, "#/data");
  await importFile(first, FILE, "spring.csv");
  await stay(first);
  await workspaceIs(second, "spring");
  await says(second, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  await second.locator(".table-card").getByRole("button", { name: "Delete", exact: true }).click();
  await says(second, /being edited in another tab\. Take it over/, { selector: ".notices" });
  await says(second, /^3 rows, 2 customers/, { selector: ".table-card > p" });
});

browserTest("when the writing tab is closed the other one writes", async (helpers) => {
  const { first, second } = await twoTabs(helpers);
  const last = await next(first);
  await first.close();
  await saved(second);
  await holds(second, last);
  const mine = await next(second);
  await saved(second);
  await second.reload();
  await saved(second);
  await holds(second, mine);
});

browserTest("each tab writes a workspace of its own", async (helpers) => {
  const { first, second } = await twoTabs(helpers);
  await second.locator(".workspace-name").click();
  await second.locator("dialog[open]").getByRole("button", { name: "New empty workspace" }).click();
  await workspaceIs(second, "New workspace");
  await saved(second);
  const [mine, theirs] = [await next(second), await next(first)];
  await saved(first);
  await saved(second);
  assert.equal(await digits(second).inputValue(), mine);
  // The other tab's workspace is in the list of this one.
  await first.locator(".workspace-name").click();
  await says(first, /New workspace/, { selector: "dialog[open] .workspace-list" });
  await first.keyboard.press("Escape");
  await holds(first, theirs);
});

browserTest("a workspace deleted in one tab is left in the other, which can bring it back", async (helpers) => {
  const { first, second } = await twoTabs(helpers, "#/data");
  await importFile(first, FILE, "spring.csv");
  await stay(first);
  await workspaceIs(second, "spring");
  await first.locator(".workspace-name").click();
  await first.locator("dialog[open]").getByRole("button", { name: "Delete", exact: true }).click();
  await says(second, /“spring” was deleted in another tab/, { selector: ".notices" });
  await until(second, () => !document.querySelector(".workspace-name").innerText.startsWith("spring"), { what: "another workspace" });
  await second.locator(".notice").getByRole("button", { name: "Bring back" }).click();
  await workspaceIs(second, "spring");
  await customers(second, 2);
  await saved(second);
});

browserTest("a writer that is asleep loses the workspace to the tab that takes over, and nothing is written over", async (helpers) => {
  const { first, second } = await twoTabs(helpers);
  const client = await first.context().newCDPSession(first);
  await client.send("Debugger.enable");
  await client.send("Debugger.pause");
  const paused = first.evaluate(() => 1).catch(() => {});
  await takeOver(second);
  await saved(second);
  const mine = await next(second);
  await saved(second);
  await client.send("Debugger.resume");
  await client.send("Debugger.disable");
  await paused;
  await reads(first);
  await holds(first, mine);
});

browserTest("a link opened beside a tab that writes is not taken in before the person takes over", async ({ start, open }) => {
  const session = await start();
  const first = await open("#/rfm", { session });
  await saved(first);
  const second = await open("#/rfm?bins=3-4-2", { session });
  await says(second, /link's inputs were not taken in/, { selector: ".notices" });
  await button(second, "Take over and use them").click();
  await says(second, /The link's inputs are now in this workspace/, { selector: ".notices" });
  await until(second, () => /bins=3-4-2/.test(location.hash), { what: "the inputs" });
  await reads(first);
  await until(first, () => /bins=3-4-2/.test(location.hash), { what: "the inputs in the other tab" });
});

browserTest("in a browser without locks the tab that saves later follows the one that saved first", async ({ start, open }) => {
  const session = await start();
  await session.context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });
  });
  const first = await open("#/settings", { session });
  await saved(first);
  const second = await open("#/settings", { session });
  await saved(second);
  const value = await next(first);
  await saved(first);
  await reads(second);
  await holds(second, value);
  await takeOver(second);
  await saved(second);
  await reads(first);
  await holds(first, await next(second));
});
