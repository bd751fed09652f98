// Taps to the service, in order. Throws Unreachable when it cannot be known whether they arrived.
import { measure } from "./clock.js";

const PATIENCE = 8000; // ms

export class Unreachable extends Error {}

export async function send(taps) {
  const began = performance.now();
  const now = Date.now();
  const said = await ask({ now, taps: taps.map((tap) => aged(tap, began)) });
  measure(said.now, began);
  return said.answers.length ? said.answers : taps.map(() => said);
}

// What the service needs to place a tap in time: its age, if this page made it.
function aged({ steady, ...tap }, began) {
  return steady === undefined ? tap : { ...tap, age: Math.round(began - steady) };
}

async function ask(batch) {
  const headers = { "Content-Type": "application/json", "Fristed-Tap": "1" };
  const body = JSON.stringify(batch);
  try {
    const response = await fetch("/taps", { method: "POST", headers, body, signal: AbortSignal.timeout(PATIENCE) });
    if (response.status >= 500) throw new Unreachable(String(response.status));
    return await response.json();
  } catch (error) {
    throw error instanceof Unreachable ? error : new Unreachable(String(error));
  }
}
