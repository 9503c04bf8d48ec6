// What was typed beside the conversation outlives a live part that draws the same field again.

const typed = new Map();

export function typing() {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof Element && target.id && target.closest("#context")) typed.set(target.id, target.value);
  });
  document.addEventListener("comptoir:live", () => {
    for (const [id, value] of typed) {
      const field = document.getElementById(id);
      if (field) field.value = value;
      else typed.delete(id);
    }
  });
}
