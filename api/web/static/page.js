import { byKeyboard } from "./keys.js";

// After a refusal the summary is what the reader needs first; at the keyboard, after an act, that it is done.
const refusal = document.getElementById("refusal");
const done = byKeyboard() && !location.hash ? document.querySelector(".done") : null;
(refusal ?? done)?.focus();

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
