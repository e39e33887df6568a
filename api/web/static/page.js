import { byKeyboard } from "./keys.js";

// After a refusal the summary is what the reader needs first; at the keyboard, after an act, that it is done or what came of it.
// Where the address leads to a part of the page, it is said there; a part that takes the focus has it already.
const refusal = document.getElementById("refusal");
const done = document.querySelector(".done");
const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
const takesFocus = part?.matches("a, [tabindex]");
if (done && part && !takesFocus) part.prepend(done);
if (refusal) refusal.focus();
else if (byKeyboard() && !takesFocus) {
  const first = done ?? document.querySelector("[data-first]");
  // A browser that goes to a part takes the focus off everything once the page is loaded.
  if (part) addEventListener("load", () => requestAnimationFrame(() => first?.focus()));
  else first?.focus();
}

// Where places stand in a row that is wider than the screen, the current one is in sight.
for (const row of document.querySelectorAll(".places, .views ul")) {
  const here = row.querySelector("[aria-current]");
  if (here && row.scrollWidth > row.clientWidth) row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - 24;
}

// What is wider than its room can be scrolled by keyboard, and says what it is.
for (const table of document.querySelectorAll(".table:not([tabindex])")) {
  if (table.scrollWidth <= table.clientWidth) continue;
  table.tabIndex = 0;
  table.setAttribute("role", "region");
  table.setAttribute("aria-label", table.querySelector("caption")?.textContent ?? document.querySelector("h1")?.textContent ?? "");
}

// A form that is under way is not sent twice.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
}
