// Starts the app, and is still there when the app is not: the loading screen, browsers that cannot run it, and the
// crash screen. It knows nothing of the app but the names in index.html's <meta> tags, the attribute `data-ready`
// that the app sets on <html> after its first rendering, the stored language and theme, and the database's name.

const DATABASE = "quintile";
const RETRIES = 2;
const OLDEST = "Chrome / Edge 96, Firefox 89, Safari / iOS 16.4";

const TEXTS = {
  en: {
    loading: "Loading…",
    starting: "Starting…",
    retrying: "The connection broke off; trying again…",
    of: (done, all) => `${done} of ${all} MB`,
    tooOld: (what) => `This browser is too old for Quintile (it lacks ${what}). Please update it, or use one of these or later: ${OLDEST}.`,
    offline: "This device seems to be offline. Quintile has not been loaded yet; please connect and try again.",
    gone: "Quintile was updated on the server in the meantime. Please reload the page.",
    status: (status) => `The server answered with an error (${status}).`,
    broken: "Quintile could not be loaded.",
    retry: "Try again",
    reload: "Reload",
    inApp: (name) => `You are in the browser inside ${name}. Downloads often fail here, and saved work can get lost: open this page in the device's own browser (Safari, Chrome).`,
    openOutside: "Open in the browser",
    copyLink: "Copy the link",
    copied: "Copied",
    dismiss: "Stay here",
    crashed: "Quintile has stopped",
    crashedText: "An error in Quintile, not in your data. What was saved is still in this browser. Reload to go on; to be safe, download your workspace first.",
    rescue: "Download my workspace",
    rescued: "Downloaded.",
    nothingSaved: "Nothing is saved in this browser yet.",
    rescueFailed: (why) => `The saved work could not be read: ${why}`,
  },
  zh: {
    loading: "載入中…",
    starting: "啟動中…",
    retrying: "連線中斷，正在重試…",
    of: (done, all) => `${done}／${all} MB`,
    tooOld: (what) => `這個瀏覽器版本太舊，無法執行 Quintile（缺少 ${what}）。請更新瀏覽器，或改用以下版本或更新的瀏覽器：${OLDEST}。`,
    offline: "這台裝置似乎沒有連上網路。Quintile 尚未載入，請連線後再試一次。",
    gone: "Quintile 剛剛在伺服器上更新了，請重新載入本頁。",
    status: (status) => `伺服器回應錯誤（${status}）。`,
    broken: "無法載入 Quintile。",
    retry: "再試一次",
    reload: "重新載入",
    inApp: (name) => `您正在使用 ${name} 內建的瀏覽器，下載檔案常會失敗，儲存的內容也可能遺失。請改用裝置本身的瀏覽器（Safari、Chrome）開啟本頁。`,
    openOutside: "以瀏覽器開啟",
    copyLink: "複製連結",
    copied: "已複製",
    dismiss: "留在這裡",
    crashed: "Quintile 已停止運作",
    crashedText: "這是 Quintile 的錯誤，不是您的資料有問題。已儲存的內容仍在這個瀏覽器裡。重新載入即可繼續；保險起見，可以先下載您的工作區。",
    rescue: "下載我的工作區",
    rescued: "已下載。",
    nothingSaved: "這個瀏覽器裡還沒有儲存任何內容。",
    rescueFailed: (why) => `無法讀取已儲存的內容：${why}`,
  },
};

const root = document.documentElement;
const meta = (name) => document.querySelector(`meta[name="quintile-${name}"]`);
const asset = (name) => new URL(meta(name).content, document.baseURI).href;
const texts = () => (root.lang.startsWith("zh") ? TEXTS.zh : TEXTS.en);

// What the person chose in the app, as the app stores it; nothing at a first visit or where storage is forbidden.
function preferences() {
  try {
    return JSON.parse(localStorage.getItem("quintile.preferences")) || {};
  } catch {
    return {};
  }
}

// The same choice as the app makes at a first visit: the first Chinese or English of the preferred languages.
function preferredLanguage() {
  const known = navigator.languages.map((tag) => tag.toLowerCase()).find((tag) => /^(zh|en)/.test(tag));
  return known && known.startsWith("zh") ? "zh-Hant" : "en";
}

function element(name, className, text, children = []) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function button(text, className, work) {
  const made = element("button", `boot-button ${className}`, text);
  made.type = "button";
  made.addEventListener("click", work);
  return made;
}

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
}

