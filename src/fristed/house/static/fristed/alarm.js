// The alarm on this screen: a band for every open emergency, light, sound until someone answers, by name.
import { serviceNow } from "./clock.js";
import { offlineSince } from "./contact.js";
import { Hearing } from "./hearing.js";
import { me } from "./me.js";
import { onVoice, playAlarm, playTest, sounding, wake } from "./sound.js";
import { word } from "./words.js";

const CYCLE = 2000; // ms between two alarm sounds
const SAFETY = "staff_safety";

const bands = document.getElementById("bands");
const hearing = new Hearing(show);
let said = { emergencies: [], on_duty: [], screens: [] };
let device = null;
let who = null;

export async function start() {
  onVoice(() => listen());
  document.addEventListener("fristed:me", ({ detail }) => detail.who !== who && arrive());
  document.addEventListener("fristed:board", draw);
  addEventListener("hashchange", draw);
  setInterval(ring, CYCLE);
  setInterval(draw, 1000);
  await arrive();
}

async function arrive() {
  const { who: here, device: mine = null, bell } = await me();
  who = here;
  device = mine;
  if (bell) await listen();
  setTimeout(() => standsAlone() && device && !sounding() && said.emergencies.length === 0 && askToArm(), 400);
}

// A wall asks to be armed over its whole face; where someone works a band must do, for nothing may cover care.
function standsAlone() {
  return document.body.classList.contains("wall-page");
}

async function listen() {
  await hearing.listen(sounding());
  draw();
  if (sounding()) keepAwake();
}

async function keepAwake() {
  await navigator.wakeLock?.request("screen").catch(() => {}); // a hidden page gets none; it asks again when shown
}
document.addEventListener("visibilitychange", () => sounding() && keepAwake());

function show(news) {
  const before = new Set(said.emergencies.map(({ id }) => id));
  said = news;
  draw();
  if (news.emergencies.some(({ id }) => !before.has(id))) ring();
  document.dispatchEvent(new CustomEvent("fristed:alarms", { detail: news }));
}

// What the board shows is as good as the bell while the bell is not heard: a board that was kept offline has only that.
function known() {
  const shown = hearing.deaf ? JSON.parse(document.getElementById("alarms")?.dataset.alarms ?? "[]") : [];
  return [...said.emergencies, ...shown.filter(({ id }) => !said.emergencies.some((heard) => heard.id === id))];
}

// Someone with this emergency open needs no band and no sound; nor is there sound once somebody comes.
function elsewhere() {
  return known().filter(({ id }) => document.body.dataset.liveEmergency !== `emergency-${id}`);
}

function ring() {
  const loud = elsewhere().filter(({ coming }) => coming.length === 0);
  if (loud.length && sounding()) playAlarm(loud.some(({ kind }) => kind === SAFETY));
}

function draw() {
  const open = elsewhere();
  for (const band of bands.querySelectorAll(".band.alarm")) {
    if (!open.some(({ id }) => band.id === `alarm-${id}`)) band.remove();
  }
  for (const emergency of open) bandOf(emergency);
  if (open.length) document.getElementById("arm")?.close(); // no question stands before an emergency
  document.body.toggleAttribute("data-live-alarm", open.some(({ coming }) => coming.length === 0));
  notice("band-silent", silentOthers());
  const told = who && !("deaf" in document.body.dataset); // whom an alarm may reach
  notice("band-deaf", told && hearing.deaf && offlineSince() === null ? word("alarm_deaf") : "");
  if (told && !device) stranger();
  const mine = said.screens.find(({ id }) => id === device);
  if (device && (mine || !sounding())) own(sounding() && mine.armed); // not known yet: nothing goes from under a finger
}

function bandOf(emergency) {
  const id = `alarm-${emergency.id}`;
  const state = JSON.stringify([emergency, said.on_duty]);
  let band = document.getElementById(id);
  if (band?.dataset.state !== state) {
    const fresh = made("div", { id, className: "band emergency alarm" });
    fresh.dataset.state = state;
    const what = made("div", { className: "what" });
    const clock = made("time", { className: "clock", role: "timer", ariaLive: "off" });
    const said = made("div", { className: "answers" });
    what.append(title(emergency), clock, coming(emergency));
    said.append(...answers(emergency));
    fresh.append(what, said);
    if (band) band.replaceWith(fresh);
    else bands.prepend(fresh);
    band = fresh;
  }
  band.querySelector("time").textContent = stopwatch(serviceNow() - emergency.raised);
}

