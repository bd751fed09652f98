// Every act of every page: buttons and forms with data-act become taps, kept once and answered beside the control.
import { clear, say, show } from "./answer.js";
import { asked } from "./fields.js";
import { newPress, pressOf } from "./press.js";
import { send, Unreachable } from "./send.js";
import { word } from "./words.js";

const MINUTE = 60_000; // ms

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
  const tap = { act: control.dataset.act, args, ...press, at: press.at - back, steady: press.steady - back };
  control.setAttribute("aria-busy", "true");
  clear(control);
  try {
    const [answer] = await send([{ ...tap, late: back > 0, override: reason !== "", reason }]);
    if (answer.ok) finish(control, tap, answer);
    else show(control, answer, (why) => perform(control, args, newPress(), why));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    say(control, word("unreachable"));
  } finally {
    control.removeAttribute("aria-busy");
  }
}

function finish(control, tap, answer) {
  const detail = { act: tap.act, args: tap.args, thing: answer.thing, flags: answer.flags };
  control.dispatchEvent(new CustomEvent("fristed:done", { bubbles: true, detail }));
  if (control.dataset.then) location.assign(control.dataset.then.replace("{thing}", answer.thing));
  else if (control.tagName === "FORM") control.reset();
}
