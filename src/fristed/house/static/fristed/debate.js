// The argument's page: a moved lever asks again; an answer that is not the last asks on until it is.

const form = document.getElementById("levers");
const answer = document.getElementById("answer");
const WAIT = 200; // ms after the last movement
const AGAIN = 700; // ms until asking whether the people have been simulated
let timer = 0;
let asked = 0;

const address = () => `?${new URLSearchParams(new FormData(form))}`;

async function ask() {
  const mine = ++asked;
  try {
    const found = await fetch(form.dataset.answerAt + address(), { credentials: "same-origin" });
    if (mine !== asked || !found.ok) return;
    answer.innerHTML = await found.text();
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

form.addEventListener("input", (event) => {
  const shown = form.querySelector(`output[for="${event.target.name}"]`);
  if (shown) shown.textContent = event.target.value;
  clearTimeout(timer);
  timer = setTimeout(() => {
    history.replaceState(null, "", address());
    ask();
  }, WAIT);
});

goOn();
