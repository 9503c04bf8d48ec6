// Keeps a page current: receives the rendered parts of what happened after `data-upto` and puts them in their place.
// The page says where with `data-live` on its body; without this file it is still a whole page.

const body = document.body;
const log = document.getElementById("log");
const policy = window.trustedTypes?.createPolicy("comptoir-live", { createHTML: (html) => html });

let upto = Number(body.dataset.upto || 0);
let socket;
let tries = 0;
let offline;
let unseen = 0;
let told = 0;
const drawn = Date.now();
const leaving = new Map();

if (body.dataset.live) {
  if (log?.closest("[data-scroller]")) toEnd();
  connect();
  addEventListener("online", connect);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    connect();
    tellSeen();
  });
}

function connect() {
  if (socket && socket.readyState < WebSocket.CLOSING) return;
  const url = new URL(body.dataset.live, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("after", upto);
  url.searchParams.set("age", Math.round((Date.now() - drawn) / 1000));
  if (body.dataset.marks) url.searchParams.set("marks", body.dataset.marks);
  const opened = new WebSocket(url);
  socket = opened;
  opened.onopen = () => {
    tries = 0;
    clearTimeout(offline);
    offline = undefined;
    document.querySelector("[data-banner]")?.replaceChildren();
    body.dataset.connected = "";
    told = 0;
    tellSeen();
    document.dispatchEvent(new Event("comptoir:connected"));
  };
  opened.onmessage = (event) => receive(JSON.parse(event.data));
  opened.onclose = () => {
    if (socket !== opened) return;
    delete body.dataset.connected;
    offline ??= setTimeout(announceOffline, 2000);
    const longest = Math.min(30000, 500 * 2 ** tries++);
    setTimeout(connect, longest * (0.5 + Math.random() / 2));
  };
}

/** Lets the server know something in a few words; gives whether it could be said. */
export function tell(words) {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify(words));
  return true;
}

/** Settles once the page is connected. */
export function connected() {
  if ("connected" in body.dataset) return Promise.resolve();
  return new Promise((settle) => document.addEventListener("comptoir:connected", settle, { once: true }));
}

/** What a reader has before their eyes is seen: not what came while they were looking further up. */
function tellSeen() {
  if (!("seen" in body.dataset) || document.visibilityState !== "visible" || unseen || upto <= told) return;
  if (tell({ seen: upto })) told = upto;
}

function announceOffline() {
  const words = document.getElementById("words-reconnecting");
  if (words) document.querySelector("[data-banner]")?.replaceChildren(words.content.cloneNode(true));
}

function receive(frame) {
  if (frame.reload) {
    location.reload();
    return;
  }
  for (const part of frame.parts || []) put(part);
  if (frame.upto > upto) {
    upto = frame.upto;
    body.dataset.upto = upto;
  }
  if (frame.marks) body.dataset.marks = frame.marks;
  tellSeen();
  document.dispatchEvent(new CustomEvent("comptoir:live", { detail: frame }));
}

function put(part) {
  const fresh = parse(part.html);
  if (!fresh) return;
  if (part.target === "typing") return pass(fresh);
  const settled = fresh.dataset.client && document.querySelector(`[data-client="${CSS.escape(fresh.dataset.client)}"]`);
  const known = document.getElementById(part.id || fresh.id);
  if (part.target !== "log") {
    const target = document.getElementById(part.target);
    if (target) replace(target, fresh);
  } else if (known || settled) {
    if (fresh.matches(".msg, .note")) quiet(fresh);
    replace(known || settled, fresh);
    if (known && settled && known !== settled) settled.remove();
  } else if (log) {
    quiet(fresh);
    append(fresh);
  }
}

/** Somebody writes: shown until six seconds after the last sign of it. */
function pass(fresh) {
  const place = document.getElementById("typing");
  if (!place) return;
  const shown = document.getElementById(fresh.id);
  const stay = atEnd();
  if (!shown) place.append(fresh);
  else if (shown.textContent !== fresh.textContent) shown.replaceWith(fresh);
  if (stay) toEnd();
  clearTimeout(leaving.get(fresh.id));
  leaving.set(fresh.id, setTimeout(() => document.getElementById(fresh.id)?.remove(), 6000));
}

/** Who has said it writes no more. */
function quiet(said) {
  const { author } = said.dataset;
  if (author !== undefined) document.getElementById(`typing-${author}`)?.remove();
  else if (said.matches(".msg:not(.msg--own)")) document.getElementById("typing")?.replaceChildren();
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content.firstElementChild;
}

/** What the reader had unfolded stays unfolded, and focus stays on the element of the same id. */
function replace(old, fresh) {
  if ("still" in old.dataset) {
    // Stays where it is, and in its order; only what it says is new.
    if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
    return;
  }
  const open = [...old.querySelectorAll("details[open][id]")].map((fold) => fold.id);
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  const stay = atEnd();
  old.replaceWith(fresh);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (stay) toEnd();
}

/** In the order of what happened; the reader's own unsent messages stay last. */
function append(fresh) {
  const stay = atEnd();
  const seq = Number(fresh.dataset.seq);
  const later = [...log.children].find((other) => !other.dataset.seq ? other.dataset.client : Number(other.dataset.seq) > seq);
  log.querySelector("[data-empty]")?.remove();
  log.insertBefore(fresh, later || null);
  if (stay) toEnd();
  else if (fresh.matches(".msg:not(.msg--own)")) announceNew(1);
}

function announceNew(more) {
  const chip = document.querySelector("[data-new]");
  const words = document.getElementById("words-new")?.content;
  if (!chip || !words) return;
  unseen += more;
  chip.textContent = words.querySelector(unseen > 1 ? "[data-many]" : "[data-one]").textContent.replace("0", unseen);
  chip.hidden = false;
  chip.onclick = toEnd;
}

// Captured, since the desk's conversation scrolls by itself.
addEventListener("scroll", () => unseen && atEnd() && seen(), { passive: true, capture: true });

function seen() {
  unseen = 0;
  const chip = document.querySelector("[data-new]");
  if (chip) chip.hidden = true;
  tellSeen();
}

/** The element that scrolls: the log where it scrolls by itself (the desk), else the page. */
function scroller() {
  const own = log?.closest("[data-scroller]");
  return own || document.scrollingElement;
}

export function atEnd() {
  const at = scroller();
  return at.scrollHeight - at.scrollTop - at.clientHeight < 96;
}

export function toEnd() {
  if (!log) return;
  const at = scroller();
  at.scrollTop = at.scrollHeight;
  seen();
}
