// After a refusal the summary is what the reader needs first.
const refusal = document.getElementById("refusal");
if (refusal) refusal.focus();

// A form that is under way is not sent twice.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
}
