// A form's named inputs as an act's arguments. Empty ones are left out; a name with dots makes a nested one. What lies
// in elements with data-row="name" makes a list under that name, an entry for each, in the order of the page.
export function asked(form) {
  const args = JSON.parse(form.dataset.args ?? "{}");
  const rows = new Map();
  for (const field of form.elements) {
    if (field.name && !field.disabled) take(rowOf(field, args, rows), field);
  }
  return args;
}

function rowOf(field, args, rows) {
  const row = field.closest("[data-row]");
  if (row === null) return args;
  if (!rows.has(row)) {
    rows.set(row, {});
    put(args, row.dataset.row, (list) => [...(list ?? []), rows.get(row)]);
  }
  return rows.get(row);
}

function take(args, field) {
  const several = "list" in field.dataset;
  if (several) put(args, field.name, (list) => (field.checked ? [...(list ?? []), field.value] : list ?? []));
  else if (field.type === "checkbox") put(args, field.name, () => field.checked);
  else if (field.type === "radio") field.checked && put(args, field.name, () => field.value);
  else if (field.multiple) put(args, field.name, () => Array.from(field.selectedOptions, (option) => option.value));
  else if (field.value.trim() !== "") put(args, field.name, () => whole(field.value.trim()));
}

function put(args, name, change) {
  const path = name.split(".");
  const last = path.pop();
  const inner = path.reduce((part, step) => (part[step] ??= {}), args);
  inner[last] = change(inner[last]);
}

// Without half characters, which a cut-off emoji leaves and no service can read.
function whole(text) {
  return text.replace(/\p{Surrogate}/gu, "");
}
