// Asks again by itself for an order that was placed a moment ago, at ever longer intervals.

const form = document.querySelector("form[data-wait]");
const pause = Number(form?.dataset.wait || 0);
if (pause) setTimeout(ask, pause * 1000, 0);

async function ask(times) {
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
    const { next } = await answer.json();
    if (next) return location.replace(next);
  } catch {}
  setTimeout(ask, Math.min(60, pause * 1.5 ** (times + 1)) * 1000, times + 1);
}
