// Sending one answer and believing only our own server's word that it was saved.
// A failure says why: "network" (nobody answered, or not our server), "signed-out" (led elsewhere), "not-yours".
const PATIENCE = 8000; // with the page's own work, the warning stands within ten seconds

export class Failure extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

export class Line {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
  }

  // → {ok, reply}: saved, or refused with a sentence. Throws Failure when it is not known to be saved.
  async deliver(url, fields) {
    let response = await this.#post(url, fields);
    if (response.status === 403) {
      // Signing in again in another tab has changed the token: ask the page for the new one, once.
      await this.#renewToken();
      response = await this.#post(url, fields);
    }
    const reply = await readReply(response);
    if (response.ok && reply.client_id !== fields.client_id) throw new Failure("network");
    return { ok: response.ok, reply };
  }

  // How much time is left, by the server's clock; also the way to learn whether the server is there.
  async clock() {
    const reply = await readReply(await reach(this.words.clock, { method: "GET" }));
    if (reply.attempt !== this.words.attempt) throw new Failure("network");
    return reply;
  }

  async #post(url, fields) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value });
    for (const [name, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
    }
    return reach(url, { method: "POST", body, keepalive: String(body).length < 60000 });
  }

  async #renewToken() {
    const response = await reach(location.href, { method: "GET" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector(`#exam[data-attempt="${this.words.attempt}"] [name=csrfmiddlewaretoken]`);
    if (!token) throw new Failure("signed-out");
    this.form.elements.csrfmiddlewaretoken.value = token.value;
  }
}

async function reach(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Failure("network");
  }
  if (response.type === "opaqueredirect") throw new Failure("signed-out");
  if (response.status === 404) throw new Failure("not-yours");
  if (response.status >= 500 || response.status === 429) throw new Failure("network");
  return response;
}

// A portal of a guest network answers 200 with a page of its own: that is no word of our server.
async function readReply(response) {
  if (!(response.headers.get("content-type") ?? "").startsWith("application/json")) throw new Failure("network");
  try {
    return await response.json();
  } catch {
    throw new Failure("network");
  }
}
