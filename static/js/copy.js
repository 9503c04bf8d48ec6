// Copies what a field shows. The button is there only where copying works.

export function copying() {
  if (!navigator.clipboard) return;
  const ready = () => document.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
  ready();
  new MutationObserver(ready).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    if (!source) return;
    await navigator.clipboard.writeText(source.textContent);
    const label = button.querySelector("span");
    const before = label.textContent;
    label.textContent = button.dataset.copied;
    setTimeout(() => { label.textContent = before; }, 2000);
  });
}
