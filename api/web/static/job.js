// Progress without loading the page again; once the work has ended the page says so.
const WAIT = 1000;
const GONE = [401, 404]; // the session has ended, or it is somebody else's by now: the page itself says what to do

// While the server starts again nobody answers: it is asked again a little later.
async function look() {
  try {
    await ask();
  } catch {
    setTimeout(look, 5 * WAIT);
  }
}

async function ask() {
  let over = true;
  for (const card of document.querySelectorAll("[data-job]")) {
    const answer = await fetch(`/api/jobs/${card.dataset.job}`, { headers: { accept: "application/json" } });
    if (GONE.includes(answer.status)) return location.reload();
    if (!answer.ok) throw new Error(`${answer.status}`);
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
