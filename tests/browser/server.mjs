// A static server on this machine, as dumb as the dumbest host: it shows the files of one folder under a sub-path and
// nothing else, and notes every request that reaches it.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

// Returns { url, origin, requests, override, close }. `override.set("page", status)` makes requests whose path
// contains "page" fail with that status until it is deleted.
export async function serveFolder(folder, { prefix = "/some/sub/path/" } = {}) {
  const requests = [];
  const override = new Map();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url.split("?")[0]);
    requests.push({ method: request.method, path, url: request.url });
    const forced = [...override].find(([part]) => path.includes(part));
    const file = normalize(join(folder, path.slice(prefix.length) || "index.html"));
    const body = path.startsWith(prefix) && file.startsWith(normalize(folder) + sep) && !forced
      ? await readFile(file).catch(() => null)
      : null;
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(body ? 200 : forced?.[1] ?? 404, body ? { "content-type": type, "content-length": body.length } : {});
    response.end(request.method === "HEAD" ? undefined : body ?? "");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { url: origin + prefix, origin, requests, override, close };
}
