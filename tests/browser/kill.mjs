// Kills the browser's processes at random moments of saving and importing, opens the same profile again, and checks
// that every state that was shown as saved is there, and never half an import.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { assert, chromiumPath, DIST, FLAGS, serveFolder, until } from "./harness.mjs";

// The same numbers for the same seed (mulberry32).
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// A browser in a process group of its own, so that a signal reaches all its processes at once.
async function launch(folder, url) {
  await rm(join(folder, "DevToolsActivePort"), { force: true });
  const browser = spawn(chromiumPath(), [...FLAGS, "--lang=en-US", "--remote-debugging-port=0", `--user-data-dir=${folder}`, "about:blank"],
    { detached: true, stdio: "ignore" });
  const exited = new Promise((done) => browser.once("exit", done));
  let address;
  await until(async () => {
    const file = await readFile(join(folder, "DevToolsActivePort"), "utf8").catch(() => "");
    const [port, path] = file.split("\n");
    address = path && `ws://127.0.0.1:${port}${path}`;
    return address;
  }, undefined, { what: "the browser" });
  const driver = await chromium.connectOverCDP(address);
  const page = driver.contexts()[0].pages()[0] ?? await driver.contexts()[0].newPage();
  await page.goto(url);
  const kill = async () => {
    process.kill(-browser.pid, "SIGKILL");
    await exited;
    await driver.close().catch(() => {});
  };
  return { page, kill };
}

// What the page shows at one moment: the number that was typed last, whether it says "saved", and its data.
const look = (page) => page.evaluate(() => {
  const shown = (selector) => document.querySelector(selector)?.innerText ?? "";
  return {
    typed: Number(shown(".workspace-name").replace(/\D/g, "")),
    saved: /^Saved /.test(shown(".chip-saved")),
    table: shown(".table-card > p"),
    sum: [...document.querySelectorAll(".table-card tbody tr:last-child td:last-child")].map((one) => one.innerText).join(),
    done: Boolean(document.querySelector("#done-title")),
    warned: shown(".notice-warning"),
  };
});

// Names the workspace by numbers, one after the other, as fast as a person cannot.
async function type(page, from, note) {
  await page.locator(".workspace-name").click();
  const field = page.locator("dialog[open]").getByLabel("Name", { exact: true });
  for (let number = from; ; number += 1) {
    await field.fill(String(number));
    note.typed = number;
    for (let times = 0; times < 3; times += 1) {
      const { typed, saved } = await look(page);
      if (saved) note.saved = Math.max(note.saved, typed);
    }
  }
}

// Drops a file of so many rows, each of amount 1, so that the sum tells the rows.
async function importRows(page, rows, note) {
  await page.evaluate((rows) => {
    const lines = ["customer,date,amount"];
    for (let row = 0; row < rows; row += 1) lines.push(`C${row % 20_011},2024-0${1 + (row % 9)}-1${row % 9},1`);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([lines.join("\n")], "rows.csv", { type: "text/csv" }));
    for (const kind of ["dragenter", "dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
    }
  }, rows);
  await until(page, () => document.querySelector("#import-now"), { what: "the confirmation" });
  await page.evaluate(() => document.querySelector("#import-now").click());
  note.begun = true;
  for (;;) {
    const { done, saved } = await look(page);
    if (done && saved) note.imported = rows;
  }
}

const grouped = (number) => number.toLocaleString("en-US");

// Runs so many rounds and returns what happened in them.
export async function killTimes(rounds, { seed, tell = () => {} }) {
  const random = randomOf(seed);
  const site = await serveFolder(DIST);
  const folder = await mkdtemp(join(tmpdir(), "quintile-kill-"));
  const seen = { rounds: 0, saving: 0, importing: 0, imported: 0, kept: 0, shownSaved: 0 };
  // What the last browser left: numbers from `least` to `most`, and one of these counts of rows.
  let [least, most, rows] = [0, 0, []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const { page, kill } = await launch(folder, `${site.url}#/data`);
      await until(page, () => document.documentElement.dataset.ready === "1" && /^Saved /.test(document.querySelector(".chip-saved")?.innerText ?? ""),
        { what: `round ${round}: the app with what is stored` });
      await until(page, () => document.querySelector(".table-card tbody tr"), { what: `round ${round}: the data` });
      const found = await look(page);
      assert.equal(found.warned, "", `round ${round}`);
      if (round > 0) {
        assert.ok(found.typed >= least && found.typed <= most, `round ${round}: found ${found.typed}, shown as saved ${least}, typed ${most}`);
      }
      if (rows.length > 0) {
        const is = rows.find((count) => found.table.startsWith(`${grouped(count)} rows`));
        assert.ok(is, `round ${round}: ${found.table} is none of ${rows}`);
        assert.ok(found.sum.replaceAll(",", "").includes(String(is)), `round ${round}: the sum ${found.sum} of ${is} rows`);
        if (rows.length > 1) seen[is === rows[1] ? "imported" : "kept"] += 1;
        rows = [is];
      }
      const note = { typed: Math.max(found.typed, most), saved: found.typed, begun: false, imported: 0 };
      const importing = round % 2 === 1 || rows.length === 0;
      const count = 30_000 + round * 101 + Math.floor(random() * 100);
      // The kill ends it with an error.
      const work = importing ? importRows(page, count, note) : type(page, note.typed + 1, note);
      const ended = work.catch(() => {});
      if (importing) {
        await Promise.race([ended, until(async () => note.begun, undefined, { what: "the import to begin" })]);
        if (rows.length === 0) await until(async () => note.imported, undefined, { what: "the first import" });
      }
      await wait(random() * (importing ? 900 : 1_500));
      await kill();
      await ended;
      seen.rounds += 1;
      seen[importing ? "importing" : "saving"] += 1;
      [least, most] = [note.saved, note.typed];
      if (importing) rows = note.imported ? [count] : [...rows, count];
      seen.shownSaved += Number(note.imported > 0 || note.saved > found.typed);
      tell(`round ${round + 1}: ${importing ? `import of ${count} rows, ${note.imported ? "shown as saved" : "cut off"}` : `typed ${note.typed}, shown as saved ${note.saved}`}`);
    }
    return seen;
  } finally {
    await site.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
