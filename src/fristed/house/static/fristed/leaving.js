// A page for workers closes when its worker's turn or sign-in has ended: what is half typed is kept for them, and whoever
// comes by reads nothing. A form of the browser's own is sent only when its worker is still here.
import { saveDrafts } from "./drafts.js";
import { refresh } from "./me.js";

const { who, closes } = document.body.dataset;
const asking = new Set();
const sure = new Set();

const watched = closes !== undefined && who !== "";
const gone = (here) => watched && here.who !== who;

async function close() {
  await saveDrafts();
  location.replace(location.pathname + location.search);
}

document.addEventListener("fristed:me", ({ detail }) => gone(detail) && close());

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !watched || form.method !== "post" || sure.has(form)) return;
  event.preventDefault();
  if (asking.has(form)) return;
  asking.add(form);
  const here = await refresh().catch(() => null);
  asking.delete(form);
  if (here === null || gone(here)) return;
  sure.add(form);
  form.requestSubmit(event.submitter);
});
