// A page that takes its time is drawn before it is there: after a moment what will change is shown empty, so that a click is
// seen to be taken. Coming back, or when nothing comes, all is as it was.

const MOMENT = 300;
const LONG = 15000;

export function leaving() {
  if (!document.getElementById("loading-talk")) return;
  let soon;
  let late;
  const stay = () => {
    clearTimeout(soon);
    clearTimeout(late);
    for (const drawn of document.querySelectorAll(".loading")) drawn.remove();
    for (const place of document.querySelectorAll("[data-loading]")) {
      delete place.dataset.loading;
      place.removeAttribute("aria-busy");
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("#threads .entry, .side__link, .filters .chip");
    if (!link?.href || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const opens = link.matches(".entry");
    if (!opens && new URL(link.href).pathname !== "/desk") return;
    stay();
    const places = opens ? { talk: ".pane--talk", beside: ".context .pane__scroll" } : { list: ".pane--list .pane__scroll" };
    soon = setTimeout(() => Object.entries(places).forEach(([name, place]) => draw(name, document.querySelector(place))), MOMENT);
    late = setTimeout(stay, LONG);
  });
  addEventListener("pageshow", stay);
}

function draw(name, place) {
  if (!place) return;
  place.dataset.loading = "";
  place.setAttribute("aria-busy", "true");
  place.append(document.getElementById(`loading-${name}`).content.cloneNode(true));
}
