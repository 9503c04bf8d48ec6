// The number of threads that need a reply, in the title and in the bar of a phone. It follows the live counts.

export function tallies() {
  const title = document.title.replace(/^\(\d+\+?\) /, "");
  const follow = () => {
    const counts = document.getElementById("counts");
    if (!counts) return;
    show("needs-reply", Number(counts.dataset.needsReply));
    show("to-decide", Number(counts.dataset.toDecide));
    const count = Number(counts.dataset.needsReply);
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

function capped(count) {
  return count > 999 ? "999+" : String(count);
}
