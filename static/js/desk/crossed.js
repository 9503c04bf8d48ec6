// A colleague answered first: nothing was sent, and the person is asked once. What was written is back in its box.

export function crossing() {
  const dialog = document.getElementById("crossed");
  const form = document.querySelector("[data-composer]");
  if (!dialog || !form) return;
  let after = "none";

  form.addEventListener("comptoir:crossed", ({ detail }) => {
    after = detail.after === "resolve" ? "resolve" : "none";
    dialog.querySelector("h2").textContent = detail.detail;
    dialog.querySelector("[data-who]").textContent = detail.who;
    dialog.querySelector("[data-words]").textContent = detail.words;
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute("open", "");
  });
  dialog.addEventListener("close", () => form.elements.text.focus());
  dialog.querySelector("[data-keep]").addEventListener("click", close);
  dialog.querySelector("[data-note]").addEventListener("click", () => {
    close();
    const note = form.querySelector('input[name="kind"][value="note"]');
    note.checked = true;
    note.dispatchEvent(new Event("change", { bubbles: true }));
    send("none");
  });
  dialog.querySelector("[data-anyway]").addEventListener("click", () => {
    close();
    send(after);
  });

  function send(how) {
    const button = form.querySelector(`button[name="after"][value="${how}"]`) || form.querySelector('button[name="after"]');
    form.requestSubmit(button);
  }

  function close() {
    if (dialog.close) dialog.close();
    else dialog.removeAttribute("open");
  }
}
