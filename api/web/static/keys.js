// Single keys do something only outside fields, and never together with a modifier.
export function onKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = actions[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}
