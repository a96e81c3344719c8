// The generated samples: the small one to check by hand, the large one that is made anew and never stored.

import { assert, browserTest, until } from "./harness.mjs";
import { button, openSample, saved, says, storedBytes, text } from "./steps.mjs";

const sections = async (page) => (await storedBytes(page)).records.filter(({ store }) => store === "sections");

browserTest("the direct mailer's 800,000 customers come at ease and are never stored", async ({ open }) => {
  const page = await open("#/rfm");
  await says(page, /3,240/, { selector: ".chip-data" });
  await openSample(page, "Direct mailer, 800,000 customers");
  await says(page, /^800,000 customers/, { selector: ".chip-data", timeout: 60_000 });
  await says(page, /800,000/, { selector: ".figures", timeout: 60_000 });
  await page.evaluate(() => { location.hash = "#/customers"; });
  await says(page, /^800,000 of 800,000/, { selector: ".list-head", timeout: 60_000 });
  const begin = Date.now();
  await page.getByLabel("Go to page").fill("16000");
  await page.getByLabel("Go to page").press("Enter");
  await until(page, () => document.querySelector("table.customers tbody")?.innerText.includes("M800000"), { what: "the last customer" });
  assert.ok(Date.now() - begin < 5_000, "jumping to the last page takes seconds at most");
  assert.ok(await page.locator("tr").count() < 200, "only one page of rows is in the document");
  await saved(page);
  assert.deepEqual((await sections(page)).map(({ key }) => key), []);
  await page.reload();
  await says(page, /^800,000 customers/, { selector: ".chip-data", timeout: 60_000 });
});

browserTest("the teaching set's 25 customers are all there", async ({ open }) => {
  const page = await open("#/rfm");
  await says(page, /3,240/, { selector: ".chip-data" });
  await openSample(page, "Teaching set, 25 customers");
  await says(page, /^25 customers/, { selector: ".chip-data" });
  await until(page, () => /\b25\b/.test(document.querySelector(".figures")?.innerText), { what: "the analysis" });
  assert.match(await text(page, ".workspace-name"), /Teaching set/);
});

browserTest("a workspace without data says on every page where to go", async ({ open }) => {
  const page = await open("#/rfm");
  await says(page, /3,240/, { selector: ".chip-data" });
  await openSample(page, "New empty workspace");
  await says(page, /^No data yet/, { selector: ".chip-data" });
  await says(page, /Import|import/, { selector: "main .problem" });
  await page.getByRole("link", { name: "Go to the data page" }).click();
  await says(page, /No data yet/, { selector: "main" });
  await page.evaluate(() => { location.hash = "#/customers"; });
  await says(page, /Import|import/, { selector: "main .problem" });
  assert.ok(await button(page, "Export this list (CSV)").isDisabled());
});
