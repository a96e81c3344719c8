// The clocks of the benchmarks. They run in the page: what the driver of the browser takes is not counted.

import { readFileSync, readdirSync } from "node:fs";

// Does something to the page and waits, frame by frame, until a selector shows a text that it did not show before.
export const timed = (page, action, done) => page.evaluate(async ([action, done]) => {
  const element = () => document.querySelector(done.selector);
  const before = done.changes ? element()?.innerText : undefined;
  const begin = performance.now();
  if (action.click) document.querySelector(action.click).click();
  if (action.button) [...document.querySelectorAll("main button")].find((one) => one.innerText.trim() === action.button).click();
  if (action.hash) location.hash = action.hash;
  if (action.select) globalThis.quintileChoose(action.select);
  for (;;) {
    await new Promise((frame) => requestAnimationFrame(frame));
    const now = element();
    const says = !done.says || new RegExp(done.says).test(now?.innerText ?? "");
    if (now && says && (!done.changes || now.innerText !== before)) return performance.now() - begin;
    if (performance.now() - begin > 600_000) throw new Error(`waited in vain for ${done.selector}`);
  }
}, [action, done]);

// Chooses an option by its text, wherever on the page it is.
export const choose = (page, option) => page.evaluate((option) => globalThis.quintileChoose(option), option);

// To be called before a page is opened: notes when the page asks its worker for something and has the answer, and
// every task that keeps the page from answering for more than 50 ms (the browser's own `longtask` entries).
export const observe = (context) => context.addInitScript(() => {
  const noted = { asked: [], tasks: [], changed: 0, since: 0 };
  globalThis.quintileBench = noted;
  globalThis.quintileChoose = (text) => {
    const select = [...document.querySelectorAll("select")].find((one) => [...one.options].some((option) => option.text === text));
    select.value = [...select.options].find((option) => option.text === text).value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) noted.tasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });
  addEventListener("change", () => { noted.changed = performance.now(); }, { capture: true });
  const heard = new WeakSet();
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener("message", ({ data }) => {
        const answered = performance.now();
        const request = noted.asked.find(({ id, done }) => id === data.id && !done);
        if (request && !data.body.startsWith('{"progress"')) Object.assign(request, { done: answered });
      });
    }
    if (typeof message?.body === "string") {
      const [, what, tool] = /^"?\{?"?(\w+)"?(?:.*?"tool":"(\w+)")?/.exec(message.body) ?? [];
      noted.asked.push({ id: message.id, what: what === "tool" ? tool : what, begin: performance.now() });
    }
    return post.call(this, message, ...rest);
  };
});

// Begins a stage: what was noted before is forgotten, and a task that began before is not of this stage, even where the
// browser tells of it later.
export const begin = (page) => page.evaluate(() =>
  Object.assign(globalThis.quintileBench, { asked: [], tasks: [], since: performance.now() }));

// What was noted since: { asked: [{ what, begin, done }], longest }, in ms.
export const noted = (page) => page.evaluate(() => {
  const { asked, tasks, changed, since } = globalThis.quintileBench;
  const own = tasks.filter(({ startTime }) => startTime >= since);
  return { asked, changed, longest: Math.max(0, ...own.map(({ duration }) => duration)) };
});

// How long the worker took for the first request of a kind.
export const took = ({ asked }, what) => {
  const request = asked.find((one) => one.what === what && one.done);
  return request ? request.done - request.begin : NaN;
};

// The memory that WebAssembly has in the worker, in MB: it never shrinks, so that this is its peak.
export const workerMemory = async (page) => {
  const sizes = page.workers().map((worker) => worker.evaluate(async () => (await wasm_bindgen()).memory.buffer.byteLength));
  return Math.max(0, ...await Promise.all(sizes)) / 1e6;
};

// The most memory that a process of the page has had, the browser's own code and data included, in MB; only Linux
// tells. `folder` is the browser's profile.
export function rendererPeak(folder) {
  const children = new Map();
  let browser;
  const read = (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return "";
    }
  };
  const processes = (() => {
    try {
      return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    } catch {
      return [];
    }
  })();
  for (const process of processes) {
    const stat = read(`/proc/${process}/stat`);
    const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
    children.set(parent, [...(children.get(parent) ?? []), process]);
    const command = read(`/proc/${process}/cmdline`);
    if (command.includes(folder) && !command.includes("--type=")) browser ??= process;
  }
  const peak = (process) => {
    const isRenderer = read(`/proc/${process}/cmdline`).includes("--type=renderer");
    const own = isRenderer ? Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${process}/status`))?.[1] ?? 0) * 1024 / 1e6 : 0;
    return Math.max(own, ...(children.get(process) ?? []).map(peak));
  };
  return browser ? peak(browser) : NaN;
}
