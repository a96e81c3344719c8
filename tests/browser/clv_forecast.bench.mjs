// Fitted models in the browser's worker: from the page's question to the forecast on the screen. "(worker)" is the time of the
// answer, which holds the summary of the transactions, both fits, every customer's value and the figures of the page.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { write } from "./import.bench.mjs";
import { begin, choose, noted, timed, took } from "./timed.mjs";

const LIST = { selector: ".forecast-list tbody tr" };

// The forecast with one model after the other, and the check of all.
async function forecasts({ page, until }) {
  const lines = [];
  await begin(page);
  lines.push({ what: "page opened → forecast on the screen", milliseconds: await timed(page, { hash: "#/clv_forecast" }, LIST) });
  lines.push({ what: "BG/NBD: summary, fits, every customer (worker)", milliseconds: took(await noted(page), "clv_forecast") });
  for (const model of ["MBG/NBD", "Pareto/NBD", "BG/BB"]) {
    await begin(page);
    await choose(page, model);
    await until(page, () => globalThis.quintileBench.asked.some(({ what, done }) => what === "clv_forecast" && done), { timeout: 120_000 });
    lines.push({ what: `${model} (worker)`, milliseconds: took(await noted(page), "clv_forecast") });
  }
  await choose(page, "BG/NBD");
  await until(page, (selector) => document.querySelector(selector), { arg: LIST.selector, timeout: 120_000 });
  lines.push({ what: "all models checked, on the screen", milliseconds: await timed(page, { click: ".forecast button.primary" }, { selector: ".forecast-answer section p.info" }) });
  return lines;
}

async function million({ page, until }) {
  const folder = mkdtempSync(join(tmpdir(), "quintile-bench-"));
  try {
    const path = join(folder, "transactions.csv");
    await write(path, { count: 1_000_000, customers: 785_000 });
    await page.evaluate(() => { location.hash = "#/data"; });
    await until(page, () => document.querySelector("#choose-file"));
    await begin(page);
    await page.locator("#choose-file").setInputFiles(path);
    await until(page, () => document.querySelector("#import-now"), { timeout: 120_000 });
    await timed(page, { click: "#import-now" }, { selector: "#done-title" });
    const file = took(await noted(page), "import");
    const customers = (await page.locator(".chip-data").innerText()).replaceAll(/\s+/g, " ");
    const lines = await forecasts({ page, until });
    console.log(`  1,000,000 rows, ${customers}`);
    return [
      { what: "file → columns (worker)", milliseconds: file },
      { what: "file → every customer's value with BG/NBD (both)", milliseconds: file + lines[1].milliseconds },
      ...lines,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const measurements = {
  "lifetime value forecast of the shop": forecasts,
  "lifetime value forecast of 1 million transactions": million,
};
