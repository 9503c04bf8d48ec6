// What was typed or chosen beside the conversation outlives a live part that draws the same field again.

const typed = new Map();

export function typing() {
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof Element) || !target.id || !target.closest("#context")) return;
    typed.delete(target.id);
    typed.set(target.id, target.value);
  });
  document.addEventListener("comptoir:live", () => {
    for (const [id, value] of typed) {
      const field = document.getElementById(id);
      if (!field) typed.delete(id);
      // In the order they were chosen, so that the last choice of several stays.
      else if (field.type === "radio") field.checked = true;
      else field.value = value;
    }
  });
}
