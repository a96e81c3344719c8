// Loads a file of the site whole, or fails and says why: given up when nothing comes any more, checked against its
// hash, so that half a file or a page of somebody else's is never taken for it, and asked for again.

import { wait } from "./{{dom.js}}";

const RETRIES = 2;
const STALL_MS = 20_000;

// `kind` is `offline`, `gone` (the site was updated), `status`, `stalled`, `foreign` (not the file that was asked
// for: a login page of a wifi, or a part of it) or `broken` (the connection, or anything else).
export class LoadError extends Error {
  constructor(kind, detail) {
    super(detail);
    this.kind = kind;
  }
}

// The failure as a LoadError; a device that is offline needs no other reason.
export function reason(error) {
  if (navigator.onLine === false) return new LoadError("offline", String(error));
  return error instanceof LoadError ? error : new LoadError("broken", String(error));
}

// Calls `attempt(number)` until it succeeds, a few times at most.
export async function persist(attempt, onRetry = () => {}) {
  for (let number = 0; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      // Code that ran and failed is loaded: that is no matter of the network.
      if (error instanceof WebAssembly.RuntimeError) throw error;
      console.error(error);
      const why = reason(error);
      if (number === RETRIES || why.kind === "offline" || why.kind === "gone") throw why;
      onRetry(why);
      await wait(500 * 2 ** number);
    }
  }
}

// What `use` makes of the answer, which it gets while the bytes still come: the browser compiles while it loads.
export const loadFile = (file, use, { onProgress = () => {}, onRetry } = {}) =>
  persist((number) => loadOnce(file, use, onProgress, number > 0), onRetry);

// A watch that aborts when nothing has been heard for too long.
function stallWatch() {
  const stop = new AbortController();
  let timer;
  const rest = () => clearTimeout(timer);
  const heard = () => {
    rest();
    timer = setTimeout(() => stop.abort(), STALL_MS);
  };
  heard();
  return { signal: stop.signal, heard, rest };
}

async function loadOnce(file, use, onProgress, afresh) {
  const watch = stallWatch();
  try {
    // What a cache between here and there holds may be what was wrong with it.
    const response = await fetch(file.url, { credentials: "same-origin", cache: afresh ? "reload" : "default", signal: watch.signal });
    if (!response.ok) {
      throw new LoadError(response.status === 404 || response.status === 410 ? "gone" : "status", `HTTP ${response.status}`);
    }
    const parts = [];
    let broken;
    const reader = response.body.getReader();
    const stream = new ReadableStream({
      async pull(controller) {
        const { done, value } = await reader.read().catch((error) => { throw (broken = error); });
        if (done) return controller.close();
        watch.heard();
        parts.push(value);
        onProgress(parts.reduce((sum, part) => sum + part.length, 0));
        controller.enqueue(value);
      },
      cancel: (why) => reader.cancel(why),
    });
    const type = file.url.endsWith(".wasm") ? "application/wasm" : "text/plain";
    const used = await use(new Response(stream, { headers: { "Content-Type": type } }))
      .then((value) => ({ value }), (error) => ({ error }));
    if (broken) throw broken;
    // What the bytes are says more than what went wrong with them.
    await check(file, parts);
    if (used.error) throw used.error;
    return used.value;
  } catch (error) {
    throw watch.signal.aborted ? new LoadError("stalled", `${STALL_MS / 1000} s without data: ${file.url}`) : error;
  } finally {
    watch.rest();
  }
}

async function check(file, parts) {
  const whole = new Blob(parts);
  const differs = new LoadError("foreign", `${whole.size} bytes that are not ${file.url}`);
  // Only secure contexts can hash: elsewhere the size must do.
  if (!globalThis.crypto?.subtle) {
    if (whole.size !== file.bytes) throw differs;
    return;
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await whole.arrayBuffer()));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== file.sha256) throw differs;
}
