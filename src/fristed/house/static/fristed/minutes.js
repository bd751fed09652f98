// Clocks of the board. The page holds moments (microseconds); what has passed since is counted here, by the service's
// clock as last measured and this page's steady clock, so it goes on without a network and if someone sets the tablet.
import { clockText } from "./clock.js";

const SECOND = 1e6;
const MINUTE = 60 * SECOND;

const PACE = 1000 * Number(document.body.dataset.pace || 1); // a rehearsal may run faster than the world
let base = null; // the service's moment at performance.now() === 0

export function setClock(moment) {
  base = moment - performance.now() * PACE;
}

export function now() {
  return base + performance.now() * PACE;
}

export function minutes(span) {
  return Math.max(0, Math.floor(span / MINUTE));
}

// 4:05; 1:02:09 from an hour on. Ahead of its moment: counted down, and past it with a plus.
export function stopwatch(span) {
  const seconds = Math.floor(Math.abs(span) / SECOND);
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

function words(name, n) {
  return document.getElementById("board").dataset[name].replace("{n}", n);
}

function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function mark(element, name, value) {
  const key = `live${name}`;
  if (value === null || value === false) delete element.dataset[key];
  else if (element.dataset[key] !== String(value)) element.dataset[key] = value;
}

export function tick() {
  const at = now();
  for (const e of document.querySelectorAll("[data-minutes-since]")) set(e, words("minutes", minutes(at - e.dataset.minutesSince)));
  for (const e of document.querySelectorAll("time[data-ago]")) set(e, ago(at - e.dataset.ago));
  for (const e of document.querySelectorAll("[data-stopwatch]")) set(e, stopwatch(at - e.dataset.stopwatch));
  for (const e of document.querySelectorAll("[data-clock]")) set(e, clockText(at / 1000));
  for (const e of document.querySelectorAll("[data-check]")) check(e, at);
  for (const e of document.querySelectorAll("[data-watch]")) watch(e, at);
  for (const e of document.querySelectorAll("[data-undo-until]")) mark(e, "Gone", at - e.dataset.undoUntil > 10 * SECOND);
  for (const e of document.querySelectorAll("[data-visit]")) person(e, at);
  for (const e of document.querySelectorAll(".em-foot [data-use]")) set(e, words("minutes", minutes(at - e.dataset.use)));
}

function ago(span) {
  return span < MINUTE ? words("justNow") : words("ago", minutes(span));
}

// The two signals, never mixed. Danger: the minutes after use. Limit: how long in the place.
function person(tile, at) {
  const { used, danger, seated, limit } = tile.dataset;
  const after = at - used;
  const close = used && danger && after < Number(danger);
  for (const e of tile.querySelectorAll("[data-use]")) set(e, close ? stopwatch(after) : words("minutes", minutes(after)));
  mark(tile, "Danger", Boolean(close));
  const look = tile.querySelector("[data-danger-word]");
  if (look) look.hidden = !close;
  if (look) mark(look, "Hidden", true);
  const share = seated && limit ? (at - seated) / limit : 0;
  const ring = tile.querySelector("[data-ring]");
  if (ring) set(ring, ["○", "◔", "◑", "◕", "●"][Math.min(4, Math.floor(share * 4))]);
  const of = tile.querySelector(".of-limit");
  if (of) set(of, `${minutes(at - seated)} / ${words("minutes", minutes(limit))}`);
  mark(tile, "Limit", share >= 1 ? "over" : share >= 0.8 ? "near" : share >= 0.5 ? "half" : null);
  const over = tile.querySelector("[data-over-word]");
  if (over) over.hidden = share < 1;
  if (over) mark(over, "Hidden", true);
}

function watch(element, at) {
  const of = element.querySelector(".of");
  if (of) {
    const left = of.dataset.until - at;
    const all = minutes(of.dataset.until - of.dataset.length);
    set(of, left < 0 ? words("over", minutes(-left)) : words("left", Math.ceil(left / MINUTE)).replace("{all}", all));
    mark(element, "Over", left < 0);
  }
  const look = element.querySelector("[data-look]");
  if (!look) return;
  const wait = Number(look.dataset.looked) + Number(look.dataset.look) - at;
  mark(look, "Due", wait <= 0);
  set(look, wait <= 0 ? `▲ ${look.dataset.dueWord}` : look.dataset.inWord.replace("{n}", Math.ceil(wait / MINUTE)));
}

function check(element, at) {
  const left = element.dataset.check - at;
  const clock = element.querySelector("[data-countdown]");
  set(clock, left > 0 ? stopwatch(left) : `${element.dataset.dueWord} +${stopwatch(left)}`);
  mark(element, "Due", left <= 0);
}
