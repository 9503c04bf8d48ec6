// Canned replies over the reply box: found by typing, put in at the caret, never sent. The button opens the list, and so
// does a slash in an empty box; a chip names one at once. Without script the button leads to a page with the same list.

export function canned() {
  const dialog = document.getElementById("canned");
  const form = document.querySelector("[data-composer]");
  if (!dialog || !form) return;
  const text = form.elements.text;
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  let all = [];
  let shown = [];
  let at = -1;

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-canned]");
    if (!button) return;
    event.preventDefault();
    open(button.dataset.canned);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "/" || text.value || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  input.addEventListener("input", draw);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") choose(at);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", ({ target }) => choose([...list.children].indexOf(target.closest("[role=option]"))));
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => text.focus());

  async function open(named = "") {
    input.value = named && `/${named}`;
    all = [];
    say("failed", false);
    draw();
    say("none", false);
    dialog.showModal();
    input.focus();
    try {
      const answer = await fetch(dialog.dataset.from, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      all = await answer.json();
      draw();
      // One that cannot be said stays before the eyes, with what is missing.
      if (named) choose(shown.findIndex(({ shortcut }) => shortcut === named));
    } catch {
      say("failed", true);
    }
  }

  function draw() {
    const words = fold(input.value).replace(/^\//, "").split(/\s+/).filter(Boolean);
    shown = all.filter(({ title, shortcut, text: body }) => {
      const where = fold(`${shortcut} ${title} ${body || ""}`);
      return words.every((word) => where.includes(word));
    });
    list.replaceChildren(...shown.map(option));
    say("none", shown.length === 0);
    at = shown.findIndex(({ text: body }) => body);
    mark();
  }

  function option(reply, index) {
    const row = document.createElement("div");
    row.className = "menu__item";
    row.id = `canned-${index}`;
    row.setAttribute("role", "option");
    if (!reply.text) row.setAttribute("aria-disabled", "true");
    row.append(part("strong", reply.title), part("kbd", `/${reply.shortcut}`), part("xs muted truncate", reply.text || reply.missing));
    return row;
  }

  function part(style, words) {
    const span = document.createElement("span");
    span.className = style;
    span.textContent = words;
    return span;
  }

  function move(step) {
    if (shown.length === 0) return;
    at = (at + step + shown.length) % shown.length;
    mark();
  }

  function mark() {
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    const row = list.children[at];
    if (row) input.setAttribute("aria-activedescendant", row.id);
    else input.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  function choose(index) {
    const reply = shown[index];
    if (!reply?.text) return;
    dialog.close();
    text.focus();
    text.setRangeText(reply.text, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function say(what, on) {
    dialog.querySelector(`[data-${what}]`).hidden = !on;
  }
}

export function fold(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
