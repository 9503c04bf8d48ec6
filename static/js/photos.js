// The page that asks for photos: each goes up as it is chosen, the answer names those that arrived.

import { attaching } from "./attach.js";

const form = document.getElementById("photos");
const attached = form && attaching(form);
if (attached) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!attached.ready()) return;
    const taken = attached.take();
    const button = form.querySelector("[data-go]");
    button.setAttribute("aria-busy", "true");
    try {
      for (const { id } of (await taken?.ids()) || []) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: "files", value: id });
        form.append(field);
      }
      form.submit();
    } catch {
      attached.restore(taken);
    }
    button.removeAttribute("aria-busy");
  });
}
