// Without script the conversation is drawn from its end, so that it opens there. Here it becomes an ordinary scroller,
// which is what the live part counts with. Runs before that part does.

const scroller = document.querySelector("[data-scroller]");
if (scroller) {
  scroller.classList.add("is-live");
  scroller.scrollTop = scroller.scrollHeight;
}
