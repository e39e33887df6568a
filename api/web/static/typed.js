// What was typed is not lost where the session ended meanwhile. Before a form with a text in it is sent, the page asks whether
// its reader is still signed in; if not, the text stays and is sent once they signed in again, in another tab, as themselves.
const said = document.getElementById("signed-out");

function written(form) {
  return [...form.querySelectorAll("textarea")].some((area) => area.value.trim() !== "");
}

// The token of the reader's session of now; nothing where nobody is signed in, or somebody else.
async function token() {
  const answer = await fetch("/me", { redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 401) return undefined;
  if (!answer.ok) throw new Error("the server cannot say now");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const same = page.body.dataset.me === document.body.dataset.me;
  return same ? page.querySelector("[name=csrf]")?.value : undefined;
}

function tell(form) {
  form.querySelector(".signed-out")?.remove();
  form.append(said.content.cloneNode(true));
  form.querySelector(".signed-out").focus();
}

async function sendIfKnown(form, button) {
  let known;
  try {
    known = await token();
  } catch {
    known = form.elements.csrf.value; // the network is down or the server busy: the answer to the form says so
  }
  if (known === undefined) return tell(form);
  for (const field of document.querySelectorAll("[name=csrf]")) field.value = known;
  form.dataset.known = "yes";
  form.requestSubmit(button);
  delete form.dataset.known;
}

// Before any other script takes the form for one that is under way.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!said || form.method !== "post" || form.dataset.known || !written(form)) return;
    event.preventDefault();
    event.stopPropagation();
    if (form.dataset.asked) return;
    form.dataset.asked = "yes";
    sendIfKnown(form, event.submitter).finally(() => delete form.dataset.asked);
  },
  true,
);
