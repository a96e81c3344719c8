// Nothing leaves. Every address but this machine's own leads to a sink that counts what arrives: a whole run through
// the app lets nothing arrive, and neither does a script inside the page or inside its worker that tries every way out.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assert, browserTest, DIST, download, dropFile, until } from "./harness.mjs";
import { attack, startSink } from "./sink.mjs";
import { button, importFile, pagesOf, saved, says, show, stay, unfold } from "./steps.mjs";

// Runs with a sink that is closed afterwards.
const withSink = (body) => async (tools) => {
  const sink = await startSink();
  try {
    await body({ ...tools, sink });
  } finally {
    await sink.close();
  }
};

const settled = () => new Promise((done) => setTimeout(done, 1000));

// The blocked tries show up as errors and as requests; they are what these tests provoke.
function forget({ seen }) {
  seen.errors = seen.errors.filter(({ kind }) => kind === "page error");
  seen.requests = seen.requests.filter((url) => !url.includes("away.example"));
}

async function attacked(open, sessionOf, sink, options) {
  const page = await open("#/rfm", { flags: sink.flags, ...options });
  await says(page, /3,240/, { selector: ".chip-data" });
  await saved(page);
  const arrived = {};
  for (const [where, scope] of [["worker", page.workers()[0]], ["page", page]]) {
    await scope.evaluate(attack, { host: "away.example", udpPort: sink.udpPort });
    await settled();
    arrived[where] = sink.take();
  }
  forget(sessionOf(page));
  return arrived;
}

browserTest("without the policy the sink hears every way out, of the page and of the worker", withSink(async ({ open, sessionOf, sink }) => {
  const { page, worker } = await attacked(open, sessionOf, sink, { bypassCSP: true });
  const both = ["events", "fetch", "module.js", "script.js", "socket", "xhr"];
  assert.deepEqual(worker, [...both, "tls"].sort());
  for (const name of [...both, "background", "beacon", "blob-worker", "font", "form", "frame", "image", "manifest", "object",
    "packet", "prefetch", "preload", "style.css", "video"]) {
    assert.ok(page.includes(name), `${name} of ${page}`);
  }
}));

browserTest("with the policy no word leaves from the page or from inside the worker, whatever is tried", withSink(async ({ open, sessionOf, sink }) => {
  const { page, worker } = await attacked(open, sessionOf, sink);
  assert.deepEqual(worker, []);
  // Chromium opens a connection before it finds that the policy forbids a frame or a form, and closes it without a word;
  // no policy that it knows stops WebRTC's packets: see the next test.
  assert.deepEqual(page.filter((name) => name !== "nothing" && name !== "packet"), []);
}));

// What a policy cannot stop, the program has no means for: wasm can only call what its JavaScript imports.
test("the release has no code for any way out", () => {
  const code = readdirSync(DIST).filter((name) => name.endsWith(".js"));
  assert.ok(code.length >= 3, code.join());
  const ways = /RTCPeerConnection|sendBeacon|WebSocket|WebTransport|EventSource|XMLHttpRequest|preconnect|dns-prefetch|\bopen\s*\(\s*["'`]http|location\s*=[^=]|location\.(assign|replace)/;
  for (const name of code) {
    const text = readFileSync(join(DIST, name), "utf8");
    assert.doesNotMatch(text, ways, name);
    const hosts = [...text.matchAll(/https?:\/\/[\w.-]+/g)].map((found) => found[0]);
    // Names of vocabularies, and where a message for developers says to read on: nobody asks for them.
    assert.deepEqual(hosts.filter((host) => !/\/\/(www\.w3\.org|developer\.mozilla\.org)$/.test(host)), [], name);
  }
});

browserTest("a whole run through the app reaches no other address", { timeout: 240_000 }, withSink(async ({ open, sink }) => {
  // With all that is kept for use without network, too.
  const page = await open("", { flags: sink.flags, serviceWorkers: "allow" });
  await says(page, /3,240/, { selector: ".chip-data" });
  await page.evaluate(() => { location.hash = "#/data"; });
  const days = Array.from({ length: 60 }, (_, i) => `C${i % 9},2024-0${1 + i % 9}-1${i % 9},${10 + i * 3},http://away.example/p${i % 4}`);
  await importFile(page, `customer,date,amount,product\n${days.join("\n")}\nC1,soon,5,<img src=http://away.example/i>\n`);
  await stay(page);
  let files = 0;
  const take = async (one) => {
    await download(page, () => one.click());
    files += 1;
  };
  for (const name of await pagesOf(page)) {
    await show(page, name);
    await unfold(page);
    for (const chart of await page.locator("main .chart-save").all()) {
      for (const kind of ["SVG", "PNG", "CSV"]) {
        await chart.evaluate((menu) => { menu.open = true; });
        await take(chart.getByRole("button", { name: kind, exact: true }));
      }
    }
    for (const one of await page.locator("main button:enabled", { hasText: /CSV\)$|^Download/ }).all()) {
      if (await one.isVisible()) await take(one);
    }
  }
  assert.ok(files >= 10, `${files} files were taken`);

  await show(page, "rfm");
  await page.getByRole("banner").getByRole("button", { name: "Share" }).click();
  await until(page, () => document.querySelector("dialog[open] .qr svg"), { what: "the code of the link" });
  await page.keyboard.press("Escape");
  await page.locator(".workspace-name").click();
  const whole = await download(page, () => page.locator("dialog[open]").getByRole("button", { name: "Save to a file, with data" }).click());
  await page.keyboard.press("Escape");
  await dropFile(page, "body", { name: "again.quintile", bytes: whole.bytes });
  await says(page, /was opened from the file/, { selector: ".notices" });
  await page.locator("h1").first().click();
  await page.keyboard.press("p");
  await until(page, () => document.documentElement.classList.contains("presenting"), { what: "the presenter" });
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Escape");
  await page.pdf();
  await page.evaluate(() => { location.hash = "#/settings"; });
  await button(page, "Dark").click();
  await button(page, "繁體中文").click();
  await until(page, () => document.documentElement.lang === "zh-Hant", { what: "Chinese" });
  await saved(page);
  await page.reload();
  await until(page, () => document.documentElement.dataset.ready === "1", { what: "the app again" });
  await settled();
  assert.deepEqual(sink.take(), []);
}));
