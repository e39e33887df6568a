// A draft can be made from sources of its own medicine alone: the others are out of sight and not sent, and ticked again where it
// is chosen again. Those in the language of the piece stand first. Without this all are there, the chosen medicine's first.
const form = document.querySelector("form:has([data-product])");
const rows = [...(form?.querySelectorAll("[data-product]") ?? [])];

function arrange() {
  const { product, language } = form.elements;
  for (const row of rows) row.hidden = row.querySelector("input").disabled = row.dataset.product !== product.value;
  const other = (row) => Number(row.dataset.language !== language.value);
  const [first] = rows;
  const list = first.parentElement;
  list.append(...[...rows].sort((one, next) => other(one) - other(next)));
  list.closest("fieldset").hidden = rows.every((row) => row.hidden);
}

if (form) {
  form.addEventListener("change", (event) => {
    if (["product", "language"].includes(event.target.name)) arrange();
  });
  // A browser that goes back to the page fills it in as it was left.
  addEventListener("pageshow", arrange);
}
