// An emergency over the board, on the same page: it opens the moment the button is touched, with a network or without.
// Every tap shows at once as a line of its own; the service's line takes its place when it comes.
import { clockText } from "./clock.js";
import { now, tick } from "./minutes.js";

const LATEST = 20; // lines kept of taps that the service has not shown yet
const HELD = 400; // ms until a held stepper runs
const RUN = 90; // ms between its steps

const blank = document.getElementById("emergency-blank");
const pending = document.createElement("div"); // emergencies that only this screen knows
const lines = new Map(); // key → { emergency, line }
pending.id = "emergencies-pending";
document.getElementById("board").after(pending);

addEventListener("hashchange", open);
document.addEventListener("fristed:board", () => { settle(); open(); });
open();

// Which emergency is open is in the address, so a link, a bookmark and the back button all know it.
function open() {
  const wanted = location.hash.startsWith("#emergency-") ? location.hash.slice(1) : "";
  const panel = wanted && document.getElementById(wanted);
  for (const other of document.querySelectorAll(".emergency-panel")) other.toggleAttribute("data-live-open", other === panel);
  const before = document.body.dataset.liveEmergency ?? "";
  if (panel) document.body.dataset.liveEmergency = wanted;
  else delete document.body.dataset.liveEmergency;
  document.getElementById("board").toggleAttribute("data-live-behind", Boolean(panel));
  if (panel && before !== wanted) panel.focus({ preventScroll: true });
}

document.addEventListener("fristed:tap", ({ detail, target }) => {
  if (detail.act === "room.raise_emergency") raise(detail, target);
  if (detail.act === "room.step" || detail.act === "room.observe") show(detail);
});

// Kept on this tablet only: nobody else has heard.
document.addEventListener("fristed:kept", ({ detail }) => {
  if (detail.act !== "room.raise_emergency") return;
  const shout = document.querySelector(`#emergency-${detail.key} [data-not-alarmed]`);
  if (shout) shout.hidden = false;
});

document.addEventListener("fristed:done", ({ detail, target }) => {
  if (detail.act === "room.raise_emergency" && detail.thing !== detail.key) joined(detail);
  if (target.closest?.(".emergency-panel details") && detail.act !== "room.name_kind") target.closest("details").open = false;
  if (["room.false_alarm", "room.end_emergency"].includes(detail.act)) leave();
});

// Back to the room as it was left: nothing scrolls.
function leave() {
  history.replaceState(null, "", location.pathname);
  open();
}

function raise({ args, key }, control) {
  const panel = blank.content.firstElementChild.cloneNode(true);
  panel.innerHTML = panel.innerHTML.replaceAll('"emergency": ""', `"emergency": "${key}"`).replaceAll("&quot;emergency&quot;: &quot;&quot;", `&quot;emergency&quot;: &quot;${key}&quot;`);
  panel.id = `emergency-${key}`;
  panel.dataset.emergency = key;
  for (const clock of panel.querySelectorAll("[data-stopwatch]")) clock.dataset.stopwatch = now();
  const tile = args.place && document.getElementById(`place-${args.place}`);
  panel.querySelector(".here .where").textContent = tile ? tile.getAttribute("aria-label") : (control.textContent?.trim() ?? "");
  pending.append(panel);
  location.hash = panel.id;
  tick();
}

function joined({ key, thing }) {
  for (const entry of lines.values()) if (entry.emergency === key) entry.emergency = thing;
  document.getElementById(`emergency-${key}`)?.remove();
  location.replace(`#emergency-${thing}`);
}

// What the service refused did not happen: no line of it stays.
document.addEventListener("fristed:refused", ({ detail }) => {
  lines.get(detail.key)?.line.remove();
  lines.delete(detail.key);
});

// A line of our own until the service shows it.
function show({ act, args, key }) {
  if (!args.emergency) return;
  const line = document.createElement("li");
  line.id = `line-${key}`;
  line.className = "ours";
  const clock = document.createElement("time");
  clock.className = "clock";
  clock.textContent = clockText(now() / 1000, { seconds: true });
  const what = document.createElement("strong");
  what.textContent = act === "room.observe" ? measured(args) : wordOf(args);
  line.append(clock, " ", what, " ", undo(act, key));
  lines.set(key, { emergency: args.emergency, line });
  if (lines.size > LATEST) lines.delete(lines.keys().next().value);
  place();
  stamp(args);
}

