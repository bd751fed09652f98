// The handover page prints itself at one touch.
document.querySelector("[data-print]").addEventListener("click", () => print());
