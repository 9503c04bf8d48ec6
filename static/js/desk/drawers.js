// Drawers and menus open without script; here they close with Escape or a click elsewhere and give the focus back.

let opener = null;

export function drawers() {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    closeMenus(target);
    const link = target?.closest('a[href^="#"]');
    if (link && !link.matches("[data-escape], .skip")) opener = link;
    if (link?.matches('[href="#beside"]') && location.hash === "#beside") {
      event.preventDefault();
      shut();
    }
  });
  addEventListener("hashchange", () => {
    const drawer = document.querySelector(".context:target, .side:target");
    if (drawer) drawer.querySelector("a, button")?.focus();
    else opener?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const menu = document.querySelector("details[data-drop][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.preventDefault();
    } else if (document.querySelector(".context:target, .side:target")) {
      shut();
      event.preventDefault();
    }
  });
  fade();
  // Of a bar that scrolls, the page one is on is seen.
  const nav = document.querySelector(".settings__nav");
  const here = nav?.querySelector("[aria-current]");
  if (here && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = here.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
}

function closeMenus(target) {
  for (const menu of document.querySelectorAll("details[data-drop][open]")) {
    if (!target || !menu.contains(target)) menu.open = false;
  }
}

// Without a step in the history for every look at the context.
function shut() {
  document.querySelector(".context:target [data-escape], .side:target [data-escape]")?.click();
}

// What was just done is said for ten seconds, longer while somebody is at it.
function fade() {
  const flash = document.querySelector("[data-flash]");
  if (!flash || flash.getAttribute("role") === "alert") return;
  // A refusal goes out when the server says so, whoever looks at it.
  const server = flash.dataset.secondsLeft;
  let left = Number(server ?? 10);
  const tick = setInterval(() => {
    if (server === undefined && flash.matches(":hover, :focus-within")) return;
    left -= 1;
    if (left > 0) return;
    clearInterval(tick);
    flash.remove();
  }, 1000);
}
