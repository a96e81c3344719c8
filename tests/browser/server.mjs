// A static server on this machine, as dumb as the dumbest host: it shows the files of one folder under a sub-path and
// nothing else, and notes every request that reaches it.

import { Buffer } from "node:buffer";
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

// What a bad network or host makes of a file: a status, or what it does to the answer.
export const trouble = {
  // The connection breaks off in the middle.
  broken(response, body, headers) {
    response.writeHead(200, headers);
    response.write(body.subarray(0, body.length >> 1), () => setTimeout(() => response.destroy(), 20));
  },
  // Only half of it, and nobody says so.
  half(response, body, headers) {
    response.writeHead(200, { ...headers, "content-length": body.length >> 1 });
    response.end(body.subarray(0, body.length >> 1));
  },
  // Nothing comes any more, and the connection stays.
  stalled(response, body, headers) {
    response.writeHead(200, headers);
    response.write(body.subarray(0, body.length >> 1));
  },
  // No answer at all.
  silent() {},
  // The login page of a wifi, with a status as if all were well.
  login(response, body, headers) {
    response.writeHead(200, { ...headers, "content-type": "text/html", "content-length": LOGIN_PAGE.length });
    response.end(LOGIN_PAGE);
  },
  // One byte is another.
  changed(response, body, headers) {
    const copy = Buffer.from(body);
    copy[copy.length - 9] ^= 1;
    response.writeHead(200, headers);
    response.end(copy);
  },
};

const LOGIN_PAGE = "<!doctype html><title>Campus wifi</title><p>Please log in.</p>";

// Returns { url, origin, requests, override, folder, close }. `override.set("page", 404)` makes requests whose path
// contains "page" (or matches a pattern) fail with that status, or with one of `trouble`, until it is deleted. Another `folder` is another
// version of the site.
export async function serveFolder(folder, { prefix = "/some/sub/path/" } = {}) {
  const requests = [];
  const site = { folder };
  const override = new Map();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url.split("?")[0]);
    requests.push({ method: request.method, path, url: request.url });
    const forced = [...override].find(([part]) => (part instanceof RegExp ? part.test(path) : path.includes(part)));
    const file = normalize(join(site.folder, path.slice(prefix.length) || "index.html"));
    const inside = path.startsWith(prefix) && file.startsWith(normalize(site.folder) + sep);
    const body = inside ? await readFile(file).catch(() => null) : null;
    const headers = body ? { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-length": body.length } : {};
    if (typeof forced?.[1] === "function") return forced[1](response, body ?? Buffer.alloc(0), headers);
    const status = forced?.[1] ?? (body ? 200 : 404);
    response.writeHead(status, status === 200 ? headers : {});
    response.end(request.method === "HEAD" || status !== 200 ? undefined : body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return Object.assign(site, { url: origin + prefix, origin, requests, override, close });
}
