// The last board this tablet showed, sealed in the pocket, so that a closed tab opens again without a network.
import { serviceNow } from "./clock.js";
import { offlineSince } from "./contact.js";
import { me } from "./me.js";
import { get, keep } from "./vault.js";

const HOUR = 3600_000; // ms

let seen = null; // when the service last answered this page; from then on its life is counted

// Keeps this page as it stands now, if it is one to keep.
export async function keepPage() {
  const main = document.getElementById("content");
  if (!main?.querySelector("#board")) return;
  if (offlineSince() === null || seen === null) seen = serviceNow();
  const { pocket_hours: hours = 12 } = await me();
  const page = {
    seen,
    title: document.title,
    body: { class: document.body.className, ...document.body.dataset },
    main: { class: main.className, html: main.innerHTML },
    styles: Array.from(document.querySelectorAll("link[rel=stylesheet]"), (link) => link.getAttribute("href")),
    scripts: sources().filter((address) => !/\/(online|shell)\./.test(address)), // the shell starts in its own way
  };
  await keep("pages", page, seen + hours * HOUR - serviceNow(), location.pathname);
}

function sources() {
  return Array.from(document.querySelectorAll("script[src]"), (script) => script.getAttribute("src"));
}

// Puts a kept page back; answers whether there was one.
export async function restorePage(path) {
  const page = await get("pages", path).catch(() => null);
  if (page === null) return false;
  const { class: style, ...data } = page.body;
  document.title = page.title;
  document.body.className = style;
  Object.assign(document.body.dataset, data);
  page.styles.filter((href) => !document.querySelector(`link[href="${href}"]`)).forEach(addStyle);
  const main = document.getElementById("content");
  main.className = page.main.class;
  main.innerHTML = page.main.html;
  delete document.getElementById("board").dataset.offset; // what /clock said last is newer
  document.getElementById("board").dataset.now = serviceNow() * 1000; // microseconds, as the service writes it
  seen = page.seen;
  await Promise.all(page.scripts.map((address) => import(address)));
  return true;
}

function addStyle(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}

// Has the service worker keep the shell and what this page is made of. Nothing about anybody is in these.
export async function stockShell() {
  const parts = Array.from(document.querySelectorAll("script[src], link[rel=stylesheet]"), (part) => part.src ?? part.href);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ parts: parts.map((address) => new URL(address, location).pathname) });
}
