// Files in a conversation: one whose address is over is asked for again, and a voice clip gets controls of the page's own.

document.addEventListener("error", again, true);
for (const image of document.querySelectorAll("img[data-again]")) {
  if (image.complete && !image.naturalWidth) again({ target: image });
}
document.addEventListener("comptoir:live", voices);
voices();

/** Once only: what fails a second time is gone. */
function again({ target }) {
  if (!(target instanceof HTMLElement) || !target.dataset.again) return;
  const fresh = target.dataset.again;
  delete target.dataset.again;
  const at = target.currentTime;
  target.parentElement?.querySelector("source")?.remove();
  target.src = fresh;
  if (at) {
    target.currentTime = at;
    target.play?.().catch(() => {});
  }
}

function voices() {
  for (const bubble of document.querySelectorAll("[data-voice]:not([data-ready])")) voice(bubble);
}

function voice(bubble) {
  bubble.dataset.ready = "";
  const sound = bubble.querySelector("audio");
  const length = bubble.querySelector(".voice__length");
  if (!length) return;
  const whole = length.textContent.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) || 1;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "voice__play";
  const bar = document.createElement("span");
  bar.className = "voice__bar";
  const wave = waves(sound.getAttribute("src") || "");
  const place = document.createElement("input");
  Object.assign(place, { type: "range", min: 0, max: whole, step: 0.1, value: 0 });
  place.setAttribute("aria-label", sound.getAttribute("aria-label"));
  bar.append(wave, place);
  const words = length.textContent;
  const draw = () => {
    button.replaceChildren(icon(sound.paused ? "M7 5v10l8-5Z" : "M6.5 5h2.5v10H6.5ZM11 5h2.5v10H11Z"));
    button.setAttribute("aria-label", sound.paused ? bubble.dataset.play : bubble.dataset.pause);
  };
  const follow = () => {
    const part = Math.min(1, sound.currentTime / whole);
    place.value = sound.currentTime;
    [...wave.children].forEach((rect, at, all) => rect.classList.toggle("rest", sound.currentTime > 0 && at / all.length > part));
    const seconds = Math.floor(sound.currentTime);
    length.textContent = seconds ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : words;
  };
  button.onclick = () => {
    if (!sound.paused) return sound.pause();
    for (const other of document.querySelectorAll("[data-voice] audio")) if (other !== sound) other.pause();
    sound.play().catch(() => {});
  };
  place.oninput = () => (sound.currentTime = Number(place.value));
  sound.onplay = sound.onpause = draw;
  sound.ontimeupdate = follow;
  sound.onended = () => {
    sound.currentTime = 0;
    draw();
    follow();
  };
  draw();
  sound.controls = false;
  sound.hidden = true;
  sound.before(button, bar);
}

const SVG = "http://www.w3.org/2000/svg";

function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

/** A drawing that stands for a voice; always the same for the same clip. */
function waves(seed) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "wave");
  svg.setAttribute("viewBox", "0 0 136 28");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  let state = [...seed.split("?")[0]].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  for (let at = 0; at < 34; at++) {
    state = (state * 1664525 + 1013904223) >>> 0;
    const height = 4 + ((state >>> 16) % 100) * 0.16 + 4 * Math.abs(Math.sin(at / 3));
    const rect = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x: at * 4, y: 14 - height / 2, width: 2.4, height, rx: 1.2 })) rect.setAttribute(name, value);
    svg.append(rect);
  }
  return svg;
}
