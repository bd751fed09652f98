// Our clock, as far as this tablet knows it. The error is the service's time minus the tablet's, in milliseconds.
const STORED = "fristed-clock-error";
const OFFSET = "fristed-offset";

const FASTER = Number(document.body?.dataset.pace || 1) - 1; // a rehearsal's clock runs away from the tablet's

let measured = remembered();

function remembered() {
  const stored = localStorage.getItem(STORED);
  return stored === null ? null : point(Number(stored));
}

function point(error) {
  return { error, wall: Date.now(), steady: performance.now() };
}

// Takes the service's time from an answer; `began` is performance.now() when the question was sent.
export function measure(serviceNow, began) {
  const transit = (performance.now() - began) / 2;
  measured = point(Math.round(serviceNow + transit - Date.now()));
  localStorage.setItem(STORED, String(measured.error));
}

// The error now, or null when it was never measured. A wall clock that fell behind the steady one was set back;
// one that ran ahead of it may only have slept, so that is left to the service to judge.
export function clockError() {
  if (measured === null) return null;
  const setBack = performance.now() - measured.steady - (Date.now() - measured.wall);
  return Math.round(measured.error + FASTER * (performance.now() - measured.steady) + (setBack > 1000 ? setBack : 0));
}

// How far the site's clocks are from UTC, in seconds, as the service said it last: a browser's own zone data may be old.
export function setOffset(seconds) {
  localStorage.setItem(OFFSET, String(seconds));
}

// A moment (ms by the service's clock) as the room's clock shows it: 22:14, or 22:14:05.
export function clockText(moment, { seconds = false } = {}) {
  const offset = Number(localStorage.getItem(OFFSET) ?? -60 * new Date().getTimezoneOffset());
  return new Date(moment + offset * 1000).toISOString().slice(11, seconds ? 19 : 16);
}

export function serviceNow() {
  return Date.now() + (clockError() ?? 0);
}
