// How every page looks: accessible by axe-core's rules in both languages and themes, and nothing wider than a phone.

import { assert, axe, browserTest, screenshot, until } from "./harness.mjs";
import { confirm, offer, says } from "./steps.mjs";

const PAGES = ["rfm", "customers", "data", "glossary", "settings"];
const MARK = { en: { on: /^3,240 customers/ }, "zh-Hant": { on: /^3,240 位顧客/ } };

// Opens a page of the running app and waits until it is filled.
async function show(page, name) {
  await page.evaluate((name) => { location.hash = `#/${name}`; }, name);
  await until(page, (name) => document.querySelector(`nav a[href="#/${name}"][aria-current=page]`), { arg: name, what: name });
  await until(page, (name) => {
    const filled = { rfm: ".rfm-variable tbody tr", customers: "table.customers tbody tr", data: ".table-card tbody tr" }[name];
    return document.querySelector(filled ?? "main h1");
  }, { arg: name, what: `${name} to be filled` });
  // Two frames: charts measure themselves, then draw.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

for (const lang of ["en", "zh-Hant"]) {
  for (const theme of ["light", "dark"]) {
    browserTest(`axe-core finds nothing on any page (${lang}, ${theme})`, async ({ open }) => {
      const page = await open("", { lang, theme });
      await says(page, MARK[lang].on, { selector: ".chip-data" });
      for (const name of PAGES) {
        await show(page, name);
        await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));
        assert.deepEqual(await axe(page), [], `${name}, ${lang}, ${theme}`);
        await screenshot(page, `${name}-${lang}-${theme}`);
      }
      await show(page, "data");
      await offer(page, "顧客,日期,金額,電話\nA1,03/04/2024,10,0912345678\nA2,05/06/2024,x,0987654321\nA1,07/08/2024,30,0911222333\n");
      assert.deepEqual(await axe(page), [], `the confirmation, ${lang}, ${theme}`);
      await screenshot(page, `import-${lang}-${theme}`);
      await confirm(page);
      await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));
      assert.deepEqual(await axe(page), [], `the report, ${lang}, ${theme}`);
      await page.locator(".workspace-name").click();
      await until(page, () => document.querySelector("dialog[open] .workspace-list"));
      assert.deepEqual(await axe(page), [], `the workspaces, ${lang}, ${theme}`);
      await screenshot(page, `workspaces-${lang}-${theme}`, { fullPage: false });
    });
  }

  browserTest(`nothing is wider than a phone of 360 px, and the menu opens (${lang})`, async ({ open }) => {
    const page = await open("", { lang, width: 360, height: 740 });
    await says(page, MARK[lang].on, { selector: ".chip-data" });
    const sideways = () => page.evaluate(() => {
      const wide = document.scrollingElement.scrollWidth;
      if (wide <= innerWidth) return [];
      const culprits = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
      return [`${wide} px`, ...culprits.slice(0, 5).map((one) => `${one.tagName}.${one.className}`)];
    });
    for (const name of PAGES) {
      await show(page, name);
      assert.deepEqual(await sideways(), [], name);
      await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));
      assert.deepEqual(await sideways(), [], `${name} with everything unfolded`);
      await screenshot(page, `${name}-${lang}-360`);
    }
    assert.deepEqual(await axe(page), [], "axe on a phone");
    const menu = page.locator(".menu-button");
    await menu.click();
    assert.equal(await menu.getAttribute("aria-expanded"), "true");
    await page.locator("nav a[href='#/data']").click();
    await until(page, () => document.querySelector(".table-card tbody tr"));
    assert.equal(await menu.getAttribute("aria-expanded"), "false");
    await offer(page, "customer,date,amount,a long name of a column that says much\nA1,03/04/2024,10,x\nA2,05/06/2024,20,y\n");
    assert.deepEqual(await sideways(), [], "the confirmation");
    await screenshot(page, `import-${lang}-360`);
    await page.locator(".workspace-name").click();
    await until(page, () => document.querySelector("dialog[open] .workspace-list"));
    assert.deepEqual(await sideways(), [], "the workspaces");
  });
}
