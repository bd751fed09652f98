// Lists in a form: one more row, or one less.
document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-add-row]");
  if (more) {
    more.before(document.getElementById(more.dataset.addRow).content.cloneNode(true));
    more.previousElementSibling.querySelector("textarea, input").focus();
  }
  event.target.closest("[data-remove-row]")?.closest("[data-row]").remove();
});
