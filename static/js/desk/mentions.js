// Calling a colleague in a note: an `@` offers their names. Typed by hand it works as well.

import { fold } from "./canned.js";

export function mentions() {
  const menu = document.getElementById("colleagues");
  const form = document.querySelector("[data-composer]");
  if (!menu || !form) return;
  const text = form.elements.text;
  const all = [...menu.children];
  let shown = [];
  let at = 0;
  form.append(menu);
  text.setAttribute("aria-controls", menu.id);

  text.addEventListener("input", follow);
  text.addEventListener("click", follow);
  text.addEventListener("blur", () => setTimeout(close, 150));
  form.addEventListener("submit", close);
  // Before any other listener of the box: while the names are there, keys are theirs.
  text.addEventListener("keydown", press, { capture: true });
  menu.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const row = event.target.closest("[role=option]");
    if (row) choose(row);
  });

  function begun() {
    if (form.elements.kind.value !== "note" || text.selectionStart !== text.selectionEnd) return null;
    const found = /(?:^|[\s([{"'])@([\p{L}\p{M}'’-]*(?: [\p{L}\p{M}'’-]*)?)$/u.exec(text.value.slice(0, text.selectionStart));
    return found && found[1];
  }

  function follow() {
    const name = begun();
    if (name === null) return close();
    const typed = fold(name);
    shown = all.filter((row) => fold(row.dataset.name).startsWith(typed) || (typed && !typed.includes(" ") && fold(row.dataset.name).split(/\s+/).some((part) => part.startsWith(typed))));
    if (shown.length === 0) return close();
    for (const row of all) row.hidden = !shown.includes(row);
    menu.hidden = false;
    at = 0;
    mark();
  }

  function press(event) {
    if (menu.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") at = (at + 1) % shown.length;
    else if (event.key === "ArrowUp") at = (at - 1 + shown.length) % shown.length;
    else if (event.key === "Enter" || event.key === "Tab") choose(shown[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    mark();
  }

  function choose(row) {
    const end = text.selectionStart;
    const start = end - begun().length;
    text.setRangeText(`${row.dataset.name} `, start, end, "end");
    close();
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  }

  function mark() {
    if (menu.hidden) return;
    for (const row of all) row.setAttribute("aria-selected", String(row === shown[at]));
    text.setAttribute("aria-activedescendant", shown[at].id);
    shown[at].scrollIntoView({ block: "nearest" });
  }

  function close() {
    menu.hidden = true;
    text.removeAttribute("aria-activedescendant");
  }
}
