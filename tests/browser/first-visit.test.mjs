// The first visit: the overview of the sample shop, in the browser's language, saved without being asked.

import { assert, browserTest, until } from "./harness.mjs";
import { dataChip, mainText, pagesOf, saved, says, show, storedBytes } from "./steps.mjs";

for (const [preferred, tag, title, shop] of [
  ["zh-TW", "zh-Hant", /^總覽 · Quintile 客層$/, /示範商店/],
  ["en-GB", "en", /^Overview · Quintile 客層$/, /Sample shop/],
  ["fr-FR", "en", /^Overview · Quintile 客層$/, /Sample shop/],
]) {
  browserTest(`a first visit with a browser set to ${preferred} shows the sample shop in ${tag}`, async ({ open, sessionOf }) => {
    const page = await open("", { lang: preferred });
    await says(page, /3,240/, { selector: ".chip-data" });
    assert.equal(await page.locator("html").getAttribute("lang"), tag);
    await until(page, (source) => new RegExp(source).test(document.title), { arg: title.source, what: "the title" });
    assert.match(await page.locator(".workspace-name").innerText(), shop);
    assert.ok((await page.evaluate(() => location.hash)).startsWith("#/overview"));
    await says(page, /3,000/, { selector: ".overview-figures" });
    await saved(page);
    const { requests } = sessionOf(page).site;
    assert.ok(requests.every(({ path, method }) => method === "GET" && path.startsWith("/some/sub/path/")), JSON.stringify(requests));
  });
}

browserTest("a first visit is stored as a workspace, and a generated sample is not stored", async ({ open }) => {
  const page = await open();
  await says(page, /3,240/, { selector: ".chip-data" });
  await saved(page);
  const { records, caches } = await storedBytes(page);
  assert.deepEqual(records.map(({ store }) => store), ["workspaces"]);
  // Behind its checksum.
  const workspace = JSON.parse(records[0].bytes.slice(records[0].bytes.indexOf('{"')));
  assert.match(JSON.stringify(workspace), /Sample shop/);
  assert.deepEqual(caches, []);
});

browserTest("going through every page and job asks the server for the code of those pages only, once", async ({ open, sessionOf }) => {
  const page = await open();
  await says(page, /3,240/, { selector: ".chip-data" });
  await saved(page);
  const { requests } = sessionOf(page).site;
  let before = requests.length;
  const walk = async () => {
    for (const name of await pagesOf(page)) {
      await show(page, name);
      assert.ok((await mainText(page)).length > 200, `${name} is not empty`);
    }
  };
  await walk();
  const asked = requests.slice(before).map(({ method, path }) => `${method} ${path.split("/").slice(-2).join("/")}`);
  assert.deepEqual(asked.filter((one) => !/^GET (page|worker)\/[a-z_-]+-[0-9a-f]{12}\.wasm$/.test(one)), []);
  assert.equal(new Set(asked).size, asked.length, "nothing is asked for twice");
  before = requests.length;
  await walk();
  assert.deepEqual(requests.slice(before), []);
  assert.match(await dataChip(page), /3,240 customers/);
});
