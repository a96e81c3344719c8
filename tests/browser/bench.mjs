// `cargo xtask bench`: how long the release build takes in a browser. Each measurement is a function that gets a
// fresh page and returns lines of { what, milliseconds }; the files beside this one whose names end in `.bench.mjs`
// export them:
//
//   export const measurements = { "70 thousand transactions": async ({ page }) => [{ what: "import", milliseconds: 1 }] };

import { readdirSync } from "node:fs";
import { cpus } from "node:os";
import { launch, openPage, until } from "./harness.mjs";
import { observe } from "./timed.mjs";

const RUNS = Number(process.env.RUNS ?? 3);
const pattern = new RegExp(process.argv[2] ?? "");

// From opening the address to the first rendering, in a fresh profile.
async function start() {
  const session = await launch();
  const begin = performance.now();
  await openPage(session);
  const ready = performance.now() - begin;
  await session.close();
  return [{ what: "open → ready", milliseconds: ready }];
}

// From the arrival of the page's wasm to the page that answers, and to the start page's figures, on a processor four
// times as slow; and the longest time in between in which the page did not answer.
async function startOnSlowProcessor() {
  const session = await launch();
  try {
    const page = await session.context.newPage();
    await page.addInitScript(() => {
      const seen = (globalThis.quintileBench = { longest: 0 });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
      }).observe({ type: "longtask", buffered: true });
      const look = () => {
        if (document.documentElement?.dataset.ready === "1") seen.ready ??= performance.now();
        if (/\d/.test(document.querySelector("main .figure-value")?.innerText ?? "")) seen.figures ??= performance.now();
        else requestAnimationFrame(look);
      };
      look();
    });
    const devtools = await session.context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(session.site.url);
    await until(page, () => globalThis.quintileBench.figures, { timeout: 120_000, what: "the figures" });
    const { ready, figures, longest, arrived } = await page.evaluate(() => {
      const [wasm] = performance.getEntriesByType("resource").filter(({ name }) => /\/page-[^/]*\.wasm$/.test(name));
      return { ...globalThis.quintileBench, arrived: wasm.responseEnd };
    });
    return [
      { what: "wasm arrived → ready", milliseconds: ready - arrived },
      { what: "wasm arrived → figures", milliseconds: figures - arrived },
      { what: "longest task", milliseconds: longest },
    ];
  } finally {
    await session.close();
  }
}

async function measured(measure) {
  const session = await launch();
  try {
    await observe(session.context);
    const page = await openPage(session);
    page.setDefaultTimeout(600_000);
    return await measure({ page, session, until });
  } finally {
    await session.close();
  }
}

const all = { start, "start, processor 4 times slower": startOnSlowProcessor };
for (const file of readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".bench.mjs"))) {
  const { measurements } = await import(`./${file}`);
  for (const [name, measure] of Object.entries(measurements)) all[name] = () => measured(measure);
}

console.log(`${cpus().length} × ${cpus()[0]?.model}; the middle of ${RUNS} runs (least–most), in ms`);
for (const [name, run] of Object.entries(all).filter(([name]) => pattern.test(name))) {
  const times = new Map();
  for (let count = 0; count < RUNS; count++) {
    for (const { what, milliseconds } of (await run()).filter(({ milliseconds }) => !Number.isNaN(milliseconds))) times.set(what, [...(times.get(what) ?? []), milliseconds]);
  }
  for (const [what, values] of times) {
    values.sort((a, b) => a - b);
    const [least, middle, most] = [0, values.length >> 1, values.length - 1].map((at) => values[at].toFixed(0));
    console.log(`${name}: ${what}: ${middle} (${least}–${most})`);
  }
}
