// In a saved copy: is it still in force? Asked when the page is opened, comes back on line or is looked at again.
(function () {
  const box = document.getElementById("ancrage-stamp");
  const said = box.querySelector("strong");
  const words = box.dataset;

  function show(state) {
    said.textContent = words[state];
    box.dataset.state = state;
    box.style.background = { bad: "#b00020", ended: "#b00020", unchecked: "#fff3cd" }[state] || "";
    box.style.color = { bad: "#fff", ended: "#fff", unchecked: "#000" }[state] || "";
    box.querySelector("a").style.color = box.style.color;
    if (state !== "good") document.body.prepend(box);
  }

  function ended() {
    const now = new Date();
    const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
    return words.until !== "" && day.join("-") > words.until;
  }

  async function check() {
    try {
      const answer = await fetch(words.ask, { cache: "no-store" });
      show((await answer.json()).status.in_force ? "good" : "bad");
    } catch {
      show(ended() ? "ended" : "unchecked"); // off line, or nobody answers there
    }
  }

  check();
  window.addEventListener("online", check);
  window.addEventListener("offline", check);
  document.addEventListener("visibilitychange", () => document.hidden || check());
})();
