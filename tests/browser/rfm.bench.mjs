// From a dropped file to cells: the file becomes columns, these an RFM table, this the table of cells. Measured in
// the page, through the interface, with the clock stopped when the result is on the screen.

import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { timed } from "./timed.mjs";

const PRODUCTS = ["hand-made soap", "shampoo bar", "hand cream", "gift box", "bath salt", "lip balm"];
const CHANNELS = ["web shop", "store", "phone order"];

// Numbers from a seed: the same file in every run.
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

// Writes transactions of six columns; a few customers buy often, most of them once or twice.
async function write(path, count) {
  const next = random(20240229);
  const file = createWriteStream(path);
  const customers = Math.round(count * 0.46);
  let text = "order_id,customer_id,order_date,amount,product,channel\n";
  for (let i = 0; i < count; i++) {
    const customer = Math.floor(customers * next() ** 2.2);
    const day = new Date(Date.UTC(2023, 0, 1 + Math.floor(next() * 730))).toISOString().slice(0, 10);
    const amount = (50 + next() ** 3 * 4000).toFixed(2);
    text += `${1000000 + i},C${String(customer).padStart(6, "0")},${day},${amount},${PRODUCTS[Math.floor(next() * 6)]},${CHANNELS[Math.floor(next() * 3)]}\n`;
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, "drain");
      text = "";
    }
  }
  file.end(text);
  await once(file, "finish");
}

function measurement(count) {
  return async ({ page, until }) => {
    const folder = mkdtempSync(join(tmpdir(), "quintile-bench-"));
    try {
      const path = join(folder, "transactions.csv");
      await write(path, count);
      await page.evaluate(() => { location.hash = "#/data"; });
      await until(page, () => document.querySelector("#choose-file") && document.querySelector(".table-card tbody tr"));
      const given = performance.now();
      await page.locator("#choose-file").setInputFiles(path);
      await until(page, () => document.querySelector("#import-now"), { timeout: 120_000 });
      const looked = performance.now() - given;
      const read = await timed(page, { click: "#import-now" }, { selector: "#done-title" });
      const cells = await timed(page, { hash: "#/rfm" }, { selector: ".rfm-wide tbody tr" });
      const again = { selector: ".rfm-variable tbody", changes: true };
      const nested = await timed(page, { select: "Nested: R, then F within R, then M within R and F (Hughes)" }, again);
      const list = await timed(page, { hash: "#/customers" }, { selector: "table.customers tbody tr" });
      const customers = await page.locator(".chip-data").innerText();
      console.log(`  ${count} rows, ${(statSync(path).size / 1e6).toFixed(1)} MB, ${customers}`);
      return [
        { what: "file chosen → columns guessed", milliseconds: looked },
        { what: "file → columns, stored", milliseconds: read },
        { what: "columns → RFM table → cell table on the screen", milliseconds: cells },
        { what: "another method (nested) → its groups on the screen", milliseconds: nested },
        { what: "list of customers on the screen", milliseconds: list },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

export const measurements = {
  "70 thousand transactions": measurement(70_000),
  "1 million transactions": measurement(1_000_000),
};
