// While a text is edited, the checks that it would fail are shown beneath it. Without this script a button does the same.
const WAIT = 600;

for (const form of document.querySelectorAll("details.edit form")) {
  const field = form.querySelector("textarea");
  const shown = form.querySelector(".trial");
  let timer = 0;
  let asked = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked;
      const body = new URLSearchParams({ csrf: form.elements.csrf.value, text: field.value });
      const answer = await fetch(`${form.action}/check`, { method: "POST", headers: { "x-part": "trial" }, body });
      if (!answer.ok || mine !== asked) return;
      shown.innerHTML = await answer.text();
    }, WAIT);
  });
}
