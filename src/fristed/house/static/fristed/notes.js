// Pages of notes: steppers without a keyboard, counts on buttons, lists that follow what was kept, one tap to print.
import { clockText, serviceNow } from "./clock.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) step(button.closest("[data-stepper]").querySelector("input"), Number(button.dataset.step));
  if (event.target.closest("[data-print]")) print();
});

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-for-others]")) for (const good of document.querySelectorAll(".good")) count(good);
  const good = event.target.closest(".good");
  if (good) count(good);
});

document.addEventListener("fristed:done", async (event) => {
  const good = event.target.closest(".good");
  if (good) {
    good.querySelector("input").value = 1;
    count(good);
  }
  await refresh();
  const kept = document.querySelector("[data-kept]");
  if (kept) kept.textContent = `${kept.dataset.word} ${clockText(serviceNow())}`;
});

function step(input, by) {
  const least = Number(input.min || 0);
  input.value = Math.min(Number(input.max || 10000), Math.max(least, Number(input.value || 0) + by));
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

// A button carries the number that its stepper shows.
function count(good) {
  const others = document.querySelector("[data-for-others]").checked ? "yes" : "no";
  const number = Number(good.querySelector("input").value);
  for (const button of good.querySelectorAll("[data-act]")) {
    button.dataset.args = JSON.stringify({ ...JSON.parse(button.dataset.args), count: number, for_others: others });
  }
}

// Lists are read again from the service; what is being typed elsewhere on the page is not touched.
async function refresh() {
  const response = await fetch(location.href);
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const old of document.querySelectorAll("[data-fresh][id]")) {
    const made = fresh.getElementById(old.id);
    if (!made) continue;
    const held = old.contains(document.activeElement);
    old.replaceChildren(...made.childNodes);
    if (held) old.focus({ preventScroll: true });
  }
}
