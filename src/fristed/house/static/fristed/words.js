// The sentences that scripts show, in the page's language. The page carries them as data.
const known = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export function word(name, gaps = {}) {
  return Object.entries(gaps).reduce((text, [gap, value]) => text.replaceAll(`{${gap}}`, value), known[name] ?? name);
}

// A moment (ms by the service's clock) as the room's clock shows it.
export function clockText(moment) {
  const zone = localStorage.getItem("fristed-zone") ?? undefined; // the site's, as /clock said it last
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(moment);
}
