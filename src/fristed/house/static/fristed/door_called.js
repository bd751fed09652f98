// The waiting room's screen asks again every two seconds, and changes only when what is called changes.
const called = document.getElementById("called");

async function ask() {
  try {
    const response = await fetch(location.href, { headers: { "Fristed-Part": "called" }, cache: "no-store" });
    if (!response.ok) return;
    const text = await response.text();
    if (text.trim() !== called.dataset.shown) {
      called.innerHTML = text;
      called.dataset.shown = text.trim();
    }
  } catch {
    // no network: what was called stays to be read
  }
}
setInterval(ask, 2000);
