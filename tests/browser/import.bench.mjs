// From a file to cells: the file becomes columns, these an RFM table, this the table of cells on the screen. Once in
// a fresh browser (cold), and once more with the same file (warm).

import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { begin, choose, noted, rendererPeak, timed, took, workerMemory } from "./timed.mjs";

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

// Writes transactions of six columns; a few customers buy often, most of them once or twice. `everyone` makes sure
// that each customer buys at all.
export async function write(path, { count, customers = Math.round(count * 0.46), everyone = false }) {
  const next = random(20240229);
  const file = createWriteStream(path);
  let text = "order_id,customer_id,order_date,amount,product,channel\n";
  for (let i = 0; i < count; i++) {
    const chosen = Math.floor(customers * next() ** 2.2);
    const customer = everyone && i < customers ? i : chosen;
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

const CELLS = { selector: ".many-columns th.code" };
const METHODS = {
  "quantile cuts": "Quantile cuts",
  "nested": "Nested: R, then F within R, then M within R and F (Hughes)",
  "exactly equal groups": "Exactly equal groups, each variable by itself",
};

// One file from its choice to its cells; lines of { what, milliseconds } that begin with `run`.
async function journey({ page, until }, path, run) {
  await page.evaluate(() => { location.hash = "#/data"; });
  await until(page, () => document.querySelector("#choose-file") && document.querySelector(".table-card tbody tr"));
  await begin(page);
  const shown = page.evaluate(async () => {
    while (!document.querySelector("#import-now")) await new Promise((frame) => requestAnimationFrame(frame));
    return performance.now();
  });
  await page.locator("#choose-file").setInputFiles(path);
  const looked = (await shown) - (await noted(page)).changed;
  const done = await timed(page, { click: "#import-now" }, { selector: "#done-title" });
  const cells = await timed(page, { hash: "#/rfm" }, CELLS);
  await until(page, () => /^(Saved|已儲存) /.test(document.querySelector(".chip-saved")?.innerText ?? ""), { timeout: 120_000 });
  const all = await noted(page);
  const [columns, table, stored] = [took(all, "import"), took(all, "rfm"), took(all, "store")];
  return [
    { what: `${run}: file chosen → columns guessed, on the screen`, milliseconds: looked },
    { what: `${run}: file → columns (worker)`, milliseconds: columns },
    { what: `${run}: columns → RFM table (worker)`, milliseconds: table },
    { what: `${run}: file → RFM table (both)`, milliseconds: columns + table },
    { what: `${run}: file → report of the import on the screen`, milliseconds: done },
    { what: `${run}: RFM page opened → cell table on the screen`, milliseconds: cells },
    { what: `${run}: columns → stored in IndexedDB (beside the above)`, milliseconds: stored },
    { what: `${run}: longest task of the page`, milliseconds: all.longest },
  ];
}

function measurement(what) {
  return async ({ page, session, until }) => {
    const folder = mkdtempSync(join(tmpdir(), "quintile-bench-"));
    try {
      const path = join(folder, "transactions.csv");
      await write(path, what);
      const lines = await journey({ page, until }, path, "cold");
      lines.push({ what: "worker's memory, MB", milliseconds: await workerMemory(page) });
      lines.push({ what: "page's process at its peak, MB", milliseconds: rendererPeak(session.folder) });
      for (const [name, select] of Object.entries(METHODS)) {
        await begin(page);
        await choose(page, select);
        await until(page, () => globalThis.quintileBench.asked.some(({ what, done }) => what === "rfm" && done), { timeout: 60_000 });
        const all = await noted(page);
        lines.push({ what: `scored again, ${name} (worker)`, milliseconds: took(all, "rfm") });
        lines.push({ what: `scored again, ${name}: longest task of the page`, milliseconds: all.longest });
      }
      const list = await timed(page, { hash: "#/customers" }, { selector: "table.customers tbody tr" });
      lines.push({ what: "list of customers on the screen", milliseconds: list });
      lines.push(...await journey({ page, until }, path, "warm"));
      const customers = await page.locator(".chip-data").innerText();
      console.log(`  ${what.count} rows, ${(statSync(path).size / 1e6).toFixed(1)} MB, ${customers}`);
      return lines;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

export const measurements = {
  "70 thousand transactions": measurement({ count: 70_000 }),
  "1 million transactions": measurement({ count: 1_000_000 }),
  "1 million customers": measurement({ count: 1_500_000, customers: 1_000_000, everyone: true }),
  "5 million transactions": measurement({ count: 5_000_000 }),
};
