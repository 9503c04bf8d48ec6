// Sends a message without leaving the page: it stands in the thread at once and settles when the server has stored it.
// What is written is kept on the device until then. Without this file the same form posts and the page comes back.

import { toEnd } from "./live.js";
import { freshId, within } from "./plain.js";

const form = document.querySelector("form[data-composer]");
if (form) compose(form);

function compose(form) {
  const field = form.elements.text;
  const id = form.elements.client_id;
  const draft = `comptoir:draft:${form.dataset.composer}`;
  const desk = form.hasAttribute("data-desk");
  let last = Promise.resolve();

  if (!field.value) field.value = remembered(draft);
  field.addEventListener("input", () => {
    field.setCustomValidity("");
    remember(draft, field.value);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    const send = event.ctrlKey || event.metaKey || (!desk && matchMedia("(pointer: fine)").matches);
    if (!send) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    // A button with an address of its own does something else than send.
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    const entry = new FormData(form, event.submitter);
    entry.set("text", text);
    const bubble = show(text, id.value);
    field.value = "";
    remember(draft, "");
    keep(form, id.value, text);
    id.value = freshId();
    queue(entry, bubble);
    field.focus();
  });
  for (const [client, text] of kept(form)) {
    const entry = new FormData(form);
    entry.set("text", text);
    entry.set("client_id", client);
    queue(entry, document.querySelector(`[data-client="${CSS.escape(client)}"]`) || show(text, client));
  }

  /** One after the other, so that messages arrive in the order they were written. */
  function queue(entry, bubble) {
    last = last.then(() => send(entry, bubble));
  }

  async function send(entry, bubble) {
    const client = entry.get("client_id");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(entry),
        signal: within(20000),
      });
      if (answer.status === 422) return giveBack(entry, bubble, await answer.json());
      if (!answer.ok) throw new Error(String(answer.status));
      forget(form, client);
      settle(bubble);
    } catch {
      fail(entry, bubble);
    }
  }

  /** Stored. The socket brings the part that takes its place; until then it looks the same. */
  function settle(bubble) {
    if (!bubble?.isConnected || bubble.dataset.seq) return;
    bubble.classList.remove("msg--pending");
    bubble.querySelector(".msg__meta").replaceChildren(document.getElementById("bubble-sent").content.cloneNode(true));
  }

  /** Sending it again would be refused again: the text is back in its field, with what is wrong with it. */
  function giveBack(entry, bubble, problem) {
    forget(form, entry.get("client_id"));
    bubble?.remove();
    field.value = [entry.get("text"), field.value].filter(Boolean).join("\n");
    remember(draft, field.value);
    field.setCustomValidity(problem.errors?.[0]?.detail || problem.detail);
    field.reportValidity();
  }

  function fail(entry, bubble) {
    const client = entry.get("client_id");
    const shown = document.querySelector(`[data-client="${CSS.escape(client)}"]`) || bubble;
    if (!shown || shown.dataset.seq) return;
    const meta = shown.querySelector(".msg__meta");
    const sending = [...meta.childNodes].map((node) => node.cloneNode(true));
    shown.classList.replace("msg--pending", "msg--failed");
    meta.replaceChildren(document.getElementById("bubble-failed").content.cloneNode(true));
    meta.querySelector("[data-resend]").onclick = () => {
      shown.classList.replace("msg--failed", "msg--pending");
      meta.replaceChildren(...sending);
      queue(entry, shown);
    };
    meta.querySelector("[data-discard]").onclick = () => {
      forget(form, client);
      shown.remove();
      field.focus();
    };
  }
}

function show(text, client) {
  const log = document.getElementById("log");
  const template = document.getElementById("bubble");
  if (!log || !template) return null;
  const bubble = template.content.firstElementChild.cloneNode(true);
  bubble.id = `msg-${client}`;
  bubble.dataset.client = client;
  bubble.querySelector(".bubble").textContent = text;
  log.querySelector("[data-empty]")?.remove();
  log.append(bubble);
  toEnd();
  return bubble;
}

function unsent(form) {
  return `comptoir:unsent:${form.dataset.composer}`;
}

function kept(form) {
  try {
    return Object.entries(JSON.parse(localStorage.getItem(unsent(form)) || "{}"));
  } catch {
    return [];
  }
}

function keep(form, client, text) {
  remember(unsent(form), JSON.stringify({ ...Object.fromEntries(kept(form)), [client]: text }));
}

function forget(form, client) {
  const rest = kept(form).filter(([other]) => other !== client);
  remember(unsent(form), rest.length ? JSON.stringify(Object.fromEntries(rest)) : "");
}

/** Storage can be full or switched off; then a draft lives as long as the page. */
function remember(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {}
}

function remembered(key) {
  try {
    return localStorage.getItem(key) || "";
  } catch {
    return "";
  }
}
