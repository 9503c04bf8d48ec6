// Chooses files and sends each by itself while the message is still being written: at once a small picture, a bar, a way
// to take it away or to try again. Without this file the form's own file field does the same in one go.

import { recording } from "./voice.js";

/** What a form's files are chosen with; undefined where a form takes none. */
export function attaching(form) {
  const root = document.querySelector(`[data-attach="${CSS.escape(form.id)}"]`);
  if (!root) return undefined;
  const { dataset } = root;
  const shots = root.querySelector("[data-shots]");
  const pick = root.querySelector("[data-pick]");
  const error = root.querySelector("[data-attach-error]");
  const alt = root.querySelector("[data-attach-alt]");
  const choose = form.querySelector("[data-choose]");
  const lanes = [Promise.resolve(), Promise.resolve()];
  let items = [...shots.querySelectorAll("[data-shot]")].map(kept);
  let next = 0;

  choose.hidden = false;
  choose.addEventListener("click", () => pick.click());
  pick.addEventListener("change", () => {
    add(pick.files);
    pick.value = "";
  });
  form.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    add(event.clipboardData.files);
  });
  const field = form.closest(".pane, .shop__dock, .step") || form;
  field.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  field.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    add(event.dataTransfer.files);
  });
  recording(form, root, (file) => add([file]), say);

  /** One that came with the page, after a form that could not be taken. */
  function kept(shot) {
    const item = { id: shot.dataset.id, shot, picture: !!shot.querySelector("img") };
    shot.querySelector("input").addEventListener("change", () => remove(item));
    return item;
  }

  function add(files) {
    say("");
    for (const file of files) {
      if (items.length >= Number(dataset.most)) return say(dataset.many);
      if (file.size > Number(dataset.largest)) {
        say(dataset.large);
        continue;
      }
      const item = { file, picture: file.type.startsWith("image/"), url: URL.createObjectURL(file) };
      items.push(item);
      draw(item);
      send(item);
    }
    describe();
  }

  function draw(item) {
    const shot = root.querySelector("[data-shot-new]").content.firstElementChild.cloneNode(true);
    item.shot = shot;
    shot.querySelector("[data-name]").textContent = item.file.name;
    const shown = item.picture ? document.createElement("img") : item.file.type.startsWith("audio/") ? sound(item) : null;
    if (shown) {
      shown.onerror = () => shown.remove();
      shown.src = item.url;
      if (item.picture) shown.alt = item.file.name;
      shot.prepend(shown);
      shot.querySelector(".shot__name").hidden = item.file.type.startsWith("audio/");
      shown.onload = () => (shot.querySelector(".shot__name").hidden = true);
    }
    shot.classList.toggle("shot--voice", shown instanceof HTMLAudioElement);
    shot.querySelector("[data-remove]").onclick = () => {
      remove(item);
      choose.focus();
    };
    shot.querySelector("[data-retry]").onclick = () => send(item);
    shots.append(shot);
  }

  function sound(item) {
    const audio = document.createElement("audio");
    audio.controls = true;
    audio.setAttribute("aria-label", item.file.name);
    return audio;
  }

  function send(item) {
    const lane = next++ % lanes.length;
    state(item, "sending");
    item.sent = lanes[lane].then(() => post(item));
    lanes[lane] = item.sent.catch((failure) => {
      state(item, "failed", failure.words);
    });
  }

  function post(item) {
    return new Promise((resolve, reject) => {
      if (item.gone) return resolve();
      const request = new XMLHttpRequest();
      item.request = request;
      request.open("POST", dataset.to);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.onprogress = (event) => event.lengthComputable && progress(item, event.loaded / event.total);
      request.onload = () => {
        if (request.status !== 201) {
          const problem = request.response;
          return reject({ refused: request.status === 422 || request.status === 413, words: problem?.errors?.[0]?.detail || problem?.detail });
        }
        item.id = request.response.id;
        item.answer = request.response;
        state(item, "done");
        resolve();
      };
      request.onerror = request.ontimeout = () => reject({});
      request.onabort = () => resolve();
      const body = new FormData();
      body.append("file", item.file, item.file.name);
      request.send(body);
    });
  }

  function progress(item, part) {
    const load = item.shot.querySelector("[data-load]");
    load.setAttribute("aria-valuenow", Math.round(part * 100));
    load.firstElementChild.style.inlineSize = `${Math.round(part * 100)}%`;
  }

  function state(item, now, words) {
    const { shot } = item;
    shot.dataset.state = now;
    shot.querySelector("[data-load]").hidden = now !== "sending";
    shot.querySelector("[data-retry]").hidden = now !== "failed";
    if (now === "failed") say(words || dataset.failed);
    root.dispatchEvent(new CustomEvent("comptoir:attached", { bubbles: true }));
  }

  function remove(item) {
    item.gone = true;
    item.request?.abort();
    item.shot.remove();
    if (item.url) URL.revokeObjectURL(item.url);
    items = items.filter((other) => other !== item);
    if (!items.some((other) => other.shot.dataset.state === "failed")) say("");
    describe();
  }

  function describe() {
    if (alt) alt.hidden = !items.some((item) => item.picture);
  }

  function say(words) {
    error.hidden = !words;
    error.querySelector("span").textContent = words;
  }

  function preview(item) {
    const { file, url } = item;
    const kind = item.picture ? "img" : file?.type.startsWith("video/") ? "video" : file?.type.startsWith("audio/") ? "audio" : "";
    if (kind && url) {
      const shown = document.createElement(kind);
      shown.src = url;
      if (kind !== "img") shown.controls = true;
      const frame = document.createElement("span");
      frame.className = kind === "audio" ? "bubble voice" : "photo";
      frame.append(shown);
      return frame;
    }
    if (item.picture) {
      const frame = document.createElement("span");
      frame.className = "photo";
      frame.append(item.shot.querySelector("img").cloneNode());
      return frame;
    }
    const paper = root.querySelector("[data-paper-new]").content.firstElementChild.cloneNode(true);
    paper.querySelector("[data-name]").textContent = file?.name || item.shot.textContent.trim();
    return paper;
  }

  return {
    any: () => items.length > 0,
    /** Whether nothing failed; what did is said and stays. */
    ready() {
      const failed = items.find((item) => item.shot.dataset.state === "failed");
      failed?.shot.querySelector("[data-retry]").focus();
      return !failed;
    },
    /** Takes what was chosen off the composer; `ids` waits until all of it has arrived. */
    take() {
      if (!items.length) return undefined;
      const said = alt?.querySelector("input")?.value.trim() || "";
      if (alt) alt.querySelector("input").value = "";
      const taken = items;
      items = [];
      shots.replaceChildren();
      say("");
      describe();
      return {
        items: taken,
        previews: taken.map(preview),
        async ids() {
          for (const item of taken) {
            if (item.id) continue;
            if (item.shot.dataset.state === "failed") send(item);
            await item.sent;
          }
          return taken.map((item) => ({ id: item.id, alt: item.picture ? said : "" }));
        },
      };
    },
    /** Puts back what could not be sent. */
    restore(taken) {
      items = [...taken.items, ...items];
      shots.prepend(...taken.items.map((item) => item.shot));
      describe();
    },
    say,
  };
}
