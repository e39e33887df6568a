// Progress without loading the page again; once the work has ended the page says so.
const WAIT = 1000;

async function look() {
  let over = true;
  for (const card of document.querySelectorAll("[data-job]")) {
    const answer = await fetch(`/api/jobs/${card.dataset.job}`, { headers: { accept: "application/json" } });
    if (!answer.ok) return setTimeout(look, 5 * WAIT);
    const { job } = await answer.json();
    if (job.status !== card.dataset.status && !["queued", "running"].includes(job.status)) return location.reload();
    if (["queued", "running"].includes(job.status)) over = false;
    const bar = card.querySelector("progress");
    if (bar && job.total) {
      bar.max = job.total;
      bar.value = job.done;
      card.querySelector(".count").textContent = `${job.done} / ${job.total}`;
    }
  }
  if (!over) setTimeout(look, WAIT);
}

setTimeout(look, WAIT / 2);
