// The PIN on a shared tablet: big digits for gloved fingers, in place of the tablet's own keyboard. Keys type as ever.
const pin = document.getElementById("pin");
const pad = document.getElementById("pad");

pad.hidden = false;
if (matchMedia("(pointer: coarse)").matches) pin.inputMode = "none";

pad.addEventListener("click", (event) => {
  const { digit } = event.target.dataset;
  if (digit === undefined) return;
  pin.value = digit ? pin.value + digit : pin.value.slice(0, -1);
});

document.querySelector(".turn").addEventListener("change", (event) => {
  if (event.target.name !== "worker") return;
  pin.value = "";
  pin.focus({ preventScroll: true });
});
