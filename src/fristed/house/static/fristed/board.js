// The board: asks for changes, keeps the clocks, orders the places, opens sheets, answers keys.
import { clockText, setOffset } from "./clock.js";
import { missed, reached } from "./contact.js";
import { minutes, now, setClock, tick } from "./minutes.js";
import { patchChildren } from "./patch.js";

const EVERY = 600; // ms between questions: with the quarter second in which the service makes it anew, under one second
const PATIENCE = 5000; // ms
const REORDER = 15_000; // ms between reorderings
const STILL = 3000; // ms without a hand on the screen before anything may move

const board = document.getElementById("board");
const live = document.getElementById("live");
const more = document.getElementById("more");
const choosing = document.getElementById("choosing");
let version = `"${board.dataset.version}"`;
let heard = performance.now();
let touched = -STILL;
let down = false;
let asking = null;
let order = "plan";
let ordered = -REORDER;
let choice = null;

setClock(Number(board.dataset.now));
if (board.dataset.offset) setOffset(Number(board.dataset.offset));
place();
tick();
setInterval(() => { tick(); tell(); arrange(); }, 1000);
watch();

async function watch() {
  for (;;) {
    await ask();
    await new Promise((again) => { setTimeout(again, EVERY); asking = again; });
  }
}

async function ask() {
  const sent = performance.now();
  try {
    const response = await fetch(board.dataset.fragment, { headers: { "If-None-Match": version }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (response.redirected || response.status === 403) return location.reload();
    const moment = Number(response.headers.get("Fristed-Now"));
    if (moment && performance.now() - sent < 1000) setClock(moment + (performance.now() - sent) * 500);
    if (moment) heard = performance.now();
    if (moment) reached();
    if (response.status === 200) await show(response);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
  }
}

async function show(response) {
  const fresh = document.createElement("div");
  fresh.innerHTML = await response.text();
  for (let waited = 0; down && waited < 2000; waited += 50) await new Promise((again) => setTimeout(again, 50));
  for (const button of board.querySelectorAll("[data-live-original]")) delete button.dataset.liveOriginal;
  const focus = document.activeElement?.closest("[id]")?.id;
  document.dispatchEvent(new CustomEvent("fristed:fresh", { detail: fresh }));
  patchChildren(board, fresh);
  version = response.headers.get("ETag");
  place();
  offer();
  tick();
  board.dispatchEvent(new CustomEvent("fristed:board", { bubbles: true }));
  if (focus && document.activeElement === document.body) document.getElementById(focus)?.focus({ preventScroll: true });
}

function tell() {
  const silent = performance.now() - heard > 3 * EVERY + 1000;
  if (silent) missed();
  document.documentElement.dataset.liveBoard = silent ? "lost" : "on";
  const [dot, text] = live.children;
  dot.textContent = silent ? "▲" : "●";
  const words = silent ? `${live.dataset.off} ${clockText(now() / 1000 - (performance.now() - heard))}` : live.dataset.on;
  if (text.textContent !== words) text.textContent = words;
}

for (const [type, value] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
  document.addEventListener(type, () => { down = value; touched = performance.now(); }, true);
}
document.addEventListener("fristed:done", () => {
  asking?.();
  setTimeout(() => asking?.(), 260);
});

// Places stand where they stand in the room; other orders move them only while no hand is near.
function place() {
  for (const tile of tiles()) {
    tile.style.setProperty("--at-column", tile.dataset.column);
    tile.style.setProperty("--at-row", tile.dataset.line);
  }
  const plan = document.getElementById("plan");
  plan.style.setProperty("--columns", plan.dataset.columns);
  plan.style.setProperty("--lines", plan.dataset.lines);
}

function tiles() {
  return [...document.querySelectorAll(".tile")];
}

function arrange(wanted = false) {
  const time = performance.now();
  if (!wanted && (order === "plan" || time - ordered < REORDER || time - touched < STILL)) return;
  ordered = time;
  document.getElementById("plan").dataset.liveOrder = order;
  const ranked = tiles().sort((a, b) => (order === "risk" ? risk(b) - risk(a) : looked(a) - looked(b)) || a.dataset.number - b.dataset.number);
  ranked.forEach((tile, n) => { tile.style.order = order === "plan" ? "" : n; });
}

function risk(tile) {
  const { state, used, danger, liveDanger, liveLimit } = tile.dataset;
  if (state === "emergency") return 9;
  if (state === "watch") return 7;
  if (!used) return tile.dataset.visit ? 2 : 0;
  const flags = tile.querySelectorAll(".flags li").length * 0.1;
  const fading = 1 / (2 + minutes(now() - used));
  return (liveDanger ? 6 : danger ? 3 : 5) + flags + fading + (liveLimit === "over" ? 0.5 : 0);
}

function looked(tile) {
  return tile.dataset.visit ? Number(tile.dataset.looked) : Infinity;
}

function orderBy(name) {
  order = name;
  for (const button of document.querySelectorAll("[data-order]")) button.setAttribute("aria-pressed", button.dataset.order === order);
  arrange(true);
}

// More about one place or person: a sheet, whose taps can be set back in time.
function open(sheet, title) {
  const content = document.getElementById("more-content");
  content.replaceChildren(content.querySelector("[data-answer]"), sheet.content.cloneNode(true));
  content.querySelector("[data-answer]").replaceChildren();
  document.getElementById("more-title").textContent = title;
  more.querySelector("[name=back][value='0']").checked = true;
  more.showModal();
  document.getElementById("more-title").focus();
}

more?.addEventListener("change", () => {
  const back = more.querySelector("[name=back]:checked").value;
  for (const control of more.querySelectorAll("[data-act]")) control.dataset.setBack = back;
});
more?.addEventListener("fristed:done", () => more.close());
more?.addEventListener("click", (event) => { if (event.target === more) more.close(); });

// Seating or moving someone: first who, then where.
function choose(button) {
  choice = { kind: button.dataset.choose, visit: button.dataset.visit, word: button.dataset.word };
  if (more.open) more.close();
  offer();
  document.querySelector(".tile[data-live-offer] [data-next]")?.focus();
}

function offer() {
  for (const tile of document.querySelectorAll(".tile.free")) {
    const button = tile.querySelector("[data-next]");
    if (!button) continue;
    button.dataset.liveOriginal ??= JSON.stringify([button.textContent, button.dataset.args, button.hidden, button.dataset.act]);
    const [text, args, hidden, act] = JSON.parse(button.dataset.liveOriginal);
    if (choice === null) {
      Object.assign(button, { textContent: text, hidden });
      Object.assign(button.dataset, { args, act });
      delete button.dataset.liveOriginal;
      delete tile.dataset.liveOffer;
    } else {
      Object.assign(button, { textContent: `${choice.word || "?"} → ${tile.dataset.number}`, hidden: false });
      Object.assign(button.dataset, { args: JSON.stringify({ visit: choice.visit, place: Number(tile.dataset.number) }), act: `room.${choice.kind}` });
      tile.dataset.liveOffer = "";
    }
  }
  if (choosing) choosing.hidden = choice === null;
  if (choice) choosing.firstElementChild.textContent = choosing.firstElementChild.dataset[choice.kind].replace("{word}", choice.word || "?");
}

function stop() {
  choice = null;
  offer();
}
for (const end of ["fristed:done", "fristed:kept"]) {
  document.addEventListener(end, ({ detail }) => {
    if (choice && ["room.seat", "room.move"].includes(detail.act)) stop();
  });
}

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  if (at("[data-order]")) orderBy(at("[data-order]").dataset.order);
  else if (at("[data-more]")) sheetOf(at("[data-more]"));
  else if (at("[data-choose]")) choose(at("[data-choose]"));
  else if (at("[data-choose-stop]")) stop();
});

