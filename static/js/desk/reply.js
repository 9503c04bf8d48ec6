// The reply box: its hint follows the way of writing, and an opened thread takes the focus to its heading.

export function replying() {
  const form = document.querySelector("[data-composer]");
  if (!form) return;
  const text = form.querySelector("textarea");
  const hint = text.placeholder;
  const follow = () => {
    const note = form.elements.kind.value === "note";
    text.placeholder = note ? text.dataset.placeholderNote : hint;
    if (!note && text.dataset.lang) text.lang = text.dataset.lang;
    else text.removeAttribute("lang");
    for (const bubble of document.querySelectorAll("template[data-bubble]")) {
      if (bubble.dataset.bubble === (note ? "note" : "reply")) bubble.id = "bubble";
      else bubble.removeAttribute("id");
    }
  };
  form.addEventListener("change", follow);
  follow();
  if (!location.hash && !text.value && document.activeElement === document.body) {
    document.getElementById("who")?.focus({ preventScroll: true });
  }
}
