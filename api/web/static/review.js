import "./words.js";
import { onKeys, showKeys } from "./keys.js";

const here = document.querySelector(".choose[aria-current]");

// In one column, what carries a statement stands right behind it: to the eye, the keyboard and a screen reader alike.
const beside = document.querySelector(".beside");
const oneColumn = matchMedia("screen and (max-width: 860px)");

// In the piece as its reader sees it: in the list item that holds the text, behind a question's answers, else behind the text's line.
function behindStatement() {
  const item = here.closest(".statements > li");
  if (item || !here.closest("#rendition")) return item?.append(beside);
  const answers = here.closest("details") ? null : here.closest(".question")?.querySelector(":scope > ol");
  const line = answers ?? here.closest("li, p, h1, h2, h3");
  if (line.localName === "li") line.append(beside);
  else line.after(beside);
}

function placeSource() {
  if (!here || !beside) return;
  const review = document.querySelector(".review");
  const focused = beside.contains(document.activeElement) ? document.activeElement : null;
  if (oneColumn.matches) behindStatement();
  else review.append(beside);
  here.closest(".statements > li")?.classList.toggle("opened", oneColumn.matches);
  review.classList.toggle("folded", oneColumn.matches);
  focused?.focus();
}

placeSource();
oneColumn.addEventListener("change", placeSource);

// Beside its source the page of the piece scrolls by itself and stays in sight. A browser that goes to an anchor in it moves the whole screen
// on, again and again while it loads: it is set right at once and when all is loaded, unless the reader has moved on by then.
let moved = false;
for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(name, () => (moved = true), { once: true, passive: true });

function showInPage() {
  const page = here?.closest("#rendition");
  if (!page || oneColumn.matches) return false;
  page.scrollTop += here.getBoundingClientRect().top - page.getBoundingClientRect().top - 96;
  scrollTo(0, scrollY + document.querySelector(".review").getBoundingClientRect().top - 16);
  here.focus({ preventScroll: true });
  return true;
}

if (here && location.hash === `#${here.id}`) showInPage();
else if (here && !location.hash) {
  const page = here.closest("#rendition");
  if (page && here.offsetTop > page.clientHeight) page.scrollTop = here.offsetTop - 96;
}

for (const sheet of document.querySelectorAll(".sheet")) {
  const mark = sheet.querySelector("mark");
  if (mark) sheet.scrollTop = mark.offsetTop - sheet.offsetTop - sheet.clientHeight / 3;
}

// The quote in sight within its picture; once more when all is loaded, since the browser has then gone to the address's anchor.
function showQuotes() {
  for (const picture of document.querySelectorAll(".picture")) {
    const box = picture.querySelector("rect");
    if (!box) continue;
    const [at, seen] = [box.getBoundingClientRect(), picture.getBoundingClientRect()];
    picture.scrollTop += at.top - seen.top - picture.clientHeight / 3;
    picture.scrollLeft += at.left - seen.left - 24;
  }
}

showQuotes();
addEventListener("load", () =>
  requestAnimationFrame(() => {
    showQuotes();
    // The source keeps in sight by itself beside the statements: so the statement may, too.
    if (location.hash === "#marked" && !oneColumn.matches && !showInPage()) here?.scrollIntoView({ block: "start" });
    if (here && location.hash === `#${here.id}` && !moved) showInPage();
  }),
);

// A reference is chosen by what it carries.
for (const reference of document.querySelectorAll("#rendition li:has(> .marks > .citing)")) {
  reference.addEventListener("click", (event) => {
    if (event.target.closest("a") || !getSelection().isCollapsed) return;
    reference.querySelector(".citing:not([aria-current])")?.click();
  });
}

function follow(key) {
  document.querySelector(`[data-key="${key}"]`)?.click();
}

function go(rel) {
  document.querySelector(`.beside a[rel="${rel}"]`)?.click();
}

// One step closer, round from the closest to the whole page; at the picture that was last looked at.
function closer() {
  const steps = [...(document.querySelector(".zoom a[aria-current]:not(:first-child)") ?? document.querySelector(".zoom a"))?.parentElement.children ?? []];
  steps[(steps.findIndex((step) => step.hasAttribute("aria-current")) + 1) % steps.length]?.click();
}

function open(id, mandatory = false) {
  const field = document.getElementById(id);
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  const box = field.form.querySelector('[name="mandatory"]');
  if (box && mandatory) box.checked = true;
  field.focus();
}

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, textarea, select");
  if (!field) return;
  if (event.key === "Escape") here?.focus();
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
});

onKeys({
  n: () => go("next"),
  p: () => go("prev"),
  c: () => open("comment-statement"),
  f: () => open("comment-statement", true),
  a: () => document.getElementById("accept")?.requestSubmit(),
  t: () => open("attest-reason"),
  l: () => follow("l"),
  z: closer,
  m: () => follow("m"),
  o: () => follow("o"),
  s: () => open("password"),
  d: () => document.getElementById("decide")?.focus(),
  u: () => document.querySelector(".crumbs a")?.click(),
  "?": showKeys,
});
