// In a saved copy: is it still in force? Asked when the page is opened, comes back on line or is looked at again,
// every hour, on every new day and until it is answered. It says so only for as long as the last question was answered so.
(function () {
  const HOUR = 3600000, PATIENCE = 10000;
  const box = document.getElementById("ancrage-stamp");
  const said = box.querySelector("strong");
  const words = box.dataset;
  let asked = 0, at = 0, on = "";

  function show(state) {
    const time = new Date().toLocaleString(box.lang, { dateStyle: "long", timeStyle: "short" });
    said.textContent = words[state].replace("{time}", time);
    box.dataset.state = state;
    box.style.background = { bad: "#b00020", ended: "#b00020", unchecked: "#fff3cd" }[state] || "";
    box.style.color = { bad: "#fff", ended: "#fff", unchecked: "#000" }[state] || "";
    box.querySelector("a").style.color = box.style.color;
  }

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  }

  function unknown() {
    show(words.until !== "" && today() > words.until ? "ended" : "unchecked");
  }

  async function check() {
    const mine = ++asked; // an older question that is answered late says nothing
    at = Date.now();
    on = today();
    unknown();
    const patience = new AbortController();
    const over = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await fetch(words.ask, { cache: "no-store", signal: patience.signal });
      const state = (await answer.json()).status.in_force ? "good" : "bad";
      if (mine === asked) show(state);
    } catch {
      if (mine === asked) unknown(); // off line, or nobody answers there
    }
    clearTimeout(over);
    if (mine === asked && box.dataset.state !== "good") document.body.prepend(box);
  }

  check();
  // A device that slept is late by this at most; and not every browser says that it is on line again.
  setInterval(() => (box.dataset.state === "unchecked" || Date.now() - at >= HOUR || on !== today()) && check(), 20000);
  window.addEventListener("online", check);
  window.addEventListener("offline", check);
  document.addEventListener("visibilitychange", () => document.hidden || check());
})();
