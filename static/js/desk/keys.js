// Single keys. A control says which key it answers to (`data-key="e"`), so a key does what the control does and no
// key acts where its control is not shown. Never while somebody types, never with a modifier, and not at all where the
// agent switched them off; Enter with Ctrl or Command and the palette act always.

import { palette } from "./palette.js";
import { pick } from "./picking.js";

// How long `G` waits for the letter that says where to.
const WAITS = 1500;
let going = 0;

export function keys() {
  const single = document.getElementById("keysheet")?.dataset.single !== "off";
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (send(event)) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      if (palette()) event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (!single || document.querySelector("dialog[open]")) return;
    if (act(event.key.toLowerCase())) event.preventDefault();
  });
  const opener = document.querySelector("[data-keysheet]");
  const back = document.querySelector("#keysheet [data-back]");
  if (back) back.value = location.pathname + location.search;
  if (!opener) return;
  opener.hidden = false;
  opener.addEventListener("click", sheet);
}

function act(key) {
  if (going && Date.now() - going < WAITS) {
    going = 0;
    return go(key);
  }
  going = 0;
  if (key === "g") {
    going = Date.now();
    return true;
  }
  if (key === "j") return move(1);
  if (key === "k") return move(-1);
  if (key === "x") return pick(here());
  if (key === "?") return sheet();
  if (key === "/") return search();
  return press(key);
}

function go(letter) {
  const link = [...document.querySelectorAll("[data-go]")].find((to) => to.dataset.go === letter);
  link?.click();
  return Boolean(link);
}

function typing(target) {
  const field = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  return Boolean(field) && !["radio", "checkbox"].includes(field.type);
}

// Ctrl or Command with Enter sends; Shift resolves as well.
function send(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return false;
  const form = event.target instanceof Element && event.target.closest("form");
  if (!form || !form.matches("[data-composer]")) return false;
  const wanted = event.shiftKey ? "resolve" : "none";
  const button = form.querySelector(`button[name="after"][value="${wanted}"]`);
  if (!button) return false;
  event.preventDefault();
  form.requestSubmit(button);
  return true;
}

function rows() {
  return [...document.querySelectorAll("#threads .entry")];
}

// The focused row, else the one of the open thread.
function here() {
  const all = rows();
  return all.find((row) => row === document.activeElement)
    || all.find((row) => row.parentElement.contains(document.activeElement))
    || all.find((row) => row.getAttribute("aria-current") === "true");
}

// To the next or previous thread.
function move(step) {
  const all = rows();
  if (all.length === 0) return false;
  const at = all.indexOf(here());
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

export function press(key) {
  if (!/^[a-z]$/.test(key)) return false;
  const control = controlOf(key);
  if (!control) return false;
  if (control.matches("input[type=radio]")) {
    control.checked = true;
    control.dispatchEvent(new Event("change", { bubbles: true }));
    control.form.querySelector("textarea").focus();
  } else if (control.matches("summary")) {
    const fold = control.parentElement;
    if (!fold.open) control.click();
    fold.querySelector("input:not([type=hidden]):not(:disabled), button:not(:disabled)")?.focus();
  } else {
    control.click();
  }
  return true;
}

/** The control that answers to a key now. What to undo was just said, so it comes before anything older. */
export function controlOf(key) {
  return [...document.querySelectorAll(`[data-key="${key}"]`)].find(shown);
}

function shown(control) {
  if (control.disabled) return false;
  if (control.matches("input[type=radio]")) return true;
  return control.getClientRects().length > 0;
}

// On the page that searches to its field, from everywhere else to that page.
function search() {
  const field = document.getElementById("search-q");
  if (field) {
    field.focus();
    field.select();
    return true;
  }
  const link = document.querySelector("[data-search]");
  link?.click();
  return Boolean(link);
}

export function sheet() {
  const dialog = document.getElementById("keysheet");
  if (!dialog) return false;
  findable(dialog);
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
  return true;
}

// The sheet can be searched: rows that do not fit go, and groups left empty with them.
function findable(dialog) {
  const find = dialog.querySelector("[data-find-key]");
  const field = find.querySelector("input");
  const look = () => {
    const words = field.value.trim().toLowerCase();
    for (const row of dialog.querySelectorAll(".keysheet__row")) row.hidden = !row.textContent.toLowerCase().includes(words);
  };
  field.value = "";
  look();
  if (!find.hidden) return;
  find.hidden = false;
  field.addEventListener("input", look);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
