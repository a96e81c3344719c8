// Starts the app: the loading screen, browsers that cannot run it, and the loading itself. It knows nothing of the
// app but the names in index.html's <meta> tags and the attribute `data-ready` that the app sets on <html> after its
// first rendering.

import { button, element, inLanguage, root, siteFile, wait } from "./{{dom.js}}";
import { LoadError, loadFile, persist } from "./{{load.js}}";

// The crash screen may still be on its way when the app stops: it then finds here why. It has no part in starting the app.
window.quintileCrashed ??= (what) => { window.quintileStopped ??= what; };
const trapped = (error) => { if (error instanceof WebAssembly.RuntimeError) window.quintileCrashed(String(error)); };
window.addEventListener("error", (event) => trapped(event.error));
window.addEventListener("unhandledrejection", (event) => trapped(event.reason));

const OLDEST = "Chrome / Edge 96, Firefox 89, Safari / iOS 16.4";
const PATIENCE_MS = 45_000;
const STYLE_PATIENCE_MS = 10_000;

const TEXTS = {
  en: {
    loading: "Loading…",
    starting: "Starting…",
    retrying: "The connection broke off; trying again…",
    of: (done, all) => `${done} of ${all} MB`,
    tooOld: (what) => `This browser is too old for Quintile (it lacks ${what}). Please update it, or use one of these or later: ${OLDEST}.`,
    offline: "This device seems to be offline. Quintile has not been loaded yet; please connect and try again.",
    gone: "Quintile was updated on the server in the meantime. Please reload the page.",
    status: "The server answered with an error. Please wait a moment and try again.",
    stalled: "Nothing comes over the connection any more. Please check it and try again.",
    foreign: "The network sent something else than Quintile, or only a part of it. If this wifi has a login page, log in there first, then try again.",
    broken: "Quintile could not be loaded. Please check the connection and try again.",
    retry: "Try again",
    reload: "Reload",
  },
  zh: {
    loading: "載入中…",
    starting: "啟動中…",
    retrying: "連線中斷，正在重試…",
    of: (done, all) => `${done}／${all} MB`,
    tooOld: (what) => `這個瀏覽器版本太舊，無法執行 Quintile（缺少 ${what}）。請更新瀏覽器，或改用以下版本或更新的瀏覽器：${OLDEST}。`,
    offline: "這台裝置似乎沒有連上網路。Quintile 尚未載入，請連線後再試一次。",
    gone: "Quintile 剛剛在伺服器上更新了，請重新載入本頁。",
    status: "伺服器回應錯誤，請稍候再試一次。",
    stalled: "連線沒有再傳來任何內容，請檢查網路後再試一次。",
    foreign: "網路傳來的不是 Quintile，或只有一部分。如果這個無線網路需要登入，請先完成登入，再試一次。",
    broken: "無法載入 Quintile，請檢查網路後再試一次。",
    retry: "再試一次",
    reload: "重新載入",
  },
};

const texts = () => inLanguage(TEXTS);

// ---- Can this browser run it?

function missingAbility() {
  const supports = (...bytes) => WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, ...bytes]));
  if (typeof WebAssembly !== "object") return "WebAssembly";
  if (typeof BigInt !== "function" || typeof BigInt64Array !== "function") return "BigInt";
  // A function that makes a v128, and one that makes a null reference.
  if (!supports(1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11)) return "WebAssembly SIMD";
  if (!supports(1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 7, 1, 5, 0, 208, 112, 26, 11)) return "WebAssembly reference types";
  return null;
}

// ---- The loading screen

const shell = document.getElementById("boot");
const message = document.getElementById("boot-message");
const bytes = document.getElementById("boot-bytes");
const progress = document.getElementById("boot-progress");

function showProgress(done, all) {
  const megabytes = (count) => (count / 1e6).toFixed(1);
  progress.value = Math.min(1, done / all);
  bytes.textContent = texts().of(megabytes(Math.min(done, all)), megabytes(all));
  if (done >= all) message.textContent = texts().starting;
}

