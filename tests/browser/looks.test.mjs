// How every page in the navigation looks: accessible by axe-core's rules in both languages and themes, presented,
// printed, without data, and nothing wider than a phone.

import { assert, axe, browserTest, screenshot, until } from "./harness.mjs";
import { atRest, confirm, offer, openSample, pagesOf, says, show, unfold } from "./steps.mjs";

const MARK = { en: /^3,240 customers/, "zh-Hant": /^3,240 位顧客/ };
const WORDS = {
  en: { share: "Share", empty: "New empty workspace", none: /^No data yet/ },
  "zh-Hant": { share: "分享", empty: "新增空白工作區", none: /^尚無資料/ },
};

const opened = async (open, lang, options = {}) => {
  const page = await open("", { lang, ...options });
  await says(page, MARK[lang], { selector: ".chip-data" });
  const pages = await pagesOf(page);
  assert.ok(pages.length >= 5 && pages.includes("overview"), `pages: ${pages}`);
  return { page, pages };
};

// Elements that make the page wider than the screen.
const sideways = (page) => page.evaluate(() => {
  const wide = document.scrollingElement.scrollWidth;
  if (wide <= innerWidth) return [];
  const culprits = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
  return [`${wide} px`, ...culprits.slice(0, 5).map((one) => `${one.tagName}.${one.className}`)];
});

// Numbers are right or refused: these words never reach a reader.
const slips = (page) => page.evaluate(() => document.querySelector("main").innerText.match(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object/g) ?? []);

