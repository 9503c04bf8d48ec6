// The number of threads that need a reply, in the title, on the tab's picture and in the bar of a phone. It follows the
// live counts.

export function tallies() {
  const title = document.title.replace(/^\(\d+\+?\) /, "");
  const follow = () => {
    const counts = document.getElementById("counts");
    if (!counts) return;
    show("needs-reply", Number(counts.dataset.needsReply));
    show("to-decide", Number(counts.dataset.toDecide));
    const count = Number(counts.dataset.needsReply);
    badge(count);
    document.title = count > 0 ? `(${capped(count)}) ${title}` : title;
  };
  follow();
  const side = document.getElementById("side");
  if (side) new MutationObserver(follow).observe(side, { childList: true, subtree: true, attributes: true });
}

function show(name, count) {
  for (const mark of document.querySelectorAll(`[data-tally="${name}"]`)) {
    mark.textContent = capped(count);
    mark.hidden = !(count > 0);
  }
}

let badged;

/** The picture of the tab with the number on it; as it was where there is nothing to do. */
function badge(count) {
  const link = document.querySelector('link[rel="icon"]');
  if (!link || badged === count) return;
  const plain = (link.dataset.plain ??= link.href);
  badged = count;
  if (!(count > 0)) {
    link.type = "image/svg+xml";
    link.href = plain;
    return;
  }
  const picture = new Image();
  picture.onload = () => {
    if (badged !== count) return;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 64;
    const draw = canvas.getContext("2d");
    draw.drawImage(picture, 0, 0, 64, 64);
    const words = count > 99 ? "99+" : String(count);
    const width = 26 + 12 * words.length;
    draw.fillStyle = "#c4264f";
    draw.beginPath();
    draw.arc(64 - width + 19, 45, 19, Math.PI / 2, Math.PI * 1.5);
    draw.arc(45, 45, 19, -Math.PI / 2, Math.PI / 2);
    draw.fill();
    draw.fillStyle = "#fff";
    draw.font = "bold 30px sans-serif";
    draw.textAlign = "center";
    draw.textBaseline = "middle";
    draw.fillText(words, 64 - width / 2, 47);
    link.type = "image/png";
    link.href = canvas.toDataURL("image/png");
  };
  picture.src = plain;
}

function capped(count) {
  return count > 999 ? "999+" : String(count);
}
