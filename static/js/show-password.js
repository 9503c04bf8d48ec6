// Shows what is typed into password fields, for whoever asks. The box is there only where this runs.

const box = document.querySelector("[data-show-password]");
const fields = [...document.querySelectorAll("input[type=password]")];
if (box) {
  box.hidden = false;
  box.querySelector("input").addEventListener("change", (event) => {
    for (const field of fields) field.type = event.target.checked ? "text" : "password";
  });
}
