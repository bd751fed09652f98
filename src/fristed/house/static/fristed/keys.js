// `?` shows the keys of the page; the list of further pages closes beside itself; the language takes effect when chosen.
const keys = document.getElementById("keys");
const rest = document.querySelector(".masthead .rest");
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function fold(back) {
  rest.open = false;
  if (back) rest.querySelector("summary").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && rest?.open) fold(true);
  if (event.key === "?" && !typing(event.target) && !keys.open) keys.showModal();
});
document.addEventListener("click", (event) => {
  if (rest?.open && !rest.contains(event.target)) fold(false);
  if (event.target.closest("[data-keys]")) keys.showModal();
});
document.getElementById("language")?.addEventListener("change", (event) => event.target.form.submit());
