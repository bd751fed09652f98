// The tablet's sealed store. Everything in it is encrypted (AES-GCM) under a key that scripts may use but cannot read,
// and ends by itself. Moments are ms by the service's clock.
import { serviceNow } from "./clock.js";

const STORES = ["keys", "me", "taps", "pages", "drafts"];
const utf8 = { to: new TextEncoder(), from: new TextDecoder() };

let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("fristed", 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name, { autoIncrement: true }));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function ask(store, mode, question) {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  const request = question(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(Array.isArray(request) ? request.map(({ result }) => result) : request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

async function key() {
  const known = await ask("keys", "readonly", (keys) => keys.get("one"));
  if (known) return known;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await ask("keys", "readwrite", (keys) => keys.add(fresh, "one")).catch(() => {}); // another tab may have been first
  return ask("keys", "readonly", (keys) => keys.get("one"));
}

// Keeps content for so long; under a name it replaces what was there, without one it is put at the end.
export async function keep(store, content, life, name) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), utf8.to.encode(JSON.stringify(content)));
  return ask(store, "readwrite", (records) => records.put({ iv, box, until: serviceNow() + life }, name));
}

// All that has not ended, in the order it was kept: [{ id, until, content }].
export async function all(store) {
  const [ids, records] = await ask(store, "readonly", (kept) => [kept.getAllKeys(), kept.getAll()]); // at one moment
  const known = await key();
  const read = await Promise.all(records.map((record, n) => open(known, ids[n], record)));
  return read.filter((record) => record !== null && record.until > serviceNow());
}

// How many there are that have not ended, without opening them.
export async function amount(store) {
  return (await ask(store, "readonly", (kept) => kept.getAll())).filter(({ until }) => until > serviceNow()).length;
}

export async function get(store, name) {
  return (await all(store)).find((record) => record.id === name)?.content ?? null;
}

async function open(known, id, { iv, box, until }) {
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, known, box);
    return { id, until, content: JSON.parse(utf8.from.decode(plain)) };
  } catch {
    return null; // its key is gone
  }
}

export function remove(store, id) {
  return ask(store, "readwrite", (records) => records.delete(id));
}

export function empty(store) {
  return ask(store, "readwrite", (records) => records.clear());
}

// Deletes what has ended; answers how many of this store that were.
export async function sweep(store) {
  const ids = await ask(store, "readonly", (kept) => kept.getAllKeys());
  const living = new Set((await all(store)).map((record) => record.id));
  const ended = ids.filter((id) => !living.has(id));
  await Promise.all(ended.map((id) => remove(store, id)));
  return ended.length;
}