function showFailure(text, detail) {
  showEnd(text, detail);
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

class BadStatus extends Error {
  constructor(status) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

// The answer, passed on as it comes, with the bytes counted: the browser compiles while it loads.
async function fetchCounting(url, all) {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new BadStatus(response.status);
  let done = 0;
  const reader = response.body.getReader();
  const counted = new ReadableStream({
    async pull(controller) {
      const part = await reader.read();
      if (part.done) {
        message.textContent = texts().starting;
        controller.close();
      } else {
        done += part.value.length;
        showProgress(done, all);
        controller.enqueue(part.value);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(counted, { headers: { "Content-Type": "application/wasm" } });
}

async function load(attempt) {
  // A browser may remember that a module failed to load: another address makes it ask again.
  const script = asset("page-js") + (attempt ? `?retry=${Date.now()}` : "");
  const [module, wasm] = await Promise.all([
    import(script),
    fetchCounting(asset("page-wasm"), Number(meta("page-wasm").dataset.bytes)),
  ]);
  await module.default({ module_or_path: wasm });
}

async function start() {
  message.textContent = texts().loading;
  for (let attempt = 0; ; attempt++) {
    try {
      return await load(attempt);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) return crashed(String(error));
      console.error(error);
      const lasting = error instanceof BadStatus && error.status < 500;
      if (attempt < RETRIES && !lasting && navigator.onLine) {
        message.textContent = texts().retrying;
        await new Promise((done) => setTimeout(done, 500 * 2 ** attempt));
        continue;
      }
      const t = texts();
      if (!navigator.onLine) return showFailure(t.offline);
      if (!(error instanceof BadStatus)) return showFailure(t.broken, String(error));
      return showFailure(error.status === 404 ? t.gone : t.status(error.status), error.message);
    }
  }
}

function removeShellWhenReady() {
  const ready = () => root.dataset.ready === "1";
  const observer = new MutationObserver(() => {
    if (ready()) {
      observer.disconnect();
      shell.remove();
    }
  });
  observer.observe(root, { attributes: true, attributeFilter: ["data-ready"] });
}

// ---- Browsers inside other apps

function hostingApp() {
  const apps = [
    [/\bLine\//i, "LINE"],
    [/FBAN|FBAV|FB_IAB/, "Facebook / Messenger"],
    [/Instagram/, "Instagram"],
    [/MicroMessenger/, "WeChat"],
  ];
  const found = apps.find(([pattern]) => pattern.test(navigator.userAgent));
  return found && found[1];
}

function offerSystemBrowser() {
  const app = hostingApp();
  if (!app || sessionFlag("get")) return;
  const t = texts();
  const buttons = element("div", "boot-buttons");
  const notice = element("aside", "boot-notice", "", [element("p", "", t.inApp(app)), buttons]);
  if (app === "LINE") {
    const outside = new URL(location.href);
    outside.searchParams.set("openExternalBrowser", "1");
    const link = element("a", "boot-button boot-first", t.openOutside);
    link.href = outside.href;
    buttons.append(link);
  }
  const copy = button(t.copyLink, "", () =>
    navigator.clipboard.writeText(location.href).then(
      () => { copy.textContent = t.copied; },
      () => window.prompt(t.copyLink, location.href),
    ));
  const dismiss = button(t.dismiss, "", () => {
    sessionFlag("set");
    notice.remove();
  });
  buttons.append(copy, dismiss);
  document.body.prepend(notice);
}

// Remembers for this visit that the notice was dismissed; storage may be forbidden, then it is shown again.
function sessionFlag(what) {
  try {
    if (what === "get") return sessionStorage.getItem("quintile.in-app-dismissed") === "1";
    sessionStorage.setItem("quintile.in-app-dismissed", "1");
  } catch { /* forbidden */ }
  return false;
}

// ---- The crash screen

let crashShown = false;

function crashed(what) {
  if (crashShown) return;
  crashShown = true;
  const t = texts();
  const result = element("p", "");
  result.setAttribute("role", "status");
  const say = (text) => { result.textContent = text; };
  const title = element("h2", "", t.crashed);
  title.id = "boot-crash-title";
  const dialog = element("dialog", "boot-crash", "", [
    title,
    element("p", "", t.crashedText),
    element("div", "boot-buttons", "", [
      button(t.reload, "boot-first", () => location.reload()),
      button(t.rescue, "", () =>
        rescue().then(
          (found) => say(found ? t.rescued : t.nothingSaved),
          (error) => say(t.rescueFailed(String(error))),
        )),
    ]),
    result,
    element("pre", "", `${what}\nQuintile ${meta("version").content}`),
  ]);
  dialog.id = "boot-crash";
  dialog.setAttribute("aria-labelledby", title.id);
  // The app behind it no longer works: there is nothing to go back to.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
}

const settled = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function openDatabase() {
  const request = indexedDB.open(DATABASE);
  // It is asked to make the database only where there is none: then there is nothing to save.
  request.onupgradeneeded = () => request.transaction.abort();
  try {
    return await settled(request);
  } catch (error) {
    if (error && error.name === "AbortError") return null;
    throw error;
  }
}

// Saves all records of all stores as one JSON file; binary values as base64.
async function rescue() {
  const database = await openDatabase();
  if (!database) return false;
  const parts = [`{"format":"quintile-rescue","app":${JSON.stringify(meta("version").content)},"stores":{`];
  for (const [index, name] of [...database.objectStoreNames].entries()) {
    parts.push(`${index ? "," : ""}${JSON.stringify(name)}:[`);
    await eachRecord(database, name, (key, value, at) => {
      parts.push(`${at ? "," : ""}\n${JSON.stringify({ key, value }, storable)}`);
    });
    parts.push("]");
  }
  parts.push("}}\n");
  database.close();
  const link = element("a");
  link.href = URL.createObjectURL(new Blob(parts, { type: "application/json" }));
  link.download = `quintile-rescue-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}

function eachRecord(database, store, visit) {
  return new Promise((done, failed) => {
    let at = 0;
    const request = database.transaction(store).objectStore(store).openCursor();
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return done();
      visit(cursor.primaryKey, cursor.value, at++);
      cursor.continue();
    };
  });
}

function storable(key, value) {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof ArrayBuffer) return { base64: base64(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) return { base64: base64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  return value;
}

function base64(data) {
  let text = "";
  for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
  return btoa(text);
}

// ---- Go

const { lang, theme } = preferences();
root.lang = lang === "en" || lang === "zh-Hant" ? lang : preferredLanguage();
if (theme === "light" || theme === "dark") root.dataset.theme = theme;
window.quintileCrashed = crashed; // the panic hook calls it
window.addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) crashed(String(event.error));
});
window.addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof WebAssembly.RuntimeError) crashed(String(event.reason));
});
removeShellWhenReady();
offerSystemBrowser();
const missing = missingAbility();
if (missing) showEnd(texts().tooOld(missing));
else start();
