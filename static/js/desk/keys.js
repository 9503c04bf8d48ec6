// Single keys. A control says which key it answers to (`data-key="e"`), so a key does what the control does and no
// key acts where its control is not shown. Never while somebody types, never with a modifier.

export function keys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (send(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    const act = key === "j" ? () => move(1) : key === "k" ? () => move(-1) : key === "?" ? sheet : key === "/" ? search : () => press(key);
    if (act()) event.preventDefault();
  });
  const opener = document.querySelector("[data-keysheet]");
  if (!opener) return;
  opener.hidden = false;
  opener.addEventListener("click", sheet);
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

// To the next or previous thread: from the focused row, else from the open one.
function move(step) {
  const rows = [...document.querySelectorAll("#threads .entry")];
  if (rows.length === 0) return false;
  const from = rows.indexOf(document.activeElement);
  const at = from >= 0 ? from : rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function press(key) {
  if (!/^[a-z]$/.test(key)) return false;
  const control = [...document.querySelectorAll(`[data-key="${key}"]`)].find(shown);
  if (!control) return false;
  if (control.matches("input[type=radio]")) {
    control.checked = true;
    control.dispatchEvent(new Event("change", { bubbles: true }));
    control.form.querySelector("textarea").focus();
  } else if (control.matches("summary")) {
    control.click();
    control.parentElement.querySelector("button")?.focus();
  } else {
    control.click();
  }
  return true;
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

function sheet() {
  const dialog = document.getElementById("keysheet");
  if (!dialog) return false;
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
  return true;
}