for (const lang of ["en", "zh-Hant"]) {
  for (const theme of ["light", "dark"]) {
    browserTest(`axe-core finds nothing on any page (${lang}, ${theme})`, { timeout: 240_000 }, async ({ open }) => {
      const { page, pages } = await opened(open, lang, { theme });
      for (const name of pages) {
        await show(page, name);
        await unfold(page);
        await atRest(page, `${name}, unfolded`);
        assert.deepEqual(await axe(page), [], `${name}, ${lang}, ${theme}`);
        assert.deepEqual(await slips(page), [], name);
        await screenshot(page, `${name}-${lang}-${theme}`);
      }
    });

    browserTest(`axe-core finds nothing in dialogs, in an import and while presenting (${lang}, ${theme})`, { timeout: 240_000 }, async ({ open }) => {
      const { page, pages } = await opened(open, lang, { theme });
      for (const name of pages) {
        await show(page, name);
        await page.locator("main h1").focus();
        await page.keyboard.press("p");
        await until(page, () => document.documentElement.classList.contains("presenting"), { what: "the presenter" });
        await page.keyboard.press("ArrowRight");
        await atRest(page, `${name}, presented`);
        assert.deepEqual(await axe(page), [], `${name} presented, ${lang}, ${theme}`);
        assert.deepEqual(await sideways(page), [], `${name} presented`);
        await screenshot(page, `${name}-${lang}-${theme}-presented`, { fullPage: false });
        await page.keyboard.press("Escape");
        await until(page, () => !document.documentElement.classList.contains("presenting"), { what: "the end of presenting" });
      }
      await page.locator(".topbar-actions").getByRole("button", { name: WORDS[lang].share, exact: true }).click();
      await until(page, () => document.querySelector("dialog[open] .qr svg"), { what: "the link's picture" });
      assert.deepEqual(await axe(page), [], `sharing, ${lang}, ${theme}`);
      await screenshot(page, `share-${lang}-${theme}`, { fullPage: false });
      await page.keyboard.press("Escape");
      await until(page, () => !document.querySelector("dialog[open]"), { what: "the dialog to close" });
      await show(page, "data");
      await offer(page, "顧客,日期,金額,電話\nA1,03/04/2024,10,0912345678\nA2,05/06/2024,x,0987654321\nA1,07/08/2024,30,0911222333\n");
      assert.deepEqual(await axe(page), [], `the confirmation, ${lang}, ${theme}`);
      await screenshot(page, `import-${lang}-${theme}`);
      await confirm(page);
      await unfold(page);
      assert.deepEqual(await axe(page), [], `the report, ${lang}, ${theme}`);
      await page.locator(".workspace-name").click();
      await until(page, () => document.querySelector("dialog[open] .workspace-list"));
      assert.deepEqual(await axe(page), [], `the workspaces, ${lang}, ${theme}`);
      await screenshot(page, `workspaces-${lang}-${theme}`, { fullPage: false });
    });
  }

  browserTest(`nothing is wider than a phone of 360 px, and the menu opens (${lang})`, { timeout: 240_000 }, async ({ open }) => {
    const { page, pages } = await opened(open, lang, { width: 360, height: 740 });
    for (const name of pages) {
      await show(page, name);
      assert.deepEqual(await sideways(page), [], name);
      await unfold(page);
      await atRest(page, `${name}, unfolded`);
      assert.deepEqual(await sideways(page), [], `${name} with everything unfolded`);
      assert.deepEqual(await axe(page), [], `${name} on a phone`);
      await screenshot(page, `${name}-${lang}-360`);
    }
    const menu = page.locator(".menu-button");
    await menu.click();
    assert.equal(await menu.getAttribute("aria-expanded"), "true");
    assert.deepEqual(await axe(page), [], "the menu of a phone");
    await page.locator("nav a[href='#/data']").click();
    await until(page, () => document.querySelector(".table-card tbody tr"));
    assert.equal(await menu.getAttribute("aria-expanded"), "false");
    await offer(page, "customer,date,amount,a long name of a column that says much\nA1,03/04/2024,10,x\nA2,05/06/2024,20,y\n");
    assert.deepEqual(await sideways(page), [], "the confirmation");
    await screenshot(page, `import-${lang}-360`);
    await page.locator(".workspace-name").click();
    await until(page, () => document.querySelector("dialog[open] .workspace-list"));
    assert.deepEqual(await sideways(page), [], "the workspaces");
    await page.keyboard.press("Escape");
    await page.locator(".topbar-actions").getByRole("button", { name: WORDS[lang].share, exact: true }).click();
    await until(page, () => document.querySelector("dialog[open] .qr svg"), { what: "the link's picture" });
    assert.deepEqual(await sideways(page), [], "sharing");
  });

  browserTest(`a workspace without data leaves no page empty (${lang})`, { timeout: 240_000 }, async ({ open }) => {
    const { page, pages } = await opened(open, lang, { theme: "dark" });
    await openSample(page, WORDS[lang].empty);
    await says(page, WORDS[lang].none, { selector: ".chip-data" });
    for (const name of pages) {
      await show(page, name);
      const said = (await page.locator("main").innerText()).replaceAll(/\s/g, "");
      assert.ok(said.length > 60, `${name} says: ${said}`);
      assert.deepEqual(await slips(page), [], name);
      assert.deepEqual(await axe(page), [], `${name} without data, ${lang}`);
      await screenshot(page, `${name}-${lang}-empty`);
    }
  });

  browserTest(`on paper every page is its content alone, on white (${lang})`, { timeout: 240_000 }, async ({ open }) => {
    const { page, pages } = await opened(open, lang, { theme: "dark" });
    for (const name of pages) {
      await show(page, name);
      await page.emulateMedia({ media: "print" });
      const chrome = await page.evaluate(() =>
        // The steps of a campaign stay: they name the one that is printed.
        [".nav", ".topbar", ".notices", ".skip", "main .actions", "main .tool-inputs", "main .job-status"].filter((selector) =>
          [...document.querySelectorAll(selector)].some((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0)));
      assert.deepEqual(chrome, [], `${name} prints its controls`);
      assert.ok(await page.locator("main h1").isVisible(), name);
      // Surfaces that are not white cost ink; pictures have a light twin for paper.
      const inked = await page.evaluate(() => [document.body, ...document.querySelectorAll("main *")].filter((one) => {
        if (one.closest("svg") || !one.checkVisibility()) return false;
        const [red, green, blue, alpha = 1] = getComputedStyle(one).backgroundColor.match(/[\d.]+/g).map(Number);
        return alpha > 0 && Math.min(red, green, blue) < 250;
      }).map((one) => `${one.tagName}.${one.className}`));
      assert.deepEqual([...new Set(inked)], [], `${name} spends ink`);
      await screenshot(page, `${name}-${lang}-print`);
      await page.emulateMedia({ media: "screen" });
    }
  });
}
