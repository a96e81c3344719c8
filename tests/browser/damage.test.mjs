// What is stored is damaged, older or newer than the program: nothing is overwritten, and the person is told.

import { assert, browserTest, openPage, until } from "./harness.mjs";
import { button, importFile, saved, says, stay } from "./steps.mjs";
import { bare, hold, letGo, put, records, sealed, unsealed } from "./storage.mjs";

const FILE = "customer,date,amount\nA1,2024-01-05,10\nA2,2024-02-06,20\nA1,2024-03-07,30\n";
const digits = (page) => page.getByLabel("Decimals shown");
const newest = async (page) => (await records(page, "workspaces")).at(-1);

browserTest("a damaged state gives way to the one saved before it, and the person is told", async ({ open }) => {
  const page = await open("#/settings");
  await saved(page);
  const first = await digits(page).inputValue();
  await digits(page).selectOption(String((Number(first) + 1) % 3));
  await saved(page);
  await digits(page).selectOption(String((Number(first) + 2) % 3));
  await saved(page);
  assert.equal((await records(page, "workspaces")).length, 2, "the state before the last is kept");
  for (const at of [0, 5, 60]) {
    const { key, bytes } = await newest(page);
    bytes[at] ^= 4;
    await put(page, "workspaces", key, bytes);
    await page.reload();
    await says(page, /The last saved state of “Sample shop” was damaged/, { selector: ".notice-warning" });
    await says(page, /3,240/, { selector: ".chip-data" });
    assert.equal(await digits(page).inputValue(), String((Number(first) + 1) % 3));
    await saved(page);
    // Whole again: the restored state was stored, and a reload says nothing any more.
    await page.reload();
    await saved(page);
    assert.equal(await page.locator(".notice-warning").count(), 0);
    // The next round damages another newest state of two.
    await digits(page).selectOption(String((Number(first) + 2) % 3));
    await saved(page);
    await digits(page).selectOption(String((Number(first) + 1) % 3));
    await saved(page);
    await digits(page).selectOption(String((Number(first) + 2) % 3));
    await saved(page);
  }
});

browserTest("where both states are damaged they stay as they are, are told of, and no data are swept away", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  const before = await records(page, "workspaces");
  // Old enough to be swept if nobody needed them.
  const sections = await records(page, "sections");
  for (const { key, bytes } of sections) await put(page, "sections", key.replace(/^[^/]+/, "100-1"), bytes);
  for (const { key, bytes } of before) {
    bytes[9] ^= 1;
    await put(page, "workspaces", key, bytes);
  }
  await page.reload();
  await says(page, /data are damaged/, { selector: ".notice-warning" });
  await saved(page);
  const after = await records(page, "workspaces");
  for (const { key, bytes } of before) assert.deepEqual(after.find((one) => one.key === key).bytes, bytes);
  assert.equal((await records(page, "sections")).length, 2 * sections.length);
});

browserTest("damaged data are told of, and undo leads back to the data before", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  const { key, bytes } = (await records(page, "sections")).find(({ key }) => !key.endsWith("manifest"));
  bytes[bytes.length - 1] ^= 1;
  await put(page, "sections", key, bytes);
  await page.reload();
  await says(page, /The data are damaged/, { selector: ".notice-warning" });
  await page.locator(".notice-warning").getByRole("button", { name: "Go back to the data before" }).click();
  await says(page, /3,240/, { selector: ".chip-data" });
});

browserTest("a workspace of a newer version is explained and never overwritten", async ({ open }) => {
  const page = await open("#/settings");
  await saved(page);
  const { key, bytes } = await newest(page);
  const newer = sealed({ ...unsealed(bytes), format: 9, shape: "unknown" });
  await put(page, "workspaces", key, newer);
  await page.reload();
  await says(page, /made by a newer version \(format 9/, { selector: ".notice-warning" });
  await saved(page);
  await digits(page).selectOption(String((Number(await digits(page).inputValue()) + 1) % 3));
  await saved(page);
  assert.deepEqual((await records(page, "workspaces")).find((one) => one.key === key).bytes, newer);
});

browserTest("a database of the first version opens with its workspaces", async ({ start }) => {
  const session = await start();
  const raw = await bare(session);
  const workspace = {
    format: 1, id: "18c-00000001", records: { name: "從前的工作區", source: { sample: { sample: "teaching", seed: 20240101 } } },
    log: { done: [], undone: [], revision: 0 },
  };
  await put(raw, "workspaces", workspace.id, JSON.stringify(workspace), 1);
  const page = await openPage(session, "#/data");
  await says(page, /^從前的工作區/, { selector: ".workspace-name" });
  await says(page, /^25 customers/, { selector: ".chip-data" });
  await page.evaluate(() => { location.hash = "#/settings"; });
  for (const value of ["1", "0", "2"]) {
    await digits(page).selectOption(value);
    await saved(page);
  }
  const kept = await records(page, "workspaces");
  assert.equal(kept.length, 2, kept.map(({ key }) => key).join());
  assert.equal(unsealed(kept.at(-1).bytes).records.name, "從前的工作區");
});

browserTest("a database of a newer version is left alone, and the app runs without saving", async ({ start }) => {
  const session = await start();
  const raw = await bare(session);
  await put(raw, "workspaces", "later", "as later versions have it", 99);
  const page = await openPage(session, "#/data");
  await says(page, /newer version of Quintile has been opened in this browser/, { selector: ".notice-warning" });
  await says(page, /Not saved/, { selector: ".chip-saved" });
  await importFile(page, FILE);
  await stay(page);
  await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  const [{ key, bytes }, ...others] = await records(raw, "workspaces");
  assert.deepEqual([key, bytes.toString(), others.length], ["later", "as later versions have it", 0]);
});

browserTest("an older version open in another tab is told of, and when it is closed this one goes on", async ({ start }) => {
  const session = await start();
  const raw = await bare(session);
  await hold(raw, 1);
  const page = await openPage(session, "#/settings");
  await says(page, /Another tab has an older version of Quintile open/, { selector: ".notice-warning" });
  await letGo(raw);
  await saved(page);
});

browserTest("a newer version opened in another tab is let through; this tab says that it no longer saves", async ({ start }) => {
  const session = await start();
  const page = await openPage(session, "#/settings");
  await saved(page);
  await digits(page).selectOption(String((Number(await digits(page).inputValue()) + 1) % 3));
  const raw = await bare(session);
  await hold(raw, 3);
  await says(page, /newer version of Quintile has been opened/, { selector: ".notice-warning" });
  await says(page, /Not saved/, { selector: ".chip-saved" });
  await digits(page).selectOption(String((Number(await digits(page).inputValue()) + 1) % 3));
  await says(page, /Not saved/, { selector: ".chip-saved" });
  await letGo(raw);
  await until(page, () => document.querySelector(".notice-warning button"), { what: "the way to reload" });
  await button(page, "Reload").click();
  await says(page, /newer version of Quintile has been opened/, { selector: ".notice-warning" });
});
