// The six digits: sends them as soon as they are complete, takes a code pasted with spaces, and looks again by itself
// for an order that was placed a moment ago.

const form = document.querySelector("form[data-code]");
const field = form?.elements.code;
let sent = false;

field?.addEventListener("paste", (event) => {
  const digits = event.clipboardData.getData("text").replace(/\D/g, "").slice(0, 6);
  if (!digits) return;
  event.preventDefault();
  field.value = digits;
  complete();
});
field?.addEventListener("input", () => {
  const digits = field.value.replace(/\D/g, "").slice(0, 6);
  if (digits !== field.value) field.value = digits;
  complete();
});

function complete() {
  if (sent || field.value.length !== 6) return;
  sent = true;
  form.requestSubmit();
}

addEventListener("pageshow", () => (sent = false));

const page = document.querySelector("[data-look-again]");
const pause = Number(page?.dataset.lookAgain || 0);
if (pause) setTimeout(look, pause * 1000, 0);

async function look(times) {
  try {
    const answer = await fetch(page.dataset.look, { method: "POST", headers: { Accept: "application/json" } });
    const { next } = await answer.json();
    if (next) return location.replace(next);
  } catch {}
  setTimeout(look, Math.min(60, pause * 1.5 ** (times + 1)) * 1000, times + 1);
}
