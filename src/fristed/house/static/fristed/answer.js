// What a tap was answered, shown beside its control. Nothing that was typed is touched.
import { word } from "./words.js";

export function clear(control) {
  const scope = control.form ?? control;
  spot(control, false)?.replaceChildren();
  if (scope.elements) for (const field of scope.elements) restore(field);
}

export function show(control, answer, again) {
  const place = spot(control, true);
  place.removeAttribute("data-live-ok");
  place.replaceChildren(line(answer.until ? `${answer.sentence} ${word("until", { time: answer.until })}` : answer.sentence));
  if (answer.way_in) place.append(link(answer.way_in));
  if (answer.may_override) place.append(override(again));
  const form = control.closest("form") ?? control;
  for (const [name, sentence] of Object.entries(answer.fields ?? {})) mark(form, name, sentence, place);
}

export function say(control, sentence, good = false) {
  const place = spot(control, true);
  place.replaceChildren(line(sentence));
  place.toggleAttribute("data-live-ok", good);
}

// The nearest place for an answer; made beside the control if the page has none there.
function spot(control, make) {
  const scope = control.closest("[data-answers], form, dialog, section, article, li") ?? control.parentElement;
  const found = scope.querySelector("[data-answer]");
  if (found || !make) return found;
  const made = document.createElement("div");
  made.dataset.answer = "";
  made.setAttribute("role", "alert");
  if (control.tagName === "FORM") control.prepend(made);
  else control.after(made);
  return made;
}

function line(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

function link(address) {
  const made = document.createElement("a");
  made.href = `${address}?next=${encodeURIComponent(location.pathname + location.search)}`;
  made.textContent = word("sign_in");
  return made;
}

function override(again) {
  const made = document.createElement("form");
  const label = document.createElement("label");
  const reason = document.createElement("input");
  const button = document.createElement("button");
  label.textContent = word("override_reason");
  reason.required = true;
  reason.maxLength = 500;
  button.textContent = word("override");
  label.append(reason);
  made.append(label, button);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    again(reason.value.trim());
  });
  return made;
}

function mark(form, name, sentence, place) {
  const field = form.elements?.namedItem(name);
  const input = field instanceof RadioNodeList ? field[0] : field;
  if (!input) return place.append(line(`${name}: ${sentence}`));
  const note = line(sentence);
  note.id = `wrong-${name}`;
  note.className = "wrong";
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", note.id);
  (input.closest("fieldset, label, .field") ?? input).append(note);
}

function restore(field) {
  if (!field.hasAttribute("aria-invalid")) return;
  document.getElementById(field.getAttribute("aria-describedby"))?.remove();
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
}
