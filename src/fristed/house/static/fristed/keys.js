// `?` shows the keys of the page; the language list takes effect when chosen.
const keys = document.getElementById("keys");
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key === "?" && !typing(event.target) && !keys.open) keys.showModal();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) keys.showModal();
});
document.getElementById("language")?.addEventListener("change", (event) => event.target.form.submit());