function showFailure(error) {
  showEnd(texts()[error.kind], error.message);
  const buttons = element("div", "boot-buttons", "", [
    button(texts().retry, "boot-first", () => {
      buttons.remove();
      progress.hidden = false;
      start();
    }),
    button(texts().reload, "", () => location.reload()),
  ]);
  bytes.after(buttons);
}

function showEnd(text, detail) {
  message.textContent = text;
  bytes.textContent = detail || "";
  progress.hidden = true;
}

// ---- Loading

// A browser may remember that a script failed to load, or wait for one that never comes: another address makes it ask
// again.
const failed = new Set();
const addressOf = (url) => (failed.has(url) ? `${url}?retry=${Date.now()}` : url);

async function inTime(url, patience, work) {
  const stalled = new LoadError("stalled", `${patience / 1000} s: ${url}`);
  try {
    return await Promise.race([work(addressOf(url)), wait(patience).then(() => { throw stalled; })]);
  } catch (error) {
    failed.add(url);
    throw error;
  }
}

function loadPageScript(onRetry) {
  const { url } = siteFile("page-js");
  return persist(() => inTime(url, PATIENCE_MS, (address) => import(address)), onRetry);
}

function loadPageModule(onRetry, onProgress) {
  const file = siteFile("page-wasm");
  return loadFile(file, WebAssembly.compileStreaming, { onRetry, onProgress: (done) => onProgress(done, file.bytes) });
}

const heard = (target, event) => new Promise((done) => target.addEventListener(event, done, { once: true }));

// A sheet that failed to load has no rules, one that was cut lacks its end.
const styled = () => getComputedStyle(root).getPropertyValue("--style-sheet-end") !== "";

// The style sheet is a link in index.html, and nothing is painted while it is on its way: where it does not come, it
// makes room for another soon.
function loadStyle(onRetry) {
  const url = document.querySelector("link[rel=stylesheet]").href.split("?")[0];
  return persist(() => inTime(url, STYLE_PATIENCE_MS, async (address) => {
    let link = document.querySelector("link[rel=stylesheet]");
    if (address !== url) {
      const other = link.cloneNode();
      other.href = address;
      link.replaceWith(other);
      link = other;
      await Promise.race([heard(link, "load"), heard(link, "error")]);
    } else if (!styled() && document.readyState !== "complete") {
      // It may have failed before anybody listened; the page is not complete before that is settled.
      await Promise.race([heard(link, "load"), heard(link, "error"), heard(window, "load")]);
    }
    if (!styled()) throw new LoadError("broken", url);
  }), onRetry);
}

// What the worker is made of: the page's client asks for it, once for each time that it did not come. Kept, so that
// a worker that was cancelled or failed is replaced without the network.
let workerParts = null;

window.quintileWorkerParts = () => {
  workerParts ??= Promise.all([
    loadFile(siteFile("worker-js"), (response) => response.text()),
    loadFile(siteFile("worker-wasm"), WebAssembly.compileStreaming),
  ]).catch((error) => {
    workerParts = null;
    throw error;
  });
  return workerParts;
};

async function start() {
  message.textContent = texts().loading;
  // Once one of the files has failed for good, what becomes of the others is no news.
  let over = false;
  const onRetry = () => { if (!over) message.textContent = texts().retrying; };
  const onProgress = (done, all) => { if (!over) showProgress(done, all); };
  try {
    const [script, module] = await Promise.all([loadPageScript(onRetry), loadPageModule(onRetry, onProgress), loadStyle(onRetry)]);
    // On its way while the page starts; the page itself is not kept waiting for it.
    window.quintileWorkerParts().catch(() => {});
    await script.default({ module_or_path: module });
  } catch (error) {
    over = true;
    if (error instanceof WebAssembly.RuntimeError) window.quintileCrashed(String(error));
    else showFailure(error);
  }
}

function removeShellWhenReady() {
  const observer = new MutationObserver(() => {
    if (root.dataset.ready === "1") {
      observer.disconnect();
      shell.remove();
    }
  });
  observer.observe(root, { attributes: true, attributeFilter: ["data-ready"] });
}

// ---- Go

removeShellWhenReady();
const missing = missingAbility();
if (missing) showEnd(texts().tooOld(missing));
else start();
