// The answers the server has not acknowledged yet: the newest of each question, in the order given.
export class Queue {
  constructor(storage) {
    this.storage = storage;
    this.answers = new Map(); // position → answer
    this.away = storage.read().away;
  }

  get size() {
    return this.answers.size;
  }

  get first() {
    return this.answers.values().next().value;
  }

  recall() {
    return this.storage.read().pending;
  }

  put(answer) {
    this.answers.delete(answer.position); // so that it stands last again
    this.answers.set(answer.position, answer);
    this.#keep();
  }

  // Only what was acknowledged leaves; a newer answer to the same question stays.
  settle(answer) {
    if (this.answers.get(answer.position)?.clientId === answer.clientId) this.answers.delete(answer.position);
    this.#keep();
  }

  left() {
    this.away += 1;
    this.#keep();
  }

  #keep() {
    this.storage.write([...this.answers.values()], this.away);
  }
}

// randomUUID needs a secure context; a province's test server may not have one.
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
