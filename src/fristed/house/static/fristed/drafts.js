// What was typed when a sign-in had run out: kept encrypted for an hour, put back for the same person on the same page.
import { me, refresh } from "./me.js";
import { Unreachable } from "./send.js";
import { get, keep, remove } from "./vault.js";
import { word } from "./words.js";

const LIFE = 3600_000; // ms

export async function saveDraft(form) {
  const fields = Array.from(form.elements).filter((field) => field.name && field.type !== "password");
  const values = fields.map(({ name, value, type, checked }) => ({ name, value, checked: /checkbox|radio/.test(type) ? checked : null }));
  const { who } = await me();
  await keep("drafts", { who, act: form.dataset.act, args: form.dataset.args ?? "", values }, LIFE, location.pathname);
}

export async function restoreDraft() {
  const draft = await get("drafts", location.pathname).catch(() => null);
  if (draft === null) return;
  const { who } = await refresh().catch((error) => (error instanceof Unreachable ? {} : Promise.reject(error)));
  const form = Array.from(document.querySelectorAll("form[data-act]")).find(
    ({ dataset }) => dataset.act === draft.act && (dataset.args ?? "") === draft.args,
  );
  if (!form || who !== draft.who) return;
  for (const { name, value, checked } of draft.values) put(form, name, value, checked);
  await remove("drafts", location.pathname);
  const note = document.createElement("p");
  note.setAttribute("role", "status");
  note.textContent = word("draft_back");
  form.prepend(note);
}

function put(form, name, value, checked) {
  const found = form.elements.namedItem(name);
  const fields = found instanceof RadioNodeList ? Array.from(found) : found ? [found] : [];
  if (checked === null) fields.slice(0, 1).forEach((field) => (field.value = value));
  else fields.filter((field) => field.value === value).forEach((field) => (field.checked = checked));
}
