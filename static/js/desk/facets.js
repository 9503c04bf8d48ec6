// What narrows a search takes effect at once; without script a button does it.

export function facets() {
  const side = document.querySelector("[data-facets]");
  if (!side) return;
  side.querySelector("[data-apply]").hidden = true;
  if (matchMedia("(max-width: 56rem)").matches) side.open = false;
  side.addEventListener("change", ({ target }) => target.form?.requestSubmit());
}
