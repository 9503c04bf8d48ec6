// Waits for the first event of a system that was just connected, and opens the page anew when it is there. Without this
// file the part has a link that looks again.

const EVERY = 2000;

export function first() {
  if (document.querySelector("[data-first]")) setTimeout(look, EVERY);
}

async function look() {
  const waiting = document.querySelector("[data-first]");
  if (!waiting) return;
  try {
    const response = document.visibilityState === "visible" && (await fetch(waiting.dataset.first));
    if (response && response.ok && !response.redirected && !(await response.text()).includes("data-first")) {
      // Not a reload: the page may be the answer of a form.
      location.replace(waiting.querySelector("a").href);
      return;
    }
  } catch {
    // Offline: it looks again.
  }
  setTimeout(look, EVERY);
}
