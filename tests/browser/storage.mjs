// The database as a test sees it: without the app, record by record.

// A page of the app's own origin on which the app does not run.
export async function bare(session) {
  const page = await session.context.newPage();
  await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await page.goto(`${session.site.url}assets.json`);
  return page;
}

// Runs in the page: opens the database of the app without changing its version.
const within = `
  const settled = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const opened = (version) => new Promise((done, failed) => {
    const request = indexedDB.open("quintile", version);
    request.onupgradeneeded = () => {
      for (const store of ["workspaces", "sections"]) {
        if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
      }
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
`;

const run = (page, body, arg) => page.evaluate(`(async (arg) => { ${within} ${body} })(${JSON.stringify(arg ?? null)})`);

// The records of a store: [{ key, bytes }], in the order of their keys.
export async function records(page, store) {
  const all = await run(page, `
    const database = await opened();
    const source = database.transaction(arg).objectStore(arg);
    const [keys, values] = await Promise.all([settled(source.getAllKeys()), settled(source.getAll())]);
    database.close();
    return keys.map((key, at) => [key, typeof values[at] === "string" ? values[at] : [...values[at]]]);
  `, store);
  return all.map(([key, value]) => ({ key, bytes: Buffer.from(value) }));
}

// Writes a record: bytes, or a text as the first version of the database had them.
export const put = (page, store, key, value, version) => run(page, `
  const database = await opened(arg.version ?? undefined);
  const transaction = database.transaction(arg.store, "readwrite");
  transaction.objectStore(arg.store).put(typeof arg.value === "string" ? arg.value : Uint8Array.from(arg.value), arg.key);
  await new Promise((done, failed) => { transaction.oncomplete = done; transaction.onabort = failed; });
  database.close();
`, { store, key, value: typeof value === "string" ? value : [...value], version });

// Opens the database in some version and holds it open, deaf to those who want to upgrade it.
export const hold = (page, version) => run(page, "globalThis.held = await opened(arg);", version);
export const letGo = (page) => page.evaluate(() => globalThis.held.close());

// CRC-32 (IEEE), as the records have it.
export function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

export function sealed(workspace) {
  const json = Buffer.from(JSON.stringify(workspace));
  const record = Buffer.alloc(json.length + 4);
  record.writeUInt32LE(crc32(json));
  json.copy(record, 4);
  return record;
}

export const unsealed = (record) => JSON.parse(record.subarray(4).toString());
