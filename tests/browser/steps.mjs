// What a person does with the app and sees of it, for the tests of the journeys.

import { Buffer } from "node:buffer";
import { assert, dropFile, until } from "./harness.mjs";

export const button = (page, name) => page.getByRole("button", { name, exact: true });

// The text of an element without line breaks.
export const text = async (page, selector) => (await page.locator(selector).first().innerText()).replaceAll(/\s+/g, " ");

export const mainText = (page) => text(page, "main");

// Waits until the page says so.
export const says = (page, pattern, { selector = "body", ...options } = {}) =>
  until(page, ([selector, source, flags]) => {
    const shown = [...document.querySelectorAll(selector)].map((one) => one.innerText).join("\n");
    return new RegExp(source, flags).test(shown);
  }, { arg: [selector, pattern.source, pattern.flags], what: `${selector} to say ${pattern}`, ...options });

export const gone = (page, selector) =>
  until(page, (selector) => !document.querySelector(selector), { arg: selector, what: `${selector} to go` });

// Everything there is to save is on the disk.
export const saved = (page) => says(page, /^(Saved|已儲存) /, { selector: ".chip-saved" });

export const dataChip = (page) => text(page, ".chip-data");

// The RFM page shows one section after the other, how a cell is found last of all.
export const analysed = (page) => until(page, () => document.querySelector(".rfm-explained"), { what: "the analysis" });

// ---- Going about

// The pages that the navigation leads to, by their addresses: a new tool is among them by itself.
export const pagesOf = (page) => page.evaluate(() =>
  [...document.querySelectorAll("nav li a[href^='#/']")].map((link) => link.getAttribute("href").slice(2)));

// Waits until nothing is being worked out and what is on the page has come to rest.
export async function atRest(page, what) {
  let before;
  await until(async () => {
    const now = await page.evaluate(() => document.querySelector("main h1") && !document.querySelector("main .running")
      && document.querySelector("main").innerHTML.length);
    const rests = now && now === before;
    before = now;
    return rests;
  }, undefined, { what: `${what} to come to rest` });
  // Two frames: charts measure themselves, then draw.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

// Opens a page of the running app by its name and waits until it is filled.
export async function show(page, name) {
  await page.evaluate((name) => { location.hash = `#/${name}`; }, name);
  await until(page, (name) => document.querySelector(`nav a[href="#/${name}"][aria-current=page]`), { arg: name, what: name });
  await atRest(page, name);
}

export const unfold = (page) => page.evaluate(() => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));

// Opens one of the samples, or an empty workspace, from the menu of workspaces.
export async function openSample(page, name) {
  await page.locator(".workspace-name").click();
  await page.locator("dialog[open]").getByRole("button", { name, exact: true }).click();
}

// ---- Importing

const bytesOf = (content) => Buffer.from(content);

// Gives the app a file and waits until it asks to confirm the columns.
export async function offer(page, content, name = "orders.csv") {
  await dropFile(page, "body", { name, bytes: bytesOf(content) });
  await until(page, () => document.querySelector("#import-now"), { what: `the columns of ${name}` });
}

// Gives the app a file that it must refuse; returns what it says.
export async function refused(page, content, name = "orders.csv") {
  await dropFile(page, "body", { name, bytes: bytesOf(content) });
  await until(page, () => document.querySelector("main .problem"), { what: `the refusal of ${name}` });
  return text(page, "main .problem");
}

// Imports as confirmed and returns the line "read = used + set aside" as numbers.
export async function confirm(page, options) {
  await page.locator("#import-now").click();
  await until(page, () => document.querySelector("#done-title"), { what: "the import", ...options });
  const line = await text(page, "section[aria-labelledby=done-title] .read-equals");
  const [read, used, aside] = line.match(/[\d,]+/g).map((number) => Number(number.replaceAll(",", "")));
  assert.equal(read, used + aside, line);
  return { read, used, aside };
}

export async function importFile(page, content, name) {
  await offer(page, content, name);
  return confirm(page);
}

// The select of the confirmation with that label.
export const choice = (page, label) => page.getByLabel(label, { exact: true });

// What is chosen in a select now.
export const chosenOption = (select) => select.evaluate((select) => select.selectedOptions[0]?.textContent ?? "");

// The profile of the table shown first: { column name: [role, filled, distinct, range, sum] }.
export async function profile(page) {
  await until(page, () => document.querySelector(".table-card tbody tr"), { what: "the profile" });
  const rows = await page.locator(".table-card").first().locator("tbody").first().locator("tr").evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())));
  return Object.fromEntries(rows.map(([name, ...rest]) => [name, rest]));
}

// Leaves the report of the import that was just made.
export async function stay(page) {
  await button(page, "Stay here").click();
  await gone(page, "#done-title");
}

// ---- What is stored on the device

// Every byte that the page could read back: IndexedDB, localStorage, sessionStorage, caches, cookies.
export async function storedBytes(page) {
  const text = await page.evaluate(async () => {
    const parts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
    const binary = (bytes) => {
      let out = "";
      for (let at = 0; at < bytes.length; at += 8192) out += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(out);
    };
    const settled = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const found = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const source = database.transaction(store).objectStore(store);
        const keys = await settled(source.getAllKeys());
        const values = await settled(database.transaction(store).objectStore(store).getAll());
        keys.forEach((key, at) => {
          const value = values[at];
          found.push({ store, key: String(key), text: typeof value === "string" ? value : null,
            base64: value instanceof Uint8Array ? binary(value) : null });
        });
      }
      database.close();
    }
    return JSON.stringify({ parts, found, caches: await caches.keys() });
  });
  const { parts, found, caches } = JSON.parse(text);
  const records = found.map(({ store, key, text, base64 }) =>
    ({ store, key, bytes: base64 === null ? Buffer.from(text ?? "") : Buffer.from(base64, "base64") }));
  return { parts, records, caches };
}

// Where a text is stored, in UTF-8 or UTF-16.
export function placesOf({ parts, records }, wanted) {
  const needles = [Buffer.from(wanted), Buffer.from(wanted, "utf16le")];
  const places = records.filter(({ bytes, key }) => key.includes(wanted) || needles.some((needle) => bytes.includes(needle)));
  return [...places.map(({ store, key }) => `${store}: ${key}`), ...parts.filter((part) => part?.includes(wanted))];
}

// ---- Files that were downloaded

// The cells of a CSV file of ours.
export function parseCsv(bytes) {
  const text = Buffer.from(bytes).toString("utf8");
  assert.equal(text[0], "\ufeff", "a CSV file begins with a byte-order mark, for spreadsheets");
  const rows = [[]];
  let at = 1;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        assert.ok(at < text.length, "a quotation mark is not closed");
        if (text[at] === '"') at += 1;
        cell += text[at];
      }
      at += 1;
    } else {
      while (at < text.length && !",\r\n".includes(text[at])) cell += text[at++];
    }
    rows.at(-1).push(cell);
    if (text[at] === ",") {
      at += 1;
    } else {
      assert.equal(text.slice(at, at + 2), "\r\n", `a row ends with CR LF, near ${cell}`);
      at += 2;
      if (at < text.length) rows.push([]);
    }
  }
  return rows;
}

// The width and height that a PNG's header gives.
export function pngSize(bytes) {
  assert.equal(bytes.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n", "it is a PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}
