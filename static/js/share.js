// Hands an address on: by what the device shares with, and to the clipboard. The buttons are there only where that works.
import { copying } from "./copy.js";

copying();
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.share({ url: document.getElementById(button.dataset.share).textContent });
    } catch (error) {
      // Whoever closes the list of ways to share wanted none of them.
      if (error.name !== "AbortError") throw error;
    }
  });
}
