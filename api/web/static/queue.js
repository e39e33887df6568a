import { onKeys, showKeys } from "./keys.js";

const links = [...document.querySelectorAll("a.open")];

function step(by) {
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
  links[Math.max(0, Math.min(links.length - 1, next))]?.focus();
}

onKeys({ j: () => step(1), k: () => step(-1), "?": showKeys });
