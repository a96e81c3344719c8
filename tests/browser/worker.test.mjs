// Nothing leaves from inside the worker either: it is started from a blob, so that it inherits the page's policy.

import { createServer } from "node:http";
import { assert, browserTest } from "./harness.mjs";
import { saved, says } from "./steps.mjs";

async function withSink(body) {
  let connections = 0;
  const sink = createServer((_, response) => response.end("heard"));
  sink.on("connection", () => { connections += 1; });
  await new Promise((done) => sink.listen(0, "127.0.0.1", done));
  try {
    await body(`http://127.0.0.1:${sink.address().port}/`, () => connections);
  } finally {
    sink.closeAllConnections();
    sink.close();
  }
}

browserTest("the app's own running worker cannot reach another host", async ({ open, sessionOf }) => {
  await withSink(async (address, connections) => {
    const page = await open("#/rfm");
    await says(page, /3,240/, { selector: ".chip-data" });
    await saved(page);
    const workers = page.workers();
    assert.equal(workers.length, 1, workers.map((worker) => worker.url()).join());
    assert.match(workers[0].url(), /^blob:/);
    await fetch(address);
    assert.equal(connections(), 1, "the sink hears what reaches it");
    // What data could leave by, tried in the worker's own scope.
    const { outcome, violations } = await workers[0].evaluate(async (address) => {
      let violations = 0;
      self.addEventListener("securitypolicyviolation", () => { violations += 1; });
      const settle = (promise) => promise.then(() => "sent", () => "blocked");
      const post = () => fetch(address, { method: "POST", mode: "no-cors", body: "customers" });
      const request = () => new Promise((done, failed) => {
        const xhr = new XMLHttpRequest();
        xhr.open("GET", address);
        xhr.onload = done;
        xhr.onerror = failed;
        xhr.send();
      });
      const socket = () => new Promise((done, failed) => {
        const socket = new WebSocket(address.replace("http", "ws"));
        socket.onopen = done;
        socket.onerror = failed;
      });
      const events = () => new Promise((done, failed) => {
        const source = new EventSource(address);
        source.onopen = done;
        source.onerror = () => { source.close(); failed(); };
      });
      const script = async () => importScripts(address);
      const module = () => import(address);
      const outcome = await Promise.all([settle(post()), settle(request()), settle((async () => socket())()), settle((async () => events())()),
        settle(script()), settle(module())]);
      return { outcome, violations };
    }, address);
    assert.deepEqual(outcome, Array(6).fill("blocked"));
    assert.ok(violations >= 4, `the policy stopped ${violations} tries`);
    assert.equal(connections(), 1, "the worker reached the sink");
    // The blocked tries are noted as requests; they are what this test provokes.
    const { seen, site } = sessionOf(page);
    seen.requests = seen.requests.filter((url) => !url.startsWith(address));
    assert.ok(seen.requests.every((url) => url.startsWith(site.url) || url.startsWith("blob:")));
  });
});
