// Says that there is no connection, what waits to be sent, and that an alarm raised here has reached nobody.
import { clockText } from "./clock.js";
import { offlineSince } from "./contact.js";
import { restoreDrafts } from "./drafts.js";
import { refresh } from "./me.js";
import { keepPage, stockShell } from "./page.js";
import { forgetOld, waiting } from "./pocket.js";
import { word } from "./words.js";

const OFTEN = 2000; // ms between two tries while there is no connection
const SELDOM = 15_000;
const ALARM = "room.raise_emergency";

let stuck = "";

export async function draw() {
  const taps = await waiting().catch(() => []);
  const since = offlineSince();
  const band = bandOf("band-offline", "band offline");
  band.hidden = since === null && taps.length === 0;
  if (!band.hidden) band.replaceChildren(...lines(since, taps));
  const unheard = taps.filter(({ tap }) => tap.act === ALARM);
  const shout = bandOf("band-unheard", "band emergency");
  shout.hidden = unheard.length === 0;
  if (!shout.hidden) shout.replaceChildren(text("p", word("others_not_alarmed")), ...unheard.flatMap(({ tap }) => way(tap.key)));
}

function lines(since, taps) {
  const said = since === null ? [] : [text("p", word("offline", { time: clockText(since) }))];
  if (taps.length === 0) return said;
  const details = document.createElement("details");
  const list = document.createElement("ol");
  list.append(...taps.map(({ tap, label }) => text("li", `${clockText(tap.at + (tap.error ?? 0))} ${label}`)));
  details.append(text("summary", word("pocketed", { n: taps.length, time: clockText(taps[0].until) })), list);
  return [...said, ...(stuck ? [text("p", stuck)] : []), details];
}

// To the emergency that only this tablet knows.
function way(key) {
  if (!document.getElementById(`emergency-${key}`)) return [];
  const link = text("a", word("alarm_open"));
  link.href = `#emergency-${key}`;
  link.className = "button";
  return [link];
}

function bandOf(id, style) {
  const known = document.getElementById(id);
  if (known) return known;
  const made = document.createElement("div");
  made.id = id;
  made.className = style;
  made.hidden = true;
  (document.getElementById("bands") ?? document.body).prepend(made);
  return made;
}

function text(tag, content) {
  const made = document.createElement(tag);
  made.textContent = content;
  return made;
}

function note(content) {
  const band = bandOf("band-note", "band note notice");
  band.hidden = false;
  band.replaceChildren(text("p", content));
  setTimeout(() => (band.hidden = true), 20_000);
}

document.addEventListener("fristed:offline", draw);
document.addEventListener("fristed:online", draw);
document.addEventListener("fristed:pocket", draw);
document.addEventListener("fristed:kept", () => draw().then(keepPage));
document.addEventListener("fristed:stuck", ({ detail }) => {
  stuck = detail.sentence;
  draw();
});
document.addEventListener("fristed:sent", ({ detail: { sent } }) => {
  stuck = "";
  for (const kept of document.querySelectorAll("[data-answer][data-live-ok]")) kept.replaceChildren(); // it is there by now
  const odd = sent.filter(({ answer }) => answer.flags.length).length;
  note(word("sent", { n: sent.length }) + (odd ? ` ${word("sent_odd", { n: odd })}` : ""));
});

async function beat() {
  await refresh().catch(() => {});
  setTimeout(beat, offlineSince() === null ? SELDOM : OFTEN);
}

async function tidy() {
  const lost = await forgetOld().catch(() => 0);
  if (lost) note(word("too_old", { n: lost }));
  await keepPage().catch(() => {});
}

export async function start({ shell = false } = {}) {
  await draw();
  await restoreDrafts().catch(() => {});
  await beat();
  setInterval(tidy, 5000);
  if (shell || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/sw.js");
  if (!document.getElementById("board")) return;
  await stockShell();
  await keepPage();
}
