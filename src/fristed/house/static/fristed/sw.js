// Served at /sw.js. Without a network a page opens as the shell, which holds nothing about anybody; what the tablet
// keeps about the room is sealed in its pocket, out of reach of this script.
const SHELL = "shell";
const PATIENCE = 4000; // ms
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\./;

self.addEventListener("install", (event) => event.waitUntil(stock().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request, url));
});

async function stock() {
  const cache = await caches.open(SHELL);
  await cache.add("/shell/");
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
