// Selecting rows: what is selected outlives a live part that draws the list again, and the bar says how many. The boxes
// and the form work without this file.

const picked = new Set();

export function picking() {
  const bar = document.getElementById("bulk");
  if (!bar) return;
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof Element) || !target.matches("[data-pick]")) return;
    if (target.checked) picked.add(target.value);
    else picked.delete(target.value);
    tell(bar);
  });
  bar.addEventListener("reset", () => {
    picked.clear();
    // After the form itself has put the boxes back.
    setTimeout(() => restore(bar));
  });
  document.addEventListener("comptoir:live", () => restore(bar));
  // A page that comes back from the history may have boxes checked already.
  addEventListener("pageshow", () => {
    for (const box of boxes()) if (box.checked) picked.add(box.value);
    tell(bar);
  });
  tell(bar);
}

/** Selects the row, or lets it go. */
export function pick(row) {
  const box = row?.parentElement.querySelector("[data-pick]");
  if (!box) return false;
  box.click();
  row.focus();
  return true;
}

const boxes = () => document.querySelectorAll("[data-pick]");

function restore(bar) {
  const there = new Set();
  for (const box of boxes()) {
    box.checked = picked.has(box.value);
    there.add(box.value);
  }
  // What left the list is not acted on unseen.
  for (const id of picked) if (!there.has(id)) picked.delete(id);
  tell(bar);
}

function tell(bar) {
  bar.querySelector("[data-picked]").textContent = picked.size || "";
  bar.classList.toggle("is-picking", picked.size > 0);
}
