// Every act of every page: buttons and forms with data-act become taps, kept once and answered beside the control.
import { clear, say, show } from "./answer.js";
import { offlineSince } from "./contact.js";
import { clockText, serviceNow } from "./clock.js";
import { saveDrafts } from "./drafts.js";
import { asked } from "./fields.js";
import { count, drain, keep, TooLong } from "./pocket.js";
import { newPress, pressOf } from "./press.js";
import { PATIENCE, send, Unreachable } from "./send.js";
import { word } from "./words.js";

const MINUTE = 60_000; // ms
const ALARM = "room.raise_emergency";
const ALARM_PATIENCE = 1500; // ms until someone who raises an alarm is told to shout

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]:not(form)");
  if (!button || button.disabled) return;
  event.preventDefault();
  const press = pressOf(event, button);
  if (press) perform(button, JSON.parse(button.dataset.args ?? "{}"), press);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-act]");
  if (!form) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") perform(form, asked(form), newPress());
});

document.addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Enter" && event.target.closest("[data-act]")) event.preventDefault();
});

async function perform(control, args, press, reason = "") {
  const back = Number(control.dataset.setBack ?? 0) * MINUTE;
  const { steady, ...made } = press;
  const written = control.querySelector("[data-reason]")?.value.trim() ?? ""; // why, where an act wants it without a refusal
  const why = { override: reason !== "", reason: reason || written };
  const tap = { act: control.dataset.act, args, ...made, at: press.at - back, late: back > 0, ...why };
  control.setAttribute("aria-busy", "true");
  clear(control);
  tell(control, "fristed:tap", { act: tap.act, args, key: tap.key });
  try {
    const answer = await live(tap, steady - back);
    if (answer.ok) finish(control, tap, answer);
    else refuse(control, tap, answer, (why) => perform(control, args, newPress(), why));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    await pocket(control, tap, steady - back);
  } finally {
    control.removeAttribute("aria-busy");
  }
}

// Straight to the service; never past taps that wait in the pocket.
async function live(tap, steady) {
  if (offlineSince() !== null) throw new Unreachable("offline");
  if ((await count()) > 0) {
    await drain();
    if ((await count()) > 0) throw new Unreachable("others wait");
  }
  const age = Math.round(performance.now() - steady);
  const [answer] = await send([{ ...tap, age }], tap.act === ALARM ? ALARM_PATIENCE : PATIENCE);
  return answer;
}

function finish(control, tap, answer) {
  tell(control, "fristed:done", { act: tap.act, args: tap.args, key: tap.key, thing: answer.thing, flags: answer.flags });
  if (control.dataset.then) location.assign(control.dataset.then.replace("{thing}", answer.thing));
  else if (control.tagName === "FORM") control.reset();
}

function refuse(control, tap, answer, again) {
  tell(control, "fristed:refused", { act: tap.act, key: tap.key });
  show(control, answer, again);
  if (answer.way_in) saveDrafts();
}

async function pocket(control, tap, steady) {
  try {
    await keep(tap, steady, label(control));
  } catch (error) {
    say(control, word(error instanceof TooLong ? "too_long" : "not_kept"));
    return;
  }
  say(control, word("kept", { time: clockText(serviceNow()) }), true);
  tell(control, "fristed:kept", { act: tap.act, args: tap.args, key: tap.key, thing: tap.key, at: serviceNow() });
  if (control.tagName === "FORM") control.reset();
}

function tell(control, name, detail) {
  const from = control.isConnected ? control : document;
  from.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

// What was pressed, in words, with the place or person it belongs to.
function label(control) {
  const button = control.tagName === "FORM" ? control.querySelector("button:not([type=button])") : control;
  const text = (button?.getAttribute("aria-label") ?? button?.textContent ?? "").trim().replace(/\s+/g, " ");
  const about = control.closest("[aria-label]:not(button, nav, body)")?.getAttribute("aria-label");
  return about ? `${text} · ${about}` : text;
}
