// The sentences that scripts show, in the page's language. The page carries them as data.
const known = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export function word(name, gaps = {}) {
  return Object.entries(gaps).reduce((text, [gap, value]) => text.replaceAll(`{${gap}}`, value), known[name] ?? name);
}
