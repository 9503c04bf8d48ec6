// A thread link carries its token behind `#`, which browsers never send. This posts it, once, and takes it out of the
// address, so that it stays out of history and of what is shared.

const form = document.querySelector("form[data-open-link]");
const token = location.hash.slice(1);

if (form) {
  if (token) {
    history.replaceState(null, "", location.pathname + location.search);
    form.elements.token.value = token;
    form.submit();
  } else {
    location.replace(form.dataset.find);
  }
}
