// A shop's page as it will look: name and colour follow what is typed, and the bar says what is not saved yet.

export function previewing() {
  const form = document.querySelector("form[data-preview]");
  if (!form) return;
  const shown = document.getElementById(form.dataset.preview);
  const told = form.querySelector("[data-unsaved]");
  form.addEventListener("input", () => {
    const name = form.elements.name.value.trim();
    shown.style.setProperty("--merchant-accent", form.elements.accent.value);
    shown.querySelector("[data-name]").textContent = name;
    shown.querySelector("[data-crest]").textContent = initials(name);
    told.textContent = told.dataset.unsaved;
  });
}

function initials(name) {
  const letters = name.split(/\s+/).map((word) => [...word].find((letter) => /[\p{L}\p{N}]/u.test(letter))).filter(Boolean);
  return (letters.length > 1 ? letters[0] + letters.at(-1) : letters[0] ?? "?").toUpperCase();
}
