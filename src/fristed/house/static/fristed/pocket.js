// The pocket: taps made without a network. Kept encrypted, sent by themselves, in order, once; they end after some hours.
import { me } from "./me.js";
import { send } from "./send.js";
import { all, amount, keep as seal, remove, sweep } from "./vault.js";

const HOUR = 3600_000; // ms
const LARGEST = 400_000; // characters of one tap; the service takes a million bytes
const TOGETHER = 20;
const FIRST_WAIT = 500; // ms, doubling up to
const LONGEST_WAIT = 10_000;
const PAGE = String(performance.timeOrigin) + Math.random();

let wait = FIRST_WAIT;
let timer = null;
const others = new BroadcastChannel("fristed-pocket"); // the other tabs of this tablet: one pocket for all

export class TooLong extends Error {}

// How many wait, also those of other tabs.
export async function count() {
  return amount("taps").catch(() => 0);
}

export async function waiting() {
  return (await all("taps")).map(({ until, content }) => ({ until, ...content }));
}

// Puts a tap in the pocket; `label` is what the person pressed, in words.
export async function keep(tap, steady, label) {
  const { ticket = "", pocket_hours: hours = 12 } = await me();
  const content = { tap: { ...tap, pocketed: true, ticket }, steady, page: PAGE, label };
  if (JSON.stringify(content).length > LARGEST) throw new TooLong();
  await seal("taps", content, hours * HOUR);
  changed();
  later();
}

// Sends what is there; resumes by itself with growing pauses until the pocket is empty.
export async function drain() {
  clearTimeout(timer);
  if ((await count()) === 0) return;
  try {
    await navigator.locks.request("fristed-pocket", sendAll);
    wait = FIRST_WAIT;
  } catch {
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
  if ((await count()) > 0) later();
}

async function sendAll() {
  const sent = [];
  for (let batch = await next(); batch.length; batch = await next()) {
    const answers = await send(batch.map(({ content }) => aged(content)), 15_000);
    for (const [n, answer] of answers.entries()) {
      if (!answer.ok) return done(sent, answer);
      await remove("taps", batch[n].id);
      sent.push({ ...batch[n].content.tap, answer });
    }
  }
  done(sent, null);
}

function done(sent, stopped) {
  changed();
  if (stopped) document.dispatchEvent(new CustomEvent("fristed:stuck", { detail: stopped }));
  if (sent.length) document.dispatchEvent(new CustomEvent("fristed:sent", { detail: { sent } }));
  if (stopped) throw new Error(stopped.rule);
}

async function next() {
  const batch = [];
  let size = 0;
  for (const record of await all("taps")) {
    size += JSON.stringify(record.content).length;
    if (batch.length && (batch.length === TOGETHER || size > LARGEST)) break;
    batch.push(record);
  }
  return batch;
}

// A tap of this very page is dated by the page's steady clock if the tablet's was set meanwhile.
function aged({ tap, steady, page }) {
  return page === PAGE ? { ...tap, age: Math.round(performance.now() - steady) } : tap;
}

// Deletes what is too old to be sent; answers how many taps that were.
export async function forgetOld() {
  const ended = await sweep("taps");
  if (ended) changed();
  return ended;
}

function changed() {
  document.dispatchEvent(new CustomEvent("fristed:pocket"));
  others.postMessage("changed");
}
others.addEventListener("message", () => document.dispatchEvent(new CustomEvent("fristed:pocket")));

function later() {
  clearTimeout(timer);
  timer = setTimeout(drain, wait);
}

document.addEventListener("fristed:online", () => {
  wait = FIRST_WAIT;
  drain();
});
addEventListener("online", drain);
drain();
