// Copies and prints what is shown once. The buttons are there only where this runs.
import { copying } from "./copy.js";

copying();
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
