// What browsers of 2021 do not bring along.

/** An id nobody else has: for a message that is sent again after it may have arrived. */
export function freshId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A signal that gives a request up after so many milliseconds. */
export function within(milliseconds) {
  const given = new AbortController();
  setTimeout(() => given.abort(), milliseconds);
  return given.signal;
}
