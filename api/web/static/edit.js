// While a text is edited, the checks that it would fail are shown beneath it. Without this script a button does the same.
const WAIT = 600;

for (const form of document.querySelectorAll("details.edit form:has(textarea)")) {
  const field = form.querySelector("textarea");
  const shown = form.querySelector(".trial");
  let timer = 0;
  let asked = 0;

  // Why it was refused stands in the summary of the page that came instead.
  function refusalIn(html) {
    return new DOMParser().parseFromString(html, "text/html").querySelector("#refusal p")?.textContent;
  }

  async function check(mine) {
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, text: field.value });
    let found = { failed: shown.dataset.failed };
    try {
      const answer = await fetch(`${form.action}/check`, { method: "POST", headers: { "x-part": "trial" }, body });
      const html = await answer.text();
      if (answer.ok && !answer.redirected) found = { html };
      else found = { failed: refusalIn(html) ?? shown.dataset.failed };
    } catch {
      // The network is down: the message above says what to do.
    }
    if (mine !== asked) return;
    if (found.html === undefined) shown.textContent = found.failed;
    else shown.innerHTML = found.html;
    shown.removeAttribute("aria-busy");
  }

  field.addEventListener("input", () => {
    const mine = ++asked;
    shown.setAttribute("aria-busy", "true"); // what stands there is of another text
    clearTimeout(timer);
    timer = setTimeout(() => check(mine), WAIT);
  });
}
