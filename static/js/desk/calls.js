// Calling the agent when a shopper writes: a short sound, a notification, both off until they are chosen on the profile
// page. The choice is kept in this browser: what may be shown is granted to a browser, and where a sound is welcome
// depends on where it stands.

const KEY = "comptoir:calls";
const RANG = "comptoir:rang";
let context;

export function calls() {
  choose();
  document.addEventListener("comptoir:live", ({ detail }) => {
    const news = (detail.news || []).filter(({ thread }) => !before(thread));
    if (news.length === 0 || !first(news[news.length - 1].id)) return;
    const chosen = choice();
    if (chosen.sound) ring();
    if (chosen.notify && document.visibilityState !== "visible") news.slice(-3).forEach((one) => show(one, chosen.words));
  });
  // A page may sound only after somebody touched it.
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, ready, { once: true, capture: true });
}

/** Whether the thread is before the agent's eyes: then they see it come. */
function before(thread) {
  return document.visibilityState === "visible" && location.pathname.endsWith(`/threads/${thread}`);
}

/** Of several open pages only one calls. */
function first(id) {
  try {
    if (localStorage.getItem(RANG) === id) return false;
    localStorage.setItem(RANG, id);
  } catch {}
  return true;
}

function choice() {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "{}");
  } catch {
    return {};
  }
}

function ready() {
  const Context = window.AudioContext || window.webkitAudioContext;
  if (!Context || !choice().sound) return;
  context ??= new Context();
  context.resume?.();
}

/** Two soft notes of a shop bell. */
function ring() {
  ready();
  if (context?.state !== "running") return;
  document.body.dataset.rang = "";
  for (const [at, pitch] of [[0, 1318.5], [0.14, 1760]]) {
    const begins = context.currentTime + at;
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.type = "sine";
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, begins);
    loudness.gain.linearRampToValueAtTime(0.12, begins + 0.01);
    loudness.gain.exponentialRampToValueAtTime(0.0005, begins + 0.5);
    tone.connect(loudness).connect(context.destination);
    tone.start(begins);
    tone.stop(begins + 0.55);
  }
}

function show({ id, thread, title, text, words }, withWords) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const shown = new Notification(title, { body: withWords ? words : text, tag: id, lang: document.documentElement.lang });
  shown.onclick = () => {
    window.focus();
    location.assign(`/desk/threads/${encodeURIComponent(thread)}?view=all`);
    shown.close();
  };
}

/** The switches on the profile page. */
function choose() {
  const form = document.querySelector("form[data-calls]");
  if (!form) return;
  const { sound, notify, words } = form.elements;
  const chosen = choice();
  const can = "Notification" in window;
  form.hidden = false;
  document.querySelector("[data-calls-without]")?.remove();
  sound.checked = Boolean(chosen.sound);
  notify.checked = Boolean(chosen.notify) && can && Notification.permission === "granted";
  words.checked = Boolean(chosen.words);
  notify.disabled = !can;
  if (!can) say("unknown");
  words.disabled = !notify.checked;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", async ({ target }) => {
    if (target === notify && notify.checked && !(await allowed())) {
      notify.checked = false;
      say("denied");
    } else say("");
    words.disabled = !notify.checked;
    try {
      localStorage.setItem(KEY, JSON.stringify({ sound: sound.checked, notify: notify.checked, words: words.checked }));
    } catch {}
    if (target === sound && sound.checked) {
      ready();
      setTimeout(ring, 100);
    }
  });

  function say(what) {
    const place = form.querySelector("[data-calls-says]");
    place.textContent = what ? place.dataset[what] : "";
  }
}

/** Asked only when somebody switches it on. */
async function allowed() {
  if (Notification.permission === "default") await Notification.requestPermission();
  return Notification.permission === "granted";
}
