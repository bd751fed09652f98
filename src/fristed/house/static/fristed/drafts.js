// What was half typed when a turn or sign-in ended: kept encrypted for an hour, and put back for the same person on the
// same page. Passwords and PINs are never kept.
import { get, keep, remove } from "./vault.js";
import { word } from "./words.js";

const LIFE = 3600_000; // ms

export async function saveDrafts() {
  const forms = Array.from(document.querySelectorAll("main form"), (form) => ({ form: nameOf(form), values: typedIn(form) }));
  const kept = forms.filter(({ values }) => values.length > 0);
  if (kept.length === 0) return;
  await keep("drafts", { who: document.body.dataset.who, forms: kept }, LIFE, location.pathname).catch(() => {});
}

export async function restoreDrafts() {
  const draft = await get("drafts", location.pathname).catch(() => null);
  if (draft === null || draft.who !== document.body.dataset.who) return;
  const forms = Array.from(document.querySelectorAll("main form"));
  for (const { form: name, values } of draft.forms) fill(forms.find((form) => nameOf(form) === name), values);
  await remove("drafts", location.pathname);
}

// What a form is known by after the page was made anew.
function nameOf(form) {
  return [form.dataset.act ?? form.getAttribute("action") ?? "", form.dataset.args ?? ""].join(" ");
}

function typedIn(form) {
  return Array.from(form.elements)
    .filter((field) => field.name && !/password|hidden|submit|button/.test(field.type) && changed(field))
    .map((field) => ({ name: field.name, value: field.value, checked: field.checked ?? null, nth: alike(form, field.name, field.value).indexOf(field) }));
}

// The fields of one name; of choices, only those that stand for this value.
function alike(form, name, value) {
  return Array.from(form.elements).filter((field) => field.name === name && (!choice(field) || field.value === value));
}

function choice(field) {
  return /checkbox|radio/.test(field.type);
}

function changed(field) {
  if (choice(field)) return field.checked !== field.defaultChecked;
  if (field.options) return field.selectedIndex !== Math.max(0, Array.from(field.options).findIndex((option) => option.defaultSelected));
  return field.value !== field.defaultValue;
}

function fill(form, values) {
  if (!form) return;
  for (const { name, value, checked, nth } of values) {
    const field = alike(form, name, value)[nth];
    if (!field) continue;
    if (choice(field)) field.checked = checked;
    else field.value = value;
    for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
  const note = document.createElement("p");
  note.setAttribute("role", "status");
  note.textContent = word("draft_back");
  form.prepend(note);
}
