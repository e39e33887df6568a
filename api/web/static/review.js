import { onKeys } from "./keys.js";

const screen = document.querySelector(".review");
const mark = document.querySelector(".sheet mark#quote");
if (mark) {
  const sheet = mark.closest(".sheet");
  sheet.scrollTop = mark.offsetTop - sheet.offsetTop - sheet.clientHeight / 3;
}

for (const picture of document.querySelectorAll(".picture")) {
  const box = picture.querySelector("rect");
  if (box) picture.scrollTop = box.getBoundingClientRect().top - picture.getBoundingClientRect().top - picture.clientHeight / 3;
}

// Which statements this reader has opened, kept in this browser for this revision only.
const key = `ancrage-seen-${screen.dataset.revision}`;
const seen = new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
const current = document.querySelector(".choose[aria-current]");
if (current) seen.add(current.dataset.statement);
localStorage.setItem(key, JSON.stringify([...seen]));
for (const choice of document.querySelectorAll(".choose")) {
  if (!seen.has(choice.dataset.statement)) continue;
  const role = choice.querySelector(".role");
  role.classList.add("seen");
  const said = document.createElement("span");
  said.className = "away";
  said.textContent = ` (${screen.dataset.seen})`;
  role.append(said);
}

function go(rel) {
  document.querySelector(`.beside a[rel="${rel}"]`)?.click();
}

function open(id, mandatory = false) {
  const field = document.getElementById(id);
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  const box = field.form.querySelector('[name="mandatory"]');
  if (box && mandatory) box.checked = true;
  field.focus();
}

onKeys({
  n: () => go("next"),
  p: () => go("prev"),
  c: () => open("comment-statement"),
  f: () => open("comment-statement", true),
  a: () => open("password"),
});
