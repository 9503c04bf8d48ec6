// Seconds that run down to what the server does by itself. They are counted from when the page or part was drawn, so it
// does not matter what time it is here.

const begun = new WeakMap();

export function seconds() {
  setInterval(() => {
    const words = document.getElementById("words-seconds")?.innerHTML;
    if (!words) return;
    for (const place of document.querySelectorAll("[data-seconds]")) {
      if (!begun.has(place)) begun.set(place, Date.now());
      const left = Math.max(0, Number(place.dataset.seconds) - Math.floor((Date.now() - begun.get(place)) / 1000));
      const text = words.replace(/\d+/, String(left));
      if (place.textContent !== text) place.textContent = text;
    }
  }, 500);
}
