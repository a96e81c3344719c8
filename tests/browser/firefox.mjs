// Firefox over WebDriver BiDi, which every Firefox speaks: a WebSocket and a few of its commands, since playwright-core
// drives only a Firefox of its own.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";

const PREFERENCES = (downloads) => ({
  "browser.download.dir": downloads,
  "browser.download.folderList": 2,
  "browser.download.useDownloadDir": true,
  "browser.download.alwaysOpenPanel": false,
  "browser.helperApps.neverAsk.saveToDisk": "text/csv",
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.update.enabled": false,
  "intl.accept_languages": "en-US, en",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
});

// Starts Firefox with a profile of its own and opens one page in it.
export async function startFirefox({ downloads }) {
  const profile = await mkdtemp(join(tmpdir(), "quintile-firefox-"));
  const preferences = Object.entries(PREFERENCES(downloads)).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  await writeFile(join(profile, "user.js"), preferences.join("\n"));
  const browser = spawn(process.env.FIREFOX ?? "firefox-esr",
    ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  try {
    const socket = new WebSocket(`${await address(browser)}/session`);
    await new Promise((done, failed) => socket.on("open", done).on("error", failed));
    const session = conversation(socket);
    await session.ask("session.new", { capabilities: {} });
    await session.ask("session.subscribe", { events: ["log.entryAdded"] });
    const { contexts } = await session.ask("browsingContext.getTree", {});
    const page = pageOf(session, contexts[0].context);
    const close = async () => {
      await Promise.race([session.ask("browser.close", {}), new Promise((done) => setTimeout(done, 5000))]).catch(() => {});
      browser.kill("SIGKILL");
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    };
    return { page, close };
  } catch (error) {
    browser.kill("SIGKILL");
    throw error;
  }
}

// Where it listens, as it says itself.
function address(browser) {
  return new Promise((done, failed) => {
    let said = "";
    browser.stderr.on("data", (bytes) => {
      said += bytes;
      const found = said.match(/WebDriver BiDi listening on (ws:\/\/\S+)/);
      if (found) done(found[1]);
    });
    browser.on("error", failed);
    browser.on("exit", (code) => failed(new Error(`Firefox ended with ${code}: ${said}`)));
  });
}

// Commands with their answers, and what the page logs.
function conversation(socket) {
  const waiting = new Map();
  const logged = [];
  let last = 0;
  socket.on("message", (text) => {
    const message = JSON.parse(text.toString());
    if (message.type === "event") {
      const { level, text, type } = message.params;
      if (level === "error") logged.push(`${type}: ${text}`);
      return;
    }
    const { done, failed } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (message.type === "success") done?.(message.result);
    else failed?.(new Error(`${message.error}: ${message.message}`));
  });
  const ask = (method, params) => new Promise((done, failed) => {
    const id = ++last;
    waiting.set(id, { done, failed });
    socket.send(JSON.stringify({ id, method, params }));
  });
  return { ask, logged };
}

function pageOf({ ask, logged }, context) {
  // Runs a function in the page with texts as its arguments.
  const run = async (body, ...texts) => {
    const { type, result, exceptionDetails } = await ask("script.callFunction", {
      functionDeclaration: String(body), awaitPromise: true, target: { context },
      arguments: texts.map((value) => ({ type: "string", value })), userActivation: true,
    });
    if (type === "exception") throw new Error(exceptionDetails.text);
    return result.value;
  };
  const until = async (condition, what, ...texts) => {
    for (const end = Date.now() + 60_000; ;) {
      // While the page is being left, there is nobody to ask.
      const value = await run(condition, ...texts).catch(() => undefined);
      if (value !== undefined && value !== false && value !== null) return;
      if (Date.now() > end) throw new Error(`waited a minute in vain for ${what}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  };
  return {
    run,
    until: (condition, what) => until(`() => Boolean((${condition})())`, what),
    open: (url) => ask("browsingContext.navigate", { context, url, wait: "complete" }),
    reload: () => ask("browsingContext.reload", { context, wait: "complete" }),
    go: (hash) => run((hash) => { location.hash = hash; }, hash),
    click: (selector) => run((selector) => document.querySelector(selector).click(), selector),
    says: (pattern, selector) => until((selector, source) =>
      [...document.querySelectorAll(selector)].some((one) => new RegExp(source).test(one.innerText.trim())),
    `${selector} to say ${pattern}`, selector, pattern.source),
    // A file dropped on the page, as from a folder.
    drop: (name, content) => run((name, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], name, { type: "text/csv" }));
      for (const kind of ["dragenter", "dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
      }
    }, name, content),
    errors: () => logged,
  };
}
