// The argument's page: a moved lever asks again; an answer that is not the last asks on until it is.

const form = document.getElementById("levers");
const own = document.getElementById("own"); // a position brings its own levers
const answer = document.getElementById("answer");
const WAIT = 200; // ms after the last movement
const AGAIN = 700; // ms until asking whether the people have been simulated
const CARDS = 5000; // ms between looks at a full run
const verdicts = document.getElementById("verdicts");
let timer = 0;
let area = form.elements.area.value;
let asked = 0;

const address = () => `?${new URLSearchParams(new FormData(form))}`;

async function ask() {
  const mine = ++asked;
  try {
    const found = await fetch(form.dataset.answerAt + address(), { credentials: "same-origin" });
    if (mine !== asked || (!found.ok && found.status < 500)) return;
    if (found.ok) answer.innerHTML = await found.text();
  } catch {
    // the connection is away: what was shown stays, and the next movement asks again
  }
  goOn();
}

function goOn() {
  const state = answer.querySelector("[data-state]")?.dataset.state;
  clearTimeout(timer);
  if (state === "twin" || state === "starting") timer = setTimeout(ask, AGAIN);
}

async function cards() {
  try {
    const of = new URLSearchParams({ area });
    const found = await fetch(`${verdicts.dataset.cardsAt}?${of}`, { credentials: "same-origin" });
    if (found.ok && of.get("area") === area) verdicts.innerHTML = await found.text();
  } catch {
    // away: what was shown stays
  }
}

function running() {
  return ["waiting", "running"].includes(verdicts?.querySelector("[data-full]")?.dataset.full);
}

setInterval(() => {
  // a reader inside a card is not disturbed
  if (running() && !verdicts.querySelector("details[open]")) cards();
}, CARDS);

form.addEventListener("input", (event) => {
  const shown = form.querySelector(`output[for="${event.target.name}"]`);
  if (shown) shown.textContent = event.target.value;
  if (event.target.name === "area" && verdicts) {
    area = event.target.value;
    cards();
  }
  if (event.target.name === "position") own.disabled = event.target.value !== "";
  clearTimeout(timer);
  timer = setTimeout(() => {
    history.replaceState(null, "", address());
    ask();
  }, WAIT);
});

goOn();
