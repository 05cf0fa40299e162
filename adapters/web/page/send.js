// Words to and from the server. A delivery that may not have arrived keeps its id, so that sending it again doubles nothing.

const TOO_LONG = 30_000; // milliseconds until we call an answer missing
const UNREACHED = "The server did not answer. Please try again: what you wrote is still here, and nothing is done twice.";
const undelivered = new Map();

/** Returns the server's JSON; `error` holds a sentence when there is trouble, `again` says that the same may be sent again. */
export async function send(path, body) {
  const words = JSON.stringify(body);
  const same = path + words;
  if (!undelivered.has(same)) undelivered.set(same, crypto.randomUUID());
  const delivery = undelivered.get(same);
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...body, delivery }),
      signal: AbortSignal.timeout(TOO_LONG),
    });
    const reply = await response.json();
    if (response.status >= 500) return { ...reply, again: true };
    undelivered.delete(same);
    return reply;
  } catch {
    return { error: UNREACHED, again: true };
  }
}

/** Returns the JSON at the address, or throws: then the page keeps what it shows. */
export async function ask(path, query) {
  const response = await fetch(`${path}?${new URLSearchParams(query)}`, { signal: AbortSignal.timeout(TOO_LONG) });
  const reply = await response.json();
  if (!response.ok) throw new Error(reply.error);
  return reply;
}
