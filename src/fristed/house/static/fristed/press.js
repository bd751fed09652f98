// A press of a button: its key, made the moment a finger touches, and its time. Two touches in a breath are one press.
import { clockError, serviceNow } from "./clock.js";

const BREATH = 600; // ms
const NEAR = 24; // px; the second touch may fall on whatever the first one has put there

let touched = null;
let last = { x: -1e6, y: -1e6, steady: -1e6, control: null };

// 32 hex digits, ordered by time.
export function newKey() {
  const tail = crypto.getRandomValues(new Uint8Array(10));
  tail[0] = 0x70 | (tail[0] & 0x0f);
  tail[2] = 0x80 | (tail[2] & 0x3f);
  const hex = (number, digits) => number.toString(16).padStart(digits, "0");
  return hex(serviceNow(), 12) + Array.from(tail, (byte) => hex(byte, 2)).join("");
}

export function newPress() {
  return { key: newKey(), at: Date.now(), steady: performance.now(), error: clockError() };
}

document.addEventListener("pointerdown", (event) => {
  const control = event.target.closest("[data-act], form[data-act] button");
  touched = control ? { control, press: newPress() } : null;
}, true);

// The press behind a click; null when it is the second touch of one press, or a key held down.
export function pressOf(event, control) {
  const press = touched?.control === control ? touched.press : newPress();
  const pointer = event.detail > 0;
  const near = pointer ? Math.hypot(event.clientX - last.x, event.clientY - last.y) < NEAR : last.control === control;
  if (near && press.steady - last.steady < BREATH) return null;
  last = { x: pointer ? event.clientX : -1e6, y: pointer ? event.clientY : -1e6, steady: press.steady, control };
  touched = null;
  return press;
}
