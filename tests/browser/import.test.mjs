// Files come in: each encoding and way of writing, the confirmation, what was set aside, and files that are refused.

import { Buffer } from "node:buffer";
import { existsSync, readFileSync } from "node:fs";
import { assert, browserTest, download, dropFile, until } from "./harness.mjs";
import {
  button, chosenOption, choice, confirm, dataChip, importFile, mainText, offer, parseCsv, profile, refused, saved, says,
  stay, text,
} from "./steps.mjs";

const fixture = (name) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const TEXT = "會員編號,交易日期,金額,商品\n王小明,113/02/29,1200,手工皂\n陳美玉,113/03/01,850,護手霜\n" +
  "王小明,112/12/31,430,洗髮精\n林志豪,民國113年4月5日,2150,禮盒\n陳美玉,1130506,990,手工皂\n";
const utf16le = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

const ENCODED = [
  ["UTF-8", "UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a byte-order mark", "UTF-8", Buffer.from(`\ufeff${TEXT}`)],
  ["UTF-16 LE", "UTF-16 LE", utf16le(TEXT)],
  ["UTF-16 BE", "UTF-16 BE", utf16le(TEXT).swap16()],
  ["Big5", "Big5 (Traditional Chinese)", fixture("orders_big5.csv")],
  ["GB18030", "GB18030 (Simplified Chinese)", fixture("orders_gb18030.csv")],
];

// One browser for all encodings: each file takes the place of the one before.
browserTest("each encoding is recognised and its texts are readable", async ({ open }) => {
  const page = await open("#/data");
  for (const [name, shown, bytes] of ENCODED) {
    await offer(page, bytes, `${name}.csv`);
    assert.equal(await chosenOption(choice(page, "Encoding")), shown, name);
    assert.match(await text(page, ".first-rows"), /王小明/, name);
    assert.deepEqual(await confirm(page), { read: 5, used: 5, aside: 0 }, name);
    await stay(page);
    await until(page, (product) => document.querySelector(".table-card")?.innerText.includes(product),
      { arg: "手工皂", what: `the profile of ${name}` });
    const columns = await profile(page);
    const [amount, date] = ["Amount", "Date"].map((role) => Object.values(columns).find(([as]) => as === role));
    assert.match(amount[4], /5,620/, name);
    assert.match(date[3], /Dec 31, 2023.*May 6, 2024|2023.*2024/, name);
    assert.equal(columns.Customer[2], "3", `${name}: distinct customers`);
  }
  await saved(page);
});

// What a file's cells come to: [sum of the amounts, first and last day] as the profile shows them.
const WRITTEN = [
  ["semicolons, decimal comma, thousands by dots and a bracketed refund",
    "customer;date;amount\nA1;2024-01-05;1.234,50\nA2;2024-02-06;99,00\nA1;2024-03-07;(34,50)\nA3;2024-03-09;12,00-\n",
    4, /1,287\.00|1,287/, 3],
  ["thousands separators, currency signs and full-width digits",
    'customer,date,amount\nA1,2024/1/5,"NT$1,234"\nA2,2024/2/6,"$2,000"\nA1,2024/3/7,１００\nA3,2024/3/9,-34\n',
    4, /3,300/, 3],
  ["line breaks and quotation marks inside quotes",
    'customer,date,amount,product\nA1,2024-01-05,10,"soap,\nlarge ""new"""\nA2,2024-02-06,20,"tea"\nA1,2024-03-07,30,"a\r\nb"\n',
    3, /\b60\b/, 2],
  ["tabs and Excel's day numbers",
    "customer\tdate\tamount\nA1\t45351\t10\nA2\t45352\t20\nA1\t45353\t30\n", 3, /\b60\b/, 2],
  ["date-times", "customer,date,amount\nA1,2024-02-29 13:45:00,10\nA2,2024-03-01T08:00:00Z,20\n", 2, /\b30\b/, 2],
  ["no header", "C001,2024-02-29,10.50\nC002,2024-03-01,20\nC001,2024-03-02,30\nC003,2024-03-05,5\nC002,2024-03-06,7\nC001,2024-03-07,9\n",
    6, /81\.50|81\.5|82/, 3],
];

browserTest("amounts, dates and quotes are read as they are written", async ({ open }) => {
  const page = await open("#/data");
  for (const [name, content, rows, sum, customers] of WRITTEN) {
    const report = await importFile(page, content);
    assert.deepEqual(report, { read: rows, used: rows, aside: 0 }, name);
    await stay(page);
    await until(page, (count) => document.querySelector(".table-card p")?.innerText.startsWith(`${count} rows`),
      { arg: rows, what: `${rows} rows of ${name}` });
    const columns = await profile(page);
    const amount = Object.values(columns).find(([role]) => role === "Amount");
    assert.match(amount[4], sum, name);
    assert.equal(columns.Customer[2], String(customers), name);
  }
});

