// What becomes of data on the data page: purchase rules, append, delete, export, cancel, and what must not be stored.

import { Buffer } from "node:buffer";
import { assert, browserTest, download, until } from "./harness.mjs";
import {
  button, choice, confirm, dataChip, importFile, offer, parseCsv, placesOf, profile, saved, says, stay, storedBytes,
} from "./steps.mjs";

const HEAD = "customer,date,amount,order_id,product\n";
const ROWS = [
  "A1,2024-01-05,10.00,o1,soap", "A2,2024-02-06,20.00,o2,tea", "A1,2024-03-07,30.00,o3,soap",
  "A1,2024-03-07,5.50,o4,tea", // another order on the same day
  "A3,2024-03-09,-12.00,o5,soap", // a refund
  "A3,2024-01-09,12.00,o6,soap", "A4,2024-02-01,0,o7,gift", // nothing paid
  "A2,2024-02-06,20.00,o2,tea", // the same line again
];
const FILE = `${HEAD}${ROWS.join("\n")}\n`;

browserTest("purchase rules are asked with their counts, and the answers are kept", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  const rules = page.locator("#rules");
  await says(page, /Refunds, rows with a negative amount: 1/, { selector: "#rules" });
  for (const question of [/amount of zero: 1/, /repeat another row in every column: 1/, /after the analysis date: 0/, /on the same day: [12]/]) {
    await says(page, question, { selector: "#rules" });
  }
  const refunds = rules.getByLabel(/^Refunds/);
  await refunds.selectOption({ label: "Ignore them" });
  await rules.getByLabel(/repeat another row/).selectOption({ label: "Ignore the repetitions" });
  await saved(page);
  await page.reload();
  await says(page, /Refunds, rows with a negative amount: 1/, { selector: "#rules" });
  assert.equal(await refunds.evaluate((select) => select.selectedOptions[0].textContent), "Ignore them");
  await button(page, "Undo").click();
  await says(page, /Keep them/, { selector: "#rules" });
  await until(page, () => [...document.querySelectorAll("#rules select")].map((one) => one.selectedOptions[0].textContent)
    .includes("Keep them: two equal lines are two lines"), { what: "the undone rule" });
});

browserTest("appending warns when the same rows come again, and undo takes them back", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await offer(page, `${HEAD}A9,2024-04-01,70,o8,tea\n${ROWS[0]}\n${ROWS[1]}\n`);
  await choice(page, "What to do with it").selectOption({ label: "After the rows that are there already" });
  assert.deepEqual(await confirm(page), { read: 3, used: 3, aside: 0 });
  await says(page, /Check: 2 rows are exactly as in the data before/, { selector: ".warning" });
  await says(page, /^11 rows, 5 customers/, { selector: ".table-card > p" });
  await button(page, "Undo").first().click();
  await says(page, /^8 rows, 4 customers/, { selector: ".table-card > p" });
});

browserTest("a deleted table comes back with undo", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await page.locator(".table-card").getByRole("button", { name: "Delete" }).click();
  await says(page, /No data yet/, { selector: "main" });
  await page.locator(".notice").getByRole("button", { name: "Undo" }).click();
  await says(page, /^8 rows, 4 customers/, { selector: ".table-card > p" });
});

browserTest("import, export and import again gives the same table", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, `${HEAD}${ROWS.join("\n")}\n"=cmd|x","2024-05-05",9,o9,"a ""b"",\nc"\n`);
  await stay(page);
  await says(page, /^9 rows, 5 customers/, { selector: ".table-card > p" });
  const before = await profile(page);
  const file = await download(page, () => button(page, "Export (CSV)").click());
  const rows = parseCsv(file.bytes);
  assert.deepEqual(rows[0], ["customer_id", "date", "amount", "order_id", "product"]);
  assert.deepEqual(rows[1], ["A1", "2024-01-05", "10.00", "o1", "soap"]);
  assert.deepEqual(rows[9], ["'=cmd|x", "2024-05-05", "9.00", "o9", 'a "b",\nc']);
  assert.deepEqual(await importFile(page, file.bytes, file.name), { read: 9, used: 9, aside: 0 });
  await stay(page);
  assert.deepEqual(await profile(page), before);
  const again = await download(page, () => button(page, "Export (CSV)").click());
  assert.deepEqual(parseCsv(again.bytes), rows);
});

