// The shopper's page: unfolds tracking where there is room, lets the head speak for the order card once that has
// scrolled away, and moves to the message field when asked.

import { toEnd } from "./live.js";

const wide = matchMedia("(min-width: 60rem)");
let watcher;

function watch() {
  const card = document.getElementById("order-card");
  if (!card) return;
  watcher?.disconnect();
  watcher = new IntersectionObserver(([entry]) => document.body.toggleAttribute("data-scrolled", !wide.matches && !entry.isIntersecting));
  watcher.observe(card);
}

/** The card came again: the head repeats its headline and its progress. */
function repeat() {
  const card = document.getElementById("order-card");
  const line = document.querySelector("[data-order-line]");
  const slim = document.querySelector("[data-order-slim]");
  const headline = card?.querySelector(".ship__headline");
  const progress = card?.querySelector(".progress");
  if (line && headline) line.textContent = headline.textContent;
  if (slim && progress) slim.replaceChildren(...[...progress.children].map((segment) => segment.cloneNode()));
  watch();
}

if (wide.matches) {
  // Of several parcels their own lines say enough.
  if (!document.querySelector("#order-card .parcel")) for (const fold of document.querySelectorAll("#order-card details")) fold.open = true;
  if (!location.hash) toEnd();
}
watch();
document.addEventListener("comptoir:live", repeat);

// The menus of the head open without script; here a click elsewhere or Escape closes them.
function closeMenus(inside) {
  for (const menu of document.querySelectorAll("details[data-drop][open]")) if (!menu.contains(inside)) menu.open = false;
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelector("details[data-drop][open] > summary")?.focus();
  closeMenus(null);
});

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const focus = event.target.closest("[data-focus]");
  if (focus) {
    event.preventDefault();
    const field = document.getElementById(focus.dataset.focus);
    if (field && focus.dataset.fill && !field.value.trim()) {
      field.value = focus.dataset.fill;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field?.focus();
  }
  if (event.target.closest("[data-open-tracking]")) {
    const fold = document.querySelector("#order-card details");
    if (fold) fold.open = true;
  }
});
