// Files that ask too much of a page: how long it ever keeps a person waiting, over the import and on every page.

import { dropFile } from "./harness.mjs";
import { megabyteCells, millionDays, millionMinutes, wideTable } from "./hostile.mjs";
import { atRest, pagesOf, stay } from "./steps.mjs";
import { begin, noted } from "./timed.mjs";

const measurement = (make) => async ({ page, until }) => {
  const lines = [];
  const longest = async (what) => {
    lines.push({ what: `${what}: longest task of the page`, milliseconds: (await noted(page)).longest });
    await begin(page);
  };
  await page.evaluate(() => { location.hash = "#/data"; });
  await atRest(page, "data");
  await dropFile(page, "body", { name: "orders.csv", bytes: make() });
  // What the test does to drop the file is no task of the page's own.
  await begin(page);
  await until(page, () => document.querySelector("#import-now"), { timeout: 120_000 });
  await longest("columns guessed");
  await page.locator("#import-now").click();
  await until(page, () => document.querySelector("#done-title"), { timeout: 120_000 });
  await stay(page);
  await longest("import");
  for (const name of await pagesOf(page)) {
    await page.evaluate((name) => { location.hash = `#/${name}`; }, name);
    await atRest(page, name);
    await longest(name);
  }
  return lines;
};

export const measurements = {
  "cells of a megabyte": measurement(megabyteCells),
  "a thousand columns": measurement(() => wideTable(1_000)),
  "a million days": measurement(millionDays),
  "a million minutes": measurement(millionMinutes),
};
