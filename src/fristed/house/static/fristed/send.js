// Questions to the service. Throws Unreachable when it cannot be known whether they arrived.
import { measure } from "./clock.js";
import { missed, reached } from "./contact.js";

export const PATIENCE = 3000; // ms for a tap that someone waits for; an answer takes some 10

export class Unreachable extends Error {}

// Taps, in order; answers each.
export async function send(taps, patience = PATIENCE) {
  const headers = { "Content-Type": "application/json", "Fristed-Tap": "1" };
  const body = JSON.stringify({ now: Date.now(), taps });
  const said = await ask("/taps", patience, { method: "POST", headers, body });
  return said.answers.length ? said.answers : taps.map(() => said);
}

export async function ask(address, patience, how = {}) {
  const began = performance.now();
  try {
    const response = await fetch(address, { ...how, cache: "no-store", signal: AbortSignal.timeout(patience) });
    if (response.status >= 500) throw new Error(String(response.status));
    const said = await response.json();
    if (said.now) measure(said.now, began);
    reached();
    return said;
  } catch (error) {
    missed();
    throw new Unreachable(String(error));
  }
}
