// The main journey in Firefox, driven over WebDriver BiDi: open, see the sample, import a file, RFM, pyramid, campaign,
// export, the other language, and after a reload all is still there.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startFirefox } from "./firefox.mjs";
import { DIST, serveFolder } from "./harness.mjs";
import { parseCsv } from "./steps.mjs";

const ROWS = Array.from({ length: 400 }, (_, i) =>
  `F${String(i % 60).padStart(3, "0")},2024-${String(1 + i % 12).padStart(2, "0")}-${String(1 + i % 28).padStart(2, "0")},${5 + (i * 37) % 90}.50,soap ${i % 5}`);
const FILE = `customer,date,amount,product\n${ROWS.join("\n")}\n`;

test("the main journey in Firefox", { timeout: 300_000 }, async () => {
  const downloads = await mkdtemp(join(tmpdir(), "quintile-downloads-"));
  const site = await serveFolder(DIST);
  const firefox = await startFirefox({ downloads });
  try {
    const { page } = firefox;
    await page.open(site.url);
    await page.until(() => document.documentElement.dataset.ready === "1", "the app");
    await page.says(/3,240 customers/, ".chip-data");

    await page.go("#/data");
    await page.drop("orders.csv", FILE);
    await page.until(() => document.querySelector("#import-now"), "the columns");
    await page.click("#import-now");
    await page.says(/400/, "section[aria-labelledby=done-title] .read-equals");
    await page.says(/^60 customers/, ".chip-data");

    await page.go("#/rfm");
    await page.until(() => document.querySelectorAll("main .chart-picture svg").length > 0, "the charts of RFM");
    await page.until(() => document.querySelectorAll(".many-columns th.code").length > 5, "the cells");
    await page.go("#/pyramid");
    await page.until(() => document.querySelector(".pyramid-answer table tbody tr"), "the tiers");
    await page.go("#/campaign");
    await page.says(/cells/, ".campaign-steps li:first-child .step-note");
    await page.says(/^1\.77%$/, ".break-even .figure-value");

    await page.go("#/customers");
    await page.says(/60 of 60 customers/, ".list-head");
    await page.click("main .list-head button");
    const file = await downloaded(downloads);
    assert.equal(parseCsv(file).length, 61, "a head and sixty customers");

    await page.click(".topbar .language");
    await page.until(() => document.documentElement.lang === "zh-Hant", "Chinese");
    await page.says(/60 位顧客/, ".chip-data");
    await page.says(/已儲存/, ".chip-saved");
    await page.reload();
    await page.until(() => document.documentElement.dataset.ready === "1", "the app again");
    await page.says(/60 位顧客/, ".chip-data");
    await page.says(/60 位顧客中的 60 位/, ".list-head");
    assert.deepEqual(page.errors(), []);
  } finally {
    await firefox.close();
    await site.close();
    await rm(downloads, { recursive: true, force: true, maxRetries: 5 });
  }
});

// The file that the browser has saved, when it is whole.
async function downloaded(folder) {
  for (let tries = 0; tries < 300; tries++) {
    const names = await readdir(folder);
    const name = names.find((name) => name.endsWith(".csv"));
    if (name && !existsSync(join(folder, `${name}.part`))) {
      const bytes = await readFile(join(folder, name));
      if (bytes.length > 0) return bytes;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`nothing was saved in ${folder}`);
}
