// What is loaded when: the first load is what the list of files says, and the rest comes when it is asked for.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DIST, assert, browserTest, until } from "./harness.mjs";

const name = (url) => new URL(url).pathname.split("/sub/path/")[1] || "index.html";
const isCode = (path) => /\.(html|js|wasm|css)$/.test(path);
const settled = (page) => until(page, () => {
  const main = document.querySelector("main");
  return main.querySelector("svg") && !main.querySelector(".running") && /60\.9%/.test(main.innerText);
}, { what: "the figures of the start page" });

browserTest("the start page with its figures loads what the list of files says, and nothing else", async ({ open, sessionOf }) => {
  const page = await open();
  await settled(page);
  // What the worker is still asked for after the figures would come in this time.
  await new Promise((done) => setTimeout(done, 1_500));
  const { seen, site } = sessionOf(page);
  const loaded = new Set(seen.requests.filter((url) => url.startsWith(site.url)).map(name).filter(isCode));
  const { files } = JSON.parse(readFileSync(join(DIST, "assets.json"), "utf8"));
  assert.deepEqual([...loaded].sort(), files.filter((file) => file.firstLoad).map((file) => file.path).sort());
});

for (const [lang, message, again] of [["en", /did not load/, "Try again"], ["zh-Hant", /沒有載入/, "再試一次"]]) {
  browserTest(`a page whose code does not arrive says so and can be tried again (${lang})`, async ({ open, sessionOf, expect }) => {
    const page = await open("", { lang });
    await settled(page);
    const { site } = sessionOf(page);
    site.override.set("page/rfm-", 503);
    await page.evaluate(() => { location.hash = "#/rfm?bins=4-4-4"; });
    await until(page, () => document.querySelector("main [role=alert]"), { what: "the explanation" });
    const text = await page.evaluate(() => document.querySelector("main").innerText);
    assert.match(text, message);
    assert.match(text, /503/);
    site.override.clear();
    await page.getByRole("button", { name: again, exact: true }).click();
    await until(page, () => document.querySelector("main svg"), { what: "the charts" });
    assert.match(await page.evaluate(() => location.hash), /bins=4-4-4/, "the inputs of the link are taken all the same");
    expect(page, "console error", /503/);
  });
}

browserTest("what the worker lacks for a job is explained beside it, and the job can be run again", async ({ open, sessionOf }) => {
  const page = await open();
  await settled(page);
  const { site } = sessionOf(page);
  site.override.set("worker/customers-", 503);
  await page.evaluate(() => { location.hash = "#/customers"; });
  await until(page, () => /did not load/.test(document.querySelector("main").innerText), { what: "the explanation" });
  site.override.clear();
  await page.getByRole("button", { name: "Calculate again", exact: true }).first().click();
  await until(page, () => document.querySelector("main table tbody tr"), { what: "the list" });
});

browserTest("a tool that was left while it loaded does not come back", async ({ open, sessionOf }) => {
  const page = await open();
  await settled(page);
  await page.context().route("**/page/pyramid-*.wasm", async (route) => {
    await new Promise((done) => setTimeout(done, 800));
    await route.continue();
  });
  await page.evaluate(() => { location.hash = "#/pyramid"; });
  await until(page, () => /Customer pyramid/.test(document.querySelector("main h1").innerText), { what: "the heading" });
  await page.evaluate(() => { location.hash = "#/glossary"; });
  await new Promise((done) => setTimeout(done, 1_500));
  assert.match(await page.evaluate(() => document.querySelector("main h1").innerText), /Glossary/);
  assert.equal(await page.evaluate(() => location.hash), "#/glossary");
  assert.equal(sessionOf(page).seen.errors.length, 0);
});