function sheetOf(button) {
  const owner = button.closest(".tile, .person");
  const title = [owner.dataset.number, owner.querySelector(".word")?.textContent].filter(Boolean).join(" · ");
  open(owner.querySelector("template.sheet"), title);
}

// Keys. Arrows go to the nearest place in that direction, as the places stand on the screen.
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ORDERS = ["plan", "risk", "looked"];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || event.target.closest("input, textarea, select")) return;
  if (document.body.dataset.liveEmergency) return;
  const tile = document.activeElement.closest(".tile");
  const press = (selector) => (tile ?? document).querySelector(selector)?.click();
  if (event.key in DIRECTIONS) go(tile, DIRECTIONS[event.key], event);
  else if (/^[1-9]$/.test(event.key)) document.getElementById(`place-${event.key}`)?.focus();
  else if (event.key === "o") orderBy(ORDERS[(ORDERS.indexOf(order) + 1) % 3]);
  else if (event.key === "Escape" && choice) stop();
  else if (tile && event.key === "b") press(".seen");
  else if (tile && event.key === "n") press("[data-next]:not([hidden])");
  else if (tile && event.key === "m") press("[data-more]");
  else if (tile && event.key === "E") press(".raise");
});

function go(from, [x, y], event) {
  event.preventDefault();
  const middle = (tile) => { const box = tile.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  if (!from) return tiles()[0]?.focus();
  const [fx, fy] = middle(from);
  const ahead = tiles().map((tile) => [tile, ...middle(tile)]).filter(([tile, tx, ty]) => tile !== from && (tx - fx) * x + (ty - fy) * y > 8);
  const far = ([, tx, ty]) => Math.hypot((tx - fx) * (x ? 1 : 3), (ty - fy) * (y ? 1 : 3));
  ahead.sort((a, b) => far(a) - far(b))[0]?.[0].focus();
}
