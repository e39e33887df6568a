// Single keys do something only outside fields, never together with a modifier, and not for who has turned them off.
const OFF = "single keys off";

export function onKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(OFF)) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = actions[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

// Whether the reader works by keyboard: then the focus is put where the page is read on, and it shows.
const BY = "by keyboard";
document.addEventListener("keydown", () => sessionStorage.setItem(BY, "yes"), true);
document.addEventListener("pointerdown", () => sessionStorage.removeItem(BY), true);

export function byKeyboard() {
  return sessionStorage.getItem(BY) !== null;
}

export function showKeys() {
  const keys = document.getElementById("keys");
  keys.open = true;
  keys.querySelector("summary").focus();
}

const toggle = document.querySelector("#keys button");
if (toggle) {
  const tell = () => (toggle.textContent = localStorage.getItem(OFF) ? toggle.dataset.on : toggle.dataset.off);
  toggle.addEventListener("click", () => {
    if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
    tell();
  });
  toggle.hidden = false;
  tell();
}