function title({ kind, spot, place }) {
  const where = place === null ? word(`spot_${spot}`) : word("place", { n: place });
  const [sign, sort] = kind === SAFETY ? ["‼", "alarm_safety"] : ["▲", "alarm_emergency"];
  const title = made("strong", { textContent: `${sign} ` });
  title.append(made("span", { className: "sort", textContent: `${word(sort)} · ` }), where);
  return title;
}

// Whoever records something there is with the person; help is still called until somebody else says that they come.
function coming({ coming: names, there = [] }) {
  const list = names.map(({ name }) => name).filter(Boolean).join(", ");
  if (names.length) return made("p", { textContent: word("alarm_coming", { names: list || "✓" }) });
  return made("p", { textContent: there.length ? word("alarm_alone", { names: there.join(", ") }) : word("alarm_nobody") });
}

// One tap by whoever is signed in; on a locked screen by one's name.
function answers({ id }) {
  const open = made("a", { href: `/board/#emergency-${id}`, className: "button", textContent: word("alarm_open") });
  if (document.body.dataset.role !== "device") return [act("room.acknowledge", { emergency: id }, word("alarm_i_come")), open];
  const names = said.on_duty.map(({ id: worker, name }) => act("room.acknowledge", { emergency: id, worker }, name));
  const asked = names.length ? [made("p", { textContent: word("alarm_who") }), ...names] : [act("room.acknowledge", { emergency: id }, word("alarm_i_come"))];
  return [...asked, open];
}

function act(name, args, text) {
  const control = made("button", { type: "button", textContent: text });
  control.dataset.act = name;
  control.dataset.args = JSON.stringify(args);
  return control;
}

// Screens that were armed and would now stay silent: closed, asleep, or without a voice.
function silentOthers() {
  const names = said.screens.filter((screen) => screen.armed && !screen.sounding && screen.id !== device);
  const shown = names.length && document.getElementById("board");
  return shown ? word("alarm_silent_others", { names: names.map(({ name }) => name).join(", ") }) : "";
}

function notice(id, text, ...more) {
  const known = document.getElementById(id);
  if (!text) return known?.remove();
  if (known?.dataset.text === text) return;
  const band = made("div", { id, className: "band notice" });
  band.dataset.text = text;
  band.append(made("p", { textContent: text }), ...more);
  if (known) known.replaceWith(band);
  else bands.append(band);
}

// What this screen says of itself.
function own(armed) {
  notice("band-unarmed", armed ? "" : `▲ ${word("alarm_silent")}`, ...(armed ? [] : [armButton()]));
  if (standsAlone()) return;
  const bell = document.getElementById("bell") ?? bands.appendChild(bellButton());
  const text = armed ? word("alarm_armed") : word("alarm_silent");
  if (bell.textContent !== text) bell.textContent = text;
}

// A browser that is no screen of this room says so where a screen says whether it is armed.
function stranger() {
  if (!document.getElementById("bell")) bands.append(made("p", { id: "bell", ariaLive: "off", textContent: word("alarm_stranger") }));
}

function bellButton() {
  const bell = made("button", { type: "button", id: "bell" });
  bell.addEventListener("click", askToArm);
  return bell;
}

// One tap plays the test sound and says to everyone that this screen has a voice.
function armButton() {
  const arm = act("staff.arm_device", { device }, word("alarm_arm"));
  arm.classList.add("arm-now");
  arm.addEventListener("click", async (event) => {
    if (await wake()) return playTest();
    event.target.after(made("p", { textContent: word("alarm_no_sound") }));
  });
  return arm;
}

function askToArm() {
  if (document.getElementById("arm")) return;
  const dialog = made("dialog", { id: "arm", className: "arm" });
  const arm = armButton();
  arm.append(made("small", { textContent: word("alarm_arm_why") }));
  const later = made("button", { type: "button", textContent: word("alarm_later"), className: "plain" });
  later.addEventListener("click", () => dialog.close());
  for (const end of ["fristed:done", "fristed:kept"]) dialog.addEventListener(end, () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(arm, act("staff.disarm_device", { device }, word("alarm_disarm")), later);
  document.body.append(dialog);
  dialog.showModal();
}

function stopwatch(span) {
  const seconds = Math.max(0, Math.floor(span / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
