// Served at /sw.js. Without a network a page opens as the shell, which holds nothing about anybody; what the tablet
// keeps about the room is sealed in its pocket, out of reach of this script.
const SHELL = "shell";
const PATIENCE = 4000; // ms
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\./;

self.addEventListener("install", (event) => event.waitUntil(stock([]).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(stock(event.data.parts).catch(() => {})));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request, url));
});

// Keeps the shell, these parts and whatever they name in turn; forgets the rest.
async function stock(parts) {
  const found = new Map();
  const gather = async (address) => {
    if (found.has(address)) return;
    found.set(address, null);
    const response = await fetch(address);
    if (!response.ok) throw new Error(address);
    found.set(address, response.clone());
    await Promise.all(named(address, await response.text()).map(gather));
  };
  await Promise.all(["/shell/", ...parts].map(gather));
  const cache = await caches.open(SHELL);
  await Promise.all(Array.from(found, ([address, response]) => cache.put(address, response)));
  const old = (await cache.keys()).filter(({ url }) => !found.has(new URL(url).pathname));
  await Promise.all(old.map((request) => cache.delete(request)));
}

// Scripts and styles that a page names, modules that a script imports.
function named(address, text) {
  const names = text.matchAll(/(?:src|href)="(\/static\/[^"]+)"|(?:from|import)\s*\(?"(\.[^"]+)"/g);
  const wanted = /\.(js|css)$/.test(address) ? 2 : 1;
  return Array.from(names, (match) => match[wanted]).filter(Boolean).map((name) => new URL(name, new URL(address, location)).pathname);
}

async function page(request) {
  const tooLong = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const response = await Promise.race([fetch(request).catch(() => null), tooLong]);
  if (response !== null && response.status < 502) return response;
  return (await caches.match("/shell/")) ?? Response.error();
}

async function part(request, url) {
  const kept = await caches.match(request);
  if (kept && NAMED_BY_CONTENT.test(url.pathname)) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
