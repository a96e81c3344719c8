// What happens before the app runs, and after it crashed.

import { createServer } from "node:http";
import { assert, axe, browserTest, screenshot, until } from "./harness.mjs";

const text = (page, selector) => page.locator(selector).innerText();

browserTest("the app starts under a sub-path and takes the loading screen away", async ({ open, sessionOf }) => {
  const page = await open();
  await until(page, () => !document.querySelector("#boot"), { what: "the loading screen to go" });
  const { requests } = sessionOf(page).site;
  assert.ok(requests.every(({ path }) => path.startsWith("/some/sub/path/")), JSON.stringify(requests));
  const loads = requests.filter(({ path }) => /\/page-\w+\.wasm$/.test(path));
  assert.equal(loads.length, 1, "the preloaded page is used, not loaded twice");
});

for (const [preferred, tag] of [["zh-TW", "zh-Hant"], ["en", "en"], ["de-DE", "en"]]) {
  browserTest(`a browser set to ${preferred} is greeted in ${tag}`, async ({ start, open }) => {
    const session = await start({ lang: preferred });
    session.site.override.set("/page-", 503);
    const page = await open("", { session, ready: false });
    await until(page, () => document.querySelector(".boot-button"), { what: "the failure" });
    assert.equal(await page.locator("html").getAttribute("lang"), tag);
    assert.match(await text(page, "#boot-message"), tag === "en" ? /The server answered|could not be loaded/ : /伺服器|無法載入/);
    session.seen.errors = []; // the failures of loading that this test provokes
  });
}

browserTest("the loading screen keeps the language and the theme that were chosen", async ({ start, open }) => {
  const session = await start({ lang: "zh-Hant", theme: "dark" });
  await session.context.addInitScript(() =>
    localStorage.setItem("quintile.preferences", JSON.stringify({ lang: "en", theme: "light" })));
  session.site.override.set("/page-", 404);
  const page = await open("", { session, ready: false });
  await until(page, () => document.querySelector(".boot-button"), { what: "the failure" });
  assert.match(await text(page, "#boot-message"), /updated on the server/);
  const background = await page.locator("#boot").evaluate((boot) => getComputedStyle(boot).backgroundColor);
  assert.equal(background, "rgb(247, 246, 242)");
  session.seen.errors = [];
});

browserTest("a browser without SIMD is told what to do", async ({ start, open }) => {
  const session = await start({ lang: "zh-Hant" });
  await session.context.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  const page = await open("", { session, ready: false });
  await until(page, () => /SIMD/.test(document.querySelector("#boot-message").textContent), { what: "the explanation" });
  assert.match(await text(page, "#boot-message"), /iOS 16\.4/);
  assert.equal(await page.locator(".boot-button").count(), 0);
});

browserTest("inside LINE the system browser is offered, once", async ({ open }) => {
  const userAgent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/14.8.0";
  const page = await open("#/rfm", { userAgent, lang: "zh-Hant", width: 360 });
  assert.match(await text(page, ".boot-notice"), /LINE/);
  const link = new URL(await page.locator(".boot-notice a").getAttribute("href"));
  assert.equal(link.searchParams.get("openExternalBrowser"), "1");
  assert.ok(link.hash.startsWith("#/rfm"), "the tool's address stays");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing scrolls sideways");
  await page.getByRole("button", { name: "留在這裡" }).click();
  assert.equal(await page.locator(".boot-notice").count(), 0);
  await page.reload();
  await until(page, () => document.documentElement.dataset.ready === "1");
  assert.equal(await page.locator(".boot-notice").count(), 0);
});

for (const lang of ["en", "zh-Hant"]) {
  for (const theme of ["light", "dark"]) {
    browserTest(`loading and crash screens are accessible (${lang}, ${theme})`, async ({ start, open }) => {
      const session = await start({ lang, theme, width: 360, userAgent: "Mozilla/5.0 Line/14.8.0" });
      session.site.override.set(".wasm", 404);
      const page = await open("", { session, ready: false });
      await until(page, () => document.querySelector("#boot .boot-button"), { what: "the failure" });
      session.seen.errors = [];
      assert.deepEqual(await axe(page), []);
      await screenshot(page, `boot-failure-${lang}-${theme}`);
      await page.evaluate(() => window.quintileCrashed("panicked at src/main.rs: a test"));
      assert.deepEqual(await axe(page), []);
      await screenshot(page, `boot-crash-${lang}-${theme}`, { fullPage: false });
    });
  }
}

browserTest("the policy keeps page and blob worker from talking to another origin", async ({ open, sessionOf }) => {
  const heard = [];
  const sink = createServer((request, response) => {
    heard.push(request.url);
    response.writeHead(200, { "access-control-allow-origin": "*" }).end();
  });
  await new Promise((done) => sink.listen(0, "127.0.0.1", done));
  try {
    const page = await open();
    const outcome = await page.evaluate(async (sink) => {
      const tries = [
        fetch(sink + "page-fetch").then(() => "sent", () => "blocked"),
        new Promise((done) => {
          const image = new Image();
          image.onload = image.onerror = () => done("image settled");
          image.src = sink + "page-image";
        }),
        new Promise((done) => {
          const code = `fetch(${JSON.stringify(sink + "worker-fetch")}).then(() => "sent", () => "blocked").then((how) => postMessage(how))`;
          const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
          worker.onmessage = (event) => done(event.data);
        }),
      ];
      navigator.sendBeacon(sink + "page-beacon", "x");
      return Promise.all(tries);
    }, `http://127.0.0.1:${sink.address().port}/`);
    assert.deepEqual(outcome, ["blocked", "image settled", "blocked"]);
    assert.deepEqual(heard, [], "the sink heard something");
    // The blocked tries show up as events; they are what this test provokes.
    const { seen } = sessionOf(page);
    assert.ok(seen.errors.some((error) => error.kind === "policy"), "the policy reported nothing");
    seen.errors = [];
    seen.requests = [];
  } finally {
    sink.close();
  }
});
