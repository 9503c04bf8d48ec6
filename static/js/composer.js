// Sends a message without leaving the page: it stands in the thread at once and settles when the server has stored it.
// What is written is kept on the device until then. Without this file the same form posts and the page comes back.

import { attaching } from "./attach.js";
import { connected, tell, toEnd } from "./live.js";
import { freshId, within } from "./plain.js";

const form = document.querySelector("form[data-composer]");
if (form) compose(form);

function compose(form) {
  const field = form.elements.text;
  const id = form.elements.client_id;
  const draft = `comptoir:draft:${form.dataset.composer}`;
  const desk = form.hasAttribute("data-desk");
  const attached = attaching(form);
  let last = Promise.resolve();
  let next = 0;

  if (!field.value) field.value = remembered(draft);
  // What was there to read when the writing began: an answer that came since may make it needless.
  let began = field.value ? document.body.dataset.upto : "";
  field.addEventListener("input", () => {
    field.setCustomValidity("");
    remember(draft, field.value);
    began = field.value && (began || document.body.dataset.upto);
    writes();
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
    if (attached && !attached.ready()) return;
    if (!text && !attached?.any()) return field.focus();
    const entry = new FormData(form, event.submitter);
    entry.set("text", text);
    entry.delete("files");
    if (entry.has("upto")) entry.set("upto", began || document.body.dataset.upto);
    began = "";
    const { kind, upto } = Object.fromEntries(entry);
    next = 0;
    const taken = attached?.take();
    const bubble = show(text, id.value, taken?.previews);
    field.value = "";
    // A message with files is kept once these have arrived; until then its text stays the draft.
    if (!taken) remember(draft, "");
    if (!taken) keep(form, id.value, { text, kind, upto });
    id.value = freshId();
    queue(entry, bubble, taken);
    field.focus();
  });
  for (const [client, { text = "", files = [], kind, upto }] of kept(form)) {
    const entry = new FormData(form);
    entry.set("text", text);
    entry.set("client_id", client);
    // As it was meant: a note never becomes an answer.
    if (kind) entry.set("kind", kind);
    if (upto !== undefined) entry.set("upto", upto);
    entry.delete("files");
    name(entry, files);
    queue(entry, document.querySelector(`[data-client="${CSS.escape(client)}"]`) || show(text, client));
  }

  /** Says at most every three seconds that somebody writes, and not for a letter that is taken back at once. */
  function writes() {
    if (Date.now() < next) return;
    next = Date.now() + 3000;
    setTimeout(() => field.value.trim() && tell({ typing: form.elements.kind?.value || "reply" }), 500);
  }

  /** One after the other, so that messages arrive in the order they were written. */
  function queue(entry, bubble, taken) {
    last = last.then(() => send(entry, bubble, taken));
  }

  /** The files of a message, by the ids they arrived under. */
  function name(entry, files) {
    for (const { id, alt } of files) {
      entry.append("files", id);
      if (alt) entry.set(`alt-${id}`, alt);
    }
  }

  async function send(entry, bubble, taken, tries = 3) {
    const client = entry.get("client_id");
    try {
      if (taken && !entry.has("files")) {
        const files = await taken.ids();
        name(entry, files);
        keep(form, client, { text: entry.get("text"), files, kind: entry.get("kind") ?? undefined, upto: entry.get("upto") ?? undefined });
        remember(draft, field.value);
      }
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(entry),
        signal: within(20000),
      });
      if (answer.status === 409 && desk) {
        const crossed = await answer.json();
        if (!crossed.who) throw new Error("409");
        giveBack(entry, bubble, null, taken);
        // Asked once: it is known now.
        began = String(crossed.upto);
        form.dispatchEvent(new CustomEvent("comptoir:crossed", { detail: { ...crossed, after: entry.get("after") } }));
        return;
      }
      if (answer.status === 422) return giveBack(entry, bubble, await answer.json(), taken);
      if (!answer.ok) throw new Error(String(answer.status));
      forget(form, client);
      settle(bubble);
    } catch (failure) {
      if (failure?.refused) return giveBack(entry, bubble, { detail: failure.words }, taken);
      // Without a connection it waits for one; those written after it wait behind it.
      if (tries > 0 && failure instanceof TypeError) {
        await pause(1000);
        await connected();
        return send(entry, bubble, taken, tries - 1);
      }
      fail(entry, bubble, taken);
    }
  }

  /** Stored. The socket brings the part that takes its place; until then it looks the same. */
  function settle(bubble) {
    if (!bubble?.isConnected || bubble.dataset.seq) return;
    bubble.classList.remove("msg--pending");
    bubble.querySelector(".msg__meta").replaceChildren(document.getElementById("bubble-sent").content.cloneNode(true));
  }

  /** Sending it again would be refused again: the text is back in its field, with what is wrong with it. */
  function giveBack(entry, bubble, problem, taken) {
    forget(form, entry.get("client_id"));
    bubble?.remove();
    field.value = [entry.get("text"), field.value].filter(Boolean).join("\n");
    remember(draft, field.value);
    if (!problem) {
      if (taken) attached.restore(taken);
      return;
    }
    const words = problem.errors?.[0]?.detail || problem.detail;
    if (taken) {
      attached.restore(taken);
      return attached.say(words);
    }
    field.setCustomValidity(words);
    field.reportValidity();
  }

  function fail(entry, bubble, taken) {
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
      queue(entry, shown, taken);
    };
    meta.querySelector("[data-discard]").onclick = () => {
      forget(form, client);
      shown.remove();
      field.focus();
    };
  }
}

const pause = (milliseconds) => new Promise((settle) => setTimeout(settle, milliseconds));

function show(text, client, previews = []) {
  const log = document.getElementById("log");
  const template = document.getElementById("bubble");
  if (!log || !template) return null;
  const bubble = template.content.firstElementChild.cloneNode(true);
  bubble.id = `msg-${client}`;
  bubble.dataset.client = client;
  const words = bubble.querySelector(".bubble");
  words.textContent = text;
  words.before(...previews);
  if (!text && previews.length) words.remove();
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
    const all = Object.entries(JSON.parse(localStorage.getItem(unsent(form)) || "{}"));
    // Kept by an earlier version of this page: only the text.
    return all.map(([client, message]) => [client, typeof message === "string" ? { text: message } : message]);
  } catch {
    return [];
  }
}

function keep(form, client, message) {
  remember(unsent(form), JSON.stringify({ ...Object.fromEntries(kept(form)), [client]: message }));
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