browserTest("a large import is stopped at once, and the data stay as they were", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, FILE);
  await stay(page);
  await saved(page);
  const lines = [HEAD.trim()];
  for (let i = 0; i < 300_000; i++) lines.push(`B${i % 70_000},2024-0${i % 9 + 1}-1${i % 10},${i % 997}.50,p${i},thing ${i % 50}`);
  await offer(page, Buffer.from(`${lines.join("\n")}\n`), "large.csv");
  // In the page itself, since reading takes less than a second: stop as soon as there is a button for it.
  const waited = await page.evaluate(async () => {
    document.querySelector("#import-now").click();
    for (;;) {
      await new Promise((frame) => requestAnimationFrame(frame));
      const stop = [...document.querySelectorAll(".running button")].find((one) => one.innerText === "Stop");
      if (stop) {
        const begin = performance.now();
        stop.click();
        while (!document.querySelector("#import-now")) await new Promise((frame) => requestAnimationFrame(frame));
        return performance.now() - begin;
      }
    }
  });
  assert.ok(waited < 1_000, `stopping took ${waited} ms`);
  await says(page, /Stopped\. The data are as they were\./, { selector: ".notices" });
  await button(page, "Not now").click();
  await says(page, /^8 rows, 4 customers/, { selector: ".table-card > p" });
  await page.reload();
  await says(page, /^8 rows, 4 customers/, { selector: ".table-card > p" });
  assert.match(await dataChip(page), /^4 customers/);
  // The next start has cleared away what the stopped import may have left.
  await until(async () => {
    const ids = new Set((await storedBytes(page)).records.filter(({ store }) => store === "sections").map(({ key }) => key.split("/")[0]));
    return ids.size === 1;
  }, undefined, { what: "one stored dataset" });
});

browserTest("what is left out or pseudonymised is stored nowhere, in no form", async ({ open }) => {
  const page = await open("#/data");
  await offer(page, "姓名,電話,交易日期,金額,備註\n王曉明,0912345678,2024-01-05,10,秘密一\n李小華,0987654321,2024-02-06,20,秘密二\n王曉明,0912345678,2024-03-07,30,秘密一\n", "名單.csv");
  const names = await page.locator(".columns tbody th").evaluateAll((cells) => cells.map((cell) => cell.childNodes[0].textContent.trim()));
  const row = (name) => page.locator(".columns tbody tr").nth(names.indexOf(name));
  const meaning = (name) => row(name).locator("select").first();
  await meaning("姓名").selectOption({ label: "Customer" });
  await meaning("電話").selectOption({ label: "(left out)" });
  await meaning("備註").selectOption({ label: "(left out)" });
  await row("姓名").getByRole("checkbox").check();
  assert.deepEqual(await confirm(page), { read: 3, used: 3, aside: 0 });
  await stay(page);
  await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  await saved(page);
  await page.reload();
  await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  const stored = await storedBytes(page);
  assert.ok(placesOf(stored, "C-").length > 0, "the pseudonyms are there, so the search does find texts");
  for (const secret of ["王曉明", "曉明", "李小華", "0912345678", "0987654321", "秘密一", "秘密二", "名單.csv"]) {
    assert.deepEqual(placesOf(stored, secret), [], secret);
  }
  const file = await download(page, () => button(page, "Export (CSV)").click());
  const ids = parseCsv(file.bytes).slice(1).map(([customer]) => customer);
  assert.equal(ids[0], ids[2], "the same person keeps the same pseudonym");
  assert.match(ids[0], /^C-[0-9A-Z]{12}$/);
});