browserTest("dates that could be day or month first are asked for, and the answer counts", async ({ open }) => {
  const page = await open("#/data");
  const ambiguous = "customer,date,amount\nA1,03/04/2024,10\nA2,05/06/2024,20\nA1,07/08/2024,30\n";
  await offer(page, ambiguous);
  await says(page, /“0?3\/0?4\/2024”/, { selector: ".warning" });
  const form = choice(page, "Dates are written as");
  for (const [label, first] of [["Day, month, year (29/2/2024)", /Apr 3, 2024|3 Apr 2024|2024-04-03|04\/03\/2024/],
    ["Month, day, year (2/29/2024)", /Mar 4, 2024|4 Mar 2024|2024-03-04|03\/04\/2024/]]) {
    if (await page.locator("#import-now").count() === 0) await offer(page, ambiguous);
    await form.selectOption({ label });
    assert.deepEqual(await confirm(page), { read: 3, used: 3, aside: 0 });
    await stay(page);
    await says(page, first, { selector: ".table-card" });
  }
});

browserTest("the confirmation gives reasons, shows 20 rows, and a column is corrected in one click", async ({ open }) => {
  const page = await open("#/data");
  const rows = Array.from({ length: 30 }, (_, i) => `K${i % 7},2024-01-${String(i % 28 + 1).padStart(2, "0")},${i},${i * 2}`);
  await offer(page, `who,when,price_total,other\n${rows.join("\n")}\n`);
  const reasons = await page.locator(".columns .why").allInnerTexts();
  assert.equal(reasons.length, 4);
  assert.ok(reasons.every((reason) => reason.trim().length > 10), JSON.stringify(reasons));
  assert.equal(await page.locator(".first-rows tbody tr").count(), 20);
  // Exactly one column is the amount; take the other one instead.
  const meaning = (name) => choice(page, `What it means – ${name}`);
  await meaning("price_total").selectOption({ label: "(left out)" });
  assert.ok(await page.locator("#import-now").isDisabled(), "no amount: nothing to import yet");
  await says(page, /Choose a column for: Amount/, { selector: "[role=alert]" });
  await meaning("other").selectOption({ label: "Amount" });
  assert.deepEqual(await confirm(page), { read: 30, used: 30, aside: 0 });
  await stay(page);
  const columns = await profile(page);
  assert.deepEqual(Object.values(columns).map(([role]) => role), ["Customer", "Date", "Amount"]);
  assert.match(columns.other[4], /870/);
});

browserTest("pasted cells are read as a file is", async ({ open }) => {
  const page = await open("#/data");
  await page.getByText("Or paste cells from a spreadsheet").click();
  await page.getByLabel("Pasted cells").fill("customer\tdate\tamount\nA1\t2024-01-05\t10\nA2\t2024-02-06\t20\n");
  await button(page, "Use what was pasted").click();
  await until(page, () => document.querySelector("#import-now"));
  assert.deepEqual(await confirm(page), { read: 2, used: 2, aside: 0 });
});

browserTest("rows that cannot be used are set aside, listed and downloadable; read = used + set aside", async ({ open }) => {
  const page = await open("#/data");
  const good = Array.from({ length: 40 }, (_, i) => `A${i % 9},2024-01-${String(i % 28 + 1).padStart(2, "0")},${i + 1}`);
  const bad = ["A1,2024-02-30,5", "A2,2024-03-01,five", ",2024-03-02,7", "A3,,8", "A4,2024-03-03,", '"=cmd|x",yesterday,9'];
  const report = await importFile(page, `customer,date,amount\n${[...good, ...bad].join("\n")}\n`);
  assert.deepEqual(report, { read: 46, used: 40, aside: 6 });
  const done = page.locator("section[aria-labelledby=done-title]");
  await done.getByText("Rows set aside").click();
  await until(page, () => document.querySelectorAll("section[aria-labelledby=done-title] tbody tr").length === 6, { what: "six rows" });
  const shown = await done.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())));
  assert.deepEqual(shown.map(([line, , value]) => [line, value]), [
    ["42", "2024-02-30"], ["43", "five"], ["44", ""], ["45", ""], ["46", ""], ["47", "yesterday"]]);
  assert.match(shown[0][3], /no such day/);
  assert.match(shown[1][3], /not a number/);
  assert.match(shown[2][3], /no customer/);
  const file = await download(page, () => done.getByRole("button", { name: "Download the list (CSV)" }).click());
  assert.match(file.name, /\.csv$/);
  const rows = parseCsv(file.bytes);
  assert.equal(rows.length, 7);
  assert.deepEqual(rows.slice(1).map((row) => row[0]), ["42", "43", "44", "45", "46", "47"]);
  assert.ok(rows.some((row) => row.includes("yesterday")));
  assert.ok(rows.flat().every((cell) => !/^[=+@]/.test(cell)), "no cell can run as a formula");
});

