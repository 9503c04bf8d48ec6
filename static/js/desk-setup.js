// The first start: the code comes with the address, behind its #, so that no log has it; the time zone from the device.

const code = document.querySelector("input#code");
const given = decodeURIComponent(location.hash.slice(1));
if (code && given && !code.value) code.value = given;
for (const link of document.querySelectorAll("a[hreflang]")) {
  if (location.hash && !link.hash) link.hash = location.hash;
}

const zone = document.querySelector("select[data-guess]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && [...zone.options].some((option) => option.value === here)) zone.value = here;
