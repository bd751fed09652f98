// Whether the service answers. Says `fristed:offline` {since} and `fristed:online` on the document.
import { serviceNow } from "./clock.js";

let lost = null;

export function offlineSince() {
  return lost;
}

export function reached() {
  if (lost === null) return;
  const since = lost;
  lost = null;
  document.dispatchEvent(new CustomEvent("fristed:online", { detail: { since } }));
}

export function missed() {
  if (lost !== null) return;
  lost = serviceNow();
  document.dispatchEvent(new CustomEvent("fristed:offline", { detail: { since: lost } }));
}