// ---- Real files, where they are at hand

const SHARED = new URL("../../../shared/datasets/", import.meta.url);
for (const [file, rows, customers, sum] of [
  ["rfm_data_orders.csv", 4906, "995", /464,158/],
  ["online_retail_invoices.csv", 22190, null, null],
]) {
  const here = existsSync(new URL(file, SHARED));
  browserTest(`${file} is read without help`, { skip: here ? false : `${file} is not here` }, async ({ open }) => {
    const page = await open("#/data");
    const bytes = readFileSync(new URL(file, SHARED));
    const report = await importFile(page, bytes, file);
    assert.equal(report.read, rows);
    await stay(page);
    await says(page, new RegExp(`^${report.used.toLocaleString("en")} rows`), { selector: ".table-card > p" });
    const columns = await profile(page);
    if (customers) assert.equal(columns.Customer[2], customers);
    const amount = Object.values(columns).find(([role]) => role === "Amount");
    if (sum) {
      assert.match(amount[4], sum);
    } else {
      // The file itself says what it holds.
      const [head, ...lines] = bytes.toString().trim().split(/\r?\n/).map((line) => line.split(","));
      const at = (name) => head.indexOf(name);
      const cents = lines.reduce((all, cells) => all + Math.round(Number(cells[at("amount")]) * 100), 0);
      const people = new Set(lines.map((cells) => cells[at("customer_id")]).filter(Boolean));
      assert.equal(columns.Customer[2], people.size.toLocaleString("en"));
      assert.equal(Math.round(Number(amount[4].replaceAll(/[^\d.-]/g, ""))), Math.round(cents / 100));
    }
    await saved(page);
    assert.match(await dataChip(page), new RegExp(columns.Customer[2]));
  });
}

// ---- What cannot be read

const KNOWN = "customer,date,amount\nA1,2024-01-05,10\nA2,2024-02-06,20\nA1,2024-03-07,30\n";
const zip = (name) => Buffer.concat([Buffer.from("PK\x03\x04\x14\0\0\0\0\0", "latin1"), Buffer.alloc(16), Buffer.from(name), Buffer.alloc(40)]);

browserTest("a file that is no table says what to do and leaves the data as they were", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, KNOWN);
  await stay(page);
  await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  for (const [name, bytes, advice] of [
    ["book.xlsx", zip("[Content_Types].xml xl/workbook.xml"), /CSV/],
    ["orders.csv", zip("xl/workbook.xml"), /CSV/],
    ["old.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]), /CSV/],
    ["orders.zip", zip("orders.csv"), /[Uu]npack|[Ee]xtract|ZIP|zip/],
    ["photo.png", Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1"), /image|picture/i],
    ["empty.csv", Buffer.alloc(0), /empty|nothing/i],
    ["blank.csv", Buffer.from("\n\n \n"), /empty|nothing|no row/i],
    ["random.bin", Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 37) % 256)), /./],
  ]) {
    const why = await refused(page, bytes, name);
    assert.match(why, advice, name);
    assert.ok(why.length > 30, `${name}: ${why}`);
    await says(page, /^3 rows, 2 customers/, { selector: ".table-card > p" });
  }
  assert.match(await mainText(page), /2 customers/);
});

browserTest("a file that is only a header, or never closes a quote, is refused with the line", async ({ open }) => {
  const page = await open("#/data");
  await importFile(page, KNOWN);
  await stay(page);
  assert.match(await refusedSomewhere(page, "customer,date,amount\n"), /no row of data/);
  const rows = Array.from({ length: 30 }, (_, i) => `A${i % 9},2024-01-${String(i % 28 + 1).padStart(2, "0")},${i + 1}`);
  await offer(page, `customer,date,amount\n${rows.join("\n")}\n"A1,2024-01-01,5\nA2,2024-01-02,6\n`);
  await says(page, /quotation mark on line 32 is not closed/, { selector: ".warning" });
  const { read, used, aside } = await confirm(page);
  assert.deepEqual([read, used, aside], [31, 30, 1]);
  await says(page, /quotation mark is not closed/, { selector: "section[aria-labelledby=done-title]" });
});

// Some files are refused at the first look, some when they are read.
async function refusedSomewhere(page, content) {
  await dropFile(page, "body", { name: "orders.csv", bytes: Buffer.from(content) });
  await until(page, () => document.querySelector("#import-now, main .problem"), { what: "an answer" });
  const now = page.locator("#import-now");
  if (await now.count() > 0 && await now.isEnabled()) await now.click();
  await until(page, () => document.querySelector("main .problem"), { what: "the refusal" });
  return text(page, "main .problem");
}