function wordOf(args) {
  const button = [...document.querySelectorAll(`[data-kind="${CSS.escape(args.kind)}"][data-line]`)].find((b) => sameDose(b, args));
  return button?.dataset.line ?? args.kind.replaceAll("_", " ");
}

function sameDose(button, args) {
  const { product, route, micrograms } = JSON.parse(button.dataset.args);
  return product === args.product && route === args.route && micrograms === args.micrograms;
}

function measured({ emergency, visit, avpu, ...values }) {
  const form = document.querySelector(`#emergency-${emergency} .measures`);
  const said = Object.entries(values).map(([name, value]) => `${nameOf(form?.elements[name]) ?? name} ${value}`);
  return (avpu ? [...said, form?.querySelector(`[value="${avpu}"]`)?.nextElementSibling?.textContent ?? avpu] : said).join(" · ");
}

function nameOf(input) {
  return input?.closest(".measure")?.querySelector(".name").textContent;
}

function undo(act, key) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "undo";
  button.textContent = "↶";
  button.setAttribute("aria-label", blank.dataset.undo);
  button.dataset.undoUntil = now();
  button.dataset.act = act === "room.observe" ? "room.undo_observation" : "room.undo_step";
  button.dataset.args = JSON.stringify(act === "room.observe" ? { observation: key } : { step: key });
  return button;
}

// The button of what was just done shows how long ago that was.
function stamp(args) {
  const panel = document.getElementById(`emergency-${args.emergency}`);
  const group = panel?.querySelector(args.kind === "naloxone" ? ".naloxone .name" : `.em-steps [data-kind="${CSS.escape(args.kind ?? "")}"]`);
  if (!group) return;
  const clock = group.querySelector("[data-stopwatch]") ?? group.appendChild(document.createElement("time"));
  clock.className = "clock";
  clock.dataset.stopwatch = now();
  tick();
}

// An emergency that the service now shows is no longer ours: it goes where the service puts it, with all that is set.
document.addEventListener("fristed:fresh", ({ detail: fresh }) => {
  for (const ours of [...pending.children]) {
    if (fresh.querySelector(`[id="${ours.id}"]`)) document.getElementById("emergencies").append(ours);
  }
});

function settle() {
  for (const [key, entry] of lines) {
    if (document.getElementById(`line-${key}`)?.classList.contains("ours") === false) lines.delete(key);
  }
  place();
}

function place() {
  for (const { emergency, line } of lines.values()) {
    const timeline = document.querySelector(`#emergency-${emergency} [data-timeline]`);
    if (timeline && !timeline.contains(line)) timeline.prepend(line);
  }
}

// Steppers: a touch is one step, holding runs. They start where the last measurement was, else at their start.
let running = null;

document.addEventListener("pointerdown", (event) => {
  const button = event.target.closest("[data-less], [data-greater]");
  if (!button) return;
  running = setTimeout(() => { running = setInterval(() => turn(button), RUN); }, HELD);
});
for (const type of ["pointerup", "pointercancel", "pointerleave"]) {
  document.addEventListener(type, () => { clearTimeout(running); clearInterval(running); running = null; }, true);
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-less], [data-greater]");
  if (button) turn(button);
  if (!event.target.closest("[data-leave]")) return;
  event.preventDefault();
  leave();
});

function turn(button) {
  const measure = button.closest(".measure");
  const input = measure.querySelector("input");
  const { start, low, high } = measure.dataset;
  const step = "less" in button.dataset ? -1 : 1;
  const next = input.value === "" ? Number(measure.dataset.liveLast ?? start) : Number(input.value) + step;
  input.value = String(Math.min(Number(high), Math.max(Number(low), next)));
}

document.addEventListener("fristed:done", ({ detail }) => {
  if (detail.act !== "room.observe") return;
  for (const input of document.querySelectorAll(`#emergency-${detail.args.emergency} .measure input`)) {
    if (detail.args[input.name] !== undefined) input.closest(".measure").dataset.liveLast = detail.args[input.name];
  }
});
