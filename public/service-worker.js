// Keeps the whole site on the device, one cache for each version. A version is fetched completely, every file checked
// against its hash, before it is offered; until then, and until the person asks for it or has closed every page of
// the one before, the one before stays as it is. It talks to its own folder only.

const RELEASE = "{{release}}";

// The files of this version: path and SHA-256. The page itself is at the empty path.
const FILES = new Map({{files}});

const SCOPE = new URL(self.registration.scope);
// Other programs of the same origin have caches of their own; so has another copy of this one in another folder.
const PREFIX = `quintile ${SCOPE.pathname} `;
const OWN = PREFIX + RELEASE;
const AT_ONCE = 2;
const STALL_MS = 30_000;

const TYPES = {
  "": "text/html; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  wasm: "application/wasm",
  json: "application/json",
  webmanifest: "application/manifest+json",
  svg: "image/svg+xml",
  png: "image/png",
  txt: "text/plain; charset=utf-8",
};

const addressOf = (path) => new URL(path, SCOPE).href;

// ---- A new version

self.addEventListener("install", (event) => event.waitUntil(takeIn()));

// What has arrived of a version stays in its cache when the rest does not come: the next try goes on from there.
async function takeIn() {
  const cache = await caches.open(OWN);
  const waiting = [...FILES.keys()];
  const lane = async () => {
    while (waiting.length > 0) {
      const path = waiting.shift();
      if (!(await cache.match(addressOf(path)))) await cache.put(addressOf(path), answer(path, await verified(path)));
      tell({ stored: FILES.size - waiting.length, of: FILES.size });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  // Once more over all of them: the browser may have cleared the cache in the meantime.
  const kept = await caches.open(OWN).then((cache) => cache.keys());
  if (kept.length < FILES.size) throw new Error(`${kept.length} of ${FILES.size} files were kept`);
}

// The bytes of a file, from an earlier version or from the network.
async function verified(path) {
  const tries = [...(await earlier(path)), () => fetchBytes(path, "default"), () => fetchBytes(path, "reload")];
  let failure;
  for (const bytesOf of tries) {
    try {
      const bytes = await bytesOf();
      if ((await sha256(bytes)) === FILES.get(path)) return bytes;
      failure = new Error(`${bytes.byteLength} bytes that are not ${path || "the page"} of version ${RELEASE}`);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function earlier(path) {
  const found = [];
  for (const name of await ourCaches()) {
    const response = name !== OWN && (await (await caches.open(name)).match(addressOf(path)));
    if (response) found.push(() => response.arrayBuffer());
  }
  return found;
}

// Given up when nothing comes any more, so that it can be tried again.
async function fetchBytes(path, cache) {
  const stop = new AbortController();
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), STALL_MS);
  };
  heard();
  try {
    const response = await fetch(addressOf(path), { cache, credentials: "same-origin", signal: stop.signal, priority: "low" });
    if (!response.ok) throw new Error(`HTTP ${response.status}: ${path}`);
    const parts = [];
    const reader = response.body.getReader();
    for (let part; !(part = await reader.read()).done; heard()) parts.push(part.value);
    return await new Blob(parts).arrayBuffer();
  } finally {
    clearTimeout(timer);
  }
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What the file is does not depend on what the host took it for.
function answer(path, bytes) {
  const extension = path.includes(".") ? path.split(".").pop() : path;
  return new Response(bytes, {
    headers: { "Content-Type": TYPES[extension] ?? "application/octet-stream", "Content-Length": String(bytes.byteLength) },
  });
}

// ---- Taking over, and clearing up

self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), clearUp()])));

const ourCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

// Removes the versions that no page runs any more. A version on its way in clears up when it has taken over.
async function clearUp() {
  if (self.registration.installing || self.registration.waiting) return;
  const needed = await neededReleases();
  for (const name of await ourCaches()) {
    if (name !== OWN && needed && !needed.has(name.slice(PREFIX.length))) await caches.delete(name);
  }
}

// Each page holds a lock that names its release as long as it is open. Without such locks, others than this release
// are needed as long as there may be more than one page.
async function neededReleases() {
  if (!self.navigator.locks) {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    return pages.length > 1 ? null : new Set();
  }
  const { held } = await self.navigator.locks.query();
  return new Set(held.filter(({ name }) => name.startsWith(PREFIX)).map(({ name }) => name.slice(PREFIX.length)));
}

// ---- Answering

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) return;
  const path = url.pathname.slice(SCOPE.pathname.length).replace(/^index\.html$/, "");
  if (FILES.has(path)) event.respondWith(own(path, request));
  // A page of another version asks for its own files; their names have their hash in them.
  else if (/-[0-9a-f]{12}\.\w+$/.test(path)) event.respondWith(others(path, request));
});

// A file of this version. Where the browser has lost it, it comes from the network, and only as what it must be.
async function own(path, request) {
  const cache = await caches.open(OWN);
  const stored = await cache.match(addressOf(path));
  if (stored) return stored;
  try {
    const bytes = await verified(path);
    await cache.put(addressOf(path), answer(path, bytes)).catch(() => {});
    return answer(path, bytes);
  } catch {
    // Whatever else the network has there, the page deals with it as without this worker.
    return fetch(request);
  }
}

async function others(path, request) {
  for (const name of await ourCaches()) {
    const stored = await (await caches.open(name)).match(addressOf(path));
    if (stored) return stored;
  }
  return fetch(request);
}

// ---- Talking with pages

async function tell(message) {
  for (const page of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) page.postMessage(message);
}

self.addEventListener("message", (event) => {
  const { ask } = event.data ?? {};
  if (ask === "release") event.ports[0].postMessage(RELEASE);
  if (ask === "take over") self.skipWaiting();
  if (ask === "clear up") event.waitUntil(clearUp());
});
