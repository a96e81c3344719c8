// Keeps the site on this device and up to date, once the app runs; nothing here delays it. The app reads how it stands
// from attributes of <html> and hears `quintile-offline` when one of them changes:
//   data-offline  "storing", "storing 12/34" (files), , "ready", "failed" or "unavailable"
//   data-update   "ready" when another version is on the device, whole
//   data-install  "ready" when the browser would install the app
// and acts through `window.quintileOffline`.

import { meta, root, wait } from "./{{dom.js}}";

const SCOPE = new URL("./", document.baseURI);
const RELEASE = meta("release").content;
const HOUR_MS = 3_600_000;
const RETRY_MS = 30_000;
const TAKE_OVER_MS = 5_000;

let registration = null;
let retryMs = RETRY_MS;
let installPrompt = null;

function show(name, value) {
  root.dataset[name] = value;
  window.dispatchEvent(new Event("quintile-offline"));
}

window.quintileOffline = {
  // Loads the page in the version that is on the device. The other pages go on with theirs.
  async update() {
    const worker = registration?.waiting;
    if (worker) {
      const taken = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
      worker.postMessage({ ask: "take over" });
      await Promise.race([taken, wait(TAKE_OVER_MS)]);
    }
    location.reload();
  },

  // Asks the person whether the app should be installed; only once for each time that the browser offers it.
  async install() {
    const prompt = installPrompt;
    installPrompt = null;
    show("install", "");
    await prompt?.prompt();
  },
};

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  installPrompt = event;
  show("install", "ready");
});
window.addEventListener("appinstalled", () => show("install", ""));

// ---- Versions

// As long as this page is open, the files of its version are needed.
navigator.locks?.request(`quintile ${SCOPE.pathname} ${RELEASE}`, { mode: "shared" }, () => new Promise(() => {}))
  .catch(() => {}); // Where storage is denied, locks are too; then nothing is kept for offline use either.

function ask(worker, question) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => done(event.data);
    worker.postMessage({ ask: question }, [port2]);
  });
}

// Looks at the newest version that is complete: this page's own, or another one.
async function look() {
  const newest = registration.waiting ?? registration.active;
  if (!newest) return;
  retryMs = RETRY_MS;
  show("offline", "ready");
  show("update", (await ask(newest, "release")) === RELEASE ? "" : "ready");
}

function follow(worker) {
  if (!worker) return;
  if (!registration.active) show("offline", "storing");
  let arrived = false;
  worker.onstatechange = () => {
    if (worker.state === "redundant" && !arrived) return tryLater();
    arrived = true;
    look();
  };
}

// A version that did not arrive whole is tried again, less and less often; at once when the network comes back.
async function tryLater() {
  if (!registration?.active) show("offline", "failed");
  const online = new Promise((done) => window.addEventListener("online", done, { once: true }));
  await Promise.race([wait(retryMs), online]);
  retryMs = Math.min(2 * retryMs, HOUR_MS);
  register();
}

async function register() {
  try {
    registration = await navigator.serviceWorker.register(new URL("service-worker.js", SCOPE), {
      scope: SCOPE.href, updateViaCache: "none",
    });
    if (!registration) throw new Error("refused");
  } catch {
    return tryLater();
  }
  registration.onupdatefound = () => follow(registration.installing);
  follow(registration.installing);
  look();
}

function keepUpToDate() {
  navigator.serviceWorker.addEventListener("controllerchange", look);
  navigator.serviceWorker.addEventListener("message", ({ data: { stored, of } }) => {
    if (root.dataset.offline.startsWith("storing")) show("offline", `storing ${stored}/${of}`);
  });
  navigator.serviceWorker.startMessages();
  const check = () => {
    if (document.visibilityState === "visible") registration?.update().catch(() => {}); // without network: later
  };
  setInterval(check, HOUR_MS);
  window.addEventListener("online", check);
}

async function start() {
  if (!navigator.serviceWorker) return show("offline", "unavailable");
  await appStarted();
  keepUpToDate();
  await register();
  navigator.serviceWorker.controller?.postMessage({ ask: "clear up" });
}

// The app, its worker and whatever it loads first come before all the rest.
async function appStarted() {
  while (root.dataset.ready !== "1") await wait(200);
  await window.quintileWorkerParts().catch(() => {});
  await wait(1_000);
  await new Promise((done) => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: 5_000 }) : done()));
}

start();
