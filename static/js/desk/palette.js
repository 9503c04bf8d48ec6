// The palette: what can be done with this thread, threads, views and settings, found by typing. Acts are those the page
// shows, so it can do nothing that the page cannot; threads that are not on the page are asked for by the desk's search.

import { controlOf, press } from "./keys.js";

const MOST = 8;
const PAUSE = 150;
let opener = null;
let asking = null;
let answered = { words: "", threads: [] };

export function palette() {
  const dialog = document.getElementById("palette");
  if (!dialog || document.querySelector("dialog[open]")) return false;
  const field = dialog.querySelector("input");
  if (!dialog.dataset.ready) ready(dialog, field);
  opener = document.activeElement;
  field.value = "";
  const whose = dialog.querySelector("[data-whose]");
  whose.textContent = document.getElementById("who")?.textContent || "";
  whose.hidden = !whose.textContent;
  answered = { words: "", threads: [] };
  dialog.showModal();
  draw(dialog, field);
  field.focus();
  return true;
}

function ready(dialog, field) {
  dialog.dataset.ready = "";
  field.addEventListener("input", () => {
    draw(dialog, field);
    clearTimeout(asking);
    asking = setTimeout(() => ask(dialog, field), PAUSE);
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(dialog, event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") run(dialog, chosen(dialog));
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
    else run(dialog, event.target instanceof Element && event.target.closest("[role=option]"));
  });
  dialog.addEventListener("close", () => opener?.isConnected && opener.focus());
}

/** What was typed is looked for among all threads; an answer that comes too late for it is dropped. */
async function ask(dialog, field) {
  const words = field.value.trim();
  const list = document.getElementById("palette-list");
  if (words.length < 2) return;
  try {
    const response = await fetch(`${list.dataset.search}?q=${encodeURIComponent(words)}`, { headers: { accept: "application/json" } });
    if (!response.ok || response.redirected) return;
    const threads = await response.json();
    if (!dialog.open || field.value.trim() !== words) return;
    answered = { words, threads };
    draw(dialog, field, true);
  } catch {
    // Offline: what the page shows is found all the same.
  }
}

function everything(words) {
  const list = document.getElementById("palette-list");
  const acts = [...document.querySelectorAll("#keysheet [data-act]")]
    .filter((row) => controlOf(row.dataset.act))
    .map((row) => ({
      group: list.dataset.actions,
      icon: iconOf(controlOf(row.dataset.act).closest("label, summary, button, a")) || "#i-bolt",
      label: row.firstElementChild.textContent,
      keys: [...row.querySelectorAll(".kbd")].map((key) => key.textContent),
      run: () => press(row.dataset.act),
    }));
  const listed = [...document.querySelectorAll("#threads .entry")].map((row) => ({
    group: list.dataset.threads,
    icon: "#i-user",
    label: row.querySelector(".entry__name").textContent,
    more: row.querySelector(".entry__text").textContent,
    path: new URL(row.href, location.href).pathname,
    run: () => row.click(),
  }));
  const known = answered.words === words ? answered.threads : [];
  const searched = known.map((thread) => ({
    group: list.dataset.threads,
    icon: "#i-user",
    label: thread.label,
    more: thread.more,
    found: true,
    path: new URL(thread.href, location.href).pathname,
    run: () => location.assign(thread.href),
  }));
  const threads = [...searched, ...listed.filter((row) => !searched.some((thread) => thread.path === row.path))];
  const pages = [...document.querySelectorAll("#palette-pages a")].map((link) => ({
    group: list.dataset.pages,
    icon: "#i-gear",
    label: link.textContent,
    run: () => location.assign(link.href),
  }));
  const views = [...document.querySelectorAll("#side .side__link")].map((link) => ({
    group: list.dataset.views,
    icon: iconOf(link) || "#i-inbox",
    label: [...link.childNodes].filter((node) => !(node instanceof Element) || node.matches(".truncate")).map((node) => node.textContent).join("").trim(),
    keys: link.dataset.go ? ["G", link.dataset.go.toUpperCase()] : [],
    run: () => link.click(),
  }));
  return [acts, threads, views, pages];
}

const iconOf = (control) => control?.querySelector("use")?.getAttribute("href");

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The text with what was typed marked in it; accents and case do not matter. */
function marked(text, words) {
  const letters = [...text];
  const marks = new Set();
  for (const word of words) {
    const at = letters.findIndex((_, from) => folded(letters.slice(from).join("")).startsWith(word));
    for (let end = at; at >= 0 && folded(letters.slice(at, end).join("")).length < word.length; end += 1) marks.add(end);
  }
  const parts = [];
  for (const [at, letter] of letters.entries()) {
    const last = parts.at(-1);
    if (last?.marked === marks.has(at)) last.text += letter;
    else parts.push({ marked: marks.has(at), text: letter });
  }
  return parts.map((part) => {
    const piece = document.createElement(part.marked ? "mark" : "span");
    piece.textContent = part.text;
    return piece;
  });
}

function draw(dialog, field, stay = false) {
  const list = document.getElementById("palette-list");
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  const before = stay ? chosen(dialog)?.textContent : undefined;
  const fits = (item) => item.found || words.every((word) => folded(`${item.label} ${item.more || ""}`).includes(word));
  list.replaceChildren();
  let at = 0;
  for (const group of everything(field.value.trim())) {
    const found = group.filter(fits).slice(0, MOST);
    if (found.length === 0) continue;
    const title = document.createElement("p");
    title.className = "menu__label";
    title.textContent = found[0].group;
    title.setAttribute("role", "presentation");
    list.append(title, ...found.map((item) => option(item, at++, words)));
  }
  document.getElementById("palette-nothing").hidden = at > 0;
  const same = before === undefined ? undefined : options(dialog).find((row) => row.textContent === before);
  same?.setAttribute("aria-selected", "true");
  choose(dialog, 0);
}

function option(item, at, words) {
  const row = document.createElement("div");
  row.className = "menu__item palette__row";
  row.id = `palette-${at}`;
  row.setAttribute("role", "option");
  row.setAttribute("aria-selected", "false");
  const text = document.createElement("span");
  text.className = "palette__text";
  const label = document.createElement("span");
  label.className = "truncate";
  label.append(...marked(item.label, words));
  text.append(label);
  row.append(drawing(item.icon), text);
  if (item.more) {
    const more = document.createElement("span");
    more.className = "truncate xs muted";
    more.textContent = item.more;
    text.append(more);
  }
  const keys = document.createElement("span");
  keys.className = "palette__keys";
  row.append(keys);
  for (const key of item.keys || []) {
    const shown = document.createElement("span");
    shown.className = "kbd";
    shown.setAttribute("aria-hidden", "true");
    shown.textContent = key;
    keys.append(shown);
  }
  row.run = item.run;
  return row;
}

function drawing(icon) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", icon);
  svg.append(use);
  return svg;
}

const options = (dialog) => [...dialog.querySelectorAll("[role=option]")];
const chosen = (dialog) => dialog.querySelector('[role=option][aria-selected="true"]');

function choose(dialog, step) {
  const all = options(dialog);
  const at = all.indexOf(chosen(dialog));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  for (const row of all) row.setAttribute("aria-selected", String(row === next));
  const field = dialog.querySelector("input");
  if (next) field.setAttribute("aria-activedescendant", next.id);
  else field.removeAttribute("aria-activedescendant");
  next?.scrollIntoView({ block: "nearest" });
}

function run(dialog, row) {
  if (!row) return;
  // The dialog gives the focus back first, so that the act can take it.
  opener = null;
  dialog.close();
  row.run();
}
