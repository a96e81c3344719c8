// Reads what is stored without the app, and writes it as workspace files (src/core/workspace_file.rs): what is in
// them is checked by the app that opens them.

const DATABASE = "quintile";
const WORKSPACES = "workspaces";
const SECTIONS = "sections";
const FORMAT = 1;

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

// The stored workspaces, that of the id `first` before the others, and how many could not be read.
export async function rescuable(first) {
  const database = await openDatabase();
  if (!database) return { workspaces: [], unreadable: 0 };
  try {
    const store = () => database.transaction(WORKSPACES).objectStore(WORKSPACES);
    const [keys, values] = await Promise.all([settled(store().getAllKeys()), settled(store().getAll())]);
    // Of a workspace there may be an older state beside the newest: keys are `id` or `id/turn`, in the order of turns.
    const states = new Map();
    keys.forEach((key, at) => {
      const id = key.split("/")[0];
      states.set(id, readWorkspace(values[at]) ?? states.get(id) ?? null);
    });
    const readable = [...states.values()].filter(Boolean);
    const place = ({ id }) => (id === first ? 0 : 1);
    const workspaces = readable.filter(({ deleted }) => !deleted).sort((a, b) => place(a) - place(b));
    return { workspaces, unreadable: states.size - readable.length };
  } finally {
    database.close();
  }
}

// A state is JSON as a text, or a checksum and JSON as bytes; null where it is damaged.
function readWorkspace(state) {
  try {
    const json = typeof state === "string" ? new TextEncoder().encode(state) : state.subarray(4);
    if (typeof state !== "string" && crc32(json) !== checksumOf(state)) return null;
    const { id, records, deletion } = JSON.parse(new TextDecoder().decode(json));
    const source = records.source?.stored ?? records.source?.sample;
    return { id, name: records.name ?? "", json, data: source?.id ?? source?.added, deleted: Boolean(deletion?.in_bin) };
  } catch {
    return null;
  }
}

// It stands before the bytes.
const checksumOf = (value) => new DataView(value.buffer, value.byteOffset, 4).getUint32(0, true);

// The file of a workspace with its data, as a Blob.
export async function workspaceFile({ json, data }) {
  const sections = [{ name: "workspace", crc32: crc32(json), bytes: json }];
  const database = data && (await openDatabase());
  if (database) {
    try {
      const store = () => database.transaction(SECTIONS).objectStore(SECTIONS);
      const all = IDBKeyRange.bound(`${data}/`, `${data}0`, false, true);
      const names = await settled(store().getAllKeys(all));
      for (const name of names) {
        const value = await settled(store().get(name));
        sections.push({ name: name.slice(data.length + 1), crc32: checksumOf(value), bytes: value.subarray(4) });
      }
    } finally {
      database.close();
    }
  }
  const encoder = new TextEncoder();
  const format = join([encoder.encode("QUINTILE"), number(FORMAT, 4)]);
  const list = join([number(sections.length, 4), ...sections.flatMap(({ name, crc32, bytes }) => {
    const text = encoder.encode(name);
    return [number(text.length, 2), text, number(bytes.length, 8), number(crc32, 4)];
  })]);
  const head = [format, number(crc32(format), 4), list, number(crc32(list), 4)];
  return new Blob([...head, ...sections.map(({ bytes }) => bytes)], { type: "application/octet-stream" });
}

// Little endian.
function number(value, length) {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    bytes[at] = value % 256;
    value = Math.floor(value / 256);
  }
  return bytes;
}

function join(pieces) {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

// CRC-32 (IEEE), bit by bit: what is hashed here is short.
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
