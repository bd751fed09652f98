// The front door: matches as someone types or scans, what is usual in one tap, a helper found by code.
const WAIT = 60; // ms after the last key

function finder(input, target, chosen) {
  let asking = null;
  let timer = null;
  let answered = Promise.resolve();

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const typed = input.value.trim();
    if (!typed) return target.replaceChildren();
    const address = input.dataset.matches ?? input.form.dataset.matches;
    const headers = { "Fristed-Asked": encodeURIComponent(typed.slice(0, 60)) };
    try {
      const response = await fetch(address, { headers, signal: asking.signal, cache: "no-store" });
      if (response.ok) target.innerHTML = await response.text();
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    answered = new Promise((done) => {
      timer = setTimeout(() => ask().then(done, done), WAIT);
    });
  });
  input.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown") return step(event, target.querySelector("a"));
    if (event.key !== "Enter") return undefined;
    event.preventDefault();
    await answered;
    const exact = target.querySelectorAll("a[data-exact]");
    const every = target.querySelectorAll("a.match");
    const one = exact.length === 1 ? exact[0] : every.length === 1 ? every[0] : null;
    if (one) one.click();
    else every[0]?.focus();
    return undefined;
  });
  target.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    if (event.key === "ArrowDown") step(event, item?.nextElementSibling?.querySelector("a"));
    if (event.key === "ArrowUp") step(event, item?.previousElementSibling?.querySelector("a") ?? input);
  });
  if (chosen) target.addEventListener("click", (event) => {
    const match = event.target.closest("a.match");
    if (!match) return;
    event.preventDefault();
    chosen(match);
  });
}

function step(event, to) {
  event.preventDefault();
  to?.focus();
}

const find = document.getElementById("find");
if (find) {
  const input = document.getElementById("asked");
  finder(input, document.getElementById("matches"));
  find.addEventListener("submit", (event) => event.preventDefault());
  const focus = () => input.focus({ preventScroll: true });
  focus();
  window.addEventListener("load", () => setTimeout(focus)); // a fragment in the address takes the focus away
  window.addEventListener("pageshow", (event) => event.persisted && (input.value = ""));
}

// A first visit keeps the code that was typed: the page is fetched in, so that the code is in no address or store.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-keep-asked]");
  const typed = document.getElementById("asked")?.value.trim();
  if (!link || !typed) return;
  event.preventDefault();
  const response = await fetch(link.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  history.pushState(null, "", link.href);
  document.title = page.title;
  document.getElementById("content").replaceChildren(...page.getElementById("content").childNodes);
  const code = document.querySelector("[name=code]");
  if (code) code.value = typed;
  (document.querySelector("[autofocus]") ?? code)?.focus();
});
window.addEventListener("popstate", () => location.reload());

// What was declared lately, offered again; and "no" to both risk questions. Each shows what it has set.
document.addEventListener("click", (event) => {
  const usual = event.target.closest("[data-usual]");
  const neither = event.target.closest("[data-neither]");
  if (usual) offer(usual);
  if (neither) for (const name of ["depressants", "tolerance"]) choose(neither.form, name, "no");
  if (event.target.closest("[data-print]")) print();
});

function offer(button) {
  const said = button.dataset.usual.split(" ");
  for (const box of button.form.querySelectorAll("[name=substances]")) box.checked = said.includes(box.value);
  choose(button.form, "route", button.dataset.route);
  button.form.dispatchEvent(new Event("change", { bubbles: true }));
}

function choose(form, name, value) {
  const field = form.querySelector(`[name=${name}][value=${value}]`);
  if (field) field.checked = true;
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  if (!form?.querySelector("[name=substances]")) return;
  const said = [...form.querySelectorAll("[name=substances]:checked")].map((box) => box.value).sort().join(" ");
  const route = form.querySelector("[name=route]:checked")?.value;
  for (const button of form.querySelectorAll("[data-usual]")) {
    const same = button.dataset.usual.split(" ").sort().join(" ") === said && button.dataset.route === route;
    button.setAttribute("aria-pressed", String(same));
  }
  const no = (name) => form.querySelector(`[name=${name}][value=no]`)?.checked;
  form.querySelector("[data-neither]")?.setAttribute("aria-pressed", String(no("depressants") && no("tolerance")));
  const helper = form.querySelector("[data-helper]");
  if (helper) helper.hidden = !form.querySelector("[name=assisted][value=yes]")?.checked;
});

for (const box of document.querySelectorAll("[data-helper]")) {
  const [input, hidden] = box.querySelectorAll("input");
  finder(input, box.querySelector("[aria-live]"), (match) => {
    hidden.value = match.getAttribute("href").split("/").at(-2);
    input.value = match.querySelector(".match-code").textContent;
    box.querySelector("[aria-live]").replaceChildren();
  });
  input.addEventListener("input", () => (hidden.value = ""));
}

for (const input of document.querySelectorAll("[data-same]")) {
  finder(input, document.getElementById(input.dataset.same));
}

document.addEventListener("keydown", (event) => {
  const back = document.querySelector("[data-back]")?.dataset.back;
  if (event.key === "Escape" && back && !document.querySelector("dialog[open]")) location.assign(back);
});
