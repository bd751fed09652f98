// Who stands here, as the service says it, with the ticket for taps that arrive late. Remembered for a closed tab.
// Asking also tells whether someone works here, so that a turn does not end under a long entry.
import { setOffset } from "./clock.js";
import { ask } from "./send.js";
import { empty, get, keep } from "./vault.js";

const LIFE = 24 * 3600_000; // ms; the service takes a ticket no longer either

let known = null;
let touched = false; // whether someone did something here since the service was last asked

for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => (touched = true), true);

export async function me() {
  known ??= (await get("me", "me").catch(() => null)) ?? {};
  return known;
}

// Asks again. When someone else stands here now, what the tablet showed before is forgotten.
export async function refresh() {
  const before = await me();
  const hands = touched ? { "Fristed-Hands": "1" } : {};
  touched = false;
  known = await ask("/clock", 3000, { headers: hands });
  if (known.offset !== undefined) setOffset(known.offset);
  if (before.who !== known.who) await empty("pages").catch(() => {});
  await keep("me", known, LIFE, "me").catch(() => {});
  document.dispatchEvent(new CustomEvent("fristed:me", { detail: known }));
  return known;
}
