// A bad network or host while the app is loading: it is said what is wrong, and the next try goes on; nothing waits
// for ever.

import { assert, browserTest, screenshot, trouble, until } from "./harness.mjs";
import { says } from "./steps.mjs";

const ready = (page) => until(page, () => document.documentElement.dataset.ready === "1", { what: "the app to be ready" });
const failure = async (page) => {
  await until(page, () => document.querySelector("#boot .boot-button"), { what: "the failure" });
  return page.locator("#boot-message").innerText();
};

// The page's own clock runs ahead until the loading has been given up: nobody waits that long in a test.
async function outwait(page, isOver) {
  for (let passed = 0; passed < 20 && !(await page.evaluate(isOver)); passed++) {
    await page.clock.fastForward(15_000);
    await new Promise((done) => setTimeout(done, 150));
  }
}

const FOREIGN = /sent something else than Quintile, or only a part/;
const BROKEN = /could not be loaded\. Please check the connection/;
const STALLED = /Nothing comes over the connection any more/;

for (const [what, name, cases] of [
  ["the program", "/page-[0-9a-f]+.wasm", [
    ["is missing", 404, /updated on the server/], ["fails on the server", 500, /answered with an error/],
    ["breaks off", trouble.broken, BROKEN], ["is cut", trouble.half, FOREIGN], ["is a login page", trouble.login, FOREIGN],
    ["has a wrong byte", trouble.changed, FOREIGN], ["stalls", trouble.stalled, STALLED], ["gets no answer", trouble.silent, STALLED],
  ]],
  ["the page's script", "/page-[0-9a-f]+.js", [
    ["is missing", 404, BROKEN], ["is cut", trouble.half, BROKEN], ["is a login page", trouble.login, BROKEN], ["gets no answer", trouble.silent, STALLED],
  ]],
  ["the style sheet", "/app-[0-9a-f]+.css", [
    ["is missing", 404, BROKEN], ["is cut", trouble.half, BROKEN], ["is a login page", trouble.login, BROKEN], ["gets no answer", trouble.silent, STALLED],
  ]],
]) {
  for (const [how, override, words] of cases) {
    browserTest(`when ${what} ${how}, this is said, and the next try starts the app`, async ({ start, open, sessionOf }) => {
      const session = await start();
      const { site } = session;
      await session.context.clock.install();
      site.override.set(new RegExp(name), override);
      const page = await open("", { session, ready: false, waitUntil: "commit" });
      if (override === trouble.stalled || override === trouble.silent) {
        await outwait(page, () => document.querySelector("#boot .boot-button") !== null);
      }
      assert.match(await failure(page), words);
      // A picture waits for the style sheet.
      if (name.endsWith("wasm")) await screenshot(page, `loader-${name.match(/\w+$/)[0]}-${how.replaceAll(" ", "-")}`, { fullPage: false });
      site.override.clear();
      await page.getByRole("button", { name: "Try again" }).click();
      await ready(page);
      await until(page, () => [...document.styleSheets].some((sheet) => sheet.cssRules.length > 100), { what: "the style sheet" });
      sessionOf(page).seen.errors = []; // the failures of loading that this test provokes
    });
  }
}

browserTest("a connection that breaks off is tried again by itself", async ({ start, open }) => {
  const session = await start();
  session.site.override.set(".wasm", 503);
  const page = await open("", { session, ready: false });
  await until(page, () => /trying again/.test(document.querySelector("#boot-message")?.textContent), { what: "the second try" });
  session.site.override.clear();
  await ready(page);
  session.seen.errors = [];
});

for (const [what, name] of [["module", "/worker-[0-9a-f]+.wasm"], ["script", "/worker-[0-9a-f]+.js"]]) {
  for (const [how, override] of [["is missing", 404], ["is cut", trouble.half], ["is a login page", trouble.login], ["stalls", trouble.stalled]]) {
    browserTest(`when the worker's ${what} ${how}, the page says so, and the next try opens the data`, async ({ start, open }) => {
      const session = await start();
      await session.context.clock.install();
      session.site.override.set(new RegExp(name), override);
      const page = await open("#/rfm", { session });
      if (override === trouble.stalled) await outwait(page, () => document.querySelector("main .problem") !== null);
      await says(page, /part of the program did not load/, { selector: "main .problem" });
      session.site.override.clear();
      await page.locator(".data-problem").getByRole("button", { name: "Try again" }).click();
      await says(page, /3,240/, { selector: ".chip-data" });
      await until(page, () => !document.querySelector("main .problem"), { what: "the answer" });
      session.seen.errors = [];
    });
  }
}

browserTest("where the loader itself does not come, the page says after a while what to do", async ({ start, open }) => {
  const session = await start({ lang: "zh-Hant" });
  session.site.override.set("/boot-", trouble.silent);
  const page = await open("", { session, ready: false, waitUntil: "commit" });
  // Shown by the style sheet, some time after it came.
  await until(page, () => getComputedStyle(document.querySelector(".boot-slow")).animationName !== "none", { what: "the style sheet" });
  const link = page.locator(".boot-slow a:visible").first();
  await link.waitFor({ timeout: 40_000 });
  session.site.override.clear();
  await link.click();
  await ready(page);
});
